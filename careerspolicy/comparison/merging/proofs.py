"""Proofs for a merge: whether some promises together bring another with them.

Between sameness and choosing. Every history that the solver finds against one pair of promises is
kept and tried on later ones, which the evaluator does far faster than a solver.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.comparison.merging.sameness import content, measurable
from careerspolicy.english.answers import undecided_clause
from careerspolicy.solver.solving import search
from careerspolicy.solver.witnesses import meets, misses

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from careerspolicy.solver.promises import Promise
    from careerspolicy.solver.witnesses import Witness

#: Work for one question, as `analysis.solving` counts it; what takes more is not proved.
PATIENCE: Final = 6_000


@attrs.frozen(kw_only=True)
class Proof:
    """Whether some promises bring another: yes, no, or (None) that it isn't known, and why."""

    holds: bool | None
    why: str = ""


_YES: Final = Proof(holds=True)
_NO: Final = Proof(holds=False)


@attrs.define
class Prover:
    """Asks the solver, and remembers its answers and examples.

    `patience` is the work for each question. Promises are told apart by policy and id, so a
    prover is for the policies of one merge, each of an id of its own.
    """

    patience: int = PATIENCE
    _examples: dict[str, list[Witness]] = attrs.field(factory=lambda: defaultdict(list))
    _proofs: dict[Hashable, Proof] = attrs.field(factory=dict)
    _verdicts: dict[Hashable, bool] = attrs.field(factory=dict)
    _measurable: dict[Hashable, bool] = attrs.field(factory=dict)
    _contents: dict[Hashable, Hashable] = attrs.field(factory=dict)

    def measurable(self, promise: Promise) -> bool:
        """Whether records can decide a promise at all."""
        key = _key(promise)
        if key not in self._measurable:
            self._measurable[key] = measurable(promise)
        return self._measurable[key]

    def same(self, one: Promise, other: Promise) -> bool:
        """Whether two promises ask the very same, part by part."""
        return self._content(one) == self._content(other)

    def brings(self, ones: Sequence[Promise], other: Promise) -> Proof:
        """Whether every history that meets some promises meets another.

        Raises MissingExtra without the extra "analysis", unless no solver is needed.
        """
        if any(self.same(one, other) for one in ones):
            return _YES
        if not ones:
            return _NO
        if not all(map(self.measurable, (*ones, other))):
            return Proof(holds=None, why="no record measures it")
        if not all(_same_lives(one, other) for one in ones):
            return Proof(holds=None, why="joiners or leavers are read otherwise there")
        key = (frozenset(map(_key, ones)), _key(other))
        if key not in self._proofs:
            self._proofs[key] = _NO if self._refuted(ones, other) else self._asked(ones, other)
        return self._proofs[key]

    def _content(self, promise: Promise) -> Hashable:
        key = _key(promise)
        if key not in self._contents:
            measured = self.measurable(promise)
            self._contents[key] = (measured, content(promise, measured=measured))
        return self._contents[key]

    def _refuted(self, ones: Sequence[Promise], other: Promise) -> bool:
        """Whether a history that was found before meets these and misses the other."""
        found = self._examples[other.duty.records.kind]
        return any(
            self._missed(one, other) and all(self._met(one, promise) for promise in ones)
            for one in reversed(found)
        )

    def _missed(self, example: Witness, promise: Promise) -> bool:
        key = (id(example), _key(promise), "missed")
        if key not in self._verdicts:
            self._verdicts[key] = misses(promise, example.facts, example.asked)
        return self._verdicts[key]

    def _met(self, example: Witness, promise: Promise) -> bool:
        key = (id(example), _key(promise), "met")
        if key not in self._verdicts:
            seen = example.facts, example.as_of, example.since
            self._verdicts[key] = meets(promise, *seen)
        return self._verdicts[key]

    def _asked(self, ones: Sequence[Promise], other: Promise) -> Proof:
        answer = search(tuple(ones), other, patience=self.patience)
        if answer.example is not None:
            self._examples[other.duty.records.kind].append(answer.example)
            return _NO
        return Proof(holds=None, why=undecided_clause(answer.why)) if answer.why else _YES


def _same_lives(one: Promise, other: Promise) -> bool:
    """Whether two promises agree on pupils who join or leave, whose lives the solver leaves out."""
    left, right = one.policy.readings, other.policy.readings
    alike = (left.joiners, left.leavers) == (right.joiners, right.leavers)
    return alike or other.duty.population.subject in ("school", "trust")


def _key(promise: Promise) -> tuple[str, str]:
    return (promise.policy.id, promise.obligation.id)
