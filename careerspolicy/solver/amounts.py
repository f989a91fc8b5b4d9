"""What matching records come to, as terms of the solver: the evaluator's `measures`, not yet known.

Each slot comes with whether it counts; an amount is a sum over those that do.
"""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, Any

from careerspolicy.model.duty import Count, Covers, Distinct
from careerspolicy.solver.classes import Number, exact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.model.duty import Bound, Measure
    from careerspolicy.solver.histories import Slot

#: A slot, and whether it counts.
Counted = tuple["Slot", Any]


def amount(z3: Any, measure: Measure, counted: Sequence[Counted]) -> Any:
    """How much the records that count come to."""
    if isinstance(measure, Count):
        return _how_many(z3, [counts for _, counts in counted])
    if isinstance(measure, Distinct):
        return _how_many(z3, _first_of_each(z3, measure.attribute, counted))
    if isinstance(measure, Covers):
        return _how_many(z3, [_shown(z3, measure, value, counted) for value in measure.values])
    return _total(z3, measure.attribute, counted)


def at_least(z3: Any, found: Any, bound: Bound) -> Any:
    """Whether an amount reaches the least that is owed."""
    if bound.at_least is None:
        return z3.BoolVal(val=True)
    return found >= (ceil(bound.at_least) if found.is_int() else exact(z3, bound.at_least))


def at_most(z3: Any, found: Any, bound: Bound) -> Any:
    """Whether an amount keeps to the most that is allowed."""
    if bound.at_most is None:
        return z3.BoolVal(val=True)
    return found <= (floor(bound.at_most) if found.is_int() else exact(z3, bound.at_most))


def _how_many(z3: Any, flags: Sequence[Any]) -> Any:
    if not flags:
        return z3.IntVal(0)
    return z3.Sum(*(z3.If(flag, 1, 0) for flag in flags))


def _first_of_each(z3: Any, attribute: str, counted: Sequence[Counted]) -> list[Any]:
    """For each slot, whether it counts and no slot before it counts with the same value."""
    firsts = []
    for place, (slot, counts) in enumerate(counted):
        value = slot.said[attribute]
        again = [
            z3.And(other, before.said[attribute].same(value)) for before, other in counted[:place]
        ]
        firsts.append(z3.And(counts, z3.Not(z3.Or(*again))))
    return firsts


def _shown(z3: Any, measure: Covers, value: str, counted: Sequence[Counted]) -> Any:
    said = measure.attribute
    return z3.Or(*(z3.And(counts, slot.said[said].shows(value)) for slot, counts in counted))


def _total(z3: Any, attribute: str, counted: Sequence[Counted]) -> Any:
    terms = [z3.RealVal(0)]
    for slot, counts in counted:
        number = slot.said[attribute]
        assert isinstance(number, Number)  # noqa: S101 - only numbers are added up
        terms.append(z3.If(counts, number.amount, z3.RealVal(0)))
    return z3.Sum(*terms)
