"""A view as text for a terminal, at its width; nothing is said by colour or looks alone.

Sections that are for readers with room are left out, folded parts are one line each and only the
first few, unless everything is asked for.
"""

from __future__ import annotations

import io
from itertools import groupby
from typing import TYPE_CHECKING, Final

from rich import box
from rich.console import Console, Group, JustifyMethod, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from careerspolicy.views import tree
from careerspolicy.writers.cells import said, shown
from careerspolicy.writers.cleaning import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


#: Longer lines than this are hard to read, however wide the terminal.
WIDEST: Final = 100
_NARROWEST: Final = 30
#: How many folded parts are told before the rest are counted.
_FOLDS: Final = 8
#: How many of the statements in one cell are told, likewise.
_STATEMENTS: Final = 3
#: A cell longer than this may wrap, in a column of at least so many characters.
_LONG: Final = 24
_NARROWEST_WRAPPED: Final = 16
_NARROWEST_PROSE: Final = 26
_GAP: Final = 2


def printed(view: tree.View, console: Console, *, everything: bool = False) -> str:
    """A view as a console shows it, each line without the blanks at its end."""
    with console.capture() as captured:
        for part in _Writer(console.width, everything=everything).view(view):
            console.print(part, soft_wrap=isinstance(part, str))
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def plain_text(view: tree.View, *, width: int = WIDEST, everything: bool = False) -> str:
    """The same for a file, on so many columns."""
    console = Console(file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False)
    return printed(view, console, everything=everything)


class _Writer:
    """Writes blocks within so many columns."""

    def __init__(self, width: int, *, everything: bool) -> None:
        self.width = max(_NARROWEST, width)
        self.everything = everything

    def view(self, view: tree.View) -> Iterator[RenderableType]:
        if view.title:
            yield self._narrow(Text(printable(view.title), style="bold"))
        yield from self.blocks(view.opening, depth=0)
        for block in view.sections():
            yield from self.block(block, depth=0)
        if view.closing:
            yield ""
        yield from self.blocks(view.closing, depth=0)

    def blocks(self, blocks: Iterable[tree.Block], depth: int) -> Iterator[RenderableType]:
        """The blocks in order; of folded ones that stand together the first few."""
        for folded, together in groupby(blocks, key=lambda block: isinstance(block, tree.Fold)):
            whole = [*together]
            kept = whole[:_FOLDS] if folded and not self.everything else whole
            for block in kept:
                yield from self.block(block, depth)
            if len(whole) > len(kept):
                yield f"and {len(whole) - len(kept)} more."

    def block(self, block: tree.Block, depth: int) -> Iterator[RenderableType]:
        match block:
            case tree.Section():
                yield from self._section(block, depth)
            case tree.Paragraph():
                first, *_ = tree.pieces(block.words)
                # What only leads to another part of the view takes a link.
                if self.everything or not first.href.startswith("#"):
                    yield self._narrow(_text(block.words))
            case tree.List():
                yield from self._list(block, depth)
            case tree.Facts(pairs):
                yield self._pairs([(f"{name}:", words) for name, words in pairs])
            case tree.Verbatim(lines):
                yield from map(printable, lines)
            case tree.Quotation(blocks):
                yield from self._inset(self.blocks(blocks, depth))
            case tree.Fold():
                yield from self._fold(block, depth)
            case tree.Table():
                yield from self._table(block, depth)

    def _section(self, section: tree.Section, depth: int) -> Iterator[RenderableType]:
        if section.in_full and not self.everything:
            return
        title = printable(tree.plain(section.title))
        yield ""
        yield self._narrow(Text(title, style="bold"))
        if depth == 0:
            yield "-" * min(len(title), self.width)
        inside = self.blocks(section.blocks, depth + 1)
        yield from inside if depth == 0 else self._inset(inside)

    def _list(self, listed: tree.List, depth: int) -> Iterator[RenderableType]:
        for n, item in enumerate(listed.items):
            mark = "-" if listed.start is None else f"{listed.start + n}."
            inside = [_text(item.words), *self.blocks(item.blocks, depth)]
            yield self._hanging(mark, Group(*inside))

    def _fold(self, fold: tree.Fold, depth: int) -> Iterator[RenderableType]:
        about = f": {fold.about}" if fold.about else ""
        inside = [*self.blocks(fold.blocks, depth)] if self.everything else []
        yield self._hanging("-", Group(Text(printable(f"{fold.title}{about}")), *inside))

    def _table(self, table: tree.Table, depth: int) -> Iterator[RenderableType]:
        columns, rows = shown(table)
        cells = [list(map(self._cell, row.cells, columns)) for row in rows]
        if table.caption:
            yield ""
            yield self._narrow(Text(printable(tree.plain(table.caption)), style="bold"))
        if not rows:
            yield Text(printable(table.empty or "Nothing."))
        elif self._has_room(table, columns, cells):
            yield self._grid(columns, cells)
            for row in rows:
                if row.detail:
                    yield self._narrow(Text(printable(row.asked)))
                yield from self._inset(self.blocks(row.detail, depth))
        else:
            for row, shown_cells in zip(rows, cells, strict=True):
                yield ""
                yield from self._card(table, columns, shown_cells)
                yield from self._inset(self.blocks(row.detail, depth))

    def _has_room(
        self, table: tree.Table, columns: Sequence[tree.Column], cells: Sequence[Sequence[Text]]
    ) -> bool:
        """Whether the table can be read as one: few of its columns need to wrap."""
        if table.prose:
            return self.width // len(columns) >= _NARROWEST_PROSE
        asked = (
            max(_least(_heading(column)), *(_least(row[n].plain) for row in cells))
            for n, column in enumerate(columns)
        )
        return sum(asked) + len(columns) <= self.width

    def _grid(self, columns: Sequence[tree.Column], cells: Sequence[Sequence[Text]]) -> Grid:
        grid = Grid(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), header_style="bold")
        for n, column in enumerate(columns):
            justify: JustifyMethod = "right" if column.number else "left"
            names = all(" " not in row[n].plain for row in cells)  # to be copied whole
            grid.add_column(Text(printable(_heading(column))), justify=justify, no_wrap=names)
        for row in cells:
            grid.add_row(*row)
        return grid

    def _card(
        self, table: tree.Table, columns: Sequence[tree.Column], cells: Sequence[Text]
    ) -> Iterator[RenderableType]:
        """A row by itself: what heads it, then each cell under its column's name."""
        yield self._narrow(Text(": ").join(cells[: table.headed]))
        pairs = [
            (printable(column.heading), cell)
            for column, cell in zip(columns, cells, strict=True)
            if cell.plain
        ]
        yield from self._inset([self._pairs(pairs[table.headed :])])

    def _cell(self, cell: tree.Cell, column: tree.Column) -> Text:
        if column.number and cell == 0:
            return Text("-")  # so that numbers stand out
        words = said(cell, column)
        if not isinstance(words, tree.Lines):
            return _text(words)
        lines = words.lines
        kept = lines if self.everything or len(lines) <= _STATEMENTS else lines[: _STATEMENTS - 1]
        rest = [Text(f"and {len(lines) - len(kept)} more")] if len(lines) > len(kept) else []
        return Text("\n").join([*map(_text, kept), *rest])

    def _pairs(self, pairs: Sequence[tuple[str, tree.Words | Text]]) -> RenderableType:
        """Names and what each is, the latter wrapped in a column of its own."""
        grid = Grid.grid(padding=(0, _GAP, 0, 0))
        grid.add_column(max_width=_LONG)
        grid.add_column()
        for name, words in pairs:
            grid.add_row(_text(name), words if isinstance(words, Text) else _text(words))
        return self._narrow(grid)

    def _hanging(self, mark: str, part: RenderableType) -> RenderableType:
        grid = Grid.grid(padding=(0, 1, 0, 0))
        grid.add_row(Text(mark), part)
        return self._narrow(grid)

    def _narrow(self, part: RenderableType) -> RenderableType:
        """Within the columns that are easy to read."""
        return Padding(part, (0, max(0, self.width - WIDEST), 0, 0))

    def _inset(self, parts: Iterable[RenderableType]) -> Iterator[RenderableType]:
        for part in parts:
            yield Padding(Text(part) if isinstance(part, str) else part, (0, 0, 0, _GAP))


def _text(words: tree.Words) -> Text:
    # A path that is longer than a line goes on on the next: its line is at its end.
    return Text(printable(tree.plain(words)), overflow="fold")


def _heading(column: tree.Column) -> str:
    """A column's heading; that of figures in two lines, so that it takes less room."""
    return "\n".join(column.heading.rsplit(" ", 1)) if column.number else column.heading


def _least(text: str) -> int:
    """The fewest characters that a text needs: a name all of its own, sentences enough to wrap."""
    widest = max((len(line) for line in text.splitlines()), default=0)
    return widest if widest <= _LONG or " " not in text else _NARROWEST_WRAPPED
