"""A comparison seen: what it comes to, then benchmark by benchmark, topic by topic."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from careerspolicy.views.comparison.adoption import adoption_section, adoption_sheet
from careerspolicy.views.comparison.changes import changes_section, changes_sheet
from careerspolicy.views.comparison.data import outcome_data
from careerspolicy.views.comparison.sheets import differences_table, side_by_side, topics_table
from careerspolicy.views.comparison.summary import summary
from careerspolicy.views.comparison.topics import topic_section
from careerspolicy.views.comparison.whole import whole_section
from careerspolicy.views.filters import Choice, Filter, Filters
from careerspolicy.views.tree import (
    Column,
    Item,
    List,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    View,
    bullets,
)
from careerspolicy.views.words import benchmark_heading, counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.comparison import Comparison, Outcome
    from careerspolicy.views.comparison.summary import PolicySummary, Summary
    from careerspolicy.views.tree import Block

_NO_ADVICE: Final = (
    "Which asks more is decided only for what records can measure; how strongly it is said is told"
    " apart. This is not legal advice."
)
_MORE: Final = (
    "--benchmark N or --topic TOPIC tells every part, which asks more, and all that only one does."
)
_TWO: Final = 2


def comparison_view(outcome: Outcome, *, related: bool = True) -> View:
    """All that one comparison comes to.

    Unless `related`, without which asks more, which takes long to work out over many topics.
    """
    comparison = outcome.comparison
    more = [] if related else [Paragraph(words=_MORE)]
    return View(
        title=f"Careers policies compared: {', '.join(comparison.policies)}",
        opening=[*_opening(comparison)],
        sections=lambda: tuple(_sections(outcome, related=related)),
        closing=[Paragraph(words=_NO_ADVICE, aside=True), *more],
        records=lambda: topics_table(comparison),
        sheets=lambda: tuple(_sheets(outcome)),
        data=lambda: outcome_data(outcome),
        wide=True,
        lists_subsections=False,
    )


def _opening(comparison: Comparison) -> Iterator[Block]:
    """How much they share, how much each promises, and where one alone is silent."""
    if not comparison.topics:
        yield Paragraph(words="These policies do not differ.")
        return
    told = summary(comparison)
    policies = counted(len(told.policies), "policy", "policies")
    yield Paragraph(
        words=f"{policies}, {counted(told.topics, 'topic')}: all promise something on"
        f" {told.shared or 'none'}, and on {told.same or 'none'} they all say the same. What each"
        " promises is told in our own words, not in its document's."
    )
    yield _policies(told)
    yield from _most(told)
    yield from _alone_silent(told)


def _sections(outcome: Outcome, *, related: bool) -> Iterator[Block]:
    """What is asked besides, where it is; then a section for each benchmark."""
    asked, topics = [*_asked(outcome)], outcome.comparison.topics
    rows = counted(sum(len(one.rows) for one in topics), "row")
    yield from asked
    yield Filters(tuple(_filters(outcome.comparison)), f"All {rows} are shown.")
    for benchmark, found in groupby(topics, key=lambda one: one.topic.benchmark):
        yield Section(
            title=benchmark_heading(benchmark),
            id=f"benchmark-{benchmark or 0}",
            keys={"benchmark": str(benchmark or 0)},
            blocks=tuple(topic_section(one, related=related) for one in found),
            in_full=bool(asked),
        )


def _asked(outcome: Outcome) -> Iterator[Section]:
    """What changed, what adoption would change, how all promises together stand."""
    if outcome.changes is not None:
        yield changes_section(outcome.changes, *outcome.comparison.policies)
    if outcome.adoption is not None:
        yield adoption_section(outcome.adoption)
    if outcome.whole is not None:
        yield whole_section(outcome.whole)


def _sheets(outcome: Outcome) -> Iterator[Table]:
    """Topics, counterparts, differences, and what else there is."""
    yield topics_table(outcome.comparison)
    yield side_by_side(outcome.comparison)
    yield differences_table(outcome.comparison)
    if outcome.changes is not None:
        yield changes_sheet(outcome.changes)
    if outcome.adoption is not None:
        yield adoption_sheet(outcome.adoption)


def _filters(comparison: Comparison) -> Iterator[Filter]:
    benchmarks = dict.fromkeys(one.topic.benchmark for one in comparison.topics)
    options = tuple((str(one or 0), benchmark_heading(one)) for one in benchmarks)
    yield Filter(Choice.ONE, "benchmark", "Benchmark", options)
    names = tuple((name, name) for name in comparison.policies)
    yield Filter(Choice.COLUMNS, "policies", "Policies", names)
    yield Filter(Choice.DIFFERENT, "different", "Only where they differ")


def _policies(told: Summary) -> Table:
    columns = (
        Column("Policy"),
        Column("Trust"),
        Column("Promises", number=True),
        Column("Only here", number=True),
        Column("Silent on topics", number=True),
    )
    rows = [
        Row((one.name, one.trust, one.promises, one.alone, len(one.silent)))
        for one in told.policies
    ]
    return Table(spoken="The policies", columns=columns, rows=rows)


def _most(told: Summary) -> Iterator[Section]:
    if told.most:
        lines = (
            (Span(one.topic.name, href=f"#{one.topic.name}"), f": {counted(found, 'difference')}")
            for one, found in told.most
        )
        yield Section(title="Where counterparts differ most", id="most", blocks=(bullets(lines),))


def _alone_silent(told: Summary) -> Iterator[Section]:
    """Who alone is silent on what all the others promise something on."""
    found = [one for one in told.policies if one.alone_silent]
    if found and len(told.policies) > _TWO:
        items = tuple(map(_silent, found))
        title = "Topics on which one policy alone is silent"
        yield Section(title=title, id="lacking", blocks=(List(items),))


def _silent(one: PolicySummary) -> Item:
    topics = bullets(
        Span(topic.topic.name, href=f"#{topic.topic.name}") for topic in one.alone_silent
    )
    return Item(f"{one.name} is silent on", (topics,))
