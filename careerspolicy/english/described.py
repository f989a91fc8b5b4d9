"""Noun phrases: a noun with everything that conditions say of it, in the singular or the plural.

Stands on `phrases`; `things`, `people` and `doings` build on it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.english.phrases import Forms, attribute_phrases, kind_phrases
from careerspolicy.english.wording import a, listing, number, number_in_words, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from careerspolicy.english.phrases import AttributePhrases
    from careerspolicy.model.duty import Bound, Covers
    from careerspolicy.model.population import Condition
    from careerspolicy.vocabulary import Kind

_EITHER: Final = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")
#: Whom an event is with when a condition describes them and its name does not name them.
_PROVIDERS: Final = Forms("provider", "providers")
_TAIL: Final = re.compile(r"(?:covering|including|dealing with|looking at) ")
_OF: Final = re.compile("^of ")
_NAMED_BY: Final = re.compile(r"\{(?!noun\})(\w+)\}")
_LEVEL: Final = re.compile(r"\{limits:level\}")
#: What follows a noun at once, and what follows all else: how long, and clauses.
_LENGTH: Final = re.compile(r"of (?:at (?:least|most)|more than|less than) ")
_CLAUSE: Final = re.compile(r"(?:that|who|whose|where) ")
_WAY: Final = re.compile(r"(?:in|on|as|at|by|live|through) ")


def agreeing(text: str, *, many: bool) -> str:
    """A template's {is|are} in the singular or the plural.

    >>> agreeing("that {is|are} not meaningful", many=True)
    'that are not meaningful'
    """
    return _EITHER.sub(lambda found: found[2] if many else found[1], text)


@attrs.define
class Description:
    """A noun and what is said of it; `company` is whom it is with ("encounters with employers")."""

    noun: Forms
    company: Forms | None = None
    before: list[str] = attrs.field(factory=list)
    after: list[str] = attrs.field(factory=list)
    company_before: list[str] = attrs.field(factory=list)
    company_after: list[str] = attrs.field(factory=list)
    company_named: Forms | None = None

    def of(self, *, many: bool) -> str:
        """The whole noun phrase, without article or number."""
        noun, star, rest = self.noun.of(many=many).partition(" *")
        after = filter(None, self._said_after(self._with(many=many)))
        words = [*self.before, noun, *after]
        told = f"{' '.join(words)}{rest if star else ''}".replace(" ,", ",")
        return agreeing(told, many=many)

    def _said_after(self, company: list[str]) -> list[str]:
        """What follows the noun: lengths first, clauses last, with "and" between clauses."""
        rest = [one for one in self.after if not _TAIL.match(one)]
        lengths = [one for one in rest if _LENGTH.match(one)]
        clauses = [one for one in rest if _CLAUSE.match(one)]
        ends = [one for one in rest if one.startswith(",")]
        plain = [one for one in rest if one not in (*lengths, *clauses, *ends)]
        return [*lengths, *company, *plain, " and ".join(clauses), *ends]

    @property
    def tail(self) -> list[str]:
        """What is said of it at the very end of a sentence: "covering a risk assessment"."""
        return [one for one in self.after if _TAIL.match(one)]

    def _with(self, *, many: bool) -> list[str]:
        if self.company_named:
            after = (_OF.sub("offering ", one) for one in self.company_after)
            of_them = [*self.company_before, *after]
            return [f"with {self.company_named.of(many=many)}", *of_them]
        if self.company is None:
            return []
        named = " ".join((*self.company_before, self.company.of(many=many)))
        named = named if many or self.company_before[:1] == ["a range of"] else a(named)
        return [f"with {named}", *self.company_after]

    def add(self, template: str) -> None:
        """Take in what a template says, where it says it stands."""
        where, _, said = (
            template.rpartition(": ") if template.startswith("with: ") else ("", "", "")
        )
        if where:
            self.company = self.company or _PROVIDERS
            before, after = self.company_before, self.company_after
        else:
            before, after, said = self.before, self.after, template
        first, star, last = said.partition("*")
        if not star:
            self.company_named = Forms(said, said)
            return
        if first.strip():
            before.append(first.strip())
        if last.strip():
            after.append(last.strip())


def described(kind: Kind, conditions: Iterable[Condition], covers: Covered | None) -> Description:
    """A kind's noun as conditions, and the range that is to be covered, describe it."""
    phrases, conditions = kind_phrases(kind), [*conditions]
    told = Description(_own_noun(kind, conditions) or phrases.noun, phrases.company)
    for condition in conditions:
        if f"{{{condition.attribute}}}" in kind.named:
            continue
        attribute = attribute_phrases(condition.attribute, kind)
        _take_in(told, attribute, condition, of_people=kind.name == "pupil")
    if covers is not None:
        _take_in_covers(told, covers)
    return told


def _own_noun(kind: Kind, conditions: Sequence[Condition]) -> Forms | None:
    """What a policy's own kind is named by what it says, where it says so: "{step}"."""
    tested = {condition.attribute: condition for condition in conditions}
    slots = _NAMED_BY.findall(kind.named)
    if not slots or not all(name in tested and tested[name].one_of for name in slots):
        return None
    words = {name: values(attribute_phrases(name, kind), tested[name]) for name in slots}
    one, many = (kind.named.format(noun=noun, **words) for noun in (kind.singular, kind.plural))
    return Forms(one, many if many != one else plural(one))


def _take_in(
    told: Description, attribute: AttributePhrases, condition: Condition, *, of_people: bool
) -> None:
    template = attribute.describing(answer(attribute, condition), of_people=of_people)
    if template.startswith("noun: "):
        if condition.one_of is None:
            ruled_out = map(attribute.with_article, named_values(attribute, condition))
            told.add(f"* other than {listing(ruled_out, 'or')}")
            return
        told.noun = _either(
            [attribute.forms(one) for one in named_values(attribute, condition)], "or"
        )
        told.company = None
        return
    if template.startswith("with= "):
        told.company_named = _company(attribute, condition, told.company or _PROVIDERS)
        return
    told.add(filled(template, attribute, condition))


def _company(attribute: AttributePhrases, condition: Condition, others: Forms) -> Forms:
    """Whom it is with: "a university", and of several "universities"."""
    article = "{a or}" in str(attribute.told.get("as"))
    if condition.none_of is not None:
        name = attribute.with_article if article else attribute.value
        but = listing(map(name, named_values(attribute, condition)), "or")
        return Forms(f"{a(others.one)} other than {but}", f"{others.many} other than {but}")
    one = values(attribute, condition, article=article)
    if condition.one_of is None or not article:
        return Forms(one, one)
    many = [attribute.forms(value).many for value in named_values(attribute, condition)]
    return Forms(one, listing(many, "or"))


def _take_in_covers(told: Description, covers: Covered) -> None:
    template = covers.attribute.describing("as", of_people=False)
    if template.startswith("noun: "):
        forms = [covers.attribute.forms(one) for one in covers.values]
        told.noun = Forms(
            covers.of(a(one.one) for one in forms), covers.of(a(one.one) for one in forms)
        )
        told.company = None
    elif template.startswith("with= "):
        said = covers.said(article="{a or}" in template)
        told.company_named = Forms(said, said)
    else:
        listed = template.replace("{a or}", covers.said(article=True))
        told.add(listed.replace("{or}", covers.said()))


@attrs.frozen
class Covered:
    """The values that are to be covered between records, and how many of them."""

    attribute: AttributePhrases
    values: tuple[str, ...]
    bound: Bound

    @classmethod
    def by(cls, kind: Kind, covers: Covers, bound: Bound) -> Covered:
        """What a measure asks to be covered."""
        return cls(attribute_phrases(covers.attribute, kind), covers.values, bound)

    def said(self, *, article: bool = False) -> str:
        """The values in words: "a sixth form and a university", "at least two of …"."""
        name = self.attribute.with_article if article else self.attribute.value
        return self.of(name(one) for one in self.values)

    def of(self, words: Iterable[str]) -> str:
        """Some words as the list that the bound asks of them."""
        listed = listing(numbered([*words]))
        bound = self.bound
        if bound.at_least == len(self.values) and bound.at_most is None:
            return listed
        if prohibited(bound):
            return f"any of {listed}"
        return f"{bounds_said(bound)} of {listed}"


def numbered(words: Sequence[str]) -> Sequence[str]:
    """Values that differ in their number alone, as one run of them.

    >>> numbered(["benchmark 1", "benchmark 2", "benchmark 3"])
    ('benchmarks 1 to 3',)
    """
    heads = {one.rpartition(" ")[0] for one in words}
    numbers = [one.rpartition(" ")[2] for one in words]
    if len(heads) != 1 or len(words) < 2 or not all(map(str.isdigit, numbers)):
        return words
    first, last = int(numbers[0]), int(numbers[-1])
    run = [*map(str, range(first, last + 1))] == numbers
    return (f"{plural(heads.pop())} {f'{first} to {last}' if run else listing(numbers)}",)


def _either(forms: Sequence[Forms], joint: str) -> Forms:
    ones = [forms[0].one, *(one.one for one in forms[1:])]
    return Forms(listing(ones, joint), listing([one.many for one in forms], joint))


def answer(attribute: AttributePhrases, condition: Condition) -> str:
    """Which of an attribute's templates says a condition."""
    if attribute.attribute.type != "yes or no":
        return "as"
    yes = condition.holds(value=True)
    return "yes" if yes and not condition.holds(value=False) else "no"


def filled(template: str, attribute: AttributePhrases, condition: Condition) -> str:
    """A template with a condition's values or limits in it."""
    if _LEVEL.search(template):
        return _LEVEL.sub(lambda _: _level(condition), template)
    limits = limits_said(condition)
    if "{limits}" in template:
        said = limits or values(attribute, condition)
        return template.replace("{limits}", said)
    if limits:
        return attribute.limited(limits)
    if condition.none_of is not None and template.endswith(" is {or}"):
        but = listing(map(attribute.value, named_values(attribute, condition)), "or")
        return template.replace(" is {or}", f" is not {but}")
    template = template.replace("{a or}", values(attribute, condition, article=True))
    return template.replace("{or}", values(attribute, condition))


def values(attribute: AttributePhrases, condition: Condition, *, article: bool = False) -> str:
    """A condition's values as a list: or, and for all of them, neither of them."""
    name = attribute.with_article if article else attribute.value
    if condition.all_of is not None:
        return listing(map(name, named_values(attribute, condition)))
    listed = listing(map(name, named_values(attribute, condition)), "or")
    return f"{_anything(attribute, listed)} {listed}" if condition.none_of is not None else listed


def _anything(attribute: AttributePhrases, listed: str) -> str:
    """What rules values out: of people, of ways and places, and of other things."""
    if attribute.attribute.of_roles or attribute.label.endswith(" by"):
        return "anybody but"
    return "otherwise than" if _WAY.match(listed) else "anything but"


def named_values(attribute: AttributePhrases, condition: Condition) -> list[str]:
    """The values that a condition names, in the vocabulary's order."""
    told = condition.one_of or condition.all_of or condition.none_of or ()
    order = [*attribute.attribute.values]
    found = (number(one) if isinstance(one, float) else str(one) for one in told)
    return sorted(found, key=lambda one: (order.index(one) if one in order else len(order), one))


def _level(condition: Condition) -> str:
    """A level within limits: "level 6 or above", "a level between 4 and 7"."""
    low, high = condition.at_least, condition.at_most
    others = condition.above is not None or condition.below is not None
    if others or low is None:
        limits = limits_said(condition)
        return f"level {number(high)} or below" if high and not others else f"a level of {limits}"
    if high is None:
        return f"level {number(low)} or above"
    return (
        f"a level between {number(low)} and {number(high)}"
        if low != high
        else f"level {number(low)}"
    )


def limits_said(condition: Condition) -> str:
    """A condition's limits in words: "at least six"."""
    return _limits(condition, number_in_words)


def limits_in_figures(condition: Condition) -> str:
    """A condition's limits in figures: "at least 6"."""
    return _limits(condition, number)


def _limits(condition: Condition, written: Callable[[float], str]) -> str:
    limits = (
        ("at least", condition.at_least),
        ("more than", condition.above),
        ("at most", condition.at_most),
        ("less than", condition.below),
    )
    told = (f"{words} {written(limit)}" for words, limit in limits if limit is not None)
    return " and ".join(told)


def bounds_said(bound: Bound) -> str:
    """How many, in words: "at least two", "exactly one", "at least one and at most three"."""
    low, high = bound.at_least, bound.at_most
    if bound.vague:
        return bound.vague
    if low is not None and low == high:
        return f"exactly {number_in_words(low)}"
    told = (("at least", low), ("at most", high))
    return " and ".join(f"{words} {number_in_words(n)}" for words, n in told if n is not None)


def prohibited(bound: Bound) -> bool:
    """Whether not one is allowed."""
    return bound.at_most == 0 and not bound.at_least
