"""When one promise may stand in for another: the same content, as binding, in force as long.

First of the merge's modules. What is said here holds without a solver; `proofs` adds what it
can prove.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import attrs

from careerspolicy.comparison.promises import CONTENT, Part, shape
from careerspolicy.model.policy import Strength
from careerspolicy.solver.promises import undecidable

if TYPE_CHECKING:
    from collections.abc import Hashable

    from careerspolicy.model.policy import Obligation
    from careerspolicy.solver.promises import Promise


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
        strong = self.strength.weight >= other.strength.weight
        return strong and self.hedge in ("", other.hedge)

    def softened(self, hedges: set[str]) -> list[Mode]:
        """Itself and every mode that binds less, the most binding first; `hedges` may be taken."""
        own = [one for one in Strength if one.weight <= self.strength.weight]
        words = [self.hedge] if self.hedge else ["", *sorted(hedges - {""})]
        return [Mode(strength, hedge) for strength, hedge in product(own, words)]

    def __str__(self) -> str:
        return f'{self.strength.value}, "{self.hedge}"' if self.hedge else self.strength.value


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
