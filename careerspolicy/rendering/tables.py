"""Tables of tallies: one column a verdict, words and numbers only, none folded into another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich import box
from rich.table import Table
from rich.text import Text

from careerspolicy.rendering.printable import printable
from careerspolicy.rendering.words import VERDICT_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from careerspolicy.evaluation import Verdict

#: Space right of each cell: less than rich's own, so that seven verdicts fit 80 columns.
_GAP: Final = (0, 1, 0, 0)


def plain_table(headings: Sequence[str], *, numbers: int = 0) -> Table:
    """An empty table; its last `numbers` columns hold numbers, set to the right."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=_GAP, header_style="bold")
    last = len(headings) - numbers
    for position, heading in enumerate(headings):
        right = position >= last
        table.add_column(heading, justify="right" if right else "left", no_wrap=right)
    return table


def tally_table(
    headings: Sequence[str], rows: Iterable[tuple[Sequence[str], Mapping[Verdict, int]]]
) -> Table:
    """A table with a column for each verdict, after the columns that name the row."""
    verdicts = ("\n".join(word.rsplit(" ", 1)) for word in VERDICT_WORDS.values())
    table = plain_table([*headings, *verdicts], numbers=len(VERDICT_WORDS))
    for names, tally in rows:
        add_row(table, *names, *tallied(tally))
    return table


def tallied(tally: Mapping[Verdict, int]) -> list[str]:
    """A tally's cells; a dash for none, so that numbers stand out."""
    return [f"{tally[verdict]:,}" if tally[verdict] else "-" for verdict in VERDICT_WORDS]


def add_row(table: Table, *cells: str) -> None:
    """Add a row of text that is shown as it is, brackets and all."""
    table.add_row(*(Text(printable(cell)) for cell in cells))
