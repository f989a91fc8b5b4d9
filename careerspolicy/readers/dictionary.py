"""What the tables of facts look like: a JSON Schema for programs, the data dictionary for people.

Both are built from the tables and a vocabulary. `careerspolicy schema facts` prints the schema;
`make schema` rewrites `docs/data-dictionary.md`, whose opening stands in `dictionary.md`.
"""

from __future__ import annotations

from importlib.resources import files as files_of
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.readers.tables import described, fixed_table, record_table
from careerspolicy.schemas import schema_id
from careerspolicy.vocabulary import shared_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from careerspolicy.readers.tables import Column, FactsTable
    from careerspolicy.vocabulary import Vocabulary


_LIST: Final = ["array", "null"]


def facts_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """The draft 2020-12 schema of facts in one file, each value described.

    Schools, pupils and records may have attributes, and facts may list kinds of record, that are
    not in the vocabulary: policies add their own. Everything else is closed.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": schema_id("facts"),
        "title": "Facts",
        "description": "What is known of schools and their pupils: who they are, what happened.",
        **_object(_top_level(vocabulary), ("format", "schools")),
        "$defs": {**_types(), **_shared(vocabulary), "records": _records(vocabulary)},
    }


def _top_level(vocabulary: Vocabulary) -> dict[str, Any]:
    school = _row(fixed_table("schools", vocabulary))
    # The file's own date stands in for a school's.
    school["required"] = [name for name in school["required"] if name != "as_at"]
    school["properties"] |= {"terms": _terms(vocabulary), **_complete()}
    schools = described().tables["schools"].description
    return {
        "format": {"description": "The version of this format.", "const": 1},
        "as_at": {
            "$ref": "#/$defs/date",
            "description": "The day of the export, for schools that do not give their own.",
        },
        "schools": {"description": schools, "type": "array", "minItems": 1, "items": school},
        "pupils": _list(fixed_table("pupils", vocabulary)),
        "records": {"$ref": "#/$defs/records"},
        "aliases": _list(fixed_table("aliases", vocabulary)),
        "waivers": _list(fixed_table("waivers", vocabulary)),
    }


def _terms(vocabulary: Vocabulary) -> dict[str, Any]:
    """A term's columns, without its school and with the half term in a mapping of its own."""
    table = fixed_table("terms", vocabulary)
    terms = {column.name: _value(column) for column in table.columns if column.name != "school"}
    half = {end: terms.pop(f"half_term_{end}") for end in ("first", "last")}
    holiday = {"description": "The half-term holiday.", **_object(half, half)}
    properties = {**terms, "half_term": holiday}
    item = {"description": "A term.", **_object(properties, ("name", "first", "last"))}
    return {"description": table.description, "type": _LIST, "items": item}


def _complete() -> dict[str, Any]:
    days = {c.name: c for c in described().tables["complete"].columns if c.type == "date"}
    return {
        f"complete_{name}": {
            "description": f"By kind of record: {column.description}",
            "type": ["object", "null"],
            "additionalProperties": _value(column),
        }
        for name, column in days.items()
    }


def _records(vocabulary: Vocabulary) -> dict[str, Any]:
    kinds = {name: _list(record_table(name, vocabulary)) for name in vocabulary.record_kinds}
    row = {**_row(described().record), "additionalProperties": {"$ref": "#/$defs/added"}}
    added = {"description": "Records of a kind that a policy adds.", "type": _LIST, "items": row}
    return {
        "description": "Records by kind: an empty list says that none happened; a kind that is not "
        "listed is not known.",
        "type": ["object", "null"],
        "properties": kinds,
        "additionalProperties": added,
    }


def _list(table: FactsTable) -> dict[str, Any]:
    return {"description": table.description, "type": _LIST, "items": _row(table)}


def _row(table: FactsTable) -> dict[str, Any]:
    # What a column of records admits is told once for all the kinds that share it.
    properties = {
        column.name: {"$ref": f"#/$defs/{_shared_name(column)}"}
        if table.row_name == "record"
        else _value(column)
        for column in table.columns
    }
    required = [column.name for column in table.columns if column.required]
    row = {"description": f"One {table.row_name}.", **_object(properties, required)}
    if table.thing or table.row_name == "record":
        row["additionalProperties"] = {"$ref": "#/$defs/added"}
    return row


def _object(properties: dict[str, Any], required: Iterable[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": properties,
    }


def _value(column: Column) -> dict[str, Any]:
    """What one column admits."""
    value: dict[str, Any] = {"description": column.description}
    if column.default is not None:
        value["default"] = column.default
    if column.example:
        value["examples"] = [column.example]
    # Policies add words of their own, so a list of words completes and explains only.
    words = [
        {"const": word, "description": meaning or f"{word[:1].upper()}{word[1:]}."}
        for word, meaning in column.values.items()
    ]
    if column.type == "one of":
        return {**value, "anyOf": [*words, {"type": ["string", "null"]}]}
    if column.type == "several of":
        item = {"description": "One of the values.", "anyOf": [*words, {"type": "string"}]}
        return {**value, "type": ["array", "string", "null"], "items": item}
    name = "name" if column.type == "text" and column.required else column.type
    return {**value, "$ref": f"#/$defs/{name.replace(' ', '_')}"}


def _shared_name(column: Column) -> str:
    return f"{'attribute' if column.attribute else 'record'}.{column.name.replace(' ', '_')}"


def _shared(vocabulary: Vocabulary) -> dict[str, Any]:
    """The columns that kinds of record share, each once."""
    tables = [record_table(kind, vocabulary) for kind in vocabulary.record_kinds]
    columns = [column for table in (described().record, *tables) for column in table.columns]
    return {_shared_name(column): _value(column) for column in columns}


def _types() -> dict[str, Any]:
    """The types of values that are not lists of words."""
    known = described().types
    types = {
        name.replace(" ", "_"): {"description": f"Write {own['write']}.", **own["admits"]}
        for name, own in known.items()
        if "admits" in own
    }
    added = {
        "description": "An attribute that a policy adds.",
        "type": ["string", "number", "boolean", "null", "array"],
        "items": known["set"]["admits"]["items"],
    }
    name = {"description": "Some text.", "type": ["string", "integer"], "minLength": 1}
    return {"name": name, **types, "added": added}


#: The page in a checkout, for the shared vocabulary.
PAGE: Final = Path(__file__).parents[2] / "docs" / "data-dictionary.md"

_MOST_IN_A_CELL: Final = 15
_COLUMNS: Final = "| column | type | needed | meaning | example |\n| --- | --- | --- | --- | --- |"


def data_dictionary(vocabulary: Vocabulary) -> str:
    """The whole page, in Markdown."""
    tables = [fixed_table(name, vocabulary) for name in described().tables]
    kinds = [record_table(name, vocabulary) for name in vocabulary.record_kinds]
    record = described().record
    every_record = attrs.evolve(record, name="every record")
    register = attrs.evolve(
        record,
        name="an event of pupils",
        description="Kinds of record that are a pupil's may have one row for an event instead.",
        columns=described().register,
    )
    own = [
        attrs.evolve(kind, columns=tuple(column for column in kind.columns if column.attribute))
        for kind in kinds
    ]
    parts = [
        _opening(tables),
        *(_section("##", table) for table in (*tables, every_record, register)),
        "## Kinds of record\n\nEach has the columns of every record, and these.",
        *(_section("###", kind) for kind in own),
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
    rules = (
        f"| {rule['row']} | {rule['earns']} | {_code(rule['code'])} |" for rule in described().rules
    )
    text = files_of(__package__ or "").joinpath("dictionary.md").read_text(encoding="utf-8")
    return Template(text).substitute(
        files="\n".join(files), types="\n".join(types), rules="\n".join(rules)
    )


def _section(level: str, table: FactsTable) -> str:
    section = f"{level} {table.name[:1].upper()}{table.name[1:]}\n\n{table.description}"
    rows = ""
    for column in table.columns:
        needed = "yes" if column.required else ""
        meaning, example = " ".join(_meaning(column)), _code(_example(column))
        rows += f"\n| `{column.name}` | {column.type} | {needed} | {meaning} | {example} |"
    return f"{section}\n\n{_COLUMNS}{rows}" if rows else section


def _meaning(column: Column) -> Iterator[str]:
    yield column.description
    if len(column.values) > _MOST_IN_A_CELL:
        yield "Values: [listed below](#long-lists-of-values)."
    elif column.values or column.type in ("one of", "several of"):
        yield f"Values: {_words(column) or '*those of policies*'}."
    if column.default is not None:
        default = column.default
        yes_or_no = ("yes" if default else "no") if isinstance(default, bool) else default
        yield f"Blank is taken as {yes_or_no}."


def _words(column: Column) -> str:
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
            names.setdefault(_words(column), []).append(f"`{column.name}`")
    for listed, holders in names.items():
        yield f"{', '.join(holders)}: {listed}."


def _example(column: Column) -> str:
    if column.example:
        return column.example
    if column.values:
        return "; ".join(list(column.values)[: 2 if column.type == "several of" else 1])
    return str(described().types[column.type].get("example", ""))


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


if __name__ == "__main__":
    PAGE.write_text(data_dictionary(shared_vocabulary()), encoding="utf-8")
