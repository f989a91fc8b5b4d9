"""A comparison as Markdown: a table a topic, a row a policy."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from careerspolicy.rendering.compare.changes import changes_listed
from careerspolicy.rendering.compare.summary import summary
from careerspolicy.rendering.compare.words import (
    PART_WORDS,
    elsewhere_told,
    few_words,
    relations_told,
    said_words,
)
from careerspolicy.rendering.templating import markdown_from

if TYPE_CHECKING:
    from pathlib import Path

    from careerspolicy.comparison import ComparedTopic, Comparison, Outcome


def comparison_markdown(outcome: Outcome, *, templates: Path | None = None) -> str:
    """The comparison as Markdown; raises BrokenTemplate for a user's template that fails."""
    comparison = outcome.comparison
    return markdown_from(
        "compare.md.j2",
        templates=templates,
        policies=", ".join(comparison.policies),
        summary=summary(comparison),
        changes=changes_listed(outcome.changes),
        groups=[
            (benchmark, [_topic(one, comparison) for one in told])
            for benchmark, told in groupby(comparison.topics, key=lambda one: one.topic.benchmark)
        ],
    )


def _topic(one: ComparedTopic, comparison: Comparison) -> dict[str, Any]:
    near = {silence.policy: elsewhere_told(silence) for silence in one.silences}
    return {
        "name": one.topic.name,
        "description": one.topic.description,
        "benchmark": one.topic.benchmark,
        "cells": [
            {
                "policy": name,
                "says": "; ".join(map(few_words, one.of(name))),
                "near": near.get(name, ""),
            }
            for name in comparison.policies
        ],
        "differences": [
            {
                "part": PART_WORDS[difference.part],
                "title": next(iter(row.promises.values())).obligation.title,
                "said": [(", ".join(one.policies), said_words(one)) for one in difference.said],
            }
            for row in one.rows
            for difference in row.differences
        ],
        "relations": relations_told(one.relations),
    }
