"""How findings name whom they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.evaluation.findings import Subject

if TYPE_CHECKING:
    from datetime import date

    from careerspolicy.evaluation.lives import Life
    from careerspolicy.model.facts import Record, School
    from careerspolicy.vocabulary import Kind


def school_subject(school: School) -> Subject:
    """How findings name a school."""
    return Subject("school", school.urn, school.name, school.urn)


def pupil_subject(life: Life, as_of: date) -> Subject:
    """How findings name a pupil; while on roll, with the year group."""
    pupil, group = life.pupil, _year_group(life, as_of)
    return Subject("pupil", pupil.id, f"Pupil {pupil.id}", pupil.school, group, pupil.id)


def record_subject(record: Record, kind: Kind, life: Life | None, as_of: date) -> Subject:
    """How findings name a record, and the pupil it belongs to if it is one's.

    One whose id the reader made up ("review 3") goes by its day.
    """
    made_up = record.id.removeprefix(f"{record.kind} ").isdigit()
    label = f"The {kind.singular} {f'of {in_words(record.start)}' if made_up else record.id}"
    if life is None:
        return Subject(record.kind, record.id, label, record.owner)
    pupil, group = life.pupil, _year_group(life, as_of)
    label = f"{label} of pupil {pupil.id}"
    return Subject(record.kind, record.id, label, pupil.school, group, pupil.id)


def _year_group(life: Life, as_of: date) -> int | None:
    """The pupil's year group, while on roll."""
    left = life.pupil.left
    return None if left is not None and left < as_of else life.year_group_on(as_of)
