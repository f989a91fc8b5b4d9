"""Reports for the tests of pages and workbooks: of the example trust, and of facts that attack."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

import attrs

from careerspolicy import evaluate, load_facts, load_policy

DAY = date(2026, 1, 31)
TRUST = Path(__file__).parents[1] / "examples" / "trust"
TINY = Path(__file__).parent / "approved" / "cli"

#: A text that would be markup, script, template, style, or another direction, if it were let.
HOSTILE = (
    "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}\u202eevil & =1+1"
)


@lru_cache
def example(name="batley", as_of=DAY):
    """The report of a shipped policy over the example trust."""
    return evaluate(load_policy(name), facts_of_trust(), as_of=as_of)


@lru_cache
def facts_of_trust():
    """The example trust's facts."""
    return load_facts(TRUST)


@lru_cache
def tiny(as_of=DAY):
    """The report of a policy of three promises over five pupils."""
    return evaluate(load_policy(TINY / "policy.yaml"), load_facts(TINY / "facts.yaml"), as_of=as_of)


def hostile():
    """The tiny report in which every text that people write is hostile."""
    policy, facts = tiny().policy, tiny().facts
    ids = {one.id: f"{one.id}{HOSTILE}" for one in facts.pupils}
    facts = attrs.evolve(
        facts,
        schools=tuple(attrs.evolve(one, name=f"{one.name}{HOSTILE}") for one in facts.schools),
        pupils=tuple(attrs.evolve(one, id=ids[one.id]) for one in facts.pupils),
        records=tuple(
            attrs.evolve(one, owner=ids.get(one.owner, one.owner)) for one in facts.records
        ),
    )
    policy = attrs.evolve(
        policy,
        trust=f"{policy.trust}{HOSTILE}",
        document=attrs.evolve(policy.document, title=HOSTILE),
        obligations=tuple(
            attrs.evolve(one, title=f"{one.title}{HOSTILE}", hedge=HOSTILE)
            for one in policy.obligations
        ),
    )
    return evaluate(policy, facts, as_of=DAY)
