"""Which system a sheet comes from, and on which line its headings stand: told by its headings.

A shipped mapping says by which headings its sheets are known; a school's own is known by having
most of its headings there.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from careerspolicy.readers.tables import OWNERS, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from careerspolicy.readers.mappings.mapping import SheetMapping, SystemMapping
    from careerspolicy.readers.tables import FactsTable
    from careerspolicy.sheets import Line, Sheet

#: Within how many lines the headings stand: titles, addresses and filters may come before.
_FURTHEST: Final = 15
#: What share of its headings a mapping of a school's own must find again.
_ENOUGH: Final = 0.5


class Recognised(NamedTuple):
    """The line of a sheet's headings, and the mapping that knows them."""

    line: Line
    system: SystemMapping
    sheet: SheetMapping


def first_lines(sheet: Sheet) -> list[Line]:
    """The lines among which the headings stand, blank ones left out."""
    lines = (line for line in sheet.lines() if any(map(text_of, line.cells)))
    return [*islice(lines, 1 if sheet.headed else _FURTHEST)]


def recognised(lines: Iterable[Line], systems: Sequence[SystemMapping]) -> list[Recognised]:
    """What the headings among the first lines may be of: those that know most of them.

    A mapping of the school's own is preferred to a system that knows as many.
    """
    known: dict[int, list[Recognised]] = {}
    for line in lines:
        there = {folded(text_of(cell)) for cell in line.cells} - {""}
        for system in systems:
            for sheet in system.sheets:
                again = len(sheet.headings & there)
                if sheet.recognises(there) or (
                    not sheet.recognised_by and again >= _ENOUGH * len(sheet.by_heading)
                ):
                    known.setdefault(again, []).append(Recognised(line, system, sheet))
    most = known[max(known)] if known else []
    return [one for one in most if not one.system.shipped] or most


def own_line(lines: Sequence[Line], table: FactsTable) -> Line | None:
    """The line that has the headings of one of our own tables, as far as they are needed."""
    needed = {folded(column.name) for column in table.columns if column.required}
    owners = {folded(owner) for owner in OWNERS} if table.row_name == "record" else set[str]()
    for line in lines:
        there = {folded(text_of(cell)) for cell in line.cells}
        if needed <= there and (not owners or owners & there):
            return line
    return None


def text_of(cell: object) -> str:
    """A cell as text; "" for a blank one."""
    return "" if cell is None else str(cell).strip()
