"""A form to fill in: the tables of facts that some policies need, each heading explained.

What is filled in is read back as facts; the headings are those of the tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.readers.tables import EXAMPLE, HELP, OWNERS, described, fixed_table, record_table

__all__ = ["HELP", "FormColumn", "FormSheet", "form_of"]

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from careerspolicy.model.policy import Policy
    from careerspolicy.readers.tables import Column, FactsTable
    from careerspolicy.vocabulary import Vocabulary

#: The years of a school of which nothing is known.
_ALL_YEARS: Final = (0, 14)
#: The columns that hold what the first column of another sheet lists.
_LISTED: Final = {"pupil": "pupils", "school": "schools"}


@attrs.frozen(kw_only=True)
class FormColumn:
    """A column to fill in: what it is, what may be chosen, and whether it is a date or a number.

    `listed` names the sheet whose first column lists what may be chosen; other words may be too.
    """

    heading: str
    meaning: str
    needed: bool
    example: str
    kind: str
    choices: tuple[str | int, ...] = ()
    listed: str = ""


@attrs.frozen(kw_only=True)
class FormSheet:
    """A sheet to fill in: a table of facts."""

    name: str
    meaning: str
    columns: tuple[FormColumn, ...]


def form_of(
    vocabulary: Vocabulary,
    policies: Iterable[Policy],
    years: tuple[int, int] = _ALL_YEARS,
    school: str = "",
) -> tuple[FormSheet, ...]:
    """The sheets that policies need: schools, pupils, terms, the records they count, waivers.

    `years` are the youngest and the oldest year group of the school, and `school` its URN.
    """
    kinds = sorted(_kinds(policies, vocabulary))
    tables = [
        *(fixed_table(name, vocabulary) for name in ("schools", "pupils", "terms")),
        *(_owned(record_table(kind, vocabulary), vocabulary.kinds[kind].of) for kind in kinds),
        fixed_table("waivers", vocabulary),
    ]
    named = (_for_school(table, school) if school else table for table in tables)
    return tuple(_sheet(table, vocabulary, years) for table in named)


def _for_school(table: FactsTable, school: str) -> FactsTable:
    """The table with a school in its example."""
    columns = (
        attrs.evolve(column, example=school) if column.name in ("urn", "school") else column
        for column in table.columns
    )
    return attrs.evolve(table, columns=tuple(columns))


def _kinds(policies: Iterable[Policy], vocabulary: Vocabulary) -> set[str]:
    """The kinds of record that obligations count, or are about."""
    duties = [obligation.duty for policy in policies for obligation in policy.obligations]
    named = {name for duty in duties for name in (duty.records.kind, duty.population.subject)}
    return named & {*vocabulary.record_kinds}


def _owned(table: FactsTable, owner: str) -> FactsTable:
    """The table of a kind of record, with the one column that says whose a record is."""
    others = {*OWNERS, *(column.name for column in described().register)} - {owner}
    kept = tuple(column for column in table.columns if column.name not in others)
    return attrs.evolve(table, columns=kept)


def _sheet(table: FactsTable, vocabulary: Vocabulary, years: tuple[int, int]) -> FormSheet:
    columns = tuple(_columns(table, vocabulary, years))
    marked = attrs.evolve(columns[0], example=f"{EXAMPLE}{columns[0].example}")
    return FormSheet(name=table.name, meaning=table.description, columns=(marked, *columns[1:]))


def _columns(
    table: FactsTable, vocabulary: Vocabulary, years: tuple[int, int]
) -> Iterator[FormColumn]:
    for column in table.columns:
        own_years = _ALL_YEARS if table.name == "schools" else years
        yield FormColumn(
            heading=column.name,
            meaning=column.description,
            needed=column.required,
            example=_example(column, own_years),
            kind=column.type,
            choices=_choices(column, vocabulary, own_years),
            listed="" if column.attribute else _LISTED.get(column.name, ""),
        )


def _choices(
    column: Column, vocabulary: Vocabulary, years: tuple[int, int]
) -> tuple[str | int, ...]:
    match column.type:
        case "yes or no":
            return ("yes", "no")
        case "year group":
            return tuple(range(years[0], years[1] + 1))
        case "kind of record":
            return vocabulary.record_kinds
        case _:
            return tuple(column.values)


def _example(column: Column, years: tuple[int, int]) -> str:
    if column.example:
        taught = column.type != "year group" or years[0] <= int(column.example) <= years[1]
        return column.example if taught else str(years[0])
    if column.values:
        return next(iter(column.values))
    return str(described().types[column.type].get("example", ""))
