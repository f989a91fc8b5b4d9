"""What cells mean, however people write it; what they cannot mean is told."""
# ruff: noqa: E501, DTZ001 - spellings stand together; spreadsheets know no time zones

from __future__ import annotations

from datetime import date, datetime

import pytest

from careerspolicy.errors import InvalidFacts
from careerspolicy.readers import load_facts
from careerspolicy.readers.tables import fixed_table, record_table
from careerspolicy.readers.values import BadValueError, UselessError, converter
from careerspolicy.vocabulary import shared_vocabulary

WORDS = shared_vocabulary()
COLUMNS = {
    column.name: column
    for table in (fixed_table("pupils", WORDS), record_table("destination", WORDS))
    for column in table.columns
}
DAY = date(2012, 4, 13)
MEANINGS = [
    ("year_group", 9, ["Year 9", "Y9", "Yr 9", "yr9", "9", "09", 9, 9.0, "9.0", "NC Year 9", "Year Group 9"]),
    ("year_group", 0, ["R", "Reception", "Year R", "0", "rec"]),
    ("born", DAY, [
        "2012-04-13", "2012-04-13 00:00:00", "2012-04-13T00:00:00.000000", "13/04/2012", "13.04.2012",
        "13-04-2012", "13 April 2012", "13-Apr-2012", "13-Apr-12", "13 Apr 12", "13th April 2012",
        "13/04/2012 09:30", "Fri 13 April 2012", "2012/04/13", DAY, datetime(2012, 4, 13, 9, 30), 41012,
        41012.0, "41012", " 13/04/2012\u00a0",
    ]),
    ("disadvantaged", True, ["Yes", "Y", "T", "TRUE", "1", 1, True, "✓"]),
    ("disadvantaged", False, ["No", "N", "F", "false", "0", 0, False]),
    ("sen", "K", ["K", "SEN Support", "K - SEN Support", "k"]),
    ("sen", "E", ["E", "EHCP", "Education, Health and Care Plan"]),
    ("sen", "N", ["N", "No Special Educational Need", "No SEN"]),
    ("destination_form", "further education college", ["FE college", "Further education college"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "meaning", "cell"),
    [(column, meaning, cell) for column, meaning, cells in MEANINGS for cell in cells],
)
def test_a_cell_means_what_its_author_meant(column, meaning, cell):
    """Every spelling of a type has one meaning, in whatever file it stands."""
    assert converter(COLUMNS[column], WORDS)(cell) == meaning


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("year_group", "Year 15"), ("year_group", "9A"), ("year_group", "2012"), ("year_group", "Years"),
        ("born", "31/02/2012"), ("born", "13 Aprils 2012"), ("born", "April"), ("born", "1234567"),
        ("born", "13/04/201"), ("born", "13/4-2012"), ("born", "10000"), ("born", "13 Ma 2012"),
        ("disadvantaged", "maybe"), ("sen", "Q"), ("destination_form", "somewhere"),
    ],
)  # fmt: skip
def test_a_cell_that_means_nothing_is_refused(column, cell):
    """No guess is made."""
    with pytest.raises(BadValueError):
        converter(COLUMNS[column], WORDS)(cell)


@pytest.mark.parametrize("cell", ["N1", "N2", "Nursery"])
def test_the_nursery_is_of_no_use(cell):
    """It is no mistake, and its pupils are left out."""
    with pytest.raises(UselessError):
        converter(COLUMNS["year_group"], WORDS)(cell)


def facts_of(folder, days, **more):
    """Facts with one employer encounter for each day, as the cells have it."""
    (folder / "schools.csv").write_text(
        "urn,name,trust,lowest_year,highest_year,as_at\n1,A,T,7,13,2026-01-31\n"
    )
    (folder / "pupils.csv").write_text("id,school,year_group\nP1,1,9\n")
    rows = "".join(f"P1,{day}\n" for day in days)
    (folder / "employer-encounters.csv").write_text(f"pupil,date\n{rows}")
    return load_facts(folder, **more)


def test_one_cell_decides_for_its_column(tmp_path):
    """A day that can only be month first says how all the others are written, and that is told."""
    facts = facts_of(tmp_path, ["09/04/2025", "10/13/2025", "11/10/2025"])
    assert [record.start for record in facts.records] == [
        date(2025, 9, 4), date(2025, 10, 13), date(2025, 11, 10),
    ]  # fmt: skip
    assert any("month first" in problem.message for problem in facts.warnings)


def test_a_column_of_our_own_is_day_first_until_proved(tmp_path):
    """As the dictionary says."""
    facts = facts_of(tmp_path, ["09/04/2025", "11/10/2025"])
    assert [record.start for record in facts.records] == [date(2025, 4, 9), date(2025, 10, 11)]
    assert facts.warnings == ()


def test_a_column_that_proves_both_stops_even_where_rows_may_be_rejected(tmp_path):
    """Rows that can be read either way must not be read at all."""
    with pytest.raises(InvalidFacts, match="some month first"):
        facts_of(
            tmp_path, ["13/04/2025", "10/13/2025", "11/10/2025"], reject_to=tmp_path / "rejected"
        )
