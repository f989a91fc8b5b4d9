"""Rows come to the same, however many are read at once, and whether or not they are looked at."""

import attrs
import pytest

from careerspolicy.loading import example_facts
from careerspolicy.readers import drafts, load_facts
from careerspolicy.readers.mappings import sources

HEAD = "id,pupil,date,until,attended,employer\n"
PUPILS = "id,school,born,year_group,left\nA,1,2010-01-01,11,\nB,1,2010-01-01,11,2025-10-01\n"
SCHOOLS = "urn,name,trust,lowest_year,highest_year,as_at\n1,S,T,7,11,2026-01-31\n"
ROWS = {
    "plain": "1,A,2025-10-03,,yes,X\n2,B,2025-09-03,,no,x\n",
    "an id again": "1,A,2025-10-03,,yes,X\n1,A,2025-10-04,,yes,X\n",
    "an id of a rejected row": "1,C,2025-10-03,,yes,X\n1,A,2025-10-04,,yes,X\n",
    "after leaving": "1,B,2025-12-03,,yes,X\n2,A,2025-10-03,,yes,Y Ltd\n",
    "no such pupil": "1,C,2025-12-03,,yes,X\n2,A,2025-10-03,,yes,Y Ltd\n",
    "nobody": "1,,2025-12-03,,yes,X\n2,A,2025-10-03,,yes,Y Ltd\n",
    "an id loosely": "1,a,2025-12-03,,yes,X\n2,A,2025-10-03,,yes,Y Ltd\n",
    "before it began": "1,A,2025-12-03,2025-12-01,yes,X\n2,A,2025-10-03,2025-10-04,yes,\n",
    "no date": "1,A,,,yes,X\n2,A,3 October 2025,,maybe,X\n3,A,2025-10-03,,yes,X\n",
    "an example": "Example: 1,A,2025-10-03,,yes,X\n2,A,2025-10-03,,yes,X\n",
    "an example further on": ",Example: A,2025-10-03,,yes,X\n2,A,2025-10-03,,yes,X\n",
    "no id": ",A,2025-10-03,,yes,X\n2,A,2025-10-03,,yes,X\n",
    "the same again": ",A,2025-10-03,,yes,X\n,A,2025-10-03,,yes,X\n,A,2025-10-03,,no,X\n",
    "lines within": '1,A,2025-10-03,,yes,"X\nY"\n2,A,2027-10-03,,yes,X\n',
    "too wide": "1,A,2025-10-03,,yes,X,Y\n2,A,2025-10-03,,yes,X\n",
}


def ways(monkeypatch, *asked, **more):
    """The facts as they are read, with every row looked at, and with every row by itself."""

    def read():
        facts = load_facts(*asked, **more)
        records = [*map(attrs.asdict, facts.records)]
        return attrs.evolve(facts, records=()), records, facts.account

    yield read()
    with monkeypatch.context() as patched:
        patched.setattr(drafts.Look, "odd", lambda look: {*range(len(look.batch))})
        yield read()
    monkeypatch.setattr(sources, "_AT_ONCE", 1)
    yield read()


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test_odd_rows_come_to_the_same(rows, tmp_path, monkeypatch):
    """Whatever is odd comes to the same records, places, doubts and counts."""
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "schools.csv").write_text(SCHOOLS)
    (folder / "pupils.csv").write_text(PUPILS)
    (folder / "employer-encounters.csv").write_text(HEAD + rows)
    quick, looked, one_by_one = ways(monkeypatch, folder, reject_to=tmp_path / "rejected.out")
    assert quick == looked == one_by_one


def test_the_example_comes_to_the_same(monkeypatch):
    """So does a whole trust."""
    quick, looked, one_by_one = ways(monkeypatch, example_facts())
    assert quick == looked == one_by_one
