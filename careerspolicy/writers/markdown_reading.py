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
from typing import TYPE_CHECKING

import attrs
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from careerspolicy.views.tree import (
    Column,
    Item,
    List,
    Paragraph,
    Quotation,
    Row,
    Section,
    Span,
    Table,
    Verbatim,
    View,
    pieces,
    plain,
)
from careerspolicy.writers.contents import heading_id
from careerspolicy.writers.markdown_text import CAPTION, GAP, SCHEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from careerspolicy.views.tree import Block, Words


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


def read(markdown: str, *, title: str, dated: date | None = None, by_line: bool = False) -> View:
    """A document: its heading, what stands before its first section, its sections, its foot.

    With `by_line` the lines of a paragraph are told apart.
    """
    nodes = SyntaxTreeNode(parser().parse(markdown)).children
    heading: Words = ""
    if nodes and nodes[0].tag == "h1":
        heading, nodes = _words(nodes[0]), nodes[1:]
    last = _last_rule(nodes)
    first = next((n for n, node in enumerate(nodes[:last]) if node.type == "heading"), last)
    reading = _Reading(by_line=by_line)
    sections = tuple(reading.sections(nodes[first:last]))
    return View(
        title=title,
        heading=heading,
        dated=dated,
        opening=tuple(reading.blocks(nodes[:first])),
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


def _last_rule(nodes: Sequence[SyntaxTreeNode]) -> int:
    """Where the rule is that begins the foot: no heading follows it; else the end."""
    for n in range(len(nodes) - 1, -1, -1):
        if nodes[n].type == "heading":
            break
        if nodes[n].type == "hr":
            return n
    return len(nodes)


class _Reading:
    """Reads blocks; each heading has an `id` of its own."""

    def __init__(self, *, by_line: bool) -> None:
        self._break = "\n" if by_line else " "
        self._often: Counter[str] = Counter()

    def sections(self, nodes: Sequence[SyntaxTreeNode]) -> Iterator[Section]:
        """The sections that begin with nodes' own headings; deeper ones stand within them."""
        at = 0
        while at < len(nodes):
            rest = nodes[at + 1 :]
            end = next(
                (
                    at + 1 + n
                    for n, node in enumerate(rest)
                    if node.type == "heading" and node.tag <= nodes[at].tag
                ),
                len(nodes),
            )
            title, name = _words(nodes[at]), self._name(nodes[at])
            yield Section(title=title, id=name, blocks=tuple(self._within(nodes[at + 1 : end])))
            at = end

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> Iterator[Block]:
        """The blocks that nodes stand for, a table with the caption right above it."""
        caption: Words = ""
        for n, node in enumerate(nodes):
            if node.type == "table":
                yield _table(node, caption)
                caption = ""
            elif n + 1 < len(nodes) and nodes[n + 1].type == "table" and _is_caption(node):
                caption = _without_caption(_words(node))
            else:
                yield from self._block(node)

    def _within(self, nodes: Sequence[SyntaxTreeNode]) -> Iterator[Block]:
        first = next((n for n, one in enumerate(nodes) if one.type == "heading"), len(nodes))
        yield from self.blocks(nodes[:first])
        yield from self.sections(nodes[first:])

    def _name(self, node: SyntaxTreeNode) -> str:
        name = heading_id(plain(_words(node)))
        self._often[name] += 1
        return name if self._often[name] == 1 else f"{name}-{self._often[name] - 1}"

    def _block(self, node: SyntaxTreeNode) -> Iterator[Block]:
        match node.type:
            case "paragraph":
                yield Paragraph(words=_words(node, self._break))
            case "bullet_list":
                yield List(tuple(map(self._item, node.children)))
            case "ordered_list":
                start = int(node.attrs.get("start", 1))
                yield List(tuple(map(self._item, node.children)), start)
            case "blockquote":
                yield Quotation(tuple(self.blocks(node.children)))
            case "fence":
                yield Verbatim(tuple(node.content.splitlines()))

    def _item(self, node: SyntaxTreeNode) -> Item:
        first = node.children[:1] if node.children and node.children[0].type == "paragraph" else []
        rest = tuple(self.blocks(node.children[len(first) :]))
        return Item(_words(first[0], self._break) if first else "", rest)


def _is_caption(node: SyntaxTreeNode) -> bool:
    return node.type == "paragraph" and plain(_words(node)).startswith(CAPTION)


def _without_caption(words: Words) -> Words:
    first, *rest = pieces(words)
    bare = plain(first).removeprefix(CAPTION).lstrip()
    return (bare if isinstance(first, str) else attrs.evolve(first, text=bare), *rest)


def _table(node: SyntaxTreeNode, caption: Words) -> Table:
    head, *body = node.children
    rows = [[_words(cell) for cell in row.children] for part in body for row in part.children]
    headed = bool(rows) and all(_is_bold(row[0]) for row in rows)
    return Table(
        caption=caption,
        columns=tuple(Column(plain(_words(cell))) for cell in head.children[0].children),
        rows=[Row(tuple(row)) for row in rows],
        headed=int(headed),
    )


def _is_bold(words: Words) -> bool:
    return bool(plain(words)) and all(
        isinstance(one, Span) and (one.strong or one.gap) for one in pieces(words)
    )


def _words(node: SyntaxTreeNode, line_end: str = " ") -> Words:
    """The words of a heading, paragraph or cell; what stands for the end of a line within it."""
    found = [piece for child in node.children for piece in _pieces(child, line_end, lambda s: s)]
    return tuple(one.text if one == Span(one.text) else one for one in _joined(found))


def _pieces(node: SyntaxTreeNode, line_end: str, look: Callable[[Span], Span]) -> Iterator[Span]:
    match node.type:
        case "text" | "code_inline":
            yield attrs.evolve(look(Span(node.content)), literal=node.type == "code_inline")
        case "softbreak" | "hardbreak":
            yield look(Span(line_end if node.type == "softbreak" else "\n"))
        case _:
            for child in node.children:
                yield from _pieces(child, line_end, _looks(node, look))


def _looks(node: SyntaxTreeNode, look: Callable[[Span], Span]) -> Callable[[Span], Span]:
    match node.type:
        case "strong":
            gap = bool(node.children) and node.children[0].content.startswith(GAP)
            return lambda span: attrs.evolve(look(span), strong=True, gap=gap)
        case "em":
            return lambda span: attrs.evolve(look(span), emphasis=True)
        case "link":
            return lambda span: attrs.evolve(look(span), href=str(node.attrs["href"]))
    return look


def _joined(found: Sequence[Span]) -> Iterator[Span]:
    """Neighbours of one look as one piece."""
    last: Span | None = None
    for one in found:
        if last is not None and attrs.evolve(last, text="") == attrs.evolve(one, text=""):
            last = attrs.evolve(last, text=last.text + one.text)
            continue
        if last is not None and last.text:
            yield last
        last = one
    if last is not None and last.text:
        yield last
