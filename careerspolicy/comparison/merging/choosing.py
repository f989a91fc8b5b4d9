"""Which promises a merge takes: the strictest on every topic, or those that all inputs hold.

A promise gives way only to one of another input, on its topic, that is proved to bring it, binds as
much and is in force as long; whatever else cannot be decided stays.
"""

from __future__ import annotations

from enum import Enum
from itertools import chain, permutations, starmap
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.comparison.merging.proving import Mode, Prover
from careerspolicy.comparison.promises import apart, lasts
from careerspolicy.model.policy import Policy, PromiseOf
from careerspolicy.solver.promises import Promise, Undecided
from careerspolicy.solver.relations import Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence


#: What stands in for another promise has to ask as much.
_ENOUGH: Final = (Standing.EQUAL, Standing.STRICTER)
_STANDINGS: Final = {
    (True, True): Standing.EQUAL,
    (True, False): Standing.STRICTER,
    (False, True): Standing.WEAKER,
    (False, False): Standing.INCOMPARABLE,
    (True, None): Standing.STRICTER,
    (None, True): Standing.WEAKER,
}


class Take(Enum):
    """What a merge takes on every topic."""

    STRICTEST = "strictest"
    SHARED = "shared"


@attrs.frozen
class Held:
    """The promises of one input that bring a promise, and whether one of them is the very same."""

    promises: tuple[Promise, ...]
    same: bool


@attrs.frozen(kw_only=True)
class Candidate:
    """A promise that may be taken, in the mode in which it would be; `place` is its own number."""

    place: int
    promise: Promise
    mode: Mode
    held: tuple[Held, ...] = ()

    @property
    def of(self) -> PromiseOf:
        """The names of its input and of itself."""
        return PromiseOf(self.promise.policy.id, self.promise.obligation.id)

    def stands_for(self, other: Candidate) -> bool:
        """Whether it binds as much as another, and is in force as long."""
        held, needed = self.promise.obligation.in_force, other.promise.obligation.in_force
        return self.mode.binds_as(other.mode) and lasts(held, needed)


@attrs.frozen(kw_only=True)
class Against:
    """How a candidate stands to another, and why that is not known, or not wholly."""

    other: Candidate
    standing: Standing
    doubt: Undecided | None = None


@attrs.frozen(kw_only=True)
class Taken:
    """A promise that is taken, how it stands to others, and what to say of it.

    `gave_way` are those that it stands for in the file.
    """

    candidate: Candidate
    against: tuple[Against, ...] = ()
    gave_way: tuple[Candidate, ...] = ()
    needed_by: Candidate | None = None


def chosen(
    policies: Mapping[str, Policy],
    take: Take,
    prover: Prover,
    *,
    begin: Callable[[str], None] = lambda _: None,
) -> tuple[Taken, ...]:
    """What a merge of policies, by name, takes: topic by topic, in the order of first mention.

    `begin` is called with each input. Raises MissingExtra without the extra "analysis", unless no
    solver is needed.
    """
    candidates = _candidates(policies, take, prover, begin)
    by_topic: dict[str, list[Candidate]] = {
        obligation.topic: [] for policy in policies.values() for obligation in policy.obligations
    }
    for candidate in candidates.values():
        by_topic[candidate.promise.obligation.topic].append(candidate)
    taken = chain.from_iterable(_strictest(ones, prover) for ones in by_topic.values())
    return tuple(_with_firsts([*taken], candidates))


def _candidates(
    policies: Mapping[str, Policy], take: Take, prover: Prover, begin: Callable[[str], None]
) -> dict[PromiseOf, Candidate]:
    """Every promise that may be taken: all of them, or those that every input holds."""
    candidates: dict[PromiseOf, Candidate] = {}
    for name, policy in policies.items():
        begin(name)
        for obligation in policy.obligations:
            promise, first = Promise(policy, obligation), obligation.duty.further_to
            common: tuple[Mode, tuple[Held, ...]] | None = Mode.of(obligation), ()
            if take is Take.SHARED:
                others = [policy for other, policy in policies.items() if other != name]
                common = _commonly_held(promise, others, prover)
                if first and PromiseOf(name, first) not in candidates:
                    continue
            if common is not None:
                mode, held = common
                candidate = Candidate(place=len(candidates), promise=promise, mode=mode, held=held)
                candidates[candidate.of] = candidate
    return candidates


def _commonly_held(
    promise: Promise, others: Sequence[Policy], prover: Prover
) -> tuple[Mode, tuple[Held, ...]] | None:
    """The most binding mode in which every other input holds a promise, and by what.

    None if one doesn't, or isn't known to. What no record measures is held only where the very
    same stands.
    """
    near = []
    for policy in others:
        near.append(prover.near(promise, policy))
        if not prover.fewest(near[-1], promise):
            return None
    hedges = {promise.obligation.hedge for promise in chain(*near)}
    for mode in Mode.of(promise.obligation).softened(hedges):
        binding = (
            [one for one in promises if Mode.of(one.obligation).binds_as(mode)] for promises in near
        )
        kept = [prover.fewest(promises, promise) for promises in binding]
        if all(kept):
            same = (any(prover.same(one, promise) for one in promises) for promises in kept)
            return mode, tuple(starmap(Held, zip(kept, same, strict=True)))
    return None


def _strictest(candidates: Sequence[Candidate], prover: Prover) -> Iterator[Taken]:
    """The candidates of one topic that give way to no other, in order."""
    table = {
        (one.place, other.place): _against(one, other, prover)
        for one, other in permutations(candidates, 2)
        if one.promise.policy.id != other.promise.policy.id
    }
    winners: dict[int, int] = {}
    for one in candidates:
        giving = (other for other in candidates if _gives_way(one, other, candidates, table))
        if winner := next(giving, None):
            winners[one.place] = winner.place
    last: dict[int, int] = {}  # what is taken in place of each, however many stood between
    for place, instead in winners.items():
        last[place] = instead
        while last[place] in winners:
            last[place] = winners[last[place]]
    for one in candidates:
        if one.place not in winners:
            against = [
                told
                for other in candidates
                if (told := table.get((one.place, other.place)))
                and (told.standing is not Standing.UNDECIDED or told.doubt)
                and (told.standing in _ENOUGH or other.place not in winners)
            ]
            gone = tuple(each for each in candidates if last.get(each.place) == one.place)
            yield Taken(candidate=one, against=tuple(against), gave_way=gone)


def _against(one: Candidate, other: Candidate, prover: Prover) -> Against:
    """How one stands to another; equal where the very same is asked."""
    left, right = one.promise, other.promise
    if prover.same(left, right):
        return Against(other=other, standing=Standing.EQUAL)
    measured = prover.measurable(left) and prover.measurable(right)
    if apart(left.duty, right.duty) or not measured:
        return Against(other=other, standing=Standing.UNDECIDED)
    brings, brought = prover.brings([left], right), prover.brings([right], left)
    standing = _STANDINGS.get((brings.holds, brought.holds), Standing.UNDECIDED)
    return Against(other=other, standing=standing, doubt=brings.doubt or brought.doubt)


def _gives_way(
    one: Candidate,
    other: Candidate,
    candidates: Sequence[Candidate],
    table: Mapping[tuple[int, int], Against],
) -> bool:
    """Whether one is left out since another stands for it.

    Of two that are equal in everything the earlier stays. What is weaker than a promise that all
    its own inputs make as well stays too: they chose to say both.
    """
    against = table.get((other.place, one.place))
    if against is None or against.standing not in _ENOUGH or not other.stands_for(one):
        return False
    if against.standing is Standing.EQUAL and one.stands_for(other):
        return other.place < one.place
    if _makers(one, candidates, table) <= _makers(other, candidates, table):
        return False
    # else three could each give way to the next
    return against.doubt is None or other.place < one.place


def _makers(
    one: Candidate, candidates: Sequence[Candidate], table: Mapping[tuple[int, int], Against]
) -> frozenset[str]:
    """The inputs that promise what a candidate does, in these words or others."""
    equals = (
        other
        for other in candidates
        if (against := table.get((one.place, other.place)))
        and against.standing is Standing.EQUAL
        and one.stands_for(other)
        and other.stands_for(one)
    )
    return frozenset(each.promise.policy.id for each in (one, *equals))


def _with_firsts(
    taken: Sequence[Taken], candidates: Mapping[PromiseOf, Candidate]
) -> Iterable[Taken]:
    """Those taken, each with the promise that it is further to standing before it.

    One that gave way comes back if another that is taken is further to it.
    """
    known, given = {choice.candidate.of: choice for choice in taken}, set[PromiseOf]()

    def together(choice: Taken) -> Iterator[Taken]:
        if choice.candidate.of in given:
            return
        if first := choice.candidate.promise.duty.further_to:
            name = PromiseOf(choice.candidate.of.policy, first)
            back = Taken(candidate=candidates[name], needed_by=choice.candidate)
            yield from together(known.get(name, back))
        given.add(choice.candidate.of)
        yield choice

    for choice in taken:
        yield from together(choice)
