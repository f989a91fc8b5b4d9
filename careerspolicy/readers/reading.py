"""One set of facts while it is being read: its sources, its log, and the ids met so far.

What the modules that build schools, pupils and records share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.readers.log import Fault
from careerspolicy.readers.rows import RowReader
from careerspolicy.readers.tables import folded
from careerspolicy.readers.values import quoted
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.readers.log import Log, RawRow, Source
    from careerspolicy.readers.rows import Row
    from careerspolicy.vocabulary import Vocabulary

_HINTS: Final = {
    "pupil": "correct the id, or add the pupil's row",
    "record": "correct the id, or add that record",
}


def _by_thing() -> dict[str, set[str]]:
    return {"school": set(), "trust": set(), "pupil": set(), "record": set()}


@attrs.frozen
class Reading:
    """Sources by table or kind of record; ids that are `known`, and ids `lost` with their rows.

    `partial` things are those whose tables could not be read to the end, so that an id that isn't
    known may well be right: the reading stops, but not for that.
    """

    sources: dict[str, list[Source]]
    vocabulary: Vocabulary
    log: Log
    known: dict[str, set[str]] = attrs.field(factory=_by_thing)
    lost: dict[str, set[str]] = attrs.field(factory=_by_thing)
    partial: set[str] = attrs.field(factory=set)

    def rows(self, name: str, *, key: str = "") -> Iterator[tuple[Source, Row]]:
        """The readable rows of a table or kind.

        `key` names the column whose ids others refer to; those of rejected rows count as lost.
        """
        for source in self.sources.get(name, ()):
            lost: list[RawRow] = []
            stops, thing = self.log.stops, source.table.one
            for row in RowReader(source, self.log, self.vocabulary).rows(lost):
                yield source, row
            if self.log.stops > stops:
                self.partial.update(("school", "trust") if thing == "school" else (thing,))
            if key:
                self.lost[thing].update(filter(None, (_id_in(raw, key) for raw in lost)))

    def reject(self, source: Source, row: Row, *faults: Fault) -> None:
        """Leave out a row that could be read but makes no sense."""
        self.log.reject(source, row.raw, *faults)
        thing = source.table.one
        id_ = row.values.get("urn" if thing == "school" else "id")
        if id_ is not None and thing in self.lost:
            self.lost[thing].add(id_)

    def owner_is_known(self, source: Source, row: Row, thing: str) -> bool:
        """Whether what the column of that name names is here; if not, the row is left out."""
        owner = row.values[thing]
        if owner in self.known[thing]:
            return True
        self.reject_for_unknown(source, row, thing, thing, owner)
        return False

    def reject_for_unknown(
        self, source: Source, row: Row, column: str, thing: str, wanted: str
    ) -> None:
        """Leave out a row that names something that is not here."""
        if thing in self.partial:
            return
        if wanted in self.lost[thing]:
            message = (
                f"the {thing} {quoted(wanted)} was rejected, and this {source.table.one} with it"
            )
            self.log.reject_with_another(source, row.raw, Fault(column, message))
        else:
            # Schools and trusts have names to be misspelt; another pupil's id would mislead.
            hint = _HINTS.get(thing) or did_you_mean(wanted, self.known[thing])
            message = f"there is no {thing} {quoted(wanted)} in these facts"
            self.log.reject(source, row.raw, Fault(column, message, hint))
        own = row.values.get("id")
        if own is not None and source.table.one in self.lost:
            self.lost[source.table.one].add(own)


def _id_in(raw: RawRow, key: str) -> str:
    """The id in a row that could not be read, if that much of it can be."""
    for name, cell in zip(raw.names, raw.cells, strict=False):
        if folded(name) == folded(key) and isinstance(cell, (str, int)):
            return str(cell).strip()
    return ""
