"""What a mapping says: a system's sheets, and for each of its headings what becomes of the column.

A mapping is data, so that a school's own spreadsheet and a vendor's export are read alike: their
heading, our column; their values, ours; what a blank means; what is dropped, and why.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs

from careerspolicy.readers.tables import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: How the days of a sheet are written, where the system says.
DateOrder: TypeAlias = Literal["", "day first", "month first"]
#: How a column's cells are read where they aren't written as ours are.
Reading: TypeAlias = Literal[
    "", "lowest age", "highest age", "class name", "last", "part", "percentage", "minutes", "tick"
]


@attrs.frozen(kw_only=True)
class ColumnMapping:
    """What becomes of one column of theirs.

    It fills ours (`to`; of kinds of record without such a column, one of `or_to`), or `identifies`
    the pupil by a mark (a number `of` another system), or holds a part of their `name`, or is
    dropped for a reason; a column of which nothing is said is not known. `values` give ours by
    theirs, folded; `blank` says what an empty cell means; `leaves_out` gives, by a value, folded,
    why a row that has it is of no use. With `record`, each row makes a record of its own of the
    cell: its kind and what else it says by column; without `to` the cell is ticked or not.
    """

    heading: str
    to: str = ""
    or_to: tuple[str, ...] = ()
    identifies: str = ""
    of: str | None = None
    name: str = ""
    drop: str = ""
    reads: Reading = ""
    blank: str = ""
    values: Mapping[str, str] = attrs.field(factory=dict)
    leaves_out: Mapping[str, str] = attrs.field(factory=dict)
    record: Mapping[str, str] = attrs.field(factory=dict)
    line: int = 0

    @property
    def meaning(self) -> tuple[str, ...]:
        """What of ours it is for; two columns for the same stand in for each other."""
        return self.to, self.identifies, self.name, *self.record.values()

    @property
    def personal(self) -> bool:
        """Whether it says who a pupil is, and so goes no further than the key."""
        return bool(self.identifies or self.name)


@attrs.frozen(kw_only=True)
class SheetMapping:
    """What one sheet of a system holds: a table or kind of record, or kinds by a column's values.

    `recognised_by` are headings that all must be there, each one of several spellings; `kinds` give
    a kind of record by the values, folded, of the column `kind_in`. `fixed` has values by column of
    ours for which the sheet has no column.
    """

    holds: str = ""
    kind_in: str = ""
    kinds: Mapping[str, str] = attrs.field(factory=dict)
    recognised_by: tuple[frozenset[str], ...] = ()
    dates: DateOrder = ""
    columns: tuple[ColumnMapping, ...] = ()
    fixed: Mapping[str, str] = attrs.field(factory=dict)
    line: int = 0

    @cached_property
    def by_heading(self) -> Mapping[str, ColumnMapping]:
        """The columns by heading, folded."""
        return {folded(column.heading): column for column in self.columns}

    @cached_property
    def headings_to(self) -> Mapping[str, frozenset[str]]:
        """The headings, folded, that fill each column of ours."""
        filled = {column.to for column in self.columns if column.to}
        return {
            name: frozenset(folded(each.heading) for each in self.columns if each.to == name)
            for name in filled
        }

    @cached_property
    def headings(self) -> frozenset[str]:
        """Every heading that the sheet may have, folded."""
        return frozenset(self.by_heading).union(*self.recognised_by, {folded(self.kind_in)} - {""})

    @cached_property
    def tells_people(self) -> bool:
        """Whether it has columns that say who a pupil is."""
        return any(column.personal for column in self.columns)

    def lost(self, headings: Iterable[str]) -> tuple[ColumnMapping, ...]:
        """The columns that are wanted and that some headings, folded, have under no name."""
        there = [column for folds, column in self.by_heading.items() if folds in {*headings}]
        had = {column.meaning for column in there}
        return tuple(
            column for column in self.columns if any(column.meaning) and column.meaning not in had
        )

    def meant_by(self, headings: Iterable[str]) -> object:
        """What it takes some headings for: equal for mappings that read them alike."""
        columns = [self.by_heading.get(folded(heading)) for heading in headings]
        read = [
            (place, *each.meaning, each.reads, each.blank, *each.values.items())
            for place, each in enumerate(columns)
            if each and any(each.meaning)
        ]
        return self.holds, self.kind_in, self.dates, *read

    def recognises(self, headings: Iterable[str]) -> bool:
        """Whether a row of folded headings is one of this sheet's."""
        there = frozenset(headings)
        return bool(self.recognised_by) and all(each & there for each in self.recognised_by)


@attrs.frozen(kw_only=True)
class SystemMapping:
    """One mapping file: the sheets of one system or of one school.

    A `shipped` one is of a system; `certainty` and `source` say on what its headings rest.
    `schools` are rows for schools of which no sheet tells.
    """

    name: str
    title: str
    file: str
    certainty: str = ""
    source: str = ""
    shipped: bool = False
    sheets: tuple[SheetMapping, ...] = ()
    schools: tuple[Mapping[str, str], ...] = ()
