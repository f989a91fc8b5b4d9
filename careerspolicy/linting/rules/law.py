"""Rules on duties that the law lays down: what softens them, and the table of them."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import attrs

from careerspolicy.linting.issues import Case, Found
from careerspolicy.plain_yaml import read_plain
from careerspolicy.policy import Strength

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@attrs.frozen(kw_only=True)
class LegalDuty:
    """What the law says on a topic: where, for which years, and whether for no others."""

    law: str
    years: tuple[int, int] | None = None
    exactly: bool = False


@lru_cache(maxsize=1)
def legal_duties() -> Mapping[str, LegalDuty]:
    """The topics on which the law lays down a duty."""
    data = files("careerspolicy.linting").joinpath("law.yaml").read_bytes()
    return {
        topic: LegalDuty(
            law=told["law"],
            years=tuple(told["years"]) if "years" in told else None,
            exactly=told.get("exactly", False),
        )
        for topic, told in read_plain(data, "law.yaml").items()
    }


def hedged(case: Case) -> Iterator[Found]:
    """A hedge on a topic that the law regulates."""
    for one in case.policy.obligations:
        legal = legal_duties().get(one.topic)
        if legal and one.hedge:
            message = f'"{one.hedge}" softens a duty of the {legal.law}'
            yield case.about(one, "hedge", message, "take the softening words out of the policy")


def weak(case: Case) -> Iterator[Found]:
    """A strength below "must" on a topic that the law regulates."""
    for one in case.policy.obligations:
        legal = legal_duties().get(one.topic)
        if legal and one.strength is not Strength.MUST:
            message = f'the policy says "{one.strength.value}" where the {legal.law} says must'
            yield case.about(one, "strength", message, 'write "will" or "must" in the policy')
