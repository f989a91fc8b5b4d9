"""A comparison as rows for spreadsheets: CSV and Excel.

One row a topic and policy; in the workbook also a row a set of counterparts, and one a difference.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from careerspolicy.english.citations import cited
from careerspolicy.rendering.compare.adoption import ADOPTION_HEADINGS, adoption_rows
from careerspolicy.rendering.compare.changes import told
from careerspolicy.rendering.compare.summary import standing
from careerspolicy.rendering.compare.words import (
    PART_WORDS,
    elsewhere_told,
    few_words,
    relations_told,
    said_words,
)
from careerspolicy.rendering.report.rows import harmless
from careerspolicy.rendering.workbooks import Sheet, workbook
from careerspolicy.solver.relations import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from careerspolicy.comparison import Changed, ComparedTopic, Comparison, Outcome
    from careerspolicy.rendering.workbooks import Cell

#: How one policy can stand to the others on a topic: a column each.
_STANDINGS: Final = {
    Standing.STRICTER: "stricter_than",
    Standing.WEAKER: "weaker_than",
    Standing.EQUAL: "same_as",
    Standing.INCOMPARABLE: "incomparable_with",
    Standing.UNDECIDED: "undecided_with",
}
HEADINGS: Final = (
    "benchmark", "topic", "about", "policy", "silent", "promises", "says", "only_here",
    "differs_in", *_STANDINGS.values(), "elsewhere", "obligations", "sources",
)  # fmt: skip


def comparison_csv(comparison: Comparison) -> Iterator[str]:
    """The comparison as CSV, a row a topic and policy, headings first."""
    yield _line(HEADINGS)
    for row in topic_rows(comparison):
        yield _line([harmless("" if cell is None else str(cell)) for cell in row])


def topic_rows(comparison: Comparison) -> Iterator[tuple[Cell, ...]]:
    """One row a topic and policy, as `HEADINGS` names them."""
    for one in comparison.topics:
        for name in comparison.policies:
            yield _topic_row(one, name, comparison)


def _topic_row(one: ComparedTopic, name: str, comparison: Comparison) -> tuple[Cell, ...]:
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
        "\n".join(map(few_words, made)),
        "\n".join(_alone(one, name)),
        ", ".join(_parts(one, name)),
        *(", ".join(o for o in others if stands[o] is kind) for kind in _STANDINGS),
        "".join(near),
        ", ".join(promise.obligation.id for promise in made),
        "\n".join(cited(promise.obligation) for promise in made),
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


def outcome_workbook(outcome: Outcome) -> bytes:
    """A workbook: topics, counterparts side by side, differences, and what else there is.

    Raises MissingExtra without XlsxWriter.
    """
    comparison = outcome.comparison
    names = tuple(comparison.policies)
    sheets = [
        _sheet("Topics", _plain(HEADINGS), [*topic_rows(comparison)]),
        _sheet("Side by side", ("topic", *names, "relations"), [*_side_by_side(comparison)]),
        _sheet("Differences", _DIFFERENCE, [*_differences(comparison)]),
    ]
    if outcome.changes is not None:
        sheets.append(_sheet("Changes", _CHANGE, [*_changes(outcome.changes)]))
    if outcome.adoption is not None:
        verdicts = [*adoption_rows(outcome.adoption)]
        sheets.append(_sheet("Verdicts", _plain(ADOPTION_HEADINGS), verdicts))
    return workbook(sheets, title=f"Comparison of {', '.join(names)}")


_CHANGE: Final = ("change", "topic", "promise", "what")


def _changes(changes: Iterable[Changed]) -> Iterator[tuple[Cell, ...]]:
    for one in changes:
        what = "\n".join(told(one))
        yield (one.change.value, one.topic, one.promise.obligation.id, what)


_DIFFERENCE: Final = ("topic", "row", "part", "policies", "says")


def _sheet(name: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Sheet:
    return Sheet(name=name, headings=tuple(headings), rows=rows)


def _plain(headings: Sequence[str]) -> list[str]:
    """The headings of a CSV as people write them."""
    return [heading.replace("_", " ") for heading in headings]


def _side_by_side(comparison: Comparison) -> Iterator[tuple[Cell, ...]]:
    for one in comparison.topics:
        for row in one.rows:
            made = (row.promises.get(name) for name in comparison.policies)
            cells = ("" if promise is None else few_words(promise) for promise in made)
            related = (" ".join(line) for line in relations_told(row.relations))
            yield (one.topic.name, *cells, "\n".join(related))


def _differences(comparison: Comparison) -> Iterator[tuple[Cell, ...]]:
    for one in comparison.topics:
        for number, row in enumerate(one.rows, start=1):
            for difference in row.differences:
                part = PART_WORDS[difference.part]
                for said in difference.said:
                    policies = ", ".join(said.policies)
                    yield (one.topic.name, number, part, policies, said_words(said))


def _line(cells: Sequence[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(cells)
    return written.getvalue()
