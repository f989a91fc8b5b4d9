"""A noun with what is said of it, each thing in its place.

Knows no policy and no duty: `phrases` has the words for what is said, `things` puts them together.
"""

from __future__ import annotations

import re
from enum import Enum

import attrs

from careerspolicy.english.wording import Clause, Forms, a, in_number


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
    WHOSE = "whose"
    CLAUSE = "clause"
    ASIDE = "aside"
    LAST = "last"


@attrs.frozen
class Modifier:
    """Something said of a noun, where it stands, and the same as what the thing is or does.

    Both may have slots for values; a clause is said by what the thing does alone.
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
            Place.COMPANY: f"is with {words}",
            Place.NOUN: f"is {words.replace('{or}', '{{a or}|{many}}')}",
        }
        clause = Clause.read(predicate or usual.get(place, f"is {words}"))
        beside = {Place.HAVING: f"with {words}", Place.LAST: clause.participle}
        return cls(place, beside.get(place, words), clause)

    @property
    def opposite(self) -> Modifier:
        """What is said of a thing for which this does not hold."""
        if self.place is not Place.HAVING:
            return attrs.evolve(self, place=Place.CLAUSE, predicate=self.predicate.opposite)
        having = self.predicate.rest
        none = f"no {re.sub('^an? ', '', having)}".replace("no some", "no", 1)  # "nobody"
        without = f"without {re.sub('^some', 'any', having)}"
        return Modifier.read(Place.AFTER, without, f"has {none}")


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
        noun = self.noun.of(many=many)
        following = self.following(many=many)
        words = (*self.at(Place.BEFORE), noun, following, self.noun.ending)
        return " ".join(filter(None, words)).replace(" ,", ",")

    def following(self, *, many: bool = False) -> str:
        """What follows the noun: lengths, company, all else, clauses, and what has a comma."""
        words = (
            *self.at(Place.LENGTH),
            self._with(many=many),
            *self.at(Place.AFTER, Place.HAVING, many=many),
            " and ".join(self.at(Place.CLAUSE, Place.WHOSE, many=many)),
        )
        asides = "".join(f", {aside}" for aside in self.at(Place.ASIDE))
        return f"{' '.join(filter(None, words))}{asides}"

    def _with(self, *, many: bool) -> str:
        if self.company is None:
            return ""
        company, before = self.company.of(many=many), self.at(Place.COMPANY_BEFORE)
        whom = " ".join((company, *before) if self.named else (*before, company))
        whom = whom if many or self.named else a(whom)
        of = "offering" if self.named else "of"
        what = (f"{of} {words}" for words in self.at(Place.COMPANY_OF))
        return " ".join(("with", whom, *what, *self.at(Place.COMPANY_AFTER)))

    def at(self, *places: Place, many: bool = False) -> list[str]:
        """What is said of the noun in some places, in order."""
        who = "who" if self.people else "that"
        words = (
            f"{who} {modifier.predicate.of(many=many)}"
            if modifier.place is Place.CLAUSE
            else in_number(modifier.words, many=many)
            for modifier in self.modifiers
            if modifier.place in places
        )
        return [*filter(None, words)]

    @property
    def tail(self) -> str:
        """What is said of it at the very end of a sentence: "covering a risk assessment"."""
        return ", ".join(self.at(Place.LAST))

    def whole(self, *, many: bool) -> str:
        """The noun phrase with its tail."""
        return f"{self.of(many=many)} {self.tail}".rstrip()

    @property
    def is_open(self) -> bool:
        """Whether what follows it could be taken for a part of one of its clauses."""
        return bool(self.at(Place.CLAUSE, Place.WHOSE))
