"""Every finding of some reports for programs: as plain values, and as a table for spreadsheets.

The shape of the values is `schemas/outputs/report.yaml`.
"""

from __future__ import annotations

from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.english.findings import because
from careerspolicy.english.reasons import missing_fact, missing_facts, near_miss_clause
from careerspolicy.evaluation.reasons import as_data
from careerspolicy.views.report.counts import TONES, TRUST_NAMED, school_names, year_named, year_of
from careerspolicy.views.report.groups import (
    Question,
    half_terms,
    last_day,
    question_of,
    subject_named,
)
from careerspolicy.views.tree import Cell, Column, Row, Span, Stream, Table
from careerspolicy.views.words import FORMAT, VERDICT_WORDS, iso

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from careerspolicy.evaluation import Finding, Report
    from careerspolicy.evaluation.report import Tally
    from careerspolicy.model.facts import Facts, Record


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
    rows = Stream(lambda: (row for _, row in _rows(reports)))
    return Table(name="All findings", columns=_COLUMNS, rows=rows)


def question_sheets(
    reports: Sequence[Report], questions: Mapping[Question, tuple[str, str]]
) -> Iterator[Table]:
    """The findings that answer each question: what is due by its last day, missed latest first.

    What answers no question of its own is in the table of all.
    """
    terms = half_terms(reports)
    answers: defaultdict[Question, list[tuple[str, Row]]] = defaultdict(list)
    for finding, row in _rows(reports):
        # A day sorts before none.
        answers[question_of(finding, terms)].append((iso(last_day(finding)) or "none", row))
    for question, (heading, meaning) in questions.items():
        if question is not Question.REST:
            answers[question].sort(key=itemgetter(0), reverse=question is Question.MISSED)
            rows = [row for _, row in answers[question]]
            yield Table(name=heading, note=meaning, columns=_COLUMNS, rows=rows)


def _rows(reports: Sequence[Report]) -> Iterator[tuple[Finding, Row]]:
    for report in reports:
        names = school_names([report])
        for finding in report.findings:
            yield finding, Row(_cells(finding, report, names))


def _cells(finding: Finding, report: Report, names: Mapping[str, str]) -> tuple[Cell, ...]:
    obligation, subject, verdict = finding.obligation, finding.subject, finding.verdict
    year = subject.year_group
    return (
        obligation.title,
        Span(subject_named(finding), value=subject.id),
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


def reports_data(reports: Sequence[Report]) -> dict[str, Any]:
    """One report, or several as `{"format": 1, "reports": [...]}`."""
    if len(reports) == 1:
        return _report_data(reports[0])
    return {"format": FORMAT, "reports": Stream(lambda: map(_report_data, reports))}


def finding_data(finding: Finding) -> dict[str, Any]:
    """One finding as plain data."""
    return {
        "obligation": finding.obligation.id,
        "subject": {"kind": finding.subject.kind, "id": finding.subject.id},
        "window": {"from": iso(finding.window.start), "until": iso(finding.window.end)},
        "verdict": finding.verdict.value,
        "measured": whole(finding.measured),
        "required": whole(finding.required),
        "due": iso(finding.due),
        "evidence": [_record(record) for record in finding.evidence],
        "near_misses": [
            {
                "record": _record(miss.record),
                "why": near_miss_clause(miss, finding.vocabulary),
                "reason": as_data(miss.reason),
            }
            for miss in finding.near_misses
        ],
        "missing": [missing_fact(fact, finding.vocabulary) for fact in finding.missing],
        "because": because(finding),
        "reason": as_data(finding.reason),
        "missing_facts": [as_data(fact) for fact in finding.missing],
    }


def warned(facts: Facts) -> int:
    """How much the facts' reader doubted."""
    return sum(1 for one in facts.warnings if one.severity == "warning")


def whole(amount: float | None) -> float | int | None:
    """An amount as JSON should write it: 2 rather than 2.0, but 7.5.

    >>> whole(2.0), whole(7.5)
    (2, 7.5)
    """
    return int(amount) if amount is not None and amount == int(amount) else amount


def _report_data(report: Report) -> dict[str, Any]:
    summary = report.summary
    return {
        "format": FORMAT,
        "policy": report.policy.id,
        "as_of": report.as_of.isoformat(),
        "findings": Stream(lambda: map(finding_data, report.findings)),
        "summary": {
            "overall": _tally(summary.overall),
            "by_school": _tallies(summary.by_school),
            "by_year_group": _tallies(summary.by_year_group),
            "by_benchmark": _tallies(summary.by_benchmark),
            "by_role": _tallies(summary.by_role),
            "rejected": report.facts.rejected,
            "warnings": warned(report.facts),
        },
    }


def _record(record: Record) -> dict[str, str]:
    return {"id": record.id, "kind": record.kind, "date": record.start.isoformat()}


def _tallies(by: Mapping[Any, Tally]) -> dict[str, dict[str, int]]:
    return {str(key): _tally(tally) for key, tally in by.items()}


def _tally(tally: Tally) -> dict[str, int]:
    return {verdict.value: count for verdict, count in tally.items()}
