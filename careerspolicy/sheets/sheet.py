"""A sheet: one table of cells, whatever kind of file it stands in, that can be gone through again.

First of its folder: each kind of file makes sheets, and all that read them see only these.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import attrs

from careerspolicy.errors import UnusableInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

#: What a cell holds; None and "" are blank, and text is as it was written.
Cell: TypeAlias = str | int | float | bool | date | datetime | None


class Line(NamedTuple):
    """A line of a sheet, by the number that its own program shows; wholly empty ones are left out.

    Headings that stand on no line of their own (JSON, XML) have the number 0; where a file has no
    lines at all (Parquet), they are line 1.
    """

    number: int
    cells: Sequence[Cell]


class Unreadable(UnusableInput):
    """A file that cannot be read, or not to its end: on which line, why, and how to mend it."""


@attrs.frozen(kw_only=True)
class Sheet:
    """A table of a file: its `name` in a workbook, "" where it is the file's only one.

    `taken_as` says how the file was understood. `headed` sheets have headings on their first line
    for certain. What `read` returns raises Unreadable where the file cannot be read further.
    """

    file: str
    name: str = ""
    taken_as: str
    hidden: bool = False
    headed: bool = False
    read: Callable[[], Iterator[Line]] = attrs.field(repr=False, eq=False)

    def lines(self) -> Iterator[Line]:
        """The lines from the first, as they are asked for; each call reads the file again."""
        return self.read()


def tidy(number: float) -> int | float:
    """A number as people write it: whole ones without a point.

    >>> tidy(9.0), tidy(2.5)
    (9, 2.5)
    """
    return int(number) if number.is_integer() else number
