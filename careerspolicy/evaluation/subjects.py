"""Whom findings are about, as far as words about them need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from careerspolicy.evaluation.findings import Subject

if TYPE_CHECKING:
    from datetime import date

    from careerspolicy.evaluation.lives import Life
    from careerspolicy.model.facts import Record, School


def school_subject(school: School) -> Subject:
    """A school as the subject of a finding."""
    return Subject("school", school.urn, school.urn, name=school.name)


def trust_subject(trust: str) -> Subject:
    """A trust as the subject of a finding."""
    return Subject("trust", trust, name=trust)


def pupil_subject(life: Life, as_of: date) -> Subject:
    """A pupil as the subject of a finding; while on roll, with the year group."""
    pupil, group = life.pupil, _year_group(life, as_of)
    return Subject("pupil", pupil.id, pupil.school, group, pupil.id)


def record_subject(record: Record, life: Life | None, as_of: date) -> Subject:
    """A record as the subject of a finding, with the pupil it belongs to if it is one's.

    One without an id of its own goes by its day.
    """
    day = record.start if record.numbered else None
    if life is None:
        return Subject(record.kind, record.id, record.owner, day=day)
    pupil, group = life.pupil, _year_group(life, as_of)
    return Subject(record.kind, record.id, pupil.school, group, pupil.id, day=day)


def _year_group(life: Life, as_of: date) -> int | None:
    """The pupil's year group, while on roll."""
    left = life.pupil.left
    return None if left is not None and left < as_of else life.year_group_on(as_of)
