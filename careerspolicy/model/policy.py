"""The policy model: a document, its readings and words, and its obligations.

A trust's policy, or the law put in the same shape. What an obligation asks is a `Duty`, in the
closed shape of `duty.py`. Loading builds these values; all are frozen, and `None` and empty mean
*not said*.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal

import attrs

from careerspolicy.calendar.durations import Duration
from careerspolicy.calendar.partial_date import PartialDate
from careerspolicy.model.duty import Duty
from careerspolicy.model.taken_from import TakenFrom
from careerspolicy.vocabulary import Vocabulary

if TYPE_CHECKING:
    from datetime import date


class Strength(Enum):
    """How strongly the document says it: will, must and shall; should and aims to; may."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"

    @property
    def weight(self) -> int:
        """How much it binds: may 0, should 1, must 2."""
        return (Strength.MAY, Strength.SHOULD, Strength.MUST).index(self)


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


@attrs.frozen(kw_only=True)
class InForce:
    """From when, and until when, something is in force: both days in it; None is open."""

    start: PartialDate | None = None
    until: PartialDate | None = None

    def holds(self, day: date) -> bool:
        """Whether a day is in it; of a month or a year, every day is.

        >>> from datetime import date
        >>> from careerspolicy.calendar.partial_date import PartialDate
        >>> era = InForce(start=PartialDate(2018, 1, 5), until=PartialDate(2025, 8))
        >>> era.holds(date(2018, 1, 4)), era.holds(date(2025, 8, 31)), era.holds(date(2025, 9, 1))
        (False, True, False)
        """
        begun = self.start is None or self.start.first <= day
        return begun and (self.until is None or day <= self.until.last)

    def contains(self, other: InForce) -> bool:
        """Whether it is in force for all of another's time."""
        if self.start and (other.start is None or other.start.first < self.start.first):
            return False
        return not (self.until and (other.until is None or other.until.last > self.until.last))


@attrs.frozen(kw_only=True)
class Obligation:
    """One promise: who owes it, to whom, what, and where the document says so.

    `title` is what lists call it; an attested promise is called by its predicate.
    Of the law, `authority` is the sort of instrument that lays it down (of several, the first
    named), and `near` are further topics under which a policy may promise the same. `turns_on`
    names the open points (`Policy.parameters`) that can change what it asks. Of a merge,
    `taken_from` says whose promise it was.
    """

    id: str
    topic: str
    title: str
    who: tuple[str, ...]
    duty: Duty
    strength: Strength
    source: tuple[Source, ...]
    to: tuple[str, ...] = ()
    benchmark: int | None = None
    hedge: str = ""
    note: str = ""
    in_force: InForce = InForce()
    authority: CitedKind | None = None
    near: tuple[str, ...] = ()
    turns_on: tuple[str, ...] = ()
    taken_from: TakenFrom | None = None
    line: int = 0


class AgesReading(Enum):
    """What "by age 16" and "from age 11" mean."""

    SCHOOL_YEAR = "school year"
    BIRTHDAY = "birthday"


class FurtherReading(Enum):
    """What "a further meeting" means."""

    ADDITIONAL = "additional"
    LATER = "later"


class JoinersReading(Enum):
    """What a window that opened before a pupil joined asks of the school."""

    EARLIER_RECORDS_UNKNOWN = "earlier records unknown"
    TIME_ON_ROLL = "time on roll"


class LeaversReading(Enum):
    """Whether a pupil who left before a window closed is judged."""

    LAST_TERM = "judged if they left in its last term"
    ALWAYS = "always judged"
    NEVER = "never judged"


@attrs.frozen(kw_only=True)
class Readings:
    """How one policy's ambiguous phrases are read; `docs/readings.md` says what each means."""

    ages: AgesReading = AgesReading.SCHOOL_YEAR
    further: FurtherReading = FurtherReading.ADDITIONAL
    joiners: JoinersReading = JoinersReading.EARLIER_RECORDS_UNKNOWN
    leavers: LeaversReading = LeaversReading.LAST_TERM


@attrs.frozen(kw_only=True)
class ParameterValue:
    """One answer to an open point: what it means, and what it changes.

    `changes` are slots of the verb, in the obligations that turn on the point, with what stands
    there instead; `readings` are the file's readings that it changes.
    """

    name: str
    means: str
    changes: Mapping[str, Any] = attrs.field(factory=dict)
    readings: Mapping[str, str] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class Parameter:
    """A point that a document leaves open: the question, its answers, and the one taken."""

    name: str
    question: str
    values: tuple[ParameterValue, ...]
    taken: str
    source: str
    note: str = ""

    @property
    def decides(self) -> bool:
        """Whether any answer changes what is asked."""
        return any(answer.changes or answer.readings for answer in self.values)


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


@attrs.frozen(kw_only=True)
class LintExclusion:
    """A finding of lint that was looked at and let stand, for one obligation or the whole file."""

    rule: str
    reason: str
    obligation: str = ""


@attrs.frozen(kw_only=True)
class LintSettings:
    """One rule's settings in one file: its severity, and words that it takes as they are."""

    severity: Literal["error", "warning", "note", ""] = ""
    known: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Lint:
    """What a policy file says to lint."""

    exclude: tuple[LintExclusion, ...] = ()
    configure: Mapping[str, LintSettings] = attrs.field(factory=dict)


class Of(Enum):
    """Whose promises a file holds: a trust's own, or what the law and its guidance ask."""

    TRUST = "trust"
    LAW = "law"


@attrs.frozen(kw_only=True)
class Policy:
    """A trust's policy, or the law: document, readings, words, obligations in source order."""

    id: str
    trust: str
    document: Document
    obligations: tuple[Obligation, ...] = attrs.field(repr=False)
    vocabulary: Vocabulary = attrs.field(repr=False)
    of: Of = Of.TRUST
    readings: Readings = Readings()
    parameters: tuple[Parameter, ...] = ()
    words: Mapping[str, str] = attrs.field(factory=dict)
    clauses: tuple[Accounted, ...] = attrs.field(default=(), repr=False)
    lint: Lint = Lint()
    file: str = ""

    def obligation(self, obligation_id: str) -> Obligation | None:
        """The obligation of that id, or None."""
        return next(
            (obligation for obligation in self.obligations if obligation.id == obligation_id), None
        )

    def in_force(self, on: date) -> Policy:
        """The policy as it stood on a day: the obligations that were in force on it."""
        standing = tuple(
            obligation for obligation in self.obligations if obligation.in_force.holds(on)
        )
        if len(standing) == len(self.obligations):
            return self
        return attrs.evolve(self, obligations=standing)
