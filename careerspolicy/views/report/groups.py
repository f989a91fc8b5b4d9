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

from careerspolicy.english.findings import why_with_near_misses
from careerspolicy.evaluation import Verdict
from careerspolicy.views.report.counts import year_of, year_order
from careerspolicy.views.report.half_term import (
    half_terms,
    is_due_within,
    last_day,
    overdue,
    subjects_of,
)
from careerspolicy.views.report.wording import subject_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from careerspolicy.evaluation import Finding, Report
    from careerspolicy.model.policy import Obligation, Policy
    from careerspolicy.views.report.half_term import HalfTerm

#: How many characters of names and reasons a page holds before the rest are only counted.
ROOM: Final = 4_000_000
_ROW_TAKES: Final = 200  # what stands around a row's words


class Question(Enum):
    """What a reader asks of the findings, in the order in which a report answers."""

    SOON = "soon"
    MISSED = "missed"
    LATER = "later"
    UNKNOWN = "unknown"
    REST = "rest"


class Alike(NamedTuple):
    """What the findings of one row have in common; `day` is the last day for it.

    Those that are only counted have no reason, and nobody of them is `named`.
    """

    verdict: Verdict
    school: str
    year: str
    day: date | None
    reason: str
    named: bool


class GroupRow(NamedTuple):
    """Findings on one promise that say the same of one school's year group.

    `amount` counts findings, and `whom` names their subjects, unless they are only counted.
    """

    alike: Alike
    amount: int
    whom: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Group:
    """The findings on one promise that answer one question.

    `subjects` are all whom they are about; `soonest` those of the first last day, `day`; `late`
    those who missed it and for whom it can still be put right, last due by `late_day`.
    """

    question: Question
    policy: Policy
    obligation: Obligation
    anchor: str
    rows: tuple[GroupRow, ...]
    amount: int
    subjects: str
    soonest: str = ""
    day: date | None = None
    late: str = ""
    late_day: date | None = None

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
    asked: dict[Question, dict[tuple[int, str], list[Finding]]] = {one: {} for one in Question}
    for position, report in enumerate(reports):
        for finding in report.findings:
            found = asked[question_of(finding, terms)]
            found.setdefault((position, finding.obligation.id), []).append(finding)
    rows = _Rows(room)
    late = [overdue(report.findings) for report in reports]
    return {
        question: tuple(sorted(_groups(question, found, reports, rows, late), key=_pressing))
        for question, found in asked.items()
    }


def _groups(
    question: Question,
    found: Mapping[tuple[int, str], Sequence[Finding]],
    reports: Sequence[Report],
    rows: _Rows,
    late: Sequence[Mapping[str, Sequence[Finding]]],
) -> Iterator[Group]:
    for (position, name), findings in found.items():
        day = min(filter(None, map(last_day, findings)), default=None)
        soonest = [one for one in findings if last_day(one) == day] if day else []
        overdue = late[position].get(name, ()) if question is Question.MISSED else ()
        yield Group(
            question=question,
            policy=reports[position].policy,
            obligation=findings[0].obligation,
            anchor=f"{question.value}-{position + 1}-{name}",
            rows=rows.of(question, findings),
            amount=len(findings),
            subjects=subjects_of(findings),
            soonest=subjects_of(soonest) if soonest else "",
            day=day,
            late=subjects_of(overdue) if overdue else "",
            late_day=max(filter(None, map(last_day, overdue)), default=None),
        )


class _Rows:
    """Makes rows of findings, as long as there is room for names and reasons."""

    def __init__(self, room: int) -> None:
        self._room = room

    def of(self, question: Question, findings: Sequence[Finding]) -> tuple[GroupRow, ...]:
        """The rows of one group; what was missed last can best be mended, so it comes first."""
        rows: dict[Alike, list[str]] = {}
        for finding in findings:
            alike = self._alike(finding, named=question is not Question.REST and self._room > 0)
            name = subject_named(finding.subject, finding.vocabulary) if alike.named else ""
            if alike.named:
                new = 0 if alike in rows else _ROW_TAKES + len(alike.reason)
                self._room -= len(name) + 2 + new
            rows.setdefault(alike, []).append(name)
        made = [_row(alike, names) for alike, names in rows.items()]
        made.sort(key=_in_order)
        if question is Question.MISSED:
            made.sort(key=lambda row: row.alike.day or date.max, reverse=True)
        return tuple(made)

    def _alike(self, finding: Finding, *, named: bool) -> Alike:
        return Alike(
            verdict=finding.verdict,
            school=finding.subject.school,
            year=year_of(finding.subject),
            day=last_day(finding),
            reason=why_with_near_misses(finding) if named else "",
            named=named,
        )


def _row(alike: Alike, names: Sequence[str]) -> GroupRow:
    whom = tuple(dict.fromkeys(names)) if alike.named else ()
    return GroupRow(alike, len(names), whom)


def _in_order(row: GroupRow) -> tuple[object, ...]:
    alike = row.alike
    return alike.day or date.max, year_order(alike.year), alike.school, not row.whom, row.whom


def _pressing(group: Group) -> tuple[object, ...]:
    """Sorts groups: what is due by its day, what can still be put right first, then the most."""
    by_day = group.question in (Question.SOON, Question.LATER)
    first = sum(row.amount for row in group.rows if row.alike.day == group.day)
    day = (group.day or date.max, -first) if by_day else ()
    return (*day, not group.late, -group.amount, group.anchor)
