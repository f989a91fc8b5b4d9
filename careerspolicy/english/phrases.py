"""The phrases for kinds of record, attributes and roles that their names alone would not give.

Read from `phrases.yaml` beside this module; what is missing there is worded from its name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import attrs
import yaml

from careerspolicy.english.nouns import with_article
from careerspolicy.english.wording import a, plural
from careerspolicy.vocabulary import Attribute

if TYPE_CHECKING:
    from collections.abc import Mapping

    from careerspolicy.vocabulary import Kind

#: What a description that stands after its noun may begin with, as "from another school".
_STANDS_AFTER: Final = re.compile(
    r"(?:with|without|from|on|in|at|of|for|under|over|outside|within|open|by|to)\b"
)
_ENDS_IN_PREPOSITION: Final = re.compile(r" (?:by|from|to|with|for|at|on|in)$")

#: Names that people say with "the": the National Careers Service.
_THE_BODY: Final = re.compile(
    r"[A-Z].* (?:Service|Company|Agency|Council|Institute|Commission|Foundation|Authority)$"
)
#: How a pupil is said to have what nothing else is known of.
HAVING: Final = "make sure that {whom} {has|have} {things}"
_LENGTH: Final = re.compile(r"(?:minutes|hours|days|weeks|months|years)\b")
_HEAD_OF: Final = re.compile(r"[a-z]+ of ")
_UNCOUNTED: Final = re.compile(r"(?:information|data|evidence|guidance|material)$")


@attrs.frozen
class Forms:
    """A noun in the singular and in the plural."""

    one: str
    many: str

    @classmethod
    def told(cls, text: str) -> Forms:
        """The forms in "singular | plural", or of a noun with a regular plural."""
        one, _, many = text.partition(" | ")
        return cls(one, many or plural(one))

    def of(self, *, many: bool) -> str:
        """The one asked for."""
        return self.many if many else self.one


@attrs.frozen
class KindPhrases:
    """How English says a kind of record: its noun, whom it is with, and how it is done.

    `own` is how it is done by those whom it is about; `happens` names it as a clause.
    One record that is `whole` holds all that is to be covered.
    """

    noun: Forms
    company: Forms | None
    doing: tuple[str, ...]
    kept: tuple[str, ...]
    offered: tuple[str, ...]
    own: tuple[str, ...]
    each: str
    happens: str
    whole: bool


def kind_phrases(kind: Kind) -> KindPhrases:
    """The phrases for a kind, those that nobody wrote made from its name."""
    told = _told("kinds").get(kind.name, {})
    noun = Forms.told(told["noun"]) if "noun" in told else Forms(kind.singular, kind.plural)
    usual = (HAVING,) if kind.of == "pupil" else ("have {things}",)
    doing = tuple(told.get("doing", usual))
    return KindPhrases(
        noun=noun,
        company=Forms.told(told["with"]) if "with" in told else None,
        doing=doing,
        kept=tuple(told.get("kept", doing)),
        offered=tuple(told.get("offered", ("offer {whom} {things}",))),
        own=tuple(told.get("own", ())),
        each=told.get("each", "* of {a pupil}"),
        happens=told.get("happens", ""),
        whole=told.get("whole", False),
    )


@attrs.frozen
class AttributePhrases:
    """How English says what an attribute holds: templates, and words for its values."""

    told: Mapping[str, Any]
    attribute: Attribute

    @property
    def label(self) -> str:
        """The attribute's own name in words."""
        return self.attribute.says or self.attribute.name.replace("_", " ")

    def describing(self, answer: str, *, of_people: bool) -> str:
        """The template that describes a noun; `answer` is "yes", "no" or "as" for values."""
        if answer in self.told:
            return str(self.told[answer])
        if answer != "as":
            return self._yes_or_no(answer, "who" if of_people else "that")
        if "{}" in self.attribute.says:
            said = self.attribute.says.replace("{}", "{or}")
            return said if "*" in said else f"* {said}"
        if _ENDS_IN_PREPOSITION.search(self.label):
            doing = not of_people or re.match(r"\w+ing\b", self.label)
            return f"* {self.label} {{or}}" if doing else f"* with {self.label} {{or}}"
        noun = "whose" if of_people else "where the"
        if self.attribute.many:
            return f"* {noun} {_in_plural(self.label)} include {{or}}"
        return f"* {noun} {self.label} is {{or}}"

    def saying(self, answer: str) -> str:
        """The template that says the same as a verb: "{is|are} open to the whole year group"."""
        verb = self.told.get("verb", "")
        if isinstance(verb, str) and verb:
            return verb
        if verb:
            return str(verb[answer])
        described = self.describing(answer, of_people=False)
        if described.startswith("* where the "):
            return f"{{has|have}} {{or}} as {{its|their}} {self.label}"
        plain = re.sub(r"^\w+[:=] |\* | \*|^\*$", "", described)
        plain = re.sub(r"^that \{(\w+)\|(\w+)\} ", "", plain)
        return f"{{is|are}} {plain}"

    def _yes_or_no(self, answer: str, pronoun: str) -> str:
        says = self.label
        if says.startswith("with ") and answer == "no":
            return f"* without {says.removeprefix('with ').removeprefix('a ').removeprefix('an ')}"
        if answer == "no":
            return f"* {pronoun} {{is|are}} not {says}"
        if " " not in says:
            return f"{says} *"
        return f"* {says}" if _STANDS_AFTER.match(says) else f"* {pronoun} {{is|are}} {says}"

    @property
    def same(self) -> str:
        """How two are alike in it: "with the same providers"."""
        if _ENDS_IN_PREPOSITION.search(self.label):
            return f"{self.label} the same"
        return str(self.told.get("same", f"with the same {self.label}"))

    @property
    def total(self) -> str:
        """How a total of it is said, with {bound}."""
        usual = f"with a total {self.label} of {{bound}}"
        usual = f"totalling {{bound}} {self.label}" if self.label.endswith("s") else usual
        return str(self.told.get("total", usual))

    def limited(self, limits: str) -> str:
        """A number within limits, as it describes a noun: "of at least 30 minutes"."""
        if _LENGTH.match(self.label):
            return f"* of {limits} {self.label.removesuffix(' long')}"
        if re.match(r"\w+s\b|.*s$", self.label):
            return f"* with {limits} {self.label}"
        return f"* with {self.label} of {limits}"

    def value(self, value: str) -> str:
        """A value in words; roles are named as everywhere."""
        worded = self.told.get("values", {}).get(value)
        if worded is not None:
            return str(worded).partition(" | ")[0]
        if self.attribute.of_roles:
            return role(value)
        if _HEAD_OF.match(value) or _THE_BODY.match(value):
            return f"the {value}"
        meaning = self.attribute.values.get(value, "")
        named = meaning if meaning and len(value) == 1 else value
        return str(self.told.get("other", "{}")).replace("{}", named)

    def forms(self, value: str) -> Forms:
        """A value that takes a noun's place, in both numbers."""
        return Forms.told(str(self.told.get("values", {}).get(value, value)))

    def definite(self, value: str) -> str:
        """A value as the one that there is: "the programme map", "destination data"."""
        worded = self.value(value)
        known = value in self.told.get("values", {})
        return worded if known or _UNCOUNTED.search(value) else with_article(worded)

    def with_article(self, value: str) -> str:
        """A value as one of its sort: "a university", unless its words have their own article."""
        worded = self.value(value)
        known = value in self.told.get("values", {})
        return worded if known or value[:1].isupper() else a(worded)


def _in_plural(label: str) -> str:
    """A label in the plural, unless it is one already: "people met", "event contents"."""
    return label if re.match(r"people\b|.*s$", label) else plural(label)


def attribute_phrases(name: str, kind: Kind) -> AttributePhrases:
    """The phrases for an attribute, as a kind of record carries it."""
    attribute = kind.attributes.get(name) or Attribute(name=name, type="text", description="")
    own = _told("kinds").get(kind.name, {}).get("attributes", {})
    usual, own = _told("attributes").get(attribute.name, {}), own.get(attribute.name, {})
    values = {**usual.get("values", {}), **own.get("values", {})}
    return AttributePhrases({**usual, **own, "values": values}, attribute)


def role(name: str) -> str:
    """A role as a sentence names it: "the careers leader", "teachers".

    >>> role("careers leader"), role("teacher"), role("staff")
    ('the careers leader', 'teachers', 'staff')
    """
    return str(_told("roles").get(name) or with_article(name))


def one_of_role(name: str) -> str:
    """One holder of a role: "a careers leader"; "parents" stay as they are."""
    told = role(name)
    if told.startswith("the "):
        return a(told.removeprefix("the "))
    return a(name) if with_article(name) != name else name


def of_the_trust(name: str) -> bool:
    """Whether a role is the trust's rather than a school's."""
    return name in _told("trust_roles")


def _told(section: str) -> Any:
    return _phrases()[section]


@lru_cache(maxsize=1)
def _phrases() -> dict[str, Any]:
    text = files("careerspolicy.english").joinpath("phrases.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded
