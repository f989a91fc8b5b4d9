"""Windows around an event whose day is not yet known: the evaluator's `event_window`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from careerspolicy.model.duty import Side
from careerspolicy.solver.days import shifted

if TYPE_CHECKING:
    from careerspolicy.calendar.durations import Duration
    from careerspolicy.calendar.school_calendar import SchoolCalendar
    from careerspolicy.model.duty import Around
    from careerspolicy.solver.histories import History, Slot

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

    z3: Any
    history: History
    calendar: SchoolCalendar
    any_calendar: bool = False
    laws: list[Any] = attrs.field(factory=list)

    def window(self, schedule: Around, event: Slot) -> tuple[Any, Any]:
        """The first and last day of the window before, at or after one event."""
        if schedule.side is Side.AT:
            return event.day, self.z3.If(event.lasting, event.until, event.day)
        back = schedule.side is Side.BEFORE
        near = event.day - 1 if back else event.day
        near = self._away(event, schedule.notice, back=back) if schedule.notice else near
        far = event.day - _LONG if back else event.day + _LONG
        far = self._away(event, schedule.within, back=back) if schedule.within else far
        return (far, near) if back else (near, far)

    def _away(self, event: Slot, duration: Duration, *, back: bool) -> Any:
        if duration.unit != "school day":
            within = self.history.first, self.history.last
            return shifted(self.z3, event.day, duration, back=back, within=within)
        if self.any_calendar:
            away = self._open_days(event, duration.count, back=back)
            return event.day - away if back else event.day + away
        within = self.history.first, min(self.history.first + _A_WHILE, self.history.last)
        self.laws.append(event.day <= within[1])
        calendar = self.calendar
        return shifted(self.z3, event.day, duration, back=back, within=within, calendar=calendar)

    def _open_days(self, event: Slot, count: int, *, back: bool) -> Any:
        """How long so many school days take, from one event on."""
        name = f"{event.kind} {event.place} {'before' if back else 'after'}"
        away = self.z3.Int(f"{name} {count}")
        self.laws.append(away >= count)
        for other in range(1, count):
            self.laws.append(away >= self.z3.Int(f"{name} {other}") + count - other)
        return away
