"""Whether promises stand for another: by being the very same, or by proof, and as bindingly.

First in merging. Every history that the solver finds against one pair of promises is kept and tried
on later ones, which the evaluator does far faster than a solver.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import attrs

from careerspolicy.comparison.promises import CONTENT, Part, apart, lasts, shape
from careerspolicy.model.policy import Obligation, Policy, Strength
from careerspolicy.solver.codes import Code
from careerspolicy.solver.promises import Promise, Undecided, undecidable
from careerspolicy.solver.solving import search
from careerspolicy.solver.witnesses import Witness, meets, misses

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence


#: Work for one question, as the solver counts it; what takes more is not proved.
PATIENCE: Final = 6_000
#: More promises than this take the solver too long to weigh together.
MOST_TOGETHER: Final = 4

_Known = TypeVar("_Known")


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
        return self.strength.weight >= other.strength.weight and self.hedge in ("", other.hedge)

    def softened(self, hedges: set[str]) -> list[Mode]:
        """Itself and every mode that binds less, the most binding first; `hedges` may be taken."""
        strengths = [one for one in Strength if one.weight <= self.strength.weight]
        words = [self.hedge] if self.hedge else ["", *sorted(hedges - {""})]
        return [Mode(strength, hedge) for strength, hedge in product(strengths, words)]

    def __str__(self) -> str:
        return f'{self.strength.value}, "{self.hedge}"' if self.hedge else self.strength.value


class Proof(NamedTuple):
    """Whether some promises bring another: yes, no, or (None) that it isn't known, and why."""

    holds: bool | None
    doubt: Undecided | None = None


@attrs.define
class Prover:
    """Asks the solver, and remembers its answers and examples.

    `patience` is the work for each question. Promises are told apart by policy and id, so a
    prover is for the policies of one merge, each of an id of its own.
    """

    patience: int = PATIENCE
    _examples: dict[str, list[Witness]] = attrs.field(factory=lambda: defaultdict(list))
    _known: dict[Hashable, Any] = attrs.field(factory=dict)

    def measurable(self, promise: Promise) -> bool:
        """Whether records can decide a promise at all."""
        return self._once(("measurable", _key(promise)), lambda: undecidable(promise) is None)

    def same(self, one: Promise, other: Promise) -> bool:
        """Whether two promises ask the very same, part by part."""
        return self._content(one) == self._content(other)

    def brings(self, promises: Sequence[Promise], other: Promise) -> Proof:
        """Whether every history that meets some promises meets another.

        Raises MissingExtra without the extra "analysis", unless no solver is needed.
        """
        if any(self.same(one, other) for one in promises):
            return Proof(holds=True)
        if not promises:
            return Proof(holds=False)
        if not all(map(self.measurable, (*promises, other))):
            return Proof(None, Undecided(Code.NO_RECORD))
        if not all(_same_lives(one, other) for one in promises):
            return Proof(None, Undecided(Code.LIVES_DIFFER))
        key = (frozenset(map(_key, promises)), _key(other))
        return self._once(key, lambda: self._proof(promises, other))

    def near(self, promise: Promise, policy: Policy) -> list[Promise]:
        """The promises of a policy that could bring one, the likeliest first: its topic, its id.

        Of what records measure, those on its topic or elsewhere under its benchmark.
        """
        measured, asked = self.measurable(promise), promise.obligation
        found = [
            other
            for one in policy.obligations
            if lasts(one.in_force, asked.in_force)
            and self.measurable(other := Promise(policy, one)) == measured
            and (
                self.same(other, promise)
                or (measured and _about(one, asked) and not apart(one.duty, asked.duty))
            )
        ]

        def unlikely(one: Promise) -> tuple[bool, bool, bool]:
            of = one.obligation
            return (not self.same(one, promise), of.topic != asked.topic, of.id != asked.id)

        return sorted(found, key=unlikely)

    def fewest(self, promises: Sequence[Promise], other: Promise) -> tuple[Promise, ...]:
        """One of some promises that is proved to bring another, or a few of its topic together.

        None if that isn't proved. Each alone is tried first, since most that bring one do so alone.
        """
        for one in promises:
            if self.brings([one], other).holds:
                return (one,)
        kept = [one for one in promises if one.obligation.topic == other.obligation.topic]
        if not 2 <= len(kept) <= MOST_TOGETHER or not self.brings(kept, other).holds:
            return ()
        for one in tuple(reversed(kept)):
            rest = [each for each in kept if each is not one]
            if rest and self.brings(rest, other).holds:
                kept = rest
        return tuple(kept)

    def _content(self, promise: Promise) -> Hashable:
        def made() -> Hashable:
            measured = self.measurable(promise)
            return (measured, content(promise, measured=measured))

        return self._once(("content", _key(promise)), made)

    def _proof(self, promises: Sequence[Promise], other: Promise) -> Proof:
        examples = self._examples[other.duty.records.kind]
        for example in reversed(examples):
            if self._missed(example, other) and all(self._met(example, one) for one in promises):
                return Proof(holds=False)
        answer = search(tuple(promises), other, patience=self.patience)
        if answer.example is not None:
            examples.append(answer.example)
        return Proof(None if answer.doubt else answer.none, answer.doubt)

    def _missed(self, example: Witness, promise: Promise) -> bool:
        key = ("missed", id(example), _key(promise))
        return self._once(key, lambda: misses(promise, example.facts, example.asked))

    def _met(self, example: Witness, promise: Promise) -> bool:
        facts, as_of, since = example.facts, example.as_of, example.since
        key = ("met", id(example), _key(promise))
        return self._once(key, lambda: meets(promise, facts, as_of, since))

    def _once(self, key: Hashable, work: Callable[[], _Known]) -> _Known:
        """What some work comes to, done once."""
        if key not in self._known:
            self._known[key] = work()
        known: _Known = self._known[key]
        return known


def content(promise: Promise, *, measured: bool) -> Hashable:
    """A value that is equal for two promises that ask the very same.

    Of what records measure, whoever owes it; of what they don't, only of the same role, since then
    nothing but the words tells what is asked.
    """
    parts, first = shape(promise), promise.first
    return (
        tuple(parts[part] for part in CONTENT),
        promise.policy.readings if measured else parts[Part.WHO],
        None if first is None else content(first, measured=measured),
    )


def _about(one: Obligation, other: Obligation) -> bool:
    """Whether two are on one topic, or on topics of one benchmark."""
    return one.topic == other.topic or one.benchmark == other.benchmark is not None


def _same_lives(one: Promise, other: Promise) -> bool:
    """Whether two promises agree on pupils who join or leave, whose lives the solver leaves out."""
    left, right = one.policy.readings, other.policy.readings
    alike = (left.joiners, left.leavers) == (right.joiners, right.leavers)
    return alike or other.duty.population.subject in ("school", "trust")


def _key(promise: Promise) -> tuple[str, str]:
    return (promise.policy.id, promise.obligation.id)
