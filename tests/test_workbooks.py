"""Workbooks: every text a text, every date a date, nothing lost without a word."""

from __future__ import annotations

import io
import sys
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerspolicy.errors import MissingExtra
from careerspolicy.views.tree import Column, Row, Table, View
from careerspolicy.writers import workbook as workbooks
from careerspolicy.writers.workbook import MOST_CHARACTERS

DAY = date(2026, 1, 31)


def sheet(*rows, name="Missed", headings=("Promise", "Last day"), note=""):
    """A sheet of those rows."""
    return Table(name=name, columns=tuple(map(Column, headings)), rows=[*map(Row, rows)], note=note)


def workbook(sheets, title="", on=None):
    """The workbook of those sheets."""
    return workbooks.workbook(View(title=title, dated=on, sheets=lambda: sheets))


def opened(data):
    """The workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(data))


def cells(data, name="Missed"):
    """The values of a sheet, row by row."""
    return [[cell.value for cell in row] for row in opened(data)[name].iter_rows()]


@given(st.lists(st.text() | st.sampled_from(["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "{=1}"])))
def test_no_cell_is_a_formula(texts):
    """Whatever a text begins with, it stays a text, also when the workbook is saved as CSV."""
    page = opened(workbook([sheet(*((one,) for one in texts), headings=("A",))]))["Missed"]
    found = [cell for row in page.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert all(cell.data_type == "s" for cell in found)
    assert not any(cell.value.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in found)


def test_dates_and_numbers_are_real():
    """A spreadsheet can sort and reckon with them; a day before Excel's first is a text."""
    made = workbook([sheet((DAY, 2.5), (7, None), (date(1850, 1, 1), ""))])
    assert cells(made)[1:] == [[datetime(2026, 1, 31), 2.5], [7, None], ["1850-01-01", None]]  # noqa: DTZ001 - what openpyxl gives


def test_headings_stay_in_sight_and_filter():
    """The headings are a table's, frozen and repeated in print, below the note if there is one."""
    page = opened(workbook([sheet(("a", DAY), note="First this")]))["Missed"]
    assert page["A1"].value == "First this"
    assert page.freeze_panes == "A3"
    assert page.print_title_rows == "$2:$2"
    (table,) = page.tables.values()
    assert (table.ref, table.headerRowCount) == ("A2:B3", 1)
    assert table.autoFilter.ref == "A2:B3"


def test_a_sheet_without_rows_has_its_headings():
    """An empty answer is an answer."""
    assert cells(workbook([sheet()])) == [["Promise", "Last day"]]


def test_a_long_text_says_that_it_was_cut():
    """Excel holds so many characters in a cell; XlsxWriter would leave a longer text out."""
    (value,) = cells(workbook([sheet(("x" * 40_000,), headings=("A",))]))[1]
    assert len(value) == MOST_CHARACTERS
    assert value.endswith("(the rest does not fit in a cell)")


def test_rows_beyond_the_limit_go_on_in_another_sheet(monkeypatch):
    """No row is lost, and every part says that it is one."""
    monkeypatch.setattr(workbooks, "MOST_ROWS", 5)
    book = opened(workbook([sheet(*((n,) for n in range(7)), headings=("A",), note="Note.")]))
    assert book.sheetnames == ["Missed 1", "Missed 2", "Missed 3"]
    told = [one["A1"].value for one in book]
    assert all("Excel holds no more rows" in one and one.endswith("Note.") for one in told)
    numbers = [row[0].value for one in book for row in one.iter_rows(min_row=3)]
    assert numbers == [*range(7)]


def test_many_rows_are_written_without_holding_them(monkeypatch):
    """A large workbook has a filter in place of a table, and the same cells."""
    rows = [("a", DAY), ("=b", DAY)]
    small = cells(workbook([sheet(*rows)]))
    monkeypatch.setattr(workbooks, "_MOST_IN_MEMORY", 1)
    made = workbook([sheet(*rows)])
    assert cells(made) == small
    page = opened(made)["Missed"]
    assert not page.tables
    assert page.auto_filter.ref == "A1:B3"


def test_a_workbook_has_a_title_and_the_day_it_speaks_of():
    """The clock is not read: the same sheets make the same bytes."""
    made = workbook([sheet(("a", DAY))], title="Careers\x00 report", on=DAY)
    assert made == workbook([sheet(("a", DAY))], title="Careers\x00 report", on=DAY)
    properties = opened(made).properties
    assert (properties.title, properties.created.date()) == ("Careers report", DAY)


def test_without_the_library_the_message_names_the_extra(monkeypatch):
    """Nobody meets a traceback because an extra is not installed."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtra, match=r"careerspolicy\[xlsx\]"):
        workbook([sheet()])
