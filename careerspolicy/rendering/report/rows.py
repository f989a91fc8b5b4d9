"""Reports as CSV, a row a finding, for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from careerspolicy.english.findings import because
from careerspolicy.english.reasons import missing_facts
from careerspolicy.english.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from careerspolicy.evaluation import Finding, Report

HEADINGS: Final = (
    "policy", "obligation", "title", "benchmark", "subject_kind", "subject", "school",
    "year_group", "window_from", "window_until", "verdict", "measured", "required", "due",
    "evidence", "missing", "because",
)  # fmt: skip

#: What makes a spreadsheet take a cell for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def reports_csv(reports: Sequence[Report]) -> Iterator[str]:
    """The CSV text of some reports, line by line, headings first."""
    yield _line(HEADINGS)
    for report in reports:
        for finding in report.findings:
            yield _line([harmless(cell) for cell in _cells(report.policy.id, finding)])


def harmless(cell: str) -> str:
    """A cell that no spreadsheet will run as a formula.

    >>> harmless("=1+1"), harmless("Pupil A1")
    ("'=1+1", 'Pupil A1')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cells(policy: str, finding: Finding) -> tuple[str, ...]:
    obligation, subject = finding.obligation, finding.subject
    return (
        policy,
        obligation.id,
        obligation.title,
        _number(obligation.benchmark),
        subject.kind,
        subject.id,
        subject.school,
        _number(subject.year_group),
        _day(finding.window.start),
        _day(finding.window.end),
        finding.verdict.value,
        _number(finding.measured),
        _number(finding.required),
        _day(finding.due),
        ";".join(record.id for record in finding.evidence),
        "; ".join(missing_facts(finding)),
        because(finding),
    )


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def _number(amount: float | None) -> str:
    return "" if amount is None else number(amount)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
