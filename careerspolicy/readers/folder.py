"""Files as they are downloaded or kept become sources of rows.

Each sheet is either one of our own tables, known by its name and headings, or one that a mapping
knows. Whatever is neither is told, and nothing that was given goes unsaid.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.readers.headings import are_foreign, columns_in, wrong_headings
from careerspolicy.readers.mappings.known import Known
from careerspolicy.readers.mappings.mapping import ColumnMapping, SheetMapping, SystemMapping
from careerspolicy.readers.mappings.recognition import (
    Recognised,
    first_lines,
    own_line,
    recognised,
)
from careerspolicy.readers.mappings.sources import SheetRows, headings_of, sources_of
from careerspolicy.readers.raw import RowSource
from careerspolicy.readers.tables import (
    HELP,
    described,
    fixed_table,
    folded,
    kind_names,
    record_table,
)
from careerspolicy.readers.tally import Tally
from careerspolicy.sheets import SUFFIXES, Unreadable, sheets_of
from careerspolicy.suggestions import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from careerspolicy.readers.log import Log
    from careerspolicy.readers.tables import FactsTable
    from careerspolicy.sheets import Line, Sheet
    from careerspolicy.vocabulary import Vocabulary

#: Columns of ours without which a row is of no use, or says next to nothing.
_REQUIRED: Final = frozenset(["id", "pupil", "urn", "date", "born", "year_group"])
#: Headings under which a table of ours may tell pupils, folded.
_MARKS: Final = {
    folded(heading): column
    for heading, column in {
        "UPN": ColumnMapping(heading="UPN", identifies="upn"),
        "ULN": ColumnMapping(heading="ULN", identifies="uln"),
        "Adno": ColumnMapping(heading="Adno", identifies="admission number"),
        "Admission number": ColumnMapping(
            heading="Admission number", identifies="admission number"
        ),
        "Forename": ColumnMapping(heading="Forename", name="forename"),
        "Surname": ColumnMapping(heading="Surname", name="surname"),
        "Name": ColumnMapping(heading="Name", name="whole"),
        "Pupil name": ColumnMapping(heading="Pupil name", name="whole"),
    }.items()
}
#: What a column may look like and is never missed: nothing, and ids, which marks make.
_PLACES: Final = ("", "id")
_IDS: Final = frozenset(["id", "pupil"])
#: Files that a folder may have beside its tables, and that nobody misses in an account.
_BESIDE: Final = (".md", ".yaml", ".yml")
_ARCHIVES: Final = (".zip", ".7z", ".rar", ".gz", ".tar", ".tgz")


@attrs.frozen
class Files:
    """Files that are being taken for tables; `systems` are the mappings, the school's own first.

    `unknown` are the sheets whose headings no table and no mapping has; of `partly` known ones a
    system's mapping leaves columns out that look like some of ours.
    """

    vocabulary: Vocabulary
    systems: Sequence[SystemMapping]
    log: Log
    sources: dict[str, list[RowSource]] = attrs.field(factory=dict)
    unknown: list[Sheet] = attrs.field(factory=list)
    partly: list[Sheet] = attrs.field(factory=list)

    def take(self, paths: Iterable[Path]) -> None:
        """Take every sheet of these files for what it is."""
        names = table_names(self.vocabulary)
        for path in paths:
            try:
                sheets = self._sheets(path)
                for sheet in sheets:
                    self._take(sheet, path, names, alone=len(sheets) == 1)
            except Unreadable as error:
                self.log.stops.extend(error.problems)
                if name := names.get(folded(path.stem)):
                    self.sources.setdefault(name, [])  # it is there, if only in part

    def _sheets(self, path: Path) -> Sequence[Sheet]:
        if path.suffix.lower() not in SUFFIXES:
            if path.suffix.lower() not in _BESIDE:
                hint = f"what is read ends in {', '.join(SUFFIXES)}"
                if path.suffix.lower() in _ARCHIVES:
                    hint = "unpack it, and name the folder with what was in it"
                self._pass_over(str(path), "", "a file that ends so is not read", hint)
            return ()
        return sheets_of(path)

    def _take(self, sheet: Sheet, path: Path, names: dict[str, str], *, alone: bool) -> None:
        if folded(sheet.name) == folded(HELP):
            note = "it explains the other sheets"
            self.log.tallies.append(Tally(file=sheet.file, sheet=sheet.name, note=note))
            return
        if sheet.hidden:
            message = f'the sheet "{sheet.name}" is hidden; it is read like the others'
            self.log.suspect(sheet.file, message, "take it out if it should not be")
        lines, own_name = first_lines(sheet), names.get(folded(sheet.name))
        name = own_name or names.get(folded(path.stem)) or ""
        table = _table(name, self.vocabulary) if name else None
        line = own_line(lines, table) if table else None
        if not (own_name or line or alone):
            table = None  # the workbook's name is not every sheet's
        known = [] if line else recognised(lines, self.systems) or _by_marks(lines, table)
        if len({one.sheet.meant_by(headings_of(one.line)) for one in known}) > 1:
            systems = " or ".join(sorted({one.system.title for one in known}))
            hint = "say which with --as, or with a mapping of your own"
            self.log.stop(str(path), f"these headings may be of {systems}", hint)
        elif known:
            self._take_mapped(sheet, known[0])
        elif table is not None:
            self._take_own(sheet, line or (lines[0] if lines else None), table)
        elif lines:
            self._pass_over_unknown(sheet, lines[0], names)
        else:
            self.log.tallies.append(Tally(file=sheet.file, sheet=sheet.name, note="it is empty"))

    def _take_own(self, sheet: Sheet, line: Line | None, table: FactsTable) -> None:
        tally = Tally(
            file=sheet.file, sheet=sheet.name, taken_as=sheet.taken_as, holds=[table.name]
        )
        self.log.tallies.append(tally)
        if line is None:
            hint = f"write its heading row: {columns_in(table)}"
            self.log.stop(sheet.file, "this file is empty", hint)
            return
        names, path = headings_of(line), (sheet.name,) if sheet.name else ()
        if wrong := list(wrong_headings(names, table)):
            self.unknown.append(sheet)
            if are_foreign(names, table):
                message = f"its headings are none of those of {table.name}"
                hint = 'say what its columns are with "careerspolicy import --ask"'
                wrong = [(0, message, hint)]
            for column, message, hint in wrong:
                place = {"line": line.number, "column": column, "path": path}
                self.log.stop(sheet.file, message, hint, **place)
            return
        rows = SheetRows(sheet, line, names)
        source = RowSource(table=table, file=sheet.file, rows=rows, path=path, tally=tally)
        self._add(source)

    def _take_mapped(self, sheet: Sheet, known: Recognised) -> None:
        tally = Tally(
            file=sheet.file, sheet=sheet.name, taken_as=sheet.taken_as, system=known.system.name
        )
        self.log.tallies.append(tally)
        if known.system.shipped:
            self._tell_unnamed(sheet, known)
        elif not self._changes_bear(sheet, known):
            return
        for source in sources_of(sheet, known.line, known.sheet, tally, self.vocabulary):
            self._add(source)

    def _tell_unnamed(self, sheet: Sheet, known: Recognised) -> None:
        """Tell of columns of a list of pupils that look like ours and that its system lacks."""
        names = [name for name in headings_of(known.line) if name]
        unnamed = [name for name in names if folded(name) not in known.sheet.headings]
        if known.sheet.holds != "pupils" or not unnamed:
            return
        meant = Known(self.vocabulary, self.systems)
        there = {*map(folded, names)}
        filled = {to for to, own in known.sheet.headings_to.items() if own & there}
        like_ours = [
            f'"{name}"' for name in unnamed if meant.to_of_pupils(name) not in {*_PLACES, *filled}
        ]
        if like_ours:
            self.partly.append(sheet)
            message = (
                f"the mapping {known.system.name} does not name {', '.join(like_ours)}; not read"
            )
            hint = 'if it is needed, say what it is with "careerspolicy import --ask"'
            self.log.unread(sheet.file, message, hint, path=(sheet.name,) if sheet.name else ())

    def _changes_bear(self, sheet: Sheet, known: Recognised) -> bool:
        """Tell of the headings that a school's own mapping knows and that are there no more.

        Without the heading that says what each row is, nothing can be made of the sheet.
        """
        names = headings_of(known.line)
        there = [folded(name) for name in names]
        new = [f'"{name}"' for name in names if name and folded(name) not in known.sheet.headings]
        hint = f"new there: {', '.join(new)}" if new else "put it back, or take it out here"
        lost, kind_in = known.sheet.lost(there), known.sheet.kind_in
        kind_lost = bool(kind_in) and folded(kind_in) not in there
        if new and not lost and not kind_lost:
            message = f"{Path(known.system.file).name} does not say what {', '.join(new)} is"
            self.log.unread(sheet.file, message, "say it there, or why it is dropped")
        for column in lost:
            message = f'the heading "{column.heading}" is not in {Path(sheet.file).name} any more'
            if column.identifies or column.to in _REQUIRED:
                self.log.stop(known.system.file, message, hint, line=column.line)
            else:
                self.log.unread(known.system.file, message, hint, line=column.line)
        if not kind_lost:
            return True
        message = f'the heading "{kind_in}" is not in {Path(sheet.file).name} any more'
        self.log.stop(known.system.file, message, hint, line=known.sheet.line)
        return False

    def _add(self, source: RowSource) -> None:
        same = self.sources.setdefault(source.table.name, [])
        for other in same:
            if source.mapping is None and other.mapping is None:
                first = Path(other.file).name
                message = f"this file holds the same as {first} does; both were read"
                hint = "keep one of the two, unless each has rows of its own"
                self.log.suspect(source.file, message, hint)
        same.append(source)

    def _pass_over_unknown(self, sheet: Sheet, line: Line, names: dict[str, str]) -> None:
        """Tell of a sheet that is no table of ours, and that no mapping knows."""
        self.unknown.append(sheet)
        stem = Path(sheet.file).stem
        message = "this is no table known here, by its name or its headings; it was not read"
        near = nearest(stem, (name.replace(" ", "-") for name in names.values()))
        table = _table(names[folded(near)], self.vocabulary) if near else None
        near = near if table and not are_foreign(headings_of(line), table) else ""
        hint = 'say what its columns are with "careerspolicy import --ask"'
        self._pass_over(
            sheet.file, sheet.name, message, f'did you mean "{near}"?' if near else hint
        )

    def _pass_over(self, file: str, sheet: str, message: str, hint: str) -> None:
        self.log.tallies.append(Tally(file=file, sheet=sheet, note=message))
        self.log.unread(file, message, hint, path=(sheet,) if sheet else ())


def _by_marks(lines: Sequence[Line], table: FactsTable | None) -> list[Recognised]:
    """A table of ours that tells pupils by what systems tell them by, and not by an id."""
    columns, name = (table.columns, table.name) if table else ((), "")
    own = {
        folded(column.name): ColumnMapping(heading=column.name, to=column.name)
        for column in columns
    }
    needed = {folded(column.name) for column in columns if column.required} - {"id", "school"}
    numbers = {folds for folds, column in _MARKS.items() if column.identifies}
    for line in lines if columns and name != "schools" else ():
        there = {folded(heading) for heading in headings_of(line)} - {""}
        others = there - {*_MARKS}
        ours = 2 * len(others & {*own}) >= len(others)  # else a person says what they are
        if ours and there & numbers and needed <= there and not _IDS & there:
            both = _MARKS | own
            placed = tuple(both[folds] for folds in both if folds in there)
            sheet = SheetMapping(holds=name, dates="day first", columns=placed)
            system = SystemMapping(name="", title="", file="", shipped=True)
            return [Recognised(line, system, sheet)]
    return []


def table_names(vocabulary: Vocabulary) -> dict[str, str]:
    """Every name a file or sheet may have, folded, with the table or kind that it holds."""
    names, fixed = kind_names(vocabulary), {folded(name): name for name in described().tables}
    return names | {name.removesuffix("s"): table for name, table in fixed.items()} | fixed


def _table(name: str, vocabulary: Vocabulary) -> FactsTable:
    return (fixed_table if name in described().tables else record_table)(name, vocabulary)
