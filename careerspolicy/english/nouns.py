"""A noun with what is said of it, each thing in its place.

Knows no policy and no duty: `phrases` has the words for what is said, `things` puts them together.
"""

from __future__ import annotations

import re
from enum import Enum

import attrs

from careerspolicy.english.wording import Clause, Forms, a


class Place(Enum):
    """Where what is said of a noun stands, by the word for it in `phrases.yaml`."""

    NOUN = "noun"
    BEFORE = "before"
    LENGTH = "length"
    COMPANY = "company"
    COMPANY_BEFORE = "before company"
    COMPANY_AFTER = "after company"
    COMPANY_OF = "company of"
    AFTER = "after"
    HAVING = "having"
    LACKING = "lacking"
    WHOSE = "whose"
    CLAUSE = "clause"
    ASIDE = "aside"
    LAST = "last"


@attrs.frozen
class Modifier:
    """Something said of a noun, where it stands, and the same as what the thing is or does.

    Both may have slots for values.
    """

    place: Place
    words: str
    predicate: Clause

    @classmethod
    def read(cls, place: Place, words: str, predicate: str = "") -> Modifier:
        """A modifier; its predicate follows from its place, unless it has one of its own."""
        usual = {
            Place.CLAUSE: words,
            Place.LAST: words,
            Place.HAVING: f"has {words}",
            Place.LACKING: f"has no {re.sub('^an? ', '', words)}",
            Place.COMPANY: f"is with {words}",
        }
        return cls(place, words, Clause.read(predicate or usual.get(place, f"is {words}")))

    @property
    def opposite(self) -> Modifier:
        """What is said of a thing for which this does not hold."""
        if self.place is not Place.HAVING:
            return attrs.evolve(self, place=Place.CLAUSE, predicate=self.predicate.opposite)
        none = re.sub("^some(?=body|thing)|^(?:an? )?", "no ", self.words, count=1)
        lacking = re.sub("^some", "any", self.words)
        return Modifier.read(
            Place.LACKING, lacking, f"has {re.sub('no (?=body|thing)', 'no', none)}"
        )

    def said(self, *, people: bool, many: bool) -> str:
        """The words as they stand beside the noun; `people` are somebody "who"."""
        match self.place:
            case Place.HAVING:
                return f"with {self.words}"
            case Place.LACKING:
                return f"without {self.words}"
            case Place.WHOSE:
                return f"{'whose' if people else 'where the'} {self.words}"
            case Place.CLAUSE:
                return f"{'who' if people else 'that'} {self.predicate.of(many=many)}"
            case Place.LAST:
                return self.predicate.participle
        return self.words


@attrs.define
class Description:
    """A noun and what is said of it.

    `company` is whom it is with ("encounters with employers"), which modifiers describe unless it
    is `named`. `people` are somebody "who", not something "that".
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
        words = (
            *self.said(Place.LENGTH),
            self._with(many=many),
            *self.said(Place.AFTER, Place.HAVING, Place.LACKING),
            " and ".join(self.said(Place.CLAUSE, Place.WHOSE, many=many)),
        )
        asides = "".join(f", {aside}" for aside in self.said(Place.ASIDE))
        return f"{' '.join(filter(None, words))}{asides}"

    def _with(self, *, many: bool) -> str:
        if self.company is None:
            return ""
        company, before = self.company.of(many=many), self.said(Place.COMPANY_BEFORE)
        whom = " ".join((company, *before) if self.named else (*before, company))
        whom = whom if many or self.named else a(whom)
        of = "offering" if self.named else "of"
        what = (f"{of} {words}" for words in self.said(Place.COMPANY_OF))
        return " ".join(("with", whom, *what, *self.said(Place.COMPANY_AFTER)))

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
