"""The phrases for kinds of record, attributes and roles that their names alone would not give.

Read from `phrases.yaml` beside this module; what is missing there is worded from its name, and an
attribute of a policy's own from what it says.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import attrs
import yaml

from careerspolicy.english.nouns import Modifier, Place
from careerspolicy.english.wording import Forms, a, number, with_article
from careerspolicy.vocabulary import Attribute

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from careerspolicy.vocabulary import Kind

#: How a policy's own attribute says where its words stand: "from another school", "hosted by".
_BEGINS_WITH_PREPOSITION: Final = re.compile(
    r"(?:without|from|on|in|at|of|for|under|over|outside|within|open|by|to|\w+ing)\b"
)
_ENDS_IN_PREPOSITION: Final = re.compile(r" (?:by|from|to|with|for|at|on|in)$")
#: What a number may count: a length, a way, or things in the plural.
_LENGTH: Final = re.compile(r"((?:minutes|hours|days|weeks|months|years)\b.*?)( long)?$")
_DISTANCE: Final = re.compile(r"(?:miles|kilometres|metres)\b")
_IN_PLURAL: Final = re.compile(r"(?:[^su]s|people)\b")
#: Names that people say with "the": the National Careers Service, the register of employers.
_NAMED_WITH_THE: Final = re.compile(
    r"[a-z]+ of |[A-Z].* (?:Service|Company|Agency|Council|Institute|Commission|Foundation"
    r"|Authority)$"
)
#: What takes no "a": what has an article, a plural, and people who are many.
_NO_ARTICLE: Final = re.compile(
    r"^(?:an?|the|some|any|no|its|their) |(?:[^su]s|staff|alumni|people)$"
)
_UNCOUNTED: Final = re.compile(r"(?:information|data|evidence|guidance|material)$")


@attrs.frozen(kw_only=True)
class KindPhrases:
    """How English says a kind of record: its noun, whom it is with, and how it is done.

    `does` says how it is done, and so do `kept` of a state that stands, `offers`, `pupils` of what
    each of them does, and `own` of those whom it is about; `front` begins the sentence. `each` and
    `happens` name it in a phrase for all of them, and as a clause. One record that is `whole` holds
    all that is to be covered.
    """

    noun: Forms
    company: Forms | None = None
    does: Sequence[str] = ()
    kept: Sequence[str] = ()
    offers: Sequence[str] = ("offer {whom} {things}",)
    pupils: Sequence[str] = ("has {things}",)
    own: Sequence[str] = ()
    front: str = ""
    each: str = "* of {a pupil}"
    happens: Sequence[str] = ()
    whole: bool = False


def kind_phrases(kind: Kind) -> KindPhrases:
    """The phrases for a kind, those that nobody wrote made from its name."""
    own = _phrases()["kinds"].get(kind.name, {})
    entry = {"noun": Forms.made(kind.singular, kind.plural), **own}
    return KindPhrases(**{name: phrase for name, phrase in entry.items() if name != "attributes"})


@attrs.frozen(kw_only=True)
class AttributePhrases:
    """How English says what an attribute holds: of a noun, of a value, and of what is alike in it.

    `people` are those whom it is about, if they are pupils. An amount of `company` is an amount of
    those whom records are with: "encounters with a range of employers".
    """

    attribute: Attribute
    people: bool = False
    yes: Modifier | None = None
    no: Modifier | None = None
    same: str = ""
    total: str = ""
    other: str = "{}"
    values: Mapping[str, str] = attrs.field(factory=dict)
    amount_of_company: bool = False

    @property
    def name(self) -> str:
        """What it is called: as it says, unless that is a phrase for its values."""
        says = "" if "{}" in self.attribute.says else self.attribute.says
        return says or self.attribute.name.replace("_", " ")

    @property
    def is_yes_or_no(self) -> bool:
        """Whether it holds a yes or a no, and no value."""
        return self.attribute.type == "yes or no"

    def modifier(self, *, yes: bool = True) -> Modifier:
        """What is said of a noun by its values, by yes or by no."""
        if not yes:
            return self.no or self.modifier().opposite
        if self.yes or self.is_yes_or_no:
            return self.yes or _yes(self.name)
        slot = "{limits}" if self.attribute.type == "number" else "{or}"
        if "{}" in self.attribute.says:
            return _phrase(self.attribute.says.replace("{}", slot))
        return _amount(self.name) if self.attribute.type == "number" else self._named()

    def _named(self) -> Modifier:
        """What values say under the attribute's name: "hosted by …", "where the pace is …"."""
        if _ENDS_IN_PREPOSITION.search(self.name):
            words = f"{self.name} {'{a or}' if self.name.endswith(' by') else '{or}'}"
            doing = not self.people or self.name.partition(" ")[0].endswith("ing")
            return Modifier.read(Place.AFTER if doing else Place.HAVING, words)
        verb = "is"
        if self.attribute.many:
            verb = "include" if _IN_PLURAL.search(self.name) else "includes"
        whose, its = ("whose", "their") if self.people else ("where the", "{its|their}")
        has = f"has {{or}} as {its} {self.name}"
        return Modifier.read(Place.WHOSE, f"{whose} {self.name} {verb} {{or}}", has)

    def measured(self, amount: float) -> str:
        """What something with a number has or is: "has 5 hours", "is 40 minutes long"."""
        clause = _amount(self.name).predicate.of(many=False)
        return clause.replace("{limits}", number(amount))

    @property
    def likeness(self) -> tuple[str, str]:
        """How two are alike in it, before and after "the same": "with" and "providers"."""
        if _ENDS_IN_PREPOSITION.search(self.name):
            return self.name, "one"
        where, _, noun = self.same.partition(" the same ")
        return where or "with", noun or self.name

    @property
    def totalling(self) -> str:
        """How a total of it is said, with {bound}."""
        usual = f"with a total {self.name} of {{bound}}"
        usual = f"totalling {{bound}} {self.name}" if self.name.endswith("s") else usual
        return self.total or usual

    def coded(self, value: str) -> str:
        """A value as it is recorded, or by its meaning where a code says nothing ("K")."""
        return (self.attribute.values.get(value) or value) if len(value) == 1 else value

    def value(self, value: str) -> str:
        """A value in words; roles are named as everywhere."""
        if value in self.values:
            return self.values[value].partition(" | ")[0]
        if self.attribute.of_roles:
            return role(value)
        if value.startswith("own "):
            return f"the pupil's {value}"
        named = f"the {value}" if _NAMED_WITH_THE.match(value) else self.coded(value)
        return self.other.replace("{}", named)

    def forms(self, value: str) -> Forms:
        """A value that takes a noun's place, in both numbers."""
        the = role(value) if self.attribute.of_roles else value
        if self.attribute.of_roles and not the.startswith("the "):
            return Forms.made(value) if with_article(value) != value else Forms.alike(value)
        if the in self.values:
            return Forms.read(self.values[the].removeprefix("the "))
        return Forms.made(the.removeprefix("the "))

    def definite(self, value: str) -> str:
        """A value as the one that there is: "the programme map", "destination data"."""
        bare = value in self.values or _UNCOUNTED.search(value)
        return self.value(value) if bare else with_article(self.value(value))

    def indefinite(self, value: str) -> str:
        """A value as one of its sort: "a university", unless its words have their own article."""
        words = self.value(value)
        known = self.attribute.of_roles or " | " not in self.values.get(value, " | ")
        return words if known or value[:1].isupper() or _NO_ARTICLE.search(words) else a(words)


def _yes(says: str) -> Modifier:
    """What a yes means, in a policy's words: "paid", "with a mentor", "who cares for others"."""
    if says.startswith(("with ", "who ", "that ")) or _BEGINS_WITH_PREPOSITION.match(says):
        return _phrase(says)
    one_word = " " not in says
    return Modifier.read(Place.BEFORE, says) if one_word else _phrase(f"that is {says}")


def _phrase(says: str) -> Modifier:
    """A policy's phrase after a noun: "with {or}", "that shows {or}", "from {or}"."""
    first, _, rest = says.partition(" ")
    place = {"with": Place.HAVING, "who": Place.CLAUSE, "that": Place.CLAUSE}.get(first)
    return Modifier.read(place, rest) if place else Modifier.read(Place.AFTER, says)


def _amount(name: str) -> Modifier:
    """A number by what it counts: "minutes long", "miles from the school", "seats", "cost"."""
    if length := _LENGTH.match(name):
        predicate = f"{'is' if length[2] else 'has'} {{limits}} {name}"
        return Modifier.read(Place.LENGTH, f"of {{limits}} {length[1]}", predicate)
    if _DISTANCE.match(name):
        return Modifier.read(Place.AFTER, f"{{limits}} {name}")
    counted = f"{{limits}} {name}" if _IN_PLURAL.search(name) else f"{a(name)} of {{limits}}"
    return Modifier.read(Place.HAVING, counted)


def attribute_phrases(name: str, kind: Kind) -> AttributePhrases:
    """The phrases for an attribute, as a kind of record carries it."""
    attribute = kind.attributes.get(name) or Attribute(name=name, type="text", description="")
    usual = _phrases()["attributes"].get(name, {})
    own = _phrases()["kinds"].get(kind.name, {}).get("attributes", {}).get(name, {})
    values = {**usual.get("values", {}), **own.get("values", {})}
    fields = {**usual, **own, "values": values}
    return AttributePhrases(attribute=attribute, people=kind.name == "pupil", **fields)


def role(name: str) -> str:
    """A role as a sentence names it: "the careers leader", "teachers".

    >>> role("careers leader"), role("teacher"), role("staff")
    ('the careers leader', 'teachers', 'staff')
    """
    return str(_phrases()["roles"].get(name) or with_article(name))


def of_the_trust(name: str) -> bool:
    """Whether a role is the trust's rather than a school's."""
    return name in _phrases()["trust_roles"]


def has_what_others(names: Iterable[str], verb: str) -> bool:
    """Whether some roles have what others give, offer or tell, and so don't do it themselves."""
    return any(name in _phrases()["receivers"][verb] for name in names)


@lru_cache(maxsize=1)
def _phrases() -> dict[str, Any]:
    """The file, with what is said of nouns as modifiers."""
    text = files("careerspolicy.english").joinpath("phrases.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    for entry in (loaded, *loaded["kinds"].values()):
        entry.update(
            {form: Forms.read(entry[form]) for form in ("noun", "company") if form in entry}
        )
        if ending := entry.pop("ending", ""):
            entry["noun"] = attrs.evolve(entry["noun"], ending=ending)
        attributes = entry.get("attributes", {})
        entry["attributes"] = {name: _fields(phrases) for name, phrases in attributes.items()}
    return loaded


def _fields(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An attribute's entry as the fields of its phrases."""
    places = {place.value: place for place in Place}
    fields = {key: phrase for key, phrase in entry.items() if key not in (*places, "verb", "not")}
    for answer, phrases in (("yes", entry), ("no", entry.get("not", {}))):
        for key in places.keys() & phrases.keys():
            fields[answer] = Modifier.read(places[key], phrases[key], phrases.get("verb", ""))
    return fields
