"""Which slots' records count for a promise, what they come to, and whether that meets it.

The evaluator's `matching`, `weighing` and `verdicts`, for records not yet known: each slot comes
with whether it counts, an amount is a sum over those that do, and a verdict is when it keeps to the
bound. `encoding` says which windows there are.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import attrs

from careerspolicy.calendar.school_calendar import EVER
from careerspolicy.evaluation.windows import begun_by
from careerspolicy.model.duty import Count, Covers, Distinct
from careerspolicy.solver.logic import (
    And,
    BoolVal,
    If,
    Implies,
    IntVal,
    Not,
    Or,
    RealVal,
    Sum,
    Term,
    exact,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from careerspolicy.calendar.school_calendar import Window
    from careerspolicy.model.duty import Measure
    from careerspolicy.solver.histories import History, Slot
    from careerspolicy.solver.promises import Promise

#: A slot, and whether it counts.
Counted: TypeAlias = "tuple[Slot, Term]"


class Judged(NamedTuple):
    """When something is met, and when it is missed; in between it is not known or not yet due."""

    met: Term
    missed: Term

    def where(self, applies: Term) -> Judged:
        """The verdict where the promise applies; met for nothing where it doesn't."""
        return Judged(Or(Not(applies), self.met), And(applies, self.missed))


def together(verdicts: Iterable[Judged]) -> Judged:
    """The verdict on several windows or subjects: all are met, or one is missed; met for none."""
    parts = list(verdicts)
    return Judged(And(*(one.met for one in parts)), Or(*(one.missed for one in parts)))


@attrs.frozen
class Counting:
    """The records of one subject that a promise may count.

    `event` is the slot of the record that the promise is about, if it is about each record of a
    kind. `used` tells whether a slot's record counts for a first promise, to which this is further.
    """

    history: History
    promise: Promise
    of: str
    event: Slot | None
    used: Mapping[int, Term]

    @cached_property
    def all(self) -> Sequence[Counted]:
        """Every slot of the kind, and whether its record passes the tests."""
        kind, event = self.promise.duty.records.kind, self.event
        slots = self.history.of(kind, "" if event else self.of)
        if event and event.kind == kind:
            slots = (event,)
        return [(slot, self._passes(slot)) for slot in slots]

    def _passes(self, slot: Slot) -> Term:
        matching = self.promise.duty.records
        tests = [slot.present]
        if self.event is not None and slot.place != self.event.place:
            tests.append(slot.about == self.event.place)
        if not matching.offered and "attended" in self.promise.kind(slot.kind).attributes:
            tests.append(slot.said["attended"].flag)
        tests += slot.passes(matching.where)
        if slot.place in self.used:
            tests.append(Not(self.used[slot.place]))
        return And(*tests)

    def _of(self, tests: Callable[[Slot], Iterable[Term]]) -> list[Counted]:
        """The records that pass some more tests."""
        return [(slot, And(counts, *tests(slot))) for slot, counts in self.all]

    def between(self, start: Term, end: Term) -> list[Counted]:
        """The records of some days."""
        return self._of(lambda slot: (start <= slot.day, slot.day <= end))

    def in_force(self, day: Term) -> list[Counted]:
        """The records in force on a day."""
        return self._of(lambda slot: (slot.day <= day, Implies(slot.lasting, slot.until >= day)))

    def kept(self, window: Window) -> list[Counted]:
        """The records begun in time, and still there at the end of that for which they are kept."""
        last = (window.end or date.max).toordinal()
        begun = (begun_by(window) or date.max).toordinal()
        return self._of(lambda slot: [slot.day <= begun, Implies(slot.lasting, slot.until >= last)])

    def reaches(self, found: Term) -> Term:
        """Whether an amount reaches the least that is owed."""
        least = self.promise.duty.bound.at_least
        if least is None:
            return BoolVal(True)
        return found >= (ceil(least) if found.is_int() else exact(least))

    def keeps(self, found: Term) -> Term:
        """Whether an amount keeps to the most that is allowed."""
        most = self.promise.duty.bound.at_most
        if most is None:
            return BoolVal(True)
        return found <= (floor(most) if found.is_int() else exact(most))

    def verdict(self, counted: Sequence[Counted]) -> Judged:
        """What some records come to, held to the bound, once nothing more can come."""
        found = amount(self.promise.duty.measure, counted)
        met = And(self.reaches(found), self.keeps(found))
        return Judged(met, Not(met))

    @cached_property
    def since(self) -> date | None:
        """The day since when its records are seen; what a record says of itself always is."""
        kind = self.promise.duty.records.kind
        if self.event is not None and (self.event.kind == kind or self.of == "trust"):
            return None
        return self.history.setting.school.complete_since.get(kind)

    def seen(self, start: Term, end: Term) -> Judged:
        """What the days from one to another come to, neither of which the calendar sets.

        They are missed for want of something once they are over, or where they never are; not where
        they began before records are seen. A pupil's begin with their first day at the latest.
        """
        found, today = (
            amount(self.promise.duty.measure, self.between(start, end)),
            self.history.last,
        )
        reached, kept, (never, endless) = self.reaches(found), self.keeps(found), ends(EVER)
        seen = BoolVal(True)
        if self.since is not None:
            seen = Or(start >= self.since.toordinal(), And(self.of == "pupil", start == never))
        within_limit = And(kept, Or(seen, self.promise.duty.bound.at_most is None))
        over = Or(end >= endless, And(end < today, seen))
        return Judged(
            And(start <= today, reached, within_limit),
            And(start <= today, Or(Not(kept), And(Not(reached), over))),
        )

    def in_window(self, window: Window, *, gap: bool) -> Judged:
        """A window set by the calendar; with a gap, what is not recorded may still have been.

        One that still runs on the day asked about is missed only by too much of something.
        """
        counted, most = self.between(*ends(window)), self.promise.duty.bound.at_most
        plain = self.verdict(counted)
        under = self.keeps(amount(self.promise.duty.measure, counted))
        if window.end is not None and window.end >= self.history.setting.as_of:
            return Judged(under, Not(under))
        if not gap:
            return plain
        met = plain.met if most is None else BoolVal(False)
        return Judged(met, Not(under) if window.end is not None else plain.missed)

    def let_off(self, window: Window, verdict: Judged) -> Judged:
        """A verdict of a window that the school is not held to, unless it was overstepped."""
        if self.promise.duty.bound.at_most is None:
            return together(())
        over = self.reaches(amount(self.promise.duty.measure, self.between(*ends(window))))
        return Judged(Or(verdict.met, Not(over)), And(verdict.missed, over))

    def stands(self, window: Window) -> Judged:
        """A state that should stand on every day of a window; missed on the day asked."""
        setting, asked = self.history.setting, self.history.asked
        start = (window.start or setting.since).toordinal()
        end = min(window.end or setting.as_of, setting.as_of).toordinal()
        if end < start:
            return together(())
        turns = [(BoolVal(True), IntVal(start))]
        for slot, counts in self.all:
            turns.append((And(counts, slot.lasting), slot.until + 1))
            if self.promise.duty.bound.at_most is not None:
                turns.append((counts, slot.day))
        states = [
            self.verdict(self.in_force(day)).where(And(applies, start <= day, day <= end)).met
            for applies, day in turns
        ]
        wanting = self.verdict(self.in_force(asked)).missed
        return Judged(And(*states), And(asked >= start, asked <= end, wanting))


def ends(window: Window) -> tuple[int, int]:
    """A window's first and last day as ordinals; far off where it has none."""
    return (window.start or date.min).toordinal(), (window.end or date.max).toordinal()


def within(window: Window, day: Term) -> Term:
    """Whether a day lies in a window."""
    start, end = ends(window)
    return And(start <= day, day <= end)


def amount(measure: Measure, counted: Sequence[Counted]) -> Term:
    """How much the records that count come to."""
    match measure:
        case Count():
            return how_many(counts for _, counts in counted)
        case Distinct():
            return how_many(_first_of_each(measure.attribute, counted))
        case Covers():
            return how_many(_shown(measure, value, counted) for value in measure.values)
    return Sum(
        RealVal(0),
        *(If(counts, slot.said[measure.attribute].amount, RealVal(0)) for slot, counts in counted),
    )


def how_many(flags: Iterable[Term]) -> Term:
    """How many of some things are so."""
    ones = [If(flag, 1, 0) for flag in flags]
    return Sum(*ones) if ones else IntVal(0)


def _first_of_each(attribute: str, counted: Sequence[Counted]) -> Iterator[Term]:
    """For each slot, whether it counts and no slot before it counts with the same value."""
    for place, (slot, counts) in enumerate(counted):
        value, before = slot.said[attribute], counted[:place]
        again = (And(other, one.said[attribute].same(value)) for one, other in before)
        yield And(counts, Not(Or(*again)))


def _shown(measure: Covers, value: str, counted: Sequence[Counted]) -> Term:
    said = ((slot.said[measure.attribute], counts) for slot, counts in counted)
    return Or(*(And(counts, symbol.shows(value, measure.words)) for symbol, counts in said))
