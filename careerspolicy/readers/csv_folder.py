"""A folder of CSV files, as schools export them, becomes sources of rows.

One of the two formats; the rows that it yields go through the same `rows` as those of YAML.
"""

from __future__ import annotations

import codecs
import csv
from pathlib import Path
from typing import TYPE_CHECKING, Final

from careerspolicy.readers.log import Log, RawRow, RowSource
from careerspolicy.readers.tables import OWNERS, described, fixed_table, folded, record_table
from careerspolicy.suggestions import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from careerspolicy.readers.tables import FactsTable
    from careerspolicy.vocabulary import Vocabulary

LONGEST_LINE: Final = 1_000_000
_NEEDED: Final = ("schools", "pupils")
_AS_UTF_8: Final = 'save it as "CSV UTF-8"'


class _UnreadableError(Exception):
    """Why the rest of a file cannot be read, and how to mend it."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        self.line, self.message, self.hint = line, message, hint
        super().__init__(message)


def folder_sources(folder: Path, vocabulary: Vocabulary, log: Log) -> dict[str, list[RowSource]]:
    """The sources of a folder by table or kind of record; files of no known name are warned of."""
    names = _file_names(vocabulary)
    sources: dict[str, list[RowSource]] = {}
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        message = f"this folder cannot be read ({error.strerror})"
        log.stop(str(folder), message, "look at its permissions")
        log.raise_if_unusable()
        raise
    for path in paths:
        if path.suffix.lower() != ".csv" or path.name.startswith("."):
            _doubt_passed_over(path, names, log)
            continue
        name = names.get(folded(path.stem))
        if name is None:
            hint = did_you_mean(path.stem, (name.replace(" ", "-") for name in names.values()))
            message = "this file is named after no kind of record known here; it was not read"
            log.unread(str(path), message, hint)
        else:
            table_of = fixed_table if name in described().tables else record_table
            table = table_of(name, vocabulary)
            source = RowSource(table=table, file=str(path), rows=_rows(path, table, log))
            for other in sources.get(name, ()):
                message = (
                    f"this file holds the same as {Path(other.file).name} does; both were read"
                )
                log.suspect(
                    str(path), message, "keep one of the two, unless each has rows of its own"
                )
            sources.setdefault(name, []).append(source)
    for name in _NEEDED:
        if name not in sources:
            needed = (c.name for c in described().tables[name].columns if c.required)
            hint = f"add {name}.csv with its heading row ({','.join(needed)})"
            message = f"there is no {name}.csv in this folder"
            log.stop(str(folder), message, hint)
    return sources


def _doubt_passed_over(path: Path, names: dict[str, str], log: Log) -> None:
    """Tell of a file that is named as a table is, and not read for its ending or its folder."""
    if path.is_dir() and not path.name.startswith("."):
        for inner in sorted(path.rglob("*")):
            if inner.is_file() and folded(inner.stem) in names:
                hint = "move it into the folder itself"
                log.unread(str(inner), "this file is in a folder within; it was not read", hint)
    elif path.is_file() and folded(path.stem) in names:
        message = 'this file does not end in ".csv"; it was not read'
        log.unread(str(path), message, _AS_UTF_8)


def _file_names(vocabulary: Vocabulary) -> dict[str, str]:
    """Every name a file may have, folded, with the table or kind that it holds."""
    kinds = [vocabulary.kinds[name] for name in vocabulary.record_kinds]
    names = {
        folded(name): kind.name
        for kind in kinds
        for name in (kind.name, f"{kind.name}s", kind.singular, kind.plural)
    }
    fixed = {folded(name): name for name in described().tables}
    return names | {name.removesuffix("s"): table for name, table in fixed.items()} | fixed


def _rows(path: Path, table: FactsTable, log: Log) -> Iterator[RawRow]:
    """The rows of a file, as they are asked for; a problem with the file ends them."""
    if not path.is_file():
        log.stop(str(path), "this is not a regular file", "name nothing but a file so")
        return
    try:
        with path.open("rb") as opened:
            yield from _rows_of(_lines(opened), path, table, log)
    except _UnreadableError as error:
        log.stop(str(path), error.message, error.hint, line=error.line)
    except OSError as error:
        message = f"this file cannot be read ({error.strerror})"
        log.stop(str(path), message, "look at its permissions")


def _rows_of(lines: Iterator[str], path: Path, table: FactsTable, log: Log) -> Iterator[RawRow]:
    reader = csv.reader(lines, strict=True)
    names: tuple[str, ...] = ()
    line = 1
    try:
        for cells in reader:
            start, line = line, reader.line_num + 1
            if not "".join(cells).strip():
                continue
            if names:
                # Blanks left off at the end are put back, and blanks too many taken off.
                more = len(cells) - len(names)
                whole = max(len(names), _filled(cells) if more > 0 else 0)
                yield RawRow(names, [*cells, *[""] * -more][:whole], start)
                continue
            # Spreadsheets add blank headings at the end.
            names = tuple(cell.strip() for cell in cells[: _filled(cells)])
            if wrong := list(_wrong_headings(names, table)):
                for column, message, hint in wrong:
                    log.stop(str(path), message, hint, line=start, column=column)
                return
            yield RawRow(names, (), start, heading=True)
    except csv.Error as error:
        raise _UnreadableError(line, *_why(error)) from None
    if not names:
        hint = f"write its heading row: {_columns(table)}"
        raise _UnreadableError(0, "this file is empty", hint)


def _lines(opened: BinaryIO) -> Iterator[str]:
    """The lines of a file as text, each checked; csv puts quoted ones that belong together back."""
    number = 0
    while line := opened.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            hint = "look for a double quote or a line end that is missing"
            raise _UnreadableError(number, f"this line is over {LONGEST_LINE:,} bytes long", hint)
        if number == 1 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise _UnreadableError(1, "this is UTF-16 text", _AS_UTF_8)
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if b"\0" in line:
            raise _UnreadableError(number, "this line has a NUL byte in it", _AS_UTF_8)
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError as error:
            bad = f"byte {error.start + 1} of this line (0x{line[error.start]:02X})"
            raise _UnreadableError(number, f"{bad} is not UTF-8 text", _AS_UTF_8) from None


def _wrong_headings(names: tuple[str, ...], table: FactsTable) -> Iterator[tuple[int, str, str]]:
    first: dict[str, str] = {}
    for column, name in enumerate(names, start=1):
        if not name:
            yield column, "this column has no heading", "give it one, or take the column out"
        elif folded(name) in first:
            same = first[folded(name)]
            yield column, f'the heading "{name}" stands twice (as "{same}")', "keep one of them"
        first.setdefault(folded(name), name)
    if len(names) == 1 and any(mark in names[0] for mark in ";\t|"):
        hint = "save it as CSV with commas between the columns"
        yield 1, "the columns are not parted by commas", hint
        return
    known = {folded(column.name) for column in table.columns}
    unknown = [name for name in names if folded(name) not in known]
    for wanted in table.columns:
        if wanted.required and folded(wanted.name) not in first:
            near = nearest(wanted.name, unknown)
            hint = f'rename "{near}" if that is it' if near else f"its headings: {_columns(table)}"
            yield 0, f'there is no column "{wanted.name}"', hint

    if table.row_name == "record" and not any(folded(owner) in first for owner in OWNERS):
        near = next(filter(None, (nearest(owner, unknown) for owner in OWNERS)), "")
        hint = f'rename "{near}" if that is it' if near else f"its headings: {_columns(table)}"
        column = names.index(near) + 1 if near else 0
        yield column, "no column says whose the records are: pupil, school or trust", hint


def _columns(table: FactsTable) -> str:
    return ",".join(column.name for column in table.columns)


def _filled(cells: list[str]) -> int:
    """How many cells there are up to the last that isn't blank."""
    return max((n for n, cell in enumerate(cells, start=1) if cell.strip()), default=0)


def _why(error: csv.Error) -> tuple[str, str]:
    """What csv's own messages mean to somebody who has never read its manual."""
    complaint = str(error)
    if "field larger" in complaint:
        hint = "look for a double quote that is opened and never closed"
        return f"a cell has over {csv.field_size_limit():,} characters", hint
    if "end of data" in complaint:
        return "a double quote is opened and never closed", "close it, or write it twice"
    if "new-line" in complaint:
        return "its lines end in a way that cannot be read", _AS_UTF_8
    return "the double quotes of this row do not pair", "write a double quote within a cell twice"
