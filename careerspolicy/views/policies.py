"""The shipped policies seen: the trusts', the law, and the topics of them all."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.model.policy import Of, Policy
from careerspolicy.views.tree import Column, Row, Section, Table, View
from careerspolicy.views.words import FORMAT, benchmark_heading, fields
from careerspolicy.vocabulary import shared_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


_COLUMNS: Final = (
    Column("Name"),
    Column("Document"),
    Column("Approved", blank="not said"),
    Column("Next review", blank="not said"),
    Column("Obligations", number=True),
)
_FIGURES: Final = ("approved", "next_review", "obligations")


def policies_view(policies: Mapping[str, Policy]) -> View:
    """Policies by the name that --policy takes."""
    listed = [_policy_data(name, one) for name, one in policies.items()]
    law = "The law, against which gaps holds a policy"
    blocks = _table("The trusts' policies", listed, Of.TRUST), _table(law, listed, Of.LAW)
    return View(
        title="The shipped policies",
        sections=lambda: (blocks[0], Section(title=law, blocks=blocks[1:])),
        data=lambda: {"format": FORMAT, "policies": listed},
    )


def topics_view(policies: Iterable[Policy]) -> View:
    """The topics of the shared catalogue by benchmark, and who promises anything on them."""
    trusts = [policy for policy in policies if policy.of is Of.TRUST]
    promises = promises_by_topic(trusts)
    topics = [
        {
            "topic": topic.name,
            "question": topic.description,
            "benchmark": topic.benchmark,
            "promises": {trust.id: promises[topic.name][trust.id] for trust in trusts},
        }
        for topic in shared_vocabulary().topics.values()
    ]
    return View(
        title="A topic is one question that can be put to every trust; each with its promises",
        sections=lambda: tuple(
            Section(title=benchmark_heading(benchmark), blocks=(_topics(found),))
            for benchmark, found in groupby(topics, key=itemgetter("benchmark"))
        ),
        data=lambda: {"format": FORMAT, "topics": topics},
    )


def promises_by_topic(policies: Iterable[Policy]) -> Mapping[str, Counter[str]]:
    """How many promises each policy makes on each topic of the shared catalogue, in its order."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in shared_vocabulary().topics}
    for policy in policies:
        for obligation in policy.obligations:
            counts.setdefault(obligation.topic, Counter())[policy.id] += 1
    return counts


def _topics(topics: Iterable[Mapping[str, Any]]) -> Table:
    rows = []
    for topic in topics:
        made = [f"{trust} {many}" for trust, many in topic["promises"].items() if many]
        rows.append(Row((topic["topic"], topic["question"], ", ".join(made))))
    columns = Column("Topic"), Column("Question"), Column("Promises")
    return Table(spoken="Topics", columns=columns, rows=rows)


def _table(label: str, policies: Sequence[Mapping[str, Any]], of: Of) -> Table:
    rows = [
        Row((it["name"], f"{it['trust']}: {it['title']}", *itemgetter(*_FIGURES)(it)))
        for it in policies
        if it["of"] == of.value
    ]
    return Table(spoken=label, columns=_COLUMNS, rows=rows)


def _policy_data(name: str, policy: Policy) -> dict[str, Any]:
    return {
        "name": name,
        **fields(policy, "of", "trust"),
        "title": policy.document.title,
        "obligations": len(policy.obligations),
        **fields(policy.document, "approved", "next_review"),
    }
