"""What reading met: problems that stop it, rows that it rejects, and warnings.

The readers say everything to one `Log`; at the end it decides whether there are facts at all.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import attrs

from careerspolicy.errors import InvalidFacts, Problem, by_pattern, in_file_order
from careerspolicy.privacy import like_upn
from careerspolicy.readers.raw import place_of
from careerspolicy.readers.rejects import Rejects
from careerspolicy.readers.tables import folded

if TYPE_CHECKING:
    from pathlib import Path

    from careerspolicy.readers.raw import RawRow, RowSource
    from careerspolicy.readers.tally import Tally

#: How many lines of problems are told at once.
SCREENFUL: Final = 20
#: The code of a fault of a cell that is shown nowhere.
HIDDEN: Final = "hidden-value"
#: How many problems are kept before those that are alike become one.
_PROBLEMS: Final = 10_000
#: What rows go by: those of schools and of pupils, and all others.
_IDS: Final = {"school": ("urn", "name"), "pupil": ("id",)}
_OWNERS: Final = ("id", "pupil", "school", "trust", "name")


class Fault(NamedTuple):
    """What is wrong with a row: in which column (empty for the row), what, and how to mend it.

    Its `code` and what it is `about` are those of the problem that it becomes.
    """

    column: str
    message: str
    hint: str = ""
    code: str = "unusable"
    about: tuple[str, ...] = ()


@attrs.define
class Log:
    """Collects what reading one set of facts meets.

    `stops` are problems that no rejecting of rows can mend. Where rejected rows are kept
    (`keeping`), those that fall with another are rejected too; else only the first cause is told.
    Where nothing but the telling is wanted (`counting`), problems that are alike become one.
    """

    keeping: bool
    counting: bool = False
    warnings: list[Problem] = attrs.field(factory=list)
    stops: list[Problem] = attrs.field(factory=list)
    tallies: list[Tally] = attrs.field(factory=list)
    _rejects: Rejects = attrs.field(factory=Rejects)
    _bad: list[Problem] = attrs.field(factory=list)
    _most: int = attrs.field(factory=lambda: _PROBLEMS)

    def stop(self, file: str, message: str, hint: str, **more: Any) -> None:
        """Note a problem that no rejecting of rows can mend; `more` are its other fields."""
        self.stops.append(Problem(file=file, message=message, hint=hint, code="unreadable", **more))

    def suspect(self, file: str, message: str, hint: str) -> None:
        """Note what looks wrong with a whole file that was read."""
        problem = Problem(file=file, message=message, hint=hint, code="second-file")
        self.warnings.append(attrs.evolve(problem, severity="warning"))

    def suspect_once(self, file: str, message: str, hint: str) -> None:
        """Note what looks wrong with a file, unless it has been noted."""
        if not any((one.file, one.message) == (file, message) for one in self.warnings):
            self.suspect(file, message, hint)

    def unread(self, file: str, message: str, hint: str, **more: Any) -> None:
        """Note something that was passed over; `more` are the problem's other fields."""
        problem = Problem(file=file, message=message, hint=hint, code="not-read", **more)
        self.warnings.append(attrs.evolve(problem, severity="warning", unread=True))

    def tell_column(self, source: RowSource, raw: RawRow, fault: Fault, *, stops: bool) -> None:
        """Note, once, what a whole column leaves open, which stops the reading, or decides."""
        problem = attrs.evolve(
            problem_with(source, raw, fault), line=raw.line if raw.heading else 0
        )
        if not stops:
            problem = attrs.evolve(problem, severity="warning")
        heard = self.stops if stops else self.warnings
        if problem not in heard:
            heard.append(problem)

    def reject(self, source: RowSource, raw: RawRow, *faults: Fault) -> None:
        """Leave a row out, for these reasons."""
        source.tally.rejected.add(hash((raw.line, raw.column, raw.row)))
        problems = tuple(problem_with(source, raw, fault) for fault in faults)
        at = _index(raw, faults[0].column)
        hidden = {fault.column for fault in faults if fault.code == HIDDEN}
        value = "" if at is None or faults[0].column in hidden else raw.cells[at]
        value = _without_upn(value) if isinstance(value, str) else _as_json(value)
        self._rejects.add(problems, value, _as_json(_kept(source, raw, hidden)))
        self._bad.extend(problems)
        self._condense(self._bad)

    def doubt(self, source: RowSource, raw: RawRow, fault: Fault, *, unread: bool = False) -> None:
        """Note what looks wrong in a row that is kept, or was left unread in it."""
        problem = problem_with(source, raw, fault)
        self.warnings.append(attrs.evolve(problem, severity="warning", unread=unread))
        self._condense(self.warnings)

    def _condense(self, problems: list[Problem]) -> None:
        """Where the facts are not kept, keep of very many problems one of a pattern."""
        if self.counting and len(problems) >= self._most:
            problems[:] = by_pattern(problems)
            self._most = max(self._most, 2 * len(problems))

    @property
    def rejected(self) -> int:
        """How many rows are left out."""
        return self._rejects.count

    def raise_if_unusable(self) -> None:
        """Raise InvalidFacts with everything, unless what was met leaves facts to be used."""
        if self.stops or (self.rejected and not self.keeping):
            unread = [problem for problem in self.warnings if problem.unread]
            raise InvalidFacts(by_pattern([*self.stops, *self._bad, *unread], SCREENFUL))

    def raise_if_rejected_whole(self, table: str, hint: str) -> None:
        """Raise InvalidFacts where rows of a table were given and none of them could be used."""
        given = [tally for tally in self.tallies if table in tally.holds and tally.rows]
        if not given or any(tally.usable for tally in given) or not self.rejected:
            return
        rows = sum(tally.rows for tally in given)
        message = (
            f"no row of {table} can be used, of {rows}: nothing could be judged by these facts"
        )
        whole = Problem(file=given[0].file, message=message, hint=hint)
        raise InvalidFacts([whole, *by_pattern(self._bad, SCREENFUL)])

    def all_warnings(self) -> tuple[Problem, ...]:
        """The warnings and the rejected rows' problems, in file order."""
        return in_file_order([*self.warnings, *self._bad])

    def write_rejected(self, path: Path) -> None:
        """Write the rejected rows as CSV; raises InvalidFacts if the file cannot be written."""
        self._rejects.write(path)


def problem_with(source: RowSource, raw: RawRow, fault: Fault) -> Problem:
    """A row's fault as a problem, at the place of the cell it names."""
    at = _index(raw, fault.column)
    line, column = _place(raw, at)
    named = raw.names[at] if at is not None else fault.column
    return Problem(
        file=source.file,
        line=line,
        column=column,
        path=(*source.path, named) if named else source.path,
        message=fault.message,
        hint=fault.hint,
        code=fault.code,
        about=fault.about or (place_of(source, raw),),
        value=_written(raw, at, fault),
        row=raw.row,
        thing="" if raw.row is None else _thing(source, raw),
    )


def _written(raw: RawRow, at: int | None, fault: Fault) -> str:
    """The cell that a fault is about as it was written, unless it is hidden."""
    there = at is not None and at < len(raw.cells) and fault.code != HIDDEN
    return str(raw.cells[at]) if there and at is not None else ""


def _thing(source: RowSource, raw: RawRow) -> str:
    """What a row goes by, or whose it is."""
    own = {folded(name): cell for name, cell in zip(raw.names, raw.cells, strict=False)}
    names = _IDS.get(source.table.row_name, _OWNERS)
    return next((str(own[name]) for name in names if own.get(name) is not None), "")


def _index(raw: RawRow, column: str) -> int | None:
    if not column:
        return None
    if column in raw.names:
        return raw.names.index(column)
    wanted = folded(column)
    return next((i for i, name in enumerate(raw.names) if folded(name) == wanted), None)


def _place(raw: RawRow, at: int | None) -> tuple[int, int]:
    if at is None or not raw.line:
        return raw.line, raw.column
    if raw.places is None:
        return raw.line, at + 1
    return raw.places.get(raw.names[at], (raw.line, raw.column))


def _kept(source: RowSource, raw: RawRow, hidden: set[str]) -> dict[str, Any]:
    """The cells of a rejected row that facts would have kept; the line says which row it is.

    Who a pupil is goes no further than the key. Of a row too wide for its headings nobody knows
    what stands where.
    """
    if len(raw.cells) > len(raw.names):
        return {}
    if source.mapping is None:
        kept = {folded(column.name) for column in source.table.columns}
    else:
        columns = source.mapping.columns
        kept = {folded(one.heading) for one in columns if not one.personal and not one.drop}
    cells = dict(zip(raw.names, (*raw.cells, *[""] * len(raw.names)), strict=False))
    return {
        name: "" if name in hidden else _without_upn(cell)
        for name, cell in cells.items()
        if folded(name) in kept
    }


def _without_upn(cell: Any) -> Any:
    """A cell, unless it has a UPN among what stands in it."""
    parts = cell.replace(",", ";").split(";") if isinstance(cell, str) else ()
    return "" if any(map(like_upn, parts)) else cell


def _as_json(value: Any) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)
