"""What somebody does to keep a promise: a verb in its base form and the rest of the predicate.

Built from the templates of `phrases.yaml`; whatever a template has no slot for follows it.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.english.described import (
    Description,
    agreeing,
    answer,
    bounds_said,
    described,
    filled,
    named_values,
    prohibited,
    values,
)
from careerspolicy.english.people import are_many, each_record, of_records, whom
from careerspolicy.english.phrases import (
    HAVING,
    Forms,
    attribute_phrases,
    kind_phrases,
    one_of_role,
    role,
)
from careerspolicy.english.things import covered, how_many_times, things
from careerspolicy.english.wording import a, listing, plural
from careerspolicy.model.duty import Bound, Count, Covers
from careerspolicy.model.schedule import Always, Around, Kept, Side

if TYPE_CHECKING:
    from collections.abc import Callable

    from careerspolicy.english.described import Covered
    from careerspolicy.english.phrases import AttributePhrases
    from careerspolicy.model.duty import Duty
    from careerspolicy.model.population import Condition
    from careerspolicy.vocabulary import Kind, Vocabulary

_SLOT: Final = re.compile(r"\{(\w+)(?::(\w+))?\}")
_ABOUT_PUPILS: Final = re.compile(r"\[([^\]]*)\]")
_ARTICLE: Final = re.compile(r"^an? ")
_WITH: Final = re.compile(r"^\* with ")
_OF: Final = re.compile(r"^\* of ")
_ANY: Final = re.compile("^any ")
_THINGS: Final = re.compile(r"\{things")
_WITHOUT_THE: Final = re.compile(r"^the ")
#: What somebody is told as a clause: "tell every pupil how to find information".
_ABOUT_HOW: Final = re.compile(r" about (how|where|who|what|why|which|whether|that) ")
#: The attributes that say whose a record is.
_OF_OWNERS: Final = ("role", "to", "feedback_from", "consulted")


@attrs.frozen
class Doing:
    """What is done: "give" and "every pupil a careers lesson"; negated where it is forbidden.

    `front` is for whom, where that is better said first; `tail` what comes last of all.
    """

    verb: str
    rest: str
    negated: bool = False
    front: str = ""
    tail: str = ""


def doing(duty: Duty, who: tuple[str, ...], vocabulary: Vocabulary) -> Doing:
    """What a duty's owners do."""
    return _Telling(_consulting_others(duty, who), who, vocabulary).doing()


def _consulting_others(duty: Duty, who: tuple[str, ...]) -> Duty:
    """The duty without those owners among the consulted who would consult themselves."""
    measure = duty.measure
    if not isinstance(measure, Covers) or measure.attribute != "consulted":
        return duty
    others = tuple(name for name in measure.values if name not in who)
    if len(others) == len(measure.values) or not _whole(duty):
        return duty
    if not others:
        return attrs.evolve(duty, measure=Count(), bound=Bound(at_least=1))
    covers = Covers(attribute="consulted", values=others)
    return attrs.evolve(duty, measure=covers, bound=Bound(at_least=len(others)))


def is_said_of_each(duty: Duty) -> bool:
    """Whether what is owed is a quality of every record of a kind."""
    schedule = duty.schedule
    at_it = isinstance(schedule, Around) and schedule.side is Side.AT
    return at_it and duty.records.kind == duty.population.subject


def says_that_it_stands(duty: Duty, who: tuple[str, ...], vocabulary: Vocabulary) -> bool:
    """Whether what is done says by itself that a state stands: "keep … published", "have …"."""
    phrases, telling = (
        kind_phrases(vocabulary.kinds[duty.records.kind]),
        _Telling(duty, who, vocabulary),
    )
    own = telling.about_themselves() or duty.records.offered
    return duty.predicate is None and not own and phrases.kept != phrases.doing


@attrs.frozen
class _Telling:
    duty: Duty
    who: tuple[str, ...]
    vocabulary: Vocabulary

    @property
    def kind(self) -> Kind:
        return self.vocabulary.kinds[self.duty.records.kind]

    @property
    def covers(self) -> Covered | None:
        return covered(self.duty, self.vocabulary)

    @property
    def none(self) -> bool:
        return prohibited(self.duty.bound)

    def doing(self) -> Doing:
        if is_said_of_each(self.duty):
            return Doing("make", f"sure that {self._of_each()}")
        template = self._template()
        used = {name for name, _ in _SLOT.findall(template)}
        if self.about_themselves():
            used |= {*_OF_OWNERS}
        front, template = self._divided(template)
        told = self._filled(template, used)
        tail = self._things(used)[1]
        if not _THINGS.search(template):
            told = self._with_rest(told, used)
        told = agreeing(told, many=are_many(self.duty.population))
        if told.startswith("tell "):
            told = _ABOUT_HOW.sub(r" \1 ", told)
        verb, _, rest = told.partition(" ")
        negated = self.none and not rest.startswith("sure that no ")
        return Doing(verb, rest, negated=negated, front=front, tail=tail)

    def _divided(self, template: str) -> tuple[str, str]:
        """For whom, where a template begins with it, and the rest of the template."""
        found = _ABOUT_PUPILS.match(template)
        if not found:
            return "", template
        pupils = self.duty.population.subject == "pupil"
        front = f"for {self._whom()}" if pupils else ""
        return front, template.removeprefix(found[0]).strip()

    def _template(self) -> str:
        """The first template whose slots this duty fills."""
        phrases, duty = kind_phrases(self.kind), self.duty
        templates = phrases.doing
        if self.about_themselves():
            templates = phrases.own
        elif duty.records.offered:
            templates = phrases.offered
        elif isinstance(duty.schedule, (Always, Kept)):
            templates = phrases.kept
        pupils = duty.population.subject == "pupil" or of_records(duty.population)
        usual = HAVING if pupils else "have {things}"
        known = {"things", "whom", *self._said()}
        fits = (one for one in templates if {name for name, _ in _SLOT.findall(one)} <= known)
        return next(fits, usual)

    def about_themselves(self) -> bool:
        """Whether the records are of the owner's own role: a careers leader is in post."""
        told = [one.one_of for one in self.duty.records.where if one.attribute in _OF_OWNERS]
        measure = self.duty.measure
        if isinstance(measure, Covers) and measure.attribute in _OF_OWNERS and _whole(self.duty):
            told.append(frozenset(measure.values))
        return bool(kind_phrases(self.kind).own) and frozenset(self.who) in told

    def _said(self) -> set[str]:
        """The attributes whose values are said, by a condition or by the range to cover."""
        conditions = {one.attribute for one in self.duty.records.where if one.one_of or one.all_of}
        return conditions | self._covered()

    def _covered(self) -> set[str]:
        return {self.duty.measure.attribute} if isinstance(self.duty.measure, Covers) else set()

    def _filled(self, template: str, used: set[str]) -> str:
        pupils = self.duty.population.subject == "pupil"
        template = _ABOUT_PUPILS.sub(lambda found: found[1] if pupils else "", template)
        return _SLOT.sub(lambda found: self._slot(found[1], found[2] or "", used), template)

    def _slot(self, name: str, form: str, used: set[str]) -> str:
        if name == "things":
            return self._things(used)[0]
        if name == "whom":
            return self._whom()
        return self._values(name, form, used)

    def _values(self, name: str, form: str, used: set[str]) -> str:
        """What a condition or the range to cover says of an attribute, in a form of its words."""
        attribute = attribute_phrases(name, self.kind)
        if form == "of":
            words: Callable[[str], str] = _definite
        elif form == "the":
            words = attribute.definite
        elif form == "one":
            several = self.duty.bound if self._several() else None
            words = partial(_one, attribute, self._rest(used).before, several)
        else:
            words = attribute.value
        found = self._condition(name)
        if found is not None:
            joint = "and" if found.all_of else "or"
            return listing(map(words, named_values(attribute, found)), joint)
        covers = self.covers
        return covers.of(map(words, covers.values)) if covers else ""

    def _things(self, used: set[str]) -> tuple[str, str]:
        duty = self.duty
        rest = [one for one in duty.records.where if one.attribute not in used - self._covered()]
        if self._covered() & used:
            duty = attrs.evolve(duty, measure=Count(), bound=Bound(at_least=1))
        return things(duty, self.vocabulary, rest)

    def _whom(self) -> str:
        population = self.duty.population
        if of_records(population):
            return "the pupil"
        if population.subject != "pupil":
            return "pupils"
        told = whom(population, self.vocabulary, none=self.none)
        sure = self._template().startswith("make sure that {whom}")
        return _ANY.sub("no ", told) if sure else told

    def _condition(self, name: str) -> Condition | None:
        if name in self._covered():
            return None
        return next(one for one in self.duty.records.where if one.attribute == name)

    def _several(self) -> bool:
        """Whether another number than one is asked for, so that the noun says how many."""
        bound = self.duty.bound
        one = bound.vague or prohibited(bound) or bound == Bound(at_least=1)
        return isinstance(self.duty.measure, Count) and not one

    def _rest(self, used: set[str]) -> Description:
        """What is said of the records beyond a template's slots."""
        rest = [
            one for one in self.duty.records.where if one.attribute not in used - self._covered()
        ]
        left = None if self._covered() & used else self.covers
        told = described(self.kind, rest, left)
        told.noun = Forms("", "")
        return told

    def _with_rest(self, told: str, used: set[str]) -> str:
        rest = self._rest(used)
        said = "".join(f" {one}" for one in rest.after if one not in rest.tail)
        said = agreeing(said, many=False)
        if rest.before and ":one}" not in self._template():
            said = f"{said}, {listing(rest.before)}"
        several = self._several() and ":one}" in self._template()
        often = "" if several else how_many_times(self.duty, self.vocabulary)
        further = "again" if self.duty.further_to else ""
        return f"{told}{said} {further} {often}".strip()

    def _of_each(self) -> str:
        population, many = self.duty.population, are_many(self.duty.population)
        each = each_record(population, self.vocabulary, offered=self.duty.records.offered)
        clauses = [self._clause(one, many=many) for one in self.duty.records.where]
        if self.covers is not None:
            verb = self.covers.attribute.saying("as").replace("{or}", self.covers.said())
            clauses.append(agreeing(verb, many=many))
        often = how_many_times(self.duty, self.vocabulary)
        negative = "never " if self.none else ""
        said = listing(clauses) or ("take place" if many else "takes place")
        return f"{each} {negative}{said} {often}".strip()

    def _clause(self, condition: Condition, *, many: bool) -> str:
        attribute = attribute_phrases(condition.attribute, self.kind)
        template = attribute.saying(answer(attribute, condition))
        template = template.replace("{a or}", values(attribute, condition, article=True))
        told = filled(template, attribute, condition)
        told = _WITH.sub("{has|have} ", _OF.sub("{is|are} of ", told))
        return agreeing(told, many=many)


def _whole(duty: Duty) -> bool:
    """Whether all of the range is to be covered."""
    values = duty.measure.values if isinstance(duty.measure, Covers) else ()
    return duty.bound == Bound(at_least=len(values))


def _definite(name: str) -> str:
    told = role(name)
    return told if told.startswith("the ") else f"the {told}"


def _one(attribute: AttributePhrases, before: list[str], several: Bound | None, value: str) -> str:
    """One of a sort, with what is said before it, or several: "a trained careers leader"."""
    if attribute.attribute.of_roles:
        named = one_of_role(value)
    else:
        named = a(_WITHOUT_THE.sub("", attribute.definite(value)))
    bare = " ".join((*before, _ARTICLE.sub("", named)))
    if several:
        last = several.at_most if several.at_most is not None else several.at_least
        return f"{bounds_said(several)} {plural(bare) if last != 1 else bare}"
    return a(bare) if before else named
