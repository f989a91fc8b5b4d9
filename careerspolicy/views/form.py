"""A form to fill in: the tables of facts that some policies need, each heading explained.

What is filled in is read back as facts; the headings are those of the tables.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.model.duty import Count
from careerspolicy.model.facts import phases_taught
from careerspolicy.model.schedule import Always, Around, Kept
from careerspolicy.readers.tables import EXAMPLE, HELP, OWNERS, described, fixed_table, record_table

__all__ = ["HELP", "FormColumn", "FormSheet", "form_of"]

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from careerspolicy.model.duty import Duty
    from careerspolicy.model.policy import Policy
    from careerspolicy.readers.tables import Column, FactsTable
    from careerspolicy.vocabulary import Kind, Value, Vocabulary

#: The years of a school of which nothing is known.
_ALL_YEARS: Final = (0, 14)
#: The columns that hold what the first column of another sheet lists.
_LISTED: Final = {"pupil": "pupils", "school": "schools"}
#: What follows from a school's youngest and oldest year groups.
_FOLLOWING: Final = frozenset(phases_taught(*_ALL_YEARS))
#: What tells which of those who were to come did.
_ATTENDED: Final = "attended"


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

    Each has the columns that some obligation asks about. `years` are the youngest and the oldest
    year group of the school, and `school` its URN.
    """
    needs = _Needs.of([one.duty for policy in policies for one in policy.obligations], vocabulary)
    tables = [
        *(needs.cut(fixed_table(name, vocabulary)) for name in ("schools", "pupils", "terms")),
        *(needs.of_records(kind) for kind in needs.kinds),
        fixed_table("waivers", vocabulary),
    ]
    named = (_for_school(table, school) if school else table for table in tables)
    return tuple(_sheet(table, vocabulary, years) for table in named)


@attrs.frozen
class _Needs:
    """What the duties of some policies hang on: by kind of record or thing what each asks about.

    `asked` has the values that are named, for each attribute. `lasting` are the kinds of which an
    end is asked, and `others` the kinds that some records are about, by the kind of those.
    """

    vocabulary: Vocabulary
    asked: Mapping[str, Mapping[str, set[Value]]]
    lasting: set[str]
    others: Mapping[str, str]

    @classmethod
    def of(cls, duties: Sequence[Duty], vocabulary: Vocabulary) -> _Needs:
        """What these duties hang on."""
        asked: defaultdict[str, defaultdict[str, set[Value]]] = defaultdict(
            lambda: defaultdict(set)
        )
        for duty in duties:
            for of, test in duty.conditions:
                for one in (test, *test.needs, *test.enough):
                    named = (one.one_of, one.all_of, one.none_of)
                    asked[of][one.attribute].update(*filter(None, named))
            own = asked[duty.records.kind]
            if not isinstance(duty.measure, Count):
                own[duty.measure.attribute].update(getattr(duty.measure, "values", ()))
            _ = asked[duty.population.subject]
            if isinstance(duty.schedule, Around):
                _ = asked[duty.schedule.event]
        states = {one.records.kind for one in duties if isinstance(one.schedule, (Always, Kept))}
        about = {one.records.kind: one.population.subject for one in duties}
        others = {kind: of for kind, of in about.items() if of in vocabulary.record_kinds}
        lasting = states | {name for name, kind in vocabulary.kinds.items() if kind.lasts}
        return cls(vocabulary, asked, lasting, {k: of for k, of in others.items() if k != of})

    @property
    def kinds(self) -> Sequence[str]:
        """The kinds of record: pupils' first, and last those whose absence says nothing."""
        kinds = self.vocabulary.kinds
        wanted = (name for name in self.vocabulary.record_kinds if name in self.asked)
        return sorted(
            (name for name in wanted if not kinds[name].ends_stay),
            key=lambda name: (kinds[name].silent, OWNERS.index(kinds[name].of), name),
        )

    def cut(self, table: FactsTable) -> FactsTable:
        """A table with those of its attributes that are asked about."""
        kind = table.thing or table.name
        asked, known = self.asked.get(kind, {}), self.vocabulary.kinds.get(kind)
        kept = {*asked, _ATTENDED, *((known.identity,) if known else ())} - _FOLLOWING
        columns = (
            _naming(column, asked.get(column.name, ()), known)
            for column in table.columns
            if not column.attribute or column.name in kept
        )
        return attrs.evolve(table, columns=tuple(columns))

    def of_records(self, kind: str) -> FactsTable:
        """The table of a kind of record, with the one column that says whose a record is."""
        table, own = record_table(kind, self.vocabulary), self.vocabulary.kinds[kind]
        left_out = {*OWNERS, *(column.name for column in described().register)} - {own.of}
        if kind not in self.lasting:
            left_out.add("until")
        if kind not in self.others:
            left_out.add("about")
        if kind not in self.others.values():
            left_out.add("id")
        examples = {"id": _first_id(kind), "about": _first_id(self.others.get(kind, ""))}
        columns = (
            attrs.evolve(column, example=examples.get(column.name, column.example))
            for column in table.columns
            if column.name not in left_out
        )
        return self.cut(attrs.evolve(table, columns=tuple(columns)))


def _naming(column: Column, asked: Collection[Value], kind: Kind | None) -> Column:
    """A column with an example that somebody asks for; of an identity, all that are asked for."""
    texts = sorted(map(str, asked)) if column.type not in ("yes or no", "number") else []
    if not column.attribute or not texts:
        return column
    first = next((value for value in column.values if value in texts), texts[0])
    listed = kind is not None and column.name == kind.identity and not column.values
    values = dict.fromkeys(texts, "") if listed else column.values
    return attrs.evolve(column, example=first, values=values)


def _first_id(kind: str) -> str:
    """An id that a record of a kind might have: WE-1 of a workplace experience."""
    return f"{''.join(word[:1] for word in kind.split()).upper()}-1"


def _for_school(table: FactsTable, school: str) -> FactsTable:
    """The table with a school in its example."""
    columns = (
        attrs.evolve(column, example=school) if column.name in ("urn", "school") else column
        for column in table.columns
    )
    return attrs.evolve(table, columns=tuple(columns))


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
    if column.type == "text":
        return ""
    return str(described().types[column.type].get("example", ""))
