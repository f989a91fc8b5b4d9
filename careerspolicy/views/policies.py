"""The shipped policies seen, with the law that `gaps` holds them against; and their topics."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.model.policy import Of
from careerspolicy.views.tree import Column, Row, Section, Table, View
from careerspolicy.views.words import FORMAT
from careerspolicy.vocabulary import benchmark_names, shared_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from careerspolicy.model.policy import Policy

_NO_BENCHMARK: Final = "In all benchmarks, or in none"
_COLUMNS: Final = (
    Column("Name"),
    Column("Document"),
    Column("Approved", blank="not said"),
    Column("Next review", blank="not said"),
    Column("Obligations", number=True),
)


def policies_view(policies: Mapping[str, Policy]) -> View:
    """Policies by the name that --policy takes."""
    told = [_policy_data(name, one) for name, one in policies.items()]
    law = "The law, against which gaps holds a policy"
    blocks = _table("The trusts' policies", told, Of.TRUST), _table(law, told, Of.LAW)
    return View(
        title="The shipped policies",
        sections=lambda: (blocks[0], Section(title=law, blocks=blocks[1:])),
        data=lambda: {"format": FORMAT, "policies": told},
    )


def promises_by_topic(policies: Iterable[Policy]) -> Mapping[str, Counter[str]]:
    """How many promises each policy makes on each topic of the shared catalogue, in its order."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in shared_vocabulary().topics}
    for policy in policies:
        for obligation in policy.obligations:
            counts.setdefault(obligation.topic, Counter())[policy.id] += 1
    return counts


def topics_view(policies: Iterable[Policy]) -> View:
    """The topics, a table for each benchmark of 2025, with who promises anything on them."""
    topics = _topics_data([policy for policy in policies if policy.of is Of.TRUST])
    return View(
        title="A topic is one question that can be put to every trust; each with its promises",
        sections=lambda: [
            _topic_table(benchmark, [*listed])
            for benchmark, listed in groupby(topics, key=itemgetter("benchmark"))
        ],
        data=lambda: {"format": FORMAT, "topics": topics},
    )


def _topics_data(trusts: Sequence[Policy]) -> list[dict[str, Any]]:
    promises = promises_by_topic(trusts)
    return [
        {
            "topic": topic.name,
            "question": topic.description,
            "benchmark": topic.benchmark,
            "promises": {trust.id: promises[topic.name][trust.id] for trust in trusts},
        }
        for topic in shared_vocabulary().topics.values()
    ]


def _topic_table(benchmark: int | None, topics: Sequence[Mapping[str, Any]]) -> Section:
    rows = [
        Row(
            (
                topic["topic"],
                topic["question"],
                ", ".join(f"{trust} {many}" for trust, many in topic["promises"].items() if many),
            )
        )
        for topic in topics
    ]
    title = f"Benchmark {benchmark}: {benchmark_names()[benchmark]}" if benchmark else _NO_BENCHMARK
    columns = (Column("Topic"), Column("Question"), Column("Promises"))
    return Section(title=title, blocks=(Table(label=title, columns=columns, rows=rows),))


def _table(label: str, told: Sequence[Mapping[str, Any]], of: Of) -> Table:
    rows = [
        Row(
            (
                one["name"],
                f"{one['trust']}: {one['title']}",
                one["approved"],
                one["next_review"],
                one["obligations"],
            )
        )
        for one in told
        if one["of"] == of.value
    ]
    return Table(label=label, columns=_COLUMNS, rows=rows)


def _policy_data(name: str, policy: Policy) -> dict[str, Any]:
    approved, review = policy.document.approved, policy.document.next_review
    return {
        "name": name,
        "of": policy.of.value,
        "trust": policy.trust,
        "title": policy.document.title,
        "obligations": len(policy.obligations),
        "approved": str(approved) if approved else None,
        "next_review": str(review) if review else None,
    }
