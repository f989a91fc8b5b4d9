"""Rows of a kind of record become drafts of records, many at once and a column at a time.

Most rows say nothing odd, and columns show that quickly. The others are looked at one by one: what
is wrong leaves a row out, what is doubtful is told.
"""

from __future__ import annotations

from collections import Counter
from itertools import repeat
from operator import le
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.model.facts import Record
from careerspolicy.readers.cells import batches_of
from careerspolicy.readers.log import Fault
from careerspolicy.readers.raw import place_of
from careerspolicy.readers.reading import CORRECT_ONE
from careerspolicy.readers.registers import ABSENT, YEAR_GROUPS, of_pupils
from careerspolicy.readers.tables import OWNERS, folded
from careerspolicy.readers.values import quoted
from careerspolicy.suggestions import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from careerspolicy.readers.batches import Batch
    from careerspolicy.readers.doubts import Doubts
    from careerspolicy.readers.places import Places
    from careerspolicy.readers.raw import ReadRow
    from careerspolicy.readers.reading import Reading
    from careerspolicy.vocabulary import Kind

#: How many different sets of attributes are remembered.
_MOST_SHARED: Final = 1 << 16
#: What says that a day was one of school, which is then looked up.
_SCHOOL_DAY: Final = "school_day"


@attrs.define
class Drafts:
    """Records of a kind that still want ids, or another record that they are `about`, by column.

    An id that a row does not give is None. `rows` has those of records that are about another.
    """

    kind: str
    things: Sequence[Any]
    owners: Sequence[Any]
    starts: Sequence[Any]
    untils: Sequence[Any]
    ids: Sequence[Any]
    abouts: Sequence[Any]
    attributes: Sequence[Mapping[str, Any]]
    places: Sequence[str]
    rows: Mapping[int, ReadRow]

    def __len__(self) -> int:
        return len(self.owners)

    def records(self, names: Iterator[str]) -> Iterator[Record]:
        """The records; those without an id have one of these names, and are numbered."""
        ids, numbered = self.ids, [False] * len(self)
        if None in ids:
            numbered = [own_id is None for own_id in ids]
            ids = [next(names) if own_id is None else own_id for own_id in ids]
        return map(
            Record, repeat(self.kind), self.things, self.owners, self.starts, ids, self.untils,
            self.abouts, self.attributes, self.places, numbered,
        )  # fmt: skip

    def only(self, kept: Sequence[int]) -> Drafts:
        """Some of them, by their numbers."""
        columns = attrs.asdict(
            self, recurse=False, filter=lambda field, _: field.name not in ("kind", "rows")
        )
        own = {name: [column[at] for at in kept] for name, column in columns.items()}
        rows = {new: self.rows[at] for new, at in enumerate(kept) if at in self.rows}
        return Drafts(kind=self.kind, rows=rows, **own)


def drafts_of(reading: Reading, kind: str, seen: Places, doubts: Doubts) -> Iterator[Drafts]:
    """The records of a kind, many at once; ids that rows give are then `seen`."""
    known, attributes = reading.vocabulary.kinds[kind], _Attributes(reading, kind)
    for batch in batches_of(reading, kind):
        each = of_pupils(batch, known, reading, doubts)
        if each and (sound := Look.at(each, known, reading, doubts, seen).sound()):
            yield _drafts(sound, kind, attributes)


def _drafts(batch: Batch, kind: str, attributes: _Attributes) -> Drafts:
    columns, blank = batch.columns, [None] * len(batch)
    abouts = [about or "" for about in columns.get("about", ())] or [""] * len(batch)
    rows = {at: batch.row(at) for at, about in enumerate(abouts) if about} if any(abouts) else {}
    things, owners = _owners(batch)
    for name in (*OWNERS, YEAR_GROUPS, ABSENT, "about"):
        columns.pop(name, None)
    starts, untils, ids = (columns.pop(name, blank) for name in ("date", "until", "id"))
    return Drafts(
        kind, things, owners, starts, untils, ids, abouts,
        attributes.of(batch), _places(batch), rows,
    )  # fmt: skip


def _owners(batch: Batch) -> tuple[Sequence[str], Sequence[str]]:
    """Of each row whose it is: a pupil's, a school's or a trust's, and the id; "" without one."""
    given = {thing: batch.columns[thing] for thing in OWNERS if thing in batch.columns}
    for thing, own in given.items() if len(given) == 1 else ():
        if None not in own:
            return [thing] * len(own), own
    rows = zip(*given.values(), strict=True) if given else [()] * len(batch)
    named = [[*zip(given, row, strict=True)] for row in rows]
    whose = [[(thing, own) for thing, own in each if own is not None] for each in named]
    things, owners = zip(*(each[0] if len(each) == 1 else ("", "") for each in whose), strict=True)
    return things, owners


def _places(batch: Batch) -> Sequence[str]:
    source = batch.source
    if lines := batch.lines:
        return [f"{source.file}:{line}" for line in lines]
    return [place_of(source, batch.raws.raw(number)) for number in batch.numbers]


class _Attributes(dict[tuple[Any, ...], Any]):
    """What rows of a kind say of attributes, with what follows; rows that say the same share it."""

    def __init__(self, reading: Reading, kind: str) -> None:
        super().__init__()
        self._reading, self._kind = reading, kind
        self._names: tuple[str, ...] = ()
        self._contradictions: dict[tuple[Any, ...], Fault] = {}

    def __missing__(self, said: tuple[Any, ...]) -> Mapping[str, Any]:
        own = {
            name: value for name, value in zip(self._names, said, strict=True) if value is not None
        }
        if fault := self._reading.follow(own, self._kind):
            self._contradictions[said] = fault
        self[said] = MappingProxyType(own)
        return self[said]  # type: ignore[no-any-return]

    def of(self, batch: Batch) -> Sequence[Mapping[str, Any]]:
        """The attributes of each row, which are all columns left; contradictions are told."""
        if self._names != (names := (*batch.columns,)) or len(self) > _MOST_SHARED:
            self._names = names
            self.clear()
            self._contradictions.clear()
        said = [*zip(*batch.columns.values(), strict=True)] if names else [()] * len(batch)
        attributes = [*map(self.__getitem__, said)]
        if self._contradictions:
            for at, fault in enumerate(map(self._contradictions.get, said)):
                if fault:
                    self._reading.doubt_contradiction(batch.row(at), fault)
        return attributes


@attrs.frozen
class Look:
    """A look at rows of a kind; `tokens` tell rows without an id apart by all that they say."""

    batch: Batch
    kind: Kind
    reading: Reading
    doubts: Doubts
    seen: Places
    tokens: Sequence[int | None]

    @classmethod
    def at(cls, batch: Batch, kind: Kind, reading: Reading, doubts: Doubts, seen: Places) -> Look:
        """A look at these rows."""
        return cls(batch, kind, reading, doubts, seen, _tokens(batch, kind))

    def sound(self) -> Batch:
        """The rows without those that make no sense, which the log has then heard."""
        batch, odd, left_out = self.batch, self.odd(), set[int]()
        for at in sorted(odd):
            row = batch.row(at)
            if not self._stands(row, at):
                left_out.add(at)
                continue
            if "id" in row.values:
                self.seen.add_row(row.values["id"], row)
            for thing in OWNERS:  # which may be taken for another
                if thing in row.values:
                    batch.put(thing, at, row.values[thing])
        if ids := batch.columns.get("id"):
            self.seen.add(ids, batch, odd)
        if self.tokens:
            self.doubts.met.add(self.tokens, batch, odd)
        return batch.without(left_out)

    def odd(self) -> set[int]:
        """The rows of which there may be something to tell."""
        columns, everyone = self.batch.columns, range(len(self.batch))
        if self.kind.ends_stay:
            return {*everyone}
        starts, untils = columns["date"], columns.get("until", ())
        spans = self._spans()
        odd = set[int]()
        if None in spans or not _all_within(starts, spans):
            odd = {
                at
                for at in everyone
                if spans[at] is None or not spans[at][0] <= starts[at] <= spans[at][1]
            }
        odd |= {at for at, until in enumerate(untils) if until is not None and until < starts[at]}
        odd |= {at for at, yes in enumerate(columns.get(_SCHOOL_DAY, ())) if yes is True}
        return odd | _again(columns.get("id", ()), self.seen) | _again(self.tokens, self.doubts.met)

    def _spans(self) -> Sequence[Any]:
        """The days on which a record of each row's owner is in no doubt; None without an owner."""
        things, owners = _owners(self.batch)
        if {*things} == {things[0]}:
            return [*map(self.doubts.spans[things[0]].get, owners)]
        spans = self.doubts.spans
        return [spans[thing].get(owner) for thing, owner in zip(things, owners, strict=True)]

    def _stands(self, row: ReadRow, at: int) -> bool:
        """Whether a row makes sense; what doesn't, and what is doubtful, is told."""
        values, reading = row.values, self.reading
        owners = [thing for thing in OWNERS if thing in values]
        if len(owners) != 1:
            named = " and ".join(f"a {thing}" for thing in owners) or "no pupil, school or trust"
            hint = "keep the one it belongs to" if owners else _whose(row)
            fault = Fault("".join(owners[1:2]), f"this record names {named}", hint)
            reading.reject(row, fault)
            return False
        if not reading.owner_is_known(row, owners[0]):
            return False
        if faults := [*_faults(row, self.seen)]:
            reading.reject(row, *faults)
            return False
        for fault in self.doubts.of(row, self.kind, self.tokens[at] if self.tokens else None):
            reading.log.doubt(row.source, row.raw, fault)
        return True


def _tokens(batch: Batch, kind: Kind) -> Sequence[int | None]:
    """Of rows without an id, a hash of what their cells say, and of whom and when."""
    blank = [None] * len(batch)
    ids, pupils = (batch.columns.get(name, blank) for name in ("id", "pupil"))
    if None not in ids:
        return ()
    # Of one row, several columns may make records of several days.
    fixed = batch.source.mapping.fixed.values() if batch.source.mapping else ()
    shared = hash((kind.name, batch.raws.names, *fixed))
    days = batch.columns["date"]
    return [
        hash((shared, pupil, day, repr(batch.cells(at)))) if own_id is None else None
        for at, (own_id, pupil, day) in enumerate(zip(ids, pupils, days, strict=True))
    ]


def _again(things: Sequence[Any], met: Places) -> set[int]:
    """The places of those things that were met before, or are here twice."""
    given = [one for one in things if one is not None]
    if met.are_new(given) and len({*given}) == len(given):
        return set()
    times = Counter(given)
    return {
        at for at, one in enumerate(things) if one is not None and (times[one] > 1 or one in met)
    }


def _all_within(days: Sequence[date], spans: Sequence[tuple[date, date]]) -> bool:
    first, last = zip(*spans, strict=True)
    return all(map(le, first, days)) and all(map(le, days, last))


def _whose(row: ReadRow) -> str:
    """How a record that belongs to nobody is mended: by a column's name, or by a value."""
    if row.source.mapping and any(column.personal for column in row.source.mapping.columns):
        return "no list of pupils has one who is told by this row, or has several"
    known = {folded(column.name) for column in row.source.table.columns}
    unknown = [name for name in row.raw.names if folded(name) not in known]
    near = next(filter(None, (nearest(owner, unknown) for owner in OWNERS)), "")
    return f'rename "{near}" if that is it' if near else "name the one it belongs to"


def _faults(row: ReadRow, seen: Places) -> Iterator[Fault]:
    own_id, start, until = (row.values.get(name) for name in ("id", "date", "until"))
    if own_id is not None and own_id in seen:
        message = f"the id {quoted(own_id)} is here twice, first at {seen.of(own_id)}"
        yield Fault("id", message, "give each record an id of its own, or none", "same-id")
    if until is not None and until < start:
        yield Fault("until", f"{until} is before the record's date, {start}", CORRECT_ONE)
