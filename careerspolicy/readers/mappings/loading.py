"""From a mapping file to a `SystemMapping`: plain YAML, its schema, sense, and then the values.

Every problem of a file is told at once, in file order.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import as_file, files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.errors import Problem, UnusableInput, raised_as
from careerspolicy.plain.conformity import check_conformity, validator_for
from careerspolicy.plain.places import Objection
from careerspolicy.plain.places import Path as Place
from careerspolicy.plain.yaml_tree import load_plain
from careerspolicy.readers.mappings.mapping import ColumnMapping, SheetMapping, SystemMapping
from careerspolicy.readers.tables import described, fixed_table, folded, record_table
from careerspolicy.suggestions import did_you_mean
from careerspolicy.vocabulary import shared_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from careerspolicy.vocabulary import Vocabulary

#: What the file is called that a folder of downloads keeps.
SAVED: Final = "mapping.yaml"


class InvalidMapping(UnusableInput):
    """A mapping file that breaks its schema or makes no sense."""


@lru_cache(maxsize=1)
def shipped_mappings() -> Mapping[str, Path]:
    """The shipped mappings by name."""
    with as_file(files(__package__ or "").joinpath("shipped")) as folder:
        return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def load_mapping(path: Path, vocabulary: Vocabulary) -> SystemMapping:
    """The mapping in a file; its columns and kinds of record are those of a vocabulary.

    Raises InvalidMapping with every problem.
    """
    shipped = path in shipped_mappings().values()
    tree, problems = (_shipped_tree if shipped else _tree)(path)
    problems = problems or [each.problem(tree, str(path)) for each in _nonsense(tree, vocabulary)]
    if problems:
        raise InvalidMapping(problems)
    rests = tree.get("rests_on", {})
    return SystemMapping(
        name=tree["mapping"],
        title=tree.get("title", tree["mapping"]),
        file=str(path),
        shipped=shipped,
        certainty=rests.get("certainty", ""),
        source=rests.get("source", ""),
        sheets=tuple(_sheet(sheet) for sheet in tree.get("sheets", ())),
        schools=tuple(_texts(school) for school in tree.get("schools", ())),
    )


@lru_cache(maxsize=1)
def usage() -> SystemMapping:
    """What people call the columns of their own spreadsheets, for proposals only."""
    with as_file(files(__package__ or "").joinpath("usage.yaml")) as path:
        return load_mapping(path, shared_vocabulary())


def _tree(path: Path) -> tuple[Any, list[Problem]]:
    """What a file holds, and how that breaks the schema."""
    with raised_as(InvalidMapping):
        tree = load_plain(path)
    return tree, [*check_conformity(tree, validator_for("mapping"), file=str(path))]


#: Those that are shipped never change.
_shipped_tree = lru_cache(maxsize=None)(_tree)


def _sheet(tree: Mapping[str, Any]) -> SheetMapping:
    holds = tree.get("holds", "")
    by_value = holds if isinstance(holds, dict) else {}
    places = getattr(tree.get("columns"), "key_places", {})
    return SheetMapping(
        holds="" if by_value else holds,
        kind_in=by_value.get("heading", ""),
        kinds=_by_folded(by_value.get("kinds", {})),
        recognised_by=tuple(map(_spellings, tree.get("recognised_by", ()))),
        dates=tree.get("dates", ""),
        columns=tuple(
            _column(heading, column, places.get(heading, (0, 0))[0])
            for heading, column in tree.get("columns", {}).items()
        ),
        fixed=_texts(tree.get("fixed", {})),
        line=getattr(tree, "key_places", {}).get("holds", (0, 0))[0],
    )


def _column(heading: str, tree: Mapping[str, Any], line: int) -> ColumnMapping:
    to = tree.get("to", "")
    plain = ("identifies", "of", "name", "drop", "reads", "blank")
    texts: dict[str, Any] = {name: str(tree[name]) for name in plain if name in tree}
    return ColumnMapping(
        heading=heading,
        **texts,
        to=to if isinstance(to, str) else to[0],
        or_to=() if isinstance(to, str) else tuple(to[1:]),
        values=_by_folded(tree.get("values", {})),
        leaves_out=_by_folded(tree.get("leaves_out", {})),
        record=_texts(tree.get("record", {})),
        line=line,
    )


def _spellings(names: str | list[str]) -> frozenset[str]:
    return frozenset(map(folded, [names] if isinstance(names, str) else names))


def _by_folded(tree: Mapping[Any, Any]) -> Mapping[str, str]:
    return MappingProxyType({folded(str(key)): str(value) for key, value in tree.items()})


def _texts(tree: Mapping[str, Any]) -> Mapping[str, str]:
    return MappingProxyType({key: str(value) for key, value in tree.items()})


def _nonsense(tree: Any, vocabulary: Vocabulary) -> Iterator[Objection]:
    """Tables, kinds of record and columns that nobody knows."""
    for number, sheet in enumerate(tree.get("sheets", ())):
        at: Place = ("sheets", number)
        holds = sheet.get("holds", "")
        named: dict[Place, str] = {("holds",): holds} if isinstance(holds, str) and holds else {}
        if isinstance(holds, dict):
            named = {("holds", "kinds", key): kind for key, kind in holds["kinds"].items()}
        for heading, column in sheet.get("columns", {}).items():
            if kind := column.get("record", {}).get("kind"):
                named["columns", heading, "record", "kind"] = kind
        known = [*described().tables, *vocabulary.record_kinds]
        unknown = {way: name for way, name in named.items() if name not in known}
        for way, name in unknown.items():
            message = f'"{name}" is neither a table of facts nor a kind of record'
            yield Objection((*at, *way), message, did_you_mean(name, known))
        if not unknown:
            yield from (each.within(*at) for each in _unknown_columns(sheet, vocabulary))


def _unknown_columns(sheet: Mapping[str, Any], words: Vocabulary) -> Iterator[Objection]:
    holds = sheet.get("holds", "")
    own = [holds] if isinstance(holds, str) else [*holds["kinds"].values()]
    each = sheet.get("columns", {}).values()
    own += [] if own != [""] else [one["record"]["kind"] for one in each if "record" in one]
    known = {name for held in filter(None, own) for name in column_names(held, words)}
    targets: dict[Place, tuple[str, set[str]]] = {
        ("fixed", name): (name, known) for name in sheet.get("fixed", {})
    }
    for heading, column in sheet.get("columns", {}).items():
        way, record = ("columns", heading), column.get("record", {})
        columns = {*column_names(record["kind"], words)} if record else known
        to = column.get("to", ())
        if isinstance(to, str):
            targets[*way, "to"] = (to, columns)
        else:
            targets |= {(*way, "to", place): (name, columns) for place, name in enumerate(to)}
        targets |= {(*way, "record", name): (name, columns) for name in record if name != "kind"}
    for place, (name, columns) in targets.items():
        if name not in columns:
            message = f'"{name}" is no column of theirs'
            yield Objection(place, message, did_you_mean(name, columns))


def column_names(held: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The columns of a table or of a kind of record."""
    table_of = fixed_table if held in described().tables else record_table
    return tuple(column.name for column in table_of(held, vocabulary).columns)
