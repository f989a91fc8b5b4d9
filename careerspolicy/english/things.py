"""Things as conditions describe them, and so many of what a duty counts.

"At least two encounters with employers": stands on `conditions`; `doings` puts it into what
somebody does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.english.conditions import Choice, bound_in_words, prohibited
from careerspolicy.english.nouns import Description, Modifier, Place
from careerspolicy.english.phrases import attribute_phrases, kind_phrases
from careerspolicy.english.wording import Forms, a, joined, plural_of, times
from careerspolicy.model.duty import Bound, Count, Covers, Distinct, Total
from careerspolicy.model.schedule import Once, Vaguely

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from careerspolicy.english.phrases import AttributePhrases
    from careerspolicy.model.duty import Amount, Duty
    from careerspolicy.model.population import Condition
    from careerspolicy.vocabulary import Kind, Vocabulary

#: Whom an event is with when a condition describes them and its name does not name them.
_PROVIDERS: Final = Forms.made("provider")
_NAMED_BY: Final = re.compile(r"\{(?!noun\})(\w+)\}")
#: A policy's own amounts, by what they have about them: "over a week", "a range", "many chances".
_PREPOSITION: Final = re.compile(r"(?:across|over|throughout|during|in|at|for|from|with|by|as)\b")
_OF_THEM: Final = re.compile(
    r"(?!an? (?:few|little|(?:good|great) many)\b)(?:an?|the|\d\S*|one|half|plenty|lots|dozens)\b"
)
_PLURAL: Final = re.compile(r" \w+s$")

#: As many as are counted where a policy gives no number.
_ONE: Final = Bound(at_least=1)


def described(kind: Kind, conditions: Iterable[Condition]) -> Description:
    """A kind's noun as conditions describe it."""
    return _described(kind, [Choice.of(condition, kind) for condition in conditions])


def _described(kind: Kind, choices: Sequence[Choice]) -> Description:
    """A kind's noun, or what a policy's own kind is named by what it says: "{step}"."""
    phrases, slots = kind_phrases(kind), {*_NAMED_BY.findall(kind.named)}
    naming = [choice for choice in choices if choice.name in slots and choice.is_named]
    noun = phrases.noun
    if slots and slots == {choice.name for choice in naming}:
        between = any(choice.bound for choice in naming)
        words = {choice.name: choice.words(article=between) for choice in naming}
        named = _NAMED_BY.sub(lambda slot: words[slot[1]], kind.named)
        each, many = (named.replace("{noun}", noun) for noun in (kind.singular, kind.plural))
        noun = Forms.made(each, many if between or each != many else "")
        choices = [choice for choice in choices if choice.name not in slots]
    description = Description(noun, phrases.company, people=kind.name == "pupil")
    for choice in choices:
        _describe(description, choice)
    return description


def happening(kind: Kind, conditions: Iterable[Condition], pupil: str = "the pupil") -> str:
    """A record as what happens: "the pupil leaves early"; empty where there are no words for it."""
    asked = {condition.attribute: Choice.of(condition, kind) for condition in conditions}
    texts = (text for text in kind_phrases(kind).happens if {*_NAMED_BY.findall(text)} == {*asked})
    words = {name: choice.words(article=True) for name, choice in asked.items()}
    return next(texts, "").replace("the pupil", pupil).format(**words)


def _describe(description: Description, choice: Choice) -> None:
    """Take in what is asked of an attribute."""
    modifier, phrases = choice.modifier, choice.phrases
    match modifier.place:
        case Place.NOUN if choice.ruled_out:
            modifier = Modifier.read(Place.AFTER, f"other than {choice.joined(phrases.indefinite)}")
        case Place.NOUN if choice.bound:
            each = choice.joined(lambda value: a(phrases.forms(value).singular))
            description.noun, description.company = Forms.alike(each), None
        case Place.NOUN:
            single = choice.joined(lambda value: phrases.forms(value).singular)
            many = choice.joined(lambda value: phrases.forms(value).plural)
            uncounted = choice.joined(lambda value: phrases.forms(value).uncounted)
            description.noun, description.company = Forms(single, many, uncounted), None
        case Place.COMPANY:
            description.company = _company(choice, description.company or _PROVIDERS)
            description.named = True
        case Place.COMPANY_BEFORE | Place.COMPANY_AFTER | Place.COMPANY_OF:
            description.company = description.company or _PROVIDERS
    description.modifiers.append(modifier)


def _company(choice: Choice, others: Forms) -> Forms:
    """Whom it is with: "a university", and of several "universities"."""
    phrases = choice.phrases
    article = "{a or}" in phrases.modifier().words
    if choice.ruled_out:
        but = choice.joined(phrases.indefinite if article else phrases.value)
        return Forms.made(
            f"{a(others.singular)} other than {but}", f"{others.plural} other than {but}"
        )
    name = choice.words(article=article)
    if choice.joint == "and" or not article:
        return Forms.alike(name)
    return Forms.made(name, choice.joined(lambda value: phrases.forms(value).plural))


def counted_noun(
    kind_name: str, conditions: Iterable[Condition], vocabulary: Vocabulary, amount: Amount
) -> str:
    """Records of a kind that pass some tests, for an amount, as promises name them.

    For example "meaningful encounters with employers".
    """
    return described(vocabulary.kinds[kind_name], conditions).whole(many=amount != 1)


@attrs.frozen
class Things:
    """What a duty counts, by all that is asked of one; and how many are owed."""

    duty: Duty
    kind: Kind
    choices: tuple[Choice, ...]

    @classmethod
    def of(cls, duty: Duty, vocabulary: Vocabulary) -> Things:
        """The things of a duty, and the range that they must cover between them."""
        kind = vocabulary.kinds[duty.records.kind]
        choices = [Choice.of(condition, kind) for condition in duty.records.where]
        if isinstance(duty.measure, Covers):
            choices.append(Choice.covering(duty.measure, duty.bound, kind))
        return cls(duty, kind, tuple(choices))

    def without(self, names: Collection[str]) -> Things:
        """The same, less what is said of some attributes elsewhere."""
        duty, measure = self.duty, self.duty.measure
        between = measure.attribute if isinstance(measure, Covers) else ""
        if between in names:
            duty = attrs.evolve(duty, measure=Count(), bound=_ONE)
        left = (
            choice
            for choice in self.choices
            if choice.name not in names or (choice.name == between and not choice.bound)
        )
        return attrs.evolve(self, duty=duty, choices=tuple(left))

    def consulting_others(self, owners: Collection[str]) -> Things:
        """The same without those owners among the consulted who would consult themselves."""
        if not self.choices or self.choices[-1].name != "consulted" or not self.choices[-1].bound:
            return self
        *rest, between = self.choices
        others = tuple(name for name in between.values if name not in owners)
        if not between.is_whole or not others:
            return self if others else self.without({"consulted"})
        between = attrs.evolve(between, values=others, bound=Bound(at_least=len(others)))
        return attrs.evolve(self, choices=(*rest, between))

    @property
    def description(self) -> Description:
        """One of them."""
        return _described(self.kind, self.choices)

    @property
    def are_many(self) -> bool:
        """Whether they are named in the plural."""
        measure, bound = self.duty.measure, self.duty.bound
        if isinstance(measure, Covers):
            return not (kind_phrases(self.kind).whole and self.description.tail)
        if isinstance(measure, Total) or bound.vague:
            return True
        if bound.stated or bound != _ONE:
            last = bound.at_most if bound.at_most is not None else bound.at_least
            return last != 1 and not prohibited(bound)
        return isinstance(self.duty.schedule, Vaguely)

    @property
    def words(self) -> str:
        """So many of them: "at least two encounters with employers"."""
        return self.worded(self.description)

    def worded(self, thing: Description) -> str:
        """So many of what one of them is."""
        measure, bound = self.duty.measure, self.duty.bound
        if self.duty.further_to:
            further = Modifier.read(Place.BEFORE, "further")
            thing = attrs.evolve(thing, modifiers=[further, *thing.modifiers])
        if bound.vague and isinstance(measure, Count | Distinct):
            return self._vaguely(thing)
        counted = thing.of(many=self.are_many)
        if isinstance(measure, Total):
            return f"{counted} {self._totalling()}"
        if isinstance(measure, Covers) or prohibited(bound) or (bound == _ONE and not bound.stated):
            uncounted = self.are_many or thing.noun.singular == thing.noun.plural
            counted = counted if uncounted else a(counted)
        else:
            counted = f"{bound_in_words(bound)} {counted}"
        return joined(counted, self._different())

    @property
    def alone(self) -> Things:
        """The same, owed once: "a trained careers leader", "at least two careers leaders"."""
        duty = attrs.evolve(self.duty, schedule=Once())
        if isinstance(duty.measure, Covers) or duty.bound == _ONE:
            duty = attrs.evolve(duty, measure=Count(), bound=Bound(at_least=1, stated=False))
        return attrs.evolve(self, duty=duty)

    def called(self, noun: Forms) -> str:
        """So many by a name, less what follows it."""
        modifiers = self.description.modifiers
        before = [modifier for modifier in modifiers if modifier.place is Place.BEFORE]
        return self.alone.worded(Description(noun, modifiers=before))

    @property
    def times(self) -> str:
        """The amount where no noun carries it: "at least twice"; empty for at least once."""
        measure, bound = self.duty.measure, self.duty.bound
        if isinstance(measure, Total):
            return self._totalling()
        if bound.vague and isinstance(measure, Distinct):
            where, noun = self._measured.likeness
            return f"{where} {with_vague(bound.vague, f'different {plural_of(noun)}')}"
        if bound.vague and _PLURAL.search(bound.vague):
            return f"with {bound.vague}"
        if bound.vague:
            of_times = not _PREPOSITION.match(bound.vague)
            return with_vague(bound.vague, "times") if of_times else bound.vague
        uncounted = isinstance(measure, Covers) or prohibited(bound)
        once = isinstance(measure, Count) and bound == _ONE
        often = "" if uncounted or once else bound_in_words(bound, times)
        return joined(often, self._different())

    @property
    def _measured(self) -> AttributePhrases:
        return attribute_phrases(getattr(self.duty.measure, "attribute", ""), self.kind)

    def _totalling(self) -> str:
        bound = self.duty.bound
        amount = "more than zero" if prohibited(bound) else bound_in_words(bound)
        return self._measured.totalling.replace("{bound}", amount)

    def _different(self) -> str:
        """What is asked of how they differ: "not all with the same providers"."""
        bound = self.duty.bound
        if not isinstance(self.duty.measure, Distinct):
            return ""
        same = " the same ".join(self._measured.likeness)
        if bound.at_most is None and (bound.at_least or 0) > 1:
            return f"{'not all' if bound.at_least == 2 else 'no two of them'} {same}"
        return f"counting those {same} as one"

    def _vaguely(self, thing: Description) -> str:
        """An amount that the policy gives in words: "a range of encounters", "enough visits"."""
        words = self.duty.bound.vague
        if _OF_THEM.match(words):
            thing = attrs.evolve(thing, noun=attrs.evolve(thing.noun, plural=thing.noun.uncounted))
        several = with_vague(words, thing.of(many=True))
        if not isinstance(self.duty.measure, Distinct):
            return several
        unnamed = thing.company is not None and not thing.named
        if self._measured.amount_of_company and unnamed and _OF_THEM.match(words):
            of = Modifier.read(Place.COMPANY_BEFORE, f"{words} of")
            return attrs.evolve(thing, modifiers=[of, *thing.modifiers]).of(many=True)
        where, noun = self._measured.likeness
        return f"{several}, {where} different {plural_of(noun)}"


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
        return f"{words} of {noun}"
    return f"{words} for {noun}" if _PLURAL.search(words) else f"{words} {noun}"
