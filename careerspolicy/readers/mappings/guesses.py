"""What a sheet that no mapping knows likely holds: a proposal, by which nothing is read unasked.

Headings are known from the shipped mappings, from the words of the field, and from our own columns;
the cells confirm what a heading says, or say that it isn't so.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.readers.mappings.columns import (
    Cells,
    bare,
    bare_words,
    columns_of,
    known_most,
    plain,
)
from careerspolicy.readers.mappings.events import day_in
from careerspolicy.readers.mappings.known import Known
from careerspolicy.readers.mappings.mapping import ColumnMapping, SheetMapping
from careerspolicy.readers.mappings.recognition import first_lines
from careerspolicy.readers.mappings.sheet_guess import NOT_KNOWN, PUPILS, SheetGuess
from careerspolicy.readers.tables import folded, record_table
from careerspolicy.readers.ticks import ATTENDED, CAME, DID_NOT_COME
from careerspolicy.readers.values import converter
from careerspolicy.suggestions import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from careerspolicy.readers.mappings.mapping import DateOrder, Reading, SystemMapping
    from careerspolicy.readers.tables import Column
    from careerspolicy.sheets import Sheet
    from careerspolicy.vocabulary import Vocabulary

#: What a column of a sheet of records says of what the records are.
_TELLING: Final = {
    "employer": "employer encounter",
    "providers": "provider encounter",
    "destination_form": "destination",
}
#: What words in a column of an event likely say of it: with whom it was.
_SAYING: Final = ("employer", "providers")
_MINUTES: Final = frozenset(["min", "mins", "minutes"])
#: Words of a heading under which year groups stand.
_YEARS: Final = frozenset(["year", "years", "yr", "yrs"])
_ELSEWHERE: Final = "the list of pupils says it"
#: Why a column is left out that has no cells yet, and whose heading says nothing.
EMPTY: Final = "empty so far"
_NO_KINDS: Final[Mapping[str, str]] = {}


@attrs.frozen(slots=False)
class Guesser:
    """Guesses sheets by what `systems` call their columns; `elsewhere` has a list of pupils."""

    vocabulary: Vocabulary
    systems: Sequence[SystemMapping]
    elsewhere: bool = False

    @cached_property
    def _known(self) -> Known:
        return Known(self.vocabulary, self.systems)

    def columns(self, sheet: Sheet) -> tuple[Cells, ...]:
        """The columns of a sheet under the line that has most known headings."""
        line = known_most(first_lines(sheet), self._known.headings)
        return columns_of(sheet, line) if line else ()

    def guess(self, sheet: Sheet, columns: Sequence[Cells]) -> SheetGuess:
        """What a sheet with such columns likely holds."""
        mapping = self._mapping(columns, self._kind_by_name(sheet))
        cells = {column.heading: column for column in columns}
        return SheetGuess(file=sheet.file, name=sheet.name, mapping=mapping, cells=cells)

    def _mapping(self, columns: Sequence[Cells], named: str) -> SheetMapping:
        pupils = {each.heading: self._of_pupil(each) for each in columns}
        records = {each.heading: self._of_record(each) for each in columns}
        events = {each.heading: self._event(each, named) for each in columns}
        known = [own for own in pupils.values() if own]
        personal = any(own.personal or own.to == "id" for own in known)
        dated = "date" in {own.to for own in records.values() if own}
        telling = [_TELLING[own.to] for own in records.values() if own and own.to in _TELLING]
        activity = next(filter(self._tells_kind, columns), None)
        others = (each for each in columns if bare(each.heading) not in self._known.headings)
        activity = activity or next(filter(self._says_kinds, others), None)
        whose = personal or any(self._lists_years(each) for each in columns)
        if activity is not None and (dated or self._says_kinds(activity)):
            kinds = {folded(text): self._known.kinds.only(text) for text in activity.values}
            given = {text: kind for text, kind in kinds.items() if kind}
            return self._records(
                columns, records, personal=personal, kind_in=activity.heading, kinds=given
            )
        if dated and whose and (kind := named or next(iter(telling), "")):
            return self._records(columns, records, personal=personal, kind=kind)
        days = [own for own in events.values() if own and own.to == "date"]
        if not personal and len(days) == 1:  # an event each row, on the day of that column
            only = {days[0].heading: attrs.evolve(days[0], record={})}
            kind = days[0].record["kind"]
            return self._records(columns, {**records, **only}, personal=False, kind=kind)
        if not personal:
            return SheetMapping(columns=_dropped(columns))
        made = any(own.record for own in events.values() if own)
        of_years = {"year_group", "born"} & {own.to for own in known}
        holds = "" if made and (self.elsewhere or not of_years) else PUPILS
        own = (
            self._best(each, pupils[each.heading], events[each.heading], holds) for each in columns
        )
        return SheetMapping(holds=holds, columns=tuple(own), dates=_dates(columns))

    def _records(
        self,
        columns: Sequence[Cells],
        records: Mapping[str, ColumnMapping | None],
        *,
        personal: bool,
        kind_in: str = "",
        kinds: Mapping[str, str] = _NO_KINDS,
        kind: str = "",
    ) -> SheetMapping:
        """A sheet each of whose rows is a record, of a pupil or of year groups."""
        names = {*self._known.record_columns, "pupil"}
        if kind:
            names = {column.name for column in record_table(kind, self.vocabulary).columns}
        own, taken = [], set[str]()
        for each in columns:
            column = self._in_records(each, records[each.heading], names, personal=personal)
            if each.heading == kind_in:
                column = ColumnMapping(heading=kind_in, drop="it says which kind each row is")
            elif column.to in taken - {""}:
                column = ColumnMapping(heading=each.heading, drop=NOT_KNOWN)
            taken.add(column.to)
            own.append(column if kind_in else attrs.evolve(column, or_to=()))
        return SheetMapping(
            holds=kind, kind_in=kind_in, kinds=kinds, columns=tuple(own), dates=_dates(columns)
        )

    def _in_records(
        self, cells: Cells, record: ColumnMapping | None, names: set[str], *, personal: bool
    ) -> ColumnMapping:
        """What a column of a sheet of records is, which may have some columns of ours."""
        pupil = self._of_pupil(cells)
        if pupil and pupil.personal:
            return pupil
        if pupil and pupil.to == "id":
            return attrs.evolve(pupil, to="pupil")
        if self._lists_years(cells) and not personal:
            return ColumnMapping(heading=cells.heading, to="year_groups")
        if record and not (pupil and pupil.to == "year_group"):
            has = [to for to in (record.to, *record.or_to) if to in names]
            if has:
                return attrs.evolve(record, to=has[0], or_to=tuple(has[1:]))
        if ATTENDED in names and (said := _attendance(cells)):
            return ColumnMapping(heading=cells.heading, to=ATTENDED, values=said)
        elsewhere = _ELSEWHERE if pupil and pupil.to else NOT_KNOWN
        why = pupil.drop if pupil and pupil.drop else elsewhere
        return ColumnMapping(heading=cells.heading, drop=why)

    def _best(
        self, cells: Cells, pupil: ColumnMapping | None, event: ColumnMapping | None, holds: str
    ) -> ColumnMapping:
        """What a column of a list of pupils is: of them, or of an event."""
        if event and (pupil is None or not (pupil.personal or pupil.to)):
            return event
        if pupil and pupil.to not in ("", "id") and not holds:
            return ColumnMapping(heading=cells.heading, drop=_ELSEWHERE)
        return pupil or ColumnMapping(heading=cells.heading, drop=NOT_KNOWN)

    def _of_pupil(self, cells: Cells) -> ColumnMapping | None:
        """The column of a list of pupils that a heading names and the cells confirm."""
        known = self._known.of_pupils.get(bare(cells.heading))
        if cells.shape == "nothing":
            known = known or ColumnMapping(heading="", drop=EMPTY)
            return attrs.evolve(known, heading=cells.heading, blank="", line=0)
        if known is None and cells.shape == "UPNs":
            known = ColumnMapping(heading="", identifies="upn")
        if known is None and cells.shape == "year groups":
            known = ColumnMapping(heading="", to="year_group")
        known = known or ColumnMapping(heading="", to=self._known.to_of_pupils(cells.heading))
        if not any(known.meaning) and not known.drop:
            return None
        # A column of births is one, however it is written: then it is told that it cannot be read.
        column = self._known.pupil_columns.get(known.to)
        births = known.to == "born" and cells.has_digits
        if column and not births and not self._confirmed(cells, column):
            return None
        return attrs.evolve(known, heading=cells.heading, blank="", line=0)

    def _of_record(self, cells: Cells) -> ColumnMapping | None:
        """The column of records that a heading names and the cells confirm."""
        known = self._known.of_records.get(bare(cells.heading)) or ColumnMapping(
            heading="", to=nearest(plain(cells.heading), self._known.record_columns)
        )
        column = self._known.record_columns.get(known.to)
        if column is None or cells.shape == "nothing":
            return None
        # As with births: a heading of days is one, and what cannot be read is told.
        days = bare(cells.heading) in self._known.of_records and known.to == "date"
        if not (days and cells.has_digits) and not self._confirmed(cells, column):
            return None
        minutes = known.to == "hours" and _MINUTES & {*bare_words(cells.heading)}
        reads: Reading = "minutes" if minutes else known.reads
        return attrs.evolve(known, heading=cells.heading, reads=reads, line=0)

    def _confirmed(self, cells: Cells, column: Column) -> bool:
        """Whether the cells can be what the column holds, or a few words to be asked about."""
        if column.type == "date" and cells.shape == "days":
            return True  # whichever of day and month is first
        listed = column.type in ("yes or no", "one of", "several of")
        return cells.read(converter(column, self.vocabulary)) or (listed and cells.few)

    def _event(self, cells: Cells, named: str) -> ColumnMapping | None:
        """The records that a column makes, if its heading, or else the sheet's, says of what kind.

        Its cells are ticks, days, or what a record says; the day may be open.
        """
        shape, day = cells.shape, day_in(cells.heading)
        kind = self._known.kinds.of(cells.heading) or (named if day and shape == "ticks" else "")
        if not kind or self.vocabulary.kinds[kind].of != "pupil" or shape == "nothing":
            return None
        record = {"kind": kind, **self._details(kind, cells.heading)}
        if shape == "days" or (not day and cells.has_days and cells.few_strange):
            return ColumnMapping(heading=cells.heading, to="date", record=record)
        if day:
            record["date"] = day
        if shape == "ticks":
            return ColumnMapping(heading=cells.heading, record=record)
        said, own = self._of_record(cells), self.vocabulary.kinds[kind].attributes
        to = said.to if said and said.to in own else next((n for n in _SAYING if n in own), "")
        if shape != "words" or not to:
            return None
        return ColumnMapping(heading=cells.heading, to=to, record=record)

    def _details(self, kind: str, heading: str) -> dict[str, str]:
        """What a heading says of an event by our own words, such as that it is intended."""
        words = f" {plain(heading.casefold())} "
        return {
            name: value
            for name, attribute in self.vocabulary.kinds[kind].attributes.items()
            if attribute.type == "one of"
            for value in attribute.values
            if f" {value} " in words or f" {value}s " in words
        }

    def _tells_kind(self, cells: Cells) -> bool:
        known = bare(cells.heading) in self._known.activity
        return known and cells.shape == "words" and cells.few

    def _says_kinds(self, cells: Cells) -> bool:
        """Whether what stands in a column is mostly words for kinds of record, and for several."""
        kinds = [kind for text in cells.values if (kind := self._known.kinds.of(text))]
        several = len({*kinds}) > 1 and 2 * len(kinds) >= len(cells.values)
        return several and cells.few and cells.shape == "words"

    def _lists_years(self, cells: Cells) -> bool:
        """Whether a column says for which year groups something was."""
        known = filter(None, (self._of_pupil(cells), self._of_record(cells)))
        if {own.to for own in known} & {"year_group", "year_groups"}:
            return True
        named = _YEARS & {*bare_words(cells.heading)}
        years = self._known.record_columns["year_groups"]
        return bool(named) and self._confirmed(cells, years)

    def _kind_by_name(self, sheet: Sheet) -> str:
        return self._known.kinds.of(sheet.name) or self._known.kinds.of(Path(sheet.file).stem)


def _attendance(cells: Cells) -> dict[str, str]:
    """What words say of who came, where most of a column do."""
    words = {folded(text): count for text, count in cells.values.items()}
    said = {word: "yes" if word in CAME else "no" for word in words.keys() & (CAME | DID_NOT_COME)}
    mostly = cells.few and 2 * sum(map(words.__getitem__, said)) > cells.values.total()
    return said if mostly else {}


def _dropped(columns: Iterable[Cells]) -> tuple[ColumnMapping, ...]:
    return tuple(ColumnMapping(heading=each.heading, drop=NOT_KNOWN) for each in columns)


def _dates(columns: Sequence[Cells]) -> DateOrder:
    """How the days of a sheet are written, as far as any of them proves it; else as we do."""
    days = [each for each in columns if each.shape == "days"]
    if not days:
        return ""
    return "month first" if "month first" in {each.order for each in days} else "day first"
