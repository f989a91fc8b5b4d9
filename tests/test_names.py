"""Names of pupils are where somebody asked for them, and nowhere else."""

from __future__ import annotations

import io
import traceback
from pathlib import Path

import openpyxl
import pytest
import yaml
from cli_running import ASKED, FACTS, POLICY, run
from click.testing import CliRunner

from careerspolicy.cli import main
from careerspolicy.privacy import files
from careerspolicy.privacy.names import HEADINGS

PUPILS = [pupil["id"] for pupil in yaml.safe_load(Path(FACTS).read_text())["pupils"]]
SURNAME = "Quillfeather"


@pytest.fixture(autouse=True)
def key(tmp_path, monkeypatch):
    """A key with a names file that has every pupil."""
    path = tmp_path / "private" / "key"
    monkeypatch.setenv("CAREERSPOLICY_KEY", str(path))
    files.key_at(path)
    named = [[pupil, f"Ada <{n}> {SURNAME}"] for n, pupil in enumerate(PUPILS)]
    files.write_rows(path.with_name("names.csv"), HEADINGS, named)
    return path


def test_names_stand_beside_ids_on_pages_and_lists(tmp_path):
    """Escaped on the page as any text is."""
    first = f"Ada <0> {SURNAME} ({PUPILS[0]})"
    assert first in run("evaluate", *ASKED, "--names", "--format", "csv").stdout
    page = run("evaluate", *ASKED, "--names", "--format", "html").stdout
    assert first.replace("<", "&lt;").replace(">", "&gt;") in page and "<0>" not in page
    made = tmp_path / "report.xlsx"
    run("evaluate", *ASKED, "--names", "--format", "xlsx", "-o", made)
    book = openpyxl.load_workbook(io.BytesIO(made.read_bytes()))
    cells = {str(cell) for sheet in book for row in sheet.values for cell in row}
    assert any(first in cell for cell in cells)
    explained = run("explain", *ASKED, "--pupil", PUPILS[0], "--names").stdout
    assert explained.splitlines()[0].startswith(f"Pupil {first}, ")


def test_names_change_nothing_else():
    """Without the names, a list is the same line by line, whatever its order."""
    plain = run("evaluate", *ASKED, "--format", "csv").stdout
    named = run("evaluate", *ASKED, "--names", "--format", "csv").stdout
    for n, pupil in enumerate(PUPILS):
        named = named.replace(f"Ada <{n}> {SURNAME} ({pupil})", pupil)
    assert sorted(named.splitlines()) == sorted(plain.splitlines())


@pytest.mark.parametrize("shape", ["json", "md", "docx", "pdf"])
def test_names_are_refused_in_what_is_handed_on(shape):
    """Whatever programs read, and documents."""
    outcome = run("evaluate", *ASKED, "--names", "--format", shape, "-o", "unwritten")
    assert outcome.exit_code == 2 and f"not {shape}" in outcome.stderr
    assert not Path("unwritten").exists()


@pytest.mark.parametrize(
    "asked",
    [
        ("evaluate", *ASKED, "--names", "--aggregate"),
        ("evaluate", *ASKED, "--names", "--aggregate", "--format", "html"),
        ("explain", *ASKED, "--pupil", PUPILS[0], "--names", "--format", "json"),
        ("statement", POLICY, "--names"),
        ("provider-access", "school.yaml", "--names"),
        ("compare", "batley", "impact", "--names"),
    ],
)
def test_names_are_refused_with_a_reason(asked):
    """Aggregates, statements and comparisons name nobody."""
    outcome = run(*asked)
    assert outcome.exit_code == 2 and "--names" in outcome.stderr
    assert "No such option" not in outcome.stderr and SURNAME not in outcome.output


@pytest.mark.parametrize("shape", ["text", "json", "csv", "html", "md"])
def test_no_name_is_anywhere_unasked(shape):
    """Though the names file is there."""
    outcome = run("evaluate", *ASKED, "--format", shape)
    assert outcome.exit_code in (0, 1) and SURNAME not in outcome.output


def test_no_name_is_among_the_rejects(tmp_path):
    """What was wrong in a file of facts is told by row and column."""
    spoiled = tmp_path / "facts.yaml"
    tree = yaml.safe_load(Path(FACTS).read_text())
    tree["pupils"][0]["born"] = "no day"
    spoiled.write_text(yaml.safe_dump(tree))
    rejects = tmp_path / "rejects.csv"
    outcome = run("evaluate", spoiled, *ASKED[1:], "--names", "--reject-to", rejects)
    held = rejects.read_text() if rejects.is_file() else ""
    assert "no day" in outcome.output + held and SURNAME not in held + outcome.stderr


def test_names_without_a_names_file_are_an_error_not_ids(key):
    """Somebody would think that the pupils have none."""
    key.with_name("names.csv").unlink()
    outcome = run("evaluate", *ASKED, "--names")
    assert outcome.exit_code == 2 and "there is no names file here" in outcome.stderr


def test_reading_a_list_directly_makes_the_names_that_are_asked_for(tmp_path, key):
    """Nobody need import it before."""
    key.with_name("names.csv").unlink()
    (tmp_path / "list.csv").write_text(
        "Forename,Surname,UPN,DOB,Year,Reg Group,SEN\n"
        f"Ada,{SURNAME},A801200005001,14/03/2010,Year 11,11A,K\n"
    )
    (tmp_path / "mapping.yaml").write_text("format: 1\nmapping: own\nschools: [{urn: '1'}]\n")
    shown = run("evaluate", tmp_path, *ASKED[1:-2], "--names", "--format", "csv")
    assert f"Ada {SURNAME}" in shown.stdout, shown.stderr


def test_a_failure_shows_no_name(monkeypatch):
    """Neither the message nor the traceback holds what the names file does."""

    def fail(*_args, **_more):
        raise RuntimeError("broken")

    monkeypatch.setattr("careerspolicy.cli.evaluating.report_view", fail)
    outcome = CliRunner().invoke(main, ["evaluate", *map(str, ASKED), "--names"])
    shown = outcome.output + "".join(traceback.format_exception(*outcome.exc_info))
    assert outcome.exit_code not in (0, 1) or outcome.exception
    assert SURNAME not in shown


def test_who_a_pupil_is_is_not_among_the_rejects_of_a_list(tmp_path):
    """A rejected row of a system's list is told by its line; its name and numbers stay in it."""
    lists, rejects = tmp_path / "lists", tmp_path / "rejects.csv"
    lists.mkdir()
    (lists / "schools.csv").write_text(
        "urn,name,trust,lowest_year,highest_year,as_at\n100001,Wharf,Batley,7,11,2026-01-31\n"
    )
    (lists / "list.csv").write_text(
        "UPN,Forename,Surname,Gender,DOB,Year,Reg,English as additional language,"
        "Pupil Premium Indicator,Eligible for free meals,Ever in care\n"
        "B801200005001,Zebedee,Quillfeather,F,31 Juvember 2012,Year 9,9A,No,T,F,F\n"
    )
    outcome = run("evaluate", lists, "--policy", "batley", "--reject-to", rejects)
    everything = outcome.output + rejects.read_text()
    assert "31 Juvember 2012" in rejects.read_text()
    assert [text for text in ("Zebedee", SURNAME, "B801200005001") if text in everything] == []
