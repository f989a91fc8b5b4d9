"""When one promise may stand in for another: the same content, as binding, in force as long.

First of the merge's modules. What is said here holds without a solver; `proofs` adds what it
can prove.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.comparison.promises import Part, shape
from careerspolicy.comparison.relating import CONTENT
from careerspolicy.model.policy import Strength
from careerspolicy.solver.promises import undecidable

if TYPE_CHECKING:
    from collections.abc import Hashable

    from careerspolicy.model.policy import InForce, Obligation
    from careerspolicy.solver.promises import Promise

_WEIGHT: Final = {Strength.MAY: 0, Strength.SHOULD: 1, Strength.MUST: 2}


@attrs.frozen(order=False)
class Mode:
    """How a promise binds, apart from what it asks: how strongly, and with what hedge."""

    strength: Strength
    hedge: str = ""

    @classmethod
    def of(cls, obligation: Obligation) -> Mode:
        """The mode of an obligation."""
        return cls(obligation.strength, obligation.hedge)

    def binds_as(self, other: Mode) -> bool:
        """Whether it binds at least as much: as strongly, and without a hedge of its own."""
        strong = _WEIGHT[self.strength] >= _WEIGHT[other.strength]
        return strong and self.hedge in ("", other.hedge)

    def softened(self, hedges: set[str]) -> list[Mode]:
        """Itself and every mode that binds less, the most binding first; `hedges` may be taken."""
        strengths = sorted(_WEIGHT, key=_WEIGHT.__getitem__, reverse=True)
        own = [one for one in strengths if _WEIGHT[one] <= _WEIGHT[self.strength]]
        words = [self.hedge] if self.hedge else ["", *sorted(hedges - {""})]
        return [Mode(strength, hedge) for strength, hedge in product(own, words)]

    def __str__(self) -> str:
        return f'{self.strength.value}, "{self.hedge}"' if self.hedge else self.strength.value


def lasts(outer: InForce, inner: InForce) -> bool:
    """Whether one is in force on every day on which another is."""
    begins = outer.start is None or (
        inner.start is not None and outer.start.first <= inner.start.first
    )
    return begins and (
        outer.until is None or (inner.until is not None and inner.until.last <= outer.until.last)
    )


def content(promise: Promise, *, measured: bool) -> Hashable:
    """A value that is equal for two promises that ask the very same.

    Of what records measure, whoever owes it; of what they don't, only of the same role, since then
    nothing but the words tells what is asked.
    """
    said = shape(promise)
    first = promise.first
    return (
        tuple(said[part] for part in CONTENT),
        promise.policy.readings if measured else said[Part.WHO],
        None if first is None else content(first, measured=measured),
    )


def measurable(promise: Promise) -> bool:
    """Whether records can decide a promise at all."""
    return not undecidable(promise)


def apart(one: Promise, other: Promise) -> bool:
    """Whether two promises are of different things: kinds of record, documents, matters and so on.

    No proof is tried between such, and nothing is said of how they stand to each other.
    """
    left, right = one.duty.records, other.duty.records
    if left.kind != right.kind:
        return True
    tests = {test.attribute: test.one_of for test in right.where}
    return any(
        test.one_of is not None
        and (asked := tests.get(test.attribute)) is not None
        and test.one_of.isdisjoint(asked)
        for test in left.where
    )
