"""Paths, and what is said beside them, become the sources of tables: mappings, files, schools."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.errors import InvalidFacts, UnusableInput, raised_as
from careerspolicy.readers.folder import Files
from careerspolicy.readers.log import RawRow, RowSource
from careerspolicy.readers.mapped import layout_of
from careerspolicy.readers.mappings.loading import SAVED, load_mapping, shipped_mappings
from careerspolicy.readers.tables import described, fixed_table
from careerspolicy.readers.tally import Tally
from careerspolicy.readers.values import BadValueError
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from careerspolicy.readers import Beside
    from careerspolicy.readers.log import Log
    from careerspolicy.readers.mappings.mapping import SystemMapping
    from careerspolicy.vocabulary import Vocabulary

_NEEDED: Final = ("schools", "pupils")
#: A day within the name of a file, with its year first or last.
_DAY: Final = re.compile(r"(?<!\d)(?:(20\d\d)[-_. ]?(\d\d)[-_. ]?(\d\d)|(\d\d)[-_.](\d\d)[-_.](20\d\d))(?!\d)")


def table_sources(
    paths: Sequence[Path], beside: Beside, vocabulary: Vocabulary, log: Log
) -> dict[str, list[RowSource]]:
    """The sources of files and folders by table or kind of record.

    Whatever stops the reading is in the log. Raises InvalidFacts for a mapping that is none.
    """
    files = [file for path in paths for file in _files_at(path, log)]
    own, shipped = _mappings(paths, beside, vocabulary)
    taking = Files(vocabulary, (*own, *shipped), log)
    taking.take(files)
    sources = taking.sources
    if "schools" not in sources and "pupils" in sources:
        rows = [*_schools(own, beside, sources["pupils"], vocabulary)]
        if rows:
            table = fixed_table("schools", vocabulary)
            sources["schools"] = [RowSource(table=table, file=str(paths[0]), rows=rows)]
    for name in _NEEDED:
        if name not in sources:
            needed = (c.name for c in described().tables[name].columns if c.required)
            hint = f"add {name}.csv with its heading row ({','.join(needed)})"
            message = f"there is no {name}.csv in this folder"
            log.stop(str(paths[0]), message, hint)
    return sources


def _files_at(path: Path, log: Log) -> list[Path]:
    """The files of a folder in the order of their names; a file is itself."""
    if not path.is_dir():
        return [path]
    try:
        return [*_of_folder(path, log)]
    except OSError as error:
        message = f"this folder cannot be read ({error.strerror})"
        raise InvalidFacts.of(path, message, "look at its permissions") from None


def _of_folder(folder: Path, log: Log) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$")) or path.name == SAVED:
            continue
        if not path.is_dir():
            yield path
        elif inner := [each for each in path.rglob("*") if each.is_file()]:
            message = f"the {len(inner)} files of a folder within are not read"
            log.tallies.append(Tally(file=str(path), why=message))
            log.unread(str(path), message, "move them into the folder itself, or name it too")


def _mappings(
    paths: Sequence[Path], beside: Beside, vocabulary: Vocabulary
) -> tuple[list[SystemMapping], list[SystemMapping]]:
    """The school's own mappings, and the shipped ones that may be tried."""
    saved = [path / SAVED for path in paths if (path / SAVED).is_file()]
    named = [beside.mapping] if beside.mapping else []
    shipped = shipped_mappings()
    if beside.system and beside.system not in shipped:
        hint = did_you_mean(beside.system, shipped)
        raise InvalidFacts.of(paths[0], f'no mapping is called "{beside.system}"', hint)
    tried = [shipped[beside.system]] if beside.system else [*shipped.values()]
    with raised_as(InvalidFacts):
        own = [load_mapping(path, vocabulary) for path in (*named, *saved)]
        return own, [load_mapping(path, vocabulary) for path in tried]


def _schools(
    own: Iterable[SystemMapping],
    beside: Beside,
    pupils: Sequence[RowSource],
    vocabulary: Vocabulary,
) -> Iterator[RawRow]:
    """Rows for schools of which no file tells: those of mappings, or the one that was named.

    What is not said of them is taken from the pupils: their year groups, and the day of their list.
    """
    told = [{**school} for mapping in own for school in mapping.schools]
    if not told and beside.school:
        told = [{"urn": beside.school}]
    if not told:
        return
    years = _years(pupils, vocabulary)
    for school in told:
        usual: dict[str, Any] = {"name": f"School {school['urn']}", "trust": beside.trust or "No trust"}
        usual["as_at"] = (beside.as_at or _day_of(Path(pupils[0].file))).isoformat()
        if years:
            usual |= {"lowest_year": min(years), "highest_year": max(years)}
        whole = usual | school
        yield RawRow(tuple(whole), [*whole.values()])


def _years(pupils: Iterable[RowSource], vocabulary: Vocabulary) -> set[int]:
    """The year groups of the pupils, as far as they can be read."""
    years: set[int] = set()
    for source in pupils:
        aside = attrs.evolve(source, tally=Tally(file=source.file))
        layout = None
        for raw in source.rows:
            if layout is None or raw.heading:
                layout = layout_of(raw, aside, vocabulary, lambda _: None)
            for index, name, convert in layout.columns if not raw.heading else ():
                if name == "year_group":
                    try:
                        year: Any = convert(raw.cells[index])
                    except BadValueError:
                        continue
                    years.update(() if year is None else (year,))
    return years


def _day_of(path: Path) -> date:
    """The day of a download: the one in its name, or else that of the file."""
    for found in _DAY.finditer(path.stem):
        parts = [*map(int, filter(None, found.groups()))]
        year, month, day = parts if found[1] else reversed(parts)
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return datetime.fromtimestamp(path.stat().st_mtime).date()  # noqa: DTZ006 - the user's own day
