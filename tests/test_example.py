"""The example trust: made the same every time, small, readable without error, and as described."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest

from careerspolicy.readers import load_facts

EXAMPLES = Path(__file__).parents[1] / "examples"
TRUST = EXAMPLES / "trust"


def made(folder, seed):
    """The example written into a folder by a process of its own, file by file."""
    script = [sys.executable, EXAMPLES / "make_trust.py", folder]
    subprocess.run(script, check=True, env={"PYTHONHASHSEED": seed})
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def facts():
    """The example as the library reads it."""
    return load_facts(TRUST)


def test_the_script_writes_the_same_every_time(tmp_path):
    """Nothing in it hangs on the process: two runs give the same files, byte for byte."""
    first, again = (made(tmp_path / seed, seed) for seed in ("1", "77"))
    assert sorted(first) == sorted(again)
    assert [name for name in first if first[name] != again[name]] == []
    assert first == {path.name: path.read_bytes() for path in TRUST.iterdir()}


def test_it_is_small():
    """The example travels in the wheel, so it stays under a megabyte and a half."""
    assert sum(path.stat().st_size for path in TRUST.iterdir()) < 1_500_000


def test_every_pupil_that_the_read_me_names_is_there():
    """Whoever types in an id from the README finds that pupil."""
    named = set(re.findall(r"`([ABC]\d{4})`", (EXAMPLES / "README.md").read_text("utf-8")))
    with (TRUST / "pupils.csv").open(encoding="utf-8", newline="") as file:
        known = {row["id"] for row in csv.DictReader(file)}
    assert named and named <= known


def test_every_row_is_read(facts):
    """No row is rejected; three schools, about 400 pupils and over 12,000 records come out."""
    assert facts.rejected == 0
    assert len(facts.schools) == 3
    assert 380 <= len(facts.pupils) <= 420
    assert 12_000 <= len(facts.records) <= 18_000


def test_it_warns_of_its_awkward_pupils_only(facts):
    """The warnings are the placeholders and the pupils taught below their date of birth."""
    assert {Path(one.file).name for one in facts.warnings} == {"pupils.csv"}
    assert len(facts.warnings) == 6
