"""Policies side by side: topic by topic, counterpart by counterpart.

`compare` is the way in. It lines obligations up by topic and then by counterpart, says where they
differ and who is silent, and asks the solver which of two is stricter.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import combinations
from math import inf
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.comparison.counterparts import NEAR, likeness, rows
from careerspolicy.comparison.promises import attested
from careerspolicy.comparison.relating import (
    Difference,
    Related,
    differences,
    relate_row,
    relate_topic,
)
from careerspolicy.errors import UnknownName
from careerspolicy.solver.promises import Promise
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from careerspolicy.model.policy import Policy
    from careerspolicy.vocabulary import Topic

#: How many promises on other topics are named where a policy is silent.
_MOST_NEAR: Final = 4


@attrs.frozen(kw_only=True)
class ComparedRow:
    """Counterparts: the promise of each policy that has one here, and how they differ."""

    promises: Mapping[str, Promise]
    differences: tuple[Difference, ...]

    @cached_property
    def relations(self) -> tuple[Related, ...]:
        """How every two of them stand to each other; worked out when first asked for."""
        return relate_row(dict(self.promises))

    @property
    def alone(self) -> bool:
        """Whether only one policy promises this."""
        return len(self.promises) == 1

    @property
    def reworded(self) -> bool:
        """Whether all ask the same, though their titles differ."""
        titles = {promise.obligation.title for promise in self.promises.values()}
        return len(titles) > 1 and not self.differences


@attrs.frozen(kw_only=True)
class Silence:
    """A policy that promises nothing on a topic, and what alike it promises elsewhere."""

    policy: str
    elsewhere: tuple[Promise, ...]


@attrs.frozen(kw_only=True)
class ComparedTopic:
    """One topic: its rows of counterparts, and who is silent."""

    topic: Topic
    policies: tuple[str, ...]
    rows: tuple[ComparedRow, ...]
    silences: tuple[Silence, ...]

    @cached_property
    def relations(self) -> tuple[Related, ...]:
        """How all that one policy asks here stands to all another does, for every two of them.

        Worked out when first asked for.
        """
        made = [(name, self.of(name)) for name in self.policies]
        return tuple(relate_topic(left, right) for left, right in combinations(made, 2))

    def relate(self) -> None:
        """Work out every relation now, so that nothing has to wait for one later."""
        _ = self.relations, [row.relations for row in self.rows]

    def of(self, policy: str) -> tuple[Promise, ...]:
        """What one policy promises here, in its file's order."""
        made = (row.promises[policy] for row in self.rows if policy in row.promises)
        return tuple(
            sorted(made, key=lambda promise: promise.policy.obligations.index(promise.obligation))
        )

    @cached_property
    def differs(self) -> bool:
        """Whether anything tells the policies apart here."""
        return bool(self.silences) or any(row.alone or row.differences for row in self.rows)


@attrs.frozen(kw_only=True)
class Comparison:
    """Policies side by side, each by a name of its own; the topics in the catalogue's order."""

    policies: Mapping[str, Policy]
    topics: tuple[ComparedTopic, ...]

    def where_they_differ(self) -> Comparison:
        """Only the topics on which anything tells the policies apart."""
        return attrs.evolve(self, topics=tuple(topic for topic in self.topics if topic.differs))


def compare(
    policies: Sequence[Policy], *, topic: str | None = None, benchmark: int | None = None
) -> Comparison:
    """Two policies or more side by side, on every topic, one topic, or those of one benchmark.

    Raises ValueError for fewer than two policies, UnknownName for a topic or benchmark on which
    none of them promises anything.
    """
    if len(policies) < 2:
        raise ValueError("a comparison takes two policies or more")
    topics = [
        one
        for one in _topics(policies)
        if topic in (None, one.name) and benchmark in (None, one.benchmark)
    ]
    if not topics:
        raise UnknownName(_nothing(policies, topic, benchmark))
    named = names(policies)
    by_name = called(named)
    return Comparison(policies=named, topics=tuple(_compared(topic, by_name) for topic in topics))


def names(policies: Sequence[Policy]) -> Mapping[str, Policy]:
    """Each policy by its id; two of one id by version too, or by their place where that is alike.

    >>> from careerspolicy import load_policy
    >>> batley = load_policy("batley")
    >>> list(names([batley, batley]))
    ['batley 1', 'batley 2']
    """
    ids = Counter(policy.id for policy in policies)
    versions = Counter((policy.id, policy.document.version) for policy in policies)
    named = {}
    for place, policy in enumerate(policies, start=1):
        name, version = policy.id, policy.document.version
        if ids[name] > 1:
            unique = version and versions[name, version] == 1
            name = f"{name} {version if unique else place}"
        named[name] = policy
    return named


def called(named: Mapping[str, Policy]) -> dict[str, Policy]:
    """Policies with their names for ids, so that what is told of two versions tells them apart."""
    return {name: attrs.evolve(policy, id=name) for name, policy in named.items()}


def _topics(policies: Iterable[Policy]) -> list[Topic]:
    """The topics that any of the policies promises something on, in the catalogue's order.

    A policy's own topic stands after those of its benchmark; of no benchmark is last.
    """
    known: dict[str, Topic] = {}
    for policy in policies:
        for name, topic in policy.vocabulary.topics.items():
            known.setdefault(name, topic)
    used = {obligation.topic for policy in policies for obligation in policy.obligations}
    return sorted(
        (topic for name, topic in known.items() if name in used),
        key=lambda topic: topic.benchmark or inf,
    )


def _nothing(policies: Sequence[Policy], topic: str | None, benchmark: int | None) -> str:
    if topic is None:
        return f"none of these policies promises anything on benchmark {benchmark}"
    used = {topic.name for topic in _topics(policies)}
    if topic in used:
        return f'the topic "{topic}" does not belong to benchmark {benchmark}'
    if any(topic in policy.vocabulary.topics for policy in policies):
        return f'none of these policies promises anything on the topic "{topic}"'
    hint = did_you_mean(topic, used) or "`careerspolicy policies --topics` lists them"
    return f'there is no topic "{topic}"; {hint}'


def _compared(topic: Topic, policies: Mapping[str, Policy]) -> ComparedTopic:
    promises = {
        name: [Promise(policy, one) for one in policy.obligations if one.topic == topic.name]
        for name, policy in policies.items()
    }
    made = {name: here for name, here in promises.items() if here}
    return ComparedTopic(
        topic=topic,
        policies=tuple(policies),
        rows=tuple(ComparedRow(promises=row, differences=differences(row)) for row in rows(made)),
        silences=tuple(
            Silence(policy=name, elsewhere=_elsewhere(policy, topic, made))
            for name, policy in policies.items()
            if name not in made
        ),
    )


def _elsewhere(
    policy: Policy, topic: Topic, made: Mapping[str, Sequence[Promise]]
) -> tuple[Promise, ...]:
    """What a silent policy promises under other topics that is like what the rest promise here."""
    here = [one for promises in made.values() for one in promises if not attested(one.duty)]
    near = (
        (max((likeness(promise, one) for one in here), default=0.0), promise)
        for promise in (Promise(policy, obligation) for obligation in policy.obligations)
        if promise.obligation.topic != topic.name and not attested(promise.duty)
    )
    likest = sorted((pair for pair in near if pair[0] >= NEAR), key=lambda pair: -pair[0])
    return tuple(promise for _, promise in likest[:_MOST_NEAR])
