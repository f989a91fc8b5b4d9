"""What evaluation answers: verdicts, whom they are about, and findings that explain themselves."""

from __future__ import annotations

from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

import attrs

from careerspolicy.evaluation.reasons import NoNumber

if TYPE_CHECKING:
    from datetime import date

    from careerspolicy.calendar.school_calendar import Window
    from careerspolicy.evaluation.lives import Life
    from careerspolicy.evaluation.reasons import Reason
    from careerspolicy.evaluation.record_reasons import Missing, NearMissReason
    from careerspolicy.model.duty import Amount
    from careerspolicy.model.facts import Record, School
    from careerspolicy.model.policy import Obligation
    from careerspolicy.vocabulary import Vocabulary


class Verdict(Enum):
    """The seven answers; `not_applicable`, `waived` and `unknown` are never folded into `met`."""

    MET = "met"
    DUE = "due"
    UPCOMING = "upcoming"
    MISSED = "missed"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"
    UNKNOWN = "unknown"


class NotKnown(Enum):
    """What a finding that is not known waits for, if anything."""

    RECORDABLE = "can_be_recorded"
    NO_NUMBER = "no_number_given"
    LEFT = "subject_has_left"


#: Something is owed and hasn't been done, as far as anybody knows.
UNMET = (Verdict.DUE, Verdict.MISSED, Verdict.UNKNOWN)

#: Something is owed, or will be, and can still be done.
AHEAD = (Verdict.DUE, Verdict.UPCOMING)


@attrs.frozen
class Subject:
    """Whom or what a finding is about: a pupil, school or trust, or a record of some kind.

    `school` is its URN ("" for a trust) and `year_group` a pupil's on the day asked about, while
    on roll; `left` says that they are no more. `name` is a school's or trust's. A record without an
    id of its own is known by its `day`.
    """

    kind: str
    id: str
    school: str = ""
    year_group: int | None = None
    pupil: str = ""
    name: str = ""
    day: date | None = None
    left: bool = False


@attrs.frozen
class NearMiss:
    """A record that nearly counted, and the first reason why it did not."""

    record: Record
    reason: NearMissReason


class Detail(Protocol):
    """What a finding tells only when asked, since most findings are only ever counted."""

    @property
    def near_misses(self) -> tuple[NearMiss, ...]:
        """The records that nearly counted, in date order."""

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The facts that are not known, or the values still to be covered."""


class Settled(NamedTuple):
    """A detail that is known from the start."""

    near_misses: tuple[NearMiss, ...] = ()
    missing: tuple[Missing, ...] = ()


NOTHING_MORE = Settled()


def _settled(detail: Detail) -> Settled:
    return Settled(detail.near_misses, detail.missing)


@attrs.frozen(kw_only=True, slots=False)  # made by the hundred thousand: twice as fast unslotted
class Finding:
    """One verdict on one obligation for one subject in one window, with what decided it.

    `measured` and `required` are in the unit of the obligation's measure (records, different
    values, values covered, or the sum of a number such as hours). `due` is the last day on which
    what is owed can still be done; None when there is no such day, or nothing is owed. `reason` is
    why it has its verdict. `near_misses` and `missing` are worked out of `detail` when first asked
    for. `if_meant` is the verdict on a subject of whom it isn't known whether they are meant, or
    would be if what isn't known of one let off by a waiver were.
    """

    obligation: Obligation
    subject: Subject
    window: Window
    verdict: Verdict
    reason: Reason
    as_of: date
    vocabulary: Vocabulary = attrs.field(repr=False, eq=False)
    measured: Amount | None = None
    required: Amount | None = None
    due: date | None = None
    evidence: tuple[Record, ...] = ()
    if_meant: Verdict | None = None
    detail: Detail = attrs.field(default=NOTHING_MORE, repr=False, eq=_settled)

    @property
    def not_known(self) -> NotKnown | None:
        """What it waits for, if it is not known.

        A fact that somebody can record; a number that the policy does not give; or, of somebody who
        has left and of time that is over, what nobody will record any more.
        """
        if self.verdict is not Verdict.UNKNOWN:
            return None
        if isinstance(self.reason, NoNumber):
            return NotKnown.NO_NUMBER
        over = self.window.end is None or self.window.end < self.as_of
        return NotKnown.LEFT if self.subject.left and over else NotKnown.RECORDABLE

    @cached_property
    def near_misses(self) -> tuple[NearMiss, ...]:
        """The records that nearly counted, in date order, each with the reason why it did not."""
        return self.detail.near_misses

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """The facts that are not known, or the values still to be covered."""
        return self.detail.missing


def school_subject(school: School) -> Subject:
    """A school as the subject of a finding."""
    return Subject("school", school.urn, school.urn, name=school.name)


def trust_subject(trust: str) -> Subject:
    """A trust as the subject of a finding."""
    return Subject("trust", trust, name=trust)


def pupil_subject(life: Life, as_of: date) -> Subject:
    """A pupil as the subject of a finding; while on roll, with the year group."""
    pupil, left = life.pupil, _left(life, as_of)
    group = None if left else life.year_group_on(as_of)
    return Subject("pupil", pupil.id, pupil.school, group, pupil.id, left=left)


def record_subject(record: Record, pupil: Subject | None) -> Subject:
    """A record as the subject of a finding, with the pupil it belongs to if it is one's.

    One without an id of its own goes by its day.
    """
    day = record.start if record.numbered else None
    if pupil is None:
        return Subject(record.kind, record.id, record.owner, day=day)
    return Subject(
        record.kind,
        record.id,
        pupil.school,
        pupil.year_group,
        pupil.id,
        day=day,
        left=pupil.left,
    )


def _left(life: Life, as_of: date) -> bool:
    return life.pupil.left is not None and life.pupil.left < as_of
