"""What reading met: problems that stop it, rows that it rejects, and warnings.

The readers say everything to one `Log`; at the end it decides whether there are facts at all.
"""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import attrs

from careerspolicy.errors import InvalidFacts, Problem, in_file_order
from careerspolicy.readers.tables import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from careerspolicy.readers.tables import Table

REJECT_HEADINGS: Final = ("file", "line", "column", "value", "problem", "row")


class RawRow(NamedTuple):
    """A row as it was written: cells under names, from a line of a file.

    `places` has the line and column of each named cell; without it, the cells are counted.
    Line 0 is a row that no file holds. A `heading` has no cells of its own.
    """

    names: tuple[str, ...]
    cells: Sequence[Any]
    line: int = 0
    places: Mapping[str, tuple[int, int]] | None = None
    column: int = 0
    heading: bool = False


@attrs.frozen(kw_only=True)
class Source:
    """Where rows of a table come from; `path` is the way to them within the file."""

    table: Table
    file: str
    rows: Iterable[RawRow]
    path: tuple[str, ...] = ()


class Fault(NamedTuple):
    """What is wrong with a row: in which column (empty for the row), what, and how to mend it."""

    column: str
    message: str
    hint: str = ""


@attrs.frozen
class _Rejected:
    problems: tuple[Problem, ...]
    value: str
    row: str


@attrs.define
class Log:
    """Collects what reading one set of facts meets.

    Where rejected rows are kept (`keeping`), rows that fall with another are rejected too;
    otherwise only the first cause is worth telling.
    """

    keeping: bool
    warnings: list[Problem] = attrs.field(factory=list)
    _stops: list[Problem] = attrs.field(factory=list)
    _rejected: list[_Rejected] = attrs.field(factory=list)

    def stop(self, problem: Problem) -> None:
        """Note a problem that no rejecting of rows can mend."""
        self._stops.append(problem)

    def reject(self, source: Source, raw: RawRow, *faults: Fault) -> None:
        """Leave a row out, for these reasons."""
        problems = tuple(problem_with(source, raw, fault) for fault in faults)
        at = _index(raw, faults[0].column)
        value = "" if at is None else _as_text(raw.cells[at])
        self._rejected.append(_Rejected(problems, value, _as_json(raw)))

    def reject_with_another(self, source: Source, raw: RawRow, *faults: Fault) -> None:
        """Leave a row out because another one was: worth telling only where both are kept."""
        if self.keeping:
            self.reject(source, raw, *faults)

    def doubt(self, source: Source, raw: RawRow, fault: Fault, *, unread: bool = False) -> None:
        """Note what looks wrong in a row that is kept, or was left unread in it."""
        problem = problem_with(source, raw, fault)
        self.warnings.append(attrs.evolve(problem, severity="warning", unread=unread))

    @property
    def stops(self) -> int:
        """How many problems there are that no rejecting of rows can mend."""
        return len(self._stops)

    @property
    def rejected(self) -> int:
        """How many rows are left out."""
        return len(self._rejected)

    def raise_if_unusable(self) -> None:
        """Raise InvalidFacts with everything, unless what was met leaves facts to be used."""
        bad = [problem for one in self._rejected for problem in one.problems]
        if self._stops or (bad and not self.keeping):
            raise InvalidFacts([*self._stops, *bad])

    def all_warnings(self) -> tuple[Problem, ...]:
        """The warnings and the rejected rows' problems, in file order."""
        bad = [problem for one in self._rejected for problem in one.problems]
        return in_file_order([*self.warnings, *bad])

    def write_rejected(self, path: Path) -> None:
        """Write the rejected rows as CSV, all or nothing; the headings alone if there are none.

        Raises InvalidFacts if the file cannot be written.
        """
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(REJECT_HEADINGS)
        for one in sorted(self._rejected, key=lambda one: one.problems[0].place):
            first = one.problems[0]
            said = "; and ".join(_without_place(problem) for problem in one.problems)
            column = first.column or ""
            writer.writerow((first.file, first.line or "", column, one.value, said, one.row))
        _write(path, text.getvalue())


def problem_with(source: Source, raw: RawRow, fault: Fault) -> Problem:
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
    )


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


def _without_place(problem: Problem) -> str:
    return str(attrs.evolve(problem, line=0)).removeprefix(f"{problem.file}: ")


def _as_text(cell: Any) -> str:
    return cell if isinstance(cell, str) else json.dumps(cell, default=str, ensure_ascii=False)


def _as_json(raw: RawRow) -> str:
    beyond = "(beyond the headings)"
    pairs = zip_longest(raw.names, raw.cells, fillvalue=beyond)
    named: dict[str, Any] = {}
    for name, cell in pairs:
        if name == beyond:
            named.setdefault(beyond, []).append(cell)
        else:
            named[name] = "" if cell == beyond else cell
    return json.dumps(named, default=str, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    made = ""
    try:
        descriptor, made = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.replace(made, path)  # noqa: PTH105 - one name each way, and atomic
    except (OSError, ValueError) as error:
        if made and os.path.exists(made):  # noqa: PTH110 - mkstemp gives text
            os.unlink(made)  # noqa: PTH108 - as above
        reason = getattr(error, "strerror", None) or str(error)
        message = f"the rejected rows cannot be written here ({reason})"
        hint = "name a file in a folder that exists and may be written to"
        raise InvalidFacts([Problem(file=str(path), message=message, hint=hint)]) from None
