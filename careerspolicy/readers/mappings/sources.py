"""The rows of a sheet that a mapping knows, as sources: one for each kind of row that it makes."""

from __future__ import annotations

from itertools import dropwhile, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from careerspolicy.readers.mappings.mapping import ColumnMapping
from careerspolicy.readers.mappings.recognition import text_of
from careerspolicy.readers.raw import RawRows, RowSource
from careerspolicy.readers.tables import described, fixed_table, folded, record_table
from careerspolicy.readers.ticks import ABSENT, NOT_TICKED, TICKED
from careerspolicy.sheets import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from careerspolicy.readers.mappings.mapping import SheetMapping
    from careerspolicy.readers.raw import RawRow
    from careerspolicy.readers.tally import Tally
    from careerspolicy.sheets import Line, Sheet
    from careerspolicy.vocabulary import Vocabulary

#: Which rows, by their cells, are meant.
_Takes: TypeAlias = "Callable[[Sequence[Any]], bool]"
#: How many rows are read at once.
_AT_ONCE: Final = 500


def headings_of(line: Line) -> tuple[str, ...]:
    """The headings of a line; spreadsheets add blank ones at its end."""
    return tuple(map(text_of, line.cells[: _filled(line.cells)]))


@attrs.frozen
class SheetRows:
    """The rows under a sheet's headings, which come first; blank ones are left out.

    They can be gone through again: the file is then read again. The headings again are headings
    again. `takes` says which rows are meant.
    """

    sheet: Sheet
    line: Line
    names: tuple[str, ...]
    takes: _Takes | None = None

    def __iter__(self) -> Iterator[RawRow]:
        """Each row as it is asked for."""
        for batch in self.batches():
            yield from map(batch.raw, range(len(batch.rows)))

    def batches(self) -> Iterator[RawRows]:
        """The rows, so many at once; headings come alone."""
        yield self._heading(self.line.number)
        above = self.line.number
        below = dropwhile(lambda line: line[0] <= above, self.sheet.lines())
        stopped = None
        while stopped is None:
            lines: list[Line] = []
            try:
                lines.extend(islice(below, _AT_ONCE))  # and keeps those before one unreadable
            except Unreadable as error:
                stopped = error
            if not lines and stopped is None:
                return
            if lines:
                numbers, rows = zip(*lines, strict=True)
                whole = self._are_plain(rows)
                yield from [RawRows(self.names, rows, numbers)] if whole else self._parted(lines)
        raise stopped

    def _are_plain(self, rows: Sequence[Sequence[Any]]) -> bool:
        """Whether rows are taken as they are: none is blank, of another width, or headings."""
        if self.takes or {*map(len, rows)} != {len(self.names)} or [*self.line.cells] in rows:
            return False
        try:
            return all(map(str.strip, map(itemgetter(0), rows)))
        except TypeError:  # not all are text
            return False

    def _parted(self, lines: Iterable[Line]) -> Iterator[RawRows]:
        """Rows one by one: those that have something in them, as wide as their headings."""
        headings, takes = [*self.line.cells], self.takes
        numbers: list[int] = []
        rows: list[Sequence[Any]] = []
        for number, cells in lines:
            whole = self._whole(cells)
            if not any(map(text_of, whole)):
                continue
            if cells == headings:
                if rows:
                    yield RawRows(self.names, rows, numbers)
                yield self._heading(number)
                numbers, rows = [], []
            elif takes is None or takes(whole):
                numbers.append(number)
                rows.append(whole)
        if rows:
            yield RawRows(self.names, rows, numbers)

    def _whole(self, cells: Sequence[Any]) -> Sequence[Any]:
        """A row's cells: blanks left off at the end are put back, and blanks too many taken off."""
        more = len(cells) - len(self.names)
        if not more:
            return cells
        wide = max(len(self.names), _filled(cells) if more > 0 else 0)
        return [*cells, *[""] * -more][:wide]

    def _heading(self, line: int) -> RawRows:
        return RawRows(self.names, [()], [line], heading=True)


def sources_of(
    sheet: Sheet, line: Line, mapping: SheetMapping, tally: Tally, vocabulary: Vocabulary
) -> Iterator[RowSource]:
    """The sources of a sheet: its own rows, those of each kind, and records made of its columns.

    Each row is counted once, however many records it makes.
    """
    names = headings_of(line)
    own = attrs.evolve(mapping, columns=tuple(each for each in mapping.columns if not each.record))
    path = (sheet.name,) if sheet.name else ()
    headings = [folded(name) for name in names]
    for kind, under, takes, counts in _parts(mapping, own, headings, vocabulary):
        table = (fixed_table if kind in described().tables else record_table)(kind, vocabulary)
        if kind not in tally.holds:
            tally.holds.append(kind)
        yield RowSource(
            table=table,
            file=sheet.file,
            rows=SheetRows(sheet, line, names, takes),
            path=path,
            mapping=under, tally=tally, counts=counts,
        )  # fmt: skip


def _parts(
    mapping: SheetMapping, own: SheetMapping, headings: Sequence[str], vocabulary: Vocabulary
) -> Iterator[tuple[str, SheetMapping, _Takes | None, bool]]:
    """Each kind of row that a sheet makes: how cells are read, which rows, whether they count."""
    if mapping.holds:
        yield mapping.holds, own, None, True
    if mapping.kind_in:
        index = headings.index(folded(mapping.kind_in))
        for kind in dict.fromkeys(mapping.kinds.values()):
            values = {value for value, each in mapping.kinds.items() if each == kind}
            yield kind, _for_kind(own, kind, vocabulary), _with_value(index, values), True
        unknown = ColumnMapping(heading=mapping.kind_in, leaves_out=_NoKind(mapping.kind_in))
        none = attrs.evolve(mapping, columns=(unknown,))
        yield kind, none, _without_value(index, {*mapping.kinds}), True
    yield from _of_columns(mapping, headings, counts=not (mapping.holds or mapping.kind_in))


def _for_kind(own: SheetMapping, kind: str, vocabulary: Vocabulary) -> SheetMapping:
    """The mapping of the rows of a kind, each column to the first of its own that the kind has."""
    has = {column.name for column in record_table(kind, vocabulary).columns}
    columns = (
        attrs.evolve(each, to=next((to for to in (each.to, *each.or_to) if to in has), each.to))
        for each in own.columns
    )
    return attrs.evolve(own, columns=tuple(columns))


def _of_columns(
    mapping: SheetMapping, headings: Sequence[str], *, counts: bool
) -> Iterator[tuple[str, SheetMapping, _Takes | None, bool]]:
    """The records that columns make, where a sheet has a column for each event.

    A row is counted with the first record that it makes; if it makes none, by itself.
    """
    marked: list[_Takes] = []
    for column in mapping.columns:
        if not column.record or folded(column.heading) not in headings:
            continue
        kind = column.record["kind"]
        takes = _marked(headings.index(folded(column.heading)), column)
        own = _of_column(mapping, column)
        if counts:
            yield kind, own, _but(takes, tuple(marked)), True
            yield kind, own, _and(takes, tuple(marked)), False
        else:
            yield kind, own, takes, False
        marked.append(takes)
    if counts and marked:
        nothing = attrs.evolve(mapping, columns=(_Nothing.column(mapping),))
        yield kind, nothing, _but(lambda _: True, tuple(marked)), True


def _of_column(mapping: SheetMapping, column: ColumnMapping) -> SheetMapping:
    """The mapping of the records that one column makes: whose, what all say, and what the cell."""
    others = [each for each in mapping.columns if not each.record]
    whose = [each for each in others if each.personal or each.to not in ("", "id")]
    whose += [attrs.evolve(each, to="pupil") for each in others if each.to == "id"]
    own_fixed = {name: value for name, value in column.record.items() if name != "kind"}
    own = attrs.evolve(column, record={})
    if not column.to:
        own = attrs.evolve(own, reads="tick")
    elif (
        column.to != "date"
    ):  # of whom a tick stands there, that they took part is all that is said
        own = attrs.evolve(own, values=dict.fromkeys(TICKED, "") | {**column.values})
    return attrs.evolve(mapping, columns=(*whose, own), fixed={**mapping.fixed, **own_fixed})


def _marked(index: int, column: ColumnMapping) -> _Takes:
    """Whether a row says anything in a column of an event; a value of no meaning is nothing.

    Whoever was absent makes a record only where the cells are ticks.
    """
    meaningless = {value for value, ours in column.values.items() if not ours}
    nothing = NOT_TICKED | meaningless | {*column.leaves_out}
    nothing |= ABSENT if column.to else frozenset()
    return lambda cells: index < len(cells) and folded(text_of(cells[index])) not in nothing


def _but(takes: _Takes, others: tuple[_Takes, ...]) -> _Takes:
    return lambda cells: takes(cells) and not any(other(cells) for other in others)


def _and(takes: _Takes, others: tuple[_Takes, ...]) -> _Takes:
    return lambda cells: takes(cells) and any(other(cells) for other in others)


def _with_value(index: int, values: set[str]) -> _Takes:
    """Whether a row has one of some values, folded, in a column."""
    return lambda cells: (folded(text_of(cells[index])) if index < len(cells) else "") in values


def _without_value(index: int, values: set[str]) -> _Takes:
    """Whether a row has none of some values, folded, in a column."""
    takes = _with_value(index, values)
    return lambda cells: not takes(cells)


class _NoKind(dict[str, str]):
    """Why rows of a value that a mapping gives no kind of record are left out."""

    def __init__(self, heading: str) -> None:
        super().__init__({"": heading})

    def get(self, value: str, _: Any = None) -> str:
        """The reason for a value, folded."""
        return f'the mapping gives no kind of record for "{value}" under "{self[""]}"'


class _Nothing(dict[str, str]):
    """Why rows are left out in which no event is marked, whatever else they say."""

    @classmethod
    def column(cls, mapping: SheetMapping) -> ColumnMapping:
        """Some column of the sheet, whose every value says so."""
        return attrs.evolve(mapping.columns[0], record={}, to="", leaves_out=cls({"": ""}))

    def get(self, _value: str, _: Any = None) -> str:
        """The reason, for any value."""
        return "no event is marked in it"


def _filled(cells: Sequence[Any]) -> int:
    """How many cells there are up to the last that isn't blank."""
    return max((n for n, cell in enumerate(cells, start=1) if text_of(cell)), default=0)
