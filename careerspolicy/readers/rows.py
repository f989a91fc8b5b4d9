"""Rows become values of the model: schools and their terms, records and waivers."""

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
from careerspolicy.model.facts import Record, School, Waiver, phases_taught
from careerspolicy.readers.log import Fault
from careerspolicy.readers.reading import CORRECT_ONE
from careerspolicy.readers.registers import rows_of_pupils
from careerspolicy.readers.tables import OWNERS, folded
from careerspolicy.readers.values import quoted
from careerspolicy.suggestions import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from careerspolicy.readers.doubts import Doubts
    from careerspolicy.readers.log import ReadRow
    from careerspolicy.readers.reading import Reading


#: A school's own fields, and a pupil's; whatever else facts say of them is an attribute.
OF_SCHOOL: Final = ("urn", "name", "trust", "lowest_year", "highest_year", "as_at")
OF_PUPIL: Final = ("id", "school", "born", "year_group", "joined", "left")
#: Days by kind of record, and those by school.
_Days: TypeAlias = "Mapping[str, date]"
_BySchool: TypeAlias = "defaultdict[str, dict[str, date]]"
#: A record's fields, which may still need an id, and its row where `about` may have it rejected.
_Draft: TypeAlias = "tuple[dict[str, Any], ReadRow | None]"


def schools_from(reading: Reading) -> dict[str, School]:
    """The schools by URN, each with its calendar and completeness."""
    seen: dict[str, str] = {}
    rows: dict[str, dict[str, Any]] = {}
    for row in reading.rows("schools"):
        if faults := list(_school_faults(row.values, seen)):
            reading.reject(row, *faults)
        else:
            reading.follow(row, "school")
            seen[row.values["urn"]] = row.place
            rows[row.values["urn"]] = row.values
    reading.known["school"] = set(rows)
    reading.known["trust"] = {values["trust"] for values in rows.values()}
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
    for row in reading.rows("terms"):
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
    for row in reading.rows("complete"):
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


def records_from(reading: Reading, doubts: Doubts) -> tuple[Record, ...]:
    """The records, kind by kind in the vocabulary's order, each in the order of its rows."""
    seen: dict[str, str] = {}
    drafts = [
        draft
        for kind in reading.vocabulary.record_kinds
        for given in reading.rows(kind)
        for row in rows_of_pupils(given, reading.vocabulary.kinds[kind], reading, doubts)
        if (draft := _draft(reading, kind, row, seen, doubts)) is not None
    ]
    _name_the_nameless(drafts, set(seen))
    return tuple(Record(**fields) for fields, _ in _with_known_about(reading, drafts))


def waivers_from(reading: Reading) -> tuple[Waiver, ...]:
    """The waivers, in the order of their rows."""
    waivers = []
    for row in reading.rows("waivers"):
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


def _draft(
    reading: Reading, kind: str, row: ReadRow, seen: dict[str, str], doubts: Doubts
) -> _Draft | None:
    """The record of a row; None where it makes no sense, which the log has then heard."""
    values = row.values
    owners = [thing for thing in OWNERS if thing in values]
    if len(owners) != 1:
        named = " and ".join(f"a {thing}" for thing in owners) or "no pupil, school or trust"
        hint = "keep the one it belongs to" if owners else _whose(row)
        reading.reject(row, Fault("".join(owners[1:2]), f"this record names {named}", hint))
        return None
    of = owners[0]
    if values[of] not in reading.known[of] and not reading.owner_is_known(row, of):
        return None
    reading.follow(row, kind)
    for fault in doubts.of(row, reading.vocabulary.kinds[kind], values["date"]):
        reading.log.doubt(row.source, row.raw, fault)
    start, until, own_id = values.pop("date"), values.pop("until", None), values.get("id", "")
    if own_id in seen or (until is not None and until < start):
        reading.reject(row, *_record_faults(own_id, start, until, seen))
        return None
    place = row.place
    if own_id:
        seen[own_id] = place
        del values["id"]
    about = values.pop("about", "")
    fields = {
        "kind": kind, "of": of, "owner": values.pop(of), "start": start, "until": until,
        "id": own_id, "about": about, "place": place, "attributes": MappingProxyType(values),
    }  # fmt: skip
    return fields, row if about else None


def _whose(row: ReadRow) -> str:
    """How a record that belongs to nobody is mended: by a column's name, or by a value."""
    if row.source.mapping and any(column.personal for column in row.source.mapping.columns):
        return "no list of pupils has one who is told by this row, or has several"
    known = {folded(column.name) for column in row.source.table.columns}
    unknown = [name for name in row.raw.names if folded(name) not in known]
    near = next(filter(None, (nearest(owner, unknown) for owner in OWNERS)), "")
    return f'rename "{near}" if that is it' if near else "name the one it belongs to"


def _record_faults(own_id: str, start: Any, until: Any, seen: dict[str, str]) -> Iterator[Fault]:
    if own_id in seen:
        message = f"the id {quoted(own_id)} is here twice, first at {seen[own_id]}"
        yield Fault("id", message, "give each record an id of its own, or none", "same-id")
    if until is not None and until < start:
        yield Fault("until", f"{until} is before the record's date, {start}", CORRECT_ONE)


def _name_the_nameless(drafts: list[_Draft], taken: set[str]) -> None:
    """Make up the ids that are not given, out of the way of those that are."""
    numbers: Counter[str] = Counter()
    for fields, _ in drafts:
        while not fields["id"]:
            kind = fields["kind"]
            numbers[kind] += 1
            free = f"{kind} {numbers[kind]}"
            if free not in taken:
                fields.update(id=free, numbered=True)


def _with_known_about(reading: Reading, drafts: list[_Draft]) -> list[_Draft]:
    """The drafts whose `about` is here; what is about a rejected record is rejected with it."""
    known = reading.known["record"]
    known.update(fields["id"] for fields, _ in drafts)
    waiting = [(fields, row) for fields, row in drafts if row]
    dropped: set[str] = set()
    while bad := [(fields, row) for fields, row in waiting if fields["about"] not in known]:
        for fields, row in bad:
            reading.reject_for_unknown(row, "about", "record", fields["about"])
            dropped.add(fields["id"])
        known -= dropped
        reading.lost["record"].update(dropped)
        waiting = [(fields, row) for fields, row in waiting if fields["id"] not in dropped]
    return [draft for draft in drafts if draft[0]["id"] not in dropped] if dropped else drafts


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
