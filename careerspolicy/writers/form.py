"""A form as an Excel workbook: lists to choose from, headings explained, a row as an example.

XlsxWriter is loaded on use; see `extras.py`.
"""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.extras import load
from careerspolicy.views.form import HELP

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from careerspolicy.views.form import FormColumn, FormSheet

#: Rows from the first below the example to here have lists to choose from (counted from 0).
_FIRST, _LAST = 2, 5000
_DATES: Final = (date(1900, 3, 1), date(2100, 12, 31))
_MOST: Final = 1_000_000
_NARROWEST, _WIDEST = 12, 30
#: A workbook says when it was made; the clock is never read.
_SOME_DAY: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - Excel's days have no time zone
_LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "needed": {"bold": True, "bottom": 1},
    "heading": {"bottom": 1},
    "example": {"italic": True, "font_color": "#595959"},
    "day": {"num_format": "yyyy-mm-dd"},
    "text": {"num_format": "@"},
    "meaning": {"text_wrap": True, "valign": "top"},
    "top": {"valign": "top"},
}


def form(sheets: Sequence[FormSheet]) -> bytes:
    """The bytes of a workbook to fill in; the same for the same sheets.

    Raises MissingExtra without XlsxWriter.
    """
    written = io.BytesIO()
    book = load("xlsxwriter").Workbook(written)
    book.set_properties({"title": "Facts to fill in", "created": _SOME_DAY})
    looks = {name: book.add_format(look) for name, look in _LOOKS.items()}
    pages = {sheet.name: book.add_worksheet(sheet.name) for sheet in sheets}
    places = _write_help(book.add_worksheet(HELP), sheets, looks)
    for sheet in sheets:
        _write(pages[sheet.name], sheet, looks, places)
    book.close()
    return written.getvalue()


def _write_help(
    page: Any, sheets: Sequence[FormSheet], looks: Mapping[str, Any]
) -> dict[tuple[str | int, ...], str]:
    """Explain every sheet and heading; beside that, each list, with where it stands."""
    page.write_row(0, 0, ("sheet", "heading", "needed", "meaning"), looks["needed"])
    page.freeze_panes(1, 0)
    page.set_column(0, 1, 26, looks["top"])
    page.set_column(2, 2, 10, looks["top"])
    page.set_column(3, 3, 90, looks["meaning"])
    rows = (row for sheet in sheets for row in _meanings(sheet))
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row):
            page.write_string(number, place, text)
    lists = dict.fromkeys(
        column.choices for sheet in sheets for column in sheet.columns if column.choices
    )
    places: dict[tuple[str | int, ...], str] = {}
    column_name = load("xlsxwriter.utility").xl_col_to_name
    for column, choices in enumerate(lists, 5):
        page.write(0, column, "a list", looks["heading"])
        page.write_column(1, column, choices)
        name = column_name(column)
        places[choices] = f"={HELP}!${name}$2:${name}${len(choices) + 1}"
    return places


def _meanings(sheet: FormSheet) -> Iterator[tuple[str, str, str, str]]:
    yield sheet.name, "", "", sheet.meaning
    for column in sheet.columns:
        needed = "needed" if column.needed else ""
        yield sheet.name, column.heading, needed, _meaning(column)


def _meaning(column: FormColumn) -> str:
    chosen = ", ".join(map(str, column.choices))
    several = "Several, parted by semicolons, of: " if column.kind == "several of" else "One of: "
    return f"{column.meaning} {several}{chosen}." if chosen else column.meaning


def _write(
    page: Any,
    sheet: FormSheet,
    looks: Mapping[str, Any],
    places: Mapping[tuple[str | int, ...], str],
) -> None:
    page.freeze_panes(1, 0)
    for place, column in enumerate(sheet.columns):
        look = looks["needed" if column.needed else "heading"]
        page.write_string(0, place, column.heading, look)
        page.write_comment(0, place, _meaning(column), {"x_scale": 2})
        page.write_string(1, place, column.example, looks["example"])
        wide = max(len(column.heading), len(column.example)) + 2
        width = min(max(wide, _NARROWEST), _WIDEST)
        plain = {"date": looks["day"], "text": looks["text"]}.get(column.kind)
        page.set_column(place, place, width, plain)
        if rule := _rule(column, places):
            page.data_validation(_FIRST, place, _LAST, place, rule)


def _rule(column: FormColumn, places: Mapping[tuple[str | int, ...], str]) -> dict[str, Any] | None:
    """What a cell of a column may hold; None for any text, and where several may be chosen."""
    if column.listed:
        rows = f"={column.listed}!$A${_FIRST + 1}:$A${_LAST + 1}"
        return {"validate": "list", "source": rows, "error_type": "warning"}
    if column.kind == "date":
        first, last = _DATES
        message = "Write a date, such as 2025-10-03."
        return {"validate": "date", "criteria": "between", "minimum": first, "maximum": last,
                "error_message": message}  # fmt: skip
    if column.kind == "number":
        return {"validate": "decimal", "criteria": "between", "minimum": -_MOST, "maximum": _MOST,
                "error_message": "Write a number."}  # fmt: skip
    if column.choices and column.kind != "several of":
        message = "Choose from the list; the sheet Help explains it."
        return {"validate": "list", "source": places[column.choices], "error_message": message}
    return None
