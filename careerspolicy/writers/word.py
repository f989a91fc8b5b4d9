"""A view as a Word document, with real styles, headings and tables.

A trust may give a document of its own: its styles, header, footer and page stay; the text goes
where a paragraph says `{{ document }}`, or at its end.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.errors import BrokenTemplate
from careerspolicy.extras import load
from careerspolicy.views import tree
from careerspolicy.writers.cells import CONTENTS, Labels, contents, said, shown
from careerspolicy.writers.cleaning import one_line
from careerspolicy.writers.markdown import as_read
from careerspolicy.writers.word_text import Styles, bookmark, element, plain_look, qn, write_inline

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


#: What a paragraph of a trust's own document says where the text is to go.
PLACEHOLDER: Final = "{{document}}"

#: When a document was made whose day nobody gave: zip files know no earlier one.
_NO_DAY: Final = date(1980, 1, 1)

#: What python-docx raises for a file that is no Word document, or a broken one.
_UNREADABLE: Final = (KeyError, ValueError, OSError, zipfile.BadZipFile, SyntaxError)

#: The fewest and the most letters that a column of a table is made for.
_NARROWEST, _WIDEST = 12, 60
#: How deep Word's own styles of lists and headings go.
_DEEPEST, _DEEPEST_HEADING = 3, 4
#: How far the text of a table stands off its lines, in twentieths of a point.
_MARGINS: Final = {"top": 40, "left": 100, "bottom": 40, "right": 100}


def word(
    view: tree.View, *, templates: Path | None = None, word_template: Path | None = None
) -> bytes:
    """The bytes of a Word document: the same for the same arguments.

    `word_template` is a Word document whose styles, header and footer are used. Raises
    BrokenTemplate for a template that fails or is no .docx file, MissingExtra without python-docx.
    """
    document = _opened(word_template)
    if word_template is None:
        plain_look(document)
    before = [*document.element.body]
    _Writer(document).view(as_read(view, templates=templates))
    _put_in_place(document, before)
    _set_properties(document, one_line(view.title), view.dated or _NO_DAY)
    written = io.BytesIO()
    document.save(written)
    return _without_clock(written.getvalue())


def _opened(template: Path | None) -> Any:
    docx = load("docx")
    if template is None:
        return docx.Document()
    try:
        return docx.Document(io.BytesIO(template.read_bytes()))
    except FileNotFoundError:
        raise BrokenTemplate(f"{template}: there is no such file; look at its path") from None
    except (*_UNREADABLE, load("docx.opc.exceptions").OpcError) as error:
        raise BrokenTemplate(
            f'{template}: this is not a Word document; save it as "Word document (.docx)"'
        ) from error


def _put_in_place(document: Any, before: list[Any]) -> None:
    """Move what was written to where the template wants it, in the placeholder's stead."""
    body = document.element.body
    places = (one for one in document.paragraphs if one.text.replace(" ", "") == PLACEHOLDER)
    place = next((one._p for one in places if one._p in before), None)  # noqa: SLF001 - no other way
    if place is None:
        return
    for part in [part for part in body if part not in before]:
        place.addprevious(part)
    body.remove(place)


def _set_properties(document: Any, title: str, day: date) -> None:
    moment = datetime.combine(day, time(), UTC)
    properties = document.core_properties
    properties.title, properties.language = title[:255], "en-GB"
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = (
        properties.subject
    ) = ""
    properties.created = properties.modified = moment
    properties.revision = 1
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _without_clock(data: bytes) -> bytes:
    """The same zip file, its parts dated alike, so that the clock leaves no trace."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w") as new:
        for part in old.infolist():
            made = zipfile.ZipInfo(part.filename, _NO_DAY.timetuple()[:6])
            made.compress_type, made.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(made, old.read(part))
    return written.getvalue()


class _Writer:
    """Adds blocks to a document's end."""

    def __init__(self, document: Any) -> None:
        self._document, self._styles, self._labels = document, Styles(document), Labels()

    def view(self, view: tree.View) -> None:
        """Add title, opening, contents of a long view, sections and foot."""
        if view.heading:
            self._paragraph(view.heading, "Title")
        self._blocks(view.opening)
        sections = view.sections()
        if listed := contents(sections, subsections=view.lists_subsections):
            self._block(tree.Section(title=CONTENTS, blocks=(listed,)), 1, 0)
        self._blocks(sections)
        self._blocks(view.closing)

    def _blocks(self, blocks: Iterable[tree.Block], *, level: int = 1, depth: int = 0) -> None:
        """Add blocks, which stand within so many sections and so many lists."""
        for block in blocks:
            self._block(block, level, depth)

    def _paragraph(
        self, words: tree.Words, style: str, *, number: int | None = None, depth: int = 1
    ) -> Any:
        """Add a paragraph of a style; an item of a numbered list has its number and depth."""
        made = self._document.add_paragraph(style=self._styles.named(style))
        if number is not None:
            numbers = made._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - no other way
            level = element("ilvl", val=min(depth, _DEEPEST) - 1)
            numbers.extend([level, element("numId", val=number)])
        write_inline(words, made)
        return made

    def _block(  # noqa: C901 - a case for each kind of block
        self, block: tree.Block, level: int, depth: int
    ) -> None:
        style = "Normal" if depth == 0 else _deep("List Continue", depth)
        match block:
            case tree.Section():
                made = self._paragraph(block.title, f"Heading {min(level, _DEEPEST_HEADING)}")
                if block.id:
                    bookmark(made, block.id)
                self._blocks(block.blocks, level=level + 1)
            case tree.Fold():
                title = (
                    tree.Span(block.title, strong=True),
                    f": {block.about}" if block.about else "",
                )
                self._paragraph(title, style)
                self._blocks(block.blocks, level=level, depth=depth)
            case tree.Paragraph():
                self._paragraph(block.words, style)
            case tree.List():
                self._list(block, depth + 1)
            case tree.Facts(pairs):
                for name, words in pairs:
                    fact = tree.sentence(tree.Span(f"{name}: ", strong=True), words)
                    self._paragraph(fact, _deep("List Bullet", depth + 1))
            case tree.Verbatim(lines):
                self._paragraph("\n".join(lines), "Normal")
            case tree.Quotation(quoted):
                for part in quoted:
                    if isinstance(part, tree.Paragraph):
                        self._paragraph(part.words, "Quote")
            case tree.Table():
                self._table(block, level)

    def _list(self, listed: tree.List, depth: int) -> None:
        style = _deep("List Bullet" if listed.start is None else "List Number", depth)
        number = self._styles.begin_list(style, listed.start, min(depth, _DEEPEST) - 1)
        for item in listed.items:
            self._paragraph(item.words, style, number=number, depth=depth)
            self._blocks(item.blocks, depth=depth)

    def _table(self, table: tree.Table, level: int) -> None:
        if table.caption:
            self._paragraph(table.caption, "Caption").paragraph_format.keep_with_next = True
        columns, rows = shown(table)
        if rows:
            headings = [column.heading for column in columns]
            cells = [list(map(_words, row.cells, columns)) for row in rows]
            self._grid(table, [headings, *cells])
        else:
            self._paragraph(table.empty or "Nothing.", "Normal")
        self._document.add_paragraph(style=self._styles.named("Normal"))
        for row in rows:
            if row.detail:
                self._paragraph(tree.Span(row.asked, strong=True), "Normal")
                self._blocks(row.detail, level=level)

    def _grid(self, table: tree.Table, rows: Sequence[Sequence[tree.Words]]) -> None:
        made = self._document.add_table(rows=0, cols=len(rows[0]))
        made.autofit = False
        made.style = self._styles.named("Table Grid")
        _describe(made, self._labels.of(tree.plain(table.caption) or table.spoken or "Table"))
        widths = _widths(rows, made)
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        for n, row in enumerate(rows):
            line = made.add_row()
            _keep_together(line, heading=n == 0)
            for m, (cell, place, width) in enumerate(zip(row, line.cells, widths, strict=True)):
                place.width = width
                write_inline(cell, place.paragraphs[0], bold=n == 0 or m < table.headed)


def _words(cell: tree.Cell, column: tree.Column) -> tree.Words:
    words = said(cell, column)
    if isinstance(words, tree.Lines):
        return tree.sentence(*(part for line in words.lines for part in ("\n", line)))[1:]
    return words


def _deep(style: str, depth: int) -> str:
    """The name of a list style at a depth: "List Bullet", "List Bullet 2"."""
    return style if depth == 1 else f"{style} {min(depth, _DEEPEST)}"


def _widths(rows: Sequence[Sequence[tree.Words]], table: Any) -> list[int]:
    """How wide each column is: as wide as the words in it ask, of what the page has."""
    longest = [max(len(tree.plain(cell)) for cell in column) for column in zip(*rows, strict=True)]
    shares = [min(max(length, _NARROWEST), _WIDEST) for length in longest]
    page = sum(column.width for column in table.columns)
    return [int(page * share / sum(shares)) for share in shares]


def _describe(table: Any, label: str) -> None:
    """Say what the table is to whoever has it read aloud; let its text stand off its lines."""
    properties = table._tbl.tblPr  # noqa: SLF001 - no other way
    margins = element("tblCellMar")
    margins.extend(element(side, w=width, type="dxa") for side, width in _MARGINS.items())
    look = properties.find(qn("w:tblLook"))
    look.addprevious(margins) if look is not None else properties.append(margins)
    properties.append(element("tblCaption", val=label))


def _keep_together(row: Any, *, heading: bool) -> None:
    """A row that no page break splits; one of headings comes again on each page."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - no other way
    properties.append(element("cantSplit"))
    if heading:
        properties.append(element("tblHeader"))
