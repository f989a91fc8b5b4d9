"""A view's records as comma-separated values, a line a row, headings first."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Final

from careerspolicy.views.tree import Lines, Span, pieces, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careerspolicy.views.tree import Cell, View

#: What makes a spreadsheet take a cell for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_of(view: View) -> Iterator[str]:
    """The records of a view, line by line: the columns that programs have a name for."""
    if view.records is None:
        raise ValueError(f"{view.title} has no records")
    records = view.records()
    shown = [n for n, column in enumerate(records.columns) if column.name]
    yield _line([records.columns[n].name for n in shown])
    for row in records.rows:
        yield _line([harmless(_written(row.cells[n])) for n in shown])


def harmless(cell: str) -> str:
    """A cell that no spreadsheet will run as a formula.

    >>> harmless("=1+1"), harmless("Pupil A1")
    ("'=1+1", 'Pupil A1')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case date():
            return cell.isoformat()
        case int():
            return str(cell)
        case float():
            return f"{cell:g}"
        case Lines(lines):
            return "\n".join(map(plain, lines))
        case str() | Span() | tuple():
            return "".join(map(_piece, pieces(cell)))
        case _:
            raise TypeError(f"records hold no {type(cell).__name__}")


def _piece(piece: str | Span) -> str:
    if isinstance(piece, str):
        return piece
    return piece.text if piece.value is None else piece.value


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()
