"""The findings of some reports grouped for reading: by question, then promise, then what was found.

Three hundred pupils with the same miss become one row that names them all. Findings that call for
something (missed, due, not known) keep their names and reasons as long as there is room; the
others are counted. Every finding is in exactly one row, so that the counts always add up.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

import attrs

from careerspolicy.english.findings import record_label, why_with_near_misses
from careerspolicy.evaluation import Verdict
from careerspolicy.rendering.report.half_term import half_terms, is_due_within
from careerspolicy.rendering.report.next_steps import overdue
from careerspolicy.rendering.report.text import Pressing
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from careerspolicy.evaluation import Finding, Report
    from careerspolicy.evaluation.findings import Subject
    from careerspolicy.model.policy import Obligation, Policy
    from careerspolicy.rendering.report.half_term import HalfTerm
    from careerspolicy.vocabulary import Vocabulary

#: How many characters of names and reasons a page holds before the rest are only counted.
ROOM: Final = 4_000_000
_ROW_TAKES: Final = 200  # what stands around a row's words

#: The columns of those who have no year group: schools, trusts, and pupils who have left.
WHOLE_SCHOOL: Final = "school"
NO_YEAR: Final = "none"


class Question(Enum):
    """What a reader asks of the findings, in the order in which the page answers."""

    SOON = "soon"
    MISSED = "missed"
    LATER = "later"
    UNKNOWN = "unknown"
    REST = "rest"


@attrs.frozen(kw_only=True)
class Row:
    """Findings on one promise that say the same of one school's year group.

    `year` is a year group's number, WHOLE_SCHOOL or NO_YEAR; `amount` counts findings, and `whom`
    names their subjects, unless they are only counted. `day` is the last day for it.
    """

    verdict: Verdict
    school: str
    year: str
    day: date | None
    reason: str
    amount: int
    whom: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Group:
    """The findings on one promise that answer one question.

    `late` are those of the missed that can still be put right.
    """

    question: Question
    policy: Policy
    obligation: Obligation
    anchor: str
    rows: tuple[Row, ...]
    amount: int
    subjects: str
    late: Pressing | None = None

    @property
    def day(self) -> date | None:
        """The first last day of its rows; None where none of them has one."""
        return min((row.day for row in self.rows if row.day is not None), default=None)

    @property
    def years(self) -> tuple[str, ...]:
        """The year groups of its rows, in order."""
        return tuple(sorted({row.year for row in self.rows}, key=year_order))

    @property
    def unnamed(self) -> int:
        """How many of its findings are only counted."""
        return sum(row.amount for row in self.rows if not row.whom)


def question_of(finding: Finding, terms: Mapping[str, HalfTerm]) -> Question:
    """Which question a finding answers."""
    if finding.verdict is Verdict.DUE:
        return Question.SOON if is_due_within(finding, terms) else Question.LATER
    return {Verdict.MISSED: Question.MISSED, Verdict.UNKNOWN: Question.UNKNOWN}.get(
        finding.verdict, Question.REST
    )


def grouped(reports: Sequence[Report], *, room: int = ROOM) -> Mapping[Question, tuple[Group, ...]]:
    """The groups that answer each question, most pressing first.

    Names and reasons take up the room in the order of the questions; once it is used up, the
    findings that are left are counted without them.
    """
    terms = half_terms(reports)
    sorted_out: dict[Question, list[tuple[int, Finding]]] = {one: [] for one in Question}
    for position, report in enumerate(reports):
        for finding in report.findings:
            sorted_out[question_of(finding, terms)].append((position, finding))
    purse = _Purse(room)
    late = [{one.obligation.id: one for one in overdue(report.findings)} for report in reports]
    return {
        question: tuple(sorted(_groups(question, found, reports, purse, late), key=_pressing))
        for question, found in sorted_out.items()
    }


def anchor_of(question: Question, report: int, obligation: str) -> str:
    """Where a page tells of an obligation, under a question and the report at a position."""
    return f"{question.value}-{report + 1}-{obligation}"


def year_of(subject: Subject) -> str:
    """The column that a subject stands in."""
    if subject.year_group is not None:
        return str(subject.year_group)
    return NO_YEAR if subject.pupil else WHOLE_SCHOOL


def year_order(year: str) -> tuple[int, str]:
    """Sorts columns: year groups by number, then those without, then the whole school."""
    return (int(year), "") if year.isdigit() else (99, year)


def year_words(year: str) -> str:
    """A column's heading.

    >>> year_words("9"), year_words("school"), year_words("none")
    ('Year 9', 'Whole school', 'Left, or not known')
    """
    return {WHOLE_SCHOOL: "Whole school", NO_YEAR: "Left, or not known"}.get(year, f"Year {year}")


def last_day(finding: Finding) -> date | None:
    """The day that matters: by when it is due, or by when it was, if it is over."""
    if finding.verdict is Verdict.DUE:
        return finding.due
    if finding.verdict is not Verdict.MISSED:
        return None
    end = finding.window.end
    return end if end is not None and end <= finding.as_of else None


def named(subject: Subject, vocabulary: Vocabulary) -> str:
    """A subject in a list of its like: a pupil by id, a record without its article."""
    if subject.kind == "pupil":
        return subject.id
    if subject.kind in THINGS:
        return subject.name
    return record_label(subject, vocabulary)


class _Key(NamedTuple):
    """What the findings of one row have in common."""

    verdict: Verdict
    school: str
    year: str
    day: date | None
    reason: str
    named: bool


class _Purse:
    """The room that is left for names and reasons."""

    def __init__(self, room: int) -> None:
        self.left = room

    def pay(self, amount: int) -> None:
        """Take some of it."""
        self.left -= amount


def _groups(
    question: Question,
    found: Sequence[tuple[int, Finding]],
    reports: Sequence[Report],
    purse: _Purse,
    late: Sequence[Mapping[str, Pressing]],
) -> Iterator[Group]:
    sorted_out: dict[tuple[int, str], list[Finding]] = {}
    for position, finding in found:
        sorted_out.setdefault((position, finding.obligation.id), []).append(finding)
    for (position, name), findings in sorted_out.items():
        yield Group(
            question=question,
            policy=reports[position].policy,
            obligation=findings[0].obligation,
            anchor=anchor_of(question, position, name),
            rows=_rows(question, findings, purse),
            amount=len(findings),
            subjects=Pressing(
                obligation=findings[0].obligation, findings=tuple(findings), day=None
            ).subjects,
            late=late[position].get(name) if question is Question.MISSED else None,
        )


def _rows(question: Question, findings: Sequence[Finding], purse: _Purse) -> tuple[Row, ...]:
    rows: dict[_Key, list[str]] = {}
    for finding in findings:
        key = _key(finding, named=question is not Question.REST and purse.left > 0)
        name = named(finding.subject, finding.vocabulary) if key.named else ""
        if key.named:
            purse.pay(len(name) + 2 + (0 if key in rows else _ROW_TAKES + len(key.reason)))
        rows.setdefault(key, []).append(name)
    made = (_row(key, names) for key, names in rows.items())
    in_order = sorted(made, key=_in_row_order)
    if question is Question.MISSED:  # what was missed last can best be mended
        in_order.sort(key=lambda row: str(row.day or date.max), reverse=True)
    return tuple(in_order)


def _key(finding: Finding, *, named: bool) -> _Key:
    return _Key(
        verdict=finding.verdict,
        school=finding.subject.school,
        year=year_of(finding.subject),
        day=last_day(finding),
        reason=why_with_near_misses(finding) if named else "",
        named=named,
    )


def _row(key: _Key, names: Sequence[str]) -> Row:
    whom = tuple(dict.fromkeys(names)) if key.named else ()
    return Row(
        verdict=key.verdict,
        school=key.school,
        year=key.year,
        day=key.day,
        reason=key.reason,
        amount=len(names),
        whom=whom,
    )


def _in_row_order(row: Row) -> tuple[object, ...]:
    return row.day is None, str(row.day), year_order(row.year), row.school, not row.whom, row.whom


def _pressing(group: Group) -> tuple[object, ...]:
    """Sorts groups: what is due by its day, what can still be put right first, then the most."""
    by_day = group.question in (Question.SOON, Question.LATER)
    day = (group.day is None, str(group.day)) if by_day else ()
    return (*day, group.late is None, -group.amount, group.anchor)
