"""Facts in one YAML or JSON file, or in memory in that shape, become sources of rows.

One of the two formats; nested parts (a school's terms, its completeness) become rows of their own,
so that everything goes through the same `rows` as the cells of CSV files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.errors import Problem
from careerspolicy.plain.yaml_tree import LocatedDict, LocatedList
from careerspolicy.readers.log import Log, RawRow, Source
from careerspolicy.readers.tables import fixed_table, folded, record_table
from careerspolicy.readers.values import quoted
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from careerspolicy.vocabulary import Vocabulary

FORMAT: Final = 1
TOP_LEVEL: Final = ("format", "as_at", "schools", "pupils", "records", "waivers")
_HALF_TERM: Final = "half_term"

_Place = tuple[int, int]


def plain_sources(
    data: Any, file: str, vocabulary: Vocabulary, log: Log
) -> dict[str, list[Source]]:
    """The sources of plain data by table or kind of record.

    Raises InvalidFacts for a wrong structure: its rows would be complained of for nothing.
    """
    reading = _Reading(file, vocabulary, log)
    if not isinstance(data, dict):
        hint = f"begin with the keys {', '.join(TOP_LEVEL)}"
        message = "this file is empty" if data is None else "facts are a mapping, which this is not"
        reading.stop((0, 0), (), message, hint)
        log.raise_if_unusable()
    reading.check_top(data)
    sources: dict[str, list[Source]] = {}
    for name, path, rows in reading.tables(data):
        table = (
            record_table(name, vocabulary)
            if path[0] == "records"
            else fixed_table(name, vocabulary)
        )
        sources.setdefault(name, []).append(Source(table=table, file=file, rows=rows, path=path))
    log.raise_if_unusable()
    return sources


@attrs.frozen
class _Reading:
    """One set of plain data being taken apart."""

    file: str
    vocabulary: Vocabulary
    log: Log

    def stop(self, place: _Place, path: tuple[str, ...], message: str, hint: str) -> None:
        line, column = place
        self.log.stop(
            Problem(file=self.file, line=line, column=column, path=path, message=message, hint=hint)
        )

    def check_top(self, data: dict[Any, Any]) -> None:
        for key in data:
            if key not in TOP_LEVEL:
                message = f"{quoted(key)} is not a part of facts"
                self.stop(_key_place(data, key), (), message, did_you_mean(str(key), TOP_LEVEL))
        version = data.get("format", 0)
        if isinstance(version, bool) or version != FORMAT:
            message = f"is {quoted(version)}, which is not known" if version else "is missing"
            self.stop(_value_place(data, "format"), ("format",), message, "write format: 1")
        if "schools" not in data:
            self.stop((0, 0), ("schools",), "is missing", "list the schools that the facts are of")

    def tables(self, data: dict[Any, Any]) -> Iterator[tuple[str, tuple[str, ...], list[RawRow]]]:
        """Each list of rows: its table or kind, the way to it, and the rows."""
        schools = self._mappings(data, "schools", ())
        yield "schools", ("schools",), [_school_row(one, at, data) for one, at in schools]
        # What is nested in a school without a URN has nothing to belong to.
        known = [one for one, _ in schools if one.get("urn") is not None]
        yield "terms", ("schools", "terms"), list(self._terms(known))
        yield "complete", ("schools", "complete_since"), list(self._complete(known))
        for name in ("pupils", "waivers"):
            rows = [_row(one, at) for one, at in self._mappings(data, name, ())]
            yield name, (name,), rows
        for kind, key, records in self._kinds(data):
            path = ("records", key)
            rows = [_row(one, at) for one, at in self._mappings(records, key, path[:1])]
            yield kind, path, rows

    def _kinds(self, data: dict[Any, Any]) -> Iterator[tuple[str, str, dict[Any, Any]]]:
        records = self._mapping(data, "records", ())
        kinds = {folded(kind): kind for kind in self.vocabulary.record_kinds}
        for key in records:
            kind = kinds.get(folded(str(key)))
            if kind is not None:
                yield kind, str(key), records
                continue
            line, column = _key_place(records, key)
            message = f"{quoted(key)} is not a kind of record known here; it was not read"
            hint = did_you_mean(str(key), kinds.values())
            self.log.warnings.append(
                Problem(
                    file=self.file,
                    line=line,
                    column=column,
                    path=("records",),
                    message=message,
                    hint=hint,
                    severity="warning",
                    unread=True,
                )
            )

    def _terms(self, schools: list[dict[str, Any]]) -> Iterator[RawRow]:
        for school in schools:
            for term, at in self._mappings(school, "terms", ("schools",)):
                names, cells, places = ["school"], [school.get("urn")], {}
                places["school"] = _value_place(school, "urn")
                for key, value in term.items():
                    inner = self._half_term(term) if key == _HALF_TERM else {key: value}
                    within = value if key == _HALF_TERM else term
                    for name, cell in inner.items():
                        flat = f"{_HALF_TERM}_{name}" if key == _HALF_TERM else str(name)
                        names.append(flat)
                        cells.append(cell)
                        places[flat] = _value_place(within, name)
                yield RawRow(tuple(names), cells, at[0], places, at[1])

    def _half_term(self, term: dict[str, Any]) -> dict[str, Any]:
        return self._mapping(term, _HALF_TERM, ("schools", "terms"))

    def _complete(self, schools: list[dict[str, Any]]) -> Iterator[RawRow]:
        for school in schools:
            stated = self._mapping(school, "complete_since", ("schools",))
            for kind, since in stated.items():
                at = _key_place(stated, kind)
                places = {
                    "kind": at,
                    "since": _value_place(stated, kind),
                    "school": _value_place(school, "urn"),
                }
                cells = (str(kind), since, school.get("urn"))
                yield RawRow(("kind", "since", "school"), cells, at[0], places, at[1])

    def _mapping(
        self, holder: Mapping[Any, Any], key: str, path: tuple[str, ...]
    ) -> dict[Any, Any]:
        """The mapping under a key; empty where nothing is said, or where it isn't one."""
        value = holder.get(key)
        if value is None or isinstance(value, dict):
            return value or {}
        message = f"{quoted(value)} stands where a mapping belongs"
        self.stop(_value_place(holder, key), (*path, key), message, "write it as keys and values")
        return {}

    def _mappings(
        self, holder: Mapping[Any, Any], key: str, path: tuple[str, ...]
    ) -> list[tuple[dict[str, Any], _Place]]:
        """The mappings of the list under a key, each with its place."""
        value = holder.get(key)
        if value is None:
            return []
        if not isinstance(value, (list, tuple)):
            message = f"{quoted(value)} stands where a list belongs"
            hint = "begin each item with -, or write []"
            self.stop(_value_place(holder, key), (*path, key), message, hint)
            return []
        found = []
        for index, item in enumerate(value):
            place = _item_place(value, index)
            if isinstance(item, dict):
                found.append((item, place))
            else:
                message = f"{quoted(item)} stands where a mapping belongs"
                hint = "write it as keys and values"
                self.stop(place, (*path, key), message, hint)
        return found


def _row(mapping: dict[str, Any], at: _Place) -> RawRow:
    places = mapping.value_places if isinstance(mapping, LocatedDict) else None
    return RawRow(tuple(map(str, mapping)), list(mapping.values()), at[0], places, at[1])


def _school_row(school: dict[str, Any], at: _Place, data: dict[str, Any]) -> RawRow:
    """A school's own values; the file's `as_at` stands in for its own."""
    own = {k: v for k, v in school.items() if k not in ("terms", "complete_since")}
    places = {key: _value_place(school, key) for key in own}
    if own.get("as_at") is None and data.get("as_at") is not None:
        own["as_at"] = data["as_at"]
        places["as_at"] = _value_place(data, "as_at")
    return RawRow(tuple(map(str, own)), list(own.values()), at[0], places, at[1])


def _key_place(mapping: Mapping[Any, Any], key: Any) -> _Place:
    return mapping.key_places[key] if isinstance(mapping, LocatedDict) else (0, 0)


def _value_place(mapping: Mapping[Any, Any], key: str) -> _Place:
    if not isinstance(mapping, LocatedDict):
        return (0, 0)
    return mapping.value_places.get(key, (0, 0))


def _item_place(items: list[Any] | tuple[Any, ...], index: int) -> _Place:
    return items.value_places[index] if isinstance(items, LocatedList) else (0, 0)
