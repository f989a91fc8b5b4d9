"""Write the example trust's facts as CSV files: `python examples/make_trust.py [FOLDER]`.

`make`, the tests and the build of the wheel write them where they are needed; they are not kept.
The trust is made up, and the same every time: chance is seeded and nothing reads a clock.
`trust_tables.py` holds the words and days, `trust_kinds.py` the columns, `trust_pupils.py` the
rolls, `trust_encounters.py` and `trust_records.py` what happens to pupils, `trust_schools.py` what
schools do, and `trust_awkward.py` the awkward cases.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from trust_awkward import AWKWARD, BY_HAND
from trust_encounters import ENCOUNTERS
from trust_kinds import KINDS, LATER
from trust_pupils import made_groups, made_pupils
from trust_records import OTHER_RECORDS
from trust_schools import SCHOOL_RECORDS
from trust_tables import (
    AS_AT,
    FIRST_DAY,
    MILLBROOK,
    SCHOOLS,
    TERMS,
    TRUST,
    Tables,
    write_csv,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trust_pupils import Pupil


#: Where the example stands in a checkout. The schools come last: once they are there, all is.
TRUST_FOLDER = Path(__file__).with_name("trust")


def main() -> None:
    """Write the folder named on the command line; without one, `trust` beside this script anew."""
    if len(sys.argv) > 1:
        make_trust(Path(sys.argv[1]))
        return
    shutil.rmtree(TRUST_FOLDER, ignore_errors=True)
    make_trust(TRUST_FOLDER)


def make_trust(folder: Path) -> None:
    """Write every table of the example trust into a folder, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    pupils = made_pupils()
    write_pupils(folder, pupils)
    write_waivers(folder)
    told(pupils).save(folder)
    write_schools(folder)


def told(pupils: tuple[Pupil, ...]) -> Tables:
    """Everything that happened to these pupils and in their schools."""
    tables = Tables(by_hand=BY_HAND)
    for group in made_groups(pupils):
        for happens in (*ENCOUNTERS, *OTHER_RECORDS):
            happens(tables, group)
    for record in SCHOOL_RECORDS:
        record(tables)
    for tell in AWKWARD:
        tell(tables)
    return tables


def write_schools(folder: Path) -> None:
    """Write the schools, their terms, and since when which records are complete."""
    since = [{"kind": kind, "since": str(LATER.get(kind, FIRST_DAY))} for kind in KINDS]
    late = {"kind": "employer encounter", "since": "2023-09-01", "school": MILLBROOK}
    write_csv(folder / "complete.csv", ["kind", "since", "school"], [*since, late])
    headings = ["school", "name", "first", "last", "half_term_first", "half_term_last"]
    terms = [term for year in TERMS for term in TERMS[year]]
    write_csv(
        folder / "terms.csv",
        headings,
        (
            dict(zip(headings, map(str, (school[0], *term)), strict=True))
            for school in SCHOOLS
            for term in terms
        ),
    )
    columns = ["urn", "name", "phase", "type", "lowest_year", "highest_year", "sixth_form"]
    write_csv(
        folder / "schools.csv",
        ["urn", "name", "trust", *columns[2:6], "as_at", "sixth_form"],
        (
            dict(zip(columns, map(str, school), strict=True))
            | {"trust": TRUST, "as_at": f"{AS_AT}"}
            for school in SCHOOLS
        ),
    )


def write_pupils(folder: Path, pupils: Iterable[Pupil]) -> None:
    """Write the rolls."""
    rows = [pupil.row() for pupil in pupils]
    write_csv(folder / "pupils.csv", list(rows[0]), rows)


def write_waivers(folder: Path) -> None:
    """Write one waiver that holds on the export day and one that has expired."""
    headings = ["obligation", "subject", "by", "reason", "from", "until"]
    waivers = (
        ("C0030", "taught in hospital", "2025-09-01", "2026-08-31"),
        ("B0050", "recovering at home", "2024-09-01", "2025-07-31"),
    )
    rows = (
        dict(zip(headings, ("employer-encounters", who, "headteacher", *rest), strict=True))
        for who, *rest in waivers
    )
    write_csv(folder / "waivers.csv", headings, rows)


if __name__ == "__main__":
    main()
