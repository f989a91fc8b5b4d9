"""The cases of `tests/cases`: verdicts worked out by hand, one file for each part of the shape.

`tests/cases/README.md` says how to write one. Everything goes through the real loader and readers;
here only what a case leaves out is filled in, and a failure is told in words.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

from careerspolicy import because
from careerspolicy.english.reasons import missing_facts, near_miss_clause
from careerspolicy.evaluation import Finding, Report, evaluate
from careerspolicy.evaluation.reasons import as_data
from careerspolicy.lives.people import filled, merged
from careerspolicy.loading import read_policy
from careerspolicy.model.duty import exact
from careerspolicy.plain.yaml_tree import load_plain
from careerspolicy.readers import facts_from

CASES = Path(__file__).parent / "cases"
OBLIGATION = {
    "id": "duty", "topic": "careers-events", "title": "What is owed", "source": {"section": 1},
}  # fmt: skip
CASE_KEYS = {
    "name", "as_of", "obligation", "earlier", "readings", "document", "vocabulary", "facts",
    "expect", "because",
}  # fmt: skip


@attrs.frozen
class Case:
    """One case, with what its group says filled in; `place` is its file and name."""

    told: dict[str, Any]
    place: str

    def report(self) -> Report:
        """What evaluation says of the case."""
        policy = read_policy(json.dumps(_policy(self.told)), self.place)
        as_of, vocabulary = date.fromisoformat(self.told["as_of"]), policy.vocabulary
        short = self.told.get("facts", {})
        whole = filled(short, as_of=as_of, vocabulary=vocabulary, usual_pupil=False)
        return evaluate(policy, facts_from(whole, vocabulary=vocabulary), as_of=as_of)

    def findings(self) -> tuple[Finding, ...]:
        """The findings of the obligation under test: the last one."""
        report = self.report()
        last = report.policy.obligations[-1].id
        return tuple(one for one in report.findings if one.obligation.id == last)


def cases() -> list[Case]:
    """Every case of every file, in order."""
    return [
        Case(_merged(group, told), f"{path.stem}: {told['name']}")
        for path in sorted(CASES.glob("*.yaml"))
        for group in load_plain(path)
        for told in group.get("cases", [group])
    ]


def _merged(group: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """A case with what its group says; its own facts come on top, kind by kind."""
    if told is group:
        return dict(told)
    both = {key: value for key, value in group.items() if key != "cases"} | told
    return both | {"facts": merged(group.get("facts", {}), told.get("facts", {}))}


def _policy(told: dict[str, Any]) -> dict[str, Any]:
    """The policy of a case: its obligations, with the parts that a verdict doesn't hang on."""
    obligations = [*told.get("earlier", []), told["obligation"]]
    return {
        "format": 1,
        "policy": "case",
        "trust": "Example Trust",
        "document": {"title": "A policy"} | told.get("document", {}),
        "readings": told.get("readings", {}),
        "vocabulary": told.get("vocabulary", {}),
        "obligations": [_with_usual(one) for one in obligations],
    }


def _with_usual(obligation: dict[str, Any]) -> dict[str, Any]:
    """An obligation with the usual heading; what is upheld has no title."""
    whole = OBLIGATION | obligation
    return {k: v for k, v in whole.items() if k != "title" or "uphold" not in obligation}


# ---------------------------------------------------------------------------- comparing


def told_of(finding: Finding, asked: dict[str, Any]) -> dict[str, Any]:
    """What a finding says, of the things that are asked about, as a case would write it."""
    window, due = finding.window, finding.due
    whole = {
        "verdict": finding.verdict.value,
        "subject": finding.subject.id,
        "window": [str(window.start or ""), str(window.end or "")],
        "measured": finding.measured,
        "required": finding.required,
        "due": due and str(due),
        "missing": list(missing_facts(finding)),
        "evidence": [record.id for record in finding.evidence],
        "near": [near_miss_clause(miss, finding.vocabulary) for miss in finding.near_misses],
        "reason": as_data(finding.reason),
    }
    return {key: whole[key] for key in asked}


def expected_of(told: dict[str, Any]) -> list[dict[str, Any]]:
    """What a case expects: a mapping for each finding, in order."""
    expect = told["expect"]
    listed = expect if isinstance(expect, list) else [expect]
    return [_expected(one) for one in listed]


def _expected(told: Any) -> dict[str, Any]:
    wanted = {"verdict": told} if isinstance(told, str) else dict(told)
    if "window" in wanted:
        wanted["window"] = [end or "" for end in wanted["window"]]
    for key in {"measured", "required"} & {*wanted}:
        wanted[key] = None if wanted[key] is None else exact(float(wanted[key]))
    return wanted


def explain(case: Case, findings: tuple[Finding, ...]) -> str:
    """What came out of a case and why it was expected otherwise, for whoever must mend it."""
    found = [
        f"  {one.subject.id} {one.window.start} to {one.window.end}: {one.verdict.value}"
        f" (measured {one.measured}, required {one.required}, due {one.due}): {because(one)}"
        for one in findings
    ]
    expected = [f"  {one}" for one in expected_of(case.told)]
    parts = [case.place, "found:", *found, "expected:", *expected, case.told.get("because", "")]
    return "\n".join(parts)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.place)
def test_case(case):
    """A verdict worked out by hand from the readings, the design and the law."""
    findings, expected = case.findings(), expected_of(case.told)
    told = [told_of(one, asked) for one, asked in zip(findings, expected, strict=False)]
    assert len(findings) == len(expected) and told == expected, explain(case, findings)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml")), ids=lambda path: path.stem)
def test_cases_say_only_what_is_read(path):
    """A misspelt key in a case would test nothing."""
    for group in load_plain(path):
        for told in (group, *group.get("cases", [])):
            assert {*told} - {"cases"} <= CASE_KEYS, told.get("name")


def test_no_two_cases_share_a_name():
    """A failing case can be found by its name."""
    places = [case.place for case in cases()]
    assert len(places) == len(set(places))


def test_every_verdict_has_cases():
    """Each of the seven verdicts is reached by several cases."""
    reached = [one.get("verdict") for case in cases() for one in expected_of(case.told)]
    verdicts = ("met", "due", "upcoming", "missed", "not_applicable", "waived", "unknown")
    assert all(reached.count(verdict) >= 5 for verdict in verdicts)
