"""What is asked of one attribute, in words: said of a noun, as a clause, and why a value fails it.

Stands on `phrases`; `things` describes nouns by it, `reasons` says what did not count.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.english.phrases import attribute_phrases
from careerspolicy.english.wording import listing, number, number_in_words, plural
from careerspolicy.model.duty import Bound
from careerspolicy.model.population import Condition

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from careerspolicy.english.nouns import Modifier
    from careerspolicy.english.phrases import AttributePhrases
    from careerspolicy.model.duty import Covers
    from careerspolicy.vocabulary import Kind, Value

_WAY: Final = re.compile(r"(?:in|on|as|at|by|live|through) ")


@attrs.frozen(kw_only=True)
class Choice:
    """What is asked of an attribute: yes or no, limits, or some of its values.

    Of the values one or all (`joint`), none (`ruled_out`), or as many as a `bound` has.
    """

    phrases: AttributePhrases
    values: tuple[str, ...] = ()
    joint: str = "or"
    ruled_out: bool = False
    bound: Bound | None = None
    yes: bool = True
    limits: str = ""
    level: str = ""

    @classmethod
    def of(cls, condition: Condition, kind: Kind) -> Choice:
        """What a condition asks, its values in the vocabulary's order."""
        phrases = attribute_phrases(condition.attribute, kind)
        asked = condition.one_of or condition.all_of or condition.none_of or ()
        words = {number(value) if isinstance(value, float) else str(value) for value in asked}
        known = [value for value in phrases.attribute.values if value in words]
        return cls(
            phrases=phrases,
            values=(*known, *sorted(words.difference(known))),
            joint="or" if condition.all_of is None else "and",
            ruled_out=condition.none_of is not None,
            yes=not phrases.is_yes_or_no or condition.holds(value=True) is True,
            limits=_limits(condition, number_in_words),
            level=_level(condition),
        )

    @classmethod
    def covering(cls, covers: Covers, bound: Bound, kind: Kind) -> Choice:
        """What a range to be covered between records asks."""
        phrases = attribute_phrases(covers.attribute, kind)
        return cls(phrases=phrases, values=covers.values, joint="and", bound=bound)

    @property
    def name(self) -> str:
        """The attribute."""
        return self.phrases.attribute.name

    @property
    def is_named(self) -> bool:
        """Whether it names the values that there are."""
        return bool(self.values) and not self.ruled_out

    @property
    def is_whole(self) -> bool:
        """Whether all that is named is meant."""
        return self.bound is None or self.bound == Bound(at_least=len(self.values))

    @property
    def modifier(self) -> Modifier:
        """What it says of a noun, with values and limits in their places."""
        modifier = self.phrases.modifier(yes=self.yes)
        predicate = attrs.evolve(modifier.predicate, rest=self._filling(modifier.predicate.rest))
        return attrs.evolve(modifier, words=self._filling(modifier.words), predicate=predicate)

    def _filling(self, text: str) -> str:
        if self.ruled_out and text.endswith(" is {or}"):
            return text.replace(" is {or}", f" is not {self.joined(self.phrases.value)}")
        level, limits = self.level or f"level {self.words()}", self.limits or self.words()
        many = self.joined(lambda value: self.phrases.forms(value).plural)
        text = text.replace("{level}", level).replace("{limits}", limits).replace("{many}", many)
        return text.replace("{a or}", self.words(article=True)).replace("{or}", self.words())

    def words(self, *, article: bool = False) -> str:
        """The values in words: "a sixth form and a university", "anything but recorded"."""
        if self.phrases.is_yes_or_no:
            return self.phrases.modifier(yes=self.yes).words
        words = self.joined(self.phrases.indefinite if article else self.phrases.value)
        return f"{self._anything_but(words)} {words}" if self.ruled_out else words

    def _anything_but(self, words: str) -> str:
        """What rules values out: of people, of ways and places, and of other things."""
        if self.phrases.attribute.of_roles or self.phrases.name.endswith(" by"):
            return "anybody but"
        return "otherwise than" if _WAY.match(words) else "anything but"

    def joined(self, worded: Callable[[str], str]) -> str:
        """The values, each in some words for it, as a list that says how many are meant."""
        words, bound = [*map(worded, self.values)], self.bound
        if bound is None:
            return listing(words, self.joint)
        run = listing(numbered(words))
        many = "any" if prohibited(bound) else bound_in_words(bound)
        return run if self.is_whole else f"{many} of {run}"


def numbered(words: Sequence[str]) -> Sequence[str]:
    """Values that differ in their number alone, as one run of them.

    >>> numbered(["benchmark 1", "benchmark 2", "benchmark 3"])
    ('benchmarks 1 to 3',)
    """
    heads = {word.rpartition(" ")[0] for word in words}
    numbers = [word.rpartition(" ")[2] for word in words]
    if len(heads) != 1 or len(words) < 2 or not all(map(str.isdigit, numbers)):
        return words
    first, last = int(numbers[0]), int(numbers[-1])
    run = [*map(str, range(first, last + 1))] == numbers
    return (f"{plural(heads.pop())} {f'{first} to {last}' if run else listing(numbers)}",)


def _level(condition: Condition) -> str:
    """A level within limits: "level 6 or above", "a level between 4 and 7"."""
    low, high = condition.at_least, condition.at_most
    if condition.above is not None or condition.below is not None:
        return f"a level of {_limits(condition, number_in_words)}"
    if low is not None and high is not None:
        if low == high:
            return f"level {number(low)}"
        return f"a level between {number(low)} and {number(high)}"
    if low is not None:
        return f"level {number(low)} or above"
    return f"level {number(high)} or below" if high is not None else ""


def _limits(condition: Condition, worded: Callable[[float], str]) -> str:
    """A condition's limits: "at least six and less than nine"."""
    limits = {
        "at least": condition.at_least,
        "more than": condition.above,
        "at most": condition.at_most,
        "less than": condition.below,
    }
    return " and ".join(f"{side} {worded(by)}" for side, by in limits.items() if by is not None)


def bound_in_words(bound: Bound, worded: Callable[[float], str] = number_in_words) -> str:
    """How many: "at least two", "exactly one", "at least one and at most three"."""
    low, high = bound.at_least, bound.at_most
    if bound.vague:
        return bound.vague
    if low is not None and low == high:
        return f"exactly {worded(low)}"
    return _limits(Condition(attribute="", at_least=low, at_most=high), worded)


def prohibited(bound: Bound) -> bool:
    """Whether not one is allowed."""
    return bound.at_most == 0 and not bound.at_least


def being(condition: Condition, kind: Kind) -> str:
    """What somebody or something that passes a condition is: "is meaningful", "has a budget"."""
    return Choice.of(condition, kind).modifier.predicate.of(many=False)


def failing_clause(condition: Condition, kind: Kind, value: Value) -> str:
    """Why a record that fails a condition doesn't count, as the end of "the one on …"."""
    choice = Choice.of(condition, kind)
    phrases = choice.phrases
    if phrases.is_yes_or_no:
        return attrs.evolve(choice, yes=not choice.yes).modifier.predicate.of(many=False)
    wanted = _wanted(condition, phrases)
    if isinstance(value, (int, float)):
        return f"{phrases.measured(value)}{wanted}"
    has = listing(sorted(value)) if isinstance(value, frozenset) else phrases.coded(value)
    if phrases.attribute.of_roles and phrases.attribute.many:  # "to", "present" are no nouns
        return f'says "{phrases.name}: {has or "nothing"}"{wanted}'
    return f"has {has or 'nothing'} as its {phrases.name}{wanted}"


def broken_clause(condition: Condition, kind: Kind, value: Value, who: str) -> str:
    """Why somebody or something that fails a condition is not meant, as a clause."""
    choice = Choice.of(condition, kind)
    if choice.phrases.is_yes_or_no or isinstance(value, (int, float)):
        return f"{who} {failing_clause(condition, kind, value)}"
    values = value if isinstance(value, frozenset) else frozenset([value])
    has = being(Condition(attribute=condition.attribute, one_of=values), kind)
    wanted = choice.words(article="{a or}" in choice.phrases.modifier().predicate.rest)
    return f"{who} {has}{'' if choice.ruled_out else f', not {wanted}'}"


def unsaid_clause(condition: Condition, kind: Kind) -> str:
    """Why a record that leaves a condition open may not count, as the end of "the one on …"."""
    phrases = attribute_phrases(condition.attribute, kind)
    if phrases.is_yes_or_no:
        return f"does not say whether it {phrases.modifier().predicate.of(many=False)}"
    return f"does not say its {phrases.name}"


def asked_clause(condition: Condition, kind: Kind, who: str, *, many: bool = False) -> str:
    """What would have to be known to test a condition: "whether the pupil is looked after"."""
    phrases = attribute_phrases(condition.attribute, kind)
    if phrases.is_yes_or_no:
        return f"whether {who} {phrases.modifier().predicate.of(many=many)}"
    return f"the {phrases.name} of {who}"


def _wanted(condition: Condition, phrases: AttributePhrases) -> str:
    """What was wanted instead; nothing, where only some values were ruled out."""
    if condition.none_of is not None:
        return ""
    if condition.all_of is not None:
        return f", not {listing(sorted(condition.all_of))}"
    if condition.one_of is not None:
        wanted = (phrases.coded(value) for value in sorted(map(str, condition.one_of)))
        return f", not {listing(wanted, 'or')}"
    return f"; {_limits(condition, number)} is asked"
