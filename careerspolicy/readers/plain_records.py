"""Records of pupils by rows that say nothing odd, a column at a time.

Whatever such a row comes to, it comes to on the way of all others (`records`) too; this one is
shorter, for there are very many of them.
"""

from __future__ import annotations

from itertools import repeat
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.model.facts import Record
from careerspolicy.readers.registers import ABSENT, YEAR_GROUPS
from careerspolicy.readers.tables import is_example

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from careerspolicy.readers.batches import Batch
    from careerspolicy.readers.doubts import Doubts
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
    batch: Batch, kind: Kind, reading: Reading, doubts: Doubts, seen: dict[str, str]
) -> Iterator[Record | None]:
    """The record of each row; None for a row that is for somebody to look at."""
    columns = {
        name: column
        for (_, name, _), column in zip(batch.layout.columns, batch.columns, strict=True)
    }
    if not _may_be_plain(batch, kind, reading, columns):
        yield from repeat(None, len(batch.rows))
        return
    ids, owners, days = (columns.pop(name) for name in _FILLED)
    none: Sequence[Any] = [None] * len(ids)
    untils, odd = columns.pop(_UNTIL, none), [*_odd(batch, reading, columns)]
    file, spans, defaults = batch.cells.source.file, doubts.spans, batch.cells.defaults
    names, shared, of_kind = (*columns,), batch.shared, kind.name
    said = zip(*columns.values(), strict=True) if columns else repeat(())
    rows = zip(batch.lines, ids, owners, days, untils, said, odd, strict=False)
    for line, own_id, pupil, start, until, values, is_odd in rows:
        span = spans.get(pupil)
        if (
            is_odd or own_id is None or own_id in seen or start is None or span is None
            or not span[0] <= start <= span[1] or (until is not None and until < start)
        ):  # fmt: skip
            yield None
            continue
        attributes = shared.get(values)
        if attributes is None:
            own = {n: v for n, v in zip(names, values, strict=True) if v is not None}
            attributes = shared[values] = MappingProxyType({**defaults, **own})
        seen[own_id] = place = f"{file}:{line}"
        record = _Filled(of_kind, "pupil", pupil, start, own_id, until, "", attributes, place)
        record.__class__ = Record  # from here on it is frozen
        yield record


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


def _odd(batch: Batch, reading: Reading, columns: dict[str, Sequence[Any]]) -> Iterator[bool]:
    """Of each row whether it is odd, by its cells alone; names get their one spelling."""
    blank = [columns.pop(name) for name in _BLANK if name in columns]
    odd = [*map(any, zip(*blank, strict=True))] if blank else [False] * len(batch.rows)
    odd = [
        one or not (str(cells[0]).isalnum() or not is_example(cells))
        for one, cells in zip(odd, batch.rows, strict=True)
    ]
    if _SCHOOL_DAY in columns:
        odd = [one or day is True for one, day in zip(odd, columns[_SCHOOL_DAY], strict=True)]
    for name in batch.cells.source.table.names:
        if name in columns:
            spelt, said = reading.spellings.spelt_so_far[name], columns[name]
            columns[name] = [spelt.get(one) for one in said]
            odd = [
                one or (is_now is None and was is not None)
                for one, was, is_now in zip(odd, said, columns[name], strict=True)
            ]
    return iter(odd)
