"""`careerspolicy policies`: what is shipped."""

from __future__ import annotations

import json
from collections import Counter
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from careerspolicy.cli.commands import SUMMARIES
from careerspolicy.cli.inputs import policies_named
from careerspolicy.cli.output import write_data, write_text
from careerspolicy.loading import shipped_policies
from careerspolicy.model.policy import Of
from careerspolicy.rendering.report.data import FORMAT
from careerspolicy.rendering.tables import add_row, plain_table
from careerspolicy.vocabulary import benchmark_names, shared_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rich.console import RenderableType
    from rich.table import Table

    from careerspolicy.calendar.partial_date import PartialDate
    from careerspolicy.model.policy import Policy


@click.command(short_help=SUMMARIES["policies"])
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What to write to stdout.",
)
@click.option("--topics", is_flag=True, help="List the topics, and who promises anything on them.")
def command(shape: str, *, topics: bool) -> None:
    """List the shipped policies, and the law, each by the name that --policy takes."""
    policies = dict(zip(shipped_policies(), policies_named([*shipped_policies()]), strict=True))
    listed: dict[str, list[dict[str, Any]]] = (
        {"topics": _topics(policies.values())}
        if topics
        else {"policies": [_told(name, policy) for name, policy in policies.items()]}
    )
    if shape == "json":
        document = {"format": FORMAT, **listed}
        write_data([json.dumps(document, indent=2, ensure_ascii=False), "\n"])
    elif topics:
        write_text(_topic_tables(listed["topics"]))
    else:
        write_text(_tables(listed["policies"]))


def promises_by_topic(policies: Iterable[Policy]) -> Mapping[str, Counter[str]]:
    """How many promises each policy makes on each topic of the shared catalogue, in its order."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in shared_vocabulary().topics}
    for policy in policies:
        for obligation in policy.obligations:
            counts.setdefault(obligation.topic, Counter())[policy.id] += 1
    return counts


def _topics(policies: Iterable[Policy]) -> list[dict[str, Any]]:
    trusts = [policy for policy in policies if policy.of is Of.TRUST]
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


def _topic_tables(topics: Iterable[dict[str, Any]]) -> Iterator[RenderableType]:
    """A table for each benchmark of 2025, and one for what is in all of them or in none."""
    yield Text("A topic is one question that can be put to every trust; each with its promises")
    for benchmark, listed in groupby(topics, key=itemgetter("benchmark")):
        name = benchmark_names()[benchmark] if benchmark else ""
        title = f"Benchmark {benchmark}: {name}" if name else "In all benchmarks, or in none"
        yield Text(f"\n{title}\n", style="bold")
        table = plain_table(("topic", "question", "promises"), numbers=0)
        table.columns[0].no_wrap = True  # it is what --topic takes
        for topic in listed:
            made = [f"{trust} {many}" for trust, many in topic["promises"].items() if many]
            add_row(table, topic["topic"], topic["question"], ", ".join(made))
        yield table


def _told(name: str, policy: Policy) -> dict[str, Any]:
    return {
        "name": name,
        "of": policy.of.value,
        "trust": policy.trust,
        "title": policy.document.title,
        "obligations": len(policy.obligations),
        "approved": _written(policy.document.approved),
        "next_review": _written(policy.document.next_review),
    }


def _written(day: PartialDate | None) -> str | None:
    return None if day is None else str(day)


def _tables(told: Iterable[dict[str, Any]]) -> Iterator[RenderableType]:
    """The trusts' policies, and then the law that `gaps` holds them against."""
    listed = list(told)
    yield _trusts([one for one in listed if one["of"] == Of.TRUST.value])
    yield Text("\nThe law, against which gaps holds a policy\n")
    yield _law([one for one in listed if one["of"] == Of.LAW.value])


def _trusts(told: Iterable[dict[str, Any]]) -> Table:
    headings = ("name", "document", "approved", "next\nreview", "obligations")
    table = plain_table(headings, numbers=1)
    table.columns[0].no_wrap = True  # it is what --policy takes
    for one in told:
        add_row(
            table,
            one["name"],
            _document(one),
            one["approved"] or "not said",
            one["next_review"] or "not said",
            str(one["obligations"]),
        )
    return table


def _law(told: Iterable[dict[str, Any]]) -> Table:
    table = plain_table(("name", "document", "obligations"), numbers=1)
    for one in told:
        add_row(table, one["name"], _document(one), str(one["obligations"]))
    return table


def _document(one: dict[str, Any]) -> str:
    return f"{one['trust']}: {one['title']}"
