"""Which of two promises asks more: `relation`, and of one against many, `implied_by`.

A promise is at least as strict as another when every history that meets it meets the other. Where
it isn't there is a witness: facts that meet the one and miss the other.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.solver.bringing import brings
from careerspolicy.solver.doubts import because
from careerspolicy.solver.promises import Promise, undecidable
from careerspolicy.solver.solving import PATIENCE
from careerspolicy.solver.witnesses import Witness, witness

if TYPE_CHECKING:
    from careerspolicy.model.policy import Obligation, Policy
    from careerspolicy.solver.doubts import Doubt


class Standing(StrEnum):
    """How one promise, or policy, stands to another; `stricter` says that the left asks more.

    `silent` says that one of them promises nothing.
    """

    EQUAL = "equal"
    STRICTER = "stricter"
    WEAKER = "weaker"
    INCOMPARABLE = "incomparable"
    UNDECIDED = "undecided"
    SILENT = "silent"


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
    the left, then of the right. `doubt` is why it is undecided.
    """

    left: Promise
    right: Promise
    kind: Standing
    witnesses: tuple[Witness, ...] = ()
    doubt: Doubt | None = None

    @property
    def why(self) -> str:
        """Why it is undecided, in words."""
        return because(self.doubt)

    @property
    def strength(self) -> str:
        """Whether the left is said more strongly (must, should, may): stronger, weaker or same."""
        left, right = (one.obligation.strength.weight for one in (self.left, self.right))
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
    if doubt := undecidable(one) or undecidable(other):
        return Relation(left=one, right=other, kind=Standing.UNDECIDED, doubt=doubt)
    answers = brings(one, other, patience=patience), brings(other, one, patience=patience)
    doubt = answers[0].doubt or answers[1].doubt
    kind = Standing.UNDECIDED if doubt else _STANDINGS[answers[0].none, answers[1].none]
    found = tuple(witness(one.example) for one in answers if one.example is not None)
    return Relation(left=one, right=other, kind=kind, doubt=doubt, witnesses=found)


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
