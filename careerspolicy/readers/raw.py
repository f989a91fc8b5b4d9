"""Rows as they were written, many at once or one by one, and where they come from."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from careerspolicy.readers.tables import folded
from careerspolicy.readers.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from careerspolicy.readers.mappings.mapping import SheetMapping
    from careerspolicy.readers.tables import FactsTable


class RawRow(NamedTuple):
    """A row as it was written: cells under names, from a line of a file.

    `places` has the line and column of each named cell; without it, the cells are counted.
    Line 0 is a row that no file holds: of a list it is known by the number of its `row`, from 0. A
    `heading` has no cells of its own.
    """

    names: tuple[str, ...]
    cells: Sequence[Any]
    line: int = 0
    places: Mapping[str, tuple[int, int]] | None = None
    column: int = 0
    heading: bool = False
    row: int | None = None


class RawRows(NamedTuple):
    """Rows under the same names, or their headings alone.

    Of those of a sheet only `lines` and cells are there, for there may be very many: the `raw` ones
    are made as they are asked for.
    """

    names: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    lines: Sequence[int] = ()
    raws: Sequence[RawRow] = ()
    heading: bool = False

    def raw(self, number: int) -> RawRow:
        """One of the rows."""
        if self.raws:
            return self.raws[number]
        return RawRow(self.names, self.rows[number], self.lines[number], heading=self.heading)


@attrs.frozen(kw_only=True)
class RowSource:
    """Where rows of a table come from; `path` is the way to them within the file.

    Without a `mapping` the headings are our own. The `tally` hears what becomes of the rows, and
    `counts` them unless another source of the same sheet does.
    """

    table: FactsTable
    file: str
    rows: Iterable[RawRow]
    path: tuple[str, ...] = ()
    mapping: SheetMapping | None = None
    tally: Tally = attrs.field(factory=lambda: Tally(file=""))
    counts: bool = True

    def batches(self) -> Iterable[RawRows]:
        """The rows, many at once."""
        if many := getattr(self.rows, "batches", None):
            batches: Iterable[RawRows] = many()
            return batches
        return _batched([*self.rows])


def _batched(raws: Sequence[RawRow]) -> Iterator[RawRows]:
    """Rows in memory, each under names of its own, as if under all of them."""
    names = {name: None for raw in raws for name in raw.names}
    if len({*map(folded, names)}) == len(names):
        cells = ({**names, **dict(zip(raw.names, raw.cells, strict=True))} for raw in raws)
        yield from (
            [RawRows((*names,), [[*row.values()] for row in cells], raws=raws)] if raws else ()
        )
        return
    for own, alike in groupby(raws, key=lambda raw: raw.names):
        same = [*alike]
        yield RawRows(own, [raw.cells for raw in same], raws=same)


class ReadRow(NamedTuple):
    """A row whose every cell could be read: its values by column, and where it comes from."""

    values: dict[str, Any]
    raw: RawRow
    source: RowSource

    @property
    def place(self) -> str:
        """Where it stands: its file, and its line or row if it has one."""
        return place_of(self.source, self.raw)


def place_of(source: RowSource, raw: RawRow) -> str:
    """Where a row stands: its file, and its line or row if it has one."""
    if raw.row is not None:
        return f"{source.file}: row {raw.row} of {source.path[-1]}"
    return f"{source.file}:{raw.line}" if raw.line else source.file
