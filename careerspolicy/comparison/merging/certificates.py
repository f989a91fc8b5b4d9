"""Proof that a merged policy is what it says: at least as strict as each input, or each as it.

After merging, on the merged file as it was written and loaded. Nothing of how it was made is
trusted: what `taken_from` says only tells which proof to try first.
"""

from __future__ import annotations

from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from careerspolicy.comparison.comparing import called, names
from careerspolicy.comparison.merging.choosing import Take
from careerspolicy.comparison.merging.proving import Mode, Prover, content
from careerspolicy.comparison.promises import lasts
from careerspolicy.english.answers import undecided_clause
from careerspolicy.model.policy import Policy, PromiseOf
from careerspolicy.solver.promises import Promise, undecidable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from careerspolicy.solver.codes import Code


class Basis(Enum):
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
    """One promise that has to be kept, by which promises of `policy`, and on what basis.

    `why` says why it is not proved (`by` is empty then), or why it cannot be decided; or None.
    `code` is the same, of what is undecided, for programs.
    """

    promise: PromiseOf
    policy: str
    by: tuple[str, ...] = ()
    ground: Basis
    why: str | None = None
    code: Code | None = None


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
        return tuple(line for line in self.lines if line.ground is Basis.UNPROVED)

    def of(self, name: str) -> tuple[Line, ...]:
        """The lines about one input."""
        if self.take is Take.STRICTEST:
            return tuple(line for line in self.lines if line.promise.policy == name)
        return tuple(line for line in self.lines if line.policy == name)

    def totals(self, name: str) -> Mapping[Basis, int]:
        """How many lines about one input rest on each ground."""
        grounds = [line.ground for line in self.of(name)]
        return {ground: grounds.count(ground) for ground in Basis}

    @cached_property
    def left_out(self) -> Mapping[str, tuple[str, ...]]:
        """Of each input, the promises that no line rests on: taking the shared, what isn't shared.

        Empty of the strictest, which keeps every promise.
        """
        if self.take is Take.STRICTEST:
            return dict.fromkeys(self.inputs, ())
        used = {(line.policy, name) for line in self.lines for name in line.by}
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
    inputs = called(names(policies))
    hints = frozenset(
        frozenset((other, PromiseOf(merged.id, obligation.id)))
        for obligation in merged.obligations
        if obligation.taken_from
        for other in obligation.taken_from.held_against
    )
    proving = _Proving(prover or Prover(), hints)
    lines: list[Line] = []
    for name, policy in inputs.items():
        begin(name)
        strict, weak = (merged, policy) if take is Take.STRICTEST else (policy, merged)
        lines += (
            proving.line(strict, Promise(weak, obligation)) for obligation in weak.obligations
        )
    return Certificate(merged=merged, inputs=inputs, take=take, lines=tuple(lines))


@attrs.frozen
class _Proving:
    """`hints` pair promises of inputs with merged ones that they were held against."""

    prover: Prover
    hints: frozenset[frozenset[PromiseOf]]

    def line(self, strict: Policy, promise: Promise) -> Line:
        """That a promise is kept by what a policy promises, or why not."""
        of, doubt = _of(promise), undecidable(promise)
        line = Line(promise=of, policy=strict.id, ground=Basis.UNPROVED)
        if doubt:
            line = attrs.evolve(line, why=undecided_clause(doubt), code=doubt.code)
        near = [
            other
            for other in self.prover.near(promise, strict)
            if Mode.of(other.obligation).binds_as(Mode.of(promise.obligation))
        ]
        near.sort(key=lambda other: frozenset((of, _of(other))) not in self.hints)
        same = [other for other in near if self.prover.same(other, promise)]
        if doubt:
            same = same or [*self._worded_alike(strict, promise)]
        if same:
            ground = Basis.UNDECIDED if doubt else Basis.SAME
            return attrs.evolve(line, by=(same[0].obligation.id,), ground=ground)
        if doubt:
            return attrs.evolve(line, why=f"{line.why}; and the very same does not stand there")
        if kept := self.prover.fewest(near, promise):
            by = tuple(other.obligation.id for other in kept)
            return attrs.evolve(line, by=by, ground=Basis.PROVED)
        return self._unproved(line, near, promise)

    def _worded_alike(self, strict: Policy, promise: Promise) -> Iterator[Promise]:
        """Promises that no record decides and that are the very same, whatever their readings."""
        asked, wanted = content(promise, measured=False), promise.obligation
        for obligation in strict.obligations:
            other = Promise(strict, obligation)
            binds = Mode.of(obligation).binds_as(Mode.of(wanted))
            lasting = binds and lasts(obligation.in_force, wanted.in_force)
            vouched = lasting and not self.prover.measurable(other)
            if vouched and content(other, measured=False) == asked:
                yield other

    def _unproved(self, line: Line, tried: Sequence[Promise], promise: Promise) -> Line:
        """Why nothing was found: nothing near it, nothing that brings it, or nobody knows."""
        if not tried:
            why = "nothing there is about the same thing and binds as much"
            return attrs.evolve(line, why=why)
        proofs = [(one.obligation.id, self.prover.brings([one], promise)) for one in tried]
        if doubts := [(name, proof.doubt) for name, proof in proofs if proof.doubt]:
            told = "; ".join(f"{name}: {undecided_clause(doubt)}" for name, doubt in doubts)
            return attrs.evolve(line, why=f"not decided ({told})", code=doubts[0][1].code)
        why = f"{tried[0].obligation.id} does not bring it, nor does anything else there"
        return attrs.evolve(line, why=why)


def _of(promise: Promise) -> PromiseOf:
    return PromiseOf(promise.policy.id, promise.obligation.id)
