"""The parts of one obligation as short phrases, to set policies side by side.

Beside `sentences`, from the same words; a part that nothing is said of is empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from careerspolicy.english.doings import doing
from careerspolicy.english.own_words import own_words
from careerspolicy.english.people import (
    each_record,
    of_records,
    owed_to,
    owners,
    where_it_holds,
    whom,
)
from careerspolicy.english.times import Times
from careerspolicy.english.wording import tidy
from careerspolicy.model.duty import Population, Vaguely, Verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.model.duty import Duty, Schedule
    from careerspolicy.model.policy import Obligation, Policy


@attrs.frozen(kw_only=True)
class Parts:
    """Who owes what to whom, how much of it, by when, how often, how strongly, and the hedge."""

    who: str
    whom: str
    what: str
    when: str
    how_often: str
    strength: str
    hedge: str


def parts(obligation: Obligation, policy: Policy) -> Parts:
    """The parts of an obligation, in its document's own words."""
    duty, vocabulary = obligation.duty, policy.vocabulary
    times = Times(policy.readings.ages, vocabulary)
    attested = duty.verb is Verb.UPHOLD
    does = doing(_for_all(duty), obligation.who, "", vocabulary)
    what = f"{does.words}, {does.tail}" if does.tail else does.words
    when = "" if attested else times.time(duty.schedule).span

    def ours(text: str) -> str:
        return own_words(tidy(text), policy)

    return Parts(
        who=ours(owners(obligation, vocabulary)),
        whom=ours("; ".join(_whom(obligation, policy))),
        what=ours(what),
        when=", ".join(filter(None, (ours(when), duty.how_soon))),
        how_often=ours(_how_often(times, duty.schedule, attested=attested)),
        strength=obligation.strength.value,
        hedge=obligation.hedge,
    )


def _for_all(duty: Duty) -> Duty:
    """A duty for everybody: whom it is for has a part of its own."""
    everybody = Population(subject=duty.population.subject)
    return attrs.evolve(duty, population=everybody)


def _whom(obligation: Obligation, policy: Policy) -> Iterator[str]:
    """The pupils, records or schools it is for, and those whom the document names as owed."""
    population, vocabulary = obligation.duty.population, policy.vocabulary
    where = where_it_holds(obligation, vocabulary)
    if where:
        yield where
    if of_records(population):
        yield each_record(population, vocabulary)
    elif population.subject == "pupil":
        yield whom(population, vocabulary)
    if obligation.to:
        yield owed_to(obligation)


def _how_often(times: Times, schedule: Schedule, *, attested: bool) -> str:
    """The rhythm of what is owed; of attestations it is their evidence's, unless in words."""
    if attested and not isinstance(schedule, Vaguely):
        return ""
    return times.time(schedule).often
