"""The shipped policies seen: the trusts', and the law that `gaps` holds them against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from careerspolicy.model.policy import Of
from careerspolicy.views.tree import Column, Row, Section, Table, View
from careerspolicy.views.words import FORMAT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from careerspolicy.model.policy import Policy

_COLUMNS: Final = (
    Column("Name"),
    Column("Document"),
    Column("Approved", blank="not said"),
    Column("Next review", blank="not said"),
    Column("Obligations", number=True),
)


def policies_view(policies: Mapping[str, Policy]) -> View:
    """Policies by the name that --policy takes."""
    told = [_policy_data(name, one) for name, one in policies.items()]
    law = "The law, against which gaps holds a policy"
    blocks = _table("The trusts' policies", told, Of.TRUST), _table(law, told, Of.LAW)
    return View(
        title="The shipped policies",
        sections=lambda: (blocks[0], Section(title=law, blocks=blocks[1:])),
        data=lambda: {"format": FORMAT, "policies": told},
    )


def _table(label: str, told: Sequence[Mapping[str, Any]], of: Of) -> Table:
    rows = [
        Row(
            (
                one["name"],
                f"{one['trust']}: {one['title']}",
                one["approved"],
                one["next_review"],
                one["obligations"],
            )
        )
        for one in told
        if one["of"] == of.value
    ]
    return Table(label=label, columns=_COLUMNS, rows=rows)


def _policy_data(name: str, policy: Policy) -> dict[str, Any]:
    approved, review = policy.document.approved, policy.document.next_review
    return {
        "name": name,
        "of": policy.of.value,
        "trust": policy.trust,
        "title": policy.document.title,
        "obligations": len(policy.obligations),
        "approved": str(approved) if approved else None,
        "next_review": str(review) if review else None,
    }
