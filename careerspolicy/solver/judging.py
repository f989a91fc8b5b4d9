"""What records come to in a window, held to a bound: met or missed, as terms of the solver.

The evaluator's `weighing` and `verdicts`, for records not yet known; `encoding` says which windows.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

import attrs

from careerspolicy.solver.counting import amount, at_least, at_most
from careerspolicy.solver.logic import And, BoolVal, IntVal, Not, Or

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.calendar.school_calendar import Window
    from careerspolicy.solver.counting import Counted, Counting
    from careerspolicy.solver.logic import Term
    from careerspolicy.solver.promises import Promise
    from careerspolicy.solver.settings import Setting

NO_LIMIT: Final = (date.min.toordinal(), date.max.toordinal())


class Judged(NamedTuple):
    """When something is met, and when it is missed; in between it is not known or not yet due."""

    met: Term
    missed: Term


@attrs.frozen
class Judging:
    """Judges windows of one setting; `asked` is the day on which a state may be found wanting."""

    setting: Setting
    asked: Term

    def where(self, applies: Term, one: Judged) -> Judged:
        """A verdict where the promise applies; met for nothing where it doesn't."""
        return Judged(Or(Not(applies), one.met), And(applies, one.missed))

    def plain(self, promise: Promise, counted: Sequence[Counted]) -> Judged:
        """What some records come to, held to the bound, once nothing more can come."""
        found = amount(promise.duty.measure, counted)
        bound = promise.duty.bound
        met = And(at_least(found, bound), at_most(found, bound))
        return Judged(met, Not(met))

    def nothing(self) -> Judged:
        """That nothing is owed."""
        return Judged(BoolVal(val=True), BoolVal(val=False))

    def seen(
        self, promise: Promise, counting: Counting, start: Term, end: Term, since: date | None
    ) -> Judged:
        """What a window comes to; one that opened before records are complete misses nothing."""
        verdict = self.plain(promise, counting.between(start, end))
        if since is None:
            return verdict
        return Judged(verdict.met, And(verdict.missed, start >= since.toordinal()))

    def in_window(
        self, promise: Promise, counting: Counting, window: Window, *, gap: bool
    ) -> Judged:
        """A window set by the calendar; with a gap, what is not recorded may still have been."""
        bound = promise.duty.bound
        if window.end is not None and window.end >= self.setting.as_of:
            return self._unclosed(promise, counting, window)
        plain = self.plain(promise, counting.between(*ends(window)))
        if not gap:
            return plain
        found = amount(promise.duty.measure, counting.between(*ends(window)))
        over = Not(at_most(found, bound))
        met = plain.met if bound.at_most is None else BoolVal(val=False)
        return Judged(met, over if window.end is not None else plain.missed)

    def let_off(
        self, promise: Promise, counting: Counting, window: Window, verdict: Judged
    ) -> Judged:
        """A verdict of a window that the school is not held to, unless it was overstepped."""
        bound = promise.duty.bound
        if bound.at_most is None:
            return self.nothing()
        found = amount(promise.duty.measure, counting.between(*ends(window)))
        over = at_least(found, bound)
        return Judged(Or(verdict.met, Not(over)), And(verdict.missed, over))

    def stands(self, promise: Promise, counting: Counting, window: Window) -> Judged:
        """A state that should stand on every day of a window; missed on the day asked."""
        start = (window.start or self.setting.since).toordinal()
        end = min(window.end or self.setting.as_of, self.setting.as_of).toordinal()
        if end < start:
            return self.nothing()
        turns = [(BoolVal(val=True), IntVal(start))]
        for slot, counts in counting.all:
            turns.append((And(counts, slot.lasting), slot.until + 1))
            if promise.duty.bound.at_most is not None:
                turns.append((counts, slot.day))
        states = [
            self.where(
                And(applies, start <= day, day <= end),
                self.plain(promise, counting.in_force(day)),
            ).met
            for applies, day in turns
        ]
        wanting = self.plain(promise, counting.in_force(self.asked)).missed
        return Judged(And(*states), And(self.asked >= start, self.asked <= end, wanting))

    def _unclosed(self, promise: Promise, counting: Counting, window: Window) -> Judged:
        """A period that still runs on the day asked about: only too much of something misses it."""
        found = amount(promise.duty.measure, counting.between(*ends(window)))
        under = at_most(found, promise.duty.bound)
        return Judged(under, Not(under))


def ends(window: Window) -> tuple[int, int]:
    """A window's first and last day as ordinals; far off where it has none."""
    first, last = NO_LIMIT
    return (
        window.start.toordinal() if window.start else first,
        window.end.toordinal() if window.end else last,
    )
