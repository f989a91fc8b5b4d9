"""From a checked tree to the model: the policy, its document and its obligations.

Third step of loading. The tree has passed conformity and consistency, so nothing is checked here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from careerspolicy.loading.document import build_document, build_lint
from careerspolicy.loading.places import build_accounted, build_source
from careerspolicy.loading.shape import DutyBuilder, as_list, verb_of
from careerspolicy.policy import (
    AgesReading,
    FurtherReading,
    JoinersReading,
    LeaversReading,
    Obligation,
    Policy,
    Readings,
    Strength,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from careerspolicy.plain_yaml import LocatedDict
    from careerspolicy.vocabulary import Vocabulary


def build_policy(tree: Mapping[str, Any], vocabulary: Vocabulary, file: str) -> Policy:
    """The policy that a checked tree describes."""
    obligations: list[LocatedDict] = tree["obligations"]
    places = getattr(obligations, "value_places", [(0, 0)] * len(obligations))
    builder = DutyBuilder(vocabulary, tree["document"].get("review_every"))
    return Policy(
        id=tree["policy"],
        trust=tree["trust"],
        document=build_document(tree["document"]),
        readings=_readings(tree.get("readings", {})),
        words=tree.get("words", {}),
        lint=build_lint(tree.get("lint", {})),
        clauses=tuple(map(build_accounted, tree.get("clauses", ()))),
        vocabulary=vocabulary,
        obligations=tuple(
            _obligation(builder, told, line)
            for told, (line, _) in zip(obligations, places, strict=True)
        ),
        file=file,
    )


def _readings(told: Mapping[str, str]) -> Readings:
    usual = Readings()
    return Readings(
        ages=AgesReading(told.get("ages", usual.ages.value)),
        further=FurtherReading(told.get("further", usual.further.value)),
        joiners=JoinersReading(told.get("joiners", usual.joiners.value)),
        leavers=LeaversReading(told.get("leavers", usual.leavers.value)),
    )


def _obligation(builder: DutyBuilder, told: Mapping[str, Any], line: int) -> Obligation:
    verb = verb_of(told)
    topic = builder.vocabulary.topics[told["topic"]]
    sources = told["source"]
    return Obligation(
        id=told["id"],
        topic=told["topic"],
        title=told["title"],
        benchmark=told.get("benchmark", topic.benchmark),
        strength=Strength(told.get("strength", "must")),
        hedge=told.get("hedge", ""),
        who=as_list(told["who"]),
        to=as_list(told.get("to", ())),
        duty=builder.duty(verb, told),
        source=tuple(map(build_source, sources if isinstance(sources, list) else [sources])),
        note=told.get("note", ""),
        line=line,
    )
