"""A comparison seen: what it comes to, then benchmark by benchmark, topic by topic."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from careerspolicy.views import tree
from careerspolicy.views.comparison.changes import (
    adoption_section,
    adoption_sheet,
    changes_section,
    changes_sheet,
    whole_section,
)
from careerspolicy.views.comparison.data import (
    differences_table,
    outcome_data,
    side_by_side,
    topics_table,
)
from careerspolicy.views.comparison.topics import topic_section
from careerspolicy.views.filters import Choice, Filter, Filters
from careerspolicy.views.words import benchmark_heading, counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.comparison.changing import Outcome
    from careerspolicy.comparison.comparing import ComparedTopic, Comparison


_NO_ADVICE: Final = (
    "Which asks more is decided only for what records can measure; how strongly it is said is told"
    " apart. This is not legal advice."
)
_MORE: Final = (
    "--benchmark N or --topic TOPIC tells every part, which asks more, and all that only one does."
)
#: How many of the topics that differ most are named.
_MOST: Final = 5
_POLICIES: Final = (
    tree.Column("Policy"),
    tree.Column("Trust"),
    tree.Column("Promises", number=True),
    tree.Column("Only here", number=True),
    tree.Column("Silent on topics", number=True),
)


def comparison_view(outcome: Outcome, *, related: bool = True) -> tree.View:
    """All that one comparison comes to.

    Unless `related`, without which asks more, which takes long to work out over many topics.
    """
    comparison = outcome.comparison
    more = [] if related else [tree.Paragraph(_MORE)]
    return tree.View(
        title=f"Careers policies compared: {', '.join(comparison.policies)}",
        opening=[*_opening(comparison)],
        sections=lambda: tuple(_sections(outcome, related=related)),
        closing=[tree.Paragraph(_NO_ADVICE, aside=True), *more],
        records=lambda: topics_table(comparison),
        sheets=lambda: (
            topics_table(comparison),
            side_by_side(comparison),
            differences_table(comparison),
            *([changes_sheet(outcome.changes)] if outcome.changes is not None else []),
            *([adoption_sheet(outcome.adoption)] if outcome.adoption is not None else []),
        ),
        data=lambda: outcome_data(outcome),
        wide=True,
        lists_subsections=False,
    )


def _opening(comparison: Comparison) -> Iterator[tree.Block]:
    """How much they share, how much each promises, and where one alone is silent."""
    topics, names = comparison.topics, comparison.policies
    if not topics:
        yield tree.Paragraph("These policies do not differ.")
        return
    shared = sum(not topic.silences for topic in topics)
    same = sum(not topic.differs for topic in topics)
    policies = counted(len(names), "policy", "policies")
    yield tree.Paragraph(
        words=f"{policies}, {counted(len(topics), 'topic')}: all promise something on"
        f" {shared or 'none'}, and on {same or 'none'} they all say the same. What each"
        " promises is told in our own words, not in its document's."
    )
    yield tree.Table(spoken="The policies", columns=_POLICIES, rows=[*_policies(comparison)])
    amounts = ((topic, sum(len(row.differences) for row in topic.rows)) for topic in topics)
    most = sorted((pair for pair in amounts if pair[1]), key=itemgetter(1), reverse=True)[:_MOST]
    if most:
        lines = ((_link(topic), f": {counted(amount, 'difference')}") for topic, amount in most)
        yield tree.Section(
            title="Where counterparts differ most", id="most", blocks=(tree.bullets(lines),)
        )
    items = tuple(_alone_silent(comparison))
    if items and len(names) > 2:
        title = "Topics on which one policy alone is silent"
        yield tree.Section(title=title, id="lacking", blocks=(tree.List(items),))


def _policies(comparison: Comparison) -> Iterator[tree.Row]:
    """How much each policy promises, how much of it alone, and on how many topics nothing."""
    topics = comparison.topics
    for name, policy in comparison.policies.items():
        promises = [len(topic.of(name)) for topic in topics]
        alone = sum(row.alone and name in row.promises for topic in topics for row in topic.rows)
        yield tree.Row((name, policy.trust, sum(promises), alone, promises.count(0)))


def _alone_silent(comparison: Comparison) -> Iterator[tree.Item]:
    """Who alone is silent on what all the others promise something on."""
    for name in comparison.policies:
        alone = [
            topic for topic in comparison.topics if [one.policy for one in topic.silences] == [name]
        ]
        if alone:
            yield tree.Item(f"{name} is silent on", (tree.bullets(map(_link, alone)),))


def _link(topic: ComparedTopic) -> tree.Span:
    return tree.Span(topic.topic.name, href=f"#{topic.topic.name}")


def _sections(outcome: Outcome, *, related: bool) -> Iterator[tree.Block]:
    """What is asked besides, where it is; then a section for each benchmark."""
    asked = []
    if outcome.changes is not None:
        asked.append(changes_section(outcome.changes, *outcome.comparison.policies))
    if outcome.adoption is not None:
        asked.append(adoption_section(outcome.adoption))
    if outcome.whole is not None:
        asked.append(whole_section(outcome.whole))
    topics = outcome.comparison.topics
    rows = counted(sum(len(one.rows) for one in topics), "row")
    yield from asked
    yield Filters(tuple(_filters(outcome.comparison)), f"All {rows} are shown.")
    for benchmark, found in groupby(topics, key=lambda one: one.topic.benchmark):
        yield tree.Section(
            title=benchmark_heading(benchmark),
            id=f"benchmark-{benchmark or 0}",
            keys={"benchmark": str(benchmark or 0)},
            blocks=tuple(topic_section(one, related=related) for one in found),
            in_full=bool(asked),
        )


def _filters(comparison: Comparison) -> Iterator[Filter]:
    benchmarks = dict.fromkeys(one.topic.benchmark for one in comparison.topics)
    options = tuple((str(one or 0), benchmark_heading(one)) for one in benchmarks)
    yield Filter(Choice.ONE, "benchmark", "Benchmark", options)
    names = tuple((name, name) for name in comparison.policies)
    yield Filter(Choice.COLUMNS, "policies", "Policies", names)
    yield Filter(Choice.DIFFERENT, "different", "Only where they differ")
