"""Rows become values of the model: schools and their terms, and waivers."""

from __future__ import annotations

from collections import Counter, defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from careerspolicy.calendar.school_calendar import (
    FIRST_OF_SEPTEMBER,
    SchoolCalendar,
    Term,
    Window,
)
from careerspolicy.model.facts import School, Waiver, phases_taught
from careerspolicy.readers.cells import rows_of
from careerspolicy.readers.log import Fault
from careerspolicy.readers.reading import CORRECT_ONE
from careerspolicy.readers.values import quoted
from careerspolicy.suggestions import did_you_mean
from careerspolicy.vocabulary.names import identity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from careerspolicy.readers.raw import ReadRow
    from careerspolicy.readers.reading import Reading


#: A school's own fields, and a pupil's; whatever else facts say of them is an attribute.
OF_SCHOOL: Final = ("urn", "name", "trust", "lowest_year", "highest_year", "as_at")
OF_PUPIL: Final = ("id", "school", "born", "year_group", "joined", "left")
#: Days by kind of record, and those by school.
_Days: TypeAlias = "Mapping[str, date]"
_BySchool: TypeAlias = "defaultdict[str, dict[str, date]]"


def schools_from(reading: Reading) -> dict[str, School]:
    """The schools by URN, each with its calendar and completeness."""
    seen: dict[str, str] = {}
    rows: dict[str, dict[str, Any]] = {}
    for row in rows_of(reading, "schools"):
        if faults := list(_school_faults(row.values, seen)):
            reading.reject(row, *faults)
        else:
            if contradiction := reading.follow(row.values, "school"):
                reading.doubt_contradiction(row, contradiction)
            seen[row.values["urn"]] = row.place
            rows[row.values["urn"]] = row.values
    reading.known["school"] = set(rows)
    reading.known["trust"] = {values["trust"] for values in rows.values()}
    counts = Counter(identity(values["name"]) for values in rows.values())
    named = ((identity(values["name"]), urn) for urn, values in rows.items())
    reading.urns.update((name, urn) for name, urn in named if counts[name] == 1)
    terms, since, until = _terms(reading), *_complete(reading)
    return {
        urn: _school(
            values,
            terms.get(urn, ()),
            MappingProxyType(since[""] | since[urn]),
            MappingProxyType(until[""] | until[urn]),
        )
        for urn, values in rows.items()
    }


def _school_faults(values: dict[str, Any], seen: Mapping[str, str]) -> Iterator[Fault]:
    urn, low, high = values["urn"], values["lowest_year"], values["highest_year"]
    if urn in seen:
        message = f"the school {quoted(urn)} is here twice, first at {seen[urn]}"
        yield Fault("urn", message, "give each school one row", "same-id")
    if high < low:
        message = f"the highest year group, {high}, is below the lowest, {low}"
        yield Fault("highest_year", message, CORRECT_ONE)


def _school(values: dict[str, Any], terms: Iterable[Term], since: _Days, until: _Days) -> School:
    own = {**phases_taught(values["lowest_year"], values["highest_year"]), **values}
    starts = own.pop("school_year_starts", FIRST_OF_SEPTEMBER)
    in_order = tuple(sorted(terms, key=lambda term: str(term.window.start)))
    return School(
        **{name: own.pop(name) for name in OF_SCHOOL},
        calendar=SchoolCalendar(year_start=starts, terms=in_order),
        complete_since=since,
        complete_until=until,
        attributes=MappingProxyType(own),
    )


def _terms(reading: Reading) -> dict[str, list[Term]]:
    terms: defaultdict[str, list[Term]] = defaultdict(list)
    for row in rows_of(reading, "terms"):
        if not reading.owner_is_known(row, "school"):
            continue
        if fault := _term_fault(row.values):
            reading.reject(row, fault)
        else:
            own, term = terms[row.values["school"]], _term(row.values)
            for other in (other for other in own if not term.window.meet(other.window).empty):
                message = f"overlaps the {other.name} term"
                hint = f"that one runs from {other.window.start} to {other.window.end}"
                reading.log.doubt(
                    row.source, row.raw, Fault("first", message, hint, "overlapping-terms")
                )
            own.append(term)
    return terms


def _term_fault(values: dict[str, Any]) -> Fault | None:
    first, last = values["first"], values["last"]
    away, back = values.get("half_term_first"), values.get("half_term_last")
    if last < first:
        message = f"the term's last day, {last}, is before its first, {first}"
        return Fault("last", message, CORRECT_ONE)
    if away is None and back is None:
        return None
    if away is None or back is None:
        missing = "half_term_first" if away is None else "half_term_last"
        hint = "give the half term's first day and its last, or neither"
        return Fault(missing, "is missing", hint, "missing-value")
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


def _complete(reading: Reading) -> tuple[_BySchool, _BySchool]:
    """From which day, and to which, each kind is complete; "" is every school without its own."""
    complete: dict[str, _BySchool] = {"since": defaultdict(dict), "until": defaultdict(dict)}
    for row in rows_of(reading, "complete"):
        kind, school = row.values["kind"], row.values.get("school", "")
        if school and not reading.owner_is_known(row, "school"):
            continue
        days = {name: day for name in complete if (day := row.values.get(name)) is not None}
        if not days:
            message = "neither since nor until is given"
            hint = "give the first day of complete records, or the last"
            reading.reject(row, Fault("since", message, hint))
        elif any(kind in complete[name][school] for name in days):
            whose = f"for {quoted(school)}" if school else "for every school"
            message = f"{quoted(kind)} {whose} is here twice"
            reading.reject(row, Fault("kind", message, "keep one of the two"))
        elif kind not in reading.vocabulary.record_kinds:
            message = f"{quoted(kind)} is not a kind of record known here; it was not read"
            hint = did_you_mean(kind, reading.vocabulary.record_kinds)
            reading.log.doubt(
                row.source, row.raw, Fault("kind", message, hint, "not-read"), unread=True
            )
        else:
            for name, day in days.items():
                complete[name][school][kind] = day
    return complete["since"], complete["until"]


def waivers_from(reading: Reading) -> tuple[Waiver, ...]:
    """The waivers, in the order of their rows."""
    waivers = []
    for row in rows_of(reading, "waivers"):
        values = row.values
        if values["until"] < values["from"]:
            message = f"the waiver ends on {values['until']}, before it begins on {values['from']}"
            reading.reject(row, Fault("until", message, CORRECT_ONE))
            continue
        if not _subject_is_known(reading, values):
            values["subject"] = reading.spellings.known("trust", values["subject"])
        if not _subject_is_known(reading, values):
            _reject_for_subject(reading, row)
        else:
            waivers.append(Waiver(start=values.pop("from"), place=row.place, **values))
    return tuple(waivers)


def _subject_is_known(reading: Reading, values: Mapping[str, Any]) -> bool:
    return any(values["subject"] in ids for ids in reading.known.values())


def _reject_for_subject(reading: Reading, row: ReadRow) -> None:
    if reading.partial:
        return
    subject = row.values["subject"]
    lost = next((thing for thing, ids in reading.lost.items() if subject in ids), "")
    if lost:
        reading.reject_for_unknown(row, "subject", lost, subject)
        return
    message = f"there is no pupil, school, trust or record {quoted(subject)} in these facts"
    reading.reject(
        row, Fault("subject", message, "correct the id, or leave the row out", "unknown-id")
    )
