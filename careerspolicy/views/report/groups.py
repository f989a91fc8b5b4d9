"""The findings of some reports grouped for reading: by question, then promise, then what was found.

Three hundred pupils with the same miss become one row that names them all. Findings that call for
something (missed, due, not known) keep their names and reasons as long as there is room; the
others are counted. Every finding is in exactly one row, so that the counts always add up.

A report speaks of the half term that holds its day, or of the next one in a holiday. Each school
has its own, by its own calendar.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

import attrs

from careerspolicy.calendar.school_calendar import SchoolCalendar, in_words
from careerspolicy.english.findings import record_label, why_with_near_misses
from careerspolicy.evaluation import Finding, Report, Verdict
from careerspolicy.model.schedule import Always, Every
from careerspolicy.views.report.counts import year_of, year_order
from careerspolicy.views.words import counted
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from careerspolicy.model.facts import School
    from careerspolicy.model.policy import Obligation, Policy


#: No holiday is longer; where the school's next dates are further off, some are missing.
_LONGEST_HOLIDAY: Final = timedelta(weeks=10)
_USUAL_DATES: Final = (
    "The facts give no term dates for now, so these are the usual ones: three terms that meet end"
    " to end, each cut in two."
)
_NO_BREAK: Final = "The facts do not say when this term's break is, so it is the whole term."


@attrs.frozen(kw_only=True)
class HalfTerm:
    """A school's half term: first and last day, its term, and how sure that is.

    `own` says that the school gave the dates; `halved` that they say where the term breaks, without
    which the whole term stands for the half.
    """

    first: date
    last: date
    term: str
    own: bool
    halved: bool

    def told(self, as_of: date) -> str:
        """The half term in words, with its dates, and what to know if the school gave no dates."""
        dates = f"from {in_words(self.first)} to {in_words(self.last)}"
        what = f"in the {self.term} term" if self.halved else f"the {self.term} term"
        begun = self.first <= as_of
        runs = "This half term" if begun else "It is the holidays; the next half term"
        doubt = "" if self.halved else _NO_BREAK
        return f"{runs} runs {dates} ({what}). {doubt if self.own else _USUAL_DATES}".rstrip()


def half_term(school: School, as_of: date) -> HalfTerm:
    """The school's half term on a day, or the next one where the day is in a holiday.

    >>> from datetime import date
    >>> from careerspolicy.model.facts import School
    >>> oak = School(urn="1", name="Oak", trust="T", lowest_year=7, highest_year=11,
    ...              as_at=date(2026, 1, 31))
    >>> half_term(oak, date(2026, 1, 31)).last
    datetime.date(2026, 2, 15)
    """
    usual = SchoolCalendar()
    calendars = (True, school.calendar.terms), (False, usual.terms_of(usual.year_of(as_of)))
    return next(
        HalfTerm(
            first=half.start, last=half.end, term=term.name, own=own, halved=len(term.halves) > 1
        )
        for own, terms in calendars
        for term in terms
        for half in term.halves or (term.window,)
        if half.start and half.end and half.end >= as_of
        if not own or half.start <= as_of + _LONGEST_HOLIDAY
    )


def half_terms(reports: Iterable[Report]) -> Mapping[str, HalfTerm]:
    """The half term of every school of some reports, by URN."""
    return {
        school.urn: half_term(school, report.as_of)
        for report in reports
        for school in report.facts.schools
    }


def subjects_of(findings: Sequence[Finding]) -> str:
    """Whom or what findings on one obligation are about, counted: "34 pupils"."""
    first = findings[0]
    kind = first.vocabulary.kinds[first.subject.kind]
    return counted(len({one.subject.id for one in findings}), kind.singular, kind.plural)


def last_day(finding: Finding) -> date | None:
    """The day that matters: by when it is due, or by when it was, if it is over."""
    if finding.verdict is Verdict.DUE:
        return finding.due
    if finding.verdict is not Verdict.MISSED:
        return None
    end = finding.window.end
    return end if end is not None and end <= finding.as_of else None


def overdue(findings: Iterable[Finding]) -> Mapping[str, Sequence[Finding]]:
    """What was missed and can still be put right, by obligation.

    These are standing duties, and the latest of a cadence; a window of a pupil's life that has
    closed cannot be opened again.
    """
    latest = {(finding.obligation.id, finding.subject.id): finding for finding in findings}
    late: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in latest.values():
        schedule, end = finding.obligation.duty.schedule, finding.window.end
        standing = isinstance(schedule, Always) and (end is None or end >= finding.as_of)
        if finding.verdict is Verdict.MISSED and (standing or isinstance(schedule, Every)):
            late[finding.obligation.id].append(finding)
    return late


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

    `day` is the first last day of any; `late` are those missed that can still be put right.
    """

    question: Question
    policy: Policy
    obligation: Obligation
    anchor: str
    rows: Sequence[GroupRow]
    findings: Sequence[Finding]
    day: date | None
    late: Sequence[Finding]


def question_of(finding: Finding, terms: Mapping[str, HalfTerm]) -> Question:
    """Which question a finding answers.

    What is due comes soon if its last day does by the end of its school's half term; what a trust
    owes goes by the last of its schools to end.
    """
    if finding.verdict is not Verdict.DUE:
        others = {Verdict.MISSED: Question.MISSED, Verdict.UNKNOWN: Question.UNKNOWN}
        return others.get(finding.verdict, Question.REST)
    if finding.due is None:
        return Question.LATER
    own = terms.get(finding.subject.school)
    last = own.last if own else max(term.last for term in terms.values())
    return Question.SOON if finding.due <= last else Question.LATER


def subject_named(finding: Finding) -> str:
    """A subject in a list of its like: a pupil by id, a record without its article."""
    subject = finding.subject
    if subject.kind == "pupil":
        return subject.id
    return subject.name if subject.kind in THINGS else record_label(subject, finding.vocabulary)


def grouped(reports: Sequence[Report], *, room: int = ROOM) -> Mapping[Question, Sequence[Group]]:
    """The groups that answer each question, most pressing first.

    Names and reasons take up the room in the order of the questions; once it is used up, the
    findings that are left are counted without them.
    """
    terms = half_terms(reports)
    asked: dict[Question, dict[tuple[int, str], list[Finding]]] = {one: {} for one in Question}
    for position, report in enumerate(reports):
        for finding in report.findings:
            promises = asked[question_of(finding, terms)]
            promises.setdefault((position, finding.obligation.id), []).append(finding)
    late = [overdue(report.findings) for report in reports]
    groups: dict[Question, list[Group]] = {question: [] for question in Question}
    for question, promises in asked.items():
        for (position, name), findings in promises.items():
            rows, room = _rows(question, findings, room)
            group = Group(
                question=question,
                policy=reports[position].policy,
                obligation=findings[0].obligation,
                anchor=f"{question.value}-{position + 1}-{name}",
                rows=rows,
                findings=findings,
                day=min(filter(None, map(last_day, findings)), default=None),
                late=late[position].get(name, ()) if question is Question.MISSED else (),
            )
            groups[question].append(group)
        groups[question].sort(key=_pressing)
    return groups


def _rows(question: Question, findings: Sequence[Finding], room: int) -> tuple[list[GroupRow], int]:
    """The rows of one group, the latest missed first, as it can best be mended; the room left."""
    names: dict[Alike, list[str]] = {}
    for finding in findings:
        named = question is not Question.REST and room > 0
        alike = Alike(
            verdict=finding.verdict,
            school=finding.subject.school,
            year=year_of(finding.subject),
            day=last_day(finding),
            reason=why_with_near_misses(finding) if named else "",
            named=named,
        )
        name = subject_named(finding) if named else ""
        if named:
            room -= len(name) + 2 + (0 if alike in names else _ROW_TAKES + len(alike.reason))
        names.setdefault(alike, []).append(name)
    rows = [
        GroupRow(alike, len(whom), tuple(dict.fromkeys(whom)) if alike.named else ())
        for alike, whom in names.items()
    ]
    rows.sort(
        key=lambda row: (year_order(row.alike.year), row.alike.school, not row.whom, row.whom)
    )
    rows.sort(key=lambda row: row.alike.day or date.max, reverse=question is Question.MISSED)
    return rows, room


def _pressing(group: Group) -> tuple[object, ...]:
    """Sorts groups: what is due by its day, what can still be put right first, then the most."""
    by_day = group.question in (Question.SOON, Question.LATER)
    first = sum(row.amount for row in group.rows if row.alike.day == group.day)
    day = (group.day or date.max, -first) if by_day else ()
    return (*day, not group.late, -len(group.findings), group.anchor)
