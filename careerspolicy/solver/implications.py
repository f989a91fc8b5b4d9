"""One promise against many: whether all of a policy's promises together bring another.

Only those that bear on the same records need be asked of the solver, and of them only as many as it
takes: it begins with none, and each time that its example breaks one, that one is added.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.model.policy import Policy
from careerspolicy.solver import replay
from careerspolicy.solver.bringing import brings, evident
from careerspolicy.solver.doubts import because
from careerspolicy.solver.promises import Promise, undecidable
from careerspolicy.solver.relations import Standing, same
from careerspolicy.solver.settings import watched
from careerspolicy.solver.slots_needed import hangs_on_records, shelves
from careerspolicy.solver.solving import PATIENCE, Answer, search
from careerspolicy.solver.witnesses import Witness, witness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from careerspolicy.model.policy import Obligation
    from careerspolicy.solver.doubts import Doubt
    from careerspolicy.solver.solving import Example

_EVERYBODY: Final = 100


class Implied(StrEnum):
    """Whether some promises together bring another."""

    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"


@attrs.frozen(kw_only=True)
class Implication:
    """Whether every history that meets some promises meets another.

    `by` are those of them that were needed. `witness` shows that they don't: facts that meet every
    one that bears on the same records, and miss the other. `doubt` is why it is undecided.
    """

    promise: Promise
    kind: Implied
    by: tuple[Promise, ...] = ()
    witness: Witness | None = None
    doubt: Doubt | None = None

    @property
    def why(self) -> str:
        """Why it is undecided, in words."""
        return because(self.doubt)


@attrs.frozen(kw_only=True)
class PolicyRelation:
    """How one policy's measurable promises, all together, stand to another's.

    `right_implied` tells of each of the right's promises whether the left brings it, `left_implied`
    of each of the left's. What no records measure is left out of `kind`; it is in the lists,
    undecided, unless the other policy promises the very same.
    """

    left: Policy
    right: Policy
    kind: Standing
    right_implied: tuple[Implication, ...]
    left_implied: tuple[Implication, ...]
    doubt: Doubt | None = None

    @property
    def why(self) -> str:
        """Why it is undecided, in words."""
        return because(self.doubt)


STANDINGS: Final = {
    (Implied.YES, Implied.YES): Standing.EQUAL,
    (Implied.YES, Implied.NO): Standing.STRICTER,
    (Implied.NO, Implied.YES): Standing.WEAKER,
    (Implied.NO, Implied.NO): Standing.INCOMPARABLE,
}


def implied_by(
    promises: Policy | Iterable[tuple[Policy, Obligation]],
    promise: tuple[Policy, Obligation],
    *,
    patience: int = PATIENCE,
) -> Implication:
    """Whether a policy, or some of policies' obligations, together bring an obligation.

    Those that no records measure bring nothing but themselves. Raises MissingExtra without the
    extra "analysis".
    """
    wanted, given = Promise(*promise), list(_each(promises))
    for one in given:
        if same(one, wanted) or (not undecidable(wanted) and evident(one, wanted)):
            return Implication(promise=wanted, kind=Implied.YES, by=(one,))
    if doubt := undecidable(wanted):
        return Implication(promise=wanted, kind=Implied.UNDECIDED, doubt=doubt)
    return _searched([one for one in given if not undecidable(one)], wanted, patience)


def policy_relation(left: Policy, right: Policy, *, patience: int = PATIENCE) -> PolicyRelation:
    """How all that one policy asks stands to all that another asks, as far as records measure.

    Raises MissingExtra without the extra "analysis".
    """
    over = tuple(implied_by(left, (right, one), patience=patience) for one in right.obligations)
    under = tuple(implied_by(right, (left, one), patience=patience) for one in left.obligations)
    told = _all(over), _all(under)
    kind = STANDINGS.get(told, Standing.UNDECIDED)
    unsure = (one.doubt for one in (*over, *under) if one.kind is Implied.UNDECIDED)
    measured = (one for one in unsure if kind is Standing.UNDECIDED)
    return PolicyRelation(
        left=left,
        right=right,
        kind=kind,
        right_implied=over,
        left_implied=under,
        doubt=next(measured, None),
    )


def _each(promises: Policy | Iterable[tuple[Policy, Obligation]]) -> Iterator[Promise]:
    if isinstance(promises, Policy):
        return (Promise(promises, one) for one in promises.obligations)
    return (Promise(*one) for one in promises)


def _all(told: Sequence[Implication]) -> Implied:
    """Whether every promise that records measure is brought."""
    kinds = {one.kind for one in told if not undecidable(one.promise)}
    return next((one for one in (Implied.NO, Implied.UNDECIDED) if one in kinds), Implied.YES)


def _searched(given: Sequence[Promise], wanted: Promise, patience: int) -> Implication:
    related = [one for one in _related(given, wanted) if _of_everybody(one)]
    by = [one for one in related if _must_be_seen(one, wanted)]
    answer, rough = search(by, wanted, patience=patience, rough=True), True
    while answer.example is not None:
        broken = _broken(related, by, answer.example)
        if broken is not None:
            by.append(broken)
        elif not rough:
            return _shown(wanted, answer, by)
        rough = broken is not None
        answer = search(by, wanted, patience=patience, rough=rough)
    if answer.none:
        return Implication(promise=wanted, kind=Implied.YES, by=tuple(by))
    return _share_of(given, wanted, patience, answer.doubt)


def _shown(wanted: Promise, answer: Answer, by: Sequence[Promise]) -> Implication:
    assert answer.example is not None  # noqa: S101 - as the caller has seen
    return Implication(
        promise=wanted, kind=Implied.NO, by=tuple(by), witness=witness(answer.example)
    )


def _share_of(
    given: Sequence[Promise], wanted: Promise, patience: int, doubt: Doubt | None
) -> Implication:
    """Whether one promise of a share, left out of the search, brings another of a share."""
    for one in given:
        if not _of_everybody(one) and brings(one, wanted, patience=patience).none:
            return Implication(promise=wanted, kind=Implied.YES, by=(one,))
    return Implication(promise=wanted, kind=Implied.UNDECIDED, doubt=doubt)


def _of_everybody(promise: Promise) -> bool:
    return promise.duty.population.share in (None, _EVERYBODY)


def _related(given: Sequence[Promise], wanted: Promise) -> list[Promise]:
    """The promises that bear on the same records, those of the same topic first."""
    reach, found, rest = [wanted], list[Promise](), list(given)
    while near := [one for one in rest if any(_touch(one, other) for other in reach)]:
        found += sorted(near, key=lambda one: one.obligation.topic != wanted.obligation.topic)
        rest = [one for one in rest if one not in near]
        reach = near
    return found


def _touch(one: Promise, other: Promise) -> bool:
    """Whether two promises bear on the same records: of the same kind, and of the same thing."""
    shared = {*shelves(one)} & {*shelves(other)}
    if not shared:
        return False
    counted = one.duty.records.kind, other.duty.records.kind
    hang = hangs_on_records(one) or hangs_on_records(other)
    return hang or counted[0] != counted[1] or not _apart(one, other)


def _apart(one: Promise, other: Promise) -> bool:
    """Whether no record counts for both, since what one asks of it the other rules out."""
    kind = one.kind(one.duty.records.kind)
    return any(
        not test.one_of & against.one_of
        for test in one.duty.records.where
        for against in other.duty.records.where
        if test.attribute == against.attribute
        and test.one_of is not None
        and against.one_of is not None
        and not kind.attributes[test.attribute].many
    )


def _must_be_seen(promise: Promise, wanted: Promise) -> bool:
    """Whether a promise is judged only from the day since when its records are seen."""
    return bool({*watched(promise)}) and bool({*shelves(promise)} & {*shelves(wanted)})


def _broken(related: Sequence[Promise], by: Sequence[Promise], example: Example) -> Promise | None:
    """A promise that an example was not made to meet, and doesn't."""
    return next(
        (
            one
            for one in related
            if one not in by
            and not replay.meets(one, example.facts, example.as_of, example.setting.since)
        ),
        None,
    )
