"""What records come to in a window, held to a bound: met or missed, as terms of the solver.

The evaluator's `weighing` and `verdicts`, for records not yet known; `encoding` says which windows.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import attrs

from careerspolicy.solver.amounts import amount, at_least, at_most

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.calendar.school_calendar import Window
    from careerspolicy.solver.amounts import Counted
    from careerspolicy.solver.counting import Counting
    from careerspolicy.solver.promises import Promise
    from careerspolicy.solver.settings import Setting

NO_LIMIT: Final = (date.min.toordinal(), date.max.toordinal())


class Judged(NamedTuple):
    """When something is met, and when it is missed; in between it is not known or not yet due."""

    met: Any
    missed: Any


@attrs.frozen
class Judging:
    """Judges windows of one setting; `asked` is the day on which a state may be found wanting."""

    z3: Any
    setting: Setting
    asked: Any

    def where(self, applies: Any, one: Judged) -> Judged:
        """A verdict where the promise applies; met for nothing where it doesn't."""
        z3 = self.z3
        return Judged(z3.Or(z3.Not(applies), one.met), z3.And(applies, one.missed))

    def plain(self, promise: Promise, counted: Sequence[Counted]) -> Judged:
        """What some records come to, held to the bound, once nothing more can come."""
        found = amount(self.z3, promise.duty.measure, counted)
        bound = promise.duty.bound
        met = self.z3.And(at_least(self.z3, found, bound), at_most(self.z3, found, bound))
        return Judged(met, self.z3.Not(met))

    def nothing(self) -> Judged:
        """That nothing is owed."""
        return Judged(self.z3.BoolVal(val=True), self.z3.BoolVal(val=False))

    def seen(
        self, promise: Promise, counting: Counting, start: Any, end: Any, since: date | None
    ) -> Judged:
        """What a window comes to; one that opened before records are complete misses nothing."""
        verdict = self.plain(promise, counting.between(start, end))
        if since is None:
            return verdict
        return Judged(verdict.met, self.z3.And(verdict.missed, start >= since.toordinal()))

    def in_window(
        self, promise: Promise, counting: Counting, window: Window, *, gap: bool
    ) -> Judged:
        """A window set by the calendar; with a gap, what is not recorded may still have been."""
        z3, bound = self.z3, promise.duty.bound
        if window.end is not None and window.end >= self.setting.as_of:
            return self._unclosed(promise, counting, window)
        plain = self.plain(promise, counting.between(*ends(window)))
        if not gap:
            return plain
        found = amount(z3, promise.duty.measure, counting.between(*ends(window)))
        over = z3.Not(at_most(z3, found, bound))
        met = plain.met if bound.at_most is None else z3.BoolVal(val=False)
        return Judged(met, over if window.end is not None else plain.missed)

    def let_off(
        self, promise: Promise, counting: Counting, window: Window, verdict: Judged
    ) -> Judged:
        """A verdict of a window that the school is not held to, unless it was overstepped."""
        z3, bound = self.z3, promise.duty.bound
        if bound.at_most is None:
            return self.nothing()
        found = amount(z3, promise.duty.measure, counting.between(*ends(window)))
        over = at_least(z3, found, bound)
        return Judged(z3.Or(verdict.met, z3.Not(over)), z3.And(verdict.missed, over))

    def stands(self, promise: Promise, counting: Counting, window: Window) -> Judged:
        """A state that should stand on every day of a window; missed on the day asked."""
        z3 = self.z3
        start = (window.start or self.setting.since).toordinal()
        end = min(window.end or self.setting.as_of, self.setting.as_of).toordinal()
        if end < start:
            return self.nothing()
        turns = [(z3.BoolVal(val=True), z3.IntVal(start))]
        for slot, counts in counting.all:
            turns.append((z3.And(counts, slot.lasting), slot.until + 1))
            if promise.duty.bound.at_most is not None:
                turns.append((counts, slot.day))
        states = [
            self.where(
                z3.And(applies, start <= day, day <= end),
                self.plain(promise, counting.in_force(day)),
            ).met
            for applies, day in turns
        ]
        wanting = self.plain(promise, counting.in_force(self.asked)).missed
        return Judged(z3.And(*states), z3.And(self.asked >= start, self.asked <= end, wanting))

    def _unclosed(self, promise: Promise, counting: Counting, window: Window) -> Judged:
        """A period that still runs on the day asked about: only too much of something misses it."""
        found = amount(self.z3, promise.duty.measure, counting.between(*ends(window)))
        under = at_most(self.z3, found, promise.duty.bound)
        return Judged(under, self.z3.Not(under))


def ends(window: Window) -> tuple[int, int]:
    """A window's first and last day as ordinals; far off where it has none."""
    first, last = NO_LIMIT
    return (
        window.start.toordinal() if window.start else first,
        window.end.toordinal() if window.end else last,
    )
