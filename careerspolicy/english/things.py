"""Nouns with all that is said of them, and so many of what a duty counts.

"At least two encounters with employers": stands on `conditions`; `doings` puts it into what
somebody does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.english.conditions import Choice, bound_in_words, prohibited
from careerspolicy.english.phrases import Modifier, Place, attribute_phrases, kind_phrases
from careerspolicy.english.wording import Forms, a, listing, plural, times
from careerspolicy.model.duty import Bound, Count, Covers, Distinct, Total, Vaguely

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from careerspolicy.model.duty import Condition, Duty, Measure
    from careerspolicy.vocabulary import Kind, Vocabulary

#: Whom an event is with when a condition describes them and its name does not name them.
_PROVIDERS: Final = Forms("provider", "providers")
_NAMED_BY: Final = re.compile(r"\{(?!noun\})(\w+)\}")
#: A policy's own amounts, by what they have about them: "over a week", "a range", "many chances".
_PREPOSITION: Final = re.compile(r"(?:across|over|throughout|during|in|at|for|from|with|by|as)\b")
_OF_THEM: Final = re.compile(
    r"(?!an? (?:few|little|(?:good|great) many)\b)(?:an?|the|\d\S*|one|half|plenty|lots|dozens)\b"
)
_PLURAL: Final = re.compile(r" \w+s$")

#: As many as are counted where a policy gives no number.
_ONE: Final = Bound(at_least=1)


@attrs.define
class Description:
    """A noun and what is said of it.

    `company` is whom it is with ("encounters with employers"), which conditions describe or, where
    it is `named`, name. `people` are somebody "who", not something "that".
    """

    noun: Forms
    company: Forms | None = None
    named: bool = False
    people: bool = False
    modifiers: list[Modifier] = attrs.field(factory=list)

    def of(self, *, many: bool) -> str:
        """The whole noun phrase, without article or number."""
        noun, star, rest = self.noun.of(many=many).partition(" *")
        words = filter(None, (*self.said(Place.BEFORE), noun, self.following(many=many)))
        return f"{' '.join(words)}{rest if star else ''}".replace(" ,", ",")

    def following(self, *, many: bool = False) -> str:
        """What follows the noun: lengths, company, all else, clauses, and what has a comma."""
        clauses = self.said(Place.CLAUSE, Place.WHOSE, many=many)
        words = (
            *self.said(Place.LENGTH),
            self._with(many=many),
            *self.said(Place.AFTER, Place.HAVING, Place.LACKING),
            " and ".join(clauses),
        )
        asides = "".join(f", {aside}" for aside in self.said(Place.ASIDE))
        return f"{' '.join(filter(None, words))}{asides}"

    def _with(self, *, many: bool) -> str:
        if self.company is None:
            return ""
        before, after = self.said(Place.COMPANY_BEFORE), self.said(Place.COMPANY_AFTER)
        what, company = self.said(Place.COMPANY_OF), self.company.of(many=many)
        if self.named:
            offers = (f"offering {words}" for words in what)
            return " ".join(("with", company, *before, *offers, *after))
        whom = " ".join((*before, company))
        what = [f"of {words}" for words in what]
        return " ".join(("with", whom if many else a(whom), *what, *after))

    def said(self, *places: Place, many: bool = False) -> list[str]:
        """What is said of the noun in some places, in order."""
        there = (modifier for modifier in self.modifiers if modifier.place in places)
        said = (modifier.said(people=self.people, many=many) for modifier in there)
        return [words for words in said if words]

    @property
    def tail(self) -> str:
        """What is said of it at the very end of a sentence: "covering a risk assessment"."""
        return ", ".join(self.said(Place.LAST))

    def whole(self, *, many: bool) -> str:
        """The noun phrase with its tail."""
        return f"{self.of(many=many)} {self.tail}".rstrip()

    @property
    def is_open(self) -> bool:
        """Whether what follows it could be taken for a part of one of its clauses."""
        return bool(self.said(Place.CLAUSE, Place.WHOSE))

    def add(self, choice: Choice) -> None:
        """Take in what is asked of an attribute."""
        modifier = choice.modifier
        match modifier.place:
            case Place.NOUN if choice.ruled_out:
                but = f"other than {choice.joined(choice.phrases.indefinite)}"
                self.modifiers.append(Modifier.read(Place.AFTER, but))
            case Place.NOUN:
                self.noun, self.company = _noun(choice), None
            case Place.COMPANY:
                self.company, self.named = _company(choice, self.company or _PROVIDERS), True
            case Place.COMPANY_BEFORE | Place.COMPANY_AFTER | Place.COMPANY_OF:
                self.company = self.company or _PROVIDERS
                self.modifiers.append(modifier)
            case _:
                self.modifiers.append(modifier)


def described(
    kind: Kind, conditions: Iterable[Condition], covers: Choice | None = None
) -> Description:
    """A kind's noun as conditions, and the range that is to be covered, describe it."""
    phrases, choices = kind_phrases(kind), [Choice.of(condition, kind) for condition in conditions]
    choices += [covers] if covers else []
    noun, named = _own_noun(kind, {choice.phrases.attribute.name: choice for choice in choices})
    description = Description(noun or phrases.noun, phrases.company, people=kind.name == "pupil")
    for choice in choices:
        if noun is None or choice.phrases.attribute.name not in named:
            description.add(choice)
    return description


def _own_noun(kind: Kind, choices: Mapping[str, Choice]) -> tuple[Forms | None, set[str]]:
    """What a policy's own kind is named by what it says, and by which attributes: "{step}"."""
    slots = {*_NAMED_BY.findall(kind.named)}
    chosen = [choices[name] for name in slots if name in choices and choices[name].values]
    if not slots or len(chosen) != len(slots) or any(choice.ruled_out for choice in chosen):
        return None, slots
    between = any(choice.bound for choice in chosen)
    words = {choice.phrases.attribute.name: choice.words(article=between) for choice in chosen}
    one, many = (kind.named.format(noun=noun, **words) for noun in (kind.singular, kind.plural))
    return Forms(one, many if between or many != one else plural(one)), slots


def _noun(choice: Choice) -> Forms:
    """Values that take a noun's place."""
    if choice.bound is not None:
        words = choice.joined(lambda value: a(choice.phrases.forms(value).one))
        return Forms(words, words)
    forms = [choice.phrases.forms(value) for value in choice.values]
    one, many = ([form.of(many=many) for form in forms] for many in (False, True))
    return Forms(listing(one, choice.joint), listing(many, choice.joint))


def _company(choice: Choice, others: Forms) -> Forms:
    """Whom it is with: "a university", and of several "universities"."""
    phrases = choice.phrases
    article = "{a or}" in phrases.modifier().words
    if choice.ruled_out:
        but = choice.joined(phrases.indefinite if article else phrases.value)
        return Forms(f"{a(others.one)} other than {but}", f"{others.many} other than {but}")
    one = choice.words(article=article)
    if choice.joint == "and" or not article:
        return Forms(one, one)
    return Forms(one, choice.joined(lambda value: phrases.forms(value).many))


@attrs.frozen
class Things:
    """So many of what is owed, and what one is."""

    words: str
    description: Description


def covered(duty: Duty, vocabulary: Vocabulary) -> Choice | None:
    """The range that a duty's records must cover between them; None where it asks for none."""
    if not isinstance(duty.measure, Covers):
        return None
    return Choice.covering(duty.measure, duty.bound, vocabulary.kinds[duty.records.kind])


def things(duty: Duty, vocabulary: Vocabulary) -> Things:
    """So many of what is owed."""
    kind = vocabulary.kinds[duty.records.kind]
    description = described(kind, duty.records.where, covered(duty, vocabulary))
    further = [Modifier.read(Place.BEFORE, "further")] if duty.further_to else []
    counted = attrs.evolve(description, modifiers=[*further, *description.modifiers])
    return Things(_so_many(duty, counted, kind), description)


def counted_noun(
    kind_name: str, conditions: Iterable[Condition], vocabulary: Vocabulary, amount: float
) -> str:
    """Records of a kind that pass some tests, for an amount, as promises name them.

    For example "meaningful encounters with employers".
    """
    return described(vocabulary.kinds[kind_name], conditions).whole(many=amount != 1)


def _so_many(duty: Duty, description: Description, kind: Kind) -> str:
    measure, bound = duty.measure, duty.bound
    if isinstance(measure, Covers):
        whole = kind_phrases(kind).whole and description.tail
        return a(description.of(many=False)) if whole else description.of(many=True)
    if isinstance(measure, Total):
        return f"{description.of(many=True)} {_totalling(measure, bound, kind)}"
    if bound.vague:
        return _vaguely(duty, description, kind)
    if prohibited(bound):
        counted = a(description.of(many=False))
    elif bound.stated or bound != _ONE:
        last = bound.at_most if bound.at_most is not None else bound.at_least
        counted = f"{bound_in_words(bound)} {description.of(many=last != 1)}"
    else:
        often = isinstance(duty.schedule, Vaguely)
        counted = description.of(many=True) if often else a(description.of(many=False))
    return ", ".join(filter(None, (counted, _different(measure, bound, kind))))


def _totalling(measure: Total, bound: Bound, kind: Kind) -> str:
    amount = "more than zero" if prohibited(bound) else bound_in_words(bound)
    return attribute_phrases(measure.attribute, kind).totalling.replace("{bound}", amount)


def _different(measure: Measure, bound: Bound, kind: Kind) -> str:
    """What is asked of how they differ: "not all with the same providers"."""
    if not isinstance(measure, Distinct):
        return ""
    same = attribute_phrases(measure.attribute, kind).likeness
    if bound.at_most is None and (bound.at_least or 0) > 1:
        return f"{'not all' if bound.at_least == 2 else 'no two of them'} {same}"
    return f"counting those {same} as one"


def _vaguely(duty: Duty, description: Description, kind: Kind) -> str:
    """An amount that the policy gives in words: "a range of encounters", "sufficient visits"."""
    words = duty.bound.vague
    if not isinstance(duty.measure, Distinct):
        return with_vague(words, description.of(many=True))
    phrases = attribute_phrases(duty.measure.attribute, kind)
    unnamed = description.company is not None and not description.named
    if phrases.amount_of_company and unnamed and _OF_THEM.match(words):
        description.modifiers.insert(0, Modifier.read(Place.COMPANY_BEFORE, f"{words} of"))
        return description.of(many=True)
    return (
        f"{with_vague(words, description.of(many=True))}, {' '.join(different(phrases.likeness))}"
    )


def different(likeness: str) -> tuple[str, str]:
    """The opposite of being alike: "in the same subject" becomes "in" and "different subjects"."""
    where, _, noun = likeness.partition(" the same ")
    return where, f"different {noun if noun.endswith('s') else plural(noun)}"


def with_vague(words: str, noun: str) -> str:
    """A noun with an amount in words, where such words belong.

    >>> with_vague("a range", "visits"), with_vague("sufficient", "visits")
    ('a range of visits', 'sufficient visits')
    >>> with_vague("multiple opportunities", "visits"), with_vague("over a week", "visits")
    ('multiple opportunities for visits', 'visits over a week')
    """
    if _PREPOSITION.match(words):
        return f"{noun} {words}"
    if words.endswith((" of", " for", " to")):
        return f"{words} {noun}"
    if _OF_THEM.match(words):
        return f"{words} of {noun.removeprefix('spells of ')}"
    return f"{words} for {noun}" if _PLURAL.search(words) else f"{words} {noun}"


def how_many_times(duty: Duty, vocabulary: Vocabulary) -> str:
    """The amount where no noun carries it: "at least twice"; empty for at least once."""
    kind, measure, bound = vocabulary.kinds[duty.records.kind], duty.measure, duty.bound
    if isinstance(measure, Total):
        return _totalling(measure, bound, kind)
    often = ""
    if bound.vague:
        return _vague_times(bound.vague, measure, kind)
    if not isinstance(measure, Covers) and not prohibited(bound):
        once = isinstance(measure, Count) and bound == _ONE
        often = "" if once else bound_in_words(bound, times)
    return ", ".join(filter(None, (often, _different(measure, bound, kind))))


def _vague_times(words: str, measure: Measure, kind: Kind) -> str:
    if isinstance(measure, Distinct):
        where, noun = different(attribute_phrases(measure.attribute, kind).likeness)
        return f"{where} {with_vague(words, noun)}"
    if _PLURAL.search(words):
        return f"with {words}"
    return words if _PREPOSITION.match(words) else with_vague(words, "times")
