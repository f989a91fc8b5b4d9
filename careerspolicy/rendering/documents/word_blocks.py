"""The body of a Word document, written block by block from the tree of a document's Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.extras import load
from careerspolicy.rendering.documents.word_inline import bookmark, write_inline
from careerspolicy.rendering.documents.word_lists import Lists

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it.tree import SyntaxTreeNode

    from careerspolicy.rendering.documents.word_styles import Styles

#: The fewest and the most letters that a column of a table is made for.
_NARROWEST, _WIDEST = 12, 60

#: How deep Word's own styles of lists go.
_DEEPEST: Final = 3

_HEADINGS: Final[Mapping[str, str]] = {
    "h1": "Title",
    "h2": "Heading 1",
    "h3": "Heading 2",
    "h4": "Heading 3",
    "h5": "Heading 4",
    "h6": "Heading 4",
}


@attrs.frozen(kw_only=True)
class _Item:
    """The list item that a paragraph belongs to."""

    style: str
    depth: int
    number: int | None


def write_blocks(tree: SyntaxTreeNode, document: Any, styles: Styles) -> None:
    """Add each block of the tree to the document's end."""
    writer = _Writer(document, styles)
    for node in tree.children:
        writer.write(node)


class _Writer:
    def __init__(self, document: Any, styles: Styles) -> None:
        self._document, self._styles = document, styles
        self._lists = Lists(document)

    def write(self, node: SyntaxTreeNode, depth: int = 0) -> None:
        """Add a block, which stands within that many lists."""
        if node.type == "heading":
            self._heading(node)
        elif node.type == "paragraph":
            self._paragraph(node, "Normal" if depth == 0 else _deep("List Continue", depth))
        elif node.type in ("bullet_list", "ordered_list"):
            self._list(node, depth + 1)
        elif node.type == "region":
            self._region(node)
        elif node.type == "blockquote":
            for child in node.children:
                self._paragraph(child, "Quote")
        elif node.type == "fence":
            self._document.add_paragraph(node.content.rstrip("\n"))

    def _heading(self, node: SyntaxTreeNode) -> None:
        made = self._paragraph(node, _HEADINGS[node.tag])
        bookmark(made, str(node.attrs["id"]))

    def _paragraph(self, node: SyntaxTreeNode, style: str, item: _Item | None = None) -> Any:
        made = self._document.add_paragraph(style=self._styles.named(style))
        if item is not None and item.number is not None:
            _number(made, item)
        for child in node.children:
            write_inline(child, made)
        return made

    def _list(self, node: SyntaxTreeNode, depth: int) -> None:
        ordered = node.type == "ordered_list"
        style = _deep("List Number" if ordered else "List Bullet", depth)
        number = self._lists.begin(
            self._styles.numbered(self._styles.named(style)),
            ordered=ordered,
            start=int(node.attrs.get("start", 1)),
            level=min(depth, _DEEPEST) - 1,
        )
        for item in node.children:
            self._item(item, _Item(style=style, depth=depth, number=number))

    def _item(self, node: SyntaxTreeNode, item: _Item) -> None:
        for n, child in enumerate(node.children):
            if n == 0 and child.type == "paragraph":
                self._paragraph(child, item.style, item)
            else:
                self.write(child, item.depth)

    def _region(self, node: SyntaxTreeNode) -> None:
        (table,) = node.children
        caption = next((one for one in table.children if one.type == "caption"), None)
        if caption is not None:
            self._paragraph(caption, "Caption").paragraph_format.keep_with_next = True
        rows = [row for part in table.children if part.type != "caption" for row in part.children]
        self._table(rows, str(node.attrs["aria-label"]))
        self._document.add_paragraph(style=self._styles.named("Normal"))

    def _table(self, rows: Sequence[SyntaxTreeNode], label: str) -> None:
        made = self._document.add_table(rows=0, cols=len(rows[0].children))
        made.autofit = False
        made.style = self._styles.named("Table Grid")
        _describe(made, label)
        widths = _widths(rows, made)
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        for n, row in enumerate(rows):
            told = made.add_row()
            _keep_together(told, heading=n == 0)
            for cell, place, width in zip(row.children, told.cells, widths, strict=True):
                place.width = width
                paragraph = place.paragraphs[0]
                for child in cell.children:
                    write_inline(child, paragraph, bold=cell.tag == "th")


def _deep(style: str, depth: int) -> str:
    """The name of a list style at a depth: "List Bullet", "List Bullet 2"."""
    return style if depth == 1 else f"{style} {min(depth, _DEEPEST)}"


def _number(paragraph: Any, item: _Item) -> None:
    oxml, qn = load("docx.oxml"), load("docx.oxml.ns").qn
    told = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - no other way
    level, number = oxml.OxmlElement("w:ilvl"), oxml.OxmlElement("w:numId")
    level.set(qn("w:val"), str(min(item.depth, _DEEPEST) - 1))
    number.set(qn("w:val"), str(item.number))
    told.extend([level, number])


def _widths(rows: Sequence[SyntaxTreeNode], table: Any) -> list[int]:
    """How wide each column is: as wide as the words in it ask, of what the page has."""
    columns = zip(*(row.children for row in rows), strict=True)
    asked = [max(_length(cell) for cell in column) for column in columns]
    shares = [min(max(one, _NARROWEST), _WIDEST) for one in asked]
    page = sum(column.width for column in table.columns)
    return [int(page * share / sum(shares)) for share in shares]


def _length(cell: SyntaxTreeNode) -> int:
    return sum(len(part.content) for child in cell.children for part in child.walk())


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
