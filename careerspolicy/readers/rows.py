"""Rows of any table, from any format, become values or problems here.

The one row core: CSV rows and YAML rows differ only in how their places are told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from careerspolicy.readers.log import Fault, Log, RawRow, Source
from careerspolicy.readers.tables import folded
from careerspolicy.readers.values import BadValueError, converter
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.readers.tables import Column
    from careerspolicy.readers.values import Convert
    from careerspolicy.vocabulary import Vocabulary


class Row(NamedTuple):
    """A row whose every cell could be read: its values by column, and how it was written."""

    values: dict[str, Any]
    raw: RawRow


@attrs.frozen
class _Layout:
    """How rows with certain names are read: the place, column and converter of each known one."""

    columns: tuple[tuple[int, str, Convert], ...]
    faults: tuple[Fault, ...]


@attrs.define
class RowReader:
    """Reads the rows of one source; the ones that cannot be read go to the log.

    `lost` hears of each row that was rejected, so that what depends on it can say so.
    """

    source: Source
    log: Log
    vocabulary: Vocabulary
    _known: dict[str, tuple[Column, Convert]] = attrs.field(init=False)
    _layouts: dict[tuple[str, ...], _Layout] = attrs.field(init=False, factory=dict)
    _unknown: set[str] = attrs.field(init=False, factory=set)

    def __attrs_post_init__(self) -> None:
        self._known = {
            folded(column.name): (column, converter(column, self.vocabulary))
            for column in self.source.table.columns
        }

    def rows(self, lost: list[RawRow]) -> Iterator[Row]:
        """Every row that can be read; those that cannot are added to `lost`."""
        columns = self.source.table.columns
        defaults = {c.name: _default(c) for c in columns if c.default is not None}
        needed = tuple(column.name for column in columns if column.required)
        for raw in self.source.rows:
            layout = self._layouts.get(raw.names)
            if layout is None:
                layout = self._layout(raw)
                # Headings come before any row under them, so they need no look at every row.
                if raw.heading:
                    continue
            values = defaults.copy()
            try:
                for index, name, convert in layout.columns:
                    value = convert(raw.cells[index])
                    if value is not None:
                        values[name] = value
            except BadValueError:
                self._reject(raw, layout, lost)
                continue
            if (
                layout.faults
                or len(raw.cells) != len(raw.names)
                or not all(name in values for name in needed)
            ):
                self._reject(raw, layout, lost)
                continue
            yield Row(values, raw)

    def _layout(self, raw: RawRow) -> _Layout:
        columns: list[tuple[int, str, Convert]] = []
        taken: dict[str, str] = {}
        faults = []
        for index, name in enumerate(raw.names):
            known = self._known.get(folded(name))
            if known is None:
                self._say_unknown(name, raw)
            elif known[0].name in taken:
                first = taken[known[0].name]
                hint = "keep one of the two"
                faults.append(Fault(name, f'is the same as "{first}", which it also has', hint))
            else:
                taken[known[0].name] = name
                columns.append((index, known[0].name, known[1]))
        layout = _Layout(tuple(columns), tuple(faults))
        self._layouts[raw.names] = layout
        return layout

    def _say_unknown(self, name: str, raw: RawRow) -> None:
        if name in self._unknown or not name:
            return
        self._unknown.add(name)
        hint = did_you_mean(name, (column.name for column in self.source.table.columns))
        fault = Fault(name, "is not a column known here; it was not read", hint)
        self.log.doubt(self.source, raw, fault, unread=True)

    def _reject(self, raw: RawRow, layout: _Layout, lost: list[RawRow]) -> None:
        lost.append(raw)
        self.log.reject(self.source, raw, *self._faults(raw, layout))

    def _faults(self, raw: RawRow, layout: _Layout) -> Iterator[Fault]:
        """Everything that is wrong with a row on its own."""
        yield from layout.faults
        if len(raw.cells) > len(raw.names):
            message = f"has {len(raw.cells)} cells under {len(raw.names)} headings"
            hint = "put double quotes round a cell that has a comma in it"
            yield Fault("", f"this row {message}", hint)
        read = set()
        for index, name, convert in layout.columns:
            try:
                if convert(raw.cells[index]) is not None:
                    read.add(name)
            except BadValueError as error:
                read.add(name)
                yield Fault(name, error.message, error.hint)
        for column in self.source.table.columns:
            if column.required and column.name not in read:
                hint = f"every {self.source.table.one} needs one"
                yield Fault(column.name, "is missing", hint)


def _default(column: Column) -> Any:
    if isinstance(column.default, (list, tuple)):
        return frozenset(column.default)
    return column.default
