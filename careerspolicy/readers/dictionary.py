"""The data dictionary, `docs/data-dictionary.md`, built from the tables and a vocabulary.

Its opening stands in `dictionary.md`; the tables follow it. `make schema` rewrites the page.
"""

from __future__ import annotations

from importlib.resources import files as files_of
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from careerspolicy.readers.tables import described, fixed_table, record_table
from careerspolicy.vocabulary import shared_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from careerspolicy.readers.tables import Column, FactsTable
    from careerspolicy.vocabulary import Vocabulary

#: The page in a checkout, for the shared vocabulary.
PAGE: Final = Path(__file__).parents[2] / "docs" / "data-dictionary.md"

_MOST_IN_A_CELL: Final = 15
_COLUMNS: Final = "| column | type | needed | meaning | example |\n| --- | --- | --- | --- | --- |"


def data_dictionary(vocabulary: Vocabulary) -> str:
    """The whole page, in Markdown."""
    tables = [fixed_table(name, vocabulary) for name in described().tables]
    kinds = [record_table(name, vocabulary) for name in vocabulary.record_kinds]
    parts = [
        _opening(tables),
        *(_section(f"## {_title(table.name)}", table, table.columns) for table in tables),
        _section("## Every record", described().record, described().record.columns),
        "## Kinds of record\n\nEach has the columns of every record, and these.",
        *(_section(f"### {_title(kind.name)}", kind, _own_columns(kind)) for kind in kinds),
        "## Long lists of values",
        *_long_lists([*tables, *kinds]),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _opening(tables: Iterable[FactsTable]) -> str:
    files = [f"| `{table.name}.csv` | {table.description} |" for table in tables]
    files.append("| one for each kind of record | What happened. |")
    types = (
        f"| {name} | {type_['write']} | {_code(type_.get('example', ''))} |"
        for name, type_ in described().types.items()
    )
    rules = (f"| {rule['row']} | {rule['earns']} |" for rule in described().rules)
    text = files_of(__package__ or "").joinpath("dictionary.md").read_text(encoding="utf-8")
    return Template(text).substitute(
        files="\n".join(files), types="\n".join(types), rules="\n".join(rules)
    )


def _own_columns(kind: FactsTable) -> list[Column]:
    return [column for column in kind.columns if column.attribute]


def _section(heading: str, table: FactsTable, columns: Iterable[Column]) -> str:
    rows = "\n".join(_row(column) for column in columns)
    section = f"{heading}\n\n{table.description}"
    return f"{section}\n\n{_COLUMNS}\n{rows}" if rows else section


def _row(column: Column) -> str:
    needed = "yes" if column.required else ""
    meaning, example = " ".join(_meaning(column)), _code(_example(column))
    return f"| `{column.name}` | {column.type} | {needed} | {meaning} | {example} |"


def _meaning(column: Column) -> Iterator[str]:
    yield column.description
    if len(column.values) > _MOST_IN_A_CELL:
        yield "Values: [listed below](#long-lists-of-values)."
    elif column.values or column.type in ("one of", "several of"):
        yield f"Values: {_listed(column) or '*those of policies*'}."
    if column.default is not None:
        default = column.default
        yes_or_no = ("yes" if default else "no") if isinstance(default, bool) else default
        yield f"Blank is taken as {yes_or_no}."


def _listed(column: Column) -> str:
    return ", ".join(
        f"`{word}` ({meaning})" if meaning else f"`{word}`"
        for word, meaning in column.values.items()
    )


def _long_lists(tables: Iterable[FactsTable]) -> Iterator[str]:
    """The lists too long for a cell, each once, under the columns that hold it."""
    columns = {column.name: column for table in tables for column in table.columns}
    names: dict[str, list[str]] = {}
    for column in columns.values():
        if len(column.values) > _MOST_IN_A_CELL:
            names.setdefault(_listed(column), []).append(f"`{column.name}`")
    for listed, holders in names.items():
        yield f"{', '.join(holders)}: {listed}."


def _example(column: Column) -> str:
    if column.example:
        return column.example
    if column.values:
        return "; ".join(list(column.values)[: 2 if column.type == "several of" else 1])
    return described().types[column.type].get("example", "")


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


if __name__ == "__main__":
    PAGE.write_text(data_dictionary(shared_vocabulary()), encoding="utf-8")
