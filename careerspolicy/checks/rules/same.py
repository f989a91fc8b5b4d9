"""When two obligations ask for the very same thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Hashable

    from careerspolicy.model.duty import Duty
    from careerspolicy.model.policy import Obligation


def sameness(obligation: Obligation) -> Hashable:
    """A value that is equal for obligations of one topic that ask for the very same thing."""
    return (obligation.topic, obligation.to, asked(obligation.duty))


def asked(duty: Duty) -> Duty:
    """The duty without the id that an attestation of it carries."""
    kept = tuple(one for one in duty.records.where if one.attribute != "promise")
    return attrs.evolve(duty, records=attrs.evolve(duty.records, where=kept))
