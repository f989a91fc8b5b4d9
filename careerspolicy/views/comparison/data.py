"""A comparison for programs: plain values, as `schemas/outputs/comparison.yaml`, and sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.comparison.promises import attested
from careerspolicy.english.answers import undecided_clause, witness_sentence
from careerspolicy.english.citations import cited
from careerspolicy.english.sentences import parts
from careerspolicy.solver.relations import Implication, PolicyRelation, Standing
from careerspolicy.views.comparison.changes import adoption_data
from careerspolicy.views.comparison.topics import (
    PART_WORDS,
    elsewhere_told,
    few_words,
    part_by_part,
    relations_told,
    standing,
)
from careerspolicy.views.tree import Cell, Column, Lines, Row, Table
from careerspolicy.views.words import coded, fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.comparison.changing import Changed, Outcome
    from careerspolicy.comparison.comparing import ComparedRow, ComparedTopic, Comparison
    from careerspolicy.comparison.relating import Difference, Related
    from careerspolicy.solver.promises import Promise
    from careerspolicy.solver.witnesses import Witness


def outcome_data(outcome: Outcome) -> dict[str, Any]:
    """All that a comparison comes to as plain values; what it does not have is not there."""
    comparison = outcome.comparison
    data: dict[str, Any] = {
        "policies": list(comparison.policies),
        "topics": [_topic(topic, comparison) for topic in comparison.topics],
    }
    if outcome.changes is not None:
        data["changes"] = [*map(_change, outcome.changes)]
    if outcome.adoption is not None:
        data["adoption"] = adoption_data(outcome.adoption)
    if outcome.whole is not None:
        data["whole"] = _whole(outcome.whole)
    return data


def _topic(compared: ComparedTopic, comparison: Comparison) -> dict[str, Any]:
    return {
        "topic": compared.topic.name,
        **fields(compared.topic, "description", "benchmark"),
        "cells": {name: _cell(compared.of(name)) for name in comparison.policies},
        "differences": [
            {**_difference(difference), "obligations": _ids(row)}
            for row in compared.rows
            for difference in row.differences
        ],
        "relations": [*map(_related, compared.relations)],
        "rows": [
            {
                "obligations": _ids(row),
                "reworded": row.reworded,
                "relations": [*map(_related, row.relations)],
            }
            for row in compared.rows
        ],
        "silences": [
            {
                "policy": silence.policy,
                "elsewhere": [
                    {"topic": near.obligation.topic, "obligation": near.obligation.id}
                    for near in silence.elsewhere
                ],
            }
            for silence in compared.silences
        ],
    }


def _cell(promises: Sequence[Promise]) -> dict[str, Any] | None:
    says = "; ".join(map(few_words, promises))
    return {"obligations": [*map(_promise, promises)], "says": says} if promises else None


def _promise(promise: Promise) -> dict[str, Any]:
    """What it says, part by part, and where it stands."""
    obligation = promise.obligation
    return {
        **fields(obligation, "id", "title"),
        "says": few_words(promise),
        "parts": attrs.asdict(parts(obligation, promise.policy)),
        "attested": attested(promise.duty),
        "source": cited(obligation),
    }


def _difference(difference: Difference) -> dict[str, Any]:
    said = [fields(one, "says", "policies") for one in difference.said]
    return {"part": difference.part.value, "said": said}


def _ids(row: ComparedRow) -> dict[str, str]:
    return {name: promise.obligation.id for name, promise in row.promises.items()}


def _related(related: Related) -> dict[str, Any]:
    return {
        **fields(related, "left", "right"),
        "relation": related.kind.value,
        "witness": [*map(_witness, related.witnesses)],
        "silent": " and ".join(related.silent),
        "why": related.why,
        "code": related.doubt and related.doubt.code,
    }


def _witness(witness: Witness) -> dict[str, Any]:
    """Which promises it meets and misses, in a sentence, and the facts as YAML."""
    return {
        "meets": [one.obligation.id for one in witness.meets],
        "misses": witness.misses.obligation.id,
        "sentence": witness_sentence(witness),
        "as_of": coded(witness.asked),
        "facts": witness.as_facts_yaml(),
    }


def _change(changed: Changed) -> dict[str, Any]:
    return {
        **fields(changed, "change", "topic"),
        "old": changed.old and _promise(changed.old),
        "new": changed.new and _promise(changed.new),
        "differences": [*map(_difference, changed.differences)],
        "relation": changed.relation and _related(changed.relation),
    }


def _whole(whole: PolicyRelation) -> dict[str, Any]:
    """The relation, and of each promise of either whether the other policy brings it."""
    return {
        "left": whole.left.id,
        "right": whole.right.id,
        "relation": whole.kind.value,
        "why": undecided_clause(whole.doubt),
        "code": whole.doubt and whole.doubt.code,
        "left_brings": [*map(_implication, whole.right_implied)],
        "right_brings": [*map(_implication, whole.left_implied)],
    }


def _implication(one: Implication) -> dict[str, Any]:
    return {
        "obligation": one.promise.obligation.id,
        "brought": one.kind.value,
        "by": [promise.obligation.id for promise in one.by],
        "witness": one.witness and _witness(one.witness),
        "why": undecided_clause(one.doubt),
        "code": one.doubt and one.doubt.code,
    }


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
        Row(_topic_cells(topic, name, comparison))
        for topic in comparison.topics
        for name in comparison.policies
    ]
    columns = tuple(Column(name.replace("_", " "), name) for name in _NAMES)
    return Table(name="Topics", columns=columns, rows=rows)


def side_by_side(comparison: Comparison) -> Table:
    """One row a set of counterparts, a column a policy."""
    rows = []
    for topic in comparison.topics:
        for row in topic.rows:
            made = (row.promises.get(name) for name in comparison.policies)
            cells = ("" if promise is None else few_words(promise) for promise in made)
            related = Lines(tuple(" ".join(line) for line in relations_told(row.relations)))
            rows.append(Row((topic.topic.name, *cells, related)))
    columns = map(Column, ("topic", *comparison.policies, "relations"))
    return Table(name="Side by side", columns=tuple(columns), rows=rows)


def differences_table(comparison: Comparison) -> Table:
    """One row a part in which counterparts differ, and who says what there."""
    rows = [
        Row((topic.topic.name, number, *cells))
        for topic in comparison.topics
        for number, row in enumerate(topic.rows, start=1)
        for cells in part_by_part(row)
    ]
    columns = tuple(map(Column, ("topic", "row", "part", "policies", "says")))
    return Table(name="Differences", columns=columns, rows=rows)


def _topic_cells(topic: ComparedTopic, name: str, comparison: Comparison) -> tuple[Cell, ...]:
    made = topic.of(name)
    others = [other for other in comparison.policies if other != name]
    stands = {other: standing(name, other, topic.relations) for other in others}
    near = [elsewhere_told(silence) for silence in topic.silences if silence.policy == name]
    own = [row for row in topic.rows if name in row.promises]
    differing = {difference.part for row in own for difference in row.differences}
    return (
        topic.topic.benchmark,
        topic.topic.name,
        topic.topic.description,
        name,
        "no" if made else "yes",
        len(made),
        Lines(tuple(map(few_words, made))),
        Lines(tuple(few_words(row.promises[name]) for row in own if row.alone)),
        ", ".join(words for part, words in PART_WORDS.items() if part in differing),
        *(", ".join(o for o in others if stands[o] is kind) for kind in _STANDINGS),
        "".join(near),
        ", ".join(promise.obligation.id for promise in made),
        Lines(tuple(cited(promise.obligation) for promise in made)),
    )
