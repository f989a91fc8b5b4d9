"""One obligation as one sentence, readable aloud, in its document's own words.

The top of `english`: everything that people read takes its sentences from here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.english.described import described, prohibited
from careerspolicy.english.doings import Doing, doing, is_said_of_each, says_that_it_stands
from careerspolicy.english.hedges import Spoken, spoken
from careerspolicy.english.own_words import own_words
from careerspolicy.english.people import (
    each_record,
    of_records,
    owed_to,
    owners,
    says_which_pupils,
    where_it_holds,
    whom,
)
from careerspolicy.english.predicates import places_time, predicated
from careerspolicy.english.things import how_many_times, things
from careerspolicy.english.times import Times
from careerspolicy.english.wording import a, sentence_of, tidy
from careerspolicy.model.duty import Always, Around, Bound, Vaguely, Verb
from careerspolicy.model.policy import FurtherReading, Of, Strength

if TYPE_CHECKING:
    from careerspolicy.model.duty import Duty, Schedule
    from careerspolicy.model.policy import Obligation, Policy

MODALS: Final = {Strength.MUST: "will", Strength.SHOULD: "should", Strength.MAY: "may"}
_LONG: Final = 90
_ONE: Final = Bound(at_least=1)
#: What says when and is best said right after "will".
_STANDS_AMID: Final = re.compile(
    r"^(?!(?:dai|week|fortnight|month|term|quarter|year|hour|ear|time)ly$)"
    r"(?:\w+ly|often|always|sometimes|at all times)$"
)
#: A season or month, which a sentence has something done in.
_SEASON: Final = re.compile(
    r"^(?:spring|summer|autumn|winter|january|february|march|april|may|june|july|august"
    r"|september|october|november|december)(?: term)?(?: \d{4})?$",
    re.IGNORECASE,
)
_OF_PUPIL: Final = re.compile(r"\bthe pupil\b")
_MAKE_SURE: Final = re.compile(r"make sure that ")
_TAIL: Final = re.compile(r" (?:covering|dealing with|including) ")
_TAKES_COMMA: Final = re.compile(r",| (?:who|that|whose|which|about|taking part) ")
#: A word for how often that is no adverb: "ongoing", "regular".
_ADJECTIVE: Final = re.compile(
    r"^(?!.*(?:ly|ways|times)$)(?:on-?going|continuous|\w+(?:ous|al|ar|ic|ent|ed))$"
)


def sentence(obligation: Obligation, policy: Policy) -> str:
    """What an obligation promises, as one full sentence.

    A promise that is only attested has its predicate; any other is told from its shape.
    """
    return _Sentence(obligation, policy).told()


def evidence(obligation: Obligation, policy: Policy) -> str:
    """What a sentence leaves out: how it is known, beyond what it comes, and to whom it is owed.

    For example "known by an attestation by the headteacher at least every year; owed to parents".
    Empty where there is nothing to add to the sentence.
    """
    owed = f"owed to {owed_to(obligation)}" if obligation.to else ""
    told = _Sentence(obligation, policy)
    return own_words("; ".join(filter(None, (told.known(), told.further(), owed))), policy)


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
        if not front and self._stands_first(when, ours.heart, tail):
            front, when = when, ""
        heart = f"{front}, {ours.heart}" if front else ours.heart
        if when:
            heart = f"{heart}{',' if self._takes_comma(ours.heart) else ''} {when}"
        told = own_words(", ".join(filter(None, (heart, tail))), self.policy)
        return sentence_of(", ".join(filter(None, (told, self.duty.how_soon, ours.end))))

    def known(self) -> str:
        """What is counted, where the sentence is not made of it."""
        duty, vocabulary = self.duty, self.policy.vocabulary
        if duty.predicate is None:
            return ""
        kind = vocabulary.kinds[duty.records.kind]
        if duty.verb is not Verb.UPHOLD:
            amount = ", ".join(filter(None, things(duty, vocabulary, duty.records.where)))
            offer = "the offer of " if duty.records.offered else ""
            standing = ", at all times" if isinstance(duty.schedule, Always) else ""
            known = "broken by" if prohibited(duty.bound) else "known by"
            return f"{known} {offer}{amount}{standing}"
        conditions = [test for test in duty.records.where if test.attribute != kind.identity]
        noun = described(kind, conditions, None).of(many=False)
        often = how_many_times(duty, vocabulary)
        when = "" if isinstance(duty.schedule, Vaguely) else self.times.when(duty.schedule)
        return " ".join(filter(None, (f"known by an {noun}", often, when)))

    def in_few_words(self) -> str:
        """What is owed, to whom and when, without its owner."""
        does = self._does()
        front = ", ".join(filter(None, (self._front(), does.front)))
        said = tidy(f"{'not ' if does.negated else ''}{does.verb} {does.rest}")
        for one in filter(None, (self._when(), front)):
            said = f"{said}{',' if ',' in said else ''} {one}"
        told = own_words(", ".join(filter(None, (said, does.tail))), self.policy)
        ends = (told, self.duty.how_soon, self.obligation.hedge)
        return tidy(", ".join(filter(None, ends)))

    def _does(self) -> Doing:
        """What the owner does: as the policy file says it, or from the shape."""
        predicate = self.duty.predicate
        if predicate is not None:
            return predicated(predicate, self.duty, self._time(), self.policy.vocabulary)
        return doing(self.duty, self.obligation.who, self.policy.vocabulary)

    def _heart(self) -> tuple[Spoken, str, str, str]:
        """Who does what; what stands before it; when; and what comes last."""
        obligation = self.obligation
        joint = "or" if self.policy.of is Of.LAW else "and"
        owner = owners(obligation, self.policy.vocabulary, joint)
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
        if not theirs or self.duty.predicate is not None:
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
        of_each = duty.predicate is None and is_said_of_each(duty)
        if not of_records(population) or of_each:
            return ""
        each = each_record(population, vocabulary)
        if isinstance(schedule, Around) and schedule.event == population.subject:
            return self.times.around(schedule, each)
        return f"for {each}"

    def _when(self) -> str:
        """When, unless the owner's predicate says it in its place."""
        predicate = self.duty.predicate
        return "" if predicate is not None and places_time(predicate) else self._time()

    def _time(self) -> str:
        schedule = self.duty.schedule
        if self.duty.verb is Verb.UPHOLD:
            return self._vague_words(schedule)
        if _is_around_subject(self.duty) or is_said_of_each(self.duty):
            return ""
        standing = self.duty.predicate is not None or self._says_that_it_stands()
        if isinstance(schedule, Always) and standing:
            return self.times.bounds(schedule)
        if isinstance(schedule, Vaguely):
            return self._vague_words(schedule)
        alike = isinstance(schedule, Around) and schedule.event == self.duty.records.kind
        return self.times.when(schedule, another=alike and prohibited(self.duty.bound))

    def _says_that_it_stands(self) -> bool:
        return says_that_it_stands(self.duty, self.obligation.who, self.policy.vocabulary)

    def _vague_words(self, schedule: Schedule) -> str:
        """However often a policy says."""
        words = schedule.words if isinstance(schedule, Vaguely) else ""
        if _SEASON.match(words):
            return f"in {words}"
        return f"on {a(words)} basis" if _ADJECTIVE.match(words) else words

    def _stands_first(self, when: str, heart: str, tail: str) -> bool:
        """Whether what says when begins a long sentence; not before the pupil that it is of."""
        if not when or _OF_PUPIL.search(when):
            return False
        long = len(heart) > _LONG and not isinstance(self.duty.schedule, Vaguely)
        return long or bool(tail and _TAIL.search(when))

    def _takes_comma(self, heart: str) -> bool:
        """Whether what says when could be taken for a part of what stands before it."""
        population = self.duty.population
        if _TAKES_COMMA.search(_MAKE_SURE.sub("", heart)):
            return True
        some = population.subject == "pupil" and says_which_pupils(population)
        return some and heart.endswith(whom(population, self.policy.vocabulary))

    def further(self) -> str:
        """Beyond which other promise this one is."""
        earlier = self.policy.obligation(self.duty.further_to)
        if not self.duty.further_to:
            return ""
        when = self.times.when(earlier.duty.schedule) if earlier else ""
        those = "the one owed" if earlier and earlier.duty.bound == _ONE else "those owed"
        clear = when and earlier is not None and self._is_meant(earlier)
        those = f"{those} {when}" if clear else f'{those} as "{self._name(earlier)}"'
        later = self.policy.readings.further is FurtherReading.LATER
        return f"{'after the time for' if later else 'in addition to'} {those}"

    def _is_meant(self, earlier: Obligation) -> bool:
        """Whether its time alone tells an earlier promise of the same things from all others."""
        alike = [one for one in self.policy.obligations if self._is_of_time(one, earlier)]
        same = [one for one in alike if one.duty.records == self.duty.records]
        return [earlier] == (same or alike)

    def _is_of_time(self, one: Obligation, earlier: Obligation) -> bool:
        """Whether a promise is of the kind of this one and of the time of an earlier one."""
        told, kind = one.duty, self.duty.records.kind
        same = told.records.kind == kind and told.schedule == earlier.duty.schedule
        return same and one.id != self.obligation.id

    def _name(self, earlier: Obligation | None) -> str:
        """What an earlier promise is called: its title, unless another has the same."""
        titles = [one.title for one in self.policy.obligations]
        if earlier is None or titles.count(earlier.title) > 1:
            return self.duty.further_to
        return earlier.title


def _is_around_subject(duty: Duty) -> bool:
    return isinstance(duty.schedule, Around) and duty.schedule.event == duty.population.subject


def in_few_words(obligation: Obligation, policy: Policy) -> str:
    """A promise as a phrase for a cell of a table, its strength first and its owner left out.

    For example "must: give every pupil at least one careers lesson in every term".
    """
    return f"{obligation.strength.value}: {_Sentence(obligation, policy).in_few_words()}"
