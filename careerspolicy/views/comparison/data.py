"""A comparison as plain values; their shape is `schemas/outputs/comparison.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from careerspolicy.comparison.promises import attested
from careerspolicy.english.citations import cited
from careerspolicy.english.parts import parts
from careerspolicy.english.sentences import in_few_words
from careerspolicy.views.comparison.adoption import adoption_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
        "attested": attested(promise.duty),
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
        "silent": " and ".join(related.silent),
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
