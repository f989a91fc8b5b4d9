"""A policy held against the law, as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from careerspolicy.comparison.law import Compliance
from careerspolicy.rendering.report.data import FORMAT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.calendar.partial_date import PartialDate
    from careerspolicy.comparison.law import AgainstLaw, Gap
    from careerspolicy.model.policy import Obligation, Source


def gaps_json(questions: Sequence[AgainstLaw]) -> str:
    """The answer to each question, about one day each."""
    first = questions[0]
    document = {
        "format": FORMAT,
        "policy": first.policy.id,
        "law": first.law.id,
        "readings": {one.name: one.taken for one in first.law.parameters},
        "unsolved": first.unsolved or None,
        "questions": [_question(found) for found in questions],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _question(found: AgainstLaw) -> dict[str, Any]:
    return {
        "on": found.on.isoformat(),
        "own_date": found.own_date,
        "falls_short": found.falls_short,
        "summary": {
            kind: {
                one.value: sum(g.standing is one and g.statutory is statutory for g in found.gaps)
                for one in Compliance
            }
            for kind, statutory in (("statute", True), ("guidance", False))
        },
        "duties": [_gap(one) for one in found.gaps],
        "apart": [one.id for one in found.apart],
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "id": gap.law.id,
        "topic": gap.law.topic,
        "benchmark": gap.law.benchmark,
        "title": gap.law.title,
        "strength": gap.law.strength.value,
        "authority": gap.law.authority.value if gap.law.authority else None,
        "statutory": gap.statutory,
        "sources": [_source(one) for one in gap.law.source],
        "in_force": _in_force(gap.law),
        "standing": gap.standing.value,
        "promises": [one.id for one in gap.promises],
        "why": gap.why or None,
        "witness": _witness(gap),
    }


def _witness(gap: Gap) -> dict[str, Any] | None:
    """A made-up history that tells the two apart: as a sentence, and as facts to evaluate."""
    if not gap.witnesses:
        return None
    shown = gap.witnesses[0]
    return {
        "sentence": shown.sentence,
        "as_of": shown.as_of.isoformat(),
        "facts": shown.as_facts_yaml(),
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "instrument": source.instrument,
        "section": source.section,
        "edition": _written(source.edition),
    }


def _in_force(one: Obligation) -> dict[str, str | None]:
    return {"from": _written(one.in_force.start), "until": _written(one.in_force.until)}


def _written(day: PartialDate | None) -> str | None:
    return None if day is None else str(day)
