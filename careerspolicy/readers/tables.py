"""The tables that facts come in: their columns, from `tables.yaml` and from the vocabulary.

First of the readers: converters, JSON Schema and data dictionary all come from these values.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import attrs
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from careerspolicy.vocabulary import AttributeType, Kind, Value, Vocabulary

#: The types of attributes, and those that only the fixed tables have.
ColumnType: TypeAlias = (
    "AttributeType | Literal['year group', 'year groups', 'day of the year', 'kind of record']"
)

#: The columns of which every record fills in one: whose it is.
OWNERS: Final = ("pupil", "school", "trust")
_IGNORED: Final = str.maketrans("", "", " _-\t\u00a0")


def folded(name: str) -> str:
    """A name without what spelling may vary in: case, spaces, underscores and hyphens.

    >>> folded("Year Group") == folded("year_group")
    True
    """
    return name.translate(_IGNORED).casefold()


@attrs.frozen(kw_only=True)
class Column:
    """One column of a table: what it is called, what it may hold, and what that means.

    `values` are the words that it admits; a list of words that names none admits any. An
    `attribute` comes from the vocabulary; the others are the table's own. What holds names that
    people spell as they please (`by_name`) has one spelling for each.
    """

    name: str
    type: ColumnType
    description: str
    required: bool = False
    example: str = ""
    values: Mapping[str, str] = attrs.field(factory=dict)
    default: Value | None = None
    attribute: bool = False
    by_name: bool = False

    @property
    def usual(self) -> Value | None:
        """The default as a value: a list stands for a set."""
        return frozenset(self.default) if isinstance(self.default, list) else self.default


@attrs.frozen(kw_only=True)
class FactsTable:
    """A table of facts: what a row of it is, and the `thing` whose attributes are its columns."""

    name: str
    row_name: str
    description: str
    columns: tuple[Column, ...]
    thing: str = ""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns that hold names which people spell as they please."""
        return tuple(column.name for column in self.columns if column.by_name)


@attrs.frozen(kw_only=True)
class Described:
    """All that `tables.yaml` says; a type `admits` what its JSON Schema does.

    The columns of a `register` stand in place of a record's pupil.
    """

    tables: Mapping[str, FactsTable]
    record: FactsTable
    register: tuple[Column, ...]
    types: Mapping[str, Mapping[str, Any]]
    rules: tuple[Mapping[str, str], ...]


@lru_cache(maxsize=1)
def described() -> Described:
    """The fixed tables, the columns of every record, how types are written, what bad rows earn."""
    text = files(__package__ or "").joinpath("tables.yaml").read_text(encoding="utf-8")
    tree = yaml.safe_load(text)
    return Described(
        tables=MappingProxyType({name: _table(name, own) for name, own in tree["tables"].items()}),
        record=_table("records", tree["record"]),
        register=_columns(tree["register"]),
        types=MappingProxyType(tree["types"]),
        rules=tuple(tree["rules"]),
    )


def fixed_table(name: str, vocabulary: Vocabulary) -> FactsTable:
    """One of the fixed tables, with the attributes of its thing as further columns."""
    table = described().tables[name]
    if not table.thing:
        return table
    return _with_attributes(table, vocabulary.kinds[table.thing])


def record_table(kind: str, vocabulary: Vocabulary) -> FactsTable:
    """The table of one kind of record: the columns of every record, and the kind's attributes."""
    known = vocabulary.kinds[kind]
    record = described().record
    columns = (*record.columns, *(described().register if known.of == "pupil" else ()))
    table = attrs.evolve(record, name=kind, description=known.description, columns=columns)
    return _with_attributes(table, known)


def kind_names(vocabulary: Vocabulary) -> dict[str, str]:
    """Every name that a kind of record may go by, folded, with the kind."""
    return {
        folded(name): kind.name
        for kind in (vocabulary.kinds[name] for name in vocabulary.record_kinds)
        for name in (kind.name, f"{kind.name}s", kind.singular, kind.plural)
    }


def _table(name: str, tree: Mapping[str, Any]) -> FactsTable:
    return FactsTable(
        name=name,
        row_name=tree["one"],
        description=tree["description"],
        columns=_columns(tree["columns"]),
        thing=tree.get("attributes_of", ""),
    )


def _columns(tree: Mapping[str, Any]) -> tuple[Column, ...]:
    return tuple(Column(name=name, **own) for name, own in tree.items())


def _with_attributes(table: FactsTable, kind: Kind) -> FactsTable:
    fixed = {folded(column.name) for column in table.columns}
    added = (
        Column(
            name=name,
            type=attribute.type,
            description=attribute.description,
            values=attribute.values,
            default=attribute.default,
            attribute=True,
            # what says which thing a record is of is an identifier, not a name
            by_name=attribute.words.by_name and name != kind.identity,
        )
        for name, attribute in kind.attributes.items()
        if folded(name) not in fixed
    )
    return attrs.evolve(table, columns=(*table.columns, *added))


#: The sheet of a workbook to fill in that explains the others.
HELP: Final = "Help"
#: With what a line of totals begins.
_TOTALS: Final = frozenset(["total", "totals", "subtotal", "count", "sum"])
#: What the first cell of a row begins with that only shows how rows are filled in.
EXAMPLE: Final = "Example: "


def is_example(cells: Iterable[object]) -> bool:
    """Whether a row only shows how rows are filled in, and says nothing of anybody.

    >>> is_example([None, "example: P001", "100001"]), is_example(["P001", "Example: x"])
    (True, False)
    """
    first = next((str(cell).strip() for cell in cells if cell not in (None, "")), "")
    return first.casefold().startswith(EXAMPLE.strip().casefold())


def is_total(cells: Sequence[object]) -> bool:
    """Whether a row counts others up, and tells of nobody.

    >>> is_total(["Year 9 total", "", 25]), is_total(["Total: 25", None, None])
    (True, True)
    >>> is_total(["Count, Ada", "9A", 25])
    False
    """
    texts = ("" if cell is None else str(cell).strip() for cell in cells)
    first = next(filter(None, texts), "")
    words = first.replace(":", " ").split() or [""]
    if not {folded(words[0]), folded(words[-1])} & _TOTALS:
        return False
    others = [*filter(None, texts)]
    return 2 * len(others) + 2 < len(cells) or not any(map(str.isalpha, "".join(others)))
