"""The parts of one obligation as short phrases, to set policies side by side.

Beside `sentences`, from the same words; a part that nothing is said of is empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from careerspolicy.english import people
from careerspolicy.english.doings import doing
from careerspolicy.english.own_words import own_words
from careerspolicy.english.times import Time, Times
from careerspolicy.english.wording import joined, tidy
from careerspolicy.model.duty import Verb
from careerspolicy.model.population import Population
from careerspolicy.model.schedule import Vaguely

if TYPE_CHECKING:
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
    population, schedule = duty.population, duty.schedule
    everybody = Population(subject=population.subject)  # whom it is for is a part of its own
    does = doing(attrs.evolve(duty, population=everybody), obligation.who, "", vocabulary)
    time = Times(policy.readings.ages, vocabulary).time(schedule)
    if duty.verb is Verb.UPHOLD and not isinstance(schedule, Vaguely):
        time = Time()  # the rhythm of an attestation is its evidence's
    each = ""
    if people.of_records(population):
        each = people.each_record(population, vocabulary)
    elif population.subject == "pupil":
        each = people.whom(population, vocabulary)
    elif people.says_which_pupils(population):
        each = people.pupils(population, vocabulary)
    where = people.where_it_holds(obligation, vocabulary)
    owed_to = people.owed_to(obligation) if obligation.to else ""

    def ours(text: str) -> str:
        return own_words(tidy(text), policy)

    return Parts(
        who=ours(people.owners(obligation, vocabulary)),
        whom=ours("; ".join(filter(None, (where, each, owed_to)))),
        what=ours(joined(does.words, does.tail)),
        when=joined(ours(time.span), duty.how_soon),
        how_often=ours(time.often),
        strength=obligation.strength.value,
        hedge=obligation.hedge,
    )
