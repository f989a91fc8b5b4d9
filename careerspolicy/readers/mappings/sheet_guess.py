"""A sheet as it is, with what is proposed for it; what it shows says of nobody who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.readers.tables import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from careerspolicy.readers.mappings.columns import Cells
    from careerspolicy.readers.mappings.mapping import ColumnMapping, SheetMapping

PUPILS: Final = "pupils"
#: Why a column is left out of which nothing is known.
NOT_KNOWN: Final = "not known; say what it is if it is needed"
#: Words that make any heading somebody's own, and headings whose names are no pupil's.
_OWN_WORDS: Final = ("name", "surname", "email", "address", "phone", "contact", "parent", "carer")


@attrs.frozen(kw_only=True)
class SheetGuess:
    """A sheet, what it likely holds, and its columns as they are; `mapping` is the proposal.

    `holds` nothing, and no column makes records: then it cannot be said what the sheet is.
    """

    file: str
    name: str
    mapping: SheetMapping
    cells: Mapping[str, Cells]

    @property
    def known(self) -> bool:
        """Whether the mapping makes anything of the sheet."""
        mapping = self.mapping
        return bool(mapping.holds or mapping.kinds or any(each.record for each in mapping.columns))

    def column(self, heading: str) -> ColumnMapping:
        """What is proposed for a heading."""
        return self.mapping.by_heading[folded(heading)]

    def with_column(self, column: ColumnMapping) -> SheetGuess:
        """The guess with another proposal for a column."""
        columns = tuple(
            column if each.heading == column.heading else each for each in self.mapping.columns
        )
        return self.with_mapping(columns=columns)

    def with_mapping(self, **changes: Any) -> SheetGuess:
        """The guess with another mapping."""
        return attrs.evolve(self, mapping=attrs.evolve(self.mapping, **changes))

    @property
    def lists_pupils(self) -> bool:
        """Whether it is a list of pupils."""
        return self.mapping.holds == PUPILS

    @property
    def makes_records(self) -> bool:
        """Whether columns of it make records."""
        return any(column.record for column in self.mapping.columns)

    def shares_pupils(self, other: SheetGuess) -> bool:
        """Whether most of its pupils are in another sheet too, by the words of what tells them."""
        own = self._telling(column for column in self.mapping.columns if column.personal)
        others = other._telling(column for column in other.mapping.columns if column.personal)
        return bool(own) and 2 * len(own & others) > len(own)

    def _telling(self, columns: Iterable[ColumnMapping]) -> set[str]:
        """The words of columns of names and numbers; here only, and compared only."""
        texts = (text for column in columns for text in self.cells[column.heading].values)
        return {word for text in texts for word in _words(text)}

    def naming_nobody(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Those of some values that have no word in them of a pupil's name."""
        names = self._telling(column for column in self.mapping.columns if column.name)
        return tuple(text for text in texts if names.isdisjoint(_words(text)))

    def samples(self, heading: str) -> tuple[str, ...]:
        """Three values of a column, unless they may say who a pupil is."""
        shown = self.cells[heading].samples(personal=False)
        private = self._private(heading) or self.naming_nobody(shown) != shown
        return self.cells[heading].samples(personal=True) if private else shown

    def _private(self, heading: str) -> bool:
        column, cells = self.column(heading), self.cells[heading]
        if column.personal or column.to in ("id", "pupil", "born", "absent") or _is_own(heading):
            return True
        if heading == self.mapping.kind_in:
            return False
        if not column.drop:
            return False
        return column.drop != NOT_KNOWN or cells.shape not in ("ticks", "year groups")


def _words(text: str) -> Iterator[str]:
    return (word.strip(",.()") for word in text.casefold().split())


def _is_own(heading: str) -> bool:
    plain = heading.casefold()
    return any(word in plain for word in _OWN_WORDS)
