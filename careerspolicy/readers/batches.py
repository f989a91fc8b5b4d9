"""The rows of one source, read a batch at a time: each column at once, then row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.readers.log import Fault
from careerspolicy.readers.mapped import Layout, fixed_values, layout_of
from careerspolicy.readers.raw import ReadRow
from careerspolicy.readers.tables import folded, is_example
from careerspolicy.readers.values import BadValueError, UselessError
from careerspolicy.sheets import Unreadable
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from careerspolicy.readers.raw import RawRow, RawRows, RowSource
    from careerspolicy.readers.reading import Reading

#: How many different sets of attributes are remembered.
_MOST_SHARED: Final = 1 << 16


def rows_of(reading: Reading, name: str) -> Iterator[ReadRow]:
    """The readable rows of a table or kind; those that cannot be read are left out."""
    for batch in batches_of(reading, name):
        for number in range(len(batch.rows)):
            if (row := batch.row(number)) is not None:
                yield row


def batches_of(reading: Reading, name: str) -> Iterator[Batch]:
    """The rows of a table or kind, many at once, with their cells read."""
    for source in reading.sources.get(name, ()):
        stops, thing = len(reading.log.stops), source.table.row_name
        try:
            yield from Cells(source, reading).batches()
        except Unreadable as error:  # the rest of the file cannot be read
            reading.log.stops.extend(error.problems)
        if len(reading.log.stops) > stops:
            reading.partial.update(("school", "trust") if thing == "school" else (thing,))


@attrs.frozen
class Batch:
    """Rows under the same headings; of each column of their layout, what its cells mean.

    Those of a sheet have `lines`. Rows that say the same of attributes have them `shared`.
    """

    cells: Cells
    layout: Layout
    raws: RawRows
    columns: Sequence[Sequence[Any]]
    shared: dict[tuple[Any, ...], Mapping[str, Any]]

    @property
    def rows(self) -> Sequence[Sequence[Any]]:
        """The cells of each row."""
        return self.raws.rows

    @property
    def lines(self) -> Sequence[int]:
        """The line of each row of a sheet; of other rows none."""
        return self.raws.lines

    @property
    def spoilt(self) -> bool:
        """Whether some row may be at fault, or of no use, by its cells alone."""
        wide = {*map(len, self.rows)} != {len(self.raws.names)}
        spoilt = any(reader.spoilt for _, _, reader in self.layout.columns)
        return bool(wide or spoilt or self.layout.faults)

    def row(self, number: int) -> ReadRow | None:
        """One of the rows; None where it is left out, of which the log or the tally has heard."""
        raw, meanings = self.raws.raw(number), [column[number] for column in self.columns]
        return self.cells.row(raw, self.layout, meanings)


class Cells:
    """The cells of one source's rows; rows that cannot be read go to the log."""

    def __init__(self, source: RowSource, reading: Reading) -> None:
        self.source, self._reading = source, reading
        self._columns = {column.name: column for column in source.table.columns}
        self._layouts: dict[tuple[str, ...], Layout] = {}
        self._unknown: set[str] = set()
        self.needed = {column.name for column in source.table.columns if column.required}
        self.defaults = {c.name: c.usual for c in source.table.columns if c.default is not None}
        self.defaults |= fixed_values(source, self._columns, reading.vocabulary)

    def batches(self) -> Iterator[Batch]:
        """Every row, with what its cells mean."""
        source, shared = self.source, dict[tuple[Any, ...], Any]()
        for raws in source.batches():
            layout = self._layouts.get(raws.names)
            if layout is None:
                layout = self._layouts[raws.names] = self._layout(raws.raw(0))
            if raws.heading:
                source.tally.heading(raws.raw(0).line, counts=source.counts)
                continue
            source.tally.rows += source.counts * len(raws.rows)
            cells = [*zip(*raws.rows, strict=False)]
            columns = [reader.of(cells[index]) for index, _, reader in layout.columns]
            if len(shared) > _MOST_SHARED:
                shared.clear()
            yield Batch(self, layout, raws, columns, shared)

    def row(self, raw: RawRow, layout: Layout, meanings: Iterable[Any]) -> ReadRow | None:
        """A row with these meanings of its columns' cells; None where it is left out."""
        source, reading = self.source, self._reading
        example = not source.mapping and is_example(raw.cells)
        if why := "an example" if example else source.mapping and layout.useless(raw):
            source.tally.not_used[why] += source.counts
            if source.table.row_name == "school":
                urns = (
                    urn
                    for (_, name, _), urn in zip(layout.columns, meanings, strict=True)
                    if name == "urn"
                )
                reading.left_out.update(dict.fromkeys(urns, why))
            return None
        values: dict[str, Any] = self.defaults.copy()
        faults = [*layout.faults, *_too_wide(raw)]
        for (index, name, _), meaning in zip(layout.columns, meanings, strict=True):
            if isinstance(meaning, UselessError):
                source.tally.not_used[meaning.reason] += source.counts
                return None
            if isinstance(meaning, BadValueError):
                faults.append(_fault(raw.names[index], meaning))
            elif meaning is not None:
                values[name] = meaning
        if layout.marks or layout.names:
            values |= reading.identified(layout, raw, source, values)
        reading.people.keyed(source.table.row_name, values, reading.only_school)
        faults += self._supply(values, faults)
        row = ReadRow(values, raw, source)
        if faults:
            reading.reject(row, *faults)
            return None
        reading.spell(row)
        return row

    def _supply(self, values: dict[str, Any], faults: Sequence[Fault]) -> Sequence[Fault]:
        """Add what the row needs and does not say; give what is then still missing."""
        if self.source.mapping:
            self._reading.supply(self.source, values, self.needed)
        return () if values.keys() >= self.needed else [*self._missing(self.needed, values, faults)]

    def _missing(
        self, needed: Iterable[str], values: Mapping[str, Any], faults: Iterable[Fault]
    ) -> Iterator[Fault]:
        hint = f"every {self.source.table.row_name} needs one"
        bad = {folded(fault.column) for fault in faults}
        headings = self.source.mapping.headings_to if self.source.mapping else {}
        for name in self._columns:
            if (
                name in needed
                and name not in values
                and bad.isdisjoint({folded(name), *headings.get(name, ())})
            ):
                yield Fault(name, "is missing", hint, "missing-value")

    def _layout(self, raw: RawRow) -> Layout:
        def unknown(name: str) -> None:
            self._doubt_unknown(name, raw)

        reading = self._reading
        return layout_of(raw, self.source, reading.vocabulary, unknown, reading.log)

    def _doubt_unknown(self, name: str, raw: RawRow) -> None:
        if name in self._unknown:
            return
        self._unknown.add(name)
        self.source.tally.leave(name, "it is not a column known here")
        if self.source.mapping is not None:
            return  # of an export's many columns the account says it
        hint = did_you_mean(name, self._columns)
        fault = Fault(name, "is not a column known here; it was not read", hint, "not-read")
        self._reading.log.doubt(self.source, raw, fault, unread=True)


def _fault(heading: str, error: BadValueError) -> Fault:
    if error.hidden:
        return Fault(heading, error.message, error.hint, "hidden-value")
    return Fault(heading, error.message, error.hint, "bad-value")


def _too_wide(raw: RawRow) -> Iterator[Fault]:
    if len(raw.cells) > len(raw.names):
        message = f"this row has {len(raw.cells)} cells under {len(raw.names)} headings"
        yield Fault("", message, "put double quotes round a cell that has a comma in it")
