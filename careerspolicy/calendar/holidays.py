"""Days on which schools are shut: the bank holidays of England and Wales, and usual holidays.

Pure but for the list of bank holidays, which ships with the package. Early in the flow;
`school_calendar` and `durations` use it.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from dateutil.easter import easter

if TYPE_CHECKING:
    from collections.abc import Callable

_SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_WEEKEND: Final = timedelta(days=2)
#: Christmas, and summer, as month and day; the first runs on into the new year.
_CHRISTMAS: Final = ((12, 20), (1, 4))
_SUMMER: Final = ((7, 18), (9, 3))
#: The days of October, February and May in which the Monday of a usual half-term break lies.
_BREAKS: Final = ((10, range(23, 30)), (2, range(12, 19)), (5, range(25, 32)))
_EASTER: Final = (timedelta(days=-8), timedelta(days=7))


@cache
def bank_holidays() -> frozenset[date]:
    """The bank holidays of England and Wales from 2012 to 2030; of other years none is known."""
    path = files("careerspolicy").joinpath("calendar", "bank_holidays.json")
    listed: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))["days"]
    return frozenset(
        date.fromisoformat(f"{year}-{day}") for year, days in listed.items() for day in days
    )


def in_term_by(day: date, taught: Callable[[date], bool]) -> bool:
    """Whether a day is in term, by which working days are.

    Another is that has one of term beside it, and on its other side one too or a break of a week.
    """
    last = following = day
    while not is_working_day(last):
        last -= _DAY
    while not is_working_day(following):
        following += _DAY
    before, after = taught(last), taught(following)
    if before and after:
        return True
    return taught(following + _WEEK) if before else after and taught(last - _WEEK)


def is_working_day(day: date) -> bool:
    """Whether it is one of Monday to Friday, and no bank holiday.

    >>> is_working_day(date(2026, 8, 28)), is_working_day(date(2026, 8, 31))
    (True, False)
    """
    return day.weekday() < _SATURDAY and day not in bank_holidays()


def in_usual_holiday(day: date) -> bool:
    """Whether schools are usually shut: Christmas, Easter, summer and three half-term breaks.

    Weekends beside a break are part of it.

    >>> in_usual_holiday(date(2026, 8, 17)), in_usual_holiday(date(2026, 10, 26))
    (True, True)
    >>> in_usual_holiday(date(2026, 9, 7))
    False
    """
    place = (day.month, day.day)
    if place >= _CHRISTMAS[0] or place <= _CHRISTMAS[1] or _SUMMER[0] <= place <= _SUMMER[1]:
        return True
    sunday = easter(day.year)
    if sunday + _EASTER[0] <= day <= sunday + _EASTER[1]:
        return True
    mondays = (_monday(day), _monday(day + _WEEKEND))
    return any(one.month == month and one.day in days for one in mondays for month, days in _BREAKS)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
