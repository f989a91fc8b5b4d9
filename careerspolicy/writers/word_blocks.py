"""The body of a Word document, written block by block from a view."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.extras import load
from careerspolicy.views.tree import (
    Facts,
    Fold,
    Lines,
    List,
    Paragraph,
    Quotation,
    Section,
    Span,
    Table,
    Verbatim,
    plain,
    sentence,
)
from careerspolicy.writers.cells import said
from careerspolicy.writers.contents import CONTENTS, contents
from careerspolicy.writers.word_inline import bookmark, write_inline
from careerspolicy.writers.word_lists import Lists

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from careerspolicy.views.tree import Block, Cell, Column, Item, View, Words
    from careerspolicy.writers.word_styles import Styles

#: The fewest and the most letters that a column of a table is made for.
_NARROWEST, _WIDEST = 12, 60

#: How deep Word's own styles of lists and headings go.
_DEEPEST: Final = 3
_DEEPEST_HEADING: Final = 4


@attrs.frozen(kw_only=True)
class _Place:
    """The list item that a paragraph belongs to."""

    style: str
    depth: int
    number: int | None


def write_view(view: View, document: Any, styles: Styles) -> None:
    """Add a view to the document's end: title, opening, contents of a long one, sections, foot."""
    writer = _Writer(document, styles)
    if view.heading:
        writer.paragraph(view.heading, "Title")
    writer.blocks(view.opening)
    sections = view.sections()
    if listed := contents(sections, subsections=view.lists_subsections):
        writer.section(Section(title=CONTENTS, blocks=(listed,)), level=1)
    writer.blocks(sections)
    writer.blocks(view.closing)


class _Writer:
    def __init__(self, document: Any, styles: Styles) -> None:
        self._document, self._styles = document, styles
        self._lists = Lists(document)
        self._labels: Counter[str] = Counter()

    def blocks(self, blocks: Iterable[Block], *, level: int = 1, depth: int = 0) -> None:
        """Add blocks, which stand within so many sections and so many lists."""
        for block in blocks:
            self._block(block, level, depth)

    def section(self, section: Section, level: int) -> None:
        """Add a section under a heading of a level."""
        made = self.paragraph(section.title, f"Heading {min(level, _DEEPEST_HEADING)}")
        if section.id:
            bookmark(made, section.id)
        self.blocks(section.blocks, level=level + 1)

    def paragraph(self, words: Words, style: str, place: _Place | None = None) -> Any:
        """Add a paragraph of a style; a list item has its place."""
        made = self._document.add_paragraph(style=self._styles.named(style))
        if place is not None and place.number is not None:
            _number(made, place)
        write_inline(words, made)
        return made

    def _block(  # noqa: C901 - a case for each kind of block
        self, block: Block, level: int, depth: int
    ) -> None:
        style = "Normal" if depth == 0 else _deep("List Continue", depth)
        match block:
            case Section():
                self.section(block, level)
            case Fold():
                title = (Span(block.title, strong=True), f": {block.about}" if block.about else "")
                self.paragraph(title, style)
                self.blocks(block.blocks, level=level, depth=depth)
            case Paragraph():
                self.paragraph(block.words, style)
            case List():
                self._list(block, depth + 1)
            case Facts(pairs):
                for name, words in pairs:
                    told = sentence(Span(f"{name}: ", strong=True), words)
                    self.paragraph(told, _deep("List Bullet", depth + 1))
            case Verbatim(lines):
                self.paragraph("\n".join(lines), "Normal")
            case Quotation(quoted):
                for one in quoted:
                    if isinstance(one, Paragraph):
                        self.paragraph(one.words, "Quote")
            case Table():
                self._table(block, level)

    def _list(self, told: List, depth: int) -> None:
        ordered = told.start is not None
        style = _deep("List Number" if ordered else "List Bullet", depth)
        number = self._lists.begin(
            self._styles.numbered(self._styles.named(style)),
            ordered=ordered,
            start=told.start or 1,
            level=min(depth, _DEEPEST) - 1,
        )
        for item in told.items:
            self._item(item, _Place(style=style, depth=depth, number=number))

    def _item(self, item: Item, place: _Place) -> None:
        self.paragraph(item.words, place.style, place)
        self.blocks(item.blocks, depth=place.depth)

    def _table(self, table: Table, level: int) -> None:
        if table.caption:
            self.paragraph(table.caption, "Caption").paragraph_format.keep_with_next = True
        shown = [n for n, column in enumerate(table.columns) if column.shown]
        columns = [table.columns[n] for n in shown]
        rows = [*table.rows]
        cells = [[_words(row.cells[n], table.columns[n]) for n in shown] for row in rows]
        if cells:
            self._grid(table, columns, cells)
        else:
            self.paragraph(table.empty or "Nothing.", "Normal")
        self._document.add_paragraph(style=self._styles.named("Normal"))
        for row in rows:
            if row.detail:
                self.paragraph(Span(row.asked, strong=True), "Normal")
                self.blocks(row.detail, level=level)

    def _grid(
        self, table: Table, columns: Sequence[Column], cells: Sequence[Sequence[Words]]
    ) -> None:
        made = self._document.add_table(rows=0, cols=len(columns))
        made.autofit = False
        made.style = self._styles.named("Table Grid")
        _describe(made, self._label(table))
        rows: list[Sequence[Words]] = [[column.heading for column in columns], *cells]
        widths = _widths(rows, made)
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        for n, row in enumerate(rows):
            told = made.add_row()
            _keep_together(told, heading=n == 0)
            for m, (cell, place, width) in enumerate(zip(row, told.cells, widths, strict=True)):
                place.width = width
                write_inline(cell, place.paragraphs[0], bold=n == 0 or m < table.headed)

    def _label(self, table: Table) -> str:
        label = plain(table.caption) or table.spoken or "Table"
        self._labels[label] += 1
        return label if self._labels[label] == 1 else f"{label} ({self._labels[label]})"


def _words(cell: Cell, column: Column) -> Words:
    told = said(cell, column)
    if isinstance(told, Lines):
        return sentence(*(part for line in told.lines for part in ("\n", line)))[1:]
    return told


def _deep(style: str, depth: int) -> str:
    """The name of a list style at a depth: "List Bullet", "List Bullet 2"."""
    return style if depth == 1 else f"{style} {min(depth, _DEEPEST)}"


def _number(paragraph: Any, place: _Place) -> None:
    oxml, qn = load("docx.oxml"), load("docx.oxml.ns").qn
    told = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - no other way
    level, number = oxml.OxmlElement("w:ilvl"), oxml.OxmlElement("w:numId")
    level.set(qn("w:val"), str(min(place.depth, _DEEPEST) - 1))
    number.set(qn("w:val"), str(place.number))
    told.extend([level, number])


def _widths(rows: Sequence[Sequence[Words]], table: Any) -> list[int]:
    """How wide each column is: as wide as the words in it ask, of what the page has."""
    asked = [max(len(plain(cell)) for cell in column) for column in zip(*rows, strict=True)]
    shares = [min(max(one, _NARROWEST), _WIDEST) for one in asked]
    page = sum(column.width for column in table.columns)
    return [int(page * share / sum(shares)) for share in shares]


def _describe(table: Any, label: str) -> None:
    """Say what the table is to whoever has it read aloud; let its text stand off its lines."""
    oxml, qn = load("docx.oxml"), load("docx.oxml.ns").qn
    properties = table._tbl.tblPr  # noqa: SLF001 - no other way
    told = oxml.OxmlElement("w:tblCaption")
    told.set(qn("w:val"), label)
    margins = oxml.OxmlElement("w:tblCellMar")
    for side, width in (("top", "40"), ("left", "100"), ("bottom", "40"), ("right", "100")):
        margin = oxml.OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), width)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = properties.find(qn("w:tblLook"))
    look.addprevious(margins) if look is not None else properties.append(margins)
    properties.append(told)


def _keep_together(row: Any, *, heading: bool) -> None:
    """A row that no page break splits; one of headings comes again on each page."""
    oxml = load("docx.oxml")
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - no other way
    properties.append(oxml.OxmlElement("w:cantSplit"))
    if heading:
        properties.append(oxml.OxmlElement("w:tblHeader"))
