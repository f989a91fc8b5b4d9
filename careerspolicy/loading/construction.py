"""From a checked tree to the model: the policy, its document and its obligations.

Third step of loading. The tree has passed conformity and consistency, so nothing is checked here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from careerspolicy.loading.document import build_document, build_lint
from careerspolicy.loading.instruments import authority_of, build_in_force, kinds_of_cited
from careerspolicy.loading.parameters import answered, build_parameters
from careerspolicy.loading.places import build_accounted, build_source
from careerspolicy.loading.shape import DutyBuilder, as_list, verb_of
from careerspolicy.model.policy import (
    AgesReading,
    FurtherReading,
    JoinersReading,
    LeaversReading,
    Obligation,
    Of,
    Policy,
    Readings,
    Strength,
)
from careerspolicy.model.taken_from import taken_from_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from careerspolicy.model.policy import CitedKind
    from careerspolicy.plain.yaml_tree import LocatedDict
    from careerspolicy.vocabulary import Vocabulary


def build_policy(
    tree: Mapping[str, Any], vocabulary: Vocabulary, file: str, answers: Mapping[str, str]
) -> Policy:
    """The policy that a checked tree describes, under some answers to its open points.

    Raises UnknownName for an answer that can't be given.
    """
    tree = answered(tree, answers)
    obligations: list[LocatedDict] = tree["obligations"]
    cited = kinds_of_cited(tree["document"])
    places = getattr(obligations, "value_places", [(0, 0)] * len(obligations))
    builder = DutyBuilder(vocabulary, tree["document"].get("review_every"))
    return Policy(
        id=tree["policy"],
        trust=tree["trust"],
        of=Of(tree.get("of", Of.TRUST.value)),
        parameters=build_parameters(tree.get("parameters", {}), answers),
        document=build_document(tree["document"]),
        readings=_readings(tree.get("readings", {})),
        words=tree.get("words", {}),
        lint=build_lint(tree.get("lint", {})),
        clauses=tuple(map(build_accounted, tree.get("clauses", ()))),
        vocabulary=vocabulary,
        obligations=tuple(
            _obligation(builder, told, line, cited)
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


def _obligation(
    builder: DutyBuilder, told: Mapping[str, Any], line: int, cited: Mapping[str, CitedKind]
) -> Obligation:
    verb = verb_of(told)
    topic = builder.vocabulary.topics[told["topic"]]
    sources, duty = told["source"], builder.duty(verb, told)
    return Obligation(
        id=told["id"],
        topic=told["topic"],
        title=duty.predicate.title if duty.predicate else told["title"],
        benchmark=told.get("benchmark", topic.benchmark),
        strength=Strength(told.get("strength", "must")),
        hedge=told.get("hedge", ""),
        who=as_list(told["who"]),
        to=as_list(told.get("to", ())),
        duty=duty,
        source=tuple(map(build_source, sources if isinstance(sources, list) else [sources])),
        note=told.get("note", ""),
        in_force=build_in_force(told.get("in_force", {})),
        authority=authority_of(told, cited),
        near=as_list(told.get("near", ())),
        turns_on=as_list(told.get("turns_on", ())),
        taken_from=taken_from_of(told["taken_from"]) if "taken_from" in told else None,
        line=line,
    )
