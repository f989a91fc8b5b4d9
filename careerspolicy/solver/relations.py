"""Which of two promises asks more: `relation`, and of one against many, `implied_by`.

A promise is at least as strict as another when every history that meets it meets the other. Where
it isn't there is a witness: facts that meet the one and miss the other.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.model.policy import Strength
from careerspolicy.solver.bringing import brings
from careerspolicy.solver.promises import Promise, undecidable
from careerspolicy.solver.solving import PATIENCE
from careerspolicy.solver.witnesses import Witness, witness

if TYPE_CHECKING:
    from careerspolicy.model.policy import Obligation, Policy


class Standing(StrEnum):
    """How one promise stands to another; `stricter` says that the left asks more."""

    EQUAL = "equal"
    STRICTER = "stricter"
    WEAKER = "weaker"
    INCOMPARABLE = "incomparable"
    UNDECIDED = "undecided"


_STRONG: Final = {Strength.MUST: 2, Strength.SHOULD: 1, Strength.MAY: 0}
_STANDINGS: Final = {
    (True, True): Standing.EQUAL,
    (True, False): Standing.STRICTER,
    (False, True): Standing.WEAKER,
    (False, False): Standing.INCOMPARABLE,
}


@attrs.frozen(kw_only=True)
class Relation:
    """How a left promise stands to a right one, in what they ask.

    `witnesses` show what one does not bring: facts that meet the one and miss the other, first of
    the left, then of the right. `why` says why it is undecided.
    """

    left: Promise
    right: Promise
    kind: Standing
    witnesses: tuple[Witness, ...] = ()
    why: str = ""

    @property
    def strength(self) -> str:
        """Whether the left is said more strongly (must, should, may): stronger, weaker or same."""
        left, right = (_STRONG[one.obligation.strength] for one in (self.left, self.right))
        if left == right:
            return "same"
        return "stronger" if left > right else "weaker"


def relation(
    left: tuple[Policy, Obligation], right: tuple[Policy, Obligation], *, patience: int = PATIENCE
) -> Relation:
    """How what one policy's obligation asks stands to what another's does.

    Each is a policy and one of its obligations. `patience` is how much work the solver may put into
    one question: about so many milliseconds, told by its steps. Raises MissingExtra without the
    extra "analysis".
    """
    one, other = Promise(*left), Promise(*right)
    if same(one, other):
        return Relation(left=one, right=other, kind=Standing.EQUAL)
    why = undecidable(one) or undecidable(other)
    if why:
        return Relation(left=one, right=other, kind=Standing.UNDECIDED, why=why)
    answers = brings(one, other, patience=patience), brings(other, one, patience=patience)
    why = answers[0].why or answers[1].why
    kind = Standing.UNDECIDED if why else _STANDINGS[answers[0].none, answers[1].none]
    found = tuple(witness(one.example) for one in answers if one.example is not None)
    return Relation(left=one, right=other, kind=kind, why=why, witnesses=found)


def same(one: Promise, other: Promise) -> bool:
    """Whether two promises are worded the same and read the same, and so ask the same.

    What is only attested must moreover be the same promise of the same policy, in two versions of
    it or one: that two trusts name something alike tells nothing of what is attested.
    """
    if one.policy.readings != other.policy.readings or one.duty != other.duty:
        return False
    if one.duty.further_to:
        first, second = one.first, other.first
        return first is not None and second is not None and same(first, second)
    if not one.kind(one.duty.records.kind).silent:
        return True
    ours, theirs = one.obligation, other.obligation
    told = (ours.id, [source.fingerprint for source in ours.source])
    return one.policy.id == other.policy.id and told == (
        theirs.id,
        [source.fingerprint for source in theirs.source],
    )
