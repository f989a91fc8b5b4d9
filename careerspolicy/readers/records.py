"""Rows become records: those that say nothing odd many at once, any other on its own."""

from __future__ import annotations

import gc
from collections import Counter
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from careerspolicy.model.facts import Record
from careerspolicy.readers.batches import batches_of
from careerspolicy.readers.ids import Ids
from careerspolicy.readers.log import Fault
from careerspolicy.readers.plain_records import plain_records
from careerspolicy.readers.reading import CORRECT_ONE
from careerspolicy.readers.registers import rows_of_pupils
from careerspolicy.readers.tables import OWNERS, folded
from careerspolicy.readers.values import quoted
from careerspolicy.suggestions import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from careerspolicy.readers.doubts import Doubts
    from careerspolicy.readers.raw import ReadRow
    from careerspolicy.readers.reading import Reading

#: A record's fields, which may still need an id, and its row where `about` may have it rejected.
_Draft: TypeAlias = "tuple[dict[str, Any], ReadRow | None]"


def records_from(reading: Reading, doubts: Doubts) -> tuple[Record, ...]:
    """The records, kind by kind in the vocabulary's order, each in the order of its rows."""
    seen: dict[str, str] = {}
    drafts: list[Record | _Draft] = []
    waiting: dict[int, _Draft] = {}
    with _uncollected():
        for kind in reading.vocabulary.record_kinds:
            for batch, settled in _drafts(reading, kind, seen, doubts):
                if not settled:
                    numbered = enumerate(batch, start=len(drafts))
                    waiting |= {n: one for n, one in numbered if not isinstance(one, Record)}
                drafts += batch
    _name_the_nameless([*waiting.values()], set(seen))
    reading.known["record"] = set(seen)
    kept = {id(fields) for fields, _ in _with_known_about(reading, [*waiting.values()])}
    made: list[Any] = drafts
    for number, (fields, _) in waiting.items():
        made[number] = Record(**fields) if id(fields) in kept else None
    return tuple(made if len(kept) == len(waiting) else filter(None, made))


def streamed(
    reading: Reading, doubts: Doubts, take: Callable[[Record], None]
) -> tuple[Record, ...]:
    """Give each record away as soon as it is read, in the order of `records_from`.

    Only those are kept and returned that the roll is told by; and until the end those that are
    about another record. Records without an id have none.
    """
    seen, waiting, kept = Ids(), list[_Draft](), list[Record]()
    for kind in reading.vocabulary.record_kinds:
        ends_stay = reading.vocabulary.kinds[kind].ends_stay
        for batch, _ in _drafts(reading, kind, seen, doubts):
            for one in batch:
                if not isinstance(one, Record) and one[1] is not None:
                    waiting.append(one)
                    continue
                record = one if isinstance(one, Record) else _without_id(one[0])
                take(record)
                if ends_stay:
                    kept.append(record)
    # Those that wait need ids, or one that is dropped would take all without an id along.
    _name_the_nameless(waiting, seen)
    reading.known["record"] = seen
    for fields, _ in _with_known_about(reading, waiting):
        take(Record(**fields))
    return tuple(kept)


def _without_id(fields: dict[str, Any]) -> Record:
    return Record(**fields, numbered=not fields["id"])


@contextmanager
def _uncollected() -> Iterator[None]:
    """Garbage is not looked for meanwhile: of very many new records none is any."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _drafts(
    reading: Reading, kind: str, seen: dict[str, str] | Ids, doubts: Doubts
) -> Iterator[tuple[list[Record | _Draft], bool]]:
    """The records of a kind and the drafts of those that need an id, or another record.

    They come many at once, with whether all of them are records.
    """
    known = reading.vocabulary.kinds[kind]
    for batch in batches_of(reading, kind):
        drafts: list[Record | _Draft] = []
        records = plain_records(batch, known, reading, doubts, seen)
        if all(records):
            yield [*filter(None, records)], True
            continue
        for number, record in enumerate(records):
            if record is not None:
                drafts.append(record)
            elif (given := batch.row(number)) is not None:
                rows = rows_of_pupils(given, known, reading, doubts)
                made = (_draft(reading, kind, row, seen, doubts) for row in rows)
                drafts.extend(draft for draft in made if draft is not None)
        yield drafts, False


def _draft(
    reading: Reading, kind: str, row: ReadRow, seen: dict[str, str] | Ids, doubts: Doubts
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


def _record_faults(
    own_id: str, start: Any, until: Any, seen: dict[str, str] | Ids
) -> Iterator[Fault]:
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
