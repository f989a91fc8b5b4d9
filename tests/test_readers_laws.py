"""Laws of reading facts, proved on random ones."""

import csv
import itertools
import string
import tempfile
from datetime import date, timedelta
from pathlib import Path

import attrs
from hypothesis import given
from hypothesis import strategies as st
from test_readers_yaml import SCHOOL

from careerspolicy.errors import InvalidFacts
from careerspolicy.readers import facts_from, load_facts

COLUMNS = (
    "id", "pupil", "date", "until", "about", "attended", "meaningful", "hours", "mode",
    "employer", "employer_form",
)  # fmt: skip

NAMES = st.text(string.ascii_letters + string.digits + "éß ,\"'\n/-", min_size=1, max_size=12)
TIDY = NAMES.map(str.strip).filter(bool)
DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))

RECORDS = st.fixed_dictionaries(
    {"pupil": st.sampled_from(["P1", "P2"]), "date": DAYS},
    optional={
        "length": st.integers(0, 400),
        "attended": st.booleans(),
        "meaningful": st.booleans(),
        "hours": st.integers(0, 10_000).map(lambda n: n / 8),
        "mode": st.sampled_from(["in person", "live online", "recorded"]),
        "employer": TIDY,
        "about": st.just("E1"),
    },
)


def completed(record, number):
    """The record with an id of its own and, where it lasts, its last day."""
    own = {**record, "id": f"E{number}"}
    if "length" in own:
        own["until"] = own["date"] + timedelta(days=own.pop("length"))
    return own


def in_memory(records, pupils=("P1", "P2")):
    """The facts of these encounters, given as plain data."""
    return facts_from(
        {
            "schools": [SCHOOL],
            "pupils": [{"id": one, "school": "1"} for one in pupils],
            "records": {"employer encounter": records},
        }
    )


def as_cells(record):
    """A record as a school's system may write it: dates as in the UK, yes and no in words."""
    written = {
        date: lambda value: value.strftime("%d/%m/%Y"),
        bool: lambda value: "Yes" if value else "No",
    }
    return {name: written.get(type(value), str)(value) for name, value in record.items()}


def write(path, columns, rows):
    """Write one CSV file, its columns in this order."""
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, columns)
        writer.writeheader()
        writer.writerows(rows)


def written(folder, records, columns=COLUMNS):
    """A folder of CSV files of these encounters."""
    write(folder / "schools.csv", list(SCHOOL), [SCHOOL])
    write(folder / "pupils.csv", ["id", "school"], [{"id": p, "school": 1} for p in ("P1", "P2")])
    write(folder / "employer-encounters.csv", columns, map(as_cells, records))
    return folder


def bare(facts):
    """The records without their places."""
    return [attrs.evolve(record, place="") for record in facts.records]


@given(st.lists(RECORDS, min_size=1, max_size=8), st.permutations(COLUMNS))
def test_what_is_written_to_csv_is_what_is_read(records, columns):
    """Random records written as CSV, columns in any order, are those given in memory."""
    records = [completed(one, number) for number, one in enumerate(records, start=1)]
    with tempfile.TemporaryDirectory() as made:
        read = load_facts(written(Path(made), records, columns))
    assert bare(read) == bare(in_memory(records))


@given(st.lists(RECORDS, min_size=1, max_size=8).flatmap(
    lambda records: st.tuples(
        st.just([completed(one, n) for n, one in enumerate(records, start=1)]),
        st.permutations(range(len(records))),
    )
))  # fmt: skip
def test_the_order_of_rows_does_not_matter(case):
    """Records with ids are the same facts in any order."""
    records, order = case
    turned = in_memory([records[index] for index in order], pupils=("P2", "P1"))
    straight = in_memory(records)
    assert turned.by_owner == straight.by_owner
    assert set(turned.pupil_by_id) == set(straight.pupil_by_id)


@given(st.lists(RECORDS, min_size=2, max_size=6), st.sets(st.integers(0, 5), min_size=1))
def test_rejecting_rows_keeps_just_the_good_ones(records, spoilt):
    """Every row is kept or rejected, and what is kept is what would be read without the others."""
    records = [completed(one, n) for n, one in enumerate(records, start=1)]
    for record in records:
        record.pop("about", None)
    cells = [as_cells(one) for one in records]
    for index in spoilt & set(range(len(records))):
        cells[index]["date"] = "30/02/2025"
    with tempfile.TemporaryDirectory() as made:
        folder = written(Path(made), [])
        write(folder / "employer-encounters.csv", COLUMNS, cells)
        read = load_facts(folder, reject_to=folder / "rejected.out")
    good = [one for index, one in enumerate(records) if index not in spoilt]
    assert bare(read) == bare(in_memory(good))
    assert read.rejected == len(records) - len(good)


def facts_or_problems(read):
    """What reading gives: facts, or the problems that stop it."""
    try:
        return read()
    except InvalidFacts as error:
        return error.problems


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


@given(st.sampled_from(("schools", "pupils", "records", "waivers", "as_at")), ANYTHING)
def test_no_data_is_a_traceback(part, value):
    """Whatever stands in whichever part, the answer is facts or problems."""
    data = {"schools": [SCHOOL], "pupils": [{"id": "P1", "school": "1"}], part: value}
    assert facts_or_problems(lambda: facts_from(data))


@given(st.sampled_from((*COLUMNS, "colour")), ANYTHING)
def test_no_value_is_a_traceback(column, value):
    """Whatever a record says, the answer is facts or problems."""
    record = {"pupil": "P1", "date": "2025-10-03", column: value}
    assert facts_or_problems(lambda: in_memory([record]))


BYTES = st.lists(
    st.sampled_from(
        [*(bytes([n]) for n in b'",;\r\n\0\xef\xbb\xbf\xff x'), b"pupil", b"date", b"P1"]
    ),
    max_size=30,
).map(b"".join)


@given(BYTES, st.booleans())
def test_no_bytes_are_a_traceback(data, headed):
    """Whatever bytes a CSV file holds, the answer is facts or problems."""
    with tempfile.TemporaryDirectory() as made:
        folder = written(Path(made), [])
        (folder / "reviews.csv").write_bytes((b"pupil,date,school\n" if headed else b"") + data)
        assert facts_or_problems(lambda: load_facts(folder))


def test_the_columns_of_the_laws_are_read():
    """A guard on the laws above: the columns they write are ones that facts know."""
    record = completed({"pupil": "P1", "date": date(2025, 10, 3), "length": 2}, 1)
    assert in_memory([record]).warnings == ()
    assert len(set(itertools.chain(COLUMNS, SCHOOL))) == len(COLUMNS) + len(SCHOOL)
