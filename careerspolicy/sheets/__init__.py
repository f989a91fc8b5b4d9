"""Files of tables, of whatever kind, as sheets of lines of cells; knows nothing of careers.

What a file is, its own first bytes say; its ending only decides where they leave it open.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import TYPE_CHECKING, Final

from careerspolicy.sheets.json_tables import json_sheets
from careerspolicy.sheets.parquet import parquet_sheets
from careerspolicy.sheets.separated import separated_sheets
from careerspolicy.sheets.sheet import Cell, Line, Sheet, Unreadable
from careerspolicy.sheets.workbooks import workbook_sheets
from careerspolicy.sheets.xml_tables import xml_sheets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

__all__ = ["SUFFIXES", "Cell", "Line", "Sheet", "Unreadable", "sheets_of"]

_WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls", ".ods")
_KINDS: Final[Mapping[str, Callable[[Path], tuple[Sheet, ...]]]] = {
    **dict.fromkeys((".csv", ".txt", ".tsv"), separated_sheets),
    **dict.fromkeys(_WORKBOOKS, workbook_sheets),
    ".json": json_sheets,
    ".xml": xml_sheets,
    ".parquet": parquet_sheets,
}
#: The endings of files that are read at all.
SUFFIXES: Final = tuple(_KINDS)
#: How packed and old workbooks begin.
_PACKED: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

#: Bytes that no text has, in any encoding but UTF-16.
_CONTROL: Final = frozenset(range(9)) | frozenset(range(14, 27))


def sheets_of(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a file with one of the `SUFFIXES`; raises Unreadable for what it cannot be."""
    suffix = path.suffix.lower()
    if not path.is_file():
        raise Unreadable.of(path, "this is not a regular file", "name nothing but a file so")
    try:
        with path.open("rb") as opened:
            start = opened.read(512).removeprefix(BOM_UTF8).lstrip()
        if not start:
            raise Unreadable.of(path, "this file is empty", "save it again from where it came")
        if start.startswith(_PACKED):
            return workbook_sheets(path)
        if suffix in _WORKBOOKS and not _CONTROL.intersection(start):
            return _text_named_as_workbook(path, start)
        return _KINDS[suffix](path)
    except OSError as error:
        message = f"this file cannot be read ({error.strerror})"
        raise Unreadable.of(path, message, "look at its permissions") from None


def _text_named_as_workbook(path: Path, start: bytes) -> tuple[Sheet, ...]:
    """What systems save as ".xls" that is none: text is read, a web page is not."""
    if start.startswith(b"<"):
        message = "this is a web page, though it is named as a workbook"
        raise Unreadable.of(path, message, "open it in Excel and save it as .xlsx", line=1)
    return separated_sheets(path)
