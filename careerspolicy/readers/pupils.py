"""Rows of pupils become `Pupil` values."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.calendar.school_calendar import year_group_in
from careerspolicy.model.facts import Pupil, School
from careerspolicy.readers.log import Fault
from careerspolicy.readers.values import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from careerspolicy.readers.reading import Reading

#: What school systems store for a date of birth that nobody knows.
PLACEHOLDER: Final = date(1901, 1, 1)
_FIXED: Final = ("id", "school", "born", "year_group", "joined", "left")


def pupils_from(reading: Reading, schools: Mapping[str, School]) -> tuple[Pupil, ...]:
    """The pupils, in the order of their rows."""
    seen: dict[str, str] = {}
    pupils = []
    for source, row in reading.rows("pupils", key="id"):
        if not reading.owner_is_known(source, row, "school"):
            continue
        school = schools[row.values["school"]]
        if faults := list(_faults(row.values, school, seen)):
            reading.reject(source, row, *faults)
            continue
        for fault in _settled(row.values, school):
            reading.log.doubt(source, row.raw, fault)
        seen[row.values["id"]] = f"{source.file}:{row.raw.line}"
        pupils.append(_pupil(row.values))
    reading.known["pupil"] = set(seen)
    return tuple(pupils)


def _faults(values: dict[str, Any], school: School, seen: dict[str, str]) -> Iterator[Fault]:
    if values["id"] in seen:
        message = f"the pupil {quoted(values['id'])} is here twice, first at {seen[values['id']]}"
        yield Fault("id", message, "give each pupil one row and an id of their own")
    born, joined, left = (values.get(name) for name in ("born", "joined", "left"))
    if born is not None and born > school.as_at:
        message = f"{born} is after {school.as_at}, the day of the export"
        yield Fault("born", message, "correct the date of birth, or the school's as_at")
    if joined is not None and left is not None and left < joined:
        message = f"the pupil left on {left}, before joining on {joined}"
        yield Fault("left", message, "correct one of them")


def _settled(values: dict[str, Any], school: School) -> Iterator[Fault]:
    """Warnings of what the row says oddly; a placeholder date of birth is taken out of it."""
    if values.get("born") == PLACEHOLDER:
        del values["born"]
        message = f"{PLACEHOLDER} is a placeholder; the date of birth is taken as not known"
        yield Fault("born", message, "write the date of birth, or leave it blank")
    born, recorded = values.get("born"), values.get("year_group")
    if born is None or recorded is None:
        return
    computed = year_group_in(born, school.calendar.year_of(school.as_at))
    if computed != recorded:
        message = f"Year {recorded} is recorded, but born on {born} is Year {computed}"
        hint = "the recorded year group is used; correct it unless the pupil is out of cohort"
        yield Fault("year_group", message, hint)


def _pupil(values: dict[str, Any]) -> Pupil:
    fixed = {name: values.pop(name, None) for name in _FIXED}
    return Pupil(**fixed, attributes=MappingProxyType(values))
