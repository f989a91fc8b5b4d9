"""Ages, and the days on which they are reached.

Pure; the earliest in the flow, beside `school_calendar`.
"""

from __future__ import annotations

from datetime import date


def birthday(born: date, age: int) -> date:
    """The day on which somebody reaches an age.

    Born on 29 February, one reaches it on 1 March in other years: the usual reading in England,
    where an age is reached once the anniversary of the birth has come.

    >>> birthday(date(2012, 2, 29), 17)
    datetime.date(2029, 3, 1)
    """
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def age_on(born: date, day: date) -> int:
    """Completed years of age on a day.

    >>> age_on(date(2009, 9, 1), date(2025, 8, 31))
    15
    """
    years = day.year - born.year
    return years if birthday(born, years) <= day else years - 1
