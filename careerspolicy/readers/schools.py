"""Rows of schools, their terms, their completeness and their pupils become values of the model."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.calendar.school_calendar import (
    FIRST_OF_SEPTEMBER,
    SchoolCalendar,
    Term,
    Window,
    year_group_in,
)
from careerspolicy.model.facts import Pupil, School, phases_taught
from careerspolicy.readers.log import Fault
from careerspolicy.readers.values import quoted
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from careerspolicy.readers.reading import Reading

#: What school systems store for a date of birth that nobody knows.
PLACEHOLDER: Final = date(1901, 1, 1)
#: A school's own fields, and a pupil's; whatever else facts say of them is an attribute.
OF_SCHOOL: Final = ("urn", "name", "trust", "lowest_year", "highest_year", "as_at")
OF_PUPIL: Final = ("id", "school", "born", "year_group", "joined", "left")
_CORRECT_ONE: Final = "correct one of them"


def schools_from(reading: Reading) -> dict[str, School]:
    """The schools by URN, each with its calendar and completeness."""
    seen: dict[str, str] = {}
    rows: dict[str, dict[str, Any]] = {}
    for row in reading.rows("schools"):
        if faults := list(_school_faults(row.values, seen)):
            reading.reject(row, *faults)
        else:
            seen[row.values["urn"]] = row.place
            rows[row.values["urn"]] = row.values
    reading.known["school"] = set(rows)
    reading.known["trust"] = {values["trust"] for values in rows.values()}
    terms, complete = _terms(reading), _complete(reading)
    everywhere = complete.pop("", {})
    return {
        urn: _school(values, terms.get(urn, ()), {**everywhere, **complete.get(urn, {})})
        for urn, values in rows.items()
    }


def _school_faults(values: dict[str, Any], seen: Mapping[str, str]) -> Iterator[Fault]:
    urn, low, high = values["urn"], values["lowest_year"], values["highest_year"]
    if urn in seen:
        message = f"the school {quoted(urn)} is here twice, first at {seen[urn]}"
        yield Fault("urn", message, "give each school one row")
    if high < low:
        message = f"the highest year group, {high}, is below the lowest, {low}"
        yield Fault("highest_year", message, _CORRECT_ONE)


def _school(values: dict[str, Any], terms: Iterable[Term], complete: dict[str, date]) -> School:
    own = {**phases_taught(values["lowest_year"], values["highest_year"]), **values}
    starts = own.pop("school_year_starts", FIRST_OF_SEPTEMBER)
    in_order = tuple(sorted(terms, key=lambda term: str(term.window.start)))
    return School(
        **{name: own.pop(name) for name in OF_SCHOOL},
        calendar=SchoolCalendar(year_start=starts, terms=in_order),
        complete_since=MappingProxyType(complete),
        attributes=MappingProxyType(own),
    )


def _terms(reading: Reading) -> dict[str, list[Term]]:
    terms: defaultdict[str, list[Term]] = defaultdict(list)
    for row in reading.rows("terms"):
        if not reading.owner_is_known(row, "school"):
            continue
        if fault := _term_fault(row.values):
            reading.reject(row, fault)
        else:
            terms[row.values["school"]].append(_term(row.values))
    return terms


def _term_fault(values: dict[str, Any]) -> Fault | None:
    first, last = values["first"], values["last"]
    away, back = values.get("half_term_first"), values.get("half_term_last")
    if last < first:
        message = f"the term's last day, {last}, is before its first, {first}"
        return Fault("last", message, _CORRECT_ONE)
    if away is None and back is None:
        return None
    if away is None or back is None:
        missing = "half_term_first" if away is None else "half_term_last"
        hint = "give the half term's first day and its last, or neither"
        return Fault(missing, "is missing", hint)
    if first < away <= back < last:
        return None
    message = f"the half term, {away} to {back}, does not lie within the term"
    return Fault("half_term_first", message, f"the term runs from {first} to {last}")


def _term(values: dict[str, Any]) -> Term:
    whole = Window(values["first"], values["last"])
    away, back = values.get("half_term_first"), values.get("half_term_last")
    if away is None or back is None:
        return Term(values["name"], whole, (whole,))
    day = back.resolution
    halves = (Window(whole.start, away - day), Window(back + day, whole.end))
    return Term(values["name"], whole, halves)


def _complete(reading: Reading) -> dict[str, dict[str, date]]:
    """Since when each kind is complete, by school; "" is every school without its own row."""
    complete: defaultdict[str, dict[str, date]] = defaultdict(dict)
    for row in reading.rows("complete"):
        kind, school = row.values["kind"], row.values.get("school", "")
        if school and not reading.owner_is_known(row, "school"):
            continue
        if kind in complete[school]:
            whose = f"for {quoted(school)}" if school else "for every school"
            message = f"{quoted(kind)} {whose} is here twice"
            reading.reject(row, Fault("kind", message, "keep one of the two"))
        elif kind not in reading.vocabulary.record_kinds:
            message = f"{quoted(kind)} is not a kind of record known here; it was not read"
            hint = did_you_mean(kind, reading.vocabulary.record_kinds)
            reading.log.doubt(row.source, row.raw, Fault("kind", message, hint), unread=True)
        else:
            complete[school][kind] = row.values["since"]
    return complete


def pupils_from(reading: Reading, schools: Mapping[str, School]) -> tuple[Pupil, ...]:
    """The pupils, in the order of their rows."""
    seen: dict[str, str] = {}
    pupils = []
    for row in reading.rows("pupils"):
        if not reading.owner_is_known(row, "school"):
            continue
        school = schools[row.values["school"]]
        if faults := list(_pupil_faults(row.values, school, seen)):
            reading.reject(row, *faults)
            continue
        for fault in _doubts(row.values, school):
            reading.log.doubt(row.source, row.raw, fault)
        if row.values.get("born") == PLACEHOLDER:
            del row.values["born"]
        seen[row.values["id"]] = row.place
        own = {name: row.values.pop(name, None) for name in OF_PUPIL}
        pupils.append(Pupil(**own, attributes=MappingProxyType(row.values)))
    reading.known["pupil"] = set(seen)
    return tuple(pupils)


def _pupil_faults(
    values: dict[str, Any], school: School, seen: Mapping[str, str]
) -> Iterator[Fault]:
    if values["id"] in seen:
        message = f"the pupil {quoted(values['id'])} is here twice, first at {seen[values['id']]}"
        yield Fault("id", message, "give each pupil one row and an id of their own")
    born, joined, left = (values.get(name) for name in ("born", "joined", "left"))
    if born is not None and born > school.as_at:
        message = f"{born} is after {school.as_at}, the day of the export"
        yield Fault("born", message, "correct the date of birth, or the school's as_at")
    if joined is not None and left is not None and left < joined:
        message = f"the pupil left on {left}, before joining on {joined}"
        yield Fault("left", message, _CORRECT_ONE)


def _doubts(values: dict[str, Any], school: School) -> Iterator[Fault]:
    """What a row says oddly."""
    born, recorded = values.get("born"), values.get("year_group")
    if born == PLACEHOLDER:
        message = f"{PLACEHOLDER} is a placeholder; the date of birth is taken as not known"
        yield Fault("born", message, "write the date of birth, or leave it blank")
    elif born is not None and recorded is not None:
        computed = year_group_in(born, school.calendar.year_of(school.as_at))
        if computed != recorded:
            message = f"Year {recorded} is recorded, but born on {born} is Year {computed}"
            hint = "the recorded year group is used; correct it unless the pupil is out of cohort"
            yield Fault("year_group", message, hint)
