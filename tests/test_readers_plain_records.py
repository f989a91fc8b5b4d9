"""The short way of plain rows and the way of all others come to the same."""

import attrs
import pytest

from careerspolicy.loading import example_facts
from careerspolicy.readers import load_facts, records

HEAD = "id,pupil,date,until,attended,employer\n"
PUPILS = "id,school,born,year_group,left\nA,1,2010-01-01,11,\nB,1,2010-01-01,11,2025-10-01\n"
SCHOOLS = "urn,name,trust,lowest_year,highest_year,as_at\n1,S,T,7,11,2026-01-31\n"
ROWS = {
    "plain": "1,A,2025-10-03,,yes,X\n2,B,2025-09-03,,no,x\n",
    "an id again": "1,A,2025-10-03,,yes,X\n1,A,2025-10-04,,yes,X\n",
    "after leaving": "1,B,2025-12-03,,yes,X\n2,A,2025-10-03,,yes,Y Ltd\n",
    "no such pupil": "1,C,2025-12-03,,yes,X\n2,A,2025-10-03,,yes,Y Ltd\n",
    "before it began": "1,A,2025-12-03,2025-12-01,yes,X\n2,A,2025-10-03,2025-10-04,yes,\n",
    "no date": "1,A,,,yes,X\n2,A,3 October 2025,,maybe,X\n3,A,2025-10-03,,yes,X\n",
    "an example": "Example: 1,A,2025-10-03,,yes,X\n2,A,2025-10-03,,yes,X\n",
    "no id": ",A,2025-10-03,,yes,X\n2,A,2025-10-03,,yes,X\n",
    "lines within": '1,A,2025-10-03,,yes,"X\nY"\n2,A,2027-10-03,,yes,X\n',
}


def both_ways(monkeypatch, *asked, **more):
    """The facts as they are read, and as they are read row by row."""
    short = load_facts(*asked, **more)
    monkeypatch.setattr(records, "plain_records", lambda batch, *_: [None] * len(batch.rows))
    return [
        (attrs.evolve(facts, records=()), [*map(attrs.asdict, facts.records)], facts.account)
        for facts in (short, load_facts(*asked, **more))
    ]


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test_odd_rows_are_read_as_all_rows_are(rows, tmp_path, monkeypatch):
    """Whatever is odd comes to the same records, places, doubts and counts."""
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "schools.csv").write_text(SCHOOLS)
    (folder / "pupils.csv").write_text(PUPILS)
    (folder / "employer-encounters.csv").write_text(HEAD + rows)
    short, long = both_ways(monkeypatch, folder, reject_to=tmp_path / "rejected.out")
    assert short == long


def test_the_example_is_read_alike_both_ways(monkeypatch):
    """So does a whole trust."""
    short, long = both_ways(monkeypatch, example_facts())
    assert short == long
