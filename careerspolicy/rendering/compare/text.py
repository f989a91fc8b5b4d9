"""A comparison for a terminal: what it comes to, then topic by topic.

On a narrow terminal every promise has a block, on a wide one every trust has a column. Over many
topics the parts that differ are named, and told where few topics are asked for; what only one
policy promises is folded in the same way.
"""

from __future__ import annotations

import io
from itertools import groupby
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from careerspolicy.rendering.compare.adoption import adoption_text
from careerspolicy.rendering.compare.changes import changes_text
from careerspolicy.rendering.compare.summary import summary
from careerspolicy.rendering.compare.whole import whole_text
from careerspolicy.rendering.compare.words import (
    PART_WORDS,
    alike,
    elsewhere_told,
    few_words,
    relations_told,
    said_words,
    witnesses_told,
)
from careerspolicy.rendering.printable import printable
from careerspolicy.rendering.tables import add_row, plain_table
from careerspolicy.rendering.templating import WIDEST
from careerspolicy.rendering.words import benchmark_heading, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rich.console import RenderableType

    from careerspolicy.comparison import ComparedRow, ComparedTopic, Comparison, Outcome
    from careerspolicy.rendering.compare.summary import Summary

#: How wide the headings of differences are, and at most the names of policies.
_HEADINGS: Final = 15
_WIDEST_NAME: Final = 24
#: A column narrower than this can't hold a promise.
_NARROWEST: Final = 26
#: With more topics than this, they are told in short.
_UNFOLDED: Final = 20
_FIRST: Final = 2
_TWO: Final = 2
_MORE: Final = (
    "--benchmark N or --topic TOPIC tells every part, which asks more, and all that only one does."
)


def comparison_text(comparison: Comparison, *, width: int) -> Iterator[RenderableType]:
    """The comparison, ready to print on so many columns."""
    topics = comparison.topics
    fold = len(topics) > _UNFOLDED
    if len(comparison.topics) > 1:
        yield from _summary(summary(comparison))
        yield Text()
    column = width // len(comparison.policies)
    column = column if column >= _NARROWEST else 0
    for benchmark, told in groupby(topics, key=lambda one: one.topic.benchmark):
        yield Text(benchmark_heading(benchmark), style="bold")
        for one in told:
            yield Text()
            yield from _topic(one, tuple(comparison.policies), column=column, fold=fold)
        yield Text()
    if not topics:
        yield Text("These policies do not differ.")
    if fold:
        yield Text(_MORE)


def outcome_text(outcome: Outcome, *, width: int) -> Iterator[RenderableType]:
    """What a comparison comes to, ready to print on so many columns.

    Of two versions of one policy it is what changed, with facts whose verdicts would, and of all
    promises together which policy asks more.
    """
    if outcome.changes is None and outcome.adoption is None and outcome.whole is None:
        yield from comparison_text(outcome.comparison, width=width)
    if outcome.changes is not None:
        yield from changes_text(outcome.changes, *outcome.comparison.policies)
    if outcome.adoption is not None:
        yield from adoption_text(outcome.adoption)
    if outcome.whole is not None:
        yield from whole_text(outcome.whole)


def plain_text(outcome: Outcome) -> str:
    """The same for a file, as a terminal of 100 columns would show it."""
    console = Console(file=io.StringIO(), width=WIDEST, highlight=False, markup=False, emoji=False)
    with console.capture() as captured:
        for part in outcome_text(outcome, width=WIDEST):
            console.print(part)
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def _summary(told: Summary) -> Iterator[RenderableType]:
    yield Text(
        f"{counted(len(told.policies), 'policy', 'policies')}, {counted(told.topics, 'topic')}:"
        f" all promise something on {told.shared or 'none'}, and on {told.same or 'none'} they all"
        " say the same."
    )
    table = plain_table(["policy", "promises", "only here", "silent\non topics"], numbers=3)
    for one in told.policies:
        add_row(table, one.name, str(one.promises), str(one.alone), str(len(one.silent)))
    yield Text()
    yield table
    if told.most:
        yield Text()
        yield Text("Where counterparts differ most")
        lines = ((one.topic.name, counted(found, "difference")) for one, found in told.most)
        yield _pairs(lines, width=max(len(one.topic.name) for one, _ in told.most))
    yield from _alone_silent(told)


def _alone_silent(told: Summary) -> Iterator[RenderableType]:
    """Who alone is silent on what all the others promise something on."""
    lines = [
        (one.name, ", ".join(topic.topic.name for topic in one.alone_silent))
        for one in told.policies
        if one.alone_silent
    ]
    if lines and len(told.policies) > _TWO:
        yield Text()
        yield Text("Silent where every other promises something")
        yield _pairs(lines, width=_longest(one.name for one in told.policies))


def _topic(
    one: ComparedTopic, policies: Sequence[str], *, column: int, fold: bool
) -> Iterator[RenderableType]:
    title = Text(printable(one.topic.name), style="bold")
    yield title.append(f"  {one.topic.description}", style="not bold")
    shared = [row for row in one.rows if not row.alone]
    if column and shared:
        yield _columns(dict(zip(policies, policies, strict=True)), policies, column)
    for row in shared:
        yield _columns(_cells(row), policies, column) if column else _blocks(row, policies)
        yield _in_short(row) if fold else _differences(row)
    yield from _alone(one, policies, fold=fold)
    if one.silences:
        yield _pairs([("silent", _silent(one))], width=_longest(policies))
    if not fold and len(one.rows) > 1 and (told := relations_told(one.relations)):
        yield Text("  All that they ask here")
        yield _pairs(told, indent=4)


def _cells(row: ComparedRow) -> dict[str, str]:
    return {name: few_words(promise) for name, promise in row.promises.items()}


def _columns(told: Mapping[str, str], policies: Sequence[str], width: int) -> RenderableType:
    """A column a policy; a dash where that one has no such promise."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    for _ in policies:
        grid.add_column(width=width - 2)
    grid.add_row(*(Text(printable(told.get(name, "-"))) for name in policies))
    return grid


def _blocks(row: ComparedRow, policies: Iterable[str]) -> RenderableType:
    """The policies that use the same words, one below the other, and beside them the words."""
    told = (("\n".join(names), words) for names, words in alike(row))
    return _pairs(told, width=_longest(policies))


def _longest(names: Iterable[str]) -> int:
    return min(_WIDEST_NAME, max(map(len, names)))


def _in_short(row: ComparedRow) -> RenderableType:
    """In which parts counterparts differ."""
    parts = "; ".join(PART_WORDS[one.part] for one in row.differences)
    return _pairs([("differ in", parts) if parts else ("the same", _in_words(row))], indent=4)


def _in_words(row: ComparedRow) -> str:
    return "in other words" if row.reworded else "in the same words"


def _differences(row: ComparedRow) -> RenderableType:
    if not row.differences:
        return _pairs([("the same", _in_words(row))], indent=4)
    lines: list[tuple[str, str]] = []
    for difference in row.differences:
        heading = PART_WORDS[difference.part]
        for said in difference.said:
            lines.append((heading, f"{said_words(said)} ({', '.join(said.policies)})"))
            heading = ""
    return _pairs([*lines, *relations_told(row.relations), *_shown(row)], indent=4)


def _shown(row: ComparedRow) -> Iterator[tuple[str, str]]:
    for place, sentence in enumerate(witnesses_told(row.relations)):
        yield ("" if place else "for example", sentence)


def _alone(one: ComparedTopic, policies: Sequence[str], *, fold: bool) -> Iterator[RenderableType]:
    """What each policy alone promises here; all of it, or the first few and how many more."""
    for name in policies:
        rows = [row for row in one.rows if row.alone and name in row.promises]
        kept = rows[:_FIRST] if fold and len(rows) > _FIRST + 1 else rows
        told = [f"only here, {few_words(row.promises[name])}" for row in kept]
        if len(rows) > len(kept):
            told.append(f"and {len(rows) - len(kept)} more")
        lines = ((name if not place else "", words) for place, words in enumerate(told))
        yield _pairs(lines, width=_longest(policies))


def _silent(one: ComparedTopic) -> str:
    told = []
    for silence in one.silences:
        near = elsewhere_told(silence)
        told.append(f"{silence.policy} (but see {near})" if near else silence.policy)
    return ", ".join(told)


def _pairs(
    lines: Iterable[tuple[str, str]], *, indent: int = 2, width: int = _HEADINGS
) -> RenderableType:
    """Lines of a heading and what it says, the latter wrapped in its own column."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=indent - 2)
    grid.add_column(width=width)
    for heading, words in lines:
        grid.add_row("", Text(printable(heading)), Text(printable(words)))
    return grid
