"""Windows whose days are not yet known: around an event, and of what repeats.

The evaluator's `event_window` and `cadence_windows`, as terms of the solver. Days are counted as
`date.toordinal` counts them. Days and weeks only add; months and years differ from one part of the
calendar to another, school days with a school's terms, and working days only from one day of the
week to another.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache, partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from careerspolicy.calendar.school_calendar import SchoolCalendar
from careerspolicy.model.duty import Every, Side
from careerspolicy.solver.logic import And, BoolVal, If, Int, IntVal, Not, Or

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careerspolicy.calendar.durations import Duration
    from careerspolicy.calendar.school_calendar import Window
    from careerspolicy.model.duty import Around, Duty
    from careerspolicy.solver.counting import Counting
    from careerspolicy.solver.histories import History, Slot
    from careerspolicy.solver.logic import Term

_WEEK = 7
#: A Monday, from which the days of a week are counted.
_MONDAY = date(2024, 1, 1).toordinal()


def shifted(
    day: Term,
    duration: Duration,
    *,
    back: bool,
    within: tuple[int, int],
    calendar: SchoolCalendar | None = None,
) -> Term:
    """The day that much later, or earlier, than one that lies within two days."""
    if duration.unit in ("day", "week"):
        length = duration.count * (_WEEK if duration.unit == "week" else 1)
        return day - length if back else day + length
    if duration.unit == "working day":
        away = partial(_offset, duration, calendar or SchoolCalendar(), back=back)
        offsets = [away(_MONDAY + one) for one in range(_WEEK)]
        weekday = (day - _MONDAY) % _WEEK
        return day + _chosen(weekday, list(enumerate(offsets)))
    runs = _runs(duration, calendar or SchoolCalendar(), within, back=back)
    return day + _chosen(day, runs)


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


def _chosen(number: Term, runs: Sequence[tuple[int, int]]) -> Term:
    """The offset of the run, told by its first number, that a number lies in."""
    if len(runs) == 1:
        return runs[0][1]
    middle = len(runs) // 2
    below, above = runs[:middle], runs[middle:]
    return If(number < above[0][0], _chosen(number, below), _chosen(number, above))


_LONG = 200_000
#: Days in which an example with school days is looked for.
_A_WHILE = 500


@attrs.frozen
class Events:
    """Windows around events, by a school's calendar.

    With `any_calendar` school days may fall as in no school's calendar in particular: all that is
    known is that so many take at least so many days, and more take longer. What holds then holds in
    every school.
    """

    history: History
    calendar: SchoolCalendar
    any_calendar: bool = False
    laws: list[Term] = attrs.field(factory=list)

    def window(self, schedule: Around, event: Slot) -> tuple[Term, Term]:
        """The first and last day of the window before, at or after one event."""
        if schedule.side is Side.AT:
            return event.day, If(event.lasting, event.until, event.day)
        back = schedule.side is Side.BEFORE
        near = event.day - 1 if back else event.day
        near = self._away(event, schedule.notice, back=back) if schedule.notice else near
        far = event.day - _LONG if back else event.day + _LONG
        far = self._away(event, schedule.within, back=back) if schedule.within else far
        return (far, near) if back else (near, far)

    def _away(self, event: Slot, duration: Duration, *, back: bool) -> Term:
        if duration.unit != "school day":
            within = self.history.first, self.history.last
            return shifted(event.day, duration, back=back, within=within)
        if self.any_calendar:
            away = self._open_days(event, duration.count, back=back)
            return event.day - away if back else event.day + away
        within = self.history.first, min(self.history.first + _A_WHILE, self.history.last)
        self.laws.append(event.day <= within[1])
        calendar = self.calendar
        return shifted(event.day, duration, back=back, within=within, calendar=calendar)

    def _open_days(self, event: Slot, count: int, *, back: bool) -> Term:
        """How long so many school days take, from one event on."""
        name = f"{event.kind} {event.place} {'before' if back else 'after'}"
        away = Int(f"{name} {count}")
        self.laws.append(away >= count)
        for other in range(1, count):
            self.laws.append(away >= Int(f"{name} {other}") + count - other)
        return away


class Due(NamedTuple):
    """A window of a cadence, and whether it is there and has closed by the day asked about."""

    owed: Term
    start: Term
    end: Term


def cadence(
    duty: Duty,
    counting: Counting,
    span: Window,
    history: History,
    closed: tuple[int, int],
) -> Iterator[Due]:
    """Every window that a cadence may have in a span, if it closes between two days."""
    schedule = duty.schedule
    assert isinstance(schedule, Every)  # noqa: S101 - as the caller has seen
    start = None if span.start is None else span.start.toordinal()
    last = None if span.end is None else span.end.toordinal()

    def after(day: Term) -> Term:
        within = history.first - 1, history.last + 1
        return shifted(day, schedule.duration, back=False, within=within)

    def due(owed: Term, first: Term, end: Term) -> Due:
        passed = BoolVal(val=True)
        if last is not None:
            passed = Or(end <= last, after(first) - 1 <= last)
            end = If(end < last, end, last)
        return Due(And(owed, passed, closed[0] <= end, end <= closed[1]), first, end)

    done = counting.all
    fresh = [_still_good(counts, slot.day, start, after) for slot, counts in done]
    for place, (slot, counts) in enumerate(done):
        counted = counts
        if start is not None:
            newest = Not(Or(*fresh[place + 1 :]))
            counted = And(counts, Or(slot.day >= start, And(fresh[place], newest)))
        yield due(counted, slot.day + 1, after(slot.day))
    if start is None and last is None:
        none = Not(Or(*(counts for _, counts in done)))
        yield Due(none, 1, 0)
    elif span.start is not None:
        end = schedule.duration.after(span.start).toordinal()
        yield due(Not(Or(*fresh)), IntVal(span.start.toordinal()), IntVal(end))


def _still_good(counts: Term, day: Term, start: int | None, after: Any) -> Term:
    """Whether something was done before a start, and is not yet out of date then."""
    if start is None:
        return BoolVal(val=False)
    return And(counts, day < start, start <= after(day))
