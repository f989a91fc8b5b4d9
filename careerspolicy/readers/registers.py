"""One row for an event becomes a record for each pupil who was there.

Tools note an activity once, for a year group. Who was there are the pupils of those year groups who
were on the school's roll that day; those named as absent were offered it and did not take part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.readers.batches import Batch
from careerspolicy.readers.log import Fault
from careerspolicy.readers.ticks import ATTENDED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.readers.doubts import Doubts
    from careerspolicy.readers.raw import ReadRow
    from careerspolicy.readers.reading import Reading
    from careerspolicy.vocabulary import Kind

#: The columns of a register.
YEAR_GROUPS: Final = "year_groups"
ABSENT: Final = "absent"


def of_pupils(batch: Batch, kind: Kind, reading: Reading, doubts: Doubts) -> Batch:
    """The rows as they are; or, of a register, a row for each pupil whom it is of."""
    years = batch.columns.get(YEAR_GROUPS, ())
    if kind.of != "pupil" or all(each is None for each in years):
        return batch
    numbered = zip(batch.numbers, batch, strict=True)
    rows = [(number, own) for number, row in numbered for own in _each(row, kind, reading, doubts)]
    return Batch.of_rows(batch.source, batch.raws, rows)


def _each(row: ReadRow, kind: Kind, reading: Reading, doubts: Doubts) -> Iterator[ReadRow]:
    years, absent = row.values.pop(YEAR_GROUPS, None), row.values.pop(ABSENT, frozenset())
    if "pupil" in row.values or years is None:
        yield row
        return
    school, day = row.values.pop("school", reading.only_school), row.values["date"]
    there = [*_on_roll(school, years, doubts, row)] if school in doubts.schools else []
    if not there:
        message = (
            f"no pupil of these year groups was on the roll of {school or 'a school'} on {day}"
        )
        reading.reject(row, Fault(YEAR_GROUPS, message, "correct the day, or the year groups"))
    absent = {name if name in there else reading.people.named(name, school) for name in absent}
    if absent - {*there}:
        message = "some of those named are none of the pupils who should have been there"
        fault = Fault(ABSENT, message, "correct the ids or names", "unknown-id")
        reading.log.doubt(row.source, row.raw, fault)
    for pupil in there:
        values = {**row.values, "pupil": pupil}
        if own_id := values.get("id"):
            values["id"] = f"{own_id} {pupil}"
        if ATTENDED in kind.attributes:
            values[ATTENDED] = pupil not in absent
        if pupil not in absent or ATTENDED in kind.attributes:
            yield row._replace(values=values)


def _on_roll(school: str, years: frozenset[int], doubts: Doubts, row: ReadRow) -> Iterator[str]:
    """The pupils of some year groups who were on a school's roll on the day of a row."""
    day, own = row.values["date"], doubts.schools[school]
    year = own.calendar.year_of(day)
    for name, stays in doubts.stays.items():
        for stay in stays:
            begun = stay.joined is None or stay.joined <= day
            ended = stay.left is not None and stay.left < day
            if stay.school == school and begun and not ended:
                if stay.year_group_in(year, own) in years:
                    yield name
                break
