"""The cells of one source become values, a column at a time; rows with faults go to the log."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from careerspolicy.readers.batches import Batch
from careerspolicy.readers.log import Fault
from careerspolicy.readers.mapped import UNDATED, Layout, fixed_values, layout_of
from careerspolicy.readers.tables import EXAMPLE, folded, is_example
from careerspolicy.readers.values import BadValueError, UselessError
from careerspolicy.sheets import Unreadable
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from careerspolicy.readers.raw import RawRow, RawRows, ReadRow, RowSource
    from careerspolicy.readers.reading import Reading


def rows_of(reading: Reading, name: str) -> Iterator[ReadRow]:
    """The readable rows of a table or kind; those that cannot be read are left out."""
    for batch in batches_of(reading, name):
        yield from batch


def batches_of(reading: Reading, name: str) -> Iterator[Batch]:
    """The readable rows of a table or kind, many at once."""
    for source in reading.sources.get(name, ()):
        stops, thing = len(reading.log.stops), source.table.row_name
        try:
            yield from _Cells(source, reading).batches()
        except Unreadable as error:  # the rest of the file cannot be read
            reading.log.stops.extend(error.problems)
        if len(reading.log.stops) > stops:
            reading.partial.update(("school", "trust") if thing == "school" else (thing,))


class _Cells:
    """The cells of one source's rows."""

    def __init__(self, source: RowSource, reading: Reading) -> None:
        self.source, self._reading = source, reading
        self._columns = {column.name: column for column in source.table.columns}
        self._layouts: dict[tuple[str, ...], Layout] = {}
        self._unknown: set[str] = set()
        self._needed = {column.name for column in source.table.columns if column.required}
        self._usual = {c.name: c.usual for c in source.table.columns if c.default is not None}
        self._usual |= fixed_values(source, self._columns, reading.vocabulary)

    def batches(self) -> Iterator[Batch]:
        """The rows of use, with what their cells mean."""
        source = self.source
        for raws in source.batches():
            layout = self._layouts.get(raws.names)
            if layout is None:
                layout = self._layouts[raws.names] = self._layout(raws)
            if raws.heading:
                source.tally.heading(raws.raw(0).line, counts=source.counts)
                continue
            source.tally.rows += source.counts * len(raws.rows)
            batch = self._readable(raws, layout)
            self._reading.spellings.spell(batch)
            yield batch

    def _readable(self, raws: RawRows, layout: Layout) -> Batch:
        """The rows that are of use and without a fault."""
        cells = [*zip(*raws.rows, strict=False)]
        columns, errors = _meanings(raws.names, cells, layout)
        useless = {number: why for number, _, why in errors if isinstance(why, str)}
        useless |= self._useless(raws, cells, layout)
        for number, why in useless.items():
            self.source.tally.not_used[why] += self.source.counts
            if self.source.table.row_name == "school" and "urn" in columns:
                self._reading.left_out[columns["urn"][number]] = why
        batch = Batch(self.source, raws, range(len(raws.rows)), columns).without(useless)
        faults = defaultdict[int, list[Fault]](list, self._of_rows(raws, layout))
        for number, heading, error in errors:
            if isinstance(error, BadValueError):
                faults[number].append(_fault(heading, error))
        self._complete(batch, layout)
        for at in batch.lacking(self._needed):
            row, own = batch.row(at), faults[batch.numbers[at]]
            own += self._missing(row, own)
        spoilt = (
            [at for at, number in enumerate(batch.numbers) if faults.get(number)] if faults else ()
        )
        for at in spoilt:
            self._reading.reject(batch.row(at), *faults[batch.numbers[at]])
        return batch.without({*spoilt})

    def _useless(
        self, raws: RawRows, cells: Sequence[Sequence[Any]], layout: Layout
    ) -> dict[int, str]:
        """Why rows are of no use, by their numbers."""
        if self.source.mapping:
            reasons = map(layout.useless, raws.rows)
            useless = {number: why for number, why in enumerate(reasons) if why}
            for number in (number for number, why in useless.items() if why == UNDATED):
                fault = Fault("", UNDATED, "write the day, if it happened", "not-read")
                self._reading.log.doubt(self.source, raws.raw(number), fault, unread=True)
            return useless
        first = [*map(str, cells[0])] if cells else []
        whole = all(first) and "None" not in first
        if whole and EXAMPLE.strip().casefold() not in "".join(first).casefold():
            return {}
        return {number: "an example" for number, row in enumerate(raws.rows) if is_example(row)}

    @staticmethod
    def _of_rows(raws: RawRows, layout: Layout) -> dict[int, list[Fault]]:
        """What is wrong with whole rows, by their numbers."""
        width = len(raws.names)
        wide = {*map(len, raws.rows)} != {width}
        if not wide and not layout.faults:
            return {}
        return {
            number: [*layout.faults, *_too_wide(len(cells), width)]
            for number, cells in enumerate(raws.rows)
            if layout.faults or len(cells) > width
        }

    def _complete(self, batch: Batch, layout: Layout) -> None:
        """Add what rows do not say themselves: what is usual, whose they are, what is supplied."""
        reading = self._reading
        for name, value in self._usual.items():
            batch.fill(name, value)
        reading.place(batch)
        if layout.marks or layout.names:
            reading.identify(batch, layout)
        reading.key(batch)
        if self.source.mapping:
            reading.supply(batch, self._needed)

    def _missing(self, row: ReadRow, faults: Sequence[Fault]) -> Iterable[Fault]:
        hint = f"every {self.source.table.row_name} needs one"
        bad = {folded(fault.column) for fault in faults}
        headings = self.source.mapping.headings_to if self.source.mapping else {}
        return [
            Fault(name, "is missing", hint, "missing-value")
            for name in self._columns
            if name in self._needed
            and name not in row.values
            and bad.isdisjoint({folded(name), *headings.get(name, ())})
        ]

    def _layout(self, raws: RawRows) -> Layout:
        def unknown(name: str) -> None:
            rows = (raw for raw in raws.raws if name in raw.names)
            self._doubt_unknown(name, next(rows, raws.raw(0)))

        reading = self._reading
        return layout_of(
            raws.raw(0)._replace(names=raws.names),
            self.source,
            reading.vocabulary,
            unknown,
            reading.log,
        )

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


#: Of a cell that means nothing of use: its row's number, its heading, and the error, or the reason
#: for which its row is of no use.
_Odd = tuple[int, str, BadValueError | str]


def _meanings(
    headings: Sequence[str], cells: Sequence[Sequence[Any]], layout: Layout
) -> tuple[dict[str, list[Any]], list[_Odd]]:
    """By column what cells mean, the last of several first; and those that mean nothing of use."""
    columns, odd = dict[str, list[Any]](), list[_Odd]()
    for index, name, reader in layout.columns:
        column = reader.of(cells[index])
        if reader.spoilt:
            for number, meaning in enumerate(column):
                if isinstance(meaning, (BadValueError, UselessError)):
                    why = meaning.reason if isinstance(meaning, UselessError) else meaning
                    odd.append((number, headings[index], why))
                    column[number] = None
        before = columns.get(name)
        if before is not None:
            column = [old if new is None else new for old, new in zip(before, column, strict=True)]
        columns[name] = column
    return columns, odd


def _fault(heading: str, error: BadValueError) -> Fault:
    if error.hidden:
        return Fault(heading, error.message, error.hint, "hidden-value")
    return Fault(heading, error.message, error.hint, "bad-value")


def _too_wide(cells: int, width: int) -> Iterator[Fault]:
    if cells > width:
        message = f"this row has {cells} cells under {width} headings"
        yield Fault("", message, "put double quotes round a cell that has a comma in it")
