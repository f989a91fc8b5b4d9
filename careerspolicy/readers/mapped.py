"""How the cells of one source become values: each heading's column of ours, and what reads it.

Of our own tables a heading is a column's name. Under a mapping it is what the mapping says: a
column, something that tells a pupil by, or something that is dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.readers.columns import ColumnReader
from careerspolicy.readers.days import Days
from careerspolicy.readers.log import Fault
from careerspolicy.readers.mappings.reads import READS
from careerspolicy.readers.mappings.recognition import text_of
from careerspolicy.readers.tables import folded, is_total
from careerspolicy.readers.ticks import ATTENDED, NOT_TICKED, ticked
from careerspolicy.readers.values import BadValueError, UselessError, converter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from careerspolicy.readers.log import Log
    from careerspolicy.readers.mappings.mapping import ColumnMapping, SheetMapping
    from careerspolicy.readers.raw import RawRow, RowSource
    from careerspolicy.readers.tables import Column
    from careerspolicy.readers.tally import Tally
    from careerspolicy.readers.values import Convert, Meaning
    from careerspolicy.vocabulary import Vocabulary

#: Types of columns whose cells have digits in them.
NEVER_WORDS: Final = frozenset(["date", "year group", "year groups", "number"])
#: The column of the day of a record.
_DAY: Final = "date"
#: Columns that say no more than whose record a row is.
_WHOSE: Final = frozenset(["pupil", "school", "trust"])
_NO_DAY: Final = "no day is given"
#: Why a row that says something of a record is left out, which is told each time.
UNDATED: Final = "no day is given, though more is said"


@attrs.define
class Layout:
    """What rows with certain headings hold, by place.

    `columns` have the name of ours and what reads the cells; `marks` and `names` what tells pupils
    by, and the parts of their names; `left_out` why rows with certain values are of no use. `days`
    are the columns of a record's day, and `said` those of what else is said of it.
    """

    columns: list[tuple[int, str, ColumnReader]] = attrs.field(factory=list)
    marks: list[tuple[int, str, str]] = attrs.field(factory=list)
    names: list[tuple[int, str]] = attrs.field(factory=list)
    left_out: list[tuple[int, Mapping[str, str]]] = attrs.field(factory=list)
    faults: list[Fault] = attrs.field(factory=list)
    days: list[int] = attrs.field(factory=list)
    said: list[int] = attrs.field(factory=list)

    def useless(self, cells: Sequence[Any]) -> str:
        """Why a row is of no use; "" where it is of use."""
        if is_total(cells) or ((self.marks or self.names) and self._tells_nobody(cells)):
            return "a title or a total among the rows"
        for index, reasons in self.left_out:
            if why := reasons.get(folded(text_of(cells[index]))):
                return why
        if self.days and not any(text_of(cells[index]) for index in self.days):
            return UNDATED if any(text_of(cells[index]) for index in self.said) else _NO_DAY
        return ""

    def _tells_nobody(self, cells: Sequence[Any]) -> bool:
        """Whether a row, mostly blank, is a title or a total rather than somebody's."""
        if 2 * (cells.count("") + cells.count(None)) <= len(cells):
            return False
        filled = [index for index, cell in enumerate(cells) if text_of(cell)]
        words = text_of(cells[filled[0]]).split()
        if len(filled) == 1 < len(cells) - 1:
            number = filled[0] in {index for index, *_ in self.marks}
            return not number or any(len(word) > 1 and word.isalpha() for word in words)
        return False


def layout_of(
    raw: RawRow,
    source: RowSource,
    vocabulary: Vocabulary,
    unknown: Callable[[str], None],
    log: Log,
) -> Layout:
    """The layout of rows with these headings; `unknown` is called with each that nobody knows.

    The log hears of columns whose days are written in no one order.
    """
    known = {folded(column.name): column for column in source.table.columns}
    layout, mapping, tally, taken = Layout(), source.mapping, source.tally, dict[str, str]()
    own = mapping.by_heading if mapping else {}
    for index, name in enumerate(raw.names):
        mapped = own.get(folded(name))
        if mapped is not None:
            _place(layout, index, mapped, tally.system)
            _tell_unused(tally, name, mapped)
        to = mapped.to if mapped else "" if mapping else name
        column = known.get(folded(to))
        if mapped is not None and mapped.reads == "tick":
            layout.columns.append((index, ATTENDED, _tick(mapped, name, source, known)))
        elif column is None:
            if name and (mapped is None or mapped.to):
                unknown(name)
        elif folded(taken.get(column.name, "")) == folded(name):
            _refuse_twice(layout, source, raw, name, taken[column.name], log)
        else:
            taken[column.name] = name
            convert = converter(column, vocabulary, _days_of(index, raw, source, log))
            if mapping and mapped:
                convert = _through(mapped, convert, column, hides=mapping.tells_people)
            free = column.type == "text" and mapped is None
            layout.columns.append((index, column.name, ColumnReader(convert, free=free)))
            tally.use(name, column.name)
    if mapping is not None:
        _finish(layout, mapping, raw)
    return layout


def _refuse_twice(
    layout: Layout, source: RowSource, raw: RawRow, name: str, first: str, log: Log
) -> None:
    """Tell of two headings for one column: of rows that each have their own, or of the sheet."""
    hint = "keep one of the two"
    if source.mapping is None:
        message = f'is the same as "{first}", which it also has'
        layout.faults.append(Fault(name, message, hint))
    else:
        fault = Fault(name, "stands twice among the headings", hint)
        log.tell_column(source, raw, fault, stops=True)


def _tick(
    mapped: ColumnMapping, name: str, source: RowSource, known: Mapping[str, Column]
) -> ColumnReader:
    """What reads a column of ticks: it uses the whole row, for a record of its own."""
    source.tally.use(name, source.table.name)
    return ColumnReader(ticked(mapped.values, ATTENDED in known), free=False)


def _finish(layout: Layout, mapping: SheetMapping, raw: RawRow) -> None:
    """What the mapping names first has the last word, unless its cell is blank."""
    order = [folded(column.heading) for column in mapping.columns]
    layout.columns.sort(key=lambda one: -order.index(folded(raw.names[one[0]])))
    layout.days = [index for index, to, _ in layout.columns if to == _DAY]
    layout.said = [index for index, to, _ in layout.columns if to not in _WHOSE]


def _days_of(index: int, raw: RawRow, source: RowSource, log: Log) -> Days:
    """How a column writes its days: as the mapping says, or as our own tables do."""

    def cells() -> Iterator[Any]:
        same = (each for each in source.batches() if each.names == raw.names and not each.heading)
        return (row[index] for each in same for row in each.rows)

    def tell(stops: bool, message: str, hint: str) -> None:  # noqa: FBT001 - as it says
        log.tell_column(source, raw, Fault(raw.names[index], message, hint), stops=stops)

    return Days(cells, source.mapping.dates if source.mapping else "day first", tell)


def _tell_unused(tally: Tally, name: str, mapped: ColumnMapping) -> None:
    if mapped.drop:
        tally.leave(name, mapped.drop)
    elif mapped.personal:
        tally.leave(name, "it says who the pupil is; only an id made of it is kept")
    elif mapped.leaves_out and not mapped.to:
        tally.leave(name, "it only says which rows are of use")


def _place(layout: Layout, index: int, mapped: ColumnMapping, system: str) -> None:
    if mapped.identifies:
        of = system if mapped.of is None else mapped.of
        layout.marks.append((index, mapped.identifies, of))
    if mapped.name:
        layout.names.append((index, mapped.name))
    if mapped.leaves_out:
        layout.left_out.append((index, mapped.leaves_out))


def fixed_values(source: RowSource, columns: Mapping[str, Column], words: Vocabulary) -> Any:
    """What the mapping says of every row, as values by column."""
    fixed = source.mapping.fixed if source.mapping else {}
    return {
        name: converter(columns[name], words)(text)
        for name, text in fixed.items()
        if name in columns
    }


def _through(mapped: ColumnMapping, convert: Convert, column: Column, *, hides: bool) -> Convert:
    """Reads their cells as ours: their words, what a blank means, and how numbers are written."""
    read = READS.get(mapped.reads)

    def converted(cell: Any) -> Meaning:
        text = text_of(cell)
        if not text:
            return convert(mapped.blank)
        if (value := mapped.values.get(folded(text))) is not None:
            return convert(value)
        return convert(read(text) if read else cell)

    reads = _of_a_day(converted) if column.name == _DAY else converted
    never_words = hides and column.type in NEVER_WORDS
    return _without_words(reads, column.type) if never_words else reads


def _of_a_day(convert: Convert) -> Convert:
    """Reads the days of records: lists of everybody leave blank those of whom there is none yet."""

    def converted(cell: Any) -> Meaning:
        day = None if folded(text_of(cell)) in NOT_TICKED else convert(cell)
        if day is None:
            raise UselessError(_NO_DAY)
        return day

    return converted


def _without_words(convert: Convert, column_type: str) -> Convert:
    """Reads cells that are never words alone; such a one, perhaps a name, is quoted nowhere."""

    def converted(cell: Any) -> Meaning:
        try:
            return convert(cell)
        except BadValueError as error:
            text = text_of(cell)
            if any(map(str.isdigit, text)) or text[:1] == "#":  # an error of a formula is no name
                raise
            message = f"a cell of words, not shown since it may be a name, is not a {column_type}"
            raise BadValueError(message, error.hint, hidden=True) from None

    return converted
