"""Lengths of time on days that are not yet known: "2 years after" as a term of the solver.

Days are counted as `date.toordinal` counts them. Days and weeks only add; months and years differ
from one part of the calendar to another, school days with a school's terms, and working days only
from one day of the week to another.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache, partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from careerspolicy.calendar.school_calendar import SchoolCalendar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.calendar.durations import Duration

_WEEK = 7
#: A Monday, from which the days of a week are counted.
_MONDAY = date(2024, 1, 1).toordinal()


def shifted(
    z3: Any,
    day: Any,
    duration: Duration,
    *,
    back: bool,
    within: tuple[int, int],
    calendar: SchoolCalendar | None = None,
) -> Any:
    """The day that much later, or earlier, than one that lies within two days."""
    if duration.unit in ("day", "week"):
        length = duration.count * (_WEEK if duration.unit == "week" else 1)
        return day - length if back else day + length
    if duration.unit == "working day":
        away = partial(_offset, duration, calendar or SchoolCalendar(), back=back)
        offsets = [away(_MONDAY + one) for one in range(_WEEK)]
        weekday = (day - _MONDAY) % _WEEK
        return day + _chosen(z3, weekday, list(enumerate(offsets)))
    runs = _runs(duration, calendar or SchoolCalendar(), within, back=back)
    return day + _chosen(z3, day, runs)


@lru_cache(maxsize=64)
def _runs(
    duration: Duration, calendar: SchoolCalendar, within: tuple[int, int], *, back: bool
) -> Sequence[tuple[int, int]]:
    """The first day of each run of days that are equally far from where they lead, and how far."""
    first, last = within
    by_day = ((one, _offset(duration, calendar, one, back=back)) for one in range(first, last + 1))
    return tuple(next(group) for _, group in groupby(by_day, key=lambda pair: pair[1]))


def _offset(duration: Duration, calendar: SchoolCalendar, day: int, *, back: bool) -> int:
    count = duration.before if back else duration.after
    return count(date.fromordinal(day), calendar).toordinal() - day


def _chosen(z3: Any, number: Any, runs: Sequence[tuple[int, int]]) -> Any:
    """The offset of the run, told by its first number, that a number lies in."""
    if len(runs) == 1:
        return runs[0][1]
    middle = len(runs) // 2
    below, above = runs[:middle], runs[middle:]
    return z3.If(number < above[0][0], _chosen(z3, number, below), _chosen(z3, number, above))
