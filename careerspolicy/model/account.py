"""What became of everything that was given: every file, sheet, column and row.

Values only; the readers count, the views tell. In each sheet the rows given are those used, those
not used and those rejected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping


@attrs.frozen(kw_only=True)
class ColumnAccount:
    """A column as it is headed: what it fills (`used`), or `note` nothing was taken from it."""

    heading: str
    used: str = ""
    note: str = ""


@attrs.frozen(kw_only=True)
class SheetAccount:
    """A sheet, or a file that is one table: what it was taken for, and what became of its rows.

    `rows` counts those that aren't blank and stand under the headings (or in a sheet that was not
    read, all); `not_used` counts, by reason, those that were left out; `note` says why nothing of
    the sheet was read.
    """

    file: str
    sheet: str = ""
    taken_as: str = ""
    system: str = ""
    holds: tuple[str, ...] = ()
    note: str = ""
    columns: tuple[ColumnAccount, ...] = ()
    rows: int = 0
    not_used: Mapping[str, int] = attrs.field(factory=dict)
    rejected: int = 0

    @property
    def used(self) -> int:
        """How many rows were used."""
        return 0 if self.note else self.rows - sum(self.not_used.values()) - self.rejected
