"""What reading met: problems that stop it, rows that it rejects, and warnings.

The readers say everything to one `Log`; at the end it decides whether there are facts at all.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import attrs

from careerspolicy.errors import InvalidFacts, Problem, by_pattern, in_file_order
from careerspolicy.privacy import like_upn
from careerspolicy.readers.raw import place_of
from careerspolicy.readers.tables import folded

if TYPE_CHECKING:
    from careerspolicy.readers.raw import RawRow, RowSource
    from careerspolicy.readers.tally import Tally

#: How many lines of problems are told at once.
SCREENFUL: Final = 20
#: The code of a fault of a cell that is shown nowhere.
HIDDEN: Final = "hidden-value"
_IDS: Final = ("id", "urn", "pupil", "school", "trust", "name")
REJECT_HEADINGS: Final = ("file", "line", "column", "value", "problem", "row")


class Fault(NamedTuple):
    """What is wrong with a row: in which column (empty for the row), what, and how to mend it.

    Its `code` and what it is `about` are those of the problem that it becomes.
    """

    column: str
    message: str
    hint: str = ""
    code: str = "unusable"
    about: tuple[str, ...] = ()


@attrs.frozen
class _Rejected:
    """A row that was left out, why, and the cell that the first reason is about."""

    problems: tuple[Problem, ...]
    value: str
    row: str


@attrs.define
class Log:
    """Collects what reading one set of facts meets.

    `stops` are problems that no rejecting of rows can mend. Where rejected rows are kept
    (`keeping`), those that fall with another are rejected too; else only the first cause is told.
    """

    keeping: bool
    warnings: list[Problem] = attrs.field(factory=list)
    stops: list[Problem] = attrs.field(factory=list)
    tallies: list[Tally] = attrs.field(factory=list)
    _rejected: list[_Rejected] = attrs.field(factory=list)

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
        """Note what a whole column leaves open, which stops the reading, or what it decides."""
        problem = attrs.evolve(
            problem_with(source, raw, fault), line=raw.line if raw.heading else 0
        )
        if stops:
            self.stops.append(problem)
        else:
            self.warnings.append(attrs.evolve(problem, severity="warning"))

    def reject(self, source: RowSource, raw: RawRow, *faults: Fault) -> None:
        """Leave a row out, for these reasons."""
        source.tally.rejected.add((raw.line, raw.column, raw.row))
        problems = tuple(problem_with(source, raw, fault) for fault in faults)
        at = _index(raw, faults[0].column)
        hidden = {fault.column for fault in faults if fault.code == HIDDEN}
        value = "" if at is None or faults[0].column in hidden else raw.cells[at]
        value = _without_upn(value) if isinstance(value, str) else _as_json(value)
        width, named = len(raw.names), dict[str, Any](dict.fromkeys(raw.names, ""))
        named.update(zip(raw.names, raw.cells, strict=False))
        named.update(dict.fromkeys(hidden, ""))
        if len(raw.cells) > width:
            named["(beyond the headings)"] = [*raw.cells[width:]]
        self._rejected.append(_Rejected(problems, value, _as_json(_kept(source, named))))

    def doubt(self, source: RowSource, raw: RawRow, fault: Fault, *, unread: bool = False) -> None:
        """Note what looks wrong in a row that is kept, or was left unread in it."""
        problem = problem_with(source, raw, fault)
        self.warnings.append(attrs.evolve(problem, severity="warning", unread=unread))

    @property
    def rejected(self) -> int:
        """How many rows are left out."""
        return len(self._rejected)

    def raise_if_unusable(self) -> None:
        """Raise InvalidFacts with everything, unless what was met leaves facts to be used."""
        if self.stops or (self._rejected and not self.keeping):
            unread = [problem for problem in self.warnings if problem.unread]
            raise InvalidFacts(by_pattern([*self.stops, *self._bad, *unread], SCREENFUL))

    def raise_if_rejected_whole(self, table: str, hint: str) -> None:
        """Raise InvalidFacts where rows of a table were given and none of them could be used."""
        given = [tally for tally in self.tallies if table in tally.holds and tally.rows]
        if not given or any(tally.usable for tally in given) or not self._rejected:
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

    @property
    def _bad(self) -> list[Problem]:
        return [problem for row in self._rejected for problem in row.problems]

    def write_rejected(self, path: Path) -> None:
        """Write the rejected rows as CSV, all or nothing; the headings alone if there are none.

        Raises InvalidFacts if the file cannot be written.
        """
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(REJECT_HEADINGS)
        for row in sorted(self._rejected, key=lambda row: row.problems[0].place):
            first = row.problems[0]
            why = "; and ".join(problem.words for problem in row.problems)
            place = (first.file, first.line or "", first.column or "")
            writer.writerow((*place, row.value, why, row.row))
        _write(path, text.getvalue())


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
        thing="" if raw.row is None else _thing(raw),
    )


def _written(raw: RawRow, at: int | None, fault: Fault) -> str:
    """The cell that a fault is about as it was written, unless it is hidden."""
    there = at is not None and at < len(raw.cells) and fault.code != HIDDEN
    return str(raw.cells[at]) if there and at is not None else ""


def _thing(raw: RawRow) -> str:
    """What a row goes by, or whose it is."""
    own = {folded(name): cell for name, cell in zip(raw.names, raw.cells, strict=False)}
    return next((str(own[name]) for name in _IDS if own.get(name) is not None), "")


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


def _kept(source: RowSource, named: Any) -> Any:
    """The cells of a rejected row, without those that a mapping leaves out of facts.

    Who a pupil is goes no further than the key; the line of the file says which row it is.
    """
    if source.mapping is None or not isinstance(named, dict):
        return {name: _without_upn(cell) for name, cell in named.items()}
    own = source.mapping.by_heading
    mapped = {name: own.get(folded(name)) for name in named}
    kept = {name for name, one in mapped.items() if one and not one.personal and not one.drop}
    return {name: cell for name, cell in named.items() if name in kept}


def _without_upn(cell: Any) -> Any:
    """A cell, unless it has a UPN among what stands in it."""
    parts = cell.replace(",", ";").split(";") if isinstance(cell, str) else ()
    return "" if any(map(like_upn, parts)) else cell


def _as_json(value: Any) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    """Write a file, all or nothing."""
    made = None
    try:
        with NamedTemporaryFile(
            "w", encoding="utf-8", newline="", dir=path.parent, delete=False
        ) as file:
            made = Path(file.name)
            file.write(text)
        made.replace(path)
    except (OSError, ValueError) as error:
        if made:
            made.unlink(missing_ok=True)
        reason = getattr(error, "strerror", None) or str(error)
        message = f"the rejected rows cannot be written here ({reason})"
        hint = "name a file in a folder that exists and may be written to"
        raise InvalidFacts.of(path, message, hint) from None
