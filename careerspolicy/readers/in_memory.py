"""Facts in memory, as programs hold them, in the plain terms of the YAML shape.

A table may be a list of rows, a mapping of columns, or a frame of any library that Narwhals knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from careerspolicy.extras import load
from careerspolicy.plain.yaml_tree import LocatedDict, LocatedList

_TABLES: Final = ("schools", "pupils", "aliases", "waivers")
_LISTS: Final = (list, tuple, set, frozenset)
#: What is in the terms of YAML as it is, or is told to be no table.
_SCALARS: Final = (str, int, float, date, type(None))
_AS_IT_IS: Final = frozenset([str, int, bool, date, type(None)])
#: How the ways of saying that nothing is known write themselves.
_MISSING: Final = frozenset(["nan", "NaN", "NaT", "<NA>"])


def in_plain_terms(data: Mapping[str, Any]) -> dict[str, Any]:
    """Data of the YAML shape with its tables as lists of rows, and their cells as YAML has them.

    What was read from a file stays as it is: it is in those terms, and has its places.
    """
    plain = {name: _rows(part) if name in _TABLES else _plain(part) for name, part in data.items()}
    records = data.get("records")
    if isinstance(records, Mapping) and not isinstance(records, LocatedDict):
        plain["records"] = {kind: _rows(table) for kind, table in records.items()}
    return plain


def _rows(table: Any) -> Any:
    """A table's rows; what is no table stays as it is."""
    if isinstance(table, (LocatedList, LocatedDict, *_SCALARS)):
        return table
    if isinstance(table, (*_LISTS, Iterator)):
        return [*map(_plain, table)]
    if isinstance(table, Mapping):
        columns = [_cells(column) for column in table.values()]
        if not all(columns) or len({len(column) for column in columns}) != 1:
            return table
        return [dict(zip(table, map(_plain, row), strict=True)) for row in zip(*columns)]  # noqa: B905 - as long as each other
    narwhals = load("narwhals")
    frame = narwhals.from_native(table, pass_through=True)
    if isinstance(frame, narwhals.LazyFrame):
        frame = frame.collect()
    if not isinstance(frame, narwhals.DataFrame):
        return table
    return [_plain(row) for row in frame.iter_rows(named=True)]


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
    return value if isinstance(value, (str, date)) else str(value)
