"""Which promises every input holds: as itself, or among promises that together bring it.

Between proofs and choosing. Where an input only holds it less bindingly ("should" for "must", or
with a hedge), what they have in common is the less binding promise.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.comparison.merging.sameness import Mode
from careerspolicy.comparison.promises import apart, lasts
from careerspolicy.solver.promises import Promise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from careerspolicy.comparison.merging.proofs import Prover
    from careerspolicy.model.policy import Obligation, Policy


#: More promises than this take the solver too long to weigh together.
MOST_TOGETHER: Final = 4


@attrs.frozen(kw_only=True)
class Held:
    """The promises of one input that bring a promise, and whether one of them is the very same."""

    policy: str
    promises: tuple[Promise, ...]
    same: bool

    @property
    def alone(self) -> bool:
        """Whether one promise is enough."""
        return len(self.promises) == 1


def commonly_held(
    own: str, promise: Promise, policies: Mapping[str, Policy], prover: Prover
) -> tuple[Mode, tuple[Held, ...]] | None:
    """The most binding mode in which every other input holds a promise, and by what.

    None if one doesn't, or isn't known to. What no record measures is held only where the very
    same stands.
    """
    near: dict[str, list[Promise]] = {}
    for name, policy in policies.items():
        if name == own:
            continue
        near[name] = related(promise, policy, prover)
        if not _brought(near[name], promise, prover):
            return None
    hedges = {one.obligation.hedge for one in chain(*near.values())}
    for mode in Mode.of(promise.obligation).softened(hedges):
        held = [_held(name, mode, ones, promise, prover) for name, ones in near.items()]
        if all(held):
            return mode, tuple(one for one in held if one)
    return None


def related(promise: Promise, policy: Policy, prover: Prover) -> list[Promise]:
    """The promises of a policy that could bring one, the likeliest first: its topic, its id.

    Of what records measure, those on its topic or elsewhere under its benchmark.
    """
    measured, asked = prover.measurable(promise), promise.obligation
    found = [
        other
        for one in policy.obligations
        if lasts(one.in_force, asked.in_force)
        and prover.measurable(other := Promise(policy, one)) == measured
        and (
            prover.same(other, promise)
            or (measured and _near(one, asked) and not apart(other.duty, promise.duty))
        )
    ]
    return sorted(
        found,
        key=lambda one: (
            not prover.same(one, promise),
            one.obligation.topic != asked.topic,
            one.obligation.id != asked.id,
        ),
    )


def fewest(ones: Sequence[Promise], promise: Promise, prover: Prover) -> tuple[Promise, ...]:
    """One of some promises that is proved to bring another, or a few of its topic together.

    None if that isn't proved. Each alone is tried first, since most that bring one do so alone.
    """
    single = next((one for one in ones if prover.brings([one], promise).holds), None)
    if single is not None:
        return (single,)
    kept = [one for one in ones if one.obligation.topic == promise.obligation.topic]
    if not 2 <= len(kept) <= MOST_TOGETHER or not prover.brings(kept, promise).holds:
        return ()
    for one in tuple(reversed(kept)):
        rest = [other for other in kept if other is not one]
        if rest and prover.brings(rest, promise).holds:
            kept = rest
    return tuple(kept)


def _near(one: Obligation, other: Obligation) -> bool:
    """Whether two are on one topic, or on topics of one benchmark."""
    return one.topic == other.topic or one.benchmark == other.benchmark is not None


def _brought(ones: Sequence[Promise], promise: Promise, prover: Prover) -> bool:
    return bool(fewest(ones, promise, prover))


def _held(
    name: str, mode: Mode, ones: Sequence[Promise], promise: Promise, prover: Prover
) -> Held | None:
    """By which of its promises an input holds one in a mode; None if it doesn't."""
    binding = [one for one in ones if Mode.of(one.obligation).binds_as(mode)]
    found = fewest(binding, promise, prover)
    if not found:
        return None
    same = any(prover.same(one, promise) for one in found)
    return Held(policy=name, promises=found, same=same)
