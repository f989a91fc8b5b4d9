"""Proof that a merged policy is what it says: at least as strict as each input, or each as it.

After merging, on the merged file as it was written and loaded. Nothing of how it was made is
trusted: what `taken_from` says only tells which proof to try first.
"""

from __future__ import annotations

from collections import Counter
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from careerspolicy.comparison.comparing import names
from careerspolicy.comparison.merging.choice import Take
from careerspolicy.comparison.merging.holding import fewest, related
from careerspolicy.comparison.merging.proofs import Prover
from careerspolicy.comparison.merging.sameness import Mode, content, lasts
from careerspolicy.english.answers import undecided_clause
from careerspolicy.model.policy import PromiseOf
from careerspolicy.solver.promises import Promise, undecidable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from careerspolicy.model.policy import Policy


class Ground(Enum):
    """On what it rests that a promise is kept.

    `same`: records can decide it, and the very same stands in the other policy; `proved`: the
    solver proved that what stands there brings it; `undecided`: it cannot be decided, and the very
    same stands there; `unproved`: none of these.
    """

    SAME = "same"
    PROVED = "proved"
    UNDECIDED = "undecided"
    UNPROVED = "unproved"


@attrs.frozen(kw_only=True)
class Line:
    """One promise that has to be kept, by which promises of `policy`, and on what ground.

    `why` says why it is not proved (`by` is empty then), or why it cannot be decided.
    """

    promise: PromiseOf
    policy: str
    by: tuple[str, ...]
    ground: Ground
    why: str = ""


@attrs.frozen(kw_only=True, slots=False)
class Certificate:
    """Line by line, that each promise of the less strict side is kept by the other.

    Taking the strictest there is a line for each promise of each input, kept by the merged policy;
    taking the shared one for each merged promise and each input, kept by that input.
    """

    merged: Policy = attrs.field(repr=False)
    inputs: Mapping[str, Policy] = attrs.field(repr=False)
    take: Take
    lines: tuple[Line, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is left unproved that could be decided, or is missing."""
        return not self.unproved

    @property
    def unproved(self) -> tuple[Line, ...]:
        """The lines that rest on nothing."""
        return tuple(one for one in self.lines if one.ground is Ground.UNPROVED)

    def of(self, name: str) -> tuple[Line, ...]:
        """The lines about one input."""
        strictest = self.take is Take.STRICTEST
        return tuple(
            one for one in self.lines if name == (one.promise.policy if strictest else one.policy)
        )

    def totals(self, name: str) -> Mapping[Ground, int]:
        """How many lines about one input rest on each ground."""
        counted = Counter(one.ground for one in self.of(name))
        return {ground: counted[ground] for ground in Ground}

    @cached_property
    def left_out(self) -> Mapping[str, tuple[str, ...]]:
        """Of each input, the promises that no line rests on: taking the shared, what isn't shared.

        Empty of the strictest, which keeps every promise.
        """
        if self.take is Take.STRICTEST:
            return dict.fromkeys(self.inputs, ())
        used = {(one.policy, name) for one in self.lines for name in one.by}
        return {
            name: tuple(one.id for one in policy.obligations if (name, one.id) not in used)
            for name, policy in self.inputs.items()
        }


def certify(
    merged: Policy,
    policies: Sequence[Policy],
    take: Take,
    *,
    prover: Prover | None = None,
    begin: Callable[[str], None] = lambda _: None,
) -> Certificate:
    """Prove of a merged policy, loaded from its file, that it is what it says of its inputs.

    `policies` are the inputs in the order in which they were merged. `begin` is called with each.
    Raises MissingExtra without the extra "analysis", unless no solver is needed.
    """
    inputs = {name: attrs.evolve(policy, id=name) for name, policy in names(policies).items()}
    hints = {
        (other.policy, other.obligation, one.id)
        for one in merged.obligations
        if one.taken_from
        for other in one.taken_from.held_against
    }
    proving = _Proving(prover or Prover(), frozenset(hints))
    lines: list[Line] = []
    for name, policy in inputs.items():
        begin(name)
        strict, weak = (merged, policy) if take is Take.STRICTEST else (policy, merged)
        lines += proving.lines(strict, weak)
    return Certificate(merged=merged, inputs=inputs, take=take, lines=tuple(lines))


@attrs.frozen
class _Proving:
    """`hints` name promises of inputs, each with a merged one that it was held against."""

    prover: Prover
    hints: frozenset[tuple[str, str, str]]

    def lines(self, strict: Policy, weak: Policy) -> Iterator[Line]:
        """That each promise of one policy is kept by what another promises."""
        for one in weak.obligations:
            yield self._line(strict, Promise(weak, one))

    def _line(self, strict: Policy, promise: Promise) -> Line:
        measured = self.prover.measurable(promise)
        binding = [
            other
            for other in related(promise, strict, self.prover)
            if Mode.of(other.obligation).binds_as(Mode.of(promise.obligation))
        ]
        same = [one for one in binding if self.prover.same(one, promise)]
        if not measured:
            same = same or self._worded_alike(strict, promise)
        same.sort(key=lambda one: not self._hinted(one, promise))
        why = undecided_clause(undecidable(promise))
        if same:
            ground = Ground.SAME if measured else Ground.UNDECIDED
            return _line(strict, promise, same[:1], ground, why)
        if not measured:
            why = f"{why}; and the very same does not stand there"
            return _line(strict, promise, (), Ground.UNPROVED, why)
        hinted = sorted(binding, key=lambda one: not self._hinted(one, promise))
        found = fewest(hinted, promise, self.prover)
        if found:
            return _line(strict, promise, found, Ground.PROVED)
        return _line(strict, promise, (), Ground.UNPROVED, self._why(hinted, promise))

    def _worded_alike(self, strict: Policy, promise: Promise) -> list[Promise]:
        """Promises that no record decides and that are the very same, whatever their readings."""
        asked = content(promise, measured=False)
        return [
            other
            for one in strict.obligations
            if not self.prover.measurable(other := Promise(strict, one))
            and content(other, measured=False) == asked
            and Mode.of(one).binds_as(Mode.of(promise.obligation))
            and lasts(one.in_force, promise.obligation.in_force)
        ]

    def _hinted(self, one: Promise, other: Promise) -> bool:
        """Whether one of the two, a merged promise, was held against the other."""
        named = ((one, other), (other, one))
        return any((a.policy.id, a.obligation.id, b.obligation.id) in self.hints for a, b in named)

    def _why(self, tried: Sequence[Promise], promise: Promise) -> str:
        """Why nothing was found: nothing near it, nothing that brings it, or nobody knows."""
        if not tried:
            return "nothing there is about the same thing and binds as much"
        proofs = [(one, self.prover.brings([one], promise)) for one in tried]
        open_ones = [f"{one.obligation.id}: {told.why}" for one, told in proofs if told.why]
        if open_ones:
            return f"not decided ({'; '.join(open_ones)})"
        return f"{tried[0].obligation.id} does not bring it, nor does anything else there"


def _line(
    strict: Policy, promise: Promise, by: Sequence[Promise], ground: Ground, why: str = ""
) -> Line:
    return Line(
        promise=PromiseOf(promise.policy.id, promise.obligation.id),
        policy=strict.id,
        by=tuple(one.obligation.id for one in by),
        ground=ground,
        why=why,
    )
