"""One obligation as one sentence, readable aloud, in its document's own words.

The top of `english`: everything that people read takes its sentences from here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.duty import Around, Bound, Vaguely, Verb
from careerspolicy.english.described import described
from careerspolicy.english.doings import Doing, doing, is_said_of_each
from careerspolicy.english.hedges import Spoken, spoken
from careerspolicy.english.own_words import own_words
from careerspolicy.english.people import (
    each_record,
    of_records,
    owners,
    says_which_pupils,
    where_it_holds,
    whom,
)
from careerspolicy.english.phrases import role
from careerspolicy.english.things import how_many_times
from careerspolicy.english.times import Times
from careerspolicy.english.titles import is_named, upheld
from careerspolicy.english.wording import a, listing, sentence_of, tidy
from careerspolicy.policy import FurtherReading, Strength

if TYPE_CHECKING:
    from careerspolicy.duty import Duty, Schedule
    from careerspolicy.policy import Obligation, Policy

MODALS: Final = {Strength.MUST: "will", Strength.SHOULD: "should", Strength.MAY: "may"}
_LONG: Final = 90
#: What says when and is best said right after "will".
_STANDS_AMID: Final = re.compile(r"^(?:\w+ly|often|always|sometimes|at all times)$")
_TAIL: Final = re.compile(r" (?:covering|dealing with|including) ")
_TAKES_COMMA: Final = re.compile(r",| (?:who|that|whose|which|about|taking part) ")
#: A word for how often that is no adverb: "ongoing", "regular".
_ADJECTIVE: Final = re.compile(
    r"^(?!.*(?:ly|ways|times)$)(?:on-?going|continuous|\w+(?:ous|al|ar|ic|ent|ed))$"
)


def sentence(obligation: Obligation, policy: Policy) -> str:
    """What an obligation promises, as one full sentence.

    A promise that is only attested stands in its title; any other is told from its shape.
    """
    return _Sentence(obligation, policy).told()


def evidence(obligation: Obligation, policy: Policy) -> str:
    """How a promise that is only attested is known; empty for any other.

    For example "an attestation by the headteacher at least every year".
    """
    duty = obligation.duty
    if duty.verb is not Verb.UPHOLD:
        return ""
    kind = policy.vocabulary.kinds[duty.records.kind]
    conditions = [one for one in duty.records.where if one.attribute != "promise"]
    told = described(kind, conditions, None).of(many=False)
    often = how_many_times(duty, policy.vocabulary)
    vague = isinstance(duty.schedule, Vaguely)
    times = Times(policy.readings.ages, policy.vocabulary)
    when = "" if vague else times.when(duty.schedule)
    return own_words(" ".join(filter(None, (f"an {told}", often, when))), policy)


@attrs.frozen
class _Sentence:
    obligation: Obligation
    policy: Policy

    @property
    def duty(self) -> Duty:
        return self.obligation.duty

    @property
    def times(self) -> Times:
        return Times(self.policy.readings.ages, self.policy.vocabulary)

    def told(self) -> str:
        """The whole sentence."""
        ours, front, when, tail = self._heart()
        if when and not front and (self._is_long(ours.heart) or (tail and _TAIL.search(when))):
            front, when = when, ""
        to = self._to(f"{front} {ours.heart} {tail}")
        if to and not front and self.duty.verb is Verb.UPHOLD:
            front, to = to.removeprefix(", "), ""
        heart = f"{front}, {ours.heart}" if front else ours.heart
        if when:
            heart = f"{heart}{',' if self._takes_comma(ours.heart) else ''} {when}"
        heart = f"{heart}{self._further()}{to}"
        heart = own_words(", ".join(filter(None, (heart, tail))), self.policy)
        ends = [heart, self.duty.how_soon, ours.end]
        return sentence_of(", ".join(filter(None, ends)))

    def in_few_words(self) -> str:
        """What is owed, to whom and when, without its owner."""
        does = self._does()
        front = ", ".join(filter(None, (self._front(), does.front)))
        said = f"{'not ' if does.negated else ''}{does.verb} {does.rest} {self._when()} {front}"
        told = own_words(", ".join(filter(None, (tidy(said), does.tail))), self.policy)
        ends = (told, self.duty.how_soon, self.obligation.hedge)
        return tidy(", ".join(filter(None, ends)))

    def _does(self) -> Doing:
        """What the owner does: told from the title, or from the shape."""
        if self.duty.verb is Verb.UPHOLD:
            return upheld(self.obligation)
        return doing(self.duty, self.obligation.who, self.policy.vocabulary)

    def _heart(self) -> tuple[Spoken, str, str, str]:
        """Who does what; what stands before it; when; and what comes last."""
        obligation = self.obligation
        owner = owners(obligation, self.policy.vocabulary)
        owner, does = self._by_pupils(owner, self._does())
        modal, when = MODALS[obligation.strength], self._when()
        if _STANDS_AMID.match(when) and not does.negated:
            modal, when = f"{modal} {when}", ""
        told = spoken(owner, modal, does, obligation.hedge)
        front = ", ".join(filter(None, (self._front(), does.front)))
        return told, front, when, does.tail

    def _by_pupils(self, owner: str, does: Doing) -> tuple[str, Doing]:
        """What pupils themselves owe is theirs to have, not to give to one another."""
        theirs = self.obligation.who == ("pupil",) and self.duty.population.subject == "pupil"
        if not theirs or self.duty.verb is Verb.UPHOLD:
            return owner, does
        everybody = whom(self.duty.population, self.policy.vocabulary, none=does.negated)
        nobody = re.sub("^every ", "no ", everybody)
        either = f"{re.escape(everybody)}|{re.escape(nobody)}"
        said = f"{does.verb} {does.rest}"
        found = re.match(rf"(?:give|make sure that) ({either}) (?:has |have )?", said)
        if not found:
            return owner, does
        owner = re.sub("^any ", "no ", found[1])
        return owner, attrs.evolve(does, verb="have", rest=said[found.end() :], negated=False)

    def _front(self) -> str:
        """What a sentence begins with: in which schools, for which records."""
        return ", ".join(
            filter(None, (where_it_holds(self.obligation, self.policy.vocabulary), self._each()))
        )

    def _each(self) -> str:
        duty, vocabulary = self.duty, self.policy.vocabulary
        population, schedule = duty.population, duty.schedule
        if duty.verb is Verb.UPHOLD and population.subject == "pupil":
            return f"for {whom(population, vocabulary)}"
        if not of_records(population) or is_said_of_each(duty):
            return ""
        each = each_record(population, vocabulary)
        if isinstance(schedule, Around) and schedule.event == population.subject:
            return self.times.around(schedule, each)
        return f"for {each}"

    def _when(self) -> str:
        schedule = self.duty.schedule
        if self.duty.verb is Verb.UPHOLD:
            return self._vague_words(schedule)
        if _is_around_subject(self.duty) or is_said_of_each(self.duty):
            return ""
        if isinstance(schedule, Vaguely):
            return self._vague_words(schedule)
        return self.times.when(schedule)

    def _vague_words(self, schedule: Schedule) -> str:
        """However often a policy says, where the title does not say it already."""
        words = schedule.words if isinstance(schedule, Vaguely) else ""
        if self.duty.verb is Verb.UPHOLD and words.lower() in self.obligation.title.lower():
            return ""
        return f"on {a(words)} basis" if _ADJECTIVE.match(words) else words

    def _is_long(self, heart: str) -> bool:
        return len(heart) > _LONG and not isinstance(self.duty.schedule, Vaguely)

    def _takes_comma(self, heart: str) -> bool:
        """Whether what says when could be taken for a part of what stands before it."""
        population = self.duty.population
        if _TAKES_COMMA.search(heart):
            return True
        some = population.subject == "pupil" and says_which_pupils(population)
        return some and heart.endswith(whom(population, self.policy.vocabulary))

    def _further(self) -> str:
        """Beyond which other promise this one is."""
        earlier = self.policy.obligation(self.duty.further_to)
        if not self.duty.further_to:
            return ""
        when = self.times.when(earlier.duty.schedule) if earlier else ""
        one = earlier is not None and earlier.duty.bound == Bound(at_least=1)
        those = "the one owed" if one else "those owed"
        those = f"{those} {when}" if when else f'{those} as "{self.duty.further_to}"'
        later = self.policy.readings.further is FurtherReading.LATER
        return f", {'after the time for' if later else 'in addition to'} {those}"

    def _to(self, heart: str) -> str:
        """Those whom the document names as owed, where nothing else in the sentence does."""
        unnamed = [one for one in self.obligation.to if not is_named(heart, one)]
        return f", for {listing(map(role, unnamed))}" if unnamed else ""


def _is_around_subject(duty: Duty) -> bool:
    return isinstance(duty.schedule, Around) and duty.schedule.event == duty.population.subject


def in_few_words(obligation: Obligation, policy: Policy) -> str:
    """A promise as a phrase for a cell of a table, its strength first and its owner left out.

    For example "must: give every pupil at least one careers lesson in every term".
    """
    return f"{obligation.strength.value}: {_Sentence(obligation, policy).in_few_words()}"
