"""What programs read of a view: its records as comma-separated values, its data as JSON.

Both come in parts, so that a large result needs little memory. What stands in a `Stream` is
written a line each, so that two results compare well.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from careerspolicy.views.tree import Cell, Lines, Span, Stream, View, pieces, plain

#: What makes a spreadsheet take a cell for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_of(view: View) -> Iterator[str]:
    """The records of a view, line by line: the columns that programs have a name for."""
    if view.records is None:
        raise ValueError(f"{view.title} has no records")
    records = view.records()
    shown = [n for n, column in enumerate(records.columns) if column.name]
    yield _csv_line([records.columns[n].name for n in shown])
    for row in records.rows:
        yield _csv_line([harmless(_written(row.cells[n])) for n in shown])


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
            return "".join(one.text if one.value is None else one.value for one in pieces(cell))
        case _:
            raise TypeError(f"records hold no {type(cell).__name__}")


def _csv_line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def json_of(view: View) -> Iterator[str]:
    """A view's data as JSON text, in parts."""
    yield from _parts(view.data(), "")
    yield "\n"


def _parts(value: Any, inset: str) -> Iterator[str]:
    deeper = f"{inset}  "
    if isinstance(value, Stream):
        yield "["
        for n, one in enumerate(value):
            yield f"{',' if n else ''}\n{deeper}"
            yield from _parts(one, deeper) if _holds_stream(one) else (_text(one),)
        yield f"\n{inset}]"
    elif _holds_stream(value):
        for n, (name, one) in enumerate(value.items()):
            yield f"{',' if n else '{'}\n{deeper}{_text(name)}: "
            yield from _parts(one, deeper)
        yield f"\n{inset}}}"
    else:
        yield json.dumps(value, indent=2, ensure_ascii=False).replace("\n", f"\n{inset}")


def _holds_stream(value: Any) -> bool:
    return isinstance(value, Mapping) and any(isinstance(one, Stream) for one in value.values())


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
