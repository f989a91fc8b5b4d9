"""Windows whose days are not yet known: around an event, and of what repeats.

The evaluator's `event_window` and `cadence_windows`, as terms of the solver. Days are counted as
`date.toordinal` counts them. Days and weeks only add; months and years differ from one part of the
calendar to another, school days with a school's terms, and working days only from one day of the
week to another.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache, partial
from itertools import groupby
from typing import TYPE_CHECKING

from careerspolicy.calendar.school_calendar import EVER, SchoolCalendar, Window
from careerspolicy.model.duty import Every, Side
from careerspolicy.solver.counting import ends
from careerspolicy.solver.logic import And, BoolVal, If, Int, IntVal, Not, Or

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careerspolicy.calendar.durations import Duration
    from careerspolicy.model.duty import Around
    from careerspolicy.solver.counting import Counting, Judged
    from careerspolicy.solver.histories import History, Slot
    from careerspolicy.solver.logic import Term

_DAY = timedelta(days=1)
_WEEK = 7
_LONG = 200_000
#: Days in which an example with school days is looked for.
_A_WHILE = 500
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


def around(schedule: Around, event: Slot, history: History, thing: str) -> tuple[Term, Term]:
    """The first and last day of the window before, at or after an event of a pupil or school."""
    if schedule.side is Side.AT:
        return event.day, If(event.lasting, event.until, event.day)
    back = schedule.side is Side.BEFORE
    near = event.day - 1 if back else event.day
    far = event.day - _LONG if back else event.day + _LONG
    if schedule.notice:
        near = _away(event, schedule.notice, history, thing, back=back)
    if schedule.within:
        far = _away(event, schedule.within, history, thing, back=back)
    return (far, near) if back else (near, far)


def _away(event: Slot, duration: Duration, history: History, thing: str, *, back: bool) -> Term:
    """The day that much before or after an event.

    Of school days in any calendar all that is known is that so many take at least so many days, and
    more take longer. What holds then holds in every school.
    """
    if duration.unit != "school day":
        return shifted(event.day, duration, back=back, within=(history.first, history.last))
    if not history.any_calendar:
        last = min(history.first + _A_WHILE, history.last)
        history.of_days.append(event.day <= last)
        within, calendar = (history.first, last), history.calendar(thing)
        return shifted(event.day, duration, back=back, within=within, calendar=calendar)
    name = f"{event.kind} {event.place} {'before' if back else 'after'}"
    away = Int(f"{name} {duration.count}")
    history.of_days.append(away >= duration.count)
    for fewer in range(1, duration.count):
        history.of_days.append(away >= Int(f"{name} {fewer}") + duration.count - fewer)
    return event.day - away if back else event.day + away


def cadence(
    counting: Counting, span: Window, at_school: Window = EVER, since: date | None = None
) -> Iterator[Judged]:
    """Every window of what repeats in a span, if it closes by the last day, and at school."""
    schedule, history, done = counting.promise.duty.schedule, counting.history, counting.all
    assert isinstance(schedule, Every)  # noqa: S101 - as the caller has seen
    opened, closed = ends(at_school.meet(Window(None, history.setting.as_of - _DAY)))
    last = None if span.end is None else span.end.toordinal()

    def after(day: Term) -> Term:
        within = history.first - 1, history.last + 1
        return shifted(day, schedule.duration, back=False, within=within)

    def due(owed: Term, first: Term, end: Term) -> Judged:
        passed = BoolVal(True)
        if last is not None:
            passed = Or(end <= last, after(first) - 1 <= last)
            end = If(end < last, end, last)
        owed = And(owed, passed, opened <= end, end <= closed)
        return counting.seen(first, end, since).where(owed)

    if span.start is None:
        yield from (due(counts, slot.day + 1, after(slot.day)) for slot, counts in done)
        if span.end is None:
            yield counting.seen(1, 0, since).where(Not(Or(*(counts for _, counts in done))))
        return
    start = span.start.toordinal()
    # done before the start, and not yet out of date then
    fresh = [And(counts, slot.day < start, start <= after(slot.day)) for slot, counts in done]
    for place, (slot, counts) in enumerate(done):
        newest = Not(Or(*fresh[place + 1 :]))
        counted = And(counts, Or(slot.day >= start, And(fresh[place], newest)))
        yield due(counted, slot.day + 1, after(slot.day))
    end = schedule.duration.after(span.start).toordinal()
    yield due(Not(Or(*fresh)), IntVal(start), IntVal(end))
