"""Rows of one source, many at once, as columns of what their cells mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from careerspolicy.readers.raw import ReadRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from careerspolicy.readers.raw import RawRows, RowSource


@attrs.frozen
class Batch:
    """Some rows under the same headings, by their `numbers` among those as they were written.

    `columns` have the value of each row, None where it says nothing. Several may be of one row.
    """

    source: RowSource
    raws: RawRows
    numbers: Sequence[int]
    columns: dict[str, list[Any]] = attrs.field(factory=dict)

    @classmethod
    def of_rows(
        cls, source: RowSource, raws: RawRows, rows: Sequence[tuple[int, ReadRow]]
    ) -> Batch:
        """Rows that were read, with their numbers among those as they were written."""
        names = dict.fromkeys(name for _, row in rows for name in row.values)
        columns = {name: [row.values.get(name) for _, row in rows] for name in names}
        return cls(source, raws, [number for number, _ in rows], columns)

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[ReadRow]:
        """Each row by itself."""
        return map(self.row, range(len(self)))

    def row(self, at: int) -> ReadRow:
        """One of the rows, with what it says."""
        values = {
            name: own for name, column in self.columns.items() if (own := column[at]) is not None
        }
        return ReadRow(values, self.raws.raw(self.numbers[at]), self.source)

    @property
    def lines(self) -> Sequence[int]:
        """The line of each row of a sheet; of other rows none."""
        lines = self.raws.lines
        if len(lines) in (0, len(self)):
            return lines
        return [lines[number] for number in self.numbers]

    def cells(self, at: int) -> Sequence[Any]:
        """The cells of one of the rows as they were written."""
        return self.raws.rows[self.numbers[at]]

    def without(self, left_out: Collection[int]) -> Batch:
        """All rows but some."""
        if not left_out:
            return self
        kept = [at for at in range(len(self)) if at not in left_out]
        columns = {name: [column[at] for at in kept] for name, column in self.columns.items()}
        return Batch(self.source, self.raws, [self.numbers[at] for at in kept], columns)

    def fill(self, name: str, value: Any) -> None:
        """Put a value into a column wherever it says nothing."""
        column = self.columns.get(name)
        if column is None:
            self.columns[name] = [value] * len(self)
        elif None in column:
            self.columns[name] = [value if own is None else own for own in column]

    def put(self, name: str, at: int, value: Any) -> None:
        """Put a value into a column of one row."""
        self.columns.setdefault(name, [None] * len(self))[at] = value

    def lacking(self, names: Iterable[str]) -> Sequence[int]:
        """The rows that say nothing in some of these columns."""
        columns = [self.columns.get(name) for name in names]
        if None in columns:
            return range(len(self))
        if not any(None in column for column in columns if column):
            return ()
        return [
            at
            for at in range(len(self))
            if any(column and column[at] is None for column in columns)
        ]
