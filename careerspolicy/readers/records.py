"""Rows of records and waivers become `Record` and `Waiver` values."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from careerspolicy.model.facts import Record, Waiver
from careerspolicy.readers.log import Fault
from careerspolicy.readers.values import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.readers.reading import Reading, ReadRow

_OWNERS: Final = ("pupil", "school", "trust")
_CORRECT_ONE: Final = "correct one of them"
#: A record's fields, which may still need an id, and its row where `about` may have it rejected.
_Draft: TypeAlias = "tuple[dict[str, Any], ReadRow | None]"


def records_from(reading: Reading) -> tuple[Record, ...]:
    """The records, kind by kind in the vocabulary's order, each in the order of its rows."""
    seen: dict[str, str] = {}
    drafts = [
        draft
        for kind in reading.vocabulary.record_kinds
        for row in reading.rows(kind)
        if (draft := _draft(reading, kind, row, seen)) is not None
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
            reading.reject(row, Fault("until", message, _CORRECT_ONE))
        elif not any(values["subject"] in ids for ids in reading.known.values()):
            _reject_for_subject(reading, row)
        else:
            waivers.append(Waiver(start=values.pop("from"), **values))
    return tuple(waivers)


def _draft(reading: Reading, kind: str, row: ReadRow, seen: dict[str, str]) -> _Draft | None:
    """The record of a row; None where it makes no sense, which the log has then heard."""
    values = row.values
    owners = [thing for thing in _OWNERS if thing in values]
    if len(owners) != 1:
        named = " and ".join(f"a {thing}" for thing in owners) or "no pupil, school or trust"
        hint = "keep the one it belongs to" if owners else "name the one it belongs to"
        reading.reject(row, Fault("".join(owners[1:2]), f"this record names {named}", hint))
        return None
    of = owners[0]
    if values[of] not in reading.known[of] and not reading.owner_is_known(row, of):
        return None
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


def _record_faults(own_id: str, start: Any, until: Any, seen: dict[str, str]) -> Iterator[Fault]:
    if own_id in seen:
        message = f"the id {quoted(own_id)} is here twice, first at {seen[own_id]}"
        yield Fault("id", message, "give each record an id of its own, or none")
    if until is not None and until < start:
        yield Fault("until", f"{until} is before the record's date, {start}", _CORRECT_ONE)


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


def _reject_for_subject(reading: Reading, row: ReadRow) -> None:
    if reading.partial:
        return
    subject = row.values["subject"]
    lost = next((thing for thing, ids in reading.lost.items() if subject in ids), "")
    if lost:
        reading.reject_for_unknown(row, "subject", lost, subject)
        return
    message = f"there is no pupil, school, trust or record {quoted(subject)} in these facts"
    reading.reject(row, Fault("subject", message, "correct the id, or leave the row out"))
