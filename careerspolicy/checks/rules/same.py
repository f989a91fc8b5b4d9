"""When two obligations ask for the very same thing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from careerspolicy.model.duty import Vaguely, Verb

if TYPE_CHECKING:
    from collections.abc import Hashable

    from careerspolicy.model.duty import Duty
    from careerspolicy.model.policy import Obligation


def sameness(one: Obligation) -> Hashable:
    """A value that is equal for obligations of one topic that ask for the very same thing.

    What is attested has no shape to go by, nor has what vague words leave open: there the titles
    have to be the same as well.
    """
    duty = one.duty
    vague = duty.bound.vague or duty.how_soon or isinstance(duty.schedule, Vaguely)
    told = duty.verb is not Verb.UPHOLD and not vague
    return (one.topic, one.to, asked(duty), "" if told else _plain(one.title))


def asked(duty: Duty) -> Duty:
    """The duty without the id that an attestation of it carries."""
    kept = tuple(one for one in duty.records.where if one.attribute != "promise")
    return attrs.evolve(duty, records=attrs.evolve(duty.records, where=kept))


def _plain(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))
