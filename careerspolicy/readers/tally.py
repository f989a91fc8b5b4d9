"""Counts, while a sheet is read, what becomes of its columns and rows."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType

import attrs

from careerspolicy.model.account import ColumnAccount, SheetAccount


@attrs.define(kw_only=True)
class Tally:
    """What has become so far of one sheet; `account` is the outcome.

    Of rejected rows it has hashes of their places: several records of one row may be rejected.
    """

    file: str
    sheet: str = ""
    taken_as: str = ""
    system: str = ""
    holds: list[str] = attrs.field(factory=list)
    note: str = ""
    columns: dict[str, ColumnAccount] = attrs.field(factory=dict)
    headings: set[int] = attrs.field(factory=set)
    rows: int = 0
    not_used: Counter[str] = attrs.field(factory=Counter)
    rejected: set[int] = attrs.field(factory=set)

    def heading(self, line: int, *, counts: bool) -> None:
        """Note a line of headings; the same again, further down, is a row of no use."""
        again = bool(self.headings - {line})
        self.headings.add(line)
        if counts and again:
            self.rows += 1
            self.not_used["the headings again"] += 1

    def use(self, heading: str, column: str) -> None:
        """Note which column of ours a column fills; of several, all."""
        before = self.columns.get(heading)
        filled = before.used.split(", ") if before and before.used else []
        used = ", ".join(dict.fromkeys((*filled, column)))
        self.columns[heading] = ColumnAccount(heading=heading, used=used)

    def leave(self, heading: str, note: str) -> None:
        """Note that nothing was taken from a column, unless something was."""
        self.columns.setdefault(heading, ColumnAccount(heading=heading, note=note))

    @property
    def usable(self) -> int:
        """How many rows are of use so far."""
        return self.rows - self.not_used.total() - len(self.rejected)

    def account(self) -> SheetAccount:
        """What became of the sheet."""
        return SheetAccount(
            file=self.file,
            sheet=self.sheet,
            taken_as=self.taken_as,
            system=self.system,
            holds=tuple(self.holds),
            note=self.note,
            columns=tuple(self.columns.values()),
            rows=self.rows,
            not_used=MappingProxyType(dict(self.not_used)),
            rejected=len(self.rejected),
        )
