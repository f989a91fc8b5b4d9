"""Which promises a merge takes: the strictest on every topic, or those that all inputs hold.

Between proofs and merging. A promise gives way only to one of another input, on its topic, that is
proved to bring it, binds as much and is in force as long; whatever else cannot be decided stays.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import attrs

from careerspolicy.comparison.merging.holding import commonly_held
from careerspolicy.comparison.merging.sameness import Mode
from careerspolicy.comparison.promises import apart, lasts
from careerspolicy.solver.doubts import because
from careerspolicy.solver.promises import Promise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from careerspolicy.comparison.merging.holding import Held
    from careerspolicy.comparison.merging.proofs import Prover
    from careerspolicy.model.policy import Policy


class Take(Enum):
    """What a merge takes on every topic."""

    STRICTEST = "strictest"
    SHARED = "shared"


class Stands(Enum):
    """How what one promise asks stands to what another of the same topic asks."""

    EQUAL = "equal"
    STRICTER = "stricter"
    WEAKER = "weaker"
    INCOMPARABLE = "incomparable"
    UNDECIDED = "undecided"


@attrs.frozen(kw_only=True)
class Against:
    """How a candidate stands to another, and why that is undecided."""

    other: int
    stands: Stands
    why: str = ""


@attrs.frozen(kw_only=True)
class Candidate:
    """A promise that may be taken, in the mode in which it would be; `place` is its own number."""

    place: int
    policy: str
    promise: Promise
    mode: Mode
    held: tuple[Held, ...] = ()


@attrs.frozen(kw_only=True)
class Taken:
    """A promise that is taken, how it stands to others, and what to say of it.

    `gave_way` are those that it stands for in the file.
    """

    candidate: Candidate
    against: tuple[tuple[Candidate, Against], ...]
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

    `begin` is called with each topic. Raises MissingExtra without the extra "analysis", unless no
    solver is needed.
    """
    found = _candidates(policies, take, prover, begin)
    at = {_name(one): one for one in found}
    taken: list[Taken] = []
    for topic in topics(policies):
        ours = [one for one in found if one.promise.obligation.topic == topic]
        taken += _Topic(ours, prover).taken()
    return tuple(_with_firsts(taken, at))


def topics(policies: Mapping[str, Policy]) -> list[str]:
    """The topics of some policies, in the order in which they first come."""
    return list(dict.fromkeys(one.topic for own in policies.values() for one in own.obligations))


def _candidates(
    policies: Mapping[str, Policy],
    take: Take,
    prover: Prover,
    begin: Callable[[str], None],
) -> list[Candidate]:
    """Every promise that may be taken: all of them, or those that every input holds."""
    found: dict[tuple[str, str], Candidate] = {}
    for name, policy in policies.items():
        begin(name)
        for one in policy.obligations:
            promise, mode = Promise(policy, one), Mode.of(one)
            held: tuple[Held, ...] = ()
            if take is Take.SHARED:
                first = one.duty.further_to
                common = commonly_held(name, promise, policies, prover)
                if common is None or (first and (name, first) not in found):
                    continue
                mode, held = common
            found[name, one.id] = Candidate(
                place=len(found), policy=name, promise=promise, mode=mode, held=held
            )
    return list(found.values())


def _name(candidate: Candidate) -> tuple[str, str]:
    return (candidate.policy, candidate.promise.obligation.id)


@attrs.frozen
class _Topic:
    """The candidates of one topic, and how every two of them stand."""

    candidates: Sequence[Candidate]
    prover: Prover

    def taken(self) -> list[Taken]:
        """Those that give way to no other, in order."""
        table = {
            (one.place, other.place): self._against(one, other)
            for one in self.candidates
            for other in self.candidates
            if one.policy != other.policy
        }
        alike = self._classes(table)
        winners: dict[int, int] = {}
        for one in self.candidates:
            for other in self.candidates:
                if self._gives_way(one, other, table, alike):
                    winners[one.place] = other.place
                    break
        kept = [one for one in self.candidates if one.place not in winners]
        return [self._told(one, table, winners) for one in kept]

    def _against(self, one: Candidate, other: Candidate) -> Against:
        """How one stands to another; equal where the very same is asked."""
        at, prove = other.place, self.prover.brings
        if self.prover.same(one.promise, other.promise):
            return Against(other=at, stands=Stands.EQUAL)
        left, right = one.promise, other.promise
        measured = self.prover.measurable(left) and self.prover.measurable(right)
        if apart(left.duty, right.duty) or not measured:
            return Against(other=at, stands=Stands.UNDECIDED)
        brings, brought = (
            prove([one.promise], other.promise),
            prove([other.promise], one.promise),
        )
        if brings.holds is None or brought.holds is None:
            why = because(brings.doubt or brought.doubt)
            if brings.holds:
                return Against(other=at, stands=Stands.STRICTER, why=why)
            if brought.holds:
                return Against(other=at, stands=Stands.WEAKER, why=why)
            return Against(other=at, stands=Stands.UNDECIDED, why=why)
        return Against(other=at, stands=_STANDS[brings.holds, brought.holds])

    def _classes(self, table: Mapping[tuple[int, int], Against]) -> Mapping[int, frozenset[str]]:
        """The inputs that promise what each candidate does, in these words or others."""
        return {
            one.place: frozenset(
                other.policy
                for other in self.candidates
                if other is one or self._as_one(one, other, table)
            )
            for one in self.candidates
        }

    def _as_one(
        self, one: Candidate, other: Candidate, table: Mapping[tuple[int, int], Against]
    ) -> bool:
        """Whether two inputs' promises are equal in everything."""
        told = table.get((one.place, other.place))
        equal = told is not None and told.stands is Stands.EQUAL
        return equal and _stands_for(one, other) and _stands_for(other, one)

    def _gives_way(
        self,
        one: Candidate,
        other: Candidate,
        table: Mapping[tuple[int, int], Against],
        alike: Mapping[int, frozenset[str]],
    ) -> bool:
        """Whether one is left out since another stands for it.

        Of two that are equal in everything the earlier stays. What is weaker than a promise that
        all its own inputs make as well stays too: they chose to say both.
        """
        told = table.get((other.place, one.place))
        if told is None or told.stands not in _STAND_FOR or not _stands_for(other, one):
            return False
        if told.stands is Stands.EQUAL and _stands_for(one, other):
            return other.place < one.place
        if alike[one.place] <= alike[other.place]:
            return False
        return not told.why or other.place < one.place  # else three could each give way to the next

    def _told(
        self,
        one: Candidate,
        table: Mapping[tuple[int, int], Against],
        winners: Mapping[int, int],
    ) -> Taken:
        against = [
            (other, told)
            for other in self.candidates
            if (told := table.get((one.place, other.place)))
            and (told.stands is not Stands.UNDECIDED or told.why)
            and (told.stands in _STAND_FOR or other.place not in winners)
        ]
        gave_way = [c for c in self.candidates if self._winner(c.place, winners) == one.place]
        return Taken(candidate=one, against=tuple(against), gave_way=tuple(gave_way))

    def _winner(self, place: int, winners: Mapping[int, int]) -> int | None:
        """The one that is taken in place of another, however many stood between; None of itself."""
        if place not in winners:
            return None
        while place in winners:
            place = winners[place]
        return place


_STANDS = {
    (True, True): Stands.EQUAL,
    (True, False): Stands.STRICTER,
    (False, True): Stands.WEAKER,
    (False, False): Stands.INCOMPARABLE,
}
_STAND_FOR = (Stands.EQUAL, Stands.STRICTER)


def _stands_for(one: Candidate, other: Candidate) -> bool:
    """Whether one binds as much as another, and is in force as long."""
    held, needed = one.promise.obligation.in_force, other.promise.obligation.in_force
    return one.mode.binds_as(other.mode) and lasts(held, needed)


def _with_firsts(
    taken: Sequence[Taken], at: Mapping[tuple[str, str], Candidate]
) -> Iterable[Taken]:
    """Those taken, each with the promise that it is further to standing before it.

    One that gave way comes back if another that is taken is further to it.
    """
    known = {_name(one.candidate): one for one in taken}
    told: set[tuple[str, str]] = set()

    def together(one: Taken) -> Iterable[Taken]:
        key = _name(one.candidate)
        if key in told:
            return
        first = one.candidate.promise.duty.further_to
        if first:
            name = (one.candidate.policy, first)
            back = Taken(candidate=at[name], against=(), needed_by=one.candidate)
            yield from together(known.get(name, back))
        told.add(key)
        yield one

    for one in taken:
        yield from together(one)
