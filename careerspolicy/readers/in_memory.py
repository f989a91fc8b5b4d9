"""Facts in memory, as programs hold them, in the plain terms of the YAML shape.

A table may be a list of rows (mappings, named tuples, values of data classes), a mapping of
columns, what a database answers, or a frame of any library that Narwhals knows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, ValuesView
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

import attrs

from careerspolicy.errors import InvalidFacts
from careerspolicy.extras import load
from careerspolicy.plain.yaml_tree import LocatedDict, LocatedList

_TABLES: Final = ("schools", "pupils", "aliases", "waivers")
_LISTS: Final = (list, tuple, set, frozenset)
_ROWS: Final = (*_LISTS, Sequence, Iterator, ValuesView)
#: What is in the terms of YAML as it is, or is told to be no table.
_SCALARS: Final = (str, int, float, date, type(None))
_AS_IT_IS: Final = frozenset([str, int, bool, date, type(None)])
#: How the ways of saying that nothing is known write themselves.
_MISSING: Final = frozenset(["nan", "NaN", "NaT", "<NA>"])


def in_plain_terms(data: Mapping[str, Any]) -> dict[str, Any]:
    """Data of the YAML shape with its tables as lists of rows, and their cells as YAML has them.

    What was read from a file stays as it is: it is in those terms, and has its places. Raises
    InvalidFacts for a table that has no rows to be read.
    """
    plain = {
        name: _rows(part, name) if name in _TABLES else _plain(part) for name, part in data.items()
    }
    records = data.get("records")
    if isinstance(records, Mapping) and not isinstance(records, LocatedDict):
        plain["records"] = {kind: _rows(table, kind) for kind, table in records.items()}
    return plain


def _rows(table: Any, name: str) -> Any:
    """A table's rows; what is no table stays as it is."""
    if isinstance(table, (LocatedList, LocatedDict, *_SCALARS)):
        return table
    if isinstance(table, Mapping):
        return _of_columns(table, name)
    if hasattr(table, "fetchall") and (named := getattr(table, "description", None)):
        headings = [column[0] for column in named]  # of what a database answers
        return _listed(headings, table.fetchall(), name)
    if isinstance(table, Iterable) and isinstance(table, _ROWS):
        return [*map(_plain, table)]
    return _of_frame(table, name)


def _of_frame(table: Any, name: str) -> Any:
    """The rows of a frame, of whose index columns with names are columns too."""
    index = getattr(getattr(table, "index", None), "names", ())
    if named := [level for level in index if level is not None and level not in table.columns]:
        table = table.reset_index(level=named)
    narwhals = load("narwhals")
    try:
        frame = narwhals.from_native(table, pass_through=True)
    except narwhals.exceptions.DuplicateError:
        return _listed([*table.columns], (), name)
    if isinstance(frame, narwhals.LazyFrame):
        frame = frame.collect()
    return _listed(frame.columns, frame.rows(), name) if hasattr(frame, "rows") else table


def _of_columns(table: Mapping[Any, Any], name: str) -> Any:
    columns = [_cells(column) for column in table.values()]
    if not all(columns):
        return table
    lengths = {len(column): heading for heading, column in zip(table, columns, strict=True)}
    if len(lengths) > 1:
        (most, long), (fewest, short) = max(lengths.items()), min(lengths.items())
        message = f'"{long}" has {most:,} cells, and "{short}" has {fewest:,}'
        raise _unusable(name, message, "give each column a cell for each row")
    return _listed([*table], zip(*columns, strict=True), name)


def _listed(headings: Sequence[Any], rows: Iterable[Sequence[Any]], name: str) -> list[Any]:
    """Rows under headings, each of which may stand there once."""
    twice = [heading for heading, count in Counter(headings).items() if count > 1]
    if twice:
        message = f'the column "{twice[0]}" stands there more than once'
        raise _unusable(name, message, "keep one of them")
    return [dict(zip(headings, map(_plain, row), strict=True)) for row in rows]


def _unusable(name: str, message: str, hint: str) -> InvalidFacts:
    return InvalidFacts.of("facts", message, hint, path=(name,), code="unreadable")


def _cells(column: Any) -> list[Any]:
    """The cells of a column; none where it is no column."""
    if isinstance(column, Mapping):
        return [*column.values()]
    return [] if isinstance(column, _SCALARS) else [*column]


def _plain(value: Any) -> Any:
    """A value in the terms of YAML: of what is missing None, of whole numbers no point.

    >>> _plain({"year_group": 11.0, "left": float("nan")})
    {'year_group': 11, 'left': None}
    """
    if value.__class__ in _AS_IT_IS or isinstance(value, (LocatedDict, LocatedList)):
        return value
    if isinstance(value, Mapping):
        return {name: _plain(own) for name, own in value.items()}
    if fields := _fields(value.__class__):
        return {name: _plain(getattr(value, name)) for name in fields}
    if isinstance(value, _LISTS):
        return [*map(_plain, value)]
    if (kind := getattr(getattr(value, "dtype", None), "kind", "")) and kind not in "mM":
        return _plain(value.tolist())  # NumPy's, whose scalars are arrays of one
    if str(value) in _MISSING:
        return None
    if isinstance(value, (float, Decimal)):
        return int(value) if value == value // 1 else float(value)
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else str(value)
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return value if isinstance(value, (str, date)) else str(value)


def _fields(kind: type) -> Iterable[str]:
    """The names of the fields of a class whose values are rows: named tuples and data classes."""
    if attrs.has(kind):
        return attrs.fields_dict(kind)
    fields: Iterable[str] = getattr(kind, "_fields", getattr(kind, "__dataclass_fields__", ()))
    return fields
