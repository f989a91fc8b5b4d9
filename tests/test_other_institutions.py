"""Policies of other sorts of institution, made up and true to life, need no change of code.

`other_institutions/` holds each policy, small facts, and the verdicts expected of them, worked out
by hand. Everything goes through the public loader, reader and evaluator; whatever a policy needs
beyond the shared words stands under its own `vocabulary:`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from careerspolicy import Policy, Report, because, evaluate, load_facts, load_policy
from careerspolicy.plain.yaml_tree import load_plain

FOLDER = Path(__file__).parent / "other_institutions"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
OWN_WORDS = ("kinds", "attributes", "roles", "topics")


def policy_of(name: str) -> Policy:
    """The policy of one institution."""
    return load_policy(FOLDER / f"{name}.yaml")


def expected_of(name: str) -> dict[str, Any]:
    """The day asked about and the verdicts expected, as worked out by hand."""
    return dict(load_plain(FOLDER / "expect" / f"{name}.yaml"))


def report_of(name: str) -> Report:
    """What evaluation says of one institution's facts; facts that earn warnings are wrong."""
    policy = policy_of(name)
    facts = load_facts(FOLDER / "facts" / f"{name}.yaml", vocabulary=policy.vocabulary)
    assert not facts.warnings, [str(one) for one in facts.warnings]
    return evaluate(policy, facts, as_of=date.fromisoformat(expected_of(name)["as_of"]))


def verdicts_of(report: Report, obligation: str) -> dict[str, list[str]]:
    """The verdicts of an obligation's windows, oldest first, by subject."""
    found: dict[str, list[str]] = {}
    for one in report.findings:
        if one.obligation.id == obligation:
            found.setdefault(one.subject.id, []).append(one.verdict.value)
    return found


def sentences_of(report: Report, obligation: str) -> str:
    """Why each of an obligation's verdicts came out, for whoever must mend a failing table."""
    findings = [one for one in report.findings if one.obligation.id == obligation]
    return "\n".join(f"{obligation}: {one.verdict.value}: {because(one)}" for one in findings)


@pytest.mark.parametrize("name", NAMES)
def test_every_verdict_is_as_worked_out_by_hand(name: str) -> None:
    """Each subject in the table has exactly the verdicts that it says, window by window."""
    report = report_of(name)
    for obligation, table in expected_of(name)["expect"].items():
        found = verdicts_of(report, obligation)
        asked = {subject: found.get(subject) for subject in table}
        assert asked == table, sentences_of(report, obligation)


@pytest.mark.parametrize("name", NAMES)
def test_every_obligation_is_in_the_table(name: str) -> None:
    """No promise is left without a verdict worked out by hand."""
    assert [one.id for one in policy_of(name).obligations] == list(expected_of(name)["expect"])


@pytest.mark.parametrize("name", NAMES)
def test_policies_reach_met_and_missed(name: str) -> None:
    """Of a dozen promises and more, several are kept and several are broken."""
    tables = expected_of(name)["expect"].values()
    reached = [{verdict for run in table.values() for verdict in run} for table in tables]
    assert len(reached) >= 12
    assert sum("met" in one for one in reached) >= 5
    assert sum("missed" in one for one in reached) >= 5


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_has_its_sentence(name: str) -> None:
    """What a file adds to the words is put into English like the shared ones."""
    for finding in report_of(name).findings:
        assert because(finding).endswith("."), finding


@pytest.mark.parametrize("part", OWN_WORDS)
def test_every_part_of_the_vocabulary_is_added_to(part: str) -> None:
    """New kinds, attributes, roles and topics each stand in every one of the files."""
    for name in NAMES:
        assert load_plain(FOLDER / f"{name}.yaml")["vocabulary"][part], name
