"""One set of facts while it is being read: cells become values or faults, rows are kept or left.

The one row core: CSV rows and YAML rows differ only in how their places are told. The modules that
build schools, pupils and records share it, and the ids met so far.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import repeat, starmap
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.readers.log import Fault
from careerspolicy.readers.people import IDS_OF_PUPILS, UPNS_IN, People, may_have_upns
from careerspolicy.readers.spellings import Spellings
from careerspolicy.readers.values import quoted, shown
from careerspolicy.suggestions import did_you_mean
from careerspolicy.vocabulary.names import identity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from careerspolicy.readers.batches import Batch
    from careerspolicy.readers.log import Log
    from careerspolicy.readers.mapped import Layout
    from careerspolicy.readers.raw import ReadRow, RowSource
    from careerspolicy.vocabulary import Value, Vocabulary

#: How two things that cannot both be so are mended.
CORRECT_ONE: Final = "correct one of them"
_HINTS: Final = {
    "pupil": "correct the id, or add the pupil's row",
    "record": "correct the id, or add that record",
}


def _by_thing() -> dict[str, set[str]]:
    return {"school": set(), "trust": set(), "pupil": set(), "record": set()}


@attrs.frozen
class Reading:
    """Sources by table or kind of record; ids that are `known`, and ids `lost` with their rows.

    `left_out` says of schools by URN why their rows are of no use; `urns` has the one of each
    name, folded as names are, that no other school has.

    `people` knows pupils by what systems tell them by; `school` is that of rows that name none,
    and `supplied` has what schools need and exports do not say.
    `partial` things are those whose tables could not be read to the end, so that an id that isn't
    known may well be right: the reading stops, but not for that.
    """

    sources: dict[str, list[RowSource]]
    vocabulary: Vocabulary
    log: Log
    known: dict[str, Any] = attrs.field(factory=_by_thing)
    lost: dict[str, set[str]] = attrs.field(factory=_by_thing)
    left_out: dict[str, str] = attrs.field(factory=dict)
    urns: dict[str, str] = attrs.field(factory=dict)
    partial: set[str] = attrs.field(factory=set)
    spellings: Spellings = attrs.field(factory=Spellings)
    people: People = attrs.field(factory=People)
    school: str = ""
    supplied: Mapping[str, Any] = attrs.field(factory=dict)
    _taken: set[str] = attrs.field(factory=set)

    def supply(self, batch: Batch, needed: set[str]) -> None:
        """Add what rows that a mapping reads need and do not say: the school, what is `supplied`.

        The school of a pupil's record only tells whose numbers and names they are.
        """
        columns = batch.columns
        if batch.source.table.row_name == "record" and columns.keys() >= {"pupil", "school"}:
            both = zip(columns["pupil"], columns["school"], strict=True)
            columns["school"] = [school if pupil is None else None for pupil, school in both]
        for at in batch.lacking(needed):
            for name, value in self._supplied(batch.source, batch.row(at).values).items():
                batch.put(name, at, value)

    def _supplied(self, source: RowSource, values: Mapping[str, Any]) -> Mapping[str, Any]:
        if source.table.row_name == "school":
            name = values.get("name", f"School {values.get('urn', '')}")
            return {"name": name, "trust": name, **self.supplied, **values}
        supplied = self._day(source, values)
        if self.only_school and values.keys().isdisjoint({"pupil", "trust", "school"}):
            supplied["school"] = self.only_school
        return supplied

    def _day(self, source: RowSource, values: Mapping[str, Any]) -> dict[str, Any]:
        """The day of the export, for what lasts, where a sheet says of nothing since when."""
        kind, as_at = self.vocabulary.kinds.get(source.table.name), self.supplied.get("as_at")
        dated = any(column.used == "date" for column in source.tally.columns.values())
        if not (kind and kind.lasts and as_at) or dated or "date" in values:
            return {}
        message = f"no column says when; {as_at}, the day of the export, is taken"
        self.log.suspect_once(source.file, message, "add a column of dates if they are others")
        return {"date": as_at}

    @property
    def only_school(self) -> str:
        """The school of rows that name none: the one that was asked for, or the only one known."""
        known = [self.school] if self.school else [*self.known["school"]]
        return known[0] if len(known) == 1 else ""

    def identify(self, batch: Batch, layout: Layout) -> None:
        """Say whose rows they are by what their cells tell a pupil by: the keyed id."""
        own, births = self._schools(batch), batch.columns.get("born", repeat(None))
        roll = batch.source.table.row_name == "pupil"
        for at, (school, born) in enumerate(zip(own, births, strict=False)):
            cells = batch.cells(at)
            if roll:
                pupil = self.people.pupil(layout, cells, born, school)
            else:
                pupil = self.people.known(layout, cells, school)
            if pupil:
                batch.put("id" if roll else "pupil", at, pupil)

    def place(self, batch: Batch) -> None:
        """Put the URN wherever a school is told by its name."""
        column, known = batch.columns.get("school"), {*self.known["school"], None}
        if column and self.urns and not known.issuperset(column):
            batch.columns["school"] = [
                own if own in known else self.urns.get(identity(own), own) for own in column
            ]

    def key(self, batch: Batch) -> None:
        """Put keyed ids for UPNs that stand where an id of the school's own might."""
        for name in UPNS_IN.get(batch.source.table.row_name, IDS_OF_PUPILS):
            column = batch.columns.get(name)
            if column and may_have_upns(column):
                with_schools = zip(column, self._schools(batch), strict=True)
                batch.columns[name] = [*starmap(self.people.keyed, with_schools)]

    def _schools(self, batch: Batch) -> Sequence[str]:
        """The school of each row."""
        only = self.only_school
        column = batch.columns.get("school")
        return [school or only for school in column] if column else [only] * len(batch)

    def follow(self, values: dict[str, Any], kind: str) -> Fault | None:
        """Add what follows from what a row says; a fault for what contradicts that, the first."""
        implying = self.implying[kind]
        for name, implied in [(name, implying[name]) for name in implying if name in values]:
            said = values[name]
            for value in said if isinstance(said, frozenset) else (said,):
                for other, follows in implied.get(value, {}).items():
                    if values.setdefault(other, follows) == follows:
                        continue
                    says, but, so = (shown(one) for one in (values[other], said, follows))
                    message = f"is {says}, but {name} is {but}, which says {so}"
                    return Fault(other, message, CORRECT_ONE, "contradiction", (other, name))
        return None

    def doubt_contradiction(self, row: ReadRow, fault: Fault) -> None:
        """Note what in a row contradicts what follows from the rest of it."""
        own = row.values.get("id", row.values.get("urn", row.place))
        self.log.doubt(row.source, row.raw, fault._replace(about=(own, *fault.about)))

    @cached_property
    def implying(self) -> Mapping[str, Mapping[str, Mapping[Value, Mapping[str, Value]]]]:
        """By kind of record or thing, what each attribute's values say of others."""
        return {
            name: {one.name: one.implies for one in kind.attributes.values() if one.implies}
            for name, kind in self.vocabulary.kinds.items()
        }

    def reject(self, row: ReadRow, *faults: Fault) -> None:
        """Leave out a row; its id, which others may refer to, counts as lost."""
        self.log.reject(row.source, row.raw, *faults)
        thing = row.source.table.row_name
        own_id = row.values.get("urn" if thing == "school" else "id")
        if own_id is not None and thing in self.lost:
            self.lost[thing].add(own_id)

    def owner_is_known(self, row: ReadRow, thing: str) -> bool:
        """Whether what the column of that name names is here; if not, the row is left out."""
        owner = row.values[thing]
        if owner in self.known[thing]:
            return True
        if thing == "pupil" and (pupil := self._pupils_loosely.get(_loosely(owner))):
            self._tell_taken(row, owner, pupil)
            row.values[thing] = pupil
            return True
        self.reject_for_unknown(row, thing, thing, owner)
        return False

    @cached_property
    def _pupils_loosely(self) -> Mapping[str, str]:
        """Pupils by their id without what spreadsheets change in it, where that is one pupil's."""
        met: defaultdict[str, list[str]] = defaultdict(list)
        for pupil in self.known["pupil"]:
            met[_loosely(pupil)].append(pupil)
        return {loose: own[0] for loose, own in met.items() if len(own) == 1}

    def _tell_taken(self, row: ReadRow, owner: str, pupil: str) -> None:
        """Say once of a file that ids of its are taken for others."""
        if row.source.file not in self._taken:
            self._taken.add(row.source.file)
            message = f"{quoted(owner)} and its like are no ids of pupils; they are taken for those"
            hint = "keep the column of ids as text, so that no program changes it"
            fault = Fault("pupil", f"{message} such as {quoted(pupil)}", hint)
            self.log.doubt(row.source, row.raw, fault)

    def reject_for_unknown(self, row: ReadRow, column: str, thing: str, wanted: str) -> None:
        """Leave out a row that names something that is not here."""
        if thing in self.partial:
            return
        if wanted not in self.lost[thing]:
            # Schools and trusts have names to be misspelt; another pupil's id would mislead.
            hint = _HINTS.get(thing) or did_you_mean(wanted, self.known[thing])
            message = f"there is no {thing} {quoted(wanted)} in these facts"
            if thing == "pupil" and row.source.mapping and row.source.mapping.tells_people:
                message = "no list of pupils has the one of this row"
                hint = "correct the number or name, or add the pupil to a list"
            if thing == "school" and (why := self.left_out.get(wanted)):
                message = f"the school {quoted(wanted)} is left out ({why})"
                hint = "give the URN of the school that has the pupils now"
            self.reject(row, Fault(column, message, hint, "unknown-id"))
            return
        lost_too = row.source.table.row_name
        message = f"the {thing} {quoted(wanted)} was rejected, and this {lost_too} with it"
        if self.log.keeping:  # else only the first cause is worth telling
            self.reject(row, Fault(column, message, code="fell-with-another"))
        elif lost_too in self.lost and "id" in row.values:
            self.lost[lost_too].add(row.values["id"])


def _loosely(own_id: str) -> str:
    """An id without what spreadsheets and hands change in it: zeros before it, case, spaces."""
    return "".join(filter(str.isalnum, own_id.casefold())).lstrip("0")
