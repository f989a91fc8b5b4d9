"""Rows of pupils become stays on a school's roll; what they say of its year groups is weighed."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.calendar.school_calendar import year_group_in
from careerspolicy.model.facts import Pupil
from careerspolicy.readers.cells import rows_of
from careerspolicy.readers.log import Fault
from careerspolicy.readers.reading import CORRECT_ONE
from careerspolicy.readers.rows import OF_PUPIL
from careerspolicy.readers.values import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from careerspolicy.model.facts import School
    from careerspolicy.readers.raw import ReadRow
    from careerspolicy.readers.reading import Reading

#: How far ahead the next intake may stand on a roll.
_NEXT_INTAKE: Final = timedelta(days=366)
#: What school systems store for a date of birth that nobody knows.
PLACEHOLDER: Final = date(1901, 1, 1)


def pupils_from(
    reading: Reading, schools: Mapping[str, School]
) -> tuple[dict[str, School], tuple[Pupil, ...]]:
    """The stays of pupils in the order of their rows, and the schools, knowing what they promoted.

    A school's rows may give the year groups of the next school year already, or still those of the
    last: then most of them are one off from the dates of birth, in a summer or an autumn term.
    """
    stays: defaultdict[str, list[ReadRow]] = defaultdict(list)
    rows = []
    for row in rows_of(reading, "pupils"):
        if not reading.owner_is_known(row, "school"):
            continue
        earlier = stays[row.values["id"]]
        if any(_joined(row, stay) for stay in earlier if _may_be_one(row, stay)):
            continue
        if faults := list(_faults(row.values, schools[row.values["school"]], earlier)):
            reading.reject(row, *faults)
            continue
        if contradiction := reading.follow(row.values, "pupil"):
            reading.doubt_contradiction(row, contradiction)
        earlier.append(row)
        rows.append(row)
    reading.known["pupil"] = {name for name, kept in stays.items() if kept}
    schools = {urn: _promoted(school, reading, rows) for urn, school in schools.items()}
    return schools, tuple(_pupil(row, schools[row.values["school"]], reading) for row in rows)


def _may_be_one(row: ReadRow, stay: ReadRow) -> bool:
    """Whether two rows of lists may be of one pupil: one list by names alone may have namesakes."""
    mapping = row.source.mapping
    if mapping is None:
        return False
    numbered = any(column.identifies not in ("", "name") for column in mapping.columns)
    return numbered or row.source.file != stay.source.file


def _pupil(row: ReadRow, school: School, reading: Reading) -> Pupil:
    placeholder = row.values.get("born") == PLACEHOLDER
    if placeholder:
        del row.values["born"]
    own = {name: row.values.pop(name, None) for name in OF_PUPIL}
    pupil = Pupil(**own, attributes=MappingProxyType(row.values))
    for fault in _doubts(pupil, school, placeholder=placeholder):
        reading.log.doubt(row.source, row.raw, fault._replace(about=(pupil.id,)))
    return pupil


def _faults(values: dict[str, Any], school: School, earlier: Iterable[ReadRow]) -> Iterator[Fault]:
    for stay in earlier:
        if not (_over(stay.values, values) or _over(values, stay.values)):
            message = f"the pupil {quoted(values['id'])} is here twice, first at {stay.place}"
            hint = "give each pupil one row and an id of their own; of several stays, say when each"
            more = "began and ended, each after the one before"
            yield Fault("id", message, f"{hint} {more}", "same-id")
    born, joined, left = (values.get(name) for name in ("born", "joined", "left"))
    if born is not None and born > school.as_at:
        message = f"{born} is after {school.as_at}, the day of the export"
        yield Fault("born", message, "correct the date of birth, or the school's as_at")
    if joined is not None and left is not None and left < joined:
        message = f"the pupil left on {left}, before joining on {joined}"
        yield Fault("left", message, CORRECT_ONE)


def _joined(row: ReadRow, stay: ReadRow) -> bool:
    """Whether another row says the same of a stay, or adds to it without contradiction."""
    own, known = row.values, stay.values
    if any(known.get(name, value) != value for name, value in own.items()):
        return False
    if own.keys() <= known.keys():
        row.source.tally.not_used["it says the same of a pupil as another row"] += 1
    known.update(own)
    return True


def _over(stay: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether one stay had ended when another began."""
    left, joined = stay.get("left"), before.get("joined")
    return left is not None and joined is not None and left < joined


def _promoted(school: School, reading: Reading, rows: Sequence[ReadRow]) -> School:
    """The school, knowing by how many years its recorded year groups are ahead, or behind."""
    year, offs = school.calendar.year_of(school.as_at), Counter[int]()
    own = [row for row in rows if row.values["school"] == school.urn]
    for row in own:
        born, group = row.values.get("born"), row.values.get("year_group")
        if born not in (None, PLACEHOLDER) and group is not None and "left" not in row.values:
            offs[group - year_group_in(born, year)] += 1
    off = max(offs, key=lambda one: offs[one], default=0)
    terms = school.calendar.terms_of(year)
    last, first = terms[-1].window.start, terms[0].window.end
    late = last is not None and school.as_at >= last
    early = first is not None and school.as_at <= first
    if 2 * offs[off] <= offs.total() or not ((off == 1 and late) or (off == -1 and early)):
        return school
    which = "next" if off == 1 else "last"
    message = f"the year groups of {school.name} are those of the {which} school year, by most"
    hint = "they are read as that; export the roll again if they should not be"
    fault = Fault("year_group", f"{message} ages", hint, "moved-on", (school.urn,))
    reading.log.doubt(own[0].source, own[0].raw, fault)
    return attrs.evolve(school, promoted=off)


def _doubts(pupil: Pupil, school: School, *, placeholder: bool) -> Iterator[Fault]:
    """What a row says oddly."""
    if pupil.joined is not None and pupil.born is not None and pupil.joined < pupil.born:
        message = f"{pupil.joined} is before the pupil's birth on {pupil.born}"
        yield Fault("joined", message, CORRECT_ONE, "joining")
    if pupil.joined is not None and pupil.joined - school.as_at > _NEXT_INTAKE:
        message = f"{pupil.joined} is over a year after {school.as_at}, the day of the export"
        yield Fault("joined", message, "correct the day, or the school's as_at", "joining")
    yield from _not_taught(pupil, school)
    if placeholder:
        message = f"{PLACEHOLDER} is a placeholder; the date of birth is taken as not known"
        yield Fault("born", message, "write the date of birth, or leave it blank", "placeholder")
    elif pupil.born is not None and pupil.year_group is not None:
        computed = year_group_in(pupil.born, pupil.recorded_in(school))
        if computed != pupil.year_group:
            message = f"Year {pupil.year_group} is recorded, but born on {pupil.born} is"
            hint = "the recorded year group is used; correct it unless the pupil is out of cohort"
            yield Fault("year_group", f"{message} Year {computed}", hint, "year-group")


def _not_taught(pupil: Pupil, school: School) -> Iterator[Fault]:
    """A recorded year group of somebody on the roll that the school doesn't teach."""
    group, taught = pupil.year_group, range(school.lowest_year, school.highest_year + 1)
    ahead = pupil.joined is not None and pupil.joined > school.as_at
    if group is not None and group not in taught and pupil.left is None and not ahead:
        message = f"{school.name} teaches Years {school.lowest_year} to {school.highest_year}"
        yield Fault(
            "year_group", f"Year {group} is recorded, but {message}", CORRECT_ONE, "not-taught"
        )
