"""A comparison as tables for spreadsheets.

One row a topic and policy, one a set of counterparts, one a difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.english.citations import cited
from careerspolicy.solver.relations import Standing
from careerspolicy.views.comparison.summary import standing
from careerspolicy.views.comparison.words import (
    PART_WORDS,
    elsewhere_told,
    few_words,
    relations_told,
    said_words,
)
from careerspolicy.views.tree import Cell, Column, Lines, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.comparison import ComparedTopic, Comparison

#: How one policy can stand to the others on a topic: a column each.
_STANDINGS: Final = {
    Standing.STRICTER: "stricter_than",
    Standing.WEAKER: "weaker_than",
    Standing.EQUAL: "same_as",
    Standing.INCOMPARABLE: "incomparable_with",
    Standing.UNDECIDED: "undecided_with",
}
_NAMES: Final = (
    "benchmark", "topic", "about", "policy", "silent", "promises", "says", "only_here",
    "differs_in", *_STANDINGS.values(), "elsewhere", "obligations", "sources",
)  # fmt: skip


def topics_table(comparison: Comparison) -> Table:
    """One row a topic and policy."""
    rows = [
        Row(_topic_cells(one, name, comparison))
        for one in comparison.topics
        for name in comparison.policies
    ]
    columns = tuple(Column(name.replace("_", " "), name) for name in _NAMES)
    return Table(name="Topics", columns=columns, rows=rows)


def side_by_side(comparison: Comparison) -> Table:
    """One row a set of counterparts, a column a policy."""
    rows = []
    for one in comparison.topics:
        for row in one.rows:
            made = (row.promises.get(name) for name in comparison.policies)
            cells = ("" if promise is None else few_words(promise) for promise in made)
            related = Lines(tuple(" ".join(line) for line in relations_told(row.relations)))
            rows.append(Row((one.topic.name, *cells, related)))
    columns = map(Column, ("topic", *comparison.policies, "relations"))
    return Table(name="Side by side", columns=tuple(columns), rows=rows)


def differences_table(comparison: Comparison) -> Table:
    """One row a part in which counterparts differ, and who says what there."""
    rows = [
        Row(
            (
                one.topic.name,
                number,
                PART_WORDS[difference.part],
                ", ".join(said.policies),
                said_words(said),
            )
        )
        for one in comparison.topics
        for number, row in enumerate(one.rows, start=1)
        for difference in row.differences
        for said in difference.said
    ]
    columns = tuple(map(Column, ("topic", "row", "part", "policies", "says")))
    return Table(name="Differences", columns=columns, rows=rows)


def _topic_cells(one: ComparedTopic, name: str, comparison: Comparison) -> tuple[Cell, ...]:
    made = one.of(name)
    others = [other for other in comparison.policies if other != name]
    stands = {other: standing(name, other, one.relations) for other in others}
    near = [elsewhere_told(silence) for silence in one.silences if silence.policy == name]
    return (
        one.topic.benchmark,
        one.topic.name,
        one.topic.description,
        name,
        "no" if made else "yes",
        len(made),
        Lines(tuple(map(few_words, made))),
        Lines(tuple(_alone(one, name))),
        ", ".join(_parts(one, name)),
        *(", ".join(o for o in others if stands[o] is kind) for kind in _STANDINGS),
        "".join(near),
        ", ".join(promise.obligation.id for promise in made),
        Lines(tuple(cited(promise.obligation) for promise in made)),
    )


def _alone(one: ComparedTopic, name: str) -> Iterator[str]:
    """What one policy alone promises on a topic."""
    for row in one.rows:
        if row.alone and name in row.promises:
            yield few_words(row.promises[name])


def _parts(one: ComparedTopic, name: str) -> list[str]:
    """In which parts a policy's promises differ from any counterpart's."""
    found = {
        difference.part
        for row in one.rows
        if name in row.promises
        for difference in row.differences
    }
    return [words for part, words in PART_WORDS.items() if part in found]
