"""What the command line prints for people, held to approved files."""

import json
import os

import pytest
from cli_running import ASKED, FACTS, TINY, run

APPROVED = {
    "evaluate": ["evaluate", *ASKED],
    "evaluate-nothing": ["evaluate", *ASKED, "--verdict", "waived"],
    "evaluate-account": ["evaluate", *ASKED, "--verdict", "waived", "--account"],
    "explain-pupil": ["explain", *ASKED, "--pupil", "P1"],
    "explain-obligation": ["explain", *ASKED, "--pupil", "P4", "--obligation", "encounters"],
    "explain-school": ["explain", *ASKED, "--school", "100002"],
}


@pytest.mark.parametrize("name", APPROVED)
def test_text_is_as_approved(name):
    """Each text output is the approved file; APPROVE=1 writes it anew, to be read as a diff."""
    told = run(*APPROVED[name]).stdout
    file = TINY / f"{name}.txt"
    if os.environ.get("APPROVE"):
        file.write_text(told, encoding="utf-8")
    assert told == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", APPROVED)
def test_text_fits_eighty_columns(name):
    """No line of text runs over a terminal of 80 columns."""
    assert max(map(len, run(*APPROVED[name]).stdout.splitlines())) <= 80


def test_what_is_not_shown_is_counted(tmp_path):
    """A list shows eight obligations, and says how many more there are."""
    promise = {
        "topic": "employer-encounters", "title": "Encounters", "who": "school",
        "provide": {"what": "employer encounter", "at_least": 50}, "source": {"section": 1},
    }  # fmt: skip
    told = {
        "format": 1, "policy": "ten", "trust": "A Trust", "document": {"title": "A policy"},
        "obligations": [{"id": f"encounters-{n}"} | promise for n in range(10)],
    }  # fmt: skip
    policy = tmp_path / "ten.yaml"
    policy.write_text(json.dumps(told), encoding="utf-8")
    text = run("evaluate", FACTS, "--policy", policy, "--as-of", "2026-01-31").stdout
    assert text.count("(encounters-") == 8
    assert "and 2 more." in text


def test_text_has_no_escapes_where_there_is_no_terminal():
    """What is piped into a file is plain."""
    assert "\x1b" not in run("evaluate", *ASKED).output


def test_a_name_cannot_talk_to_the_terminal():
    """Control characters in what a message repeats do not reach the terminal."""
    assert "x?[31m.yaml: there is no such file" in run("validate", "x\x1b[31m.yaml").stdout
    assert "x?[31m.yaml: there is no" in run("evaluate", FACTS, "--policy", "x\x1b[31m.yaml").stderr
