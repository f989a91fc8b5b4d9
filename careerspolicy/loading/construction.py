"""From a checked tree to the model: the policy, its document and its obligations.

Third step of loading. The tree has passed conformity and consistency, so nothing is checked here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from careerspolicy.loading.drafts import drafts_in
from careerspolicy.loading.parameters import answered
from careerspolicy.loading.records import structured
from careerspolicy.loading.shape import duty_of
from careerspolicy.model.policy import Policy
from careerspolicy.vocabulary import shared_vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from careerspolicy.loading.drafts import Draft


def build_policy(tree: Mapping[str, Any], file: str, answers: Mapping[str, str]) -> Policy:
    """The policy that a checked tree describes, under some answers to its open points.

    Raises UnknownName for an answer that can't be given.
    """
    lines = [line for line, _ in tree["obligations"].value_places]
    tree = answered(tree, answers)
    vocabulary = shared_vocabulary().extended(tree.get("vocabulary", {}))
    drafts = drafts_in(tree, vocabulary, range(len(lines)))
    obligations = [
        {**_obligation(draft, tree["document"].get("review_every")), "line": line}
        for draft, line in zip(drafts, lines, strict=True)
    ]
    parameters = [
        {
            **point,
            "name": name,
            "values": [{**answer, "name": value} for value, answer in point["values"].items()],
            "taken": answers.get(name, point["taken"]),
        }
        for name, point in tree.get("parameters", {}).items()
    ]
    fields = {"id": tree["policy"], "obligations": obligations, "parameters": parameters}
    return structured({**tree, **fields, "vocabulary": vocabulary, "file": file}, Policy)


def _obligation(draft: Draft, review_every: str | None) -> dict[str, Any]:
    """An obligation's fields; the file's words are most of them."""
    duty = duty_of(draft, review_every)
    sources = [source for _, source in draft.sources]
    instruments = [source["instrument"] for source in sources if "instrument" in source]
    return {
        "strength": "must",
        "benchmark": draft.vocabulary.topics[draft.tree["topic"]].benchmark,
        **draft.tree,
        "title": duty.predicate.title if duty.predicate else draft.tree["title"],
        "source": sources,
        "authority": draft.cited[instruments[0]] if draft.cited and instruments else None,
        "duty": duty,
    }
