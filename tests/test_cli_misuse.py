"""Misuse of the command line: exit code 2, nothing on stdout, a message that helps on stderr."""

import pytest
from cli_running import ASKED, FACTS, POLICY, TINY, run

MISUSES = {
    "an unknown command": (["evaluat"], 'no command "evaluat"; did you mean "evaluate"?'),
    "an unknown policy": (["evaluate", FACTS, "--policy", "batly"], "batly: there is no such file"),
    "no policy": (["evaluate", FACTS], "--policy"),
    "missing facts": (
        ["evaluate", "no.yaml", "--policy", POLICY],
        "no.yaml: there is no such file",
    ),
    "a folder without facts": (
        ["evaluate", TINY, "--policy", POLICY],
        "no list of pupils is known",
    ),
    "a folder for a policy": (["evaluate", FACTS, "--policy", TINY], ""),
    "an impossible day": (
        ["evaluate", FACTS, "--policy", POLICY, "--as-of", "2026-02-30"],
        'there is no day "2026-02-30"',
    ),
    "a day written otherwise": (
        ["evaluate", FACTS, "--policy", POLICY, "--as-of", "31/01/2026"],
        "write it as in 2026-01-31",
    ),
    "a day out of reach": (
        ["evaluate", FACTS, "--policy", POLICY, "--as-of", "9999-12-31"],
        "from 1900 to 2200",
    ),
    "an unknown school": (["evaluate", *ASKED, "--school", "100009"], "did you mean"),
    "a school by its name": (
        ["evaluate", *ASKED, "--school", "dale school"],
        "known here: 100002",
    ),
    "an unknown benchmark": (["evaluate", *ASKED, "--benchmark", "9"], "--benchmark"),
    "an unknown verdict": (["evaluate", *ASKED, "--verdict", "late"], "not_applicable"),
    "an unknown pupil": (["explain", *ASKED, "--pupil", "P11"], 'did you mean "P1"?'),
    "an unknown obligation": (
        ["explain", *ASKED, "--pupil", "P1", "--obligation", "encounter"],
        'did you mean "encounters"?',
    ),
    "an unknown schema": (["schema", "polcy"], "policy"),
    "a place that cannot be written": (
        ["evaluate", *ASKED, "--reject-to", "no/such/folder.csv"],
        "cannot be written",
    ),
}


@pytest.mark.parametrize("name", MISUSES)
def test_misuse_is_told_without_a_traceback(name):
    """A misuse exits with 2, nothing on stdout, and a message that helps on stderr."""
    args, message = MISUSES[name]
    told = run(*args)
    assert told.exit_code == 2
    assert told.stdout == ""
    assert message in told.stderr
    assert "Traceback" not in told.output


def test_every_bad_policy_is_told_at_once():
    """Two bad policies give the problems of both."""
    told = run("evaluate", FACTS, "--policy", "one.yaml", "--policy", "two.yaml")
    assert "one.yaml" in told.stderr and "two.yaml" in told.stderr


def test_an_interruption_is_quiet(monkeypatch):
    """Ctrl-C ends a command with 130 and no traceback."""
    monkeypatch.setattr("careerspolicy.cli.evaluating.evaluate", _interrupt)
    told = run("evaluate", *ASKED)
    assert told.exit_code == 130
    assert "Traceback" not in told.output


def _interrupt(*_args, **_kwargs):
    raise KeyboardInterrupt
