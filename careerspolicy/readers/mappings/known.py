"""What headings mean: by shipped mappings, by the words of the field, and by our own columns."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.readers.mappings.columns import bare, plain
from careerspolicy.readers.mappings.events import KindWords
from careerspolicy.readers.mappings.loading import usage
from careerspolicy.readers.mappings.mapping import ColumnMapping
from careerspolicy.readers.tables import OWNERS, fixed_table, record_table
from careerspolicy.suggestions import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from careerspolicy.readers.mappings.mapping import SystemMapping
    from careerspolicy.readers.tables import Column
    from careerspolicy.vocabulary import Vocabulary

_PUPILS: Final = "pupils"


@attrs.frozen(slots=False)
class Known:
    """What headings, bare, mean in lists of pupils and of records, and which kinds words mean."""

    vocabulary: Vocabulary
    systems: Sequence[SystemMapping]

    @cached_property
    def headings(self) -> frozenset[str]:
        """Every heading that is known for something."""
        return frozenset({*self.of_pupils, *self.of_records, *self.activity})

    @cached_property
    def kinds(self) -> KindWords:
        """Kinds of record by the words that people have for them."""
        return KindWords.of_vocabulary(self.vocabulary, usage().sheets[1].kinds)

    @cached_property
    def activity(self) -> frozenset[str]:
        """The headings of columns that say of which kind a row is."""
        spelt = usage().sheets[1].recognised_by
        return frozenset(bare(name) for names in spelt for name in names)

    @cached_property
    def pupil_columns(self) -> Mapping[str, Column]:
        """Our columns of a list of pupils."""
        return {column.name: column for column in fixed_table(_PUPILS, self.vocabulary).columns}

    def to_of_pupils(self, heading: str) -> str:
        """Our column of pupils that a heading names; "" for none."""
        known = self.of_pupils.get(bare(heading))
        return known.to if known else nearest(plain(heading), self.pupil_columns)

    @cached_property
    def record_columns(self) -> Mapping[str, Column]:
        """Our columns of pupils' records, whatever their kind."""
        words = self.vocabulary
        kinds = [kind for kind in words.record_kinds if words.kinds[kind].of == "pupil"]
        tables = (record_table(kind, words) for kind in kinds)
        columns = {column.name: column for table in tables for column in table.columns}
        return {name: column for name, column in columns.items() if name not in OWNERS}

    @cached_property
    def of_pupils(self) -> Mapping[str, ColumnMapping]:
        """The columns of lists of pupils by heading, bare: the field's words, ours, systems'."""
        by_heading: dict[str, ColumnMapping] = {}
        for column in _columns_of_pupils(usage()):
            by_heading.setdefault(bare(column.heading), column)
        for name in self.pupil_columns:
            by_heading.setdefault(bare(name), ColumnMapping(heading=name, to=name))
        for system in self.systems:
            for column in _columns_of_pupils(system):
                of = system.name if column.identifies == "system id" else column.of
                plain = attrs.evolve(column, leaves_out={}, of=of)
                by_heading.setdefault(bare(column.heading), plain)
        return by_heading

    @cached_property
    def of_records(self) -> Mapping[str, ColumnMapping]:
        """The columns of records by heading, bare."""
        used = {bare(column.heading): column for column in usage().sheets[1].columns}
        own = {}
        for name in self.record_columns:
            also = used.get(bare(name))
            others = (also.to, *also.or_to) if also else ()
            own[bare(name)] = ColumnMapping(heading=name, to=name, or_to=others)
        return used | own


def _columns_of_pupils(system: SystemMapping) -> Iterable[ColumnMapping]:
    return (each for sheet in system.sheets if sheet.holds == _PUPILS for each in sheet.columns)
