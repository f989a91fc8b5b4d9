"""A comparison as one page: topics by benchmark, a column a trust, every row to be opened.

The page holds all that it shows and asks nothing of a network. It reads without JavaScript, which
only filters. `templates/compare.html.j2` lays it out.
"""

from __future__ import annotations

from itertools import groupby
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from careerspolicy.comparison.promises import Part, shape
from careerspolicy.english.citations import cited
from careerspolicy.english.parts import parts
from careerspolicy.rendering.compare.changes import changes_listed
from careerspolicy.rendering.compare.summary import summary
from careerspolicy.rendering.compare.words import (
    PART_WORDS,
    elsewhere_told,
    few_words,
    relations_told,
    said_words,
    witnesses_told,
)
from careerspolicy.rendering.report.page import policy_of
from careerspolicy.rendering.templating import page_from

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from careerspolicy.comparison import ComparedRow, ComparedTopic, Outcome
    from careerspolicy.solver.promises import Promise


def comparison_page(outcome: Outcome, *, templates: Path | None = None) -> str:
    """The page; raises BrokenTemplate for a user's template that fails."""
    comparison = outcome.comparison
    script = page_from("compare.js", templates=templates)
    names = [*comparison.policies]
    return page_from(
        "compare.html.j2",
        templates=templates,
        policies=comparison.policies,
        summary=summary(comparison),
        changes=changes_listed(outcome.changes),
        benchmarks=[
            (benchmark, [_topic(one, names) for one in told])
            for benchmark, told in groupby(comparison.topics, key=lambda one: one.topic.benchmark)
        ],
        script=Markup(script),  # noqa: S704 - the template's own text, with no value in it
        script_policy=policy_of(script),
    )


def _topic(one: ComparedTopic, names: Sequence[str]) -> dict[str, Any]:
    alone = {
        name: [
            _promise(row.promises[name]) for row in one.rows if row.alone and name in row.promises
        ]
        for name in names
    }
    return {
        "name": one.topic.name,
        "description": one.topic.description,
        "silent": {silence.policy: elsewhere_told(silence) for silence in one.silences},
        "rows": [_row(row, names) for row in one.rows if not row.alone],
        "alone": alone if any(alone.values()) else None,
        "alone_shapes": [f"{n}" if alone[name] else "-" for n, name in enumerate(names)],
        "relations": relations_told(one.relations),
    }


def _row(row: ComparedRow, names: Sequence[str]) -> dict[str, Any]:
    return {
        "cells": {
            name: _promise(row.promises[name]) if name in row.promises else None for name in names
        },
        "shapes": _shapes(row, names),
        "parts": [PART_WORDS[one.part] for one in row.differences],
        "reworded": row.reworded,
        "differences": [
            (
                PART_WORDS[one.part],
                [(", ".join(said.policies), said_words(said)) for said in one.said],
            )
            for one in row.differences
        ],
        "relations": relations_told(row.relations),
        "witnesses": witnesses_told(row.relations),
    }


def _shapes(row: ComparedRow, names: Sequence[str]) -> list[str]:
    """A sign for each policy, the same where they ask the same; "-" where one has no promise."""
    signs: dict[tuple[object, ...], str] = {}
    told = []
    for name in names:
        if name in row.promises:
            key = tuple(shape(row.promises[name]).get(part) for part in Part)
            told.append(signs.setdefault(key, ascii_uppercase[len(signs) % 26]))
        else:
            told.append("-")
    return told


def _promise(promise: Promise) -> dict[str, Any]:
    said = parts(promise.obligation, promise.policy)
    return {
        "id": promise.obligation.id,
        "title": promise.obligation.title,
        "says": few_words(promise),
        "cited": cited(promise.obligation),
        "parts": [
            (words, getattr(said, part.value))
            for part, words in PART_WORDS.items()
            if getattr(said, part.value)
        ],
    }
