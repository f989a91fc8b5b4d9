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

from careerspolicy.english.wording import a, base_form, plural, with_article
from careerspolicy.vocabulary import Attribute

if TYPE_CHECKING:
    from collections.abc import Mapping

    from careerspolicy.vocabulary import Kind

#: What a description that stands after its noun may begin with, as "from another school".
_STANDS_AFTER: Final = re.compile(
    r"(?:with|without|from|on|in|at|of|for|under|over|outside|within|open|by|to|\w+ing)\b"
)
_ENDS_IN_PREPOSITION: Final = re.compile(r" (?:by|from|to|with|for|at|on|in)$")

#: Names that people say with "the": the National Careers Service.
_THE_BODY: Final = re.compile(
    r"[A-Z].* (?:Service|Company|Agency|Council|Institute|Commission|Foundation|Authority)$"
)
#: How a pupil is said to have what nothing else is known of.
HAVING: Final = "make sure that {whom} {has|have} {things}"
_LENGTH: Final = re.compile(r"(?:minutes|hours|days|weeks|months|years)\b")
_DISTANCE: Final = re.compile(r"(?:miles|kilometres|metres)\b")
#: A template of a policy's own whose verb follows the number: "that shows {}".
_THAT_VERB: Final = re.compile(r"\b(that|who) (\w+s)\b")
_PRESENT: Final = {"is": "are", "has": "have", "was": "were", "does": "do"}
#: What takes no "a": what has an article, a plural, and people who are many.
_NO_ARTICLE: Final = re.compile(
    r"^(?:an?|the|some|any|no|its|their) |(?:[^su]s|staff|alumni|people)$"
)
_CLAUSE: Final = re.compile(r"^(?:who|that) (\w+) (.+)$")
_IS_PLURAL: Final = re.compile(r"people\b|.*s$")
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
    def name(self) -> str:
        """What it is called: as it says, unless that is a phrase for its values."""
        says = "" if "{}" in self.attribute.says else self.attribute.says
        return says or self.attribute.name.replace("_", " ")

    def coded(self, value: str) -> str:
        """A value as it is recorded, or by its meaning where a code says nothing ("K")."""
        return (self.attribute.values.get(value) or value) if len(value) == 1 else value

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
            said = _THAT_VERB.sub(_agreeing, self.attribute.says).replace("{}", "{or}")
            return said if "*" in said else f"* {said}"
        if _ENDS_IN_PREPOSITION.search(self.label):
            doing = not of_people or re.match(r"\w+ing\b", self.label)
            values = "{a or}" if self.label.endswith(" by") else "{or}"
            return f"* {self.label} {values}" if doing else f"* with {self.label} {{or}}"
        noun = "whose" if of_people else "where the"
        if self.attribute.many:
            verb = "include" if _IS_PLURAL.match(self.label) else "includes"
            return f"* {noun} {self.label} {verb} {{or}}"
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
            return f"* without {says.removeprefix('with ')}"
        if clause := _CLAUSE.match(says):
            return f"* {says}" if answer == "yes" else _denied(pronoun, clause[1], clause[2])
        if answer == "no":
            return f"* {pronoun} {{is|are}} not {says}"
        if " " not in says:
            return f"{says} *"
        return f"* {says}" if _STANDS_AFTER.match(says) else f"* {pronoun} {{is|are}} {says}"

    @property
    def same(self) -> str:
        """How two are alike in it: "with the same providers"."""
        if _ENDS_IN_PREPOSITION.search(self.label):
            return f"{self.label} the same one"
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
        if _DISTANCE.match(self.label):
            return f"* {limits} {self.label}"
        if re.match(r"\w+s\b|.*s$", self.label):
            return f"* with {limits} {self.label}"
        return f"* with {a(self.label)} of {limits}"

    def value(self, value: str) -> str:
        """A value in words; roles are named as everywhere."""
        worded = self.told.get("values", {}).get(value)
        if worded is not None:
            return str(worded).partition(" | ")[0]
        if self.attribute.of_roles:
            return role(value)
        if value.startswith("own "):
            return f"the pupil's {value}"
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
        known = value in self.told.get("values", {}) or self.attribute.of_roles
        bare = known or value[:1].isupper() or _NO_ARTICLE.search(worded)
        return worded if bare else a(worded)


def _agreeing(found: re.Match[str]) -> str:
    """A relative clause's verb in both numbers: "that shows" as "that {shows|show}"."""
    many = _PRESENT.get(found[2]) or base_form(found[2])
    return f"{found[1]} {{{found[2]}|{many}}}"


def _denied(pronoun: str, verb: str, rest: str) -> str:
    """The opposite of a clause: "who cares for others", "that is paid"."""
    if verb in ("is", "are"):
        return f"* {pronoun} {{is|are}} not {rest}"
    return f"* {pronoun} {{does|do}} not {base_form(verb)} {rest}"


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
