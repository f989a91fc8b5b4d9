"""What became of everything that was given, seen: every file, sheet, column and row."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.english.wording import listing
from careerspolicy.views.tree import Column, Facts, Fold, Row, Section, Table, View
from careerspolicy.views.words import FORMAT, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from careerspolicy.model import facts as model
    from careerspolicy.model.account import SheetAccount
    from careerspolicy.views.tree import Block

TITLE: Final = "What became of everything that was given"
_COLUMNS: Final = (
    Column("File"),
    Column("Taken for"),
    Column("Rows", number=True),
    Column("Used", number=True),
    Column("Not used", number=True),
    Column("Rejected", number=True),
    Column("Why"),
)


def account_view(facts: model.Facts) -> View:
    """What became of the files that facts were read from."""
    return View(
        title=TITLE,
        sections=lambda: account_sections(facts.account),
        data=lambda: {"format": FORMAT, "account": account_data(facts.account)},
    )


def account_sections(account: Iterable[SheetAccount]) -> tuple[Table, Section]:
    """The sheets with their rows, and then what was taken from each column."""
    sheets = [*account]
    rows = Table(
        columns=_COLUMNS,
        rows=tuple(Row(_cells(sheet)) for sheet in sheets),
        empty="Nothing was given.",
        prose=True,
    )
    columns = Section(
        title="Columns",
        blocks=tuple(
            Section(title=_name(sheet), blocks=(Facts(tuple(_columns(sheet))),))
            for sheet in sheets
            if sheet.columns
        ),
    )
    return rows, columns


def account_part(account: Sequence[SheetAccount], *, shown: bool) -> Section:
    """The account as the last part of what was made of the facts; folded unless it is asked for."""
    blocks: tuple[Block, ...] = account_sections(account)
    if not shown:
        given = sum(sheet.rows for sheet in account)
        used = sum(sheet.used for sheet in account)
        about = f"{counted(given, 'row')} of {counted(len(account), 'table')}, {used} of them used"
        blocks = (Fold(title="Every table, column and row", about=about, blocks=blocks),)
    return Section(title=TITLE, id="account", blocks=blocks, in_full=not shown)


def account_data(account: Iterable[SheetAccount]) -> list[Mapping[str, Any]]:
    """The account for programs."""
    return [
        {
            **attrs.asdict(sheet, recurse=False),
            "columns": [attrs.asdict(column) for column in sheet.columns],
            "not_used": [{"why": why, "rows": rows} for why, rows in sheet.not_used.items()],
            "used": sheet.used,
        }
        for sheet in account
    ]


def _name(sheet: SheetAccount) -> str:
    file = Path(sheet.file).name
    return f"{file}, {sheet.sheet}" if sheet.sheet else file


def _cells(sheet: SheetAccount) -> tuple[str | int, ...]:
    not_used = sum(sheet.not_used.values())
    reasons = [f"{counted(rows, 'row')}: {why}" for why, rows in sheet.not_used.items()]
    taken = "; ".join(filter(None, (listing(sheet.holds), sheet.system, sheet.taken_as)))
    note = sheet.note or "; ".join(reasons)
    return _name(sheet), taken, sheet.rows, sheet.used, not_used, sheet.rejected, note


def _columns(sheet: SheetAccount) -> Iterable[tuple[str, str]]:
    for column in sheet.columns:
        yield column.heading, column.used or f"not used: {column.note}"
