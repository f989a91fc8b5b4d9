"""Records of pupils by rows that say nothing odd, a column at a time.

Whatever such a row comes to, it comes to on the way of all others (`records`) too; this one is
shorter, for there are very many of them.
"""

from __future__ import annotations

from itertools import compress, repeat
from operator import le
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.model.facts import Record
from careerspolicy.readers.registers import ABSENT, YEAR_GROUPS
from careerspolicy.readers.tables import is_example

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from careerspolicy.readers.batches import Batch
    from careerspolicy.readers.doubts import Doubts
    from careerspolicy.readers.places import Places
    from careerspolicy.readers.reading import Reading
    from careerspolicy.vocabulary import Kind

#: Columns that every plain row fills, one that it may fill, and those that it may not.
_FILLED: Final = ("id", "pupil", "date")
_UNTIL: Final = "until"
_BLANK: Final = ("school", "trust", "about", YEAR_GROUPS, ABSENT)
#: What says that a day was one of school, which is then looked up.
_SCHOOL_DAY: Final = "school_day"


#: A record that can be filled: a frozen one costs three times as much to make.
_Filled: Final = attrs.make_class(
    "_Filled",
    {one.name: attrs.field(default=one.default) for one in attrs.fields(Record)},
    slots=True,
    weakref_slot=False,
    eq=False,
)


def plain_records(
    batch: Batch, kind: Kind, reading: Reading, doubts: Doubts, seen: Places
) -> list[Record | None]:
    """The record of each row; None for a row that is for somebody to look at."""
    columns = {
        name: column
        for (_, name, _), column in zip(batch.layout.columns, batch.columns, strict=True)
    }
    none: list[Any] = [None] * len(batch.rows)
    if not _may_be_plain(batch, kind, reading, columns):
        return none
    ids, owners, days = (columns.pop(name) for name in _FILLED)
    untils, odd = columns.pop(_UNTIL, none), _odd(batch, reading, columns)
    spans = [*map(doubts.spans.get, owners)]
    plain = [True] * len(ids)
    if untils is not none or any(odd) or not _all_plain(ids, days, spans, seen):
        plain = [
            not is_odd and own_id is not None and own_id not in seen and day is not None
            and span is not None and span[0] <= day <= span[1] and (until is None or day <= until)
            for is_odd, own_id, day, span, until in zip(odd, ids, days, spans, untils, strict=True)
        ]  # fmt: skip
    if len({*ids}) < len(ids):
        return none
    said = [*zip(*columns.values(), strict=True)] if columns else [()] * len(ids)
    of_rows: tuple[Sequence[Any], ...] = (owners, days, ids, untils, said, batch.lines)
    if not all(plain):
        of_rows = tuple([*compress(column, plain)] for column in of_rows)
    records = _made(kind, batch, (*columns,), of_rows, seen)
    if len(records) == len(plain):
        return [*records]
    following = iter(records)
    return [next(following) if is_plain else None for is_plain in plain]


def _all_plain(
    ids: Sequence[Any],
    days: Sequence[Any],
    spans: Sequence[tuple[date, date] | None],
    seen: Places,
) -> bool:
    """Whether all rows have new ids, and days on which nothing is to be doubted."""
    if None in ids or None in days or None in spans or not seen.are_new(ids):
        return False
    first, last = zip(*filter(None, spans), strict=True)
    return all(map(le, first, days)) and all(map(le, days, last))


def _made(
    kind: Kind,
    batch: Batch,
    names: Sequence[str],
    of_rows: Sequence[Sequence[Any]],
    seen: Places,
) -> list[Record]:
    """The records of rows, by what their columns mean."""
    owners, days, ids, untils, said, lines = of_rows
    shared, defaults, file = batch.shared, batch.cells.defaults, batch.cells.source.file
    for values in {*said}.difference(shared):
        own = {n: v for n, v in zip(names, values, strict=True) if v is not None}
        shared[values] = MappingProxyType({**defaults, **own})
    places = [f"{file}:{line}" for line in lines]
    seen.add_lines(ids, file, lines)
    attributes = map(shared.__getitem__, said)
    made = map(
        _Filled, repeat(kind.name), repeat("pupil"), owners, days, ids, untils, repeat(""),
        attributes, places,
    )  # fmt: skip
    records: list[Any] = [*made]
    for record in records:
        record.__class__ = Record  # from here on it is frozen
    return records


def _may_be_plain(
    batch: Batch, kind: Kind, reading: Reading, columns: Mapping[str, Sequence[Any]]
) -> bool:
    """Whether the rows of a batch may be plain: its columns are, and no cell is at fault."""
    source, names = batch.cells.source, batch.layout
    repeats = len(columns) < len(batch.columns)
    told_apart = names.marks or names.names or names.left_out or source.mapping
    return not (
        repeats
        or told_apart
        or kind.of != "pupil"
        or kind.ends_stay
        or reading.implying[kind.name]
        or not columns.keys() >= {*_FILLED, *batch.cells.needed}
        or not {*_FILLED} >= batch.cells.needed
        or not batch.lines
        or batch.spoilt
    )


def _odd(batch: Batch, reading: Reading, columns: dict[str, Sequence[Any]]) -> Sequence[bool]:
    """Of each row whether it is odd, by its cells alone; names get their one spelling."""
    rows = batch.rows
    blank = [columns.pop(name) for name in _BLANK if name in columns]
    odd = [*map(any, zip(*blank, strict=True))] if blank else [False] * len(rows)
    if not "".join(str(cells[0]) for cells in rows).isalnum():  # as an example's is not
        odd = [one or is_example(cells) for one, cells in zip(odd, rows, strict=True)]
    if True in columns.get(_SCHOOL_DAY, ()):
        odd = [one or day is True for one, day in zip(odd, columns[_SCHOOL_DAY], strict=True)]
    for name in batch.cells.source.table.names:
        if name in columns:
            spelt, said = reading.spellings.spelt_so_far[name], columns[name]
            columns[name] = [*map(spelt.get, said)]
            if new := {*said}.difference(spelt, [None]):
                odd = [one or name in new for one, name in zip(odd, said, strict=True)]
    return odd
