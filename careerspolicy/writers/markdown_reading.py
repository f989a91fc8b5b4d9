"""Markdown read as a view: what a user's template makes becomes a page, a Word document, a PDF.

The conventions:

- a paragraph "Table: …" right above a table is the table's caption;
- a table's first column holds row headings if every cell of it is bold throughout;
- bold text that begins "To be completed:" is a gap that somebody must still fill;
- what follows the last rule (`---`), if no heading does, is the document's foot.

Raw HTML, images, and links to anything but the web, e-mail, telephones and this document are text.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

import attrs
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from careerspolicy.views import tree
from careerspolicy.writers.cells import heading_id
from careerspolicy.writers.markdown_text import CAPTION, GAP, SCHEMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        """Whether an address may be followed; what may not stays text."""
        scheme, colon, _ = url.partition(":")
        return url.startswith("#") or bool(colon and scheme.lower() in SCHEMES)


@lru_cache
def parser() -> MarkdownIt:
    """CommonMark with tables; without raw HTML, images, and what only indentation tells."""
    made = _Parser("commonmark", {"html": False, "xhtmlOut": False}).enable("table")
    made.disable(["image", "code", "lheading", "reference", "html_block", "html_inline"])
    return made


def read(
    markdown: str, *, title: str, dated: date | None = None, by_line: bool = False
) -> tree.View:
    """A document: its heading, what stands before its first section, its sections, its foot.

    With `by_line` the lines of a paragraph are told apart.
    """
    nodes = SyntaxTreeNode(parser().parse(markdown)).children
    heading: tree.Words = ""
    if nodes and nodes[0].tag == "h1":
        heading, nodes = _words(nodes[0]), nodes[1:]
    # The foot begins at the last rule, if no heading follows it.
    parting = [n for n, node in enumerate(nodes) if node.type in ("heading", "hr")]
    last = parting[-1] if parting and nodes[parting[-1]].type == "hr" else len(nodes)
    opening = _before_heading(nodes[:last])
    reading = _Reading(by_line=by_line)
    sections = tuple(reading.sections(nodes[len(opening) : last]))
    return tree.View(
        title=title,
        heading=heading,
        dated=dated,
        opening=tuple(reading.blocks(opening)),
        sections=lambda: sections,
        closing=tuple(reading.blocks(nodes[last + 1 :])),
    )


def first_section_line(markdown: str) -> int:
    """The line on which the first section begins."""
    headings = (
        token
        for token in parser().parse(markdown)
        if token.type == "heading_open" and token.tag != "h1"
    )
    return next((token.map[0] for token in headings if token.map), 0)


def _before_heading(
    nodes: Sequence[SyntaxTreeNode], deepest: str = "h6"
) -> Sequence[SyntaxTreeNode]:
    """The nodes before the first heading that is no deeper than so."""
    return [*takewhile(lambda node: node.type != "heading" or node.tag > deepest, nodes)]


class _Reading:
    """Reads blocks; each heading has an `id` of its own."""

    def __init__(self, *, by_line: bool) -> None:
        self._break = "\n" if by_line else " "
        self._often: Counter[str] = Counter()

    def sections(self, nodes: Sequence[SyntaxTreeNode]) -> Iterator[tree.Section]:
        """The sections that begin with nodes' own headings; deeper ones stand within them."""
        while nodes:
            heading, rest = nodes[0], nodes[1:]
            own = _before_heading(rest, heading.tag)
            before = _before_heading(own)
            name = self._name(heading)
            blocks = *self.blocks(before), *self.sections(own[len(before) :])
            yield tree.Section(title=_words(heading), id=name, blocks=blocks)
            nodes = rest[len(own) :]

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> Iterator[tree.Block]:
        """The blocks that nodes stand for, a table with the caption right above it."""
        caption: tree.Words = ""
        for n, node in enumerate(nodes):
            if node.type == "table":
                yield _table(node, caption)
                caption = ""
            elif (
                n + 1 < len(nodes)
                and nodes[n + 1].type == "table"
                and node.type == "paragraph"
                and tree.plain(_words(node)).startswith(CAPTION)
            ):
                caption = _without_caption(_words(node))
            else:
                yield from self._block(node)

    def _name(self, node: SyntaxTreeNode) -> str:
        name = heading_id(tree.plain(_words(node)))
        self._often[name] += 1
        return name if self._often[name] == 1 else f"{name}-{self._often[name] - 1}"

    def _block(self, node: SyntaxTreeNode) -> Iterator[tree.Block]:
        match node.type:
            case "paragraph":
                yield tree.Paragraph(words=_words(node, self._break))
            case "bullet_list":
                yield tree.List(tuple(map(self._item, node.children)))
            case "ordered_list":
                start = int(node.attrs.get("start", 1))
                yield tree.List(tuple(map(self._item, node.children)), start)
            case "blockquote":
                yield tree.Quotation(tuple(self.blocks(node.children)))
            case "fence":
                yield tree.Verbatim(tuple(node.content.splitlines()))

    def _item(self, node: SyntaxTreeNode) -> tree.Item:
        first = node.children[:1] if node.children and node.children[0].type == "paragraph" else []
        rest = tuple(self.blocks(node.children[len(first) :]))
        return tree.Item(_words(first[0], self._break) if first else "", rest)


def _without_caption(words: tree.Words) -> tree.Words:
    first, *rest = tree.pieces(words)
    return (attrs.evolve(first, text=first.text.removeprefix(CAPTION).lstrip()), *rest)


def _table(node: SyntaxTreeNode, caption: tree.Words) -> tree.Table:
    head, *body = node.children
    rows = [[_words(cell) for cell in row.children] for part in body for row in part.children]
    headed = bool(rows) and all(_is_bold(row[0]) for row in rows)
    return tree.Table(
        caption=caption,
        columns=tuple(tree.Column(tree.plain(_words(cell))) for cell in head.children[0].children),
        rows=[tree.Row(tuple(row)) for row in rows],
        headed=int(headed),
    )


def _is_bold(words: tree.Words) -> bool:
    spans = tree.pieces(words)
    return bool(tree.plain(words)) and all(span.strong or span.gap for span in spans)


def _words(node: SyntaxTreeNode, line_end: str = " ") -> tree.Words:
    """The words of a heading, paragraph or cell; what stands for the end of a line within it."""
    spans = (span for child in node.children for span in _spans(child, line_end, tree.Span("")))
    return tuple(one.text if one == tree.Span(one.text) else one for one in _joined(spans))


def _spans(node: SyntaxTreeNode, line_end: str, look: tree.Span) -> Iterator[tree.Span]:
    """The pieces within a node, in the look of what they stand in."""
    match node.type:
        case "text" | "code_inline":
            yield attrs.evolve(look, text=node.content, literal=node.type == "code_inline")
            return
        case "softbreak" | "hardbreak":
            yield attrs.evolve(look, text=line_end if node.type == "softbreak" else "\n")
            return
        case "strong":
            gap = bool(node.children) and node.children[0].content.startswith(GAP)
            look = attrs.evolve(look, strong=True, gap=gap)
        case "em":
            look = attrs.evolve(look, emphasis=True)
        case "link":
            look = attrs.evolve(look, href=str(node.attrs["href"]))
    for child in node.children:
        yield from _spans(child, line_end, look)


def _joined(spans: Iterable[tree.Span]) -> Iterator[tree.Span]:
    """Neighbours of one look as one piece."""
    for look, alike in groupby(spans, key=lambda span: attrs.evolve(span, text="")):
        if text := "".join(span.text for span in alike):
            yield attrs.evolve(look, text=text)
