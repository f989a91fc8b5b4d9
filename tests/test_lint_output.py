"""What `careerspolicy lint` writes and how it exits, and the remarks on what it finds."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from cli_running import run

from careerspolicy.checks import RULES, lint_file
from careerspolicy.loading import shipped_policies
from careerspolicy.plain.yaml_tree import load_plain

CASES = Path(__file__).parent / "lint"
FIRES, SILENT = CASES / "two-roles" / "fires.yaml", CASES / "two-roles" / "silent.yaml"
LOST = CASES / "numbers-lost" / "fires.yaml"
OVERDUE = CASES / "review-overdue" / "fires.yaml"
EXCLUDED = CASES / "useless-exclusion" / "silent.yaml"
DAY = ["--as-of", "2026-02-15"]
REVIEW = Path(__file__).parents[1] / "docs" / "lint-review.yaml"
#: Dates decide some findings.
REVIEWED_ON = date(2026, 11, 1)


def lint(*args):
    """The outcome of lint on the day of the cases."""
    return run("lint", *args, *DAY)


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ([SILENT], 0),
        ([FIRES], 0),
        ([FIRES, "--fail-on", "warning"], 1),
        ([FIRES, "--fail-on", "note"], 1),
        ([OVERDUE], 1),
        ([EXCLUDED, "--fail-on", "note"], 0),
        (["no-such-policy"], 2),
        ([FIRES, "--fail-on", "everything"], 2),
        (["--explain", "two-roles"], 0),
        (["--explain", "all"], 0),
        (["--explain", "no-such-rule"], 2),
        ([FIRES, SILENT, "--source", SILENT], 2),
        ([LOST, "--source", LOST.with_suffix(".md")], 0),
        ([LOST, "--source", LOST.with_suffix(".md"), "--fail-on", "warning"], 1),
        ([LOST, "--fail-on", "warning"], 0),
    ],
)
def test_the_exit_code_says_how_grave(args, code):
    """0 is clean enough, 1 is at or above --fail-on, 2 is not usable as asked."""
    assert lint(*args).exit_code == code


def test_text_says_where_what_and_how_to_mend():
    """One line an issue, then how many of each rule, then the totals."""
    lines = lint(FIRES, EXCLUDED).stdout.splitlines()
    assert lines == [
        (
            f"{FIRES}:17:10: two-roles (warning): fair-again: is the duty of the headteacher "
            'here, and of the careers leader in "fair"; say which of them owes it, and who helps'
        ),
        "",
        "Rule       Issues",
        "─" * 18,
        "two-roles       1",
        "",
        "2 files: 0 errors, 1 warning, 0 notes; 1 excluded with a reason",
    ]


def test_json_tells_everything():
    """Every file is there with its issues, excluded ones with their reason, and the totals."""
    document = json.loads(lint(FIRES, EXCLUDED, "--format", "json").stdout)
    assert document["format"] == 1
    assert [(one["file"], one["policy"]) for one in document["files"]] == [
        (str(FIRES), "tiny"),
        (str(EXCLUDED), "tiny"),
    ]
    (issue,) = document["files"][0]["issues"]
    assert issue == {
        "rule": "two-roles",
        "severity": "warning",
        "line": 17,
        "column": 10,
        "obligation": "fair-again",
        "message": 'is the duty of the headteacher here, and of the careers leader in "fair"',
        "mend": "say which of them owes it, and who helps",
        "excluded": None,
    }
    assert document["files"][1]["issues"][0]["excluded"] == "The board meets in March 2026."
    assert document["totals"] == {"error": 0, "warning": 1, "note": 0, "excluded": 1}


def test_sarif_has_what_the_standard_asks_for():
    """SARIF 2.1.0: one run, every rule described, every result placed and of a known rule."""
    document = json.loads(lint(FIRES, EXCLUDED, "--format", "sarif").stdout)
    assert document["version"] == "2.1.0" and "sarif-2.1.0" in document["$schema"]
    (run_,) = document["runs"]
    driver = run_["tool"]["driver"]
    assert driver["name"] == "careerspolicy" and driver["version"]
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"] and rule["fullDescription"]["text"]
        assert f"# {rule['id']} " in rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    assert [rule["id"] for rule in driver["rules"]] == [*RULES]
    for result in run_["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note") and result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["region"]["startLine"] >= 1 and place["region"]["startColumn"] >= 1
        assert " " not in place["artifactLocation"]["uri"]
    suppressed = [one["suppressions"] for one in run_["results"] if "suppressions" in one]
    assert suppressed == [[{"kind": "inSource", "justification": "The board meets in March 2026."}]]


def test_sarif_names_files_from_the_working_folder(monkeypatch):
    """Hosts look for a file below the folder that was checked out."""
    monkeypatch.chdir(CASES)
    document = json.loads(lint(FIRES, "--format", "sarif").stdout)
    (result,) = document["runs"][0]["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "two-roles/fires.yaml"


def test_explain_prints_the_page():
    """A rule's page says what it finds, why, an example, how to mend it and how to let it stand."""
    page = run("lint", "--explain", "no-role").stdout
    assert page.startswith("# no-role (note)\n")
    assert "## Why it matters" in page and "rule: no-role, reason:" in page


def test_a_misspelt_rule_is_told():
    """Asked for a rule that isn't there, lint names the nearest."""
    assert 'did you mean "two-roles"?' in run("lint", "--explain", "two-role").stderr


def test_every_shipped_policy_can_be_linted():
    """Without a file, lint looks at every shipped policy."""
    document = json.loads(run("lint", "--format", "json", *DAY).stdout)
    assert {one["policy"] for one in document["files"]} >= {"batley", "impact", "liberty"}


def test_explain_all_tells_of_every_rule():
    """All rules are listed, and all their pages follow."""
    pages = run("lint", "--explain", "all").stdout
    for rule in RULES.values():
        assert f"| {rule.id} | {rule.severity} | {rule.summary} |\n" in pages
        assert rule.explanation in pages


@pytest.mark.parametrize("name", [name for name in shipped_policies() if name != "england"])
def test_every_grave_finding_was_reviewed(name):
    """Each error and warning in a trust's policy has a remark in docs/lint-review.yaml."""
    review = load_plain(REVIEW).get(name, {})
    issues = lint_file(name, as_of=REVIEWED_ON).issues
    unreviewed = [
        str(issue)
        for issue in issues
        if issue.severity != "note"
        and not {issue.obligation or "document", "all"} & {*review.get(issue.rule, {})}
    ]
    assert unreviewed == []
