"""A source document in parts: sections, their clauses, the clauses' sentences.

The values that `segments.py` makes and the rest of tracing reads. A *unit* is what is accounted
for: one sentence, one heading, or the table of contents.
"""

from __future__ import annotations

from enum import Enum
from functools import cached_property
from typing import TypeAlias

import attrs

from careerspolicy.tracing.fingerprints import fingerprint

Lines: TypeAlias = tuple[int, int]


class Kind(Enum):
    """What a part of a document is."""

    HEADING = "heading"
    CONTENTS = "contents"
    FURNITURE = "page furniture"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    ROW = "row"


@attrs.frozen(kw_only=True)
class Sentence:
    """One sentence, with the first and last line that it stands on."""

    text: str
    lines: Lines


@attrs.frozen(kw_only=True, slots=False)
class Aside:
    """A heading, the table of contents, or what stands on every page: it promises nothing."""

    kind: Kind
    text: str
    lines: Lines
    section: str = ""


@attrs.frozen(kw_only=True, slots=False)
class Clause:
    """A paragraph, bullet, numbered paragraph or row, at its position (from 1) in its section."""

    section: str
    position: int
    kind: Kind
    sentences: tuple[Sentence, ...]
    printed: str = ""

    @property
    def text(self) -> str:
        """Its sentences together."""
        return " ".join(one.text for one in self.sentences)

    @property
    def lines(self) -> Lines:
        """Its first and last line."""
        return (self.sentences[0].lines[0], max(one.lines[1] for one in self.sentences))

    @cached_property
    def fingerprint(self) -> str:
        """The digest of its text."""
        return fingerprint(self.text)


@attrs.frozen(kw_only=True, slots=False)
class Section:
    """A section by its name, the other names it answers to, and its clauses."""

    name: str
    heading: str = ""
    aliases: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()


@attrs.frozen(kw_only=True, slots=False)
class Document:
    """A whole document: its sections, and every part of it in the order of its lines."""

    sections: tuple[Section, ...]
    parts: tuple[Aside | Clause, ...]

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause, in order."""
        return tuple(part for part in self.parts if isinstance(part, Clause))
