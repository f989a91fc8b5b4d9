"""What a comparison comes to, before its topics: counts, silences, and where policies differ most.

Text and pages begin with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.solver.relations import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from careerspolicy.comparison.comparing import ComparedTopic, Comparison
    from careerspolicy.comparison.relating import Related

#: How many of the topics that differ most are named.
MOST: Final = 5

_TURNED: Final = {Standing.STRICTER: Standing.WEAKER, Standing.WEAKER: Standing.STRICTER}


@attrs.frozen(kw_only=True)
class PolicySummary:
    """One policy within a comparison: how much it promises, and how much of it alone.

    `silent` holds the topics it is silent on, `alone_silent` those that every other promises on.
    """

    name: str
    trust: str
    promises: int
    alone: int
    silent: tuple[ComparedTopic, ...]
    alone_silent: tuple[ComparedTopic, ...]


@attrs.frozen(kw_only=True)
class Summary:
    """The whole comparison in numbers.

    `most` holds the topics with the most differences between counterparts, most first, each with
    how many.
    """

    policies: tuple[PolicySummary, ...]
    topics: int
    shared: int
    same: int
    most: tuple[tuple[ComparedTopic, int], ...]


def summary(comparison: Comparison) -> Summary:
    """The summary of a comparison."""
    shared = [one for one in comparison.topics if not one.silences]
    counted = ((one, _differences(one)) for one in comparison.topics)
    most = sorted(((one, n) for one, n in counted if n), key=lambda told: -told[1])
    return Summary(
        policies=tuple(_policy(name, comparison) for name in comparison.policies),
        topics=len(comparison.topics),
        shared=len(shared),
        same=sum(1 for one in comparison.topics if not one.differs),
        most=tuple(most[:MOST]),
    )


def _policy(name: str, comparison: Comparison) -> PolicySummary:
    topics = comparison.topics
    silent = tuple(one for one in topics if not one.of(name))
    return PolicySummary(
        name=name,
        trust=comparison.policies[name].trust,
        promises=sum(len(one.of(name)) for one in topics),
        alone=sum(row.alone and name in row.promises for one in topics for row in one.rows),
        silent=silent,
        alone_silent=tuple(one for one in silent if len(one.silences) == 1),
    )


def _differences(topic: ComparedTopic) -> int:
    return sum(len(row.differences) for row in topic.rows)


def standing(name: str, other: str, related: Iterable[Related]) -> Standing | None:
    """How one policy stands to another by the relation between them, whichever comes first."""
    for one in related:
        if (one.left, one.right) == (name, other):
            return one.kind
        if (one.left, one.right) == (other, name):
            return _TURNED.get(one.kind, one.kind)
    return None
