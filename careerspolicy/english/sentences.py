"""One obligation as one sentence, readable aloud, in its document's own words.

The top of `english`: everything that people read takes its sentences from here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.english.conditions import prohibited
from careerspolicy.english.doings import doing, is_said_of_each, places_time, says_that_it_stands
from careerspolicy.english.own_words import own_words
from careerspolicy.english.people import (
    are_several,
    each_record,
    of_records,
    owed_to,
    owners,
    where_it_holds,
)
from careerspolicy.english.things import Things, described
from careerspolicy.english.times import Time, Times, vaguely
from careerspolicy.english.wording import gerund, number_in_words, sentence_of, tidy
from careerspolicy.model.duty import Always, Around, Bound, Covers, Vaguely, Verb
from careerspolicy.model.policy import FurtherReading, Of, Strength

if TYPE_CHECKING:
    from careerspolicy.english.doings import Doing
    from careerspolicy.model.duty import Duty
    from careerspolicy.model.policy import Obligation, Policy

_MODALS: Final = {Strength.MUST: "will", Strength.SHOULD: "should", Strength.MAY: "may"}
#: A sentence whose heart is longer begins with what says when.
_LONG: Final = 90
_ONE: Final = Bound(at_least=1)

#: Hedges by where such words belong: before the verb, with the number, or round the verb.
_ADVERB: Final = re.compile(r"^(?:\w+ly|often|sometimes|never|always|also)$")
_OF_NUMBERS: Final = re.compile(r"^(?:approximately|roughly|around|about|nearly|almost)$")
_TRIES_TO: Final = re.compile(
    r"^((?:\w+ly )?(?:work|seek|aim|try|strive|endeavour|hope|intend))s? to$"
)
_TOWARDS: Final = re.compile(r"^((?:\w+ly )?work)s? towards$")
_IS_TO: Final = re.compile(r"^(?:is|are) ((?!designed)(\w+).* (?:to|towards))$")
_DESIGNED: Final = re.compile(r"^(?:is|are) designed (to|so)(?: ensure)?$")
_SOMEBODY: Final = re.compile(r"^(?:we|the school|the trust|they) \w+$")
#: What is "to" with a noun after it rather than a verb.
_WITH_GERUND: Final = ("committed", "dedicated", "devoted", "used")


def sentence(obligation: Obligation, policy: Policy) -> str:
    """What an obligation promises, as one full sentence.

    A promise that is only attested has its predicate; any other is told from its shape.
    """
    return _Promise.of(obligation, policy).sentence()


def in_few_words(obligation: Obligation, policy: Policy) -> str:
    """A promise as a phrase for a cell of a table, its strength first and its owner left out.

    For example "must: give every pupil at least one careers lesson in every term".
    """
    return f"{obligation.strength.value}: {_Promise.of(obligation, policy).in_few_words()}"


def evidence(obligation: Obligation, policy: Policy) -> str:
    """What a sentence leaves out: how it is known, beyond what it comes, and to whom it is owed.

    For example "known by an attestation by the headteacher at least every year; owed to parents".
    Empty where there is nothing to add to the sentence.
    """
    promise = _Promise.of(obligation, policy)
    owed = f"owed to {owed_to(obligation)}" if obligation.to else ""
    words = "; ".join(filter(None, (promise.known(), promise.further(), owed)))
    return own_words(words, policy)


@attrs.frozen
class _Promise:
    """An obligation as the parts of a sentence, which it puts in order."""

    obligation: Obligation
    policy: Policy
    duty: Duty
    hedge: str
    does: Doing
    time: Time
    front: str

    @classmethod
    def of(cls, obligation: Obligation, policy: Policy) -> _Promise:
        """An obligation's parts."""
        duty, hedge = obligation.duty, obligation.hedge
        bound = duty.bound
        if _OF_NUMBERS.match(hedge) and _is_at_least_some(duty):
            about = f"{hedge} {number_in_words(bound.at_least or 0)}"
            duty, hedge = attrs.evolve(duty, bound=Bound(vague=about)), ""
        time = _time(duty, obligation, policy)
        does = doing(duty, obligation.who, time.words, policy.vocabulary)
        if duty.predicate is not None and places_time(duty.predicate):
            time = Time()
        where = where_it_holds(obligation, policy.vocabulary)
        front = _joined(where, _for_each(duty, policy), does.front)
        return cls(obligation, policy, duty, hedge, does, time, front)

    def sentence(self) -> str:
        """The whole sentence."""
        does, when, front = self.does, self.time.words, self.front
        modal = _MODALS[self.obligation.strength]
        if self.time.amid and not does.says_not:
            modal, when = f"{modal} {when}", ""
        heart, end = self._hedged(modal)
        comma = "," if does.is_open or "," in heart else ""
        if when and not front and self._begins_with_time(heart):
            front, when = when, ""
        heart = _joined(front, heart)
        words = own_words(
            _joined(f"{heart}{comma} {when}" if when else heart, does.tail), self.policy
        )
        return sentence_of(_joined(words, self.duty.how_soon, end))

    def _begins_with_time(self, heart: str) -> bool:
        """Whether what says when begins a long sentence; not before the pupil that it is of."""
        schedule = self.duty.schedule
        if self.time.of_pupil:
            return False
        long = len(heart) > _LONG and not isinstance(schedule, Vaguely)
        return long or bool(self.does.tail and self.time.has_tail)

    def _hedged(self, modal: str) -> tuple[str, str]:
        """Who will do what, with the hedge in its place, or what it adds at the end."""
        does, hedge, many = self.does, self.hedge, False
        owner = does.owner
        if not owner:
            joint = "or" if self.policy.of is Of.LAW else "and"
            owner = owners(self.obligation, self.policy.vocabulary, joint)
            many = are_several(self.obligation.who, joint)
        says, will = f"{does.verb} {does.rest}".rstrip(), f"{modal} not" if does.says_not else modal
        if _ADVERB.match(hedge) and not _OF_NUMBERS.match(hedge):
            return f"{owner} {will} {hedge} {says}", ""
        if tries := _TRIES_TO.match(hedge):
            return f"{owner} {will} {tries[1]} to {says}", ""
        if towards := _TOWARDS.match(hedge):
            return f"{owner} {will} {towards[1]} towards {_acting(does)}", ""
        if is_to := _IS_TO.match(hedge):
            be = f"{will} be" if will != "will" else "are" if many else "is"
            said = _acting(does) if is_to[2] in _WITH_GERUND else says
            return f"{owner} {be} {is_to[1]} {said}", ""
        if designed := _DESIGNED.match(hedge):  # not the owner, but what the owner does
            to = "to" if designed[1] == "to" else "so as to"
            return f"what {owner} does {will} be designed {to} {says}", ""
        return f"{owner} {will} {says}", f"as {hedge}" if _SOMEBODY.match(hedge) else hedge

    def in_few_words(self) -> str:
        """What is owed, to whom and when, without its owner."""
        does = self.does
        words = does.words
        if does.owner:
            words = f"{does.owner} {'not ' if does.says_not else ''}to {does.verb} {does.rest}"
        for part in filter(None, (self.time.words, self.front)):
            words = f"{tidy(words)}{',' if ',' in words else ''} {part}"
        words = own_words(_joined(words, does.tail), self.policy)
        return tidy(_joined(words, self.duty.how_soon, self.hedge))

    def known(self) -> str:
        """What is counted, where the sentence is not made of it."""
        duty, vocabulary = self.duty, self.policy.vocabulary
        if duty.predicate is None:
            return ""
        kind = vocabulary.kinds[duty.records.kind]
        if duty.verb is not Verb.UPHOLD:
            counted = Things.of(duty, vocabulary)
            return f"known by {_joined(counted.words, counted.description.tail)}"
        tests = [test for test in duty.records.where if test.attribute != kind.identity]
        schedule = duty.schedule
        when = "" if isinstance(schedule, Vaguely) else _times(self.policy).time(schedule).words
        noun = described(kind, tests).of(many=False)
        return " ".join(
            filter(None, ("known by an", noun, Things.of(duty, vocabulary).times, when))
        )

    def further(self) -> str:
        """Beyond which other promise this one is."""
        earlier = self.policy.obligation(self.duty.further_to)
        if not self.duty.further_to:
            return ""
        when = _times(self.policy).time(earlier.duty.schedule).words if earlier else ""
        those = "the one owed" if earlier and earlier.duty.bound == _ONE else "those owed"
        clear = when and earlier is not None and self._is_meant(earlier)
        those = f"{those} {when}" if clear else f'{those} as "{self._name(earlier)}"'
        later = self.policy.readings.further is FurtherReading.LATER
        return f"{'after the time for' if later else 'in addition to'} {those}"

    def _is_meant(self, earlier: Obligation) -> bool:
        """Whether its time alone tells an earlier promise of the same things from all others."""
        records, schedule = self.duty.records, earlier.duty.schedule
        alike = [
            other
            for other in self.policy.obligations
            if other.duty.records.kind == records.kind
            and other.duty.schedule == schedule
            and other.id != self.obligation.id
        ]
        same = [other for other in alike if other.duty.records == records]
        return [earlier] == (same or alike)

    def _name(self, earlier: Obligation | None) -> str:
        """What an earlier promise is called: its title, unless another has the same."""
        titles = [other.title for other in self.policy.obligations]
        if earlier is None or titles.count(earlier.title) > 1:
            return self.duty.further_to
        return earlier.title


def _is_at_least_some(duty: Duty) -> bool:
    """Whether a number of things is asked for, and no more than a least one."""
    bound = duty.bound
    counts = duty.predicate is None and not isinstance(duty.measure, Covers)
    return counts and bound.at_most is None and (bound.at_least or 0) > 1


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _times(policy: Policy) -> Times:
    return Times(policy.readings.ages, policy.vocabulary)


def _acting(does: Doing) -> str:
    """The doing of it: "giving every pupil …", "closely working with …"."""
    if not _ADVERB.match(does.verb):
        return f"{gerund(does.verb)} {does.rest}".rstrip()
    verb, _, rest = does.rest.partition(" ")
    return f"{does.verb} {gerund(verb)} {rest}".rstrip()


def _for_each(duty: Duty, policy: Policy) -> str:
    """The records that a promise is for, where nothing else in the sentence names them."""
    population, schedule = duty.population, duty.schedule
    if not of_records(population) or (duty.predicate is None and is_said_of_each(duty)):
        return ""
    each = each_record(population, policy.vocabulary)
    if isinstance(schedule, Around) and schedule.event == population.subject:
        return _times(policy).around(schedule, each)
    return f"for {each}"


def _time(duty: Duty, obligation: Obligation, policy: Policy) -> Time:
    """When, unless the records that it is for say so, or what is done says that a state stands."""
    schedule, times = duty.schedule, _times(policy)
    if isinstance(schedule, Vaguely):
        return vaguely(schedule.words)
    around = isinstance(schedule, Around) and schedule.event == duty.population.subject
    if duty.verb is Verb.UPHOLD or around or is_said_of_each(duty):
        return Time()
    if isinstance(schedule, Always) and says_that_it_stands(
        duty, obligation.who, policy.vocabulary
    ):
        return times.time(schedule).alone
    alike = isinstance(schedule, Around) and schedule.event == duty.records.kind
    return times.time(schedule, another=alike and prohibited(duty.bound))
