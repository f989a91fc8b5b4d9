"""Workbooks of spreadsheet programs (XLSX, XLS, ODS): each of their sheets, hidden ones too."""

from __future__ import annotations

import zipfile
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from careerspolicy.sheets.compound import Compound
from careerspolicy.sheets.formulas import unread_cells
from careerspolicy.sheets.sheet import Cell, Line, Sheet, Unreadable, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from python_calamine import CalamineSheet

#: What a workbook may take unpacked.
_MOST_BYTES: Final = 2**30
_AGAIN: Final = "open it in its own program and save it again as .xlsx or CSV"


def workbook_sheets(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a workbook, in its order; raises Unreadable for what is none."""
    with _refused(path, "this is no workbook that can be read"):
        _check(path)
        with path.open("rb") as opened:
            book = CalamineWorkbook.from_filelike(opened)
    tables = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    taken_as = f"workbook ({path.suffix.removeprefix('.').upper()})"
    return tuple(
        Sheet(
            file=str(path),
            name=each.name,
            taken_as=taken_as,
            hidden=each.visible != SheetVisibleEnum.Visible,
            read=_reading(book, each.name, path),
        )
        for each in tables
    )


@contextmanager
def _refused(path: Path, what: str) -> Iterator[None]:
    """Raises Unreadable for whatever a damaged workbook may do to the library that reads it."""
    try:
        yield
    except PasswordError:
        hint = "open it, take its password off and save it again"
        raise Unreadable.of(path, "this workbook is locked with a password", hint) from None
    except (CalamineError, zipfile.BadZipFile, NotImplementedError) as error:
        raise Unreadable.of(path, f"{what} ({error})", _AGAIN) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust, which has no public name
            raise
        raise Unreadable.of(path, f"{what} (it is damaged)", _AGAIN) from None


def _check(path: Path) -> None:
    """Raise Unreadable for a file that is damaged, or would fill the memory or never end."""
    if not zipfile.is_zipfile(path):
        old = Compound.at(path)
        if old and old.circular:
            raise Unreadable.of(
                path, "this is no workbook that can be read (it is damaged)", _AGAIN
            )
        if old and old.locked:
            raise PasswordError
        return
    with zipfile.ZipFile(path) as packed:
        if sum(each.file_size for each in packed.infolist()) > _MOST_BYTES:
            hint = "save the sheets that are wanted as CSV"
            raise Unreadable.of(path, "this workbook is over 1 GB when unpacked", hint)


def _reading(book: CalamineWorkbook, name: str, path: Path) -> Any:
    """What reads a sheet: its cells are unpacked the first time and kept."""

    @cache
    def sheet() -> CalamineSheet:
        return book.get_sheet_by_name(name)

    def read() -> Iterator[Line]:
        with _refused(path, f'the sheet "{name}" cannot be read'):
            found = sheet()
        return _lines(found, unread_cells(path, name))

    return read


def _lines(sheet: CalamineSheet, unread: Mapping[tuple[int, int], str]) -> Iterator[Line]:
    """The lines that aren't empty; merged cells say all what the first of them says."""
    if sheet.start is None:
        return
    merged = _merged(sheet)
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in unread.items():
        by_row.setdefault(row, []).append((column, text))
    filled: dict[tuple[int, int], Cell] = {}
    for row, written in enumerate(sheet.to_python(skip_empty_area=False)):
        cells = [_cell(cell) for cell in written]
        for column, text in by_row.get(row, ()):
            cells += [None] * (column + 1 - len(cells))
            cells[column] = text
        for column, first in merged.get(row, ()):
            cells += [None] * (column + 1 - len(cells))
            if first == (row, column):
                filled[first] = cells[column]
            else:
                cells[column] = filled.get(first)
        if any(cell is not None for cell in cells):
            yield Line(row + 1, cells)


def _merged(sheet: CalamineSheet) -> dict[int, list[tuple[int, tuple[int, int]]]]:
    """By line, the columns that are merged with others, and the first cell of each merger."""
    merged: dict[int, list[tuple[int, tuple[int, int]]]] = {}
    bottom, right = sheet.end or (0, 0)
    for (top, left), (last, end) in sheet.merged_cell_ranges or ():
        for row in range(top, min(last, bottom) + 1):
            places = [(column, (top, left)) for column in range(left, min(end, right) + 1)]
            merged.setdefault(row, []).extend(places)
    return merged


def _cell(cell: Any) -> Cell:
    """A cell in the terms of all sheets; a day without a time is a date."""
    if isinstance(cell, float):
        return tidy(cell)
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time() else cell
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, timedelta):
        return str(cell)
    if cell == "" or not isinstance(cell, (str, int, bool, date)):
        return None
    return cell
