"""What systems export goes in as it comes: the right pupils, everything accounted for, no names."""

# ruff: noqa: E501, DTZ001 - a row of pupils stands on one line; spreadsheets know no time zones

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from careerspolicy.readers import Beside, load_facts

EXPORTS = Path(__file__).parent / "exports"
SCHOOL = "900001"
SCHOOLS = Beside(school=SCHOOL, trust="Tiny Trust", as_at=date(2026, 1, 31))
#: Nothing of these may come out anywhere.
PERSONAL = ("Lovelace", "Turing", "Hopper", "Clarke", "Ada", "P123456789013", "example.invalid")

#: For each export, the pupils as (year group, born, sen, disadvantaged).
PUPILS = {
    "sims": [(9, "2012-04-13", None, True), (9, "2012-06-23", None, False), (10, "2010-12-09", None, True)],
    "class-list": [(9, "2012-04-13", "N", None), (9, "2012-06-23", "K", None), (9, "2011-12-09", "N", None)],
    "marksheet": [(9, None, "K", True), (9, None, "E", False), (10, None, "K", False), (10, None, "N", True)],
    "mis-template": [(9, "2012-04-13", None, None), (11, "2009-06-23", None, None)],
    "progresso": [(9, "2012-04-13", "K", None), (10, "2011-06-23", "N", None)],
    "ctf": [(9, "2012-04-13", "K", None), (10, "2011-06-23", None, None)],
    "sims-xml": [(9, "2012-04-13", None, None)],
    "isams-xml": [(9, "2012-04-13", None, None), (10, "2011-06-23", None, None)],
    "isams": [(9, "2012-04-13", None, None)],
    "wonde": [(9, "2012-04-13", "K", True), (0, "2021-06-23", "N", False)],
    "xello": [(9, "2012-04-13", None, None), (10, "2011-06-23", None, None)],
    "roster": [(None, "2012-04-13", None, None), (None, "2011-06-23", None, None)],
    "user-list": [(None, None, None, None), (None, None, None, None)],
}  # fmt: skip


@pytest.fixture(params=sorted(PUPILS))
def export(request, tmp_path):
    """A folder with one system's export."""
    shutil.copytree(EXPORTS / request.param, tmp_path / request.param)
    return tmp_path / request.param


def test_an_export_goes_in_as_it_comes(export):
    """Headings, words and days of a system are read by its mapping."""
    facts = load_facts(export, beside=SCHOOLS)
    assert {sheet.system for sheet in facts.account} - {""} == {export.name.removesuffix("-xml")}
    assert [
        (
            pupil.year_group,
            pupil.born and pupil.born.isoformat(),
            pupil.attributes.get("sen"),
            pupil.attributes.get("disadvantaged"),
        )
        for pupil in facts.pupils
    ] == PUPILS[export.name]
    assert {pupil.school for pupil in facts.pupils} == {SCHOOL}
    assert facts.rejected == 0


def test_everything_is_accounted_for(export):
    """Every row and every heading that was given stands in the account."""
    facts = load_facts(export, beside=SCHOOLS)
    pupils = sum(sheet.used for sheet in facts.account if sheet.holds == ("pupils",))
    assert pupils == len(facts.pupils)
    for sheet in facts.account:
        assert sheet.rows == sheet.used + sum(sheet.not_used.values()) + sheet.rejected
        assert all(bool(column.used) != bool(column.note) for column in sheet.columns)


def test_who_a_pupil_is_goes_no_further_than_the_key(export):
    """No name, number or address is in what is read."""
    said = repr(load_facts(export, beside=SCHOOLS).pupils)
    assert not [word for word in PERSONAL if word in said]


def test_one_pupil_has_one_id_whatever_system_tells_of_them():
    """The number that systems share makes one id of it."""
    ids = {
        name: load_facts(EXPORTS / name, beside=SCHOOLS).pupils[0].id
        for name in (
            "class-list",
            "marksheet",
            "mis-template",
            "progresso",
            "wonde",
            "xello",
            "roster",
        )
    }
    assert len(set(ids.values())) == 1, ids


def test_a_workbook_may_have_titles_above_its_headings(tmp_path):
    """As Arbor writes them: the sheet is read from the line of its headings."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Oakfield School"])
    sheet.append(["Students, 30 January 2026", None, None])
    sheet.append([])
    sheet.append(
        [
            "UPN",
            "Legal Forename",
            "Legal Surname",
            "NC Year",
            "Date of Birth",
            "SEN status",
            "FSM",
            "Attendance %",
        ]
    )
    sheet.append(["P123456789013", "Ada", "Lovelace", 9, datetime(2012, 4, 13), "No", "Yes", 96.1])
    sheet.append(
        [
            "Q823456789012",
            "Alan",
            "Turing",
            "Year 10",
            datetime(2011, 6, 23),
            "SEN Support",
            None,
            91,
        ]
    )
    sheet.append([None, None, None, None])
    book.save(tmp_path / "students 2026-01-30.xlsx")
    facts = load_facts(tmp_path, beside=Beside(school=SCHOOL))
    assert [(p.year_group, p.attributes["sen"], p.attributes["free_school_meals"]) for p in facts.pupils] == [
        (9, "N", True), (10, "K", False),
    ]  # fmt: skip
    assert facts.schools[0].as_at == date(2026, 1, 30)
    assert facts.account[0].system == "arbor"


def test_destinations_for_the_authority():
    """What is intended and what became of it are two records; a row that says neither is told."""
    facts = load_facts(EXPORTS / "la-destinations", beside=SCHOOLS)
    said = [
        (str(one.start), one.attributes["destination_stage"], one.attributes["destination_form"])
        for one in facts.records
    ]
    assert said == [
        ("2026-01-15", "intended", "school sixth form"),
        ("2026-01-19", "immediate", "not in education or work"),
    ]
    sheet = next(sheet for sheet in facts.account if sheet.system == "la-destinations")
    assert (sheet.rows, sheet.used, sum(sheet.not_used.values())) == (3, 2, 1)
    assert facts.warnings == ()


def test_the_register_tells_of_the_schools(tmp_path):
    """Ages become years, and closed schools are left out; the pupils say which are wanted."""
    shutil.copytree(EXPORTS / "gias", tmp_path, dirs_exist_ok=True)
    shutil.copy(EXPORTS / "sims" / "Year 9 report.csv", tmp_path)
    (school,) = load_facts(tmp_path, beside=Beside(school=SCHOOL)).schools
    assert (school.name, school.trust) == ("Oakfield School", "FIERTÉ MULTI-ACADEMY TRUST")
    assert (school.lowest_year, school.highest_year) == (7, 13)
    assert school.attributes["type"] == "academy"
    (school,) = load_facts(tmp_path, beside=Beside(school="900004")).schools
    assert (school.lowest_year, school.highest_year, school.trust) == (5, 8, "Middle School")


def test_results_of_an_evaluation_are_a_review(tmp_path):
    """A share for each benchmark, and how many are met."""
    shutil.copytree(EXPORTS / "compass-results", tmp_path, dirs_exist_ok=True)
    shutil.copy(EXPORTS / "sims" / "Year 9 report.csv", tmp_path)
    (review,) = load_facts(tmp_path, beside=SCHOOLS).records
    assert (review.kind, review.start) == ("review", date(2026, 1, 12))
    assert review.attributes["benchmarks_met"] == 4
    assert [review.attributes[f"benchmark_{n}"] for n in (1, 2, 4, 7)] == [100, 80, 50, 33]
