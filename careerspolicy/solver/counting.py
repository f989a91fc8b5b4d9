"""Which slots' records count for a promise, and what they come to.

The evaluator's `matching` and `measures`, for records not yet known: each slot comes with whether
it counts, and an amount is a sum over those that do.
"""

from __future__ import annotations

from functools import cached_property
from math import ceil, floor
from typing import TYPE_CHECKING

import attrs

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
)
from careerspolicy.solver.symbols import Number, YesNo, exact

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from careerspolicy.model.duty import Bound, Measure
    from careerspolicy.solver.histories import History, Slot
    from careerspolicy.solver.promises import Promise


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
        return [(slot, self._passes(slot)) for slot in self._slots()]

    def between(self, start: Term, end: Term) -> Sequence[Counted]:
        """The records of some days."""
        return [
            (slot, And(counts, start <= slot.day, slot.day <= end)) for slot, counts in self.all
        ]

    def in_force(self, day: Term) -> Sequence[Counted]:
        """The records in force on a day."""
        return [
            (
                slot,
                And(counts, slot.day <= day, Implies(slot.lasting, slot.until >= day)),
            )
            for slot, counts in self.all
        ]

    def kept(self, end: date | None) -> Sequence[Counted]:
        """The records still there at the end of the time for which they are to be kept."""
        if end is None:
            return [(slot, And(counts, Not(slot.lasting))) for slot, counts in self.all]
        last = end.toordinal()
        return [
            (slot, And(counts, Implies(slot.lasting, slot.until >= last)))
            for slot, counts in self.all
        ]

    def _slots(self) -> Sequence[Slot]:
        kind = self.promise.duty.records.kind
        if self.event is None:
            return self.history.of(kind, self.of)
        return (self.event,) if self.event.kind == kind else self.history.kind(kind)

    def _passes(self, slot: Slot) -> Term:
        matching = self.promise.duty.records
        tests = [slot.present]
        if self.event is not None and slot.place != self.event.place:
            tests.append(slot.about == self.event.place)
        if not matching.offered and "attended" in self.promise.kind(slot.kind).attributes:
            attended = slot.said["attended"]
            assert isinstance(attended, YesNo)  # noqa: S101 - as every vocabulary has it
            tests.append(attended.flag)
        tests += [slot.said[one.attribute].holds(one) for one in matching.where]
        if slot.place in self.used:
            tests.append(Not(self.used[slot.place]))
        return And(*tests)


#: A slot, and whether it counts.
Counted = tuple["Slot", Term]


def amount(measure: Measure, counted: Sequence[Counted]) -> Term:
    """How much the records that count come to."""
    if isinstance(measure, Count):
        return _how_many([counts for _, counts in counted])
    if isinstance(measure, Distinct):
        return _how_many(_first_of_each(measure.attribute, counted))
    if isinstance(measure, Covers):
        return _how_many([_shown(measure, value, counted) for value in measure.values])
    return _total(measure.attribute, counted)


def at_least(found: Term, bound: Bound) -> Term:
    """Whether an amount reaches the least that is owed."""
    if bound.at_least is None:
        return BoolVal(val=True)
    return found >= (ceil(bound.at_least) if found.is_int() else exact(bound.at_least))


def at_most(found: Term, bound: Bound) -> Term:
    """Whether an amount keeps to the most that is allowed."""
    if bound.at_most is None:
        return BoolVal(val=True)
    return found <= (floor(bound.at_most) if found.is_int() else exact(bound.at_most))


def _how_many(flags: Sequence[Term]) -> Term:
    if not flags:
        return IntVal(0)
    return Sum(*(If(flag, 1, 0) for flag in flags))


def _first_of_each(attribute: str, counted: Sequence[Counted]) -> list[Term]:
    """For each slot, whether it counts and no slot before it counts with the same value."""
    firsts = []
    for place, (slot, counts) in enumerate(counted):
        value = slot.said[attribute]
        again = [
            And(other, before.said[attribute].same(value)) for before, other in counted[:place]
        ]
        firsts.append(And(counts, Not(Or(*again))))
    return firsts


def _shown(measure: Covers, value: str, counted: Sequence[Counted]) -> Term:
    said = measure.attribute
    return Or(*(And(counts, slot.said[said].shows(value)) for slot, counts in counted))


def _total(attribute: str, counted: Sequence[Counted]) -> Term:
    terms = [RealVal(0)]
    for slot, counts in counted:
        number = slot.said[attribute]
        assert isinstance(number, Number)  # noqa: S101 - only numbers are added up
        terms.append(If(counts, number.amount, RealVal(0)))
    return Sum(*terms)
