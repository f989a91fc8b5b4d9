"""Every finding of some reports as a table: for workbooks, and as comma-separated values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.english.findings import because
from careerspolicy.english.reasons import missing_facts
from careerspolicy.views.report.counts import TONES
from careerspolicy.views.report.data import whole
from careerspolicy.views.report.groups import Question, question_of
from careerspolicy.views.report.half_term import half_terms
from careerspolicy.views.report.places import TRUST_NAMED, school_names, year_named, year_of
from careerspolicy.views.report.pressing import last_day
from careerspolicy.views.report.wording import subject_named
from careerspolicy.views.tree import Cell, Column, Row, Span, Stream, Table
from careerspolicy.views.words import VERDICT_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from careerspolicy.evaluation import Finding, Report

_COLUMNS: Final = (
    Column("Promise", "title"),
    Column("Whom", "subject"),
    Column("Year group", "year_group"),
    Column("School", "school"),
    Column("State", "verdict"),
    Column("Last day", "last_day"),
    Column("What was found", "because"),
    Column("Benchmark", "benchmark"),
    Column("Found", "measured"),
    Column("Owed", "required"),
    Column("From", "window_from"),
    Column("Until", "window_until"),
    Column("Owed by", "who"),
    Column("Policy", "policy"),
    Column("Obligation", "obligation"),
    Column("", "subject_kind"),
    Column("", "due"),
    Column("", "evidence"),
    Column("", "missing"),
)


def all_findings(reports: Sequence[Report]) -> Table:
    """Every finding, in the order of the reports."""
    rows = Stream(lambda: (Row(cells) for _, _, cells in _rows(reports)))
    return Table(name="All findings", columns=_COLUMNS, rows=rows)


def question_sheets(
    reports: Sequence[Report], questions: Mapping[Question, tuple[str, str]]
) -> Iterator[Table]:
    """The findings that answer each question: what is due by its last day, missed latest first.

    What answers no question of its own is in the table of all.
    """
    found = [*_rows(reports)]
    for question, (heading, said) in questions.items():
        if question is Question.REST:
            continue
        own = [(day, cells) for asked, day, cells in found if asked is question]
        latest_first = question is Question.MISSED
        own.sort(key=lambda one: (one[0] is None, str(one[0])), reverse=latest_first)
        rows = [Row(cells) for _, cells in own]
        yield Table(name=heading, note=said, columns=_COLUMNS, rows=rows)


def _rows(
    reports: Sequence[Report],
) -> Iterator[tuple[Question, date | None, tuple[Cell, ...]]]:
    """Every finding: the question that it answers, its last day, and its cells."""
    terms = half_terms(reports)
    for report in reports:
        names = school_names([report])
        for one in report.findings:
            yield question_of(one, terms), last_day(one), _cells(one, report, names)


def _cells(finding: Finding, report: Report, names: Mapping[str, str]) -> tuple[Cell, ...]:
    obligation, subject, verdict = finding.obligation, finding.subject, finding.verdict
    year = subject.year_group
    return (
        obligation.title,
        Span(subject_named(subject, finding.vocabulary), value=subject.id),
        Span(year_named(year_of(subject)), value="") if year is None else year,
        Span(names.get(subject.school, TRUST_NAMED), value=subject.school),
        Span(VERDICT_WORDS[verdict].capitalize(), value=verdict.value, tone=TONES[verdict]),
        last_day(finding),
        because(finding),
        obligation.benchmark,
        whole(finding.measured),
        whole(finding.required),
        finding.window.start,
        finding.window.end,
        " and ".join(obligation.who),
        report.policy.id,
        obligation.id,
        subject.kind,
        finding.due,
        ";".join(record.id for record in finding.evidence),
        "; ".join(missing_facts(finding)),
    )
