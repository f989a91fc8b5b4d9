"""Rows become records: those that say nothing odd many at once, any other on its own."""

from __future__ import annotations

import gc
from collections import Counter
from contextlib import contextmanager
from itertools import count, islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from careerspolicy.model.facts import Record
from careerspolicy.readers.batches import batches_of
from careerspolicy.readers.log import Fault
from careerspolicy.readers.places import Places
from careerspolicy.readers.plain_records import plain_records
from careerspolicy.readers.reading import CORRECT_ONE
from careerspolicy.readers.registers import rows_of_pupils
from careerspolicy.readers.tables import OWNERS, folded
from careerspolicy.readers.values import quoted
from careerspolicy.suggestions import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from careerspolicy.readers.doubts import Doubts
    from careerspolicy.readers.raw import ReadRow
    from careerspolicy.readers.reading import Reading

#: A record's fields, which may still need an id, and its row where `about` may have it rejected.
_Draft: TypeAlias = "tuple[dict[str, Any], ReadRow | None]"

#: Drafts that are about another record, by kind and the number of the nameless one, or below 1.
_Waiting: TypeAlias = "dict[tuple[str, int], _Draft]"


class Into(Protocol):
    """What takes records as they are read; where the reading begins again, it forgets them."""

    def forget(self) -> None:
        """Forget whatever was taken."""

    def take(self, kind: str, records: Sequence[Record]) -> None:
        """Take some of the records of a kind."""


def records_from(reading: Reading, doubts: Doubts) -> tuple[Record, ...]:
    """The records, kind by kind in the vocabulary's order, each in the order of its rows."""
    seen = Places()
    drafts: list[Record | _Draft] = []
    waiting: dict[int, _Draft] = {}
    with _uncollected():
        for kind in reading.vocabulary.record_kinds:
            for batch, settled in _drafts(reading, kind, seen, doubts):
                if not settled:
                    numbered = enumerate(batch, start=len(drafts))
                    waiting |= {n: one for n, one in numbered if not isinstance(one, Record)}
                drafts += batch
    names = {kind: _free_names(kind, seen) for kind in reading.vocabulary.record_kinds}
    for fields, _ in waiting.values():
        if not fields["id"]:
            fields.update(id=next(names[fields["kind"]]), numbered=True)
    own = {fields["id"] for fields, _ in waiting.values()}
    wanted = {fields["about"] for fields, _ in waiting.values()}
    fallen = _fallen(
        reading, waiting.values(), {one for one in wanted if one in own or one in seen}
    )
    made: list[Any] = drafts
    for number, (fields, _) in waiting.items():
        made[number] = None if fields["id"] in fallen else Record(**fields)
    return tuple(filter(None, made) if fallen else made)


def stream_records(reading: Reading, doubts: Doubts, into: Into) -> tuple[Record, ...]:
    """Give the records as they are read, kind by kind, and keep none but those that end a stay.

    Those that are about another come last, for the other may too.
    """
    seen, nameless, kinds = Places(), Counter[str](), reading.vocabulary.kinds
    waiting: _Waiting = {}
    ends: list[Record] = []
    into.forget()
    with _uncollected():
        for kind in reading.vocabulary.record_kinds:
            for batch, _ in _drafts(reading, kind, seen, doubts):
                ready = [*_ready(batch, kind, nameless, waiting)]
                into.take(kind, ready)
                if kinds[kind].ends_stay:
                    ends += ready
    for (kind, _), (fields, _) in _with_their_others(reading, waiting, nameless, seen):
        record = Record(**fields)
        into.take(kind, [record])
        if kinds[kind].ends_stay:
            ends.append(record)
    return tuple(ends)


def _ready(
    batch: Iterable[Record | _Draft],
    kind: str,
    nameless: Counter[str],
    waiting: _Waiting,
) -> Iterator[Record]:
    """The records that need no other; those that do wait, by the number of the nameless so far."""
    for one in batch:
        if isinstance(one, Record):
            yield one
            continue
        fields, _ = one
        if not fields["id"]:
            nameless[kind] += 1
            fields["numbered"] = True
        if fields["about"]:
            number = nameless[kind] if fields.get("numbered") else -len(waiting)
            waiting[kind, number] = one
        else:
            yield Record(**fields)


def _with_their_others(
    reading: Reading,
    waiting: _Waiting,
    nameless: Counter[str],
    seen: Places,
) -> Iterator[tuple[tuple[str, int], _Draft]]:
    """What waited and is about a record that is here, with the names of the nameless."""
    wanted = {fields["about"] for fields, _ in waiting.values()}
    known = {one for one in wanted if one in seen}
    for kind in nameless if waiting else ():
        names = islice(_free_names(kind, seen), nameless[kind])
        for number, name in enumerate(names, start=1):
            if name in wanted:
                known.add(name)
            if (kind, number) in waiting:
                waiting[kind, number][0]["id"] = name
    fallen = _fallen(reading, waiting.values(), known)
    return (each for each in waiting.items() if each[1][0]["id"] not in fallen)


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
    reading: Reading, kind: str, seen: Places, doubts: Doubts
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
    reading: Reading, kind: str, row: ReadRow, seen: Places, doubts: Doubts
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
    if own_id:
        seen.add(own_id, row)
        del values["id"]
    about = values.pop("about", "")
    fields = {
        "kind": kind, "of": of, "owner": values.pop(of), "start": start, "until": until,
        "id": own_id, "about": about, "place": row.place, "attributes": MappingProxyType(values),
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


def _record_faults(own_id: str, start: Any, until: Any, seen: Places) -> Iterator[Fault]:
    if own_id in seen:
        message = f"the id {quoted(own_id)} is here twice, first at {seen.of(own_id)}"
        yield Fault("id", message, "give each record an id of its own, or none", "same-id")
    if until is not None and until < start:
        yield Fault("until", f"{until} is before the record's date, {start}", CORRECT_ONE)


def _free_names(kind: str, taken: Places) -> Iterator[str]:
    """Names for records of a kind that have none, out of the way of those that are given."""
    return (name for number in count(1) if (name := f"{kind} {number}") not in taken)


def _fallen(reading: Reading, drafts: Iterable[_Draft], known: set[str]) -> set[str]:
    """The ids of drafts that are about what is not `known`, or about what fell for that."""
    waiting = [(fields, row) for fields, row in drafts if row]
    fallen: set[str] = set()
    while bad := [(fields, row) for fields, row in waiting if fields["about"] not in known]:
        for fields, row in bad:
            reading.reject_for_unknown(row, "about", "record", fields["about"])
            fallen.add(fields["id"])
        known -= fallen
        reading.lost["record"].update(fallen)
        waiting = [(fields, row) for fields, row in waiting if fields["id"] not in fallen]
    return fallen
