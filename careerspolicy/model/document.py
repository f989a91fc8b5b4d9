"""What a policy document says of itself, and the places in it that a policy file names.

Part of the policy model. Dates keep the precision that they are written with; `None` and empty mean
*not said*.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

import attrs

from careerspolicy.calendar.durations import Duration
from careerspolicy.calendar.partial_date import PartialDate


class CitedKind(Enum):
    """What sort of source a document cites."""

    ACT = "act"
    REGULATIONS = "regulations"
    STATUTORY_GUIDANCE = "statutory guidance"
    FRAMEWORK = "framework"
    OTHER = "other"


@attrs.frozen(kw_only=True)
class Citation:
    """Something that a document cites: its title without the year, and which edition of it."""

    title: str
    kind: CitedKind
    year: int | None = None
    edition: PartialDate | None = None
    section: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        """Its title and year: "Education Act 1997"."""
        return f"{self.title} {self.year}" if self.year else self.title


@attrs.frozen(kw_only=True)
class Version:
    """One line of a document's version history; `changes` are in our own words."""

    version: str
    date: PartialDate | None = None
    changes: str = ""
    note: str = ""


@attrs.frozen(kw_only=True)
class Document:
    """What the policy document says of itself; dates keep the precision they are written with.

    Owners and approvers are roles: people's names are facts of a school, not of a policy.
    `docs/document-facts.md` says what each field holds.
    """

    title: str
    version: str = ""
    versions: tuple[Version, ...] = ()
    approved: PartialDate | None = None
    effective: PartialDate | None = None
    implementation: PartialDate | None = None
    published: PartialDate | None = None
    next_review: PartialDate | None = None
    review_every: Duration | None = None
    owner: tuple[str, ...] = ()
    approver: tuple[str, ...] = ()
    applies_to: tuple[str, ...] = ()
    guidance_edition: str = ""
    cites: tuple[Citation, ...] = ()
    linked_policies: tuple[str, ...] = ()
    definitions: Mapping[str, str] = attrs.field(factory=dict)
    note: str = ""


@attrs.frozen
class Run:
    """Neighbouring positions, counted from 1: first and last, both in it."""

    first: int
    last: int

    @classmethod
    def parse(cls, written: int | str) -> Run:
        """The run that "2-4" or a single position stands for.

        >>> Run.parse("2-4"), Run.parse(3)
        (Run(first=2, last=4), Run(first=3, last=3))
        """
        first, _, last = str(written).partition("-")
        return cls(int(first), int(last or first))

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


@attrs.frozen(kw_only=True)
class Source:
    """Where a promise stands in its document: section, the clause's position in it, the sentence's.

    Without `sentence` it is the whole clause, without `clause` the whole section, or the paragraph
    whose printed number `section` gives. `missing` says what of it the obligation leaves out.
    `fingerprint` holds a digest of the normalised text for each clause; the text is never stored.
    Of the law, `instrument` is what the section is of, by title and year, and `edition` which one.
    """

    section: str
    instrument: str = ""
    edition: PartialDate | None = None
    clause: int | None = None
    sentence: Run | None = None
    missing: str = ""
    fingerprint: tuple[str, ...] = ()


class Reason(Enum):
    """Why a place in a document is no obligation."""

    HEADING = "heading"
    DOCUMENT_CONTROL = "document control"
    BACKGROUND = "background"
    DEFINITION = "definition"
    LAW_RECITED = "law recited"
    THIRD_PARTY = "third party's duty"
    POWER = "power"
    PROPOSAL = "proposal"
    UNCHECKABLE_AIM = "aim that no one could check"
    EXAMPLE = "example"
    DUPLICATE = "duplicate"
    REFERENCE = "reference"


@attrs.frozen(kw_only=True)
class Accounted:
    """A place in the document that promises nothing, and why; `of` is what a duplicate repeats."""

    section: str
    reason: Reason
    clause: Run | None = None
    sentence: Run | None = None
    of: str = ""
    fingerprint: tuple[str, ...] = ()
