"""Windows of "never longer apart than", whose records' days are not yet known.

As `evaluation.windows.cadence_windows` has it: one window after each time that it was done, and
one from the start unless a time before it is not yet out of date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from careerspolicy.model.duty import Every
from careerspolicy.solver.days import shifted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.calendar.school_calendar import Window
    from careerspolicy.model.duty import Duty
    from careerspolicy.solver.counting import Counting
    from careerspolicy.solver.histories import History


class Due(NamedTuple):
    """A window of a cadence, and whether it is there and has closed by the day asked about."""

    owed: Any
    start: Any
    end: Any


def cadence(
    z3: Any,
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

    def after(day: Any) -> Any:
        within = history.first - 1, history.last + 1
        return shifted(z3, day, schedule.duration, back=False, within=within)

    def due(owed: Any, first: Any, end: Any) -> Due:
        passed = z3.BoolVal(val=True)
        if last is not None:
            passed = z3.Or(end <= last, after(first) - 1 <= last)
            end = z3.If(end < last, end, last)
        return Due(z3.And(owed, passed, closed[0] <= end, end <= closed[1]), first, end)

    done = counting.all
    fresh = [_still_good(z3, counts, slot.day, start, after) for slot, counts in done]
    for place, (slot, counts) in enumerate(done):
        counted = counts
        if start is not None:
            newest = z3.Not(z3.Or(*fresh[place + 1 :]))
            counted = z3.And(counts, z3.Or(slot.day >= start, z3.And(fresh[place], newest)))
        yield due(counted, slot.day + 1, after(slot.day))
    if start is None and last is None:
        none = z3.Not(z3.Or(*(counts for _, counts in done)))
        yield Due(none, 1, 0)
    elif span.start is not None:
        end = schedule.duration.after(span.start).toordinal()
        yield due(z3.Not(z3.Or(*fresh)), z3.IntVal(start), z3.IntVal(end))


def _still_good(z3: Any, counts: Any, day: Any, start: int | None, after: Any) -> Any:
    """Whether something was done before a start, and is not yet out of date then."""
    if start is None:
        return z3.BoolVal(val=False)
    return z3.And(counts, day < start, start <= after(day))
