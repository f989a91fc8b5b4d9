"""A view as a document in Markdown.

What a result words in a template of its own is laid out by that; any other view by
`templates/view.md.j2`. Pages and Word documents of the former are made of its Markdown, read again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from careerspolicy.views import tree
from careerspolicy.writers.cells import CONTENTS, contents, said, shown
from careerspolicy.writers.markdown_reading import first_section_line, read
from careerspolicy.writers.markdown_text import CAPTION, GAP, Markdown, gap, link
from careerspolicy.writers.templating import markdown_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


#: What XML has no way to write, and no reader could see.
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: What parts that are left out leave behind.
_BLANK_LINES: Final = re.compile(r"\n{3,}")


def markdown(view: tree.View, *, templates: Path | None = None) -> str:
    """The document; a long one lists its contents before its first section.

    `templates` is a user's folder, whose templates go before the shipped ones. Raises
    BrokenTemplate.
    """
    written = without_contents(view, templates=templates)
    sections = read(written, title=view.title).sections()
    listed = contents(sections, subsections=view.lists_subsections)
    if listed is None:
        return written
    lines, at = written.split("\n"), first_section_line(written)
    return "\n".join([*lines[:at], f"## {CONTENTS}", "", *_linked(listed), "", *lines[at:]])


def _linked(listed: tree.List, inset: str = "") -> Iterator[str]:
    """A list of contents, each item a link to its heading."""
    for item in listed.items:
        for link_to in tree.pieces(item.words):
            yield f"{inset}- [{Markdown.escape(link_to.text)}]({link_to.href})"
        for block in item.blocks:
            if isinstance(block, tree.List):
                yield from _linked(block, f"{inset}  ")


def without_contents(view: tree.View, *, templates: Path | None = None) -> str:
    """The document as its template lays it out."""
    if view.template:
        written = markdown_from(view.template, templates=templates, **view.values())
    else:
        written = markdown_from(
            "view.md.j2", templates=templates, view=view, data=view.data(), blocks=_blocks
        )
    return _BLANK_LINES.sub("\n\n", _UNWRITABLE.sub("", written)).strip() + "\n"


def as_read(view: tree.View, *, templates: Path | None = None) -> tree.View:
    """The view as other writers see it: one that a template words, as its Markdown reads."""
    if not view.template:
        return view
    written = without_contents(view, templates=templates)
    return read(written, title=view.title, dated=view.dated)


def _blocks(blocks: Iterable[tree.Block], level: int = 2) -> Markdown:
    """Blocks as Markdown, sections under headings of a level."""
    return Markdown("\n").join(_lines(blocks, level))


def _lines(  # noqa: C901 - a case for each kind of block
    blocks: Iterable[tree.Block], level: int
) -> Iterator[Markdown]:
    for block in blocks:
        match block:
            case tree.Section():
                yield Markdown("{} {}\n").format(Markdown("#" * level), _words(block.title))
                yield from _lines(block.blocks, min(level + 1, 6))
            case tree.Fold():
                about = f": {block.about}" if block.about else ""
                yield Markdown("**{}**{}\n").format(block.title, about)
                yield from _lines(block.blocks, level)
            case tree.Paragraph():
                yield Markdown("{}\n").format(_words(block.words))
            case tree.List():
                yield from _list(block, level)
                yield Markdown("")
            case tree.Facts(pairs):
                for name, words in pairs:
                    yield Markdown("- **{}:** {}").format(name, _words(words))
                yield Markdown("")
            case tree.Verbatim(lines):
                yield Markdown("```\n{}\n```\n").format(Markdown("\n".join(lines)))
            case tree.Quotation(quoted):
                inside = Markdown("\n").join(_lines(quoted, level)).rstrip().split("\n")
                yield Markdown("\n").join(Markdown("> ") + line for line in inside) + Markdown("\n")
            case tree.Table():
                yield from _table(block, level)


def _list(listed: tree.List, level: int) -> Iterator[Markdown]:
    for n, item in enumerate(listed.items):
        mark = "- " if listed.start is None else f"{listed.start + n}. "
        yield Markdown(mark) + _words(item.words)
        inside = [line for one in _lines(item.blocks, level) for line in one.rstrip().split("\n")]
        yield from (Markdown(" " * len(mark)) + line for line in inside if line)


def _table(table: tree.Table, level: int) -> Iterator[Markdown]:
    columns, rows = shown(table)
    if table.caption:
        yield Markdown("{} {}\n").format(Markdown(CAPTION), _words(table.caption))
    if not rows:
        yield Markdown("{}\n").format(table.empty or "Nothing.")
        return
    yield _row(Markdown.escape(column.heading) for column in columns)
    yield _row(Markdown("---") for _ in columns)
    for row in rows:
        yield _row(map(_cell, row.cells, columns))
    yield Markdown("")
    for row in rows:
        if row.detail:
            yield Markdown("**{}**\n").format(row.asked)
            yield from _lines(row.detail, level)


def _row(cells: Iterable[Markdown]) -> Markdown:
    return Markdown("| {} |").format(Markdown(" | ").join(cells))


def _cell(cell: tree.Cell, column: tree.Column) -> Markdown:
    words = said(cell, column)
    if isinstance(words, tree.Lines):
        return Markdown("; ").join(map(_words, words.lines))
    return _words(words)


def _words(words: tree.Words) -> Markdown:
    return Markdown("").join(map(_piece, tree.pieces(words)))


def _piece(span: tree.Span) -> Markdown:
    bare = span.text.strip()
    before, _, after = span.text.partition(bare) if bare else (" " if span.text else "", "", "")
    marked = _marked(span, bare) if bare else Markdown("")
    return Markdown(" " if before else "") + marked + Markdown(" " if after else "")


def _marked(span: tree.Span, text: str) -> Markdown:
    if span.gap:
        return gap(text.removeprefix(GAP).lstrip())
    marked = Markdown.escape(text)
    if span.literal and "`" not in text:
        marked = Markdown(f"`{text}`")
    if span.href and not span.href.startswith("#"):
        marked = link(span.href, marked)
    if span.emphasis:
        marked = Markdown("*{}*").format(marked)
    return Markdown("**{}**").format(marked) if span.strong else marked
