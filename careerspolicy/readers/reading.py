"""One set of facts while it is being read: cells become values or faults, rows are kept or left.

The one row core: CSV rows and YAML rows differ only in how their places are told. The modules that
build schools, pupils and records share it, and the ids met so far.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.readers.log import Fault
from careerspolicy.readers.people import People
from careerspolicy.readers.spellings import Spellings
from careerspolicy.readers.values import quoted, shown
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from careerspolicy.readers.log import Log
    from careerspolicy.readers.mapped import Layout
    from careerspolicy.readers.raw import RawRow, ReadRow, RowSource
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

    `left_out` says of schools by URN why their rows are of no use.

    `people` knows pupils by what systems tell them by; `school` is that of rows that name none,
    and `supplied` has what schools need and exports do not say.
    `partial` things are those whose tables could not be read to the end, so that an id that isn't
    known may well be right: the reading stops, but not for that.
    """

    sources: dict[str, list[RowSource]]
    vocabulary: Vocabulary
    log: Log
    known: dict[str, set[str]] = attrs.field(factory=_by_thing)
    lost: dict[str, set[str]] = attrs.field(factory=_by_thing)
    left_out: dict[str, str] = attrs.field(factory=dict)
    partial: set[str] = attrs.field(factory=set)
    spellings: Spellings = attrs.field(factory=Spellings)
    people: People = attrs.field(factory=People)
    school: str = ""
    supplied: Mapping[str, Any] = attrs.field(factory=dict)
    _taken: set[str] = attrs.field(factory=set)

    def supply(self, source: RowSource, values: dict[str, Any], needed: set[str]) -> None:
        """Add what rows that a mapping reads need and do not say: the school, what is `supplied`.

        The school of a pupil's record only tells whose numbers and names they are.
        """
        thing = source.table.row_name
        if thing == "record" and "pupil" in values:
            values.pop("school", None)
        if values.keys() >= needed:
            return
        if thing == "school":
            name = values.get("name", f"School {values.get('urn', '')}")
            values |= {"name": name, "trust": name, **self.supplied, **values}
            return
        if self.only_school and values.keys().isdisjoint({"pupil", "trust"}):
            values.setdefault("school", self.only_school)
        values |= self._day(source, values)

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

    def identified(
        self, layout: Layout, raw: RawRow, source: RowSource, values: dict[str, Any]
    ) -> dict[str, str]:
        """Whose row it is, by what its cells tell a pupil by: the keyed id, in its column."""
        school = values.get("school") or self.only_school
        if source.table.row_name == "pupil":
            return (
                {"id": pupil} if (pupil := self.people.pupil(layout, raw, values, school)) else {}
            )
        pupil = self.people.known(layout, raw, school)
        return {"pupil": pupil} if pupil else {}

    def spell(self, row: ReadRow) -> None:
        """Give every name of a row its one spelling."""
        for column in row.source.table.names:
            said = row.values.get(column)
            if isinstance(said, str):
                row.values[column] = self.spellings.spelt(column, said, row)
            elif said:
                names = (self.spellings.spelt(column, name, row) for name in sorted(said))
                row.values[column] = frozenset(names)

    def follow(self, row: ReadRow, kind: str) -> None:
        """Say of a row what follows from what it says; what contradicts that is doubted, once."""
        implying, values = self.implying[kind], row.values
        for name, implied in [(name, implying[name]) for name in implying if name in values]:
            said = values[name]
            for value in said if isinstance(said, frozenset) else (said,):
                for other, follows in implied.get(value, {}).items():
                    if values.setdefault(other, follows) == follows:
                        continue
                    says, but, so = (shown(one) for one in (values[other], said, follows))
                    message = f"is {says}, but {name} is {but}, which says {so}"
                    own = values.get("id", values.get("urn", row.place))
                    fault = Fault(other, message, CORRECT_ONE, "contradiction", (own, other, name))
                    self.log.doubt(row.source, row.raw, fault)
                    return

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
