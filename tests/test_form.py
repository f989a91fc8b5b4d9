"""A workbook to fill in has what the policies need, and is read back by its own headings."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from careerspolicy.loading import load_policy, shipped_policies
from careerspolicy.model.duty import Verb
from careerspolicy.readers import load_facts
from careerspolicy.readers.tables import fixed_table, is_example, record_table
from careerspolicy.views.form import HELP, form_of
from careerspolicy.vocabulary import shared_vocabulary
from careerspolicy.writers.form import form

FIXED = ["schools", "pupils", "terms"]


@pytest.fixture(scope="module")
def sheets():
    """The form for one policy and a school with Years 7 to 11."""
    return form_of(shared_vocabulary(), [load_policy("batley")], (7, 11))


@pytest.fixture(scope="module")
def book(sheets):
    """What a spreadsheet program makes of it."""
    return openpyxl.load_workbook(io.BytesIO(form(sheets)))


def rules(page):
    """The validation of each column, by heading."""
    headings = [cell.value for cell in page[1]]
    ranges = [(rule, each) for rule in page.data_validations.dataValidation for each in rule.sqref]
    return {headings[each.min_col - 1]: (rule, each) for rule, each in ranges}


def chosen(book, rule):
    """What a list offers."""
    name, _, cells = rule.formula1.partition("!")
    return [cell.value for (cell,) in book[name][cells.replace("$", "")]]


def test_there_is_a_sheet_for_each_table_that_the_policy_needs(book):
    """And for no kind of record that it never counts."""
    duties = [obligation.duty for obligation in load_policy("batley").obligations]
    counted = {duty.records.kind for duty in duties} & {*shared_vocabulary().record_kinds}
    assert book.sheetnames[:3] == FIXED and book.sheetnames[-2:] == ["waivers", HELP]
    assert counted <= {*book.sheetnames}
    assert "open day" not in book.sheetnames


@pytest.mark.parametrize("name", shipped_policies())
def test_every_shipped_policy_has_a_form(name):
    """Sheets have names that Excel takes, and each its headings."""
    policy = load_policy(name)
    made = form_of(policy.vocabulary, [policy])
    read = openpyxl.load_workbook(io.BytesIO(form(made)))
    assert read.sheetnames == [*(sheet.name for sheet in made), HELP]


def test_headings_are_those_of_the_tables(book):
    """So that it is read back; whose a record is stands once."""
    vocabulary = shared_vocabulary()
    for page in book.worksheets[:-1]:
        fixed = page.title in (*FIXED, "waivers")
        table = (fixed_table if fixed else record_table)(page.title, vocabulary)
        headings = [cell.value for cell in page[1]]
        needed = {column.name for column in table.columns if column.required}
        assert needed <= {*headings} <= {column.name for column in table.columns}
        assert fixed or len({"pupil", "school", "trust"} & {*headings}) == 1
        assert page.freeze_panes == "A2"
        assert all(cell.comment.text for cell in page[1])


def headings(sheets, name):
    """The headings of a sheet, with their examples."""
    sheet = next(sheet for sheet in sheets if sheet.name == name)
    return {column.heading: column.example for column in sheet.columns}


def test_only_what_is_asked_about_is_a_heading(sheets):
    """Of pupils and of records; an end of what lasts, an id of what others are about."""
    assert "disabled" in headings(sheets, "pupils")
    assert not {"looked_after", "sen"} & {*headings(sheets, "pupils")}
    assert "sixth_form" not in headings(sheets, "schools")
    assert [*headings(sheets, "employer encounter")] == ["pupil", "date", "attended", "meaningful"]
    assert [*headings(sheets, "destination")] == ["pupil", "date", "until", "destination_stage"]
    course, link = headings(sheets, "course of study"), headings(sheets, "curriculum link")
    assert course["id"] == f"Example: {link['about']}"


def test_examples_are_what_the_policy_asks_for(sheets):
    """A role, a promise: one that some obligation names."""
    obligations = {one.id for one in load_policy("batley").obligations}
    assert headings(sheets, "attestation")["promise"] in obligations
    assert headings(sheets, "network meeting")["role"] == "careers leader"


def test_pupils_records_come_first(sheets):
    """And last what only somebody's word shows."""
    names = [sheet.name for sheet in sheets]
    assert names.index("workplace experience") < names.index("appointment")
    assert names[-2:] == ["attestation", "waivers"]


def test_the_example_row_is_marked(book):
    """It is the only row that is filled in, and reading back leaves it out."""
    for page in book.worksheets[:-1]:
        rows = [*page.iter_rows(min_row=2, values_only=True)]
        assert len(rows) == 1 and is_example(rows[0])


def test_lists_offer_what_may_be_written(book):
    """Yes or no, the words of the vocabulary, and the years of the school."""
    pupils = rules(book["pupils"])
    assert chosen(book, pupils["year_group"][0]) == [7, 8, 9, 10, 11]
    assert chosen(book, pupils["disabled"][0]) == ["yes", "no"]
    assert chosen(book, rules(book["destination"])["destination_stage"][0])[:2] == [
        "aspiration",
        "intended",
    ]
    attested = [one for one in load_policy("batley").obligations if one.duty.verb is Verb.UPHOLD]
    promises = chosen(book, rules(book["attestation"])["promise"][0])
    assert promises == sorted(one.id for one in attested)
    assert chosen(book, rules(book["schools"])["highest_year"][0]) == [*range(15)]
    assert pupils["school"][0].formula1 == "schools!$A$3:$A$5001"
    assert pupils["school"][0].errorStyle == "warning"


def test_dates_are_checked_as_they_are_written(book):
    """From the row below the example on."""
    rule, cells = rules(book["pupils"])["born"]
    assert (rule.type, rule.operator or "between", cells.min_row) == ("date", "between", 3)
    assert book["pupils"].column_dimensions["C"].width >= 12


def test_the_help_sheet_explains_every_heading(book, sheets):
    """Sheet, heading, whether it is needed, and what it means."""
    rows = {row[:2] for row in book[HELP].iter_rows(min_row=2, max_col=4, values_only=True)}
    assert {(sheet.name, one.heading) for sheet in sheets for one in sheet.columns} <= rows


def test_the_same_form_is_the_same_bytes(sheets):
    """The clock is never read."""
    assert form(sheets) == form(sheets)


def test_what_is_filled_in_is_read_back(sheets, tmp_path):
    """Through the very readers of facts, whatever the workbook is called; the example is nobody."""
    filled = openpyxl.load_workbook(io.BytesIO(form(sheets)))
    filled["schools"].append(["100001", "Wharf", "Batley", 7, 11, date(2026, 1, 31)])
    filled["pupils"].append(["0007", "100001", date(2010, 3, 4), 10])
    for name in ("school.xlsx", "ours.xlsx"):
        path = tmp_path / name
        filled.save(path)
        facts = load_facts(path, vocabulary=load_policy("batley").vocabulary)
        assert [(one.urn, one.lowest_year) for one in facts.schools] == [("100001", 7)]
        assert [(one.id, one.born, one.year_group) for one in facts.pupils] == [
            ("0007", date(2010, 3, 4), 10)
        ]
        assert not facts.records and not facts.waivers
        pupils = next(one for one in facts.account if one.sheet == "pupils")
        assert (pupils.rows, pupils.used, dict(pupils.not_used)) == (2, 1, {"an example": 1})
