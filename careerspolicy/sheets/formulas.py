"""Cells of a workbook that would read as blank and aren't: errors, and formulas never run.

Beside `workbooks`, whose library tells neither from an empty cell.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import product
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile, ZipFile, is_zipfile

from defusedxml.ElementTree import ParseError, fromstring

from careerspolicy.sheets.compound import Compound

if TYPE_CHECKING:
    from pathlib import Path

_DOCUMENT: Final = "content.xml"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: An error: its place, and what the program shows.
_ERROR: Final = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"[^>]* t="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>'
)
#: A formula without what it came to; text that came to nothing is blank.
_NEVER_RUN: Final = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"(?:(?! t="str")[^>])*><f[^>]*>([^<]+)</f>(?:<v></v>|<v ?/>)?</c>'
)


def unread_cells(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """By row and column from 0, what such cells of a sheet say: `#DIV/0!`, or `=B2+1`."""
    if not is_zipfile(path):
        book = Compound.at(path)
        errors = book.errors() if book else ()
        return {(row, column): text for name, row, column, text in errors if name == sheet}
    try:
        with ZipFile(path) as packed:
            if _DOCUMENT in packed.namelist():
                return _of_document(packed.read(_DOCUMENT), sheet)
            content = packed.read(_part(packed, sheet))
    except (BadZipFile, NotImplementedError, KeyError, ParseError):  # of another make, or damaged
        return {}
    cells: dict[tuple[int, int], str] = {}
    for pattern, mark in ((_ERROR, ""), (_NEVER_RUN, "=")):
        for letters, row, text in pattern.findall(content):
            cells[int(row) - 1, _column(letters)] = mark + unescape(text.decode())
    return cells


def _of_document(content: bytes, sheet: str) -> dict[tuple[int, int], str]:
    """The errors of a sheet of an OpenDocument; one element may stand for several cells or rows."""
    if b'value-type="error"' not in content:
        return {}
    cells: dict[tuple[int, int], str] = {}
    tables = fromstring(content).iter(f"{_TABLE}table")
    table = next(each for each in tables if each.get(f"{_TABLE}name") == sheet)
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        column, rows = 0, int(line.get(f"{_TABLE}number-rows-repeated", 1))
        for cell in line:
            times = int(cell.get(f"{_TABLE}number-columns-repeated", 1))
            if "error" in {value for name, value in cell.items() if name.endswith("value-type")}:
                text = "".join(cell.itertext())
                places = product(range(row, row + rows), range(column, column + times))
                cells |= dict.fromkeys(places, text)
            column += times
        row += rows
    return cells


def _part(packed: ZipFile, sheet: str) -> str:
    """Where in the packed file a sheet is."""
    book = fromstring(packed.read("xl/workbook.xml"))
    links = fromstring(packed.read("xl/_rels/workbook.xml.rels"))
    wanted = {each.get("name"): each.get(_ID) for each in book.iter() if each.get(_ID)}[sheet]
    target = {each.get("Id"): str(each.get("Target")) for each in links}[wanted]
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _column(letters: bytes) -> int:
    """A column's number from 0.

    >>> _column(b"A"), _column(b"AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
