"""Facts as a folder of CSV files: what `load_facts` reads, written so that it reads the same."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from careerspolicy.calendar.school_calendar import MONTHS, MonthDay
from careerspolicy.readers.tables import fixed_table, record_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import TextIO

    from careerspolicy.model.facts import Facts, Record, School
    from careerspolicy.readers.tables import FactsTable
    from careerspolicy.vocabulary import Vocabulary

_Row = dict[str, Any]


def facts_files(facts: Facts, vocabulary: Vocabulary) -> dict[str, str]:
    """The text of each file of the folder by its name, but for those of records.

    Columns that nobody fills and that aren't needed are left out.
    """
    tables = {
        name: (fixed_table(name, vocabulary), rows)
        for name, rows in _fixed(facts).items()
        if rows or name in ("schools", "pupils")
    }
    return {f"{name}.csv": _csv(table, rows) for name, (table, rows) in tables.items()}


class Takes(Protocol):
    """What is given records one by one; reading may begin anew."""

    def begin(self) -> None:
        """Forget what was taken."""

    def take(self, record: Record) -> None:
        """Take a record."""


@attrs.define
class RecordFiles:
    """Records written as they come, a file for each kind, into a folder that is only the user's.

    Each has all columns that its kind may have, and in the end those that any record fills.
    """

    folder: Path
    vocabulary: Vocabulary
    _open: dict[str, tuple[TextIO, Any]] = attrs.field(factory=dict)
    _filled: defaultdict[str, set[str]] = attrs.field(factory=lambda: defaultdict(set))

    def begin(self) -> None:
        """Forget what was taken."""
        self.close()
        self._open.clear()
        self._filled.clear()

    def take(self, record: Record) -> None:
        """Write a record to the file of its kind."""
        if record.kind not in self._open:
            columns = [c.name for c in record_table(record.kind, self.vocabulary).columns]
            opened = self._all_of(record.kind).open("w", encoding="utf-8", newline="")
            writer = csv.DictWriter(opened, columns, extrasaction="ignore")
            writer.writeheader()
            self._open[record.kind] = opened, writer
        row = {name: _cell(value) for name, value in _record(record).items() if value is not None}
        self._filled[record.kind].update(name for name, value in row.items() if value != "")
        self._open[record.kind][1].writerow(row)

    def finish(self, kinds: Iterable[str]) -> None:
        """Leave in the folder one file for each kind that is known, if only of headings."""
        self.close()
        for kind in kinds:
            if kind not in self._open and self.vocabulary.kinds[kind].ends_stay:
                continue  # what the roll alone tells of is told by the roll
            table, filled = record_table(kind, self.vocabulary), self._filled[kind]
            columns = [c.name for c in table.columns if c.required or c.name in filled]
            if not filled:
                columns = ["pupil", "school", *columns]
            name = self.vocabulary.kinds[kind].plural.replace(" ", "-")
            path = self.folder / f"{name}.csv"
            with path.open("w", encoding="utf-8", newline="") as written:
                writer = csv.DictWriter(written, columns, extrasaction="ignore")
                writer.writeheader()
                if kind in self._open:
                    with self._all_of(kind).open(encoding="utf-8", newline="") as whole:
                        writer.writerows(csv.DictReader(whole))
                    self._all_of(kind).unlink()

    def close(self) -> None:
        """Close the files."""
        for opened, _ in self._open.values():
            opened.close()

    def _all_of(self, kind: str) -> Path:
        return self.folder / f".{kind}"


def _fixed(facts: Facts) -> Mapping[str, list[_Row]]:
    return {
        "schools": [_school(school) for school in facts.schools],
        "pupils": [
            {
                "id": pupil.id, "school": pupil.school, "born": pupil.born,
                "year_group": pupil.year_group, "joined": pupil.joined, "left": pupil.left,
                **pupil.attributes,
            }
            for pupil in facts.pupils
        ],
        "terms": [row for school in facts.schools for row in _terms(school)],
        "complete": [row for school in facts.schools for row in _complete(school)],
        "aliases": [*_aliases(facts.aliases)],
        "waivers": [
            {
                "obligation": waiver.obligation, "subject": waiver.subject, "by": waiver.by,
                "reason": waiver.reason, "from": waiver.start, "until": waiver.until,
            }
            for waiver in facts.waivers
        ],
    }  # fmt: skip


def _school(school: School) -> _Row:
    return {
        "urn": school.urn, "name": school.name, "trust": school.trust,
        "lowest_year": school.lowest_year, "highest_year": school.highest_year,
        "as_at": school.as_at, "school_year_starts": school.calendar.year_start,
        **school.attributes,
    }  # fmt: skip


def _terms(school: School) -> Iterator[_Row]:
    for term in school.calendar.terms:
        row = {
            "school": school.urn, "name": term.name,
            "first": term.window.start, "last": term.window.end,
        }  # fmt: skip
        if len(term.halves) > 1:
            before, after = (half for half in term.halves)
            row["half_term_first"] = _beside(before.end, 1)
            row["half_term_last"] = _beside(after.start, -1)
        yield row


def _beside(day: date | None, days: int) -> date | None:
    return day and day + timedelta(days)


def _complete(school: School) -> Iterator[_Row]:
    since, until = school.complete_since, school.complete_until
    for kind in sorted({*since, *until}):
        days = {"since": since.get(kind), "until": until.get(kind)}
        yield {"kind": kind, "school": school.urn, **days}


def _aliases(aliases: Mapping[str, str]) -> Iterator[_Row]:
    for name in sorted(set(aliases.values())):
        others = frozenset(other for other, own in aliases.items() if own == name)
        yield {"name": name, "also_known_as": others}


def _record(record: Record) -> _Row:
    return {
        "id": "" if record.numbered else record.id, record.of: record.owner,
        "date": record.start, "until": record.until, "about": record.about, **record.attributes,
    }  # fmt: skip


def _csv(table: FactsTable, rows: Iterable[_Row]) -> str:
    rows = [*rows]
    filled = {name for row in rows for name, value in row.items() if value not in (None, "")}
    needed = [c.name for c in table.columns if c.required or c.name in filled]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, needed, extrasaction="ignore")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        return "; ".join(sorted(value))
    if isinstance(value, MonthDay):
        return f"{value.day} {MONTHS[value.month - 1]}"
    return value.isoformat() if isinstance(value, date) else value
