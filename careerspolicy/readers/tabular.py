"""Paths, and what is said beside them, become the sources of tables: mappings, files, schools."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.calendar.school_calendar import (
    FIRST_YEAR_GROUP,
    LAST_YEAR_GROUP,
    SchoolCalendar,
    year_group_in,
)
from careerspolicy.errors import InvalidFacts, raised_as
from careerspolicy.readers.folder import Files
from careerspolicy.readers.log import Log
from careerspolicy.readers.mapped import Layout, layout_of
from careerspolicy.readers.mappings.loading import SAVED, load_mapping, shipped_mappings
from careerspolicy.readers.mappings.mapping import ColumnMapping, SheetMapping
from careerspolicy.readers.raw import RawRow, RowSource
from careerspolicy.readers.tables import described, fixed_table, folded, is_example
from careerspolicy.readers.tally import Tally
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from careerspolicy.readers.beside import Beside
    from careerspolicy.readers.mappings.mapping import SystemMapping
    from careerspolicy.vocabulary import Vocabulary

_NEEDED: Final = ("schools", "pupils")
_SAY: Final = 'say which of the files it is with "careerspolicy import --ask"'
#: A day within the name of a file, with its year first or last.
_DAY: Final = re.compile(
    r"(?<!\d)(?:(20\d\d)[-_. ]?(\d\d)[-_. ]?(\d\d)|(\d\d)[-_.](\d\d)[-_.](20\d\d))(?!\d)"
)


def table_sources(
    paths: Sequence[Path], beside: Beside, vocabulary: Vocabulary, log: Log
) -> tuple[dict[str, list[RowSource]], dict[str, Any]]:
    """The sources of files and folders by table or kind of record, and what schools need besides.

    Whatever stops the reading is in the log. Raises InvalidFacts for a mapping that is none.
    """
    taking = taken(paths, beside, vocabulary, log)
    own = [system for system in taking.systems if not system.shipped]
    sources, supplied = taking.sources, dict[str, Any]()
    pupils = sources.get("pupils", [])
    told = _schools(own, beside)
    if "schools" in sources:
        if pupils and (wanted := _wanted(beside, pupils, vocabulary)):
            sources["schools"] = [_only(wanted, source) for source in sources["schools"]]
    elif pupils and told:
        sources["schools"] = [_as_source(told, str(paths[0]), vocabulary)]
    if any(source.mapping for source in sources.get("schools", ())):
        supplied = _supplied(beside, sources, vocabulary, log)
    _tell_lacking(paths[0], taking, log, told=bool(told))
    return sources, supplied


def taken(paths: Sequence[Path], beside: Beside, vocabulary: Vocabulary, log: Log) -> Files:
    """Every sheet of files and folders, taken for what it is.

    Raises InvalidFacts for a mapping that is none.
    """
    files = [file for path in paths for file in _files_at(path, log)]
    own, shipped = _mappings(paths, beside, vocabulary)
    taking = Files(vocabulary, (*own, *shipped), log)
    taking.take(files)
    return taking


def _tell_lacking(path: Path, taking: Files, log: Log, *, told: bool) -> None:
    """Tell which of the tables that facts need are not there, unless what was met says why."""
    there = {*taking.sources} | {name for tally in log.tallies for name in tally.holds}
    where = "in this folder" if path.is_dir() else "among these files"
    roll, unread = "pupils" in there, any(problem.unread for problem in log.warnings)
    stopped = bool(log.stops) and not there
    for name in _NEEDED:
        schools = name == "schools" and (told or (unread and not roll))
        if name in there or stopped or schools:
            continue
        needed = (c.name for c in described().tables[name].columns if c.required)
        hint = f"add {name}.csv with its heading row ({','.join(needed)})"
        message = f"there is no {name}.csv {where}"
        if name == "schools" and roll:
            if not any(_names_schools(source) for source in taking.sources.get("pupils", ())):
                hint = f"name the school by its URN with --school, or {hint}"
        elif name == "pupils" and unread:
            message = f"no list of pupils is known {where}"
            hint = _SAY if taking.unknown else hint
        log.stop(str(path), message, hint)


def _names_schools(roll: RowSource) -> bool:
    """Whether a list of pupils says which school each is of."""
    return roll.mapping is None or "school" in roll.mapping.headings_to


def _files_at(path: Path, log: Log) -> list[Path]:
    """The files of a folder in the order of their names; a file is itself."""
    if not path.exists():
        raise InvalidFacts.of(path, "there is no such file or folder", "look at its name")
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
            several = f"{len(inner)} files of a folder within are"
            message = f"the {several if len(inner) > 1 else 'file of a folder within is'} not read"
            log.tallies.append(Tally(file=str(path), note=message))
            log.unread(str(path), message, "move it into the folder itself, or name the folder too")


def _mappings(
    paths: Sequence[Path], beside: Beside, vocabulary: Vocabulary
) -> tuple[list[SystemMapping], list[SystemMapping]]:
    """The school's own mappings, and the shipped ones that may be tried."""
    places = dict.fromkeys(path if path.is_dir() else path.parent for path in paths)
    named = [beside.mapping] if beside.mapping else []
    saved = [file for place in places if (file := place / SAVED).is_file() and file not in named]
    shipped = shipped_mappings()
    if beside.system and beside.system not in shipped:
        hint = did_you_mean(beside.system, shipped)
        raise InvalidFacts.of(paths[0], f'no mapping is called "{beside.system}"', hint)
    tried = [shipped[beside.system]] if beside.system else [*shipped.values()]
    with raised_as(InvalidFacts):
        own = [load_mapping(path, vocabulary) for path in (*named, *saved)]
        return own, [load_mapping(path, vocabulary) for path in tried]


def _schools(own: Iterable[SystemMapping], beside: Beside) -> list[Mapping[str, str]]:
    """The schools of which no file tells: those of mappings, or else the one that was named."""
    told = [school for mapping in own for school in mapping.schools]
    return told or ([{"urn": beside.school}] if beside.school else [])


def _as_source(schools: Sequence[Mapping[str, str]], file: str, words: Vocabulary) -> RowSource:
    """Schools as rows, to which what they need and do not say is supplied."""
    names = {name for school in schools for name in school}
    columns = tuple(ColumnMapping(heading=name, to=name) for name in sorted(names))
    return RowSource(
        table=fixed_table("schools", words),
        file=file,
        rows=[RawRow(tuple(school), [*school.values()]) for school in schools],
        mapping=SheetMapping(columns=columns),
    )


def _supplied(
    beside: Beside, sources: Mapping[str, Sequence[RowSource]], vocabulary: Vocabulary, log: Log
) -> dict[str, Any]:
    """What of schools no export says: the day of the list of pupils, and their year groups."""
    pupils = sources.get("pupils", ())
    as_at = beside.as_at or _day_of(Path((pupils or sources["schools"])[0].file))
    supplied: dict[str, Any] = {"as_at": as_at} | ({"trust": beside.trust} if beside.trust else {})
    years = _values(pupils, "year_group", vocabulary)
    if not years:
        now = SchoolCalendar().year_of(as_at)
        years = {year_group_in(born, now) for born in _values(pupils, "born", vocabulary)}
    if pupils and not years and not _values(sources["schools"], "lowest_year", vocabulary):
        message = "no row of it says in which year group a pupil is, or when they were born"
        log.stop(pupils[0].file, message, "name the column that does, or add schools.csv")
        years = {FIRST_YEAR_GROUP, LAST_YEAR_GROUP}  # so that it is told once
    return supplied | ({"lowest_year": min(years), "highest_year": max(years)} if years else {})


def _wanted(beside: Beside, pupils: Iterable[RowSource], vocabulary: Vocabulary) -> set[str]:
    """The schools that a register is asked for: the one that was named, or those of the pupils."""
    return {beside.school} if beside.school else _values(pupils, "school", vocabulary)


def _only(wanted: set[str], source: RowSource) -> RowSource:
    """The rows of a register of schools that are wanted; our own table is wanted whole."""
    if source.mapping is None:
        return source
    columns = source.mapping.columns
    left_out = _Unwanted(wanted)
    urn = [
        attrs.evolve(column, leaves_out=left_out) if column.to == "urn" else column
        for column in columns
    ]
    return attrs.evolve(source, mapping=attrs.evolve(source.mapping, columns=tuple(urn)))


class _Unwanted(dict[str, str]):
    """Why rows of any school but the wanted are left out, by URN."""

    def __init__(self, wanted: set[str]) -> None:
        super().__init__({"": ""})
        self._wanted = {folded(urn) for urn in wanted}

    def get(self, urn: str, _: Any = None) -> str:
        return "" if urn in self._wanted else "another school"


def _values(sources: Iterable[RowSource], name: str, vocabulary: Vocabulary) -> set[Any]:
    """The values of a column, as far as they can be read; of two for it, the one that counts."""
    values: set[Any] = set()
    for source in sources:
        aside, layout = attrs.evolve(source, tally=Tally(file=source.file)), Layout()
        for raw in source.rows:
            if raw.heading:
                layout = layout_of(raw, aside, vocabulary, lambda _: None, Log(keeping=False))
                continue
            if is_example(raw.cells):
                continue
            read = [own.of([raw.cells[at]])[0] for at, to, own in layout.columns if to == name]
            usable = [one for one in read if one is not None and not isinstance(one, Exception)]
            values.update(usable[-1:])
    return values


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
