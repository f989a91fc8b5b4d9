"""Every finding of some reports for programs: as plain values, and as a table for spreadsheets.

The shape of the values is `schemas/outputs/report.yaml`.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.english.findings import because
from careerspolicy.english.reasons import missing_fact, missing_facts, near_miss_clause
from careerspolicy.evaluation.reasons import as_data
from careerspolicy.views.account import account_data
from careerspolicy.views.report.counts import TONES, TRUST_NAMED, school_names, year_named, year_of
from careerspolicy.views.report.groups import (
    Question,
    half_terms,
    last_day,
    question_of,
    subject_named,
)
from careerspolicy.views.tree import Cell, Column, Row, Span, Stream, Table
from careerspolicy.views.words import FORMAT, VERDICT_WORDS, coded, fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from careerspolicy.evaluation import Finding, Report, Verdict
    from careerspolicy.evaluation.findings import Subject
    from careerspolicy.evaluation.report import Tally
    from careerspolicy.model.duty import Amount
    from careerspolicy.model.facts import Facts, Record


#: Each column of findings, and what its cell holds of one, given its report's schools' names.
_CELLS: Final[Mapping[Column, Callable[[Finding, Report, Mapping[str, str]], Cell]]] = {
    Column("Promise", "title"): lambda one, *_: one.obligation.title,
    Column("Whom", "subject"): lambda one, *_: Span(subject_named(one), value=one.subject.id),
    Column("Year group", "year_group"): lambda one, *_: _year(one.subject),
    Column("School", "school"): lambda one, _, names: Span(
        names.get(one.subject.school, TRUST_NAMED), value=one.subject.school
    ),
    Column("State", "verdict"): lambda one, *_: _state(one.verdict),
    Column("Last day", "last_day"): lambda one, *_: last_day(one),
    Column("What was found", "because"): lambda one, *_: because(one),
    Column("Benchmark", "benchmark"): lambda one, *_: one.obligation.benchmark,
    Column("Found", "measured"): lambda one, *_: whole(one.measured),
    Column("Owed", "required"): lambda one, *_: whole(one.required),
    Column("From", "window_from"): lambda one, *_: one.window.start,
    Column("Until", "window_until"): lambda one, *_: one.window.end,
    Column("Owed by", "who"): lambda one, *_: " and ".join(one.obligation.who),
    Column("Policy", "policy"): lambda _, report, __: report.policy.id,
    Column("Obligation", "obligation"): lambda one, *_: one.obligation.id,
    Column("", "subject_kind"): lambda one, *_: one.subject.kind,
    Column("", "due"): lambda one, *_: one.due,
    Column("", "evidence"): lambda one, *_: ";".join(record.id for record in one.evidence),
    Column("", "missing"): lambda one, *_: "; ".join(missing_facts(one)),
}


#: What a report's summary counts by.
_BY: Final = ("by_strength", "by_school", "by_year_group", "by_benchmark", "by_role")


def all_findings(reports: Sequence[Report]) -> Table:
    """Every finding, in the order of the reports."""
    rows = Stream(lambda: (row for _, row in _rows(reports)))
    return Table(name="All findings", columns=tuple(_CELLS), rows=rows)


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
        answers[question_of(finding, terms)].append((coded(last_day(finding)) or "none", row))
    for question, (heading, meaning) in questions.items():
        if question is not Question.REST:
            answers[question].sort(key=itemgetter(0), reverse=question is Question.MISSED)
            rows = [row for _, row in answers[question]]
            yield Table(name=heading, note=meaning, columns=tuple(_CELLS), rows=rows)


def _rows(reports: Sequence[Report]) -> Iterator[tuple[Finding, Row]]:
    for report in reports:
        names = school_names([report])
        for finding in report.findings:
            yield finding, Row(tuple(cell(finding, report, names) for cell in _CELLS.values()))


def _year(subject: Subject) -> Cell:
    year = subject.year_group
    return Span(year_named(year_of(subject)), value="") if year is None else year


def _state(verdict: Verdict) -> Span:
    return Span(VERDICT_WORDS[verdict].capitalize(), value=verdict.value, tone=TONES[verdict])


def reports_data(reports: Sequence[Report]) -> dict[str, Any]:
    """One report, or several as `{"format": 1, "reports": [...]}`."""
    if len(reports) == 1:
        return _report_data(reports[0])
    return {"format": FORMAT, "reports": Stream(lambda: map(_report_data, reports))}


def finding_data(finding: Finding) -> dict[str, Any]:
    """One finding as plain data."""
    return {
        "obligation": finding.obligation.id,
        "subject": fields(finding.subject, "kind", "id"),
        "window": {"from": coded(finding.window.start), "until": coded(finding.window.end)},
        "verdict": finding.verdict.value,
        "measured": whole(finding.measured),
        "required": whole(finding.required),
        "due": coded(finding.due),
        "evidence": [*map(_record, finding.evidence)],
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
        "missing_facts": [*map(as_data, finding.missing)],
    }


def warned(facts: Facts) -> int:
    """How much the facts' reader doubted."""
    return sum(1 for one in facts.warnings if one.severity == "warning")


def whole(amount: Amount | None) -> float | int | None:
    """An amount as JSON should write it: 2 rather than 2.0, but 7.5.

    >>> from decimal import Decimal
    >>> whole(2), whole(Decimal("7.5"))
    (2, 7.5)
    """
    return float(amount) if isinstance(amount, Decimal) else amount


def _report_data(report: Report) -> dict[str, Any]:
    summary = report.summary
    return {
        "format": FORMAT,
        "policy": report.policy.id,
        "as_of": report.as_of.isoformat(),
        "findings": Stream(lambda: map(finding_data, report.findings)),
        "summary": {
            "overall": _tally(summary.overall),
            "not_known": {kind.value: count for kind, count in summary.not_known.items()},
            **{
                by: {str(key): _tally(one) for key, one in getattr(summary, by).items()}
                for by in _BY
            },
            "rejected": report.facts.rejected,
            "warnings": warned(report.facts),
        },
        "account": account_data(report.facts.account),
    }


def _record(record: Record) -> dict[str, str]:
    return {"id": record.id, "kind": record.kind, "date": record.start.isoformat()}


def _tally(tally: Tally) -> dict[str, int]:
    return {verdict.value: count for verdict, count in tally.items()}
