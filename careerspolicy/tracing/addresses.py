"""Which clauses or sentences of a document a place names.

A section answers to its number or heading; a paragraph to the number printed before it. Where a
printed number is named, positions count from that paragraph on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from careerspolicy.tracing.fingerprints import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from careerspolicy.model.policy import Accounted, Run, Source
    from careerspolicy.tracing.document import Clause, Document, Lines, Section


@attrs.frozen(order=True)
class Unit:
    """A sentence by the position (from 0) of its clause in the document, and its own in that."""

    clause: int
    sentence: int


@attrs.frozen(eq=False)
class Slot:
    """A clause, or one sentence of it, as a place can name it."""

    clause: Clause
    at: int
    sentence: int | None = None

    @property
    def key(self) -> tuple[int, int]:
        """What tells it from every other slot."""
        return (self.at, -1 if self.sentence is None else self.sentence)

    @property
    def units(self) -> tuple[Unit, ...]:
        """The sentences in it."""
        if self.sentence is not None:
            return (Unit(self.at, self.sentence),)
        return tuple(Unit(self.at, n) for n in range(len(self.clause.sentences)))

    @property
    def lines(self) -> Lines:
        """Its first and last line."""
        if self.sentence is None:
            return self.clause.lines
        return self.clause.sentences[self.sentence].lines

    @property
    def fingerprint(self) -> str:
        """The digest of its text."""
        if self.sentence is None:
            return self.clause.fingerprint
        return fingerprint(self.clause.sentences[self.sentence].text)


class Addresses:
    """A document's clauses by the places that name them."""

    def __init__(self, document: Document) -> None:
        self.clauses = document.clauses
        self._sections = document.sections
        self._at = {id(clause): n for n, clause in enumerate(self.clauses)}
        self._by_name = {_key(one.name): one for one in reversed(self._sections)}
        self._by_alias = dict(_aliases(self._sections))
        self._by_number = _by_number(self.clauses)

    def named(self, place: Source | Accounted) -> tuple[Slot, ...]:
        """The slots at a place; none if the document has no such place."""
        clauses, whole = self._group(place.section)
        if place.clause is not None:
            clauses = _within(clauses, place.clause)
        elif not whole or place.sentence is not None:
            clauses = clauses[:1] if not whole else ()
        return tuple(self._slots(clauses, place.sentence))

    def slots(self, *, sentences: bool) -> Iterator[Slot]:
        """Every clause of the document, or every sentence."""
        for at, clause in enumerate(self.clauses):
            if not sentences:
                yield Slot(clause, at)
                continue
            for n in range(len(clause.sentences)):
                yield Slot(clause, at, n)

    def _group(self, section: str) -> tuple[tuple[Clause, ...], bool]:
        """The clauses that positions count in, and whether they are a whole section."""
        key = _key(section)
        if found := self._by_name.get(key):
            return self._of_section(found), True
        if key in self._by_number:
            return self._from_number(self._by_number[key]), False
        if found := self._by_alias.get(key):
            return self._of_section(found), True
        return (), True

    def _of_section(self, section: Section) -> tuple[Clause, ...]:
        """Its clauses; of a section that is only a heading, those of the section under it."""
        if section.clauses:
            return section.clauses
        at = self._sections.index(section)
        return next((one.clauses for one in self._sections[at + 1 :] if one.clauses), ())

    def _from_number(self, at: int) -> tuple[Clause, ...]:
        first = self.clauses[at]
        end = at + 1
        while end < len(self.clauses):
            clause = self.clauses[end]
            if clause.section != first.section or "." in clause.printed:
                break
            end += 1
        return self.clauses[at:end]

    def _slots(self, clauses: tuple[Clause, ...], sentence: Run | None) -> Iterator[Slot]:
        for clause in clauses:
            at = self._at[id(clause)]
            if sentence is None:
                yield Slot(clause, at)
                continue
            last = min(sentence.last, len(clause.sentences))
            for n in range(sentence.first, last + 1):
                yield Slot(clause, at, n - 1)


def _within(clauses: tuple[Clause, ...], told: int | Run) -> tuple[Clause, ...]:
    if isinstance(told, int):
        return clauses[told - 1 : told]
    return clauses[told.first - 1 : told.last]


def _aliases(sections: tuple[Section, ...]) -> Iterator[tuple[str, Section]]:
    """Each other name, for the first section that has it."""
    seen: set[str] = set()
    for section in sections:
        for alias in section.aliases:
            key = _key(alias)
            if key and key not in seen:
                seen.add(key)
                yield key, section


def _by_number(clauses: tuple[Clause, ...]) -> Mapping[str, int]:
    """The paragraph of each printed number; a plain number only where it is the only one."""
    found: dict[str, int] = {}
    twice: set[str] = set()
    for at, clause in enumerate(clauses):
        key = _key(clause.printed)
        if key in found and "." not in key:
            twice.add(key)
        if key:
            found.setdefault(key, at)
    return {key: at for key, at in found.items() if key not in twice}


def _key(name: str) -> str:
    """A name as it is compared: letters, digits and inner full stops."""
    return "".join(one for one in name.casefold() if one.isalnum() or one == ".").strip(".")
