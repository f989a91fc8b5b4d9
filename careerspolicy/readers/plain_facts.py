"""Facts in one YAML or JSON file, or in memory in that shape, become sources of rows.

One of the two formats; nested parts (a school's terms, its completeness) become rows of their own,
so that everything is read as the cells of CSV files are.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from careerspolicy.plain.yaml_tree import LocatedDict, LocatedList
from careerspolicy.readers.raw import RawRow, RowSource
from careerspolicy.readers.tables import fixed_table, folded, kind_names, record_table
from careerspolicy.readers.tally import Tally
from careerspolicy.readers.values import quoted
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from careerspolicy.readers.log import Log
    from careerspolicy.vocabulary import Vocabulary

FORMAT: Final = 1
TOP_LEVEL: Final = ("format", "as_at", "schools", "pupils", "records", "aliases", "waivers")
_HALF_TERM: Final = "half_term"
#: Parts of a school that become rows of their own.
#: What says for which days records are complete, and the column that it fills.
_COMPLETE: Final = {"complete_since": "since", "complete_until": "until"}
_NESTED: Final = ("terms", *_COMPLETE)

_Place = tuple[int, int]
#: A row as a mapping, its place, and its number where it has none.
_Listed: TypeAlias = "tuple[_Mapping, _Place, int | None]"
_Mapping = dict[Any, Any]


def plain_sources(
    data: Any, file: str, vocabulary: Vocabulary, log: Log
) -> dict[str, list[RowSource]]:
    """The sources of plain data by table or kind of record.

    Raises InvalidFacts for a wrong structure: its rows would be complained of for nothing.
    """
    parts = _Parts(file, vocabulary, log)
    if not isinstance(data, dict):
        hint = f"begin with the keys {', '.join(TOP_LEVEL)}"
        message = "this file is empty" if data is None else "facts are a mapping, which this is not"
        log.stop(file, message, hint)
        log.raise_if_unusable()
    parts.check_top(data)
    sources: dict[str, list[RowSource]] = {}
    for name, path, rows in parts.tables(data):
        table_of = record_table if path[0] == "records" else fixed_table
        tally = Tally(file=file, sheet=", ".join(path), holds=[name])
        source = RowSource(
            table=table_of(name, vocabulary), file=file, rows=rows, path=path, tally=tally
        )
        if rows:
            log.tallies.append(tally)
        sources.setdefault(name, []).append(source)
    log.raise_if_unusable()
    return sources


@attrs.frozen
class _Parts:
    """One set of plain data being taken apart."""

    file: str
    vocabulary: Vocabulary
    log: Log

    def check_top(self, data: _Mapping) -> None:
        for key in data:
            if key not in TOP_LEVEL:
                hint = did_you_mean(str(key), TOP_LEVEL)
                self._stop(_key_place(data, key), (), f"{quoted(key)} is not a part of facts", hint)
        version = data.get("format", 0)
        if isinstance(version, bool) or version != FORMAT:
            message = f"is {quoted(version)}, which is not known" if version else "is missing"
            self._stop(_value_place(data, "format"), ("format",), message, "write format: 1")
        if "schools" not in data:
            hint = "list the schools that the facts are of"
            self._stop((0, 0), ("schools",), "is missing", hint)

    def tables(self, data: _Mapping) -> Iterator[tuple[str, tuple[str, ...], list[RawRow]]]:
        """Each list of rows: its table or kind, the way to it, and the rows."""
        schools = self._mappings(data, "schools", ())
        yield "schools", ("schools",), [_school_row(*school, data) for school in schools]
        # What is nested in a school without a URN has nothing to belong to.
        known = [school for school, *_ in schools if school.get("urn") is not None]
        yield "terms", ("schools", "terms"), list(self._terms(known))
        for name in _COMPLETE:
            yield "complete", ("schools", name), list(self._complete(known, name))
        for name in ("aliases", "pupils", "waivers"):
            yield name, (name,), self._rows(data, name, ())
        records = self._mapping(data, "records", ())
        kinds = kind_names(self.vocabulary)
        for key in records:
            if kind := kinds.get(folded(str(key))):
                yield kind, ("records", str(key)), self._rows(records, key, ("records",))
                continue
            message = f"{quoted(key)} is not a kind of record known here; it was not read"
            hint = did_you_mean(str(key), self.vocabulary.record_kinds)
            line, column = _key_place(records, key)
            self.log.unread(self.file, message, hint, line=line, column=column, path=("records",))

    def _rows(self, holder: _Mapping, key: str, path: tuple[str, ...]) -> list[RawRow]:
        return [
            RawRow(
                tuple(map(str, row)), [*row.values()], at[0], _value_places(row), at[1], row=number
            )
            for row, at, number in self._mappings(holder, key, path)
        ]

    def _terms(self, schools: Iterable[_Mapping]) -> Iterator[RawRow]:
        for school in schools:
            for term, at, number in self._mappings(school, "terms", ("schools",)):
                cells = [("school", school["urn"], _value_place(school, "urn"))]
                cells += [cell for cell in _cells(term) if cell[0] != _HALF_TERM]
                holiday = self._mapping(term, _HALF_TERM, ("schools", "terms"))
                cells += [(f"{_HALF_TERM}_{name}", *cell) for name, *cell in _cells(holiday)]
                yield _row(cells, at, number)

    def _complete(self, schools: Iterable[_Mapping], name: str) -> Iterator[RawRow]:
        for school in schools:
            stated = self._mapping(school, name, ("schools",))
            for kind, day in stated.items():
                at = _key_place(stated, kind)
                cells = [
                    ("kind", str(kind), at),
                    (_COMPLETE[name], day, _value_place(stated, kind)),
                    ("school", school["urn"], _value_place(school, "urn")),
                ]
                yield _row(cells, at)

    def _mapping(self, holder: _Mapping, key: str, path: tuple[str, ...]) -> _Mapping:
        """The mapping under a key; empty where nothing is said, or where it isn't one."""
        value: Any = holder.get(key)
        place = _value_place(holder, key)
        there = value is not None and self._is(dict, value, place, (*path, key))
        mapping: _Mapping = value if there else {}
        return mapping

    def _mappings(self, holder: _Mapping, key: str, path: tuple[str, ...]) -> list[_Listed]:
        """The mappings of the list under a key, each with its place or number."""
        value, path = holder.get(key), (*path, key)
        if value is None or not self._is((list, tuple), value, _value_place(holder, key), path):
            return []
        places = value.value_places if isinstance(value, LocatedList) else [(0, 0)] * len(value)
        return [
            (item, place, None if place[0] else number)
            for number, (item, place) in enumerate(zip(value, places, strict=True))
            if self._is(dict, item, place, path)
        ]

    def _is(self, sort: Any, value: Any, place: _Place, path: tuple[str, ...]) -> bool:
        """Whether a value is a mapping, or a list; that it isn't is a problem."""
        if isinstance(value, sort):
            return True
        what, hint = "list", "begin each item with -, or write []"
        if sort is dict:
            what, hint = "mapping", "write it as keys and values"
        self._stop(place, path, f"{quoted(value)} stands where a {what} belongs", hint)
        return False

    def _stop(self, place: _Place, path: tuple[str, ...], message: str, hint: str) -> None:
        self.log.stop(self.file, message, hint, line=place[0], column=place[1], path=path)


def _school_row(school: _Mapping, at: _Place, number: int | None, data: _Mapping) -> RawRow:
    """A school's own values; the file's `as_at` stands in for its own."""
    cells = [cell for cell in _cells(school) if cell[0] not in _NESTED]
    if school.get("as_at") is None and data.get("as_at") is not None:
        cells = [cell for cell in cells if cell[0] != "as_at"]
        cells.append(("as_at", data["as_at"], _value_place(data, "as_at")))
    return _row(cells, at, number)


def _cells(mapping: _Mapping) -> Iterator[tuple[str, Any, _Place]]:
    """What a mapping says: names, values and their places."""
    return ((str(key), value, _value_place(mapping, key)) for key, value in mapping.items())


def _row(cells: list[tuple[str, Any, _Place]], at: _Place, number: int | None = None) -> RawRow:
    places = {name: place for name, _, place in cells}
    names = tuple(name for name, _, _ in cells)
    return RawRow(names, [value for _, value, _ in cells], at[0], places, at[1], row=number)


def _key_place(mapping: _Mapping, key: Any) -> _Place:
    return mapping.key_places[key] if isinstance(mapping, LocatedDict) else (0, 0)


def _value_place(mapping: _Mapping, key: Any) -> _Place:
    return (_value_places(mapping) or {}).get(key, (0, 0))


def _value_places(mapping: _Mapping) -> Mapping[str, _Place] | None:
    return mapping.value_places if isinstance(mapping, LocatedDict) else None


def is_whole(path: Path) -> bool:
    """Whether a JSON file holds whole facts, and not the rows of one table."""
    try:
        data = json.loads(path.read_bytes())
    except (ValueError, OSError):
        return True  # what is wrong with it is told by whoever reads it
    return isinstance(data, dict) and not data.keys().isdisjoint({"format", "schools"})
