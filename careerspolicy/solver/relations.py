"""Which of two promises asks more: `relation`; of one against many, `implied_by`; of policies.

A promise is at least as strict as another when every history that meets it meets the other. Where
it isn't there is a witness: facts that meet the one and miss the other. Of many promises against
one, only those that bear on the same records need be asked of the solver, and of them only as many
as it takes: it begins with none, and each time that its example breaks one, that one is added.
"""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from itertools import chain, product
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from careerspolicy.model.policy import Policy, Strength
from careerspolicy.solver.codes import Code
from careerspolicy.solver.promises import EVERYBODY, Promise, Undecided, undecidable
from careerspolicy.solver.solving import PATIENCE, Answer, brings, evident, search

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from careerspolicy.model.policy import Obligation
    from careerspolicy.solver.witnesses import Witness


class Standing(StrEnum):
    """How what one side asks stands to what another does; `stricter`: the left asks more.

    `silent`: on a topic, one policy promises nothing.
    """

    EQUAL = "equal"
    STRICTER = "stricter"
    WEAKER = "weaker"
    INCOMPARABLE = "incomparable"
    SILENT = "silent"
    UNDECIDED = "undecided"


class Implied(StrEnum):
    """Whether some promises together bring another."""

    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"


#: A policy and one of its obligations.
Promised: TypeAlias = "tuple[Policy, Obligation]"

_STRONG: Final = {Strength.MUST: 2, Strength.SHOULD: 1, Strength.MAY: 0}
#: By whether the left brings the right, and the right the left.
STANDINGS: Final[dict[tuple[bool | None, bool | None], Standing]] = {
    (True, True): Standing.EQUAL,
    (True, False): Standing.STRICTER,
    (False, True): Standing.WEAKER,
    (False, False): Standing.INCOMPARABLE,
}


@attrs.frozen(kw_only=True)
class Relation:
    """How a left promise stands to a right one, in what they ask.

    `witnesses` show what one does not bring: facts that meet the one and miss the other, first of
    the left, then of the right. `doubt` says why it is undecided.
    """

    left: Promise
    right: Promise
    kind: Standing
    witnesses: tuple[Witness, ...] = ()
    doubt: Undecided | None = None

    @property
    def strength(self) -> str:
        """Whether the left is said more strongly (must, should, may): stronger, weaker or same."""
        left, right = (_STRONG[one.obligation.strength] for one in (self.left, self.right))
        return "same" if left == right else "stronger" if left > right else "weaker"


@attrs.frozen(kw_only=True)
class Implication:
    """Whether every history that meets some promises meets another.

    `by` are those of them that were needed. `witness` shows that they don't: facts that meet every
    one that bears on the same records, and miss the other. `doubt` says why it is undecided.
    """

    promise: Promise
    kind: Implied
    by: tuple[Promise, ...] = ()
    witness: Witness | None = None
    doubt: Undecided | None = None

    @property
    def holds(self) -> bool | None:
        """Whether they do; None if it isn't known."""
        return None if self.kind is Implied.UNDECIDED else self.kind is Implied.YES


@attrs.frozen(kw_only=True)
class PolicyRelation:
    """How one policy's measurable promises, all together, stand to another's.

    `right_implied` tells of each of the right's promises whether the left brings it, `left_implied`
    of each of the left's; of what no records measure too, which is left out of `kind`.
    """

    left: Policy
    right: Policy
    kind: Standing
    right_implied: tuple[Implication, ...]
    left_implied: tuple[Implication, ...]
    doubt: Undecided | None = None


def relation(left: Promised, right: Promised, *, patience: int = PATIENCE) -> Relation:
    """How what one policy's obligation asks stands to what another's does.

    `patience` is how much work the solver may put into one question: about so many milliseconds,
    told by its steps. Raises MissingExtra without the extra "analysis".
    """
    one, other = Promise(*left), Promise(*right)
    if same(one, other):
        return Relation(left=one, right=other, kind=Standing.EQUAL)
    why = undecidable(one) or undecidable(other)
    if why:
        return Relation(left=one, right=other, kind=Standing.UNDECIDED, doubt=why)
    answers = brings(one, other, patience=patience), brings(other, one, patience=patience)
    why = answers[0].doubt or answers[1].doubt
    kind = Standing.UNDECIDED if why else STANDINGS[answers[0].none, answers[1].none]
    witnesses = tuple(answer.example.bare() for answer in answers if answer.example)
    return Relation(left=one, right=other, kind=kind, doubt=why, witnesses=witnesses)


def same(one: Promise, other: Promise) -> bool:
    """Whether two promises are worded the same and read the same, and so ask the same.

    What is only attested must moreover be the same promise of the same policy, in two versions of
    it or one: that two trusts name something alike tells nothing of what is attested.
    """
    if one.policy.readings != other.policy.readings or one.asked != other.asked:
        return False
    first, second = one.first, other.first
    if one.duty.further_to:
        return first is not None and second is not None and same(first, second)
    kept = [  # from one version of a policy to the next
        (each.policy.id, each.obligation.id, [one.fingerprint for one in each.obligation.source])
        for each in (one, other)
    ]
    return not one.kind(one.duty.records.kind).silent or kept[0] == kept[1]


def implied_by(
    promises: Policy | Iterable[Promised], promise: Promised, *, patience: int = PATIENCE
) -> Implication:
    """Whether a policy, or some of policies' obligations, together bring an obligation.

    Those that no records measure bring nothing but themselves. Raises MissingExtra without the
    extra "analysis".
    """
    if isinstance(promises, Policy):
        promises = [(promises, one) for one in promises.obligations]
    given, wanted = [Promise(*one) for one in promises], Promise(*promise)
    why = undecidable(wanted)
    for one in given:
        if same(one, wanted) or (not why and evident(one, wanted)):
            return Implication(promise=wanted, kind=Implied.YES, by=(one,))
    if why:
        return Implication(promise=wanted, kind=Implied.UNDECIDED, doubt=why)
    return _searched(given, wanted, patience)


def policy_relation(left: Policy, right: Policy, *, patience: int = PATIENCE) -> PolicyRelation:
    """How all that one policy asks stands to all that another asks, as far as records measure.

    Raises MissingExtra without the extra "analysis".
    """
    over = tuple(implied_by(left, (right, one), patience=patience) for one in right.obligations)
    under = tuple(implied_by(right, (left, one), patience=patience) for one in left.obligations)
    measured = [[one for one in told if one.promise.measured] for told in (over, under)]
    kind = STANDINGS.get((_all(measured[0]), _all(measured[1])), Standing.UNDECIDED)
    unsure: Iterable[Undecided | None] = (one.doubt for one in chain(*measured) if one.doubt)
    if not all(measured):  # of what nobody can measure it is not known that all of it is brought
        kind, unsure = Standing.UNDECIDED, [Undecided(Code.NO_RECORD)]
    why = next(iter(unsure), None) if kind is Standing.UNDECIDED else None
    return PolicyRelation(
        left=left, right=right, kind=kind, right_implied=over, left_implied=under, doubt=why
    )


def _all(implications: Sequence[Implication]) -> bool | None:
    """Whether every promise is brought: no, if one surely isn't; None if it isn't known."""
    known = {one.holds for one in implications}
    return False if False in known else None if None in known else True


def _searched(given: Sequence[Promise], wanted: Promise, patience: int) -> Implication:
    """Whether promises that records measure bring another: of everybody together, of a share apart.

    A rough example does to find out which promise it breaks; what is shown is a plain one. That it
    breaks none that can be decided shows nothing, where one that can't bears on the same records.
    """
    implied = partial(Implication, promise=wanted)
    near = _related(given, wanted)
    doubts = [doubt for one in near if (doubt := undecidable(one))]
    apart = [one for one in near if one.share != EVERYBODY and not undecidable(one)]
    related = [one for one in near if one.share == EVERYBODY and not undecidable(one)]
    # a promise judged only from the day since when its records are seen settles that day
    by = [one for one in related if one.watched and one.shelves & wanted.shelves]
    rough = True
    while example := (answer := search(by, wanted, patience=patience, rough=rough)).example:
        untried = (one for one in related if one not in by)
        broken = next((one for one in untried if not example.meet([one])), None)
        if broken:
            by.append(broken)
        elif doubts:
            return implied(kind=Implied.UNDECIDED, doubt=doubts[0])
        elif not example.meet(apart):
            answer = Answer(doubt=Undecided(Code.SHARE, tuple(apart)))
            break
        elif not rough:
            return implied(kind=Implied.NO, by=tuple(by), witness=example.bare())
        rough = broken is not None
    if answer.none:
        return implied(kind=Implied.YES, by=tuple(by))
    for one in apart:
        alone = brings(one, wanted, patience=patience)
        if alone.none:
            return implied(kind=Implied.YES, by=(one,))
        school = alone.example
        if school and not doubts and school.meet((*related, *apart)):
            return implied(kind=Implied.NO, by=(one,), witness=school.bare())
    return implied(kind=Implied.UNDECIDED, doubt=answer.doubt)


def _related(given: Sequence[Promise], wanted: Promise) -> list[Promise]:
    """The promises that bear on the same records, those of the same topic first."""
    reach, found, rest = [wanted], list[Promise](), list(given)
    while near := [one for one in rest if any(_touch(one, other) for other in reach)]:
        found += sorted(near, key=lambda one: one.obligation.topic != wanted.obligation.topic)
        rest = [one for one in rest if one not in near]
        reach = near
    return found


def _touch(one: Promise, other: Promise) -> bool:
    """Whether two promises bear on the same records: none may be ruled out for one of the two."""
    kind = one.kind(one.duty.records.kind)
    if not one.shelves & other.shelves:
        return False
    if one.events or other.events or kind.name != other.duty.records.kind:
        return True
    return not any(
        test.attribute == against.attribute
        and test.one_of is not None
        and against.one_of is not None
        and test.listed.isdisjoint(against.listed)
        and not kind.attributes[test.attribute].many
        for test, against in product(one.duty.records.where, other.duty.records.where)
    )
