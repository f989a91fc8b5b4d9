"""A source document as one value: its sections, their clauses, the clauses' sentences.

`reading.py` and `word.py` make blocks of a file, `parting.py` makes this of them, and the rest of
tracing reads it. What is accounted for is a sentence, or an aside.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from enum import Enum
from functools import cached_property
from typing import Final, TypeAlias

import attrs

#: The first and the last line, counted from 1; of a Word document, paragraphs.
Lines: TypeAlias = tuple[int, int]
#: A clause's position in its document, from 0; its sentence's, from 1, or 0 for the whole clause.
Key: TypeAlias = tuple[int, int]

_BYTES: Final = 6
_LABEL: Final = re.compile(r"((?:[^\W\d_]+ ){1,2}(?:\d{1,2}|[A-Z]))(?:\s*[:.(\u2013\u2014-].*)?")


class Kind(Enum):
    """What a block of a file is."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    HEADING = "heading"
    CONTENTS = "contents"
    FURNITURE = "page furniture"


@attrs.frozen(kw_only=True)
class Sentence:
    """One sentence of a clause."""

    key: Key
    text: str
    lines: Lines

    @property
    def sentences(self) -> tuple[Sentence]:
        """Itself: what a place names is always made of sentences."""
        return (self,)

    @property
    def fingerprint(self) -> str:
        """The digest of its text."""
        return fingerprint(self.text)


@attrs.frozen(kw_only=True, slots=False)
class Clause:
    """A paragraph, list item or row, at its position (from 1) in its section.

    `printed` is the number that the document has before it.
    """

    key: Key
    section: str
    position: int
    sentences: tuple[Sentence, ...]
    printed: str = ""

    @property
    def text(self) -> str:
        """Its sentences together."""
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def lines(self) -> Lines:
        """Its first and last line."""
        return (self.sentences[0].lines[0], self.sentences[-1].lines[1])

    @cached_property
    def fingerprint(self) -> str:
        """The digest of its text."""
        return fingerprint(self.text)


#: What a place in a policy can name.
Passage: TypeAlias = Clause | Sentence


@attrs.frozen(kw_only=True)
class Aside:
    """A heading, a line of the contents, or what stands on every page: it promises nothing."""

    kind: Kind
    text: str
    lines: Lines
    section: str


@attrs.frozen(kw_only=True)
class Section:
    """A section: its name, its heading and the number before that, and the sections it stands in.

    `path` has the names of those, the outermost first; `level` is the heading's, from 1.
    """

    name: str
    heading: str = ""
    number: str = ""
    level: int = 1
    path: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All that it answers to; 2 also answers for 2.0."""
        number = self.number
        names = (self.name, number, number.removesuffix(".0"), self.heading, label_of(self.heading))
        return tuple(filter(None, names))


@attrs.frozen(kw_only=True, slots=False)
class Document:
    """A whole document: its sections, and every part of it, in order."""

    sections: tuple[Section, ...]
    parts: tuple[Aside | Clause, ...]

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause; a key's first number is a position here."""
        return tuple(part for part in self.parts if isinstance(part, Clause))

    def clause_of(self, passage: Passage) -> Clause:
        """The clause that a passage is, or is in."""
        return self.clauses[passage.key[0]]


def label_of(heading: str) -> str:
    """The label that a heading begins with; empty if it has none.

    >>> label_of("Benchmark 1: A stable programme"), label_of("Our aims")
    ('Benchmark 1', '')
    """
    match = _LABEL.fullmatch(heading)
    return match[1] if match else ""


def letters(text: str) -> str:
    r"""The letters and digits alone, in lower case: what wrapping, bullets and quotes leave alone.

    >>> letters("“Work-\nplace” visits: 2")
    'workplacevisits2'
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def fingerprint(text: str) -> str:
    r"""Twelve hexadecimal digits that stand for a text.

    >>> fingerprint("- Keep records.") == fingerprint("Keep\n  records")
    True
    """
    return hashlib.blake2b(letters(text).encode(), digest_size=_BYTES).hexdigest()
