"""Rules on duties that the law lays down: what softens them, and the table of them."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import attrs

from careerspolicy.model.policy import Strength
from careerspolicy.plain.yaml_tree import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from careerspolicy.checks.issues import Case, Found
    from careerspolicy.model.policy import Obligation


@attrs.frozen(kw_only=True)
class LegalDuty:
    """What the law says on a topic: where, for which years, and whether for no others.

    `shown_by` is the kind of record that shows the duty done: other promises that a policy makes on
    the topic are its own. Empty where any may be meant.
    """

    law: str
    shown_by: str = ""
    years: tuple[int, int] | None = None
    exactly: bool = False


@lru_cache(maxsize=1)
def legal_duties() -> Mapping[str, LegalDuty]:
    """The topics on which the law lays down a duty."""
    data = files("careerspolicy.checks").joinpath("law.yaml").read_bytes()
    return {
        topic: LegalDuty(
            law=told["law"],
            shown_by=told.get("shown_by", ""),
            years=tuple(told["years"]) if "years" in told else None,
            exactly=told.get("exactly", False),
        )
        for topic, told in read_plain(data, "law.yaml").items()
    }


def hedged(case: Case) -> Iterator[Found]:
    """A hedge on a topic that the law regulates."""
    for one in case.policy.obligations:
        legal = _legal(one)
        if legal and one.hedge:
            message = f'"{one.hedge}" softens a duty of the {legal.law}'
            yield case.about(one, "hedge", message, "take the softening words out of the policy")


def weak(case: Case) -> Iterator[Found]:
    """A strength below "must" on a topic that the law regulates."""
    for one in case.policy.obligations:
        legal = _legal(one)
        if legal and one.strength is not Strength.MUST:
            message = f'the policy says "{one.strength.value}" where the {legal.law} says must'
            yield case.about(one, "strength", message, 'write "will" or "must" in the policy')


def _legal(one: Obligation) -> LegalDuty | None:
    """The duty of the law that an obligation puts in the policy's words, if it is one."""
    legal = legal_duties().get(one.topic)
    return legal if legal and legal.shown_by in ("", one.duty.records.kind) else None
