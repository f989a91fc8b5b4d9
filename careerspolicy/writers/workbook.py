"""The sheets of a view as an Excel workbook: every text a text, every date a date.

XlsxWriter is loaded on use; see `extras.py`.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from careerspolicy.extras import load
from careerspolicy.views.tree import Cell, Lines, Share, Span, Table, View, plain
from careerspolicy.writers.cells import shown
from careerspolicy.writers.cleaning import one_line
from careerspolicy.writers.data import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


#: What a sheet's cell may hold; None and "" leave it empty.
Value: TypeAlias = str | int | float | date | None

#: Excel's own limits: rows of a sheet, and characters of a cell.
MOST_ROWS: Final = 1_048_576
MOST_CHARACTERS: Final = 32_767
_CUT: Final = " … (the rest does not fit in a cell)"

#: Up to here sheets are real Excel tables; beyond, they are written row by row to spare memory.
_MOST_IN_MEMORY: Final = 60_000

#: A workbook says when it was made: this, where nobody gives a day. The clock is never read.
_SOME_DAY: Final = date(2000, 1, 1)
_EXCELS_FIRST: Final = date(1900, 3, 1)  # before it Excel's days are one out
_NARROWEST: Final = 8
_WIDEST: Final = 60
_LOOKED_AT: Final = 200  # rows that decide a column's width
_TABLE_STYLE: Final = "Table Style Light 1"

#: How cells look: nothing is said by looks alone.
_TOP: Final = {"valign": "top"}
_LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "note": {"italic": True},
    "heading": {"bold": True, "text_wrap": True, "bottom": 1, **_TOP},
    "text": {"text_wrap": True, **_TOP},
    "day": {"num_format": "d mmm yyyy", "align": "left", **_TOP},
    "whole": {"num_format": "#,##0", **_TOP},
    "number": _TOP,
}


def workbook(view: View) -> bytes:
    """The bytes of a workbook of a view's sheets; the same for the same view.

    A text that a spreadsheet might run as a formula is written as a text and begins with an
    apostrophe, as in the CSV, so that it stays harmless when the workbook is saved as one. Rows
    beyond Excel's limit go on in another sheet, and both say so.

    Raises MissingExtra without XlsxWriter.
    """
    sheets = [part for table in view.sheets() for part in _divided(_sheet(table), MOST_ROWS)]
    sparing = sum(len(sheet.rows) for sheet in sheets) > _MOST_IN_MEMORY
    written = io.BytesIO()
    book = load("xlsxwriter").Workbook(written, {"constant_memory": sparing})
    made = datetime.combine(view.dated or _SOME_DAY, time())
    book.set_properties({"title": one_line(view.title), "created": made})
    looks = {name: book.add_format(look) for name, look in _LOOKS.items()}
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), sheet, looks, as_table=not sparing)
    book.close()
    return written.getvalue()


@attrs.frozen(kw_only=True)
class _Sheet:
    """One sheet: its name (at most 31 characters), a note above, headings, and the rows."""

    name: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    note: str = ""


def _sheet(table: Table) -> _Sheet:
    """A table as a sheet; where cells hold shares, a row has a line for each of their counts."""
    columns, rows = shown(table)
    headings = [column.heading for column in columns]
    if any(isinstance(cell, Share) for row in rows for cell in row.cells):
        headings.insert(table.headed, "Measure")
        lines = [line for row in rows for line in _measures(row.cells, table.headed)]
    else:
        lines = [tuple(map(_value, row.cells)) for row in rows]
    return _Sheet(name=table.name, headings=tuple(headings), rows=lines, note=table.note)


def _measures(cells: tuple[Cell, ...], headed: int) -> Iterator[tuple[Value, ...]]:
    """What shares hold, a line each: how many in a hundred, then every count."""
    names, shares = tuple(map(_value, cells[:headed])), cells[headed:]
    first = next(one for one in shares if isinstance(one, Share))
    percents = (one.percent if isinstance(one, Share) else None for one in shares)
    yield *names, f"{first.word}, %", *percents
    for n, count in enumerate(first.counts):
        amounts = (one.counts[n].amount if isinstance(one, Share) else None for one in shares)
        yield *names, count.word, *amounts


def _value(cell: Cell) -> Value:
    match cell:
        case None | int() | float() | date():
            return cell
        case Lines(lines):
            return "\n".join(map(plain, lines))
        case str() | Span() | tuple():
            return plain(cell)
        case Share():
            return cell.percent


def _divided(sheet: _Sheet, most: int) -> Iterator[_Sheet]:
    """The sheet, or the several that its rows need."""
    room = most - 2  # the note and the headings
    if len(sheet.rows) <= room:
        yield sheet
        return
    parts = range(0, len(sheet.rows), room)
    for number, first in enumerate(parts, start=1):
        note = f"Part {number} of {len(parts)}: Excel holds no more rows in one sheet. {sheet.note}"
        rows = sheet.rows[first : first + room]
        yield attrs.evolve(sheet, name=f"{sheet.name} {number}", rows=rows, note=note.strip())


def _write(page: Any, sheet: _Sheet, looks: Mapping[str, Any], *, as_table: bool) -> None:
    first, last = (1 if sheet.note else 0), len(sheet.headings) - 1
    if sheet.note:
        page.write_string(0, 0, _text(sheet.note), looks["note"])
    for column, heading in enumerate(sheet.headings):
        page.set_column(column, column, _width(sheet, column))
        page.write_string(first, column, _text(heading), looks["heading"])
    for row, cells in enumerate(sheet.rows, start=first + 1):
        for column, cell in enumerate(cells):
            _fill(page, row, column, cell, looks)
    page.freeze_panes(first + 1, 0)
    page.repeat_rows(first)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    area = first, 0, first + len(sheet.rows), last
    if as_table and sheet.rows:
        headed = [
            {"header": _text(heading), "header_format": looks["heading"]}
            for heading in sheet.headings
        ]
        page.add_table(*area, {"columns": headed, "style": _TABLE_STYLE, "banded_rows": False})
    else:
        page.autofilter(*area)


def _fill(page: Any, row: int, column: int, cell: Value, looks: Mapping[str, Any]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, date) and cell >= _EXCELS_FIRST:
        page.write_datetime(row, column, datetime.combine(cell, time()), looks["day"])
    elif isinstance(cell, (int, float)):
        page.write_number(row, column, cell, looks["whole" if cell == int(cell) else "number"])
    else:
        page.write_string(row, column, _text(str(cell)), looks["text"])


def _text(cell: str) -> str:
    """A text that Excel can hold: no formula, nothing unseen, not too long."""
    safe = harmless(one_line(cell))
    return safe if len(safe) <= MOST_CHARACTERS else safe[: MOST_CHARACTERS - len(_CUT)] + _CUT


def _width(sheet: _Sheet, column: int) -> int:
    """A width that shows most of a column's cells, in characters."""
    shown = [sheet.headings[column]]
    shown += [str(row[column] or "") for row in sheet.rows[:_LOOKED_AT] if column < len(row)]
    return min(_WIDEST, max(_NARROWEST, *(len(cell) + 2 for cell in shown)))
