"""Windows around an event whose day is not yet known: the evaluator's `event_window`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from careerspolicy.analysis.days import shifted
from careerspolicy.duty import Side

if TYPE_CHECKING:
    from careerspolicy.analysis.histories import History, Slot
    from careerspolicy.duty import Around
    from careerspolicy.school_calendar import SchoolCalendar

_LONG = 200_000


def around_window(
    z3: Any, schedule: Around, event: Slot, history: History, calendar: SchoolCalendar
) -> tuple[Any, Any]:
    """The first and last day of the window before, at or after one event."""
    within = history.first, history.last
    if schedule.side is Side.AT:
        return event.day, z3.If(event.lasting, event.until, event.day)
    back = schedule.side is Side.BEFORE

    def away(duration: Any) -> Any:
        return shifted(z3, event.day, duration, back=back, within=within, calendar=calendar)

    near = event.day - 1 if back else event.day
    near = away(schedule.notice) if schedule.notice else near
    far = event.day - _LONG if back else event.day + _LONG
    far = away(schedule.within) if schedule.within else far
    return (far, near) if back else (near, far)
