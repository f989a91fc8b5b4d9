"""Facts as a folder of CSV files: what `load_facts` reads, written so that it reads the same."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.calendar.school_calendar import MONTHS, MonthDay
from careerspolicy.readers.tables import fixed_table, record_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from careerspolicy.model.facts import Facts, Record, School
    from careerspolicy.readers.tables import FactsTable
    from careerspolicy.vocabulary import Vocabulary

_Row = dict[str, Any]
_AS_CSV: Final[Mapping[str, Any]] = {"encoding": "utf-8", "newline": ""}


@attrs.frozen
class FactsFolder:
    """A folder that takes records as they are read, and then the facts that they belong to.

    Without a `place` nothing is written.
    """

    vocabulary: Vocabulary
    place: Path | None = None
    _kinds: dict[str, _KindFile] = attrs.field(factory=dict)

    def forget(self) -> None:
        """Forget whatever was taken."""
        for file in self._kinds.values():
            file.close()
        self._kinds.clear()

    def take(self, kind: str, records: Sequence[Record]) -> None:
        """Write some of the records of a kind."""
        if self.place is not None and records:
            if kind not in self._kinds:
                table = record_table(kind, self.vocabulary)
                self._kinds[kind] = _KindFile(table, self.place / f"{self._stem(kind)}.all")
            self._kinds[kind].take(records)

    def finish(self, facts: Facts) -> list[Path]:
        """Write the rest of the facts; every file of the folder.

        A kind of record that is known has a file, if only of headings; what only the roll tells of
        has none. Columns that nobody fills and that aren't needed are left out.
        """
        if self.place is None:
            return []
        files = []
        for name, rows in _fixed(facts).items():
            if rows or name in ("schools", "pupils"):
                files.append(self.place / f"{name}.csv")
                _write(files[-1], fixed_table(name, self.vocabulary), rows)
        for kind in sorted(facts.known_kinds):
            table = record_table(kind, self.vocabulary)
            path = self.place / f"{self._stem(kind)}.csv"
            if kind in self._kinds:
                self._kinds[kind].finish(path)
            elif self.vocabulary.kinds[kind].ends_stay:
                continue
            else:
                _write(path, table, ())
            files.append(path)
        return files

    def _stem(self, kind: str) -> str:
        return self.vocabulary.kinds[kind].plural.replace(" ", "-")


class _KindFile:
    """The file of a kind of record: with all columns first, for any row may fill one."""

    def __init__(self, table: FactsTable, path: Path) -> None:
        self._table, self._path, self._file = table, path, path.open("w", **_AS_CSV)
        self._names = [column.name for column in table.columns]
        self._writer, self._blank = csv.writer(self._file), {*self._names}

    def take(self, records: Iterable[Record]) -> None:
        """Write some of the records."""
        rows = [[*map(_cell, map(_record(one).get, self._names))] for one in records]
        self._writer.writerows(rows)
        if self._blank:
            for name, cells in zip(self._names, zip(*rows, strict=True), strict=True):
                if name in self._blank and not all(cell in (None, "") for cell in cells):
                    self._blank.discard(name)

    def close(self) -> None:
        """Write no more."""
        self._file.close()

    def finish(self, path: Path) -> None:
        """Leave out the columns that nobody fills, under their headings."""
        self.close()
        needed = _needed(self._table, {*self._names} - self._blank)
        places = [self._names.index(name) for name in needed]
        with self._path.open(**_AS_CSV) as whole, path.open("w", **_AS_CSV) as file:
            writer = csv.writer(file)
            writer.writerow(needed)
            writer.writerows([row[place] for place in places] for row in csv.reader(whole))
        self._path.unlink()


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


def _needed(table: FactsTable, filled: set[str]) -> list[str]:
    return [c.name for c in table.columns if c.required or c.name in filled]


def _write(path: Path, table: FactsTable, rows: Sequence[_Row]) -> None:
    filled = {name for row in rows for name, value in row.items() if value not in (None, "")}
    needed = _needed(table, filled)
    if table.row_name == "record":
        needed = ["pupil", "school", *needed]
    with path.open("w", **_AS_CSV) as file:
        writer = csv.DictWriter(file, needed, extrasaction="ignore")
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        return "; ".join(sorted(value))
    if isinstance(value, MonthDay):
        return f"{value.day} {MONTHS[value.month - 1]}"
    return value.isoformat() if isinstance(value, date) else value
