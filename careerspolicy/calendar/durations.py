"""Lengths of time: "2 years", "10 school days".

Pure, like `school_calendar`, whose days it counts. Early in the flow; the policy model uses it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Final, Literal, TypeAlias, cast

import attrs
from dateutil.relativedelta import relativedelta

from careerspolicy.calendar.holidays import bank_holidays, is_working_day
from careerspolicy.calendar.school_calendar import SchoolCalendar

Unit: TypeAlias = Literal["day", "week", "month", "year", "school day", "working day"]

#: The units that are counted day by day, since no length in days is theirs.
_COUNTED: Final = ("school day", "working day")
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
#: How many of a unit are no shorter than a term.
_TERM: Final = {"day": 90, "week": 13, "month": 3}


@attrs.frozen
class Duration:
    """A length of time in one unit, such as 2 years.

    School days and working days are counted one by one, the day itself left out: school days in a
    school's own calendar, working days from Monday to Friday but for bank holidays.
    """

    count: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read `2 years` or `10 school days`; raise ValueError for anything else.

        >>> str(Duration.parse("2 years"))
        '2 years'
        """
        units = "day|week|month|year|school day|working day"
        match = re.fullmatch(rf"([1-9]\d{{0,3}}) ({units})s?", text)
        if not match:
            raise ValueError(f"{text!r} is not a length of time, such as 2 years or 14 days")
        return cls(int(match[1]), cast("Unit", match[2]))

    def after(self, day: date, calendar: SchoolCalendar | None = None) -> date:
        """The same day that much later; the last of the month where that month is shorter.

        >>> Duration(1, "year").after(date(2028, 2, 29))
        datetime.date(2029, 2, 28)
        """
        if self.unit in _COUNTED:
            return self._counted(day, _DAY, calendar or SchoolCalendar())
        return day + self._delta

    def before(self, day: date, calendar: SchoolCalendar | None = None) -> date:
        """The same day that much earlier; the last of the month where that month is shorter.

        >>> Duration(5, "working day").before(date(2026, 3, 2))
        datetime.date(2026, 2, 23)
        """
        if self.unit in _COUNTED:
            return self._counted(day, -_DAY, calendar or SchoolCalendar())
        return day - self._delta

    @property
    def less_than_a_term(self) -> bool:
        """Whether it is a number of days, weeks or months that a term is longer than."""
        return self.count < _TERM.get(self.unit, 0)

    def in_term(self, day: date, calendar: SchoolCalendar) -> date:
        """The same day that much later; of less than a term, in time that the school is open.

        It moves on by the days on which the school is shut, and whole weeks of it come to no less
        than the same weekday (Monday to Friday) that often: one on which it is shut is as if it
        weren't there. Of two days the later never leads to the earlier.

        >>> Duration(1, "week").in_term(date(2026, 4, 27), SchoolCalendar())
        datetime.date(2026, 5, 11)
        """
        if not self.less_than_a_term:
            return self.after(day, calendar)
        end, opened = _end_in_term(self, day, calendar), 0
        while opened < _WEEK.days:  # a week before, no day leads on further
            opened += _is_open(day, calendar)
            day -= _DAY
            end = max(end, _end_in_term(self, day, calendar))
        return end

    def _counted(self, day: date, step: timedelta, calendar: SchoolCalendar) -> date:
        counts = calendar.is_school_day if self.unit == "school day" else is_working_day
        for _ in range(self.count):
            day += step
            while not counts(day):
                day += step
        return day

    @cached_property
    def _delta(self) -> relativedelta:
        days = {"day": 1, "week": 7}.get(self.unit, 0)
        months = {"month": 1, "year": 12}.get(self.unit, 0)
        return relativedelta(days=days * self.count, months=months * self.count)

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"


@lru_cache(maxsize=1 << 16)
def _end_in_term(length: Duration, day: date, calendar: SchoolCalendar) -> date:
    """Where a length of time that the school is open leads from a day."""
    end, many = day, (length.after(day) - day).days
    weeks = many // _WEEK.days if is_working_day(day) else 0
    while many:
        end += _DAY
        many -= _is_open(end, calendar)
    while weeks:
        day += _WEEK
        weeks -= _is_open(day, calendar)
    return max(end, day)


def _is_open(day: date, calendar: SchoolCalendar) -> bool:
    return calendar.in_term(day) and day not in bank_holidays()
