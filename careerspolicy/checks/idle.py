"""What the facts say of obligations that no policy has: waivers and attestations that do nothing.

A waiver is for the policies that are asked about. Attestations of several policies stand in one
file, so one of a policy that ships is no slip.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from careerspolicy.errors import Problem
from careerspolicy.loading import load_policy, shipped_policies
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from careerspolicy.model.facts import Facts
    from careerspolicy.model.policy import Policy


def idle_waivers(facts: Facts, policies: Iterable[Policy]) -> Iterator[Problem]:
    """The waivers of obligations that none of some policies has."""
    known = _obligations(policies)
    for one in facts.waivers:
        if one.obligation not in known:
            message = f'no policy here has "{one.obligation}", of which this waiver is'
            hint = did_you_mean(one.obligation, known)
            yield Problem(
                file=one.place, message=message, hint=hint, severity="warning",
                code="idle-waiver", about=(one.obligation,),
            )  # fmt: skip


def idle_attestations(facts: Facts, policies: Iterable[Policy]) -> tuple[tuple[str, str], ...]:
    """The places of attestations of obligations that no policy has, and their obligations."""
    known = _obligations(policies)
    attested = ((one.place, one.attributes.get("promise", "")) for one in facts.records)
    idle = [(place, str(name)) for place, name in attested if name and name not in known]
    if idle:
        known |= _obligations(map(load_policy, shipped_policies()))
    return tuple((place, name) for place, name in idle if name not in known)


def _obligations(policies: Iterable[Policy]) -> set[str]:
    return {one.id for policy in policies for one in policy.obligations}
