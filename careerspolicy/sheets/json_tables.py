"""JSON as systems give it: a list of mappings, such lists by name, or a list for each column."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, NoReturn

from careerspolicy.sheets.encodings import encoding_of
from careerspolicy.sheets.sheet import Cell, Line, Sheet, Unreadable, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_MOST_BYTES: Final = 2**28
_BLANK: Final = re.compile(r"[ \t\n\r]*")
_SHAPE: Final = "write a list of mappings, each a row by its headings"


class _BrokenError(Exception):
    """What is wrong in a file."""


def json_sheets(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a file; raises Unreadable for what is no JSON, or no table."""
    if path.stat().st_size > _MOST_BYTES:
        message = f"this file is larger than {_MOST_BYTES >> 20} MB"
        raise Unreadable.of(path, message, "split it into several, or save it as CSV")
    try:
        text = path.read_text(encoding_of(path).codec)
        scanner = _Scanner(text)
        tables = scanner.tables()
    except json.JSONDecodeError as error:
        message = f"this is no JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        hint = "save it again from where it came"
        raise Unreadable.of(path, message, hint, line=error.lineno, column=error.colno) from None
    except UnicodeDecodeError:
        raise Unreadable.of(path, "this is not text to its end", "save it as UTF-8") from None
    except RecursionError:
        raise Unreadable.of(path, "this is nested too deeply", _SHAPE, line=1) from None
    except _BrokenError as error:
        raise Unreadable.of(path, str(error), _SHAPE, line=scanner.line) from None
    if not tables:
        raise Unreadable.of(path, "there is no table in this file", _SHAPE, line=1)
    return tuple(
        Sheet(
            file=str(path),
            name=name if len(tables) > 1 else "",
            taken_as="JSON",
            headed=True,
            read=lines.__iter__,
        )
        for name, lines in tables.items()
    )


class _Scanner:
    """A file's text being read item by item, so that each row knows its `line`."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._counted, self.line = 0, 1
        self._decoder = json.JSONDecoder(object_pairs_hook=_mapping, parse_constant=_no_number)

    def tables(self) -> dict[str, list[Line]]:
        """The tables by name: of one that has none, ""."""
        if self._next() != "[":
            return self._of_mapping()
        rows = [*self._items()]
        self._end()
        return {"": _table(rows)} if _are_rows(rows) else {}

    def _of_mapping(self) -> dict[str, list[Line]]:
        if self._next() != "{":
            self._value()
            self._end()
            return {}
        lists: dict[str, list[tuple[int, Any]]] = {}
        for key in self._keys():
            if self._next() == "[":
                lists[key] = [*self._items()]
            else:
                self._value()
        self._end()
        tables = {key: _table(rows) for key, rows in lists.items() if _are_rows(rows)}
        if tables or not lists:
            return tables
        if len({len(rows) for rows in lists.values()}) > 1:
            raise _BrokenError("the lists of this file are not equally long")
        columns = zip(*lists.values(), strict=True)
        rows = [
            (cells[0][0], dict(zip(lists, (cell for _, cell in cells), strict=True)))
            for cells in columns
        ]
        return {"": _table(rows)} if rows else {}

    def _keys(self) -> Iterator[str]:
        """The keys of the mapping that begins here, each before its value is read."""
        self._take("{")
        seen: list[tuple[str, Any]] = []
        while self._next() != "}":
            if seen:
                self._take(",")
            if self._next() != '"':
                raise self._error("Expecting property name enclosed in double quotes")
            key = self._value()
            seen.append((key, None))
            _mapping(seen)
            self._take(":")
            yield key
        self._at += 1

    def _items(self) -> Iterator[tuple[int, Any]]:
        """The items of the list that begins here, each with its line."""
        self._take("[")
        first = True
        while self._next() != "]":
            if not first:
                self._take(",")
            first = False
            self._next()
            self.line += self._text.count("\n", self._counted, self._at)
            self._counted = self._at
            yield self.line, self._value()
        self._at += 1

    def _next(self) -> str:
        match = _BLANK.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._text[self._at : self._at + 1]

    def _take(self, mark: str) -> None:
        if self._next() != mark:
            raise self._error(f"Expecting '{mark}'")
        self._at += 1

    def _value(self) -> Any:
        self._next()
        value, self._at = self._decoder.raw_decode(self._text, self._at)
        return value

    def _end(self) -> None:
        if self._next():
            raise self._error("Extra data")

    def _error(self, message: str) -> json.JSONDecodeError:
        return json.JSONDecodeError(message, self._text, self._at)


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for n, key in enumerate(keys) if key in keys[:n])
        raise _BrokenError(f'the key "{twice}" stands twice in one mapping')
    return mapping


def _no_number(name: str) -> NoReturn:
    raise _BrokenError(f"{name} is no number of JSON")


def _are_rows(rows: Sequence[tuple[int, Any]]) -> bool:
    """Whether a list is a table: of mappings, and nothing else."""
    return bool(rows) and all(isinstance(row, dict) for _, row in rows)


def _table(rows: Sequence[tuple[int, Any]]) -> list[Line]:
    """The lines of a table, its headings first: all keys, in the order in which they come."""
    flat = [(line, dict(_flat(row))) for line, row in rows]
    headings = [*dict.fromkeys(key for _, row in flat for key in row)]
    return [
        Line(0, [*headings]),
        *(Line(line, [row.get(key) for key in headings]) for line, row in flat),
    ]


def _flat(mapping: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, Cell]]:
    """The cells of a mapping: what is nested by its dotted keys, of lists all items in one cell."""
    for key, value in mapping.items():
        name = f"{within}{key}"
        if isinstance(value, dict):
            yield from _flat(value, f"{name}.")
        elif isinstance(value, list):
            yield from _joined(value, name)
        else:
            yield name, tidy(value) if isinstance(value, float) else value


def _joined(items: Sequence[Any], name: str) -> Iterator[tuple[str, Cell]]:
    cells: dict[str, list[str]] = {} if items else {name: []}
    for item in items:
        for key, cell in _flat({"": item}, name):
            cells.setdefault(key, []).extend([] if cell is None else [str(cell)])
    for key, texts in cells.items():
        yield key, ";".join(texts) or None
