"""Facts in memory: rows, columns and frames, as programs hold them."""

import sqlite3
from dataclasses import make_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NamedTuple

import attrs
import duckdb
import narwhals
import numpy as np
import pandas as pd
import polars as pl
import pytest

from careerspolicy import InvalidFacts, evaluate, facts_from, load_policy

SCHOOL = {
    "urn": "100001", "name": "A School", "trust": "A Trust", "as_at": date(2026, 1, 31),
    "lowest_year": 7, "highest_year": 11,
}  # fmt: skip
PUPILS = [
    {"id": "A1", "school": "100001", "born": date(2010, 4, 13), "year_group": 11, "left": None},
    {"id": "A2", "school": "100001", "born": None, "year_group": None, "left": date(2025, 10, 6)},
]
TALKS = [
    {"pupil": "A1", "date": date(2025, 11, 3), "employer": "Quarry & Co", "meaningful": True},
    {"pupil": "A2", "date": date(2025, 9, 12), "employer": None, "meaningful": None},
]
PLAIN = {"schools": [SCHOOL], "pupils": PUPILS, "records": {"employer encounter": TALKS}}


def columns_of(rows):
    """The rows as a mapping of columns."""
    return {name: [row[name] for row in rows] for name in rows[0]}


def pandas_frame(rows):
    """As people have it: days are timestamps, numbers with a gap are floats."""
    frame = pd.DataFrame(rows)
    for name in {"born", "left", "date", "as_at"} & {*frame}:
        frame[name] = pd.to_datetime(frame[name])
    return frame


def nullable_frame(rows):
    """With the types that know what is missing, and words as categories."""
    frame = pandas_frame(rows).convert_dtypes()
    return frame.astype(dict.fromkeys({"employer", "school"} & {*frame}, "category"))


def polars_frame(rows):
    """As Polars has it."""
    frame = pl.DataFrame(rows, infer_schema_length=None)
    words = {"employer", "school"} & {*frame.columns}
    return frame.with_columns(pl.col(*words).cast(pl.Categorical)) if words else frame


def database_of(rows):
    """What a database answers."""
    database = sqlite3.connect(":memory:")
    pd.DataFrame(rows).to_sql("t", database, index=False)
    return database.execute("select * from t")


def relation_of(rows):
    """What DuckDB answers."""
    frame = pandas_frame(rows)
    return duckdb.connect().from_df(frame)


@pytest.mark.parametrize(
    "made",
    [
        list,
        iter,
        lambda rows: dict(enumerate(rows)).values(),
        lambda rows: [NamedTuple("Row", [(name, object) for name in row])(**row) for row in rows],
        lambda rows: [make_dataclass("Row", row, slots=True)(**row) for row in rows],
        lambda rows: [attrs.make_class("Row", [*row])(**row) for row in rows],
        columns_of,
        database_of,
        relation_of,
        lambda rows: pandas_frame(rows).set_index(next(iter(rows[0]))),
        pandas_frame,
        nullable_frame,
        polars_frame,
        lambda rows: polars_frame(rows).lazy(),
        lambda rows: narwhals.from_native(polars_frame(rows)),
    ],
    ids=["rows", "iterator", "view", "named tuples", "data classes", "attrs", "columns", "SQLite",
         "DuckDB", "index", "pandas", "nullable", "polars", "lazy", "narwhals"],
)  # fmt: skip
def test_a_table_may_be_whatever_programs_hold(made):
    """Of every sort of table the facts are the same."""
    frames = {
        "schools": made([SCHOOL]),
        "pupils": made(PUPILS),
        "records": {"employer encounter": made(TALKS)},
    }
    assert facts_from(frames) == facts_from(PLAIN)


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("born", pd.Timestamp("2010-04-13"), date(2010, 4, 13)),
        ("born", pd.Timestamp("2010-04-13 09:30", tz="UTC"), date(2010, 4, 13)),
        ("born", np.datetime64("2010-04-13"), date(2010, 4, 13)),
        ("born", np.datetime64("2010-04-13", "ns"), date(2010, 4, 13)),
        ("born", datetime(2010, 4, 13, 9, 30, tzinfo=UTC), date(2010, 4, 13)),
        ("born", pd.NaT, None),
        ("born", np.datetime64("NaT"), None),
        ("year_group", 11.0, 11),
        ("year_group", np.int64(11), 11),
        ("year_group", np.float64(11), 11),
        ("year_group", Decimal("11.0"), 11),
        ("year_group", float("nan"), None),
        ("year_group", np.float64("nan"), None),
        ("year_group", pd.NA, None),
    ],
    ids=str,
)
def test_a_cell_may_be_whatever_programs_hold(column, cell, value):
    """Timestamps are days, whole numbers have no point, and what is missing is not known."""
    (pupil,) = facts_from({**PLAIN, "records": {}, "pupils": [{**PUPILS[0], column: cell}]}).pupils
    assert getattr(pupil, column) == value


@pytest.mark.parametrize("cell", [True, np.True_, np.str_("yes"), "Y", 1.0])
def test_a_flag_may_be_whatever_programs_hold(cell):
    """Yes is yes."""
    talks = [{**TALKS[0], "meaningful": cell}]
    record, *_ = facts_from({**PLAIN, "records": {"employer encounter": talks}}).records
    assert record.attributes["meaningful"] is True


@pytest.mark.parametrize("made", [list, columns_of, pandas_frame, polars_frame])
def test_a_problem_names_the_row_and_the_id(made):
    """Rows count from 0, as lists and frames do; of several faults each has its own."""
    wrong = [{**pupil, "year_group": "eleven"} for pupil in PUPILS]
    with pytest.raises(InvalidFacts) as raised:
        facts_from(
            {**PLAIN, "pupils": made([PUPILS[0] | {"id": "A0", "year_group": "11"}, *wrong])}
        )
    assert [(one.row, one.thing, one.path) for one in raised.value.problems] == [
        (1, "A1", ("pupils", "year_group")),
        (2, "A2", ("pupils", "year_group")),
    ]
    assert str(raised.value.problems[0]).startswith("facts: row 1 (A1): pupils: year_group: ")


def test_what_stands_in_two_rows_says_where_the_first_is():
    """A place in memory is a table's row."""
    with pytest.raises(InvalidFacts, match="first at facts: row 0 of pupils"):
        facts_from({**PLAIN, "pupils": [PUPILS[0], PUPILS[0]]})


@pytest.mark.parametrize("table", [3, "pupils", object(), {"id": ["A1"], "school": []}])
def test_what_is_no_table_is_told(table):
    """What cannot be taken for rows is refused as any other wrong part is."""
    with pytest.raises(InvalidFacts, match="pupils"):
        facts_from({**PLAIN, "pupils": table})


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"id": ["A1", "A2"], "school": ["100001"]}, '"id" has 2 cells, and "school" has 1'),
        (pd.DataFrame([["A1", "A2"]], columns=["id", "id"]), 'column "id" stands there more'),
        (duckdb.sql("select 'A1' as id, 'A2' as id"), 'column "id" stands there more'),
    ],
    ids=["lengths", "pandas", "DuckDB"],
)
def test_columns_that_make_no_rows_are_told(table, told):
    """By their names, as their program has them."""
    with pytest.raises(InvalidFacts, match=told) as raised:
        facts_from({**PLAIN, "pupils": table})
    assert [(one.path, one.code) for one in raised.value.problems] == [(("pupils",), "unreadable")]


def test_a_kind_goes_by_the_names_that_files_have():
    """In one word or several, of one or of many."""
    named = {"employer-encounters": TALKS[:1], "employer encounter": TALKS[1:]}
    made = facts_from({**PLAIN, "records": named})
    assert len(made.records) == len(facts_from(PLAIN).records)


def test_a_policys_words_are_taken_from_it():
    """One policy or several bring the kinds of record that they name."""
    policies = [load_policy("batley"), load_policy("england")]
    assert facts_from(PLAIN, policy=policies[0]) == facts_from(
        PLAIN, vocabulary=policies[0].vocabulary
    )
    assert facts_from(PLAIN, policy=policies).schools


@pytest.mark.parametrize(
    "as_of", ["2026-01-31", datetime(2026, 1, 31, tzinfo=UTC), pd.Timestamp("2026-01-31")]
)
def test_the_day_to_judge_by_may_be_text(as_of):
    """Text, timestamps and dates name the same day."""
    policy, facts = load_policy("batley"), facts_from(PLAIN)
    assert evaluate(policy, facts, as_of=as_of) == evaluate(policy, facts, as_of=date(2026, 1, 31))


@pytest.mark.parametrize(("as_of", "error"), [("31/01/2026", ValueError), (2026, TypeError)])
def test_what_is_no_day_is_told(as_of, error):
    """The error says how a day is written."""
    with pytest.raises(error, match="2026-01-31"):
        evaluate(load_policy("batley"), facts_from(PLAIN), as_of=as_of)
