"""Parquet files as sheets: streamed by DuckDB, which may reach neither network nor extensions."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.extras import load
from careerspolicy.sheets.sheet import Cell, Line, Sheet, Unreadable, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ROWS: Final = 2_000
_CLOSED: Final = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "1GB",
    "threads": "2",
}


def parquet_sheets(path: Path) -> tuple[Sheet, ...]:
    """The one sheet of a file; raises Unreadable for what is no Parquet."""
    with _rows_of(path) as rows:
        headings: list[Cell] = [column[0] for column in rows.description]

    def read() -> Iterator[Line]:
        yield Line(1, headings)
        number = 1
        with _rows_of(path) as rows:
            while batch := rows.fetchmany(_ROWS):
                for cells in batch:
                    number += 1
                    yield Line(number, [_cell(cell) for cell in cells])

    return (Sheet(file=str(path), taken_as="Parquet", headed=True, read=read),)


@contextmanager
def _rows_of(path: Path) -> Iterator[Any]:
    """A running query of a file's rows, with a private place for what it cannot keep in memory."""
    duckdb = load("duckdb")
    try:
        with TemporaryDirectory() as private, duckdb.connect(config=_CLOSED) as connection:
            connection.execute(f"set temp_directory = '{private}'")
            yield connection.execute("from read_parquet(?)", [str(path)])
    except duckdb.Error as error:
        why = str(error).partition("\n")[0]
        hint = "save it again from where it came"
        message = f"this is no Parquet that can be read ({why})"
        raise Unreadable.of(path, message, hint, line=1) from None


def _cell(cell: Any) -> Cell:
    """A cell in the terms of all sheets; of a list all items in one."""
    if isinstance(cell, (float, Decimal)):
        return tidy(float(cell)) if isfinite(cell) else None
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time() else cell
    if isinstance(cell, list):
        return ";".join(str(item) for item in cell if item is not None)
    if cell is None or isinstance(cell, (str, int, bool, date)):
        return cell
    return str(cell)
