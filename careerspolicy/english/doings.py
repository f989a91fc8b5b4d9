"""What somebody does to keep a promise: a verb in its base form and the rest of the predicate.

A predicate that the policy file gives stands as it is written; any other is built from the
templates of `phrases.yaml`, and whatever a template has no slot for follows it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.english import people
from careerspolicy.english.conditions import prohibited
from careerspolicy.english.nouns import Place
from careerspolicy.english.phrases import has_what_others, kind_phrases, role
from careerspolicy.english.things import Things
from careerspolicy.english.wording import Clause, base_form, listing
from careerspolicy.model.duty import (
    EVERY_PUPIL_SLOT,
    HOW_OFTEN_SLOT,
    PUPILS_SLOT,
    WHEN_SLOT,
    Duty,
    Predicate,
)
from careerspolicy.model.schedule import Always, Around, Kept, Side, Vaguely

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.model.population import Population
    from careerspolicy.vocabulary import Vocabulary

_SLOT: Final = re.compile(r"\{(\w+)(?::(\w+))?\}")
_FOR_PUPILS: Final = re.compile(r"\[([^\]]*)\]")
_ASKS: Final = re.compile(r"(?:how|where|who|what|why|which|whether|that) ")
#: The attributes that say whose a record is.
_OF_OWNERS: Final = ("role", "to", "feedback_from", "consulted")
#: What is given, said of those who have it.
_RECEIVED: Final = {"give": "has", "offer": "is offered", "tell": "is told"}
#: Begins what a time after it could be taken for a part of.
_CLAUSE: Final = re.compile(r" (?:who|that|whose|which|about) ")


@attrs.frozen(kw_only=True)
class Doing:
    """What is done: "give" and "every pupil a careers lesson"; negated where it is forbidden.

    `owner` is who does it, where that is not the role that owes it, and `nobody` if that is "no
    pupil". `front` says for whom, where that is better said first; `tail` what comes last of all.
    What follows something `open` could be taken for a part of it.
    """

    verb: str
    rest: str
    negated: bool = False
    owner: str = ""
    nobody: bool = False
    front: str = ""
    tail: str = ""
    is_open: bool = False

    @property
    def words(self) -> str:
        """The predicate without its tail: "not give any pupil a careers lesson"."""
        return f"{'not ' if self.negated else ''}{self.verb} {self.rest}"

    @property
    def says_not(self) -> bool:
        """Whether what is forbidden is to be denied, since its owner is not "nobody"."""
        return self.negated and not self.nobody


def doing(duty: Duty, who: tuple[str, ...], when: str, vocabulary: Vocabulary) -> Doing:
    """What a duty's owners do; `when` stands where a predicate of the file has a place for it."""
    if duty.predicate is not None:
        return _predicated(duty.predicate, duty, when, vocabulary)
    act = _Act(Things.of(duty, vocabulary).consulting_others(who), who, vocabulary)
    return act.of_each() if is_said_of_each(duty) else act.doing()


def _predicated(predicate: Predicate, duty: Duty, when: str, vocabulary: Vocabulary) -> Doing:
    """What the owner does as the policy file says it."""
    population, schedule, words = duty.population, duty.schedule, predicate.words
    which = people.says_which_pupils(population) and words.endswith(EVERY_PUPIL_SLOT)
    is_open = which or bool(_CLAUSE.search(words))
    slots = {
        HOW_OFTEN_SLOT: schedule.words if isinstance(schedule, Vaguely) else "",
        WHEN_SLOT: when,
        PUPILS_SLOT: people.pupils(population, vocabulary),
        EVERY_PUPIL_SLOT: people.whom(population, vocabulary),
    }
    for slot, filling in slots.items():
        words = words.replace(slot, filling)
    if predicate.clause:
        return Doing(verb="make", rest=f"sure that {words}", is_open=is_open)
    verb, _, rest = words.removeprefix("not ").partition(" ")
    return Doing(verb=verb, rest=rest, negated=words.startswith("not "), is_open=is_open)


def places_time(predicate: Predicate) -> bool:
    """Whether a predicate says itself where its time stands."""
    return WHEN_SLOT in predicate.words or HOW_OFTEN_SLOT in predicate.words


def is_said_of_each(duty: Duty) -> bool:
    """Whether what is owed is a quality of every record of a kind."""
    at_it = isinstance(duty.schedule, Around) and duty.schedule.side is Side.AT
    return at_it and duty.records.kind == duty.population.subject


def says_that_it_stands(duty: Duty, who: tuple[str, ...], vocabulary: Vocabulary) -> bool:
    """Whether what is done says itself that a state stands, as a predicate and "have …" do."""
    act = _Act(Things.of(duty, vocabulary), who, vocabulary)
    is_kept = kind_phrases(act.things.kind).kept and not (duty.records.offered or act.are_meant)
    return isinstance(duty.schedule, Always) and bool(duty.predicate or is_kept)


@attrs.frozen
class _Act:
    """A duty's records as what its owners do."""

    things: Things
    who: tuple[str, ...]
    vocabulary: Vocabulary

    @property
    def duty(self) -> Duty:
        return self.things.duty

    @property
    def population(self) -> Population:
        return self.duty.population

    @property
    def are_meant(self) -> bool:
        """Whether the records are of the owner's own role: a careers leader is in post."""
        theirs = (
            {*choice.values} == {*self.who} and choice.is_whole
            for choice in self.things.choices
            if choice.name in _OF_OWNERS and choice.is_named
        )
        return bool(kind_phrases(self.things.kind).own) and any(theirs)

    @property
    def is_of_pupils(self) -> bool:
        """Whether it is done for pupils, each of them or each of their records."""
        return self.population.subject == "pupil" or people.of_records(self.population)

    @property
    def are_pupils(self) -> bool:
        """Whether pupils owe it of themselves."""
        return self.is_of_pupils and self.who == ("pupil",)

    def doing(self) -> Doing:
        """What they do, or make sure that pupils do; what no slot says follows."""
        template, by_pupils = self._template()
        for_pupils = self.population.subject == "pupil"
        apart = for_pupils and not self.are_pupils
        template = _FOR_PUPILS.sub(lambda for_whom: for_whom[1] if apart else "", template)
        slots = {name for name, _ in _SLOT.findall(template)}
        elsewhere = slots - {"things", "whom"} | ({*_OF_OWNERS} if self.are_meant else set())
        counted = self.things.without(elsewhere)
        verb, _, rest = self._filled(template, counted).partition(" ")
        added = "" if "things" in slots else self._added(counted, counts=":one}" in template)
        is_open = counted.description.is_open or "matter" in slots
        if for_pupils and ("whom" in slots or by_pupils or self.are_pupils):
            last = template.endswith("{whom}") and not added
            which = last and people.says_which_pupils(self.population)
            pupils = people.described_pupils(self.population, self.vocabulary)
            is_open = is_open or pupils.is_open or which
        offered = self.duty.records.offered
        front = "" if offered or not apart else kind_phrases(counted.kind).front
        act = Doing(
            verb=verb,
            rest=f"{rest}{added}",
            front=self._filled(front, counted),
            tail=counted.description.tail,
            negated=prohibited(self.duty.bound),
            is_open=is_open,
        )
        if by_pupils or self.are_pupils:
            return self._by_pupils(act)
        return act

    def _by_pupils(self, act: Doing) -> Doing:
        """What pupils do or have: as theirs to do, or as what others make sure of."""
        about, several = self.population.subject, people.are_many(self.population)
        nobody = act.negated and about == "pupil" and not several
        who = self._whom("no" if nobody else "every")
        if self.are_pupils:
            return attrs.evolve(act, owner=who, verb=base_form(act.verb), nobody=nobody)
        clause = attrs.evolve(Clause.read(act.verb), rest=act.rest)
        clause = clause.opposite if act.negated and not nobody else clause
        many = several if about == "pupil" else not people.of_records(self.population)
        rest = f"sure that {who} {clause.of(many=many)}"
        return attrs.evolve(act, verb="make", rest=rest, negated=False)

    def _template(self) -> tuple[str, bool]:
        """The first way to say it whose slots are filled, and whether it says what pupils have."""
        named = (choice.name for choice in self.things.choices if choice.is_named)
        known = {"things", *named, *(() if self.are_pupils else ("whom",))}
        for template, by_pupils in self._ways():
            needed = _FOR_PUPILS.sub("", template) if self.are_pupils else template
            if {name for name, _ in _SLOT.findall(needed)} <= known:
                return template, by_pupils
        return ("has {things}", True) if self.is_of_pupils else ("have {things}", False)

    def _ways(self) -> Iterator[tuple[str, bool]]:
        kind = self.things.kind
        phrases = kind_phrases(kind)
        stands = isinstance(self.duty.schedule, Always | Kept)
        does = (stands and phrases.kept) or phrases.does
        if self.are_meant:
            does = phrases.own
        elif self.duty.records.offered:
            does = phrases.offers
        elif not does and kind.of == "pupil":
            yield from ((template, True) for template in phrases.pupils)
        for template in does or ("have {things}",):
            verb, _, rest = template.partition(" {whom} ")
            has = verb in _RECEIVED and has_what_others(self.who, verb)
            yield (f"{_RECEIVED[verb]} {rest}", True) if has else (template, False)

    def _filled(self, template: str, counted: Things) -> str:
        return _SLOT.sub(lambda slot: self._slot(slot[1], slot[2], counted), template)

    def _slot(self, name: str, form: str | None, counted: Things) -> str:
        if name == "things":
            return counted.words
        if name == "whom":
            return self._whom("any" if prohibited(self.duty.bound) else "every")
        choice = next(it for it in reversed(self.things.choices) if it.name == name)
        phrases = choice.phrases
        match form:
            case "of":
                return choice.joined(lambda value: f"the {role(value).removeprefix('the ')}")
            case "one":
                return choice.joined(lambda value: counted.called(phrases.forms(value)))
            case "the":
                return choice.joined(phrases.definite)
        words = choice.joined(phrases.value)
        plain = form is None or (form == "told" and _ASKS.match(words))
        return words if plain else f"about {words}"

    def _whom(self, each: str) -> str:
        if people.of_records(self.population):
            return "the pupil"
        pupils = self.population.subject == "pupil"
        return people.whom(self.population, self.vocabulary, each) if pupils else "pupils"

    def _added(self, counted: Things, *, counts: bool) -> str:
        """What follows a template without what is counted, or, if it `counts`, with its noun."""
        thing = counted.description
        before = [] if counts else thing.at(Place.BEFORE)
        following = thing.following(many=counts and counted.alone.are_many)
        words = f"{following}{', ' if before else ''}{listing(before)}"
        often = "" if counts else self.things.times
        again = "again" if self.duty.further_to and not counts else ""
        return "".join(f" {part}" for part in (words, again, often) if part)

    def of_each(self) -> Doing:
        """A quality of every record: "make sure that every encounter is meaningful"."""
        population, many = self.population, people.are_many(self.population)
        offered = self.duty.records.offered
        each = people.each_record(population, self.vocabulary, offered=offered)
        clauses = [choice.modifier.predicate.of(many=many) for choice in self.things.choices]
        never = "never " if prohibited(self.duty.bound) else ""
        words = f"{never}{listing(clauses) or ('take place' if many else 'takes place')}"
        return Doing(verb="make", rest=f"sure that {each} {words} {self.things.times}".rstrip())
