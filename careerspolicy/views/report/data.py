"""Reports as plain values for programs, as `schemas/outputs/report.yaml` describes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from careerspolicy.english.findings import because
from careerspolicy.english.reasons import missing_facts, near_miss_clause
from careerspolicy.evaluation.reasons import as_data
from careerspolicy.views.tree import Stream
from careerspolicy.views.words import FORMAT, iso

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from careerspolicy.evaluation import Finding, Report
    from careerspolicy.evaluation.report import Tally
    from careerspolicy.model.facts import Facts, Record


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
        "missing": list(missing_facts(finding)),
        "because": because(finding),
        "reason": as_data(finding.reason),
        "missing_facts": [as_data(fact) for fact in finding.missing],
    }


def summary_data(report: Report) -> dict[str, Any]:
    """A report's tallies as plain data, with what its facts' reader warned of and left out."""
    summary = report.summary
    return {
        "overall": _tally(summary.overall),
        "by_school": _tallies(summary.by_school),
        "by_year_group": _tallies(summary.by_year_group),
        "by_benchmark": _tallies(summary.by_benchmark),
        "by_role": _tallies(summary.by_role),
        "rejected": report.facts.rejected,
        "warnings": warned(report.facts),
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
    return {
        "format": FORMAT,
        "policy": report.policy.id,
        "as_of": report.as_of.isoformat(),
        "findings": Stream(lambda: map(finding_data, report.findings)),
        "summary": summary_data(report),
    }


def _record(record: Record) -> dict[str, str]:
    return {"id": record.id, "kind": record.kind, "date": record.start.isoformat()}


def _tallies(by: Mapping[Any, Tally]) -> dict[str, dict[str, int]]:
    return {str(key): _tally(tally) for key, tally in by.items()}


def _tally(tally: Tally) -> dict[str, int]:
    return {verdict.value: count for verdict, count in tally.items()}
