"""Which slots' records count for a promise: the evaluator's `matching`, not yet known."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from careerspolicy.solver.classes import YesNo

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from careerspolicy.solver.amounts import Counted
    from careerspolicy.solver.histories import History, Slot
    from careerspolicy.solver.promises import Promise


@attrs.frozen
class Counting:
    """The records of one subject that a promise may count.

    `event` is the slot of the record that the promise is about, if it is about each record of a
    kind. `used` tells whether a slot's record counts for a first promise, to which this is further.
    """

    z3: Any
    history: History
    promise: Promise
    of: str
    event: Slot | None
    used: Mapping[int, Any]

    @cached_property
    def all(self) -> Sequence[Counted]:
        """Every slot of the kind, and whether its record passes the tests."""
        return [(slot, self._passes(slot)) for slot in self._slots()]

    def between(self, start: Any, end: Any) -> Sequence[Counted]:
        """The records of some days."""
        z3 = self.z3
        return [
            (slot, z3.And(counts, start <= slot.day, slot.day <= end)) for slot, counts in self.all
        ]

    def in_force(self, day: Any) -> Sequence[Counted]:
        """The records in force on a day."""
        z3 = self.z3
        return [
            (slot, z3.And(counts, slot.day <= day, z3.Implies(slot.lasting, slot.until >= day)))
            for slot, counts in self.all
        ]

    def kept(self, end: date | None) -> Sequence[Counted]:
        """The records still there at the end of the time for which they are to be kept."""
        z3 = self.z3
        if end is None:
            return [(slot, z3.And(counts, z3.Not(slot.lasting))) for slot, counts in self.all]
        last = end.toordinal()
        return [
            (slot, z3.And(counts, z3.Implies(slot.lasting, slot.until >= last)))
            for slot, counts in self.all
        ]

    def _slots(self) -> Sequence[Slot]:
        kind = self.promise.duty.records.kind
        if self.event is None:
            return self.history.of(kind, self.of)
        return (self.event,) if self.event.kind == kind else self.history.kind(kind)

    def _passes(self, slot: Slot) -> Any:
        z3, matching = self.z3, self.promise.duty.records
        tests = [slot.present]
        if self.event is not None and slot.place != self.event.place:
            tests.append(slot.about == self.event.place)
        if not matching.offered and "attended" in self.promise.kind(slot.kind).attributes:
            attended = slot.said["attended"]
            assert isinstance(attended, YesNo)  # noqa: S101 - as every vocabulary has it
            tests.append(attended.flag)
        tests += [slot.said[one.attribute].holds(one) for one in matching.where]
        if slot.place in self.used:
            tests.append(z3.Not(self.used[slot.place]))
        return z3.And(*tests)
