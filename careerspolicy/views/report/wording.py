"""How a report says what a finding holds, where a name or a list beside it says part of it.

All of the report that still takes an English sentence apart stands here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.english.nouns import record_named

if TYPE_CHECKING:
    from careerspolicy.evaluation import Finding
    from careerspolicy.evaluation.findings import Subject
    from careerspolicy.model.facts import Record

#: Names what was not kept before some day.
_BYGONE: Final = re.compile(r" before [0-9]")


def subject_named(subject: Subject) -> str:
    """A subject in a list of its like: a pupil by id, the others by their label."""
    return subject.id if subject.kind == "pupil" else subject.label.removeprefix("The ")


def reason(finding: Finding) -> str:
    """Why it is so, without the name that stands beside it."""
    said, own = finding.because, f"{finding.subject.label}: "
    return _capital(said.removeprefix(own)) if said.startswith(own) else said


def reason_in_brief(finding: Finding) -> str:
    """Why it is so, without what its heading and the list of near misses tell already."""
    said = finding.because.partition(" Not counted: ")[0]
    if finding.subject.kind in ("pupil", "school"):
        said = said.removeprefix(f"{finding.subject.label}: ")
    return _capital(said)


def record_listed(record: Record, finding: Finding) -> str:
    """A record in a list: its day, what it is, its id; an id made of the kind says what it is."""
    made = record.id.startswith(f"{record.kind} ")
    named = "" if made else f"{record_named(record, finding.vocabulary)} "
    return f"{in_words(record.start)}: {named}{record.id}"


def is_bygone(fact: str) -> bool:
    """Whether a missing fact is of days before anybody kept such records."""
    return bool(_BYGONE.search(fact))


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
