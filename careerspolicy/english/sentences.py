"""One obligation as one sentence, readable aloud, in its document's own words; and its parts.

The top of `english`: everything that people read takes its sentences from here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.english import people
from careerspolicy.english.conditions import prohibited
from careerspolicy.english.doings import doing, is_said_of_each, places_time, says_that_it_stands
from careerspolicy.english.things import Things, described
from careerspolicy.english.times import LEAVES, Time, Times
from careerspolicy.english.wording import (
    gerund,
    joined,
    number_in_words,
    own_words,
    sentence_of,
    tidy,
)
from careerspolicy.model.duty import Bound, Covers, Verb
from careerspolicy.model.policy import FurtherReading, Strength
from careerspolicy.model.population import Population, Roll
from careerspolicy.model.schedule import Always, Around, Vaguely

if TYPE_CHECKING:
    from careerspolicy.english.doings import Doing
    from careerspolicy.model.duty import Duty
    from careerspolicy.model.policy import Obligation, Policy

_MODALS: Final = {Strength.MUST: "will", Strength.SHOULD: "should", Strength.MAY: "may"}
#: A sentence whose heart is longer begins with what says when.
_LONG: Final = 90

#: Hedges by where such words belong: before the verb, with the number, or round the verb.
_ADVERB: Final = re.compile(r"^(?:\w+ly|often|sometimes|never|always|also)$")
_OF_NUMBERS: Final = re.compile(r"^(?:approximately|roughly|around|about|nearly|almost)$")
_TRIES_TO: Final = re.compile(
    r"^((?:\w+ly )?(?:work|seek|aim|try|strive|endeavour|hope|intend))s? (to|towards)$"
)
_IS_TO: Final = re.compile(r"^(?:is|are) ((?!designed)(\w+).* (?:to|towards))$")
_DESIGNED: Final = re.compile(r"^(?:is|are) designed (to|so)(?: ensure)?$")
_SOMEBODY: Final = re.compile(r"^(?:we|the school|the trust|they) \w+$")
#: How soon, in words that "after" may follow: "as early as possible", "at the first opportunity".
_AT_ONCE: Final = re.compile(r"^(?:as |immediately|at the .*(?:opportunity|moment)$)")
#: What is "to" with a noun after it rather than a verb.
_WITH_GERUND: Final = ("committed", "dedicated", "devoted", "used")


def sentence(obligation: Obligation, policy: Policy) -> str:
    """What an obligation promises, as one full sentence.

    A promise that is only attested has its predicate; any other is told from its shape.
    """
    promise = _Promise.of(obligation, policy)
    does, time, front, when = promise.does, promise.time, promise.front, promise.time.words
    modal = _MODALS[obligation.strength]
    if time.amid and not does.says_not:
        modal, when = f"{modal} {when}", ""
    heart, end = promise.hedged(modal)
    comma = "," if does.is_open or "," in heart else ""
    long = len(heart) > _LONG and not isinstance(promise.duty.schedule, Vaguely)
    if not (front or "the pupil" in when) and (long or (does.tail and time.has_tail)):
        front, when = when, ""  # "the pupil" comes after whoever that is
    soon = promise.duty.how_soon
    if front.startswith("after ") and _AT_ONCE.match(soon):
        front, soon = f"{soon} {front}", ""
    heart = joined(front, f"{heart}{comma} {when}" if when else heart)
    if obligation.who == ("school",):
        heart = heart.replace(" on the school's website", " on its website")
    words = own_words(joined(heart, does.tail), policy)
    return sentence_of(joined(words, soon, end))


def in_few_words(obligation: Obligation, policy: Policy) -> str:
    """A promise as a phrase for a cell of a table, its strength first and its owner left out.

    For example "must: give every pupil at least one careers lesson each term".
    """
    promise = _Promise.of(obligation, policy)
    does, words = promise.does, promise.does.words
    if does.owner:
        words = f"{does.owner} {'not ' if does.says_not else ''}to {does.verb} {does.rest}"
    where = ""
    if "school" in obligation.who:  # its owner, left out, is what says which schools
        where = people.in_such_schools(promise.duty.population, policy.vocabulary)
    for part in filter(None, (promise.time.words, promise.front, where)):
        words = f"{tidy(words)}{',' if ',' in words else ''} {part}"
    words = own_words(joined(words, does.tail), policy)
    few = tidy(joined(words, promise.duty.how_soon, promise.hedge))
    return f"{obligation.strength.value}: {few}"


def evidence(obligation: Obligation, policy: Policy) -> str:
    """What a sentence leaves out: how it is known, beyond what it comes, and to whom it is owed.

    For example "known by an attestation by the headteacher at least every year; owed to parents".
    Empty where there is nothing to add to the sentence.
    """
    owed = f"owed to {people.owed_to(obligation)}" if obligation.to else ""
    known = _known(obligation.duty, policy)
    return own_words("; ".join(filter(None, (known, _further(obligation, policy), owed))), policy)


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
    for_all = attrs.evolve(duty, population=everybody)
    does = doing(for_all, obligation.who, "", vocabulary)
    time = _times(policy).time(schedule)
    if duty.verb is Verb.UPHOLD and not isinstance(schedule, Vaguely):
        time = Time()  # the rhythm of an attestation is its evidence's
    each = ""
    if people.of_records(population):
        each = people.each_record(population, vocabulary)
    elif population.subject == "pupil":
        each = people.whom(population, vocabulary)
    elif people.says_which_pupils(population):
        each = people.pupils(population, vocabulary)
    where = people.in_such_schools(population, vocabulary)
    where = where or people.where_it_holds(obligation, vocabulary)
    owed_to = people.owed_to(obligation) if obligation.to else ""

    def ours(text: str) -> str:
        return own_words(tidy(text), policy)

    return Parts(
        who=ours(people.owners(attrs.evolve(obligation, duty=for_all), policy)),
        whom=ours("; ".join(filter(None, (where, each, owed_to)))),
        what=ours(joined(does.words, does.tail)),
        when=joined(ours(time.span), duty.how_soon),
        how_often=ours(time.often),
        strength=obligation.strength.value,
        hedge=obligation.hedge,
    )


def _known(duty: Duty, policy: Policy) -> str:
    """What is counted, where the sentence is not made of it."""
    if duty.predicate is None:
        return ""
    counted = Things.of(duty, policy.vocabulary)
    if duty.verb is not Verb.UPHOLD:
        known = "broken by" if prohibited(duty.bound) else "known by"
        offer = "the offer of " if duty.records.offered else ""
        standing = ", at all times" if isinstance(duty.schedule, Always) else ""
        return f"{known} {offer}{joined(counted.words, counted.description.tail)}{standing}"
    kind, schedule = counted.kind, duty.schedule
    tests = [test for test in duty.records.where if test.attribute != kind.identity]
    when = "" if isinstance(schedule, Vaguely) else _times(policy).time(schedule).words
    noun = described(kind, tests).of(many=False)
    return " ".join(filter(None, ("known by an", noun, counted.times, when)))


def _further(obligation: Obligation, policy: Policy) -> str:
    """Beyond which other promise this one is, by its time where that alone tells it, or by name."""
    duty, earlier = obligation.duty, policy.obligation(obligation.duty.further_to)
    if not duty.further_to:
        return ""
    later = policy.readings.further is FurtherReading.LATER
    beyond = "after the time for" if later else "in addition to"
    if earlier is None:
        return f'{beyond} those owed as "{duty.further_to}"'
    those = f"{beyond} {'the one' if earlier.duty.bound == Bound(at_least=1) else 'those'} owed"
    alike = [
        other
        for other in policy.obligations
        if other.duty.records.kind == duty.records.kind
        and other.duty.schedule == earlier.duty.schedule
        and other.id != obligation.id
    ]
    same = [other for other in alike if other.duty.records == duty.records]
    when = _times(policy).time(earlier.duty.schedule).words
    if when and [earlier] == (same or alike):
        return f"{those} {when}"
    titles = [other.title for other in policy.obligations]
    alone = titles.count(earlier.title) == 1
    return f'{those} as "{earlier.title if alone else earlier.id}"'


@attrs.frozen
class _Promise:
    """An obligation as the parts of a sentence."""

    obligation: Obligation
    policy: Policy
    duty: Duty
    hedge: str
    does: Doing
    time: Time
    front: str

    @classmethod
    def of(cls, obligation: Obligation, policy: Policy) -> _Promise:
        """An obligation's parts; a hedge of a number becomes a part of it."""
        duty, hedge = obligation.duty, obligation.hedge
        counts = duty.predicate is None and not isinstance(duty.measure, Covers)
        least = duty.bound.at_least or 0
        if _OF_NUMBERS.match(hedge) and counts and least > 1 and duty.bound.at_most is None:
            about = Bound(vague=f"{hedge} {number_in_words(least)}")
            duty, hedge = attrs.evolve(duty, bound=about), ""
        duty, time = _leaving_once(duty, _time(duty, obligation, policy))
        does = doing(duty, obligation.who, time.words, policy.vocabulary)
        if duty.predicate is not None and places_time(duty.predicate):
            time = Time()
        where = people.where_it_holds(obligation, policy.vocabulary)
        front = " and ".join(filter(None, (where, _for_each(duty, policy), does.front)))
        return cls(obligation, policy, duty, hedge, does, time, front)

    def hedged(self, modal: str) -> tuple[str, str]:
        """Who will do what, with the hedge in its place, or what it adds at the end."""
        does, hedge = self.does, self.hedge
        owner = does.owner or people.owners(self.obligation, self.policy)
        will = f"{modal}{' not' if does.says_not else ''}"
        acts = f"{does.verb} {does.rest}".rstrip()
        if _ADVERB.match(hedge) and not _OF_NUMBERS.match(hedge):
            return f"{owner} {will} {hedge} {acts}", ""
        if tries := _TRIES_TO.match(hedge):
            acts = acts if tries[2] == "to" else _acting(does)
            return f"{owner} {will} {tries[1]} {tries[2]} {acts}", ""
        if is_to := _IS_TO.match(hedge):
            many = not does.owner and people.are_several(self.obligation, self.policy)
            be = f"{will} be" if will != "will" else "are" if many else "is"
            acts = _acting(does) if is_to[2] in _WITH_GERUND else acts
            return f"{owner} {be} {is_to[1]} {acts}", ""
        if designed := _DESIGNED.match(hedge):  # not the owner, but what the owner does
            to = "to" if designed[1] == "to" else "so as to"
            return f"what {owner} does {will} be designed {to} {acts}", ""
        return f"{owner} {will} {acts}", f"as {hedge}" if _SOMEBODY.match(hedge) else hedge


def _acting(does: Doing) -> str:
    """The doing of it: "giving every pupil …", "closely working with …"."""
    if not _ADVERB.match(does.verb):
        return f"{gerund(does.verb)} {does.rest}".rstrip()
    verb, _, rest = does.rest.partition(" ")
    return f"{does.verb} {gerund(verb)} {rest}".rstrip()


def _times(policy: Policy) -> Times:
    return Times(policy.readings.ages, policy.vocabulary)


def _for_each(duty: Duty, policy: Policy) -> str:
    """The records that a promise is for, where nothing else in the sentence names them."""
    population, schedule = duty.population, duty.schedule
    named = duty.predicate is None and is_said_of_each(duty)
    if named or not people.of_records(population):
        return ""
    each = people.each_record(population, policy.vocabulary)
    if isinstance(schedule, Around) and schedule.event == population.subject:
        happens = people.happening_to_pupil(population, policy.vocabulary)
        return _times(policy).around(schedule, happens or each)
    return f"for {each}"


def _leaving_once(duty: Duty, time: Time) -> tuple[Duty, Time]:
    """A duty to leavers and its time: "every pupil … after the pupil leaves the school"."""
    population = duty.population
    if population.roll is Roll.LEAVERS and LEAVES in time.words:
        duty = attrs.evolve(duty, population=attrs.evolve(population, roll=Roll.ANY))
        time = attrs.evolve(time, words=time.words.replace(LEAVES, f"{LEAVES} the school"))
    return duty, time


def _time(duty: Duty, obligation: Obligation, policy: Policy) -> Time:
    """When, unless the records that it is for say so, or what is done says that a state stands."""
    schedule = duty.schedule
    if isinstance(schedule, Vaguely):
        return Time.vaguely(schedule.words)
    around = schedule.event if isinstance(schedule, Around) else ""
    if duty.verb is Verb.UPHOLD or around == duty.population.subject or is_said_of_each(duty):
        return Time()
    another = around == duty.records.kind and prohibited(duty.bound)
    years = len(duty.population.years) if duty.population.subject == "pupil" else 0
    held = "in those years" if years > 1 else "in that year" if years else ""
    time = _times(policy).time(schedule, another=another, held=held)
    stands = says_that_it_stands(duty, obligation.who, policy.vocabulary)
    return Time(words=time.span, span=time.span) if stands else time
