"""Reports as JSON, in the shape that `schemas/outputs/report.yaml` describes.

Written a line a finding, so that a large report needs little memory and two reports compare well.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.english.findings import because
from careerspolicy.english.reasons import missing_facts, near_miss_clause
from careerspolicy.evaluation.reasons import as_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from careerspolicy.evaluation import Finding, Report, Summary
    from careerspolicy.evaluation.report import Tally
    from careerspolicy.model.facts import Record

#: The version of the shape; a change that breaks a reader raises it.
FORMAT: Final = 1


def reports_json(reports: Sequence[Report]) -> Iterator[str]:
    """The JSON text of one report, or of several as `{"format": 1, "reports": [...]}`, in parts."""
    if len(reports) == 1:
        yield from _report_json(reports[0])
    else:
        yield f'{{"format": {FORMAT}, "reports": [\n'
        for position, report in enumerate(reports):
            yield ",\n" if position else ""
            yield from _report_json(report)
        yield "\n]}"
    yield "\n"


def finding_data(finding: Finding) -> dict[str, Any]:
    """One finding as plain data."""
    return {
        "obligation": finding.obligation.id,
        "subject": {"kind": finding.subject.kind, "id": finding.subject.id},
        "window": {"from": _day(finding.window.start), "until": _day(finding.window.end)},
        "verdict": finding.verdict.value,
        "measured": whole(finding.measured),
        "required": whole(finding.required),
        "due": _day(finding.due),
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
    summary: Summary = report.summary
    return {
        "overall": _tally(summary.overall),
        "by_school": _tallies(summary.by_school),
        "by_year_group": _tallies(summary.by_year_group),
        "by_benchmark": _tallies(summary.by_benchmark),
        "by_role": _tallies(summary.by_role),
        "rejected": report.facts.rejected,
        "warnings": sum(1 for told in report.facts.warnings if told.severity == "warning"),
    }


def whole(amount: float | None) -> float | int | None:
    """An amount as JSON should write it: 2 rather than 2.0, but 7.5.

    >>> whole(2.0), whole(7.5)
    (2, 7.5)
    """
    return int(amount) if amount is not None and amount == int(amount) else amount


def _report_json(report: Report) -> Iterator[str]:
    policy, day = _json(report.policy.id), _json(report.as_of.isoformat())
    yield f'{{"format": {FORMAT}, "policy": {policy}, "as_of": {day}, "findings": ['
    for position, finding in enumerate(report.findings):
        yield f"{',' if position else ''}\n{_json(finding_data(finding))}"
    yield f'\n], "summary": {_json(summary_data(report))}}}'


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _record(record: Record) -> dict[str, str]:
    return {"id": record.id, "kind": record.kind, "date": record.start.isoformat()}


def _tallies(by: Mapping[Any, Tally]) -> dict[str, dict[str, int]]:
    return {str(key): _tally(tally) for key, tally in by.items()}


def _tally(tally: Tally) -> dict[str, int]:
    return {verdict.value: count for verdict, count in tally.items()}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
