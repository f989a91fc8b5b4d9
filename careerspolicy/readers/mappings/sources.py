"""The rows of a sheet that a mapping knows, as sources: one for each kind of row that it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from careerspolicy.readers.log import RawRow, RowSource
from careerspolicy.readers.mappings.mapping import ColumnMapping
from careerspolicy.readers.mappings.recognition import text_of
from careerspolicy.readers.tables import described, fixed_table, folded, record_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from careerspolicy.readers.mappings.mapping import SheetMapping
    from careerspolicy.readers.tally import Tally
    from careerspolicy.sheets import Line, Sheet
    from careerspolicy.vocabulary import Vocabulary

#: Which rows, by their cells, are meant.
_Takes: TypeAlias = "Callable[[Sequence[Any]], bool]"
#: What a cell says that isn't ticked.
_NOT_TICKED: Final = frozenset(["", "n", "no", "f", "false", "0", "-", "absent", "a"])


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
        width, headings, takes = len(self.names), [*self.line.cells], self.takes
        yield RawRow(self.names, (), self.line.number, heading=True)
        for number, cells in self.sheet.lines():
            if number <= self.line.number:
                continue
            more = len(cells) - width
            whole: Sequence[Any] = cells
            if more:
                # Blanks left off at the end are put back, and blanks too many taken off.
                wide = max(width, _filled(cells) if more > 0 else 0)
                whole = [*cells, *[""] * -more][:wide]
            if not any(map(text_of, whole)):
                continue
            if cells == headings:
                yield RawRow(self.names, (), number, heading=True)
            elif takes is None or takes(whole):
                yield RawRow(self.names, whole, number)


def sources_of(
    sheet: Sheet, line: Line, mapping: SheetMapping, tally: Tally, vocabulary: Vocabulary
) -> Iterator[RowSource]:
    """The sources of a sheet: its own rows, those of each kind, and records made of its columns.

    Each row is counted once, however many records it makes.
    """
    names = headings_of(line)
    own = attrs.evolve(mapping, columns=tuple(each for each in mapping.columns if not each.record))
    path = (sheet.name,) if sheet.name else ()
    for kind, under, takes, counts in _parts(mapping, own, [folded(name) for name in names]):
        table = (fixed_table if kind in described().tables else record_table)(kind, vocabulary)
        if kind not in tally.holds:
            tally.holds.append(kind)
        yield RowSource(
            table=table,
            file=sheet.file,
            rows=SheetRows(sheet, line, names, takes),
            path=path,
            mapping=under,
            tally=tally,
            counts=counts,
        )


def _parts(
    mapping: SheetMapping, own: SheetMapping, headings: Sequence[str]
) -> Iterator[tuple[str, SheetMapping, _Takes | None, bool]]:
    """Each kind of row that a sheet makes: how cells are read, which rows, whether they count."""
    if mapping.holds:
        yield mapping.holds, own, None, True
    if mapping.kind_in:
        index = headings.index(folded(mapping.kind_in))
        for kind in dict.fromkeys(mapping.kinds.values()):
            values = {value for value, each in mapping.kinds.items() if each == kind}
            yield kind, own, _with_value(index, values), True
        unknown = ColumnMapping(heading=mapping.kind_in, leaves_out=_NoKind(mapping.kind_in))
        none = attrs.evolve(mapping, columns=(unknown,))
        yield kind, none, _without_value(index, {*mapping.kinds}), True
    counts = not (mapping.holds or mapping.kind_in)
    for column in mapping.columns:
        if column.record and folded(column.heading) in headings:
            ticked = _with_value(headings.index(folded(column.heading)), None)
            yield column.record["kind"], _of_column(mapping, column), ticked, counts
            counts = False


def _of_column(mapping: SheetMapping, column: ColumnMapping) -> SheetMapping:
    """The mapping of the records that one column makes: whose, what all say, and what the cell."""
    others = (each for each in mapping.columns if not each.record)
    whose = tuple(each for each in others if each.personal or each.to)
    own_fixed = {name: value for name, value in column.record.items() if name != "kind"}
    fixed = {**mapping.fixed, **own_fixed}
    own = (attrs.evolve(column, record={}),) if column.to else ()
    return attrs.evolve(mapping, columns=(*whose, *own), fixed=fixed)


def _with_value(index: int, values: set[str] | None) -> _Takes:
    """Whether a row has one of some values, folded, in a column; or, without them, is ticked."""

    def takes(cells: Sequence[Any]) -> bool:
        cell = folded(text_of(cells[index])) if index < len(cells) else ""
        return cell in values if values is not None else cell not in _NOT_TICKED

    return takes


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


def _filled(cells: Sequence[Any]) -> int:
    """How many cells there are up to the last that isn't blank."""
    return max((n for n, cell in enumerate(cells, start=1) if text_of(cell)), default=0)
