"""The report as a workbook: a sheet a question, every finding in it, text as text."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl
import pytest
from cli_running import ASKED, run
from report_making import hostile, tiny

from careerspolicy import because
from careerspolicy.evaluation import Verdict
from careerspolicy.views.report.counts import BENCHMARKS, heat, share_met, totals, year_order
from careerspolicy.views.report.view import report_view
from careerspolicy.views.words import VERDICT_WORDS
from careerspolicy.writers.workbook import workbook


def report_workbook(reports):
    """The workbook of some reports."""
    return workbook(report_view(reports))


SHEETS = [
    "At a glance",
    "By strength",
    "Waiting for",
    "Heat map",
    "Due this half term",
    "Missed",
    "Due later",
    "Not known",
    "All findings",
    "About",
]


@pytest.fixture(scope="module")
def book():
    """The workbook of the tiny report."""
    return openpyxl.load_workbook(io.BytesIO(report_workbook([tiny()])))


def rows(book, name):
    """A sheet's rows below its headings, each by its headings."""
    page = book[name]
    found = [*page.iter_rows(values_only=True)]
    first = next(n for n, row in enumerate(found) if row[0] == "Promise")
    return [dict(zip(found[first], row, strict=True)) for row in found[first + 1 :]]


def test_each_question_has_a_sheet(book):
    """A reader finds the question by its name, below a title of the whole."""
    assert book.sheetnames == SHEETS
    assert book.properties.title == "Careers report for Hillside Trust, 31 January 2026"


def test_all_findings_are_there_in_order(book):
    """The sheet of all findings is the report, with its sentences."""
    told = rows(book, "All findings")
    assert [one["What was found"] for one in told] == [because(one) for one in tiny().findings]
    assert {one["Obligation"] for one in told} == {one.id for one in tiny().policy.obligations}


@pytest.mark.parametrize(
    ("names", "verdict"),
    [
        (["Missed"], Verdict.MISSED),
        (["Due this half term", "Due later"], Verdict.DUE),
        (["Not known"], Verdict.UNKNOWN),
    ],
)
def test_a_question_has_its_findings_and_no_others(book, names, verdict):
    """What is missed, due and not known is on its sheet, each finding once."""
    told = sorted(one["What was found"] for name in names for one in rows(book, name))
    assert told == sorted(because(one) for one in tiny().findings if one.verdict is verdict)


def test_days_are_dates_and_years_are_numbers(book):
    """A spreadsheet sorts them as what they are."""
    told = rows(book, "Due later")
    assert all(isinstance(one["Last day"], datetime) for one in told if one["Last day"])
    assert any(one["Last day"] for one in told)
    assert {type(one["Year group"]) for one in rows(book, "All findings")} == {int, str}
    days = [one["Last day"] for one in told if one["Last day"]]
    assert days == sorted(days)


def test_the_glance_and_the_heat_map_hold_the_same_counts(book):
    """Totals are those of the page; a benchmark's shares and counts stand under each year group."""
    glance = [*book["At a glance"].iter_rows(min_row=2, values_only=True)]
    assert glance == [
        (name, *(tally[verdict] for verdict in VERDICT_WORDS))
        for name, tally in totals(tiny(), by="School")
    ]
    cells = heat(tiny())
    benchmarks = [one for one in BENCHMARKS if one in {benchmark for benchmark, _ in cells}]
    years = sorted({year for _, year in cells}, key=year_order)
    found = [*book["Heat map"].iter_rows(min_row=3, values_only=True)]
    assert len(found) == 8 * len(benchmarks)
    shares = [row[2:] for row in found if row[1] == "Share met, %"]
    tallies = [[cells.get((one, year)) for year in years] for one in benchmarks]
    assert shares == [
        tuple(share_met(tally).percent if tally else None for tally in row) for row in tallies
    ]


def test_no_cell_of_a_hostile_report_is_a_formula():
    """A title, a school or an id that begins as a formula does is a text."""
    made = openpyxl.load_workbook(io.BytesIO(report_workbook([hostile()])))
    cells = [cell for page in made for row in page.iter_rows() for cell in row if cell.value]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [one for one in cells if str(one.value)[0] in "=+-@\t\r" and one.data_type == "s"]
    titles = {one["Promise"] for one in rows(made, "All findings")}
    assert any(one.startswith("'=An employer encounter") for one in titles)


def test_the_same_report_makes_the_same_workbook():
    """The clock is not read."""
    assert report_workbook([tiny()]) == report_workbook([tiny.__wrapped__()])


def test_the_command_writes_it(tmp_path):
    """The suffix says the format; the exit code is that of every report."""
    path = tmp_path / "report.xlsx"
    told = run("evaluate", *ASKED, "-o", path)
    assert (told.exit_code, told.stdout) == (1, "")
    assert openpyxl.load_workbook(path).sheetnames == SHEETS
