"""A comparison for programs: plain values, as `schemas/outputs/comparison.yaml`, and sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from careerspolicy.comparison.promises import attested
from careerspolicy.comparison.relating import Kind
from careerspolicy.english.citations import cited
from careerspolicy.english.parts import parts
from careerspolicy.english.sentences import in_few_words
from careerspolicy.views.comparison.adoption import adoption_data
from careerspolicy.views.comparison.topics import (
    PART_WORDS,
    elsewhere_told,
    few_words,
    relations_told,
    said_words,
)
from careerspolicy.views.comparison.view import standing
from careerspolicy.views.tree import Cell, Column, Lines, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from careerspolicy.comparison import Changed, ComparedRow, ComparedTopic, Comparison, Outcome
    from careerspolicy.comparison.differences import Difference
    from careerspolicy.comparison.relating import Related
    from careerspolicy.solver.implications import Implication, PolicyRelation
    from careerspolicy.solver.promises import Promise
    from careerspolicy.solver.witnesses import Witness


def outcome_data(outcome: Outcome) -> dict[str, Any]:
    """All that a comparison comes to as plain values; what it does not have is not there."""
    told = comparison_data(outcome.comparison)
    if outcome.changes is not None:
        told["changes"] = changes_data(outcome.changes)
    if outcome.adoption is not None:
        told["adoption"] = adoption_data(outcome.adoption)
    if outcome.whole is not None:
        told["whole"] = whole_data(outcome.whole)
    return told


def comparison_data(comparison: Comparison) -> dict[str, Any]:
    """The comparison as plain values."""
    return {
        "policies": list(comparison.policies),
        "topics": [_topic(one, comparison) for one in comparison.topics],
    }


def changes_data(changes: Iterable[Changed]) -> list[dict[str, Any]]:
    """The changes from one version to the next as plain values."""
    return [
        {
            "change": one.change.value,
            "topic": one.topic,
            "old": promise_data(one.old) if one.old else None,
            "new": promise_data(one.new) if one.new else None,
            "differences": [difference_data(difference) for difference in one.differences],
            "relation": related_data(one.relation) if one.relation else None,
        }
        for one in changes
    ]


def _topic(one: ComparedTopic, comparison: Comparison) -> dict[str, Any]:
    return {
        "topic": one.topic.name,
        "description": one.topic.description,
        "benchmark": one.topic.benchmark,
        "cells": {name: _cell(one.of(name)) for name in comparison.policies},
        "differences": [
            _difference(difference, row) for row in one.rows for difference in row.differences
        ],
        "relations": [related_data(related) for related in one.relations],
        "rows": [_row(row) for row in one.rows],
        "silences": [
            {
                "policy": silence.policy,
                "elsewhere": [
                    {"topic": near.obligation.topic, "obligation": near.obligation.id}
                    for near in silence.elsewhere
                ],
            }
            for silence in one.silences
        ],
    }


def _cell(promises: Sequence[Promise]) -> dict[str, Any] | None:
    if not promises:
        return None
    return {
        "obligations": [promise_data(one) for one in promises],
        "says": "; ".join(in_few_words(one.obligation, one.policy) for one in promises),
    }


def promise_data(promise: Promise) -> dict[str, Any]:
    """One promise as plain values: what it says, part by part, and where it stands."""
    obligation, policy = promise.obligation, promise.policy
    said = parts(obligation, policy)
    return {
        "id": obligation.id,
        "title": obligation.title,
        "says": in_few_words(obligation, policy),
        "parts": {
            "who": said.who,
            "whom": said.whom,
            "what": said.what,
            "when": said.when,
            "how_often": said.how_often,
            "strength": said.strength,
            "hedge": said.hedge,
        },
        "attested": attested(promise),
        "source": cited(obligation),
    }


def _row(row: ComparedRow) -> dict[str, Any]:
    return {
        "obligations": _ids(row),
        "reworded": row.reworded,
        "relations": [related_data(related) for related in row.relations],
    }


def _difference(difference: Difference, row: ComparedRow) -> dict[str, Any]:
    return difference_data(difference) | {"obligations": _ids(row)}


def difference_data(difference: Difference) -> dict[str, Any]:
    """One difference as plain values: the part, and who says what there."""
    return {
        "part": difference.part.value,
        "said": [{"says": one.says, "policies": list(one.policies)} for one in difference.said],
    }


def _ids(row: ComparedRow) -> dict[str, str]:
    return {name: promise.obligation.id for name, promise in row.promises.items()}


def related_data(related: Related) -> dict[str, Any]:
    """One relation as plain values."""
    return {
        "left": related.left,
        "right": related.right,
        "relation": related.kind.value,
        "witness": [witness_data(one) for one in related.witnesses],
        "silent": related.silent,
        "why": related.why,
    }


def witness_data(witness: Witness) -> dict[str, Any]:
    """Which promises it meets and misses, in a sentence, and the facts as YAML."""
    return {
        "meets": [one.obligation.id for one in witness.meets],
        "misses": witness.misses.obligation.id,
        "sentence": witness.sentence,
        "as_of": witness.asked.isoformat(),
        "facts": witness.as_facts_yaml(),
    }


def whole_data(whole: PolicyRelation) -> dict[str, Any]:
    """The relation, and of each promise of either whether the other policy brings it."""
    return {
        "left": whole.left.id,
        "right": whole.right.id,
        "relation": whole.kind.value,
        "why": whole.why,
        "left_brings": [_implication(one) for one in whole.right_implied],
        "right_brings": [_implication(one) for one in whole.left_implied],
    }


def _implication(one: Implication) -> dict[str, Any]:
    return {
        "obligation": one.promise.obligation.id,
        "brought": one.kind.value,
        "by": [promise.obligation.id for promise in one.by],
        "witness": witness_data(one.witness) if one.witness else None,
        "why": one.why,
    }


#: How one policy can stand to the others on a topic: a column each.
_STANDINGS: Final = {
    Kind.STRICTER: "stricter_than",
    Kind.WEAKER: "weaker_than",
    Kind.EQUAL: "same_as",
    Kind.INCOMPARABLE: "incomparable_with",
    Kind.UNDECIDED: "undecided_with",
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
