"""Facts and obligations without those that have no bearing on one pupil: sooner, and the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from careerspolicy.errors import UnknownName
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from careerspolicy.facts import Facts
    from careerspolicy.policy import Obligation


def facts_about(facts: Facts, pupil: str) -> Facts:
    """The facts without other pupils, their schools and all their records.

    Raises UnknownName if they hold no such pupil.
    """
    found = facts.pupil_by_id.get(pupil)
    if found is None:
        hint = did_you_mean(pupil, facts.pupil_by_id)
        raise UnknownName(f'these facts hold no pupil "{pupil}"{f"; {hint}" if hint else ""}')
    school = facts.school_by_urn[found.school]
    own = {one.id for one in facts.records if one.owner == pupil and one.of == "pupil"}
    owners = {("pupil", pupil), ("school", school.urn), ("trust", school.trust)}
    return attrs.evolve(
        facts,
        schools=(school,),
        pupils=(found,),
        records=tuple(
            one for one in facts.records if (one.of, one.owner) in owners or one.about in own
        ),
    )


def whom_about(obligations: Iterable[Obligation]) -> tuple[Obligation, ...]:
    """The obligations that can be about one pupil: not a school's, a trust's or of a share."""
    return tuple(
        one
        for one in obligations
        if one.duty.population.subject not in ("school", "trust")
        and one.duty.population.share is None
    )
