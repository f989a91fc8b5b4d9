"""How a report says what a finding holds, where a name or a list beside it says part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.english.findings import label, record_label, why
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from careerspolicy.evaluation import Finding
    from careerspolicy.evaluation.findings import Subject
    from careerspolicy.model.facts import Record
    from careerspolicy.vocabulary import Vocabulary


def subject_named(subject: Subject, vocabulary: Vocabulary) -> str:
    """A subject in a list of its like: a pupil by id, a record without its article."""
    if subject.kind == "pupil":
        return subject.id
    return subject.name if subject.kind in THINGS else record_label(subject, vocabulary)


def reason_in_brief(finding: Finding) -> str:
    """Why it is so, without what its heading and the list of near misses tell already."""
    if finding.subject.kind in ("pupil", "school"):
        return why(finding)
    return f"{label(finding.subject, finding.vocabulary)}: {why(finding)}"


def record_listed(record: Record, finding: Finding) -> str:
    """A record in a list: its day, what it is, its id; an id made of the kind says what it is."""
    named = "" if record.numbered else f"{finding.vocabulary.kinds[record.kind].singular} "
    return f"{in_words(record.start)}: {named}{record.id}"
