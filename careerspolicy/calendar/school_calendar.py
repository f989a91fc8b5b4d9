"""Dates as schools reckon them: school years, year groups, key stages, terms, ages, windows.

Pure: nothing here reads a clock or a file. Early in the flow; the policy and facts models use it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

import attrs
from dateutil.relativedelta import relativedelta

from careerspolicy.calendar.holidays import in_term_by, in_usual_holiday, is_working_day

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip

#: Year groups of each key stage. 1 to 4: Education Act 2002 s.82 as schools apply it;
#: 5 runs to Year 14, the last year of a special school.
KEY_STAGES: Final[dict[int, tuple[int, int]]] = {
    1: (1, 2), 2: (3, 6), 3: (7, 9), 4: (10, 11), 5: (12, 14),
}  # fmt: skip

#: Reception is year 0; Year 14 is the last year of a special school.
FIRST_YEAR_GROUP: Final = 0
LAST_YEAR_GROUP: Final = 14

Period: TypeAlias = Literal[
    "school year", "calendar year", "key stage", "term", "half term", "month", "week"
]

_DAY: Final = timedelta(days=1)


class Window(NamedTuple):
    """A run of days, both ends included; `None` is an end that nothing sets.

    >>> Window(date(2024, 9, 1), date(2026, 2, 28)).holds(date(2026, 2, 28))
    True
    """

    start: date | None = None
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies in the window, its own ends included."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    @property
    def empty(self) -> bool:
        """Whether no day lies in the window."""
        return self.start is not None and self.end is not None and self.end < self.start

    def meet(self, other: Window) -> Window:
        """The days that lie in both; possibly empty."""
        if other == EVER:
            return self
        return Window(_later(self.start, other.start), _earlier(self.end, other.end))


#: All the days there are.
EVER: Final = Window()


def _later(day: date | None, other: date | None) -> date | None:
    return max(day, other) if day and other else day or other


def _earlier(day: date | None, other: date | None) -> date | None:
    return min(day, other) if day and other else day or other


@attrs.frozen
class MonthDay:
    """A day that comes every year, such as 28 February."""

    month: int
    day: int

    @classmethod
    def parse(cls, text: str) -> MonthDay:
        """Read `28 February`; raise ValueError for anything that no leap year holds.

        >>> MonthDay.parse("28 February")
        MonthDay(month=2, day=28)
        """
        match = re.fullmatch(r"(\d{1,2}) ([A-Z][a-z]+)", text)
        if not match or match[2] not in MONTHS:
            raise ValueError(f"{text!r} is not a day of the year, such as 28 February")
        month, day = MONTHS.index(match[2]) + 1, int(match[1])
        date(2000, month, day)  # raises for 31 April; 2000 has a 29 February
        return cls(month, day)

    def on(self, year: int) -> date:
        """That day in a calendar year; 29 February becomes 28 February outside leap years."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return date(year, 2, 28)

    def __str__(self) -> str:
        return f"{self.day} {MONTHS[self.month - 1]}"


FIRST_OF_SEPTEMBER: Final = MonthDay(9, 1)


@attrs.frozen
class Term:
    """A term of one school year, as the school's own calendar gives it."""

    name: str
    window: Window
    halves: tuple[Window, ...]


@attrs.frozen(cache_hash=True)
class SchoolCalendar:
    """When a school's years start and when its terms run.

    Unless the school says otherwise its years start on 1 September (Education Act 1996 s.579 has a
    school year begin with the first term after July) and, for want of published dates, its terms
    meet end to end: autumn to 31 December, spring to 31 March, summer to 31 August.
    """

    year_start: MonthDay = FIRST_OF_SEPTEMBER
    terms: tuple[Term, ...] = ()
    _halves: dict[int, tuple[Window, ...]] = attrs.field(
        init=False, factory=dict, eq=False, repr=False
    )
    _open: dict[Window, Window | None] = attrs.field(init=False, factory=dict, eq=False, repr=False)

    def year_of(self, day: date) -> int:
        """The calendar year in which the day's school year began.

        >>> SchoolCalendar().year_of(date(2026, 8, 31))
        2025
        """
        start = self.year_start
        return day.year if (day.month, day.day) >= (start.month, start.day) else day.year - 1

    def school_year(self, year: int) -> Window:
        """The school year that began in a calendar year, first day to last."""
        return _school_year(self.year_start, year)

    def terms_of(self, year: int) -> tuple[Term, ...]:
        """The terms of a school year: the school's own, or the end-to-end ones."""
        return self._own_terms(year) or _usual_terms(year)

    def term(self, name: str, year: int) -> Window:
        """A school year's autumn, spring or summer term: by name, or of any three by its place."""
        terms, usual = self.terms_of(year), _usual_terms(year)
        for term in terms:
            if term.name.casefold().removesuffix(" term") == name:
                return term.window
        place = [term.name for term in usual].index(name)
        return (terms if len(terms) == len(usual) else usual)[place].window

    def _own_terms(self, year: int) -> tuple[Term, ...]:
        within = self.school_year(year)
        return tuple(t for t in self.terms if t.window.start and within.holds(t.window.start))

    def last_term(self, day: date) -> date:
        """The first day of the last term that begins by a day."""
        terms = (term.window.start for term in self.terms_of(self.year_of(day)))
        return max((start for start in terms if start and start <= day), default=day)

    def left_within_a_term(self, left: date, window: Window) -> bool:
        """Whether school days were still to come of a window that is only a part of a term."""
        start, end = window
        if start is None or end is None:
            return False
        first = self.last_term(end)
        lasts = (t.window.end for t in self.terms_of(self.year_of(end)) if t.window.start == first)
        part = start > first or (start == first and any(last and end < last for last in lasts))
        return part and any(map(self.is_school_day, _days(Window(left + _DAY, end))))

    def is_school_day(self, day: date) -> bool:
        """Whether it is a working day of a term, or any where the school gave no terms for then."""
        halves = self._own_halves(day)
        return is_working_day(day) and (not halves or any(half.holds(day) for half in halves))

    def in_term(self, day: date) -> bool:
        """Whether it is in one of the school's terms; if it gave none, in no usual holiday."""
        halves = self._own_halves(day)
        if not halves:
            return not in_usual_holiday(day)
        return in_term_by(day, lambda near: any(half.holds(near) for half in halves))

    def open_part(self, period: Window) -> Window | None:
        """What of a week or a month a school owes something in; None where it has no school day.

        It begins and ends with the school's own terms; where the school gave none it is whole.
        """
        if period not in self._open:
            days = _days(period)
            known = [day for day in days if self.in_term(day) or not self._own_halves(day)]
            worked = any(is_working_day(day) and self.in_term(day) for day in days)
            self._open[period] = Window(known[0], known[-1]) if worked else None
        return self._open[period]

    def _own_halves(self, day: date) -> tuple[Window, ...]:
        """The halves of the school's own terms in the school year of a day, if it gave any."""
        year = self.year_of(day)
        if year not in self._halves:
            self._halves[year] = tuple(
                half for term in self._own_terms(year) for half in term.halves or (term.window,)
            )
        return self._halves[year]

    def periods(self, period: Period, within: Window) -> tuple[Window, ...]:
        """Every period (not key stages, which are a pupil's own) that meets a window with ends.

        Raises ValueError if the window has an open end.
        """
        if within.start is None or within.end is None:
            raise ValueError("periods are listed only within a window that has both ends")
        years = range(self.year_of(within.start), self.year_of(within.end) + 1)
        if period == "school year":
            return tuple(map(self.school_year, years))
        windows = dict.fromkeys(w for year in years for w in self._periods_of(period, year))
        return tuple(window for window in windows if not window.meet(within).empty)

    def _periods_of(self, period: Period, year: int) -> tuple[Window, ...]:
        if period == "term":
            return tuple(term.window for term in self.terms_of(year))
        if period == "half term":
            return tuple(half for term in self.terms_of(year) for half in term.halves)
        if period == "month":
            return _months(self.school_year(year))
        if period == "week":
            return _weeks(self.school_year(year))
        return tuple(Window(date(y, 1, 1), date(y, 12, 31)) for y in (year, year + 1))


@lru_cache(maxsize=1024)
def _school_year(start: MonthDay, year: int) -> Window:
    return Window(start.on(year), start.on(year + 1) - _DAY)


@lru_cache(maxsize=256)
def _usual_terms(year: int) -> tuple[Term, ...]:
    def term(name: str, first: date, middle: date, last: date) -> Term:
        return Term(name, Window(first, last), (Window(first, middle - _DAY), Window(middle, last)))

    return (
        term("autumn", date(year, 9, 1), date(year, 11, 1), date(year, 12, 31)),
        term("spring", date(year + 1, 1, 1), date(year + 1, 2, 16), date(year + 1, 3, 31)),
        term("summer", date(year + 1, 4, 1), date(year + 1, 6, 1), date(year + 1, 8, 31)),
    )


def _days(window: Window) -> list[date]:
    assert window.start and window.end  # noqa: S101 - a period has both ends
    return [window.start + n * _DAY for n in range((window.end - window.start).days + 1)]


def _months(whole: Window) -> tuple[Window, ...]:
    assert whole.start and whole.end  # noqa: S101 - a school year has both ends
    months, first = [], whole.start.replace(day=1)
    while first <= whole.end:
        following = first + relativedelta(months=1)
        months.append(Window(first, following - _DAY))
        first = following
    return tuple(months)


def _weeks(whole: Window) -> tuple[Window, ...]:
    assert whole.start and whole.end  # noqa: S101 - a school year has both ends
    weeks, monday = [], whole.start - timedelta(days=whole.start.weekday())
    while monday <= whole.end:
        weeks.append(Window(monday, monday + timedelta(days=6)))
        monday += timedelta(days=7)
    return tuple(weeks)


def year_group_in(born: date, year: int) -> int:
    """The year group by date of birth, in the school year begun in `year`.

    Year N in Y/Y+1 was born from 1 September Y-N-5 to 31 August Y-N-4.

    >>> year_group_in(date(2013, 9, 1), 2025), year_group_in(date(2013, 8, 31), 2025)
    (7, 8)
    """
    return year - 5 - SchoolCalendar().year_of(born)


def in_words(day: date) -> str:
    """A date as people write it.

    >>> in_words(date(2026, 2, 28))
    '28 February 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
