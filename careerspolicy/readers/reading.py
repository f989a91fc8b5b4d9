"""One set of facts while it is being read: cells become values or faults, rows are kept or left.

The one row core: CSV rows and YAML rows differ only in how their places are told. The modules that
build schools, pupils and records share it, and the ids met so far.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from careerspolicy.readers.log import Fault, ReadRow
from careerspolicy.readers.spellings import Spellings
from careerspolicy.readers.tables import folded
from careerspolicy.readers.values import BadValueError, converter, quoted, shown
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from careerspolicy.readers.log import Log, RawRow, RowSource
    from careerspolicy.readers.tables import Column
    from careerspolicy.readers.values import Convert
    from careerspolicy.vocabulary import Value, Vocabulary

#: How rows with certain names are read: the place, name and converter of each known column.
_Layout: TypeAlias = "tuple[list[tuple[int, str, Convert]], list[Fault]]"
#: How two things that cannot both be so are mended.
CORRECT_ONE: Final = "correct one of them"
_HINTS: Final = {
    "pupil": "correct the id, or add the pupil's row",
    "record": "correct the id, or add that record",
}


def _by_thing() -> dict[str, set[str]]:
    return {"school": set(), "trust": set(), "pupil": set(), "record": set()}


@attrs.frozen
class Reading:
    """Sources by table or kind of record; ids that are `known`, and ids `lost` with their rows.

    `partial` things are those whose tables could not be read to the end, so that an id that isn't
    known may well be right: the reading stops, but not for that.
    """

    sources: dict[str, list[RowSource]]
    vocabulary: Vocabulary
    log: Log
    known: dict[str, set[str]] = attrs.field(factory=_by_thing)
    lost: dict[str, set[str]] = attrs.field(factory=_by_thing)
    partial: set[str] = attrs.field(factory=set)
    spellings: Spellings = attrs.field(factory=Spellings)

    def rows(self, name: str) -> Iterator[ReadRow]:
        """The readable rows of a table or kind; those that cannot be read are left out."""
        for source in self.sources.get(name, ()):
            stops, thing = len(self.log.stops), source.table.row_name
            for row, faults in _Cells(source, self.log, self.vocabulary).rows():
                if faults:
                    self.reject(row, *faults)
                else:
                    self._spell(row)
                    yield row
            if len(self.log.stops) > stops:
                self.partial.update(("school", "trust") if thing == "school" else (thing,))

    def _spell(self, row: ReadRow) -> None:
        """Give every name of a row its one spelling."""
        for column in row.source.table.names:
            said = row.values.get(column)
            if isinstance(said, str):
                row.values[column] = self.spellings.spelt(column, said, row)
            elif said:
                names = (self.spellings.spelt(column, name, row) for name in sorted(said))
                row.values[column] = frozenset(names)

    def follow(self, row: ReadRow, kind: str) -> None:
        """Say of a row what follows from what it says; what contradicts that is doubted, once."""
        implying, values = self.implying[kind], row.values
        for name, implied in [(name, implying[name]) for name in implying if name in values]:
            said = values[name]
            for value in said if isinstance(said, frozenset) else (said,):
                for other, follows in implied.get(value, {}).items():
                    if values.setdefault(other, follows) == follows:
                        continue
                    says, but, so = (shown(one) for one in (values[other], said, follows))
                    message = f"is {says}, but {name} is {but}, which says {so}"
                    self.log.doubt(row.source, row.raw, Fault(other, message, CORRECT_ONE))
                    return

    @cached_property
    def implying(self) -> Mapping[str, Mapping[str, Mapping[Value, Mapping[str, Value]]]]:
        """By kind of record or thing, what each attribute's values say of others."""
        return {
            name: {one.name: one.implies for one in kind.attributes.values() if one.implies}
            for name, kind in self.vocabulary.kinds.items()
        }

    def reject(self, row: ReadRow, *faults: Fault) -> None:
        """Leave out a row; its id, which others may refer to, counts as lost."""
        self.log.reject(row.source, row.raw, *faults)
        thing = row.source.table.row_name
        own_id = row.values.get("urn" if thing == "school" else "id")
        if own_id is not None and thing in self.lost:
            self.lost[thing].add(own_id)

    def owner_is_known(self, row: ReadRow, thing: str) -> bool:
        """Whether what the column of that name names is here; if not, the row is left out."""
        owner = row.values[thing]
        if owner in self.known[thing]:
            return True
        self.reject_for_unknown(row, thing, thing, owner)
        return False

    def reject_for_unknown(self, row: ReadRow, column: str, thing: str, wanted: str) -> None:
        """Leave out a row that names something that is not here."""
        if thing in self.partial:
            return
        if wanted not in self.lost[thing]:
            # Schools and trusts have names to be misspelt; another pupil's id would mislead.
            hint = _HINTS.get(thing) or did_you_mean(wanted, self.known[thing])
            message = f"there is no {thing} {quoted(wanted)} in these facts"
            self.reject(row, Fault(column, message, hint))
            return
        lost_too = row.source.table.row_name
        message = f"the {thing} {quoted(wanted)} was rejected, and this {lost_too} with it"
        if self.log.keeping:  # else only the first cause is worth telling
            self.reject(row, Fault(column, message))
        elif lost_too in self.lost and "id" in row.values:
            self.lost[lost_too].add(row.values["id"])


class _Cells:
    """The cells of one source's rows; rows that cannot be read go to the log."""

    def __init__(self, source: RowSource, log: Log, vocabulary: Vocabulary) -> None:
        self._source, self._log = source, log
        self._known: dict[str, tuple[Column, Convert]] = {
            folded(column.name): (column, converter(column, vocabulary))
            for column in source.table.columns
        }
        self._layouts: dict[tuple[str, ...], _Layout] = {}
        self._unknown: set[str] = set()

    def rows(self) -> Iterator[tuple[ReadRow, list[Fault]]]:
        """Every row, with its values as far as they can be read and what is wrong with it."""
        source = self._source
        defaults = {c.name: c.usual for c in source.table.columns if c.default is not None}
        needed = [column.name for column in source.table.columns if column.required]
        for raw in source.rows:
            layout = self._layouts.get(raw.names)
            if layout is None:
                layout = self._layouts[raw.names] = self._layout(raw)
                # Headings come before any row under them, so they need no look at every row.
                if raw.heading:
                    continue
            values: dict[str, Any] = defaults.copy()
            columns, faults = layout[0], [*layout[1]]
            if len(raw.cells) > len(raw.names):
                message = f"this row has {len(raw.cells)} cells under {len(raw.names)} headings"
                hint = "put double quotes round a cell that has a comma in it"
                faults.append(Fault("", message, hint))
            for index, name, convert in columns:
                try:
                    value = convert(raw.cells[index])
                except BadValueError as error:
                    faults.append(Fault(name, error.message, error.hint))
                else:
                    if value is not None:
                        values[name] = value
            if missing := [name for name in needed if name not in values]:
                bad = {fault.column for fault in faults}
                hint = f"every {source.table.row_name} needs one"
                faults += [Fault(name, "is missing", hint) for name in missing if name not in bad]
            yield ReadRow(values, raw, source), faults

    def _layout(self, raw: RawRow) -> _Layout:
        columns: list[tuple[int, str, Convert]] = []
        taken: dict[str, str] = {}
        faults = []
        for index, name in enumerate(raw.names):
            column, convert = self._known.get(folded(name), (None, None))
            if column is None or convert is None:
                self._doubt_unknown(name, raw)
            elif column.name in taken:
                message = f'is the same as "{taken[column.name]}", which it also has'
                faults.append(Fault(name, message, "keep one of the two"))
            else:
                taken[column.name] = name
                columns.append((index, column.name, convert))
        return columns, faults

    def _doubt_unknown(self, name: str, raw: RawRow) -> None:
        if name in self._unknown or not name:
            return
        self._unknown.add(name)
        hint = did_you_mean(name, (column.name for column in self._source.table.columns))
        fault = Fault(name, "is not a column known here; it was not read", hint)
        self._log.doubt(self._source, raw, fault, unread=True)
