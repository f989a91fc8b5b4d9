"""What somebody does to keep a promise: a verb in its base form and the rest of the predicate.

A predicate that the policy file gives stands as it is written; any other is built from the
templates of `phrases.yaml`, and whatever a template has no slot for follows it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.english.conditions import Choice, bound_in_words, prohibited
from careerspolicy.english.people import (
    are_many,
    described_pupils,
    each_record,
    of_records,
    pupils,
    says_which_pupils,
    whom,
)
from careerspolicy.english.phrases import Place, has_what_others, kind_phrases, role
from careerspolicy.english.things import covered, how_many_times, things, with_vague
from careerspolicy.english.wording import Clause, a, base_form, listing, plural, with_article
from careerspolicy.model.duty import (
    EVERY_PUPIL_SLOT,
    HOW_OFTEN_SLOT,
    PUPILS_SLOT,
    WHEN_SLOT,
    Always,
    Around,
    Bound,
    Count,
    Covers,
    Kept,
    Side,
    Vaguely,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careerspolicy.english.phrases import KindPhrases
    from careerspolicy.english.things import Things
    from careerspolicy.model.duty import Duty, Predicate
    from careerspolicy.vocabulary import Kind, Vocabulary

_SLOT: Final = re.compile(r"\{(\w+)(?::(\w+))?\}")
_FOR_PUPILS: Final = re.compile(r"\[([^\]]*)\]")
_ASKS: Final = re.compile(r"(?:how|where|who|what|why|which|whether|that) ")
#: The attributes that say whose a record is.
_OF_OWNERS: Final = ("role", "to", "feedback_from", "consulted")
#: What is given, said of those who have it.
_RECEIVED: Final = {"give": "has", "offer": "is offered", "tell": "is told"}
_ONE: Final = Bound(at_least=1)


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
    act = _Act(_consulting_others(duty, who), who, vocabulary)
    return act.of_each() if is_said_of_each(duty) else act.doing()


def _predicated(predicate: Predicate, duty: Duty, when: str, vocabulary: Vocabulary) -> Doing:
    """What the owner does as the policy file says it."""
    population = duty.population
    slots = {
        HOW_OFTEN_SLOT: duty.schedule.words if isinstance(duty.schedule, Vaguely) else "",
        WHEN_SLOT: when,
        PUPILS_SLOT: pupils(population, vocabulary),
        EVERY_PUPIL_SLOT: whom(population, vocabulary),
    }
    words, verb, rest = predicate.words, "make", ""
    is_open = words.endswith(EVERY_PUPIL_SLOT) and says_which_pupils(population)
    for slot, filling in slots.items():
        words = words.replace(slot, filling)
    if predicate.clause:
        return Doing(verb="make", rest=f"sure that {words}", is_open=is_open)
    words, negated = words.removeprefix("not "), words.startswith("not ")
    verb, _, rest = words.partition(" ")
    return Doing(verb=verb, rest=rest, negated=negated, is_open=is_open)


def places_time(predicate: Predicate) -> bool:
    """Whether a predicate says itself where its time stands."""
    return WHEN_SLOT in predicate.words or HOW_OFTEN_SLOT in predicate.words


def _consulting_others(duty: Duty, who: tuple[str, ...]) -> Duty:
    """The duty without those owners among the consulted who would consult themselves."""
    measure = duty.measure
    if not isinstance(measure, Covers) or measure.attribute != "consulted" or not _is_whole(duty):
        return duty
    others = tuple(name for name in measure.values if name not in who)
    if not others:
        return attrs.evolve(duty, measure=Count(), bound=_ONE)
    covers = Covers(attribute="consulted", values=others)
    return attrs.evolve(duty, measure=covers, bound=Bound(at_least=len(others)))


def _is_whole(duty: Duty) -> bool:
    """Whether all of the range is to be covered."""
    values = duty.measure.values if isinstance(duty.measure, Covers) else ()
    return duty.bound == Bound(at_least=len(values))


def is_said_of_each(duty: Duty) -> bool:
    """Whether what is owed is a quality of every record of a kind."""
    at_it = isinstance(duty.schedule, Around) and duty.schedule.side is Side.AT
    return at_it and duty.records.kind == duty.population.subject


def says_that_it_stands(duty: Duty, who: tuple[str, ...], vocabulary: Vocabulary) -> bool:
    """Whether what is done says by itself that a state stands: "keep … published", "have …"."""
    act = _Act(duty, who, vocabulary)
    otherwise = duty.predicate or duty.records.offered or act.are_meant
    return bool(act.phrases.kept) and not otherwise


@attrs.frozen
class _Act:
    """A duty's records as what its owners do."""

    duty: Duty
    who: tuple[str, ...]
    vocabulary: Vocabulary

    @property
    def kind(self) -> Kind:
        return self.vocabulary.kinds[self.duty.records.kind]

    @property
    def phrases(self) -> KindPhrases:
        return kind_phrases(self.kind)

    @property
    def are_meant(self) -> bool:
        """Whether the records are of the owner's own role: a careers leader is in post."""
        measure = self.duty.measure
        of = [test.one_of for test in self.duty.records.where if test.attribute in _OF_OWNERS]
        if isinstance(measure, Covers) and measure.attribute in _OF_OWNERS and _is_whole(self.duty):
            of.append(frozenset(measure.values))
        return bool(self.phrases.own) and frozenset(self.who) in of

    @property
    def is_of_pupils(self) -> bool:
        """Whether pupils are who something is done for, each of them or each of their records."""
        return self.duty.population.subject == "pupil" or of_records(self.duty.population)

    @property
    def are_pupils(self) -> bool:
        """Whether pupils owe it of themselves."""
        return self.is_of_pupils and self.who == ("pupil",)

    @property
    def choices(self) -> dict[str, Choice]:
        """What is asked of attributes by their values, by conditions or the range to cover."""
        tests = [test for test in self.duty.records.where if test.one_of or test.all_of]
        covers = covered(self.duty, self.vocabulary)
        choices = (*(Choice.of(test, self.kind) for test in tests), *([covers] if covers else []))
        return {choice.phrases.attribute.name: choice for choice in choices}

    def doing(self) -> Doing:
        """What they do, or make sure that pupils do; what no slot says follows."""
        template, by_pupils = self._template()
        front, template = self._parted(template)
        slots = {name for name, _ in _SLOT.findall(template)}
        counted = things(self._left(slots), self.vocabulary)
        verb, _, rest = self._filled(template, counted).partition(" ")
        added = "" if "things" in slots else self._added(template, counted)
        names_whom = "whom" in slots or by_pupils or self.are_pupils
        whom_last = template.endswith("{whom}") and not added
        act = Doing(
            verb=verb,
            rest=f"{rest}{added}",
            front=self._filled(front, counted),
            tail=counted.description.tail,
            negated=prohibited(self.duty.bound),
            is_open=counted.description.is_open
            or "matter" in slots
            or (names_whom and self._whom_is_open(last=whom_last)),
        )
        if by_pupils or self.are_pupils:
            return self._by_pupils(act, Clause.read(f"{verb} {act.rest}") if by_pupils else None)
        return act

    def _by_pupils(self, act: Doing, clause: Clause | None) -> Doing:
        """What pupils do or have: as theirs to do, or as what others make sure of."""
        population, about = self.duty.population, self.duty.population.subject
        nobody = act.negated and about == "pupil" and not are_many(population)
        who = self._whom("no" if nobody else "every")
        if self.are_pupils or clause is None:
            verb = base_form(act.verb) if clause else act.verb
            return attrs.evolve(act, owner=who, verb=verb, nobody=nobody)
        clause = clause.opposite if act.negated and not nobody else clause
        many = are_many(population) if about == "pupil" else not of_records(population)
        rest = f"sure that {who} {clause.of(many=many)}"
        return attrs.evolve(act, verb="make", rest=rest, negated=False)

    def _template(self) -> tuple[str, bool]:
        """The first template whose slots the duty fills, and whether it says what pupils have."""
        known = {"things", *self.choices, *(() if self.are_pupils else ("whom",))}
        for template, by_pupils in self._templates():
            needed = _FOR_PUPILS.sub("", template) if self.are_pupils else template
            if {name for name, _ in _SLOT.findall(needed)} <= known:
                return template, by_pupils
        return ("has {things}", True) if self.is_of_pupils else ("have {things}", False)

    def _templates(self) -> Iterator[tuple[str, bool]]:
        phrases, offered = self.phrases, self.duty.records.offered
        if self.are_meant:
            yield from ((template, False) for template in phrases.own)
            return
        if not (phrases.does or offered):
            pupils = self.kind.of == "pupil"
            yield from ((template, True) for template in phrases.pupils if pupils)
            yield "have {things}", False
        stands = isinstance(self.duty.schedule, Always | Kept) and phrases.kept
        for template in phrases.offers if offered else stands or phrases.does:
            verb, _, rest = template.partition(" {whom} ")
            if verb in _RECEIVED and has_what_others(self.who, verb):
                yield f"{_RECEIVED[verb]} {rest}", True
            else:
                yield template, False

    def _parted(self, template: str) -> tuple[str, str]:
        """For whom, where a template begins with it, and the rest; nothing for whom is named."""
        for_whom = _FOR_PUPILS.search(template)
        if not for_whom:
            return "", template
        named = self.are_pupils or self.duty.population.subject != "pupil"
        words = "" if named else for_whom[1]
        if for_whom.start():
            return "", template.replace(for_whom[0], words)
        return words, template[for_whom.end() :].strip()

    def _left(self, slots: set[str]) -> Duty:
        """The duty without what slots say of its records, or what its owners are."""
        duty, measure = self.duty, self.duty.measure
        between = measure.attribute if isinstance(measure, Covers) else ""
        said = {*slots, *(_OF_OWNERS if self.are_meant else ())} - {"things", "whom"}
        where = tuple(test for test in duty.records.where if test.attribute not in said - {between})
        left = attrs.evolve(duty, records=attrs.evolve(duty.records, where=where))
        return attrs.evolve(left, measure=Count(), bound=_ONE) if between in said else left

    def _filled(self, template: str, counted: Things) -> str:
        return _SLOT.sub(lambda slot: self._slot(slot[1], slot[2], counted), template)

    def _slot(self, name: str, form: str | None, counted: Things) -> str:
        if name == "things":
            return counted.words
        if name == "whom":
            return self._whom("any" if prohibited(self.duty.bound) else "every")
        choice = self.choices[name]
        match form:
            case "of":
                return choice.joined(lambda value: f"the {role(value).removeprefix('the ')}")
            case "the":
                return choice.joined(choice.phrases.definite)
            case "one":
                before = counted.description.said(Place.BEFORE)
                return choice.joined(lambda value: self._one(before, choice.phrases.bare(value)))
        words = choice.joined(choice.phrases.value)
        plain = form is None or (form == "told" and _ASKS.match(words))
        return words if plain else f"about {words}"

    def _one(self, before: Sequence[str], noun: str) -> str:
        """One of a sort, with what is said before it, or several: "a trained careers leader"."""
        words, bound = " ".join((*before, noun)), self.duty.bound
        if not self._are_several:
            return a(words) if with_article(noun) != noun else words
        if bound.vague:
            return with_vague(bound.vague, plural(words))
        last = bound.at_most if bound.at_most is not None else bound.at_least
        return f"{bound_in_words(bound)} {plural(words) if last != 1 else words}"

    @property
    def _are_several(self) -> bool:
        """Whether another number than one is asked for, so that the noun says how many."""
        one = prohibited(self.duty.bound) or self.duty.bound == _ONE
        return isinstance(self.duty.measure, Count) and not one

    def _whom(self, each: str) -> str:
        population = self.duty.population
        if of_records(population):
            return "the pupil"
        return (
            whom(population, self.vocabulary, each) if population.subject == "pupil" else "pupils"
        )

    def _whom_is_open(self, *, last: bool) -> bool:
        """Whether what follows could be taken for a part of whom it is for."""
        population = self.duty.population
        if population.subject != "pupil":
            return False
        which = last and says_which_pupils(population)
        return which or described_pupils(population, self.vocabulary).is_open

    def _added(self, template: str, counted: Things) -> str:
        """What follows a template that has no place for what is counted."""
        one = ":one}" in template
        before = [] if one else counted.description.said(Place.BEFORE)
        words = f"{counted.description.following()}{', ' if before else ''}{listing(before)}"
        often = "" if one and self._are_several else how_many_times(self.duty, self.vocabulary)
        again = "again" if self.duty.further_to else ""
        return "".join(f" {part}" for part in (words, again, often) if part)

    def of_each(self) -> Doing:
        """A quality of every record: "make sure that every encounter is meaningful"."""
        population, many = self.duty.population, are_many(self.duty.population)
        each = each_record(population, self.vocabulary, offered=self.duty.records.offered)
        covers = covered(self.duty, self.vocabulary)
        choices = [Choice.of(test, self.kind) for test in self.duty.records.where]
        choices += [covers] if covers else []
        clauses = [choice.clause.of(many=many) for choice in choices]
        words = listing(clauses) or ("take place" if many else "takes place")
        often = how_many_times(self.duty, self.vocabulary)
        never = "never " if prohibited(self.duty.bound) else ""
        return Doing(verb="make", rest=f"sure that {each} {never}{words} {often}".rstrip())
