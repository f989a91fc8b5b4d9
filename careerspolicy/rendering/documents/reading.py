"""Markdown read for what documents show of it: tokens, with our conventions marked on them.

Before `page` and `word`, which both make their documents of the tokens. The conventions:

- a paragraph "Table: …" right above a table is the table's caption;
- a table's first column holds row headings if every cell of it is bold throughout;
- bold text that begins "To be completed:" is a gap that somebody must still fill;
- what follows the last rule (`---`), if no heading does, is the document's footer.

Raw HTML, images, and links to anything but the web, e-mail, telephones and this document are text.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from careerspolicy.rendering.templating.markdown import CAPTION, GAP, SCHEMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: From so many sections, or so many sections and subsections, a document lists its contents.
LONG: Final = 8
LONG_IN_ALL: Final = 12

#: With fewer sections than this the list names their subsections too.
MANY: Final = 12

#: The heading of that list, and the `id` by which it is known.
CONTENTS, CONTENTS_ID = "Contents", "contents"


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


def read(markdown: str) -> list[Token]:
    """The tokens of a document: headings with their `id`; captions, row headings, gaps marked."""
    tokens = parser().parse(markdown)
    _name_headings(tokens)
    for token in tokens:
        _mark_gaps(token.children or [])
    return _with_tables(tokens)


def with_contents(markdown: str) -> str:
    """The document; before the first section of a long one, a list of links to its sections."""
    tokens = parser().parse(markdown)
    _name_headings(tokens)
    headings = [
        (token, tokens[n + 1].content)
        for n, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag in ("h2", "h3")
    ]
    sections = [(token, text) for token, text in headings if token.tag == "h2"]
    short = len(sections) < LONG and len(headings) < LONG_IN_ALL
    if short or not sections or any(one.attrs["id"] == CONTENTS_ID for one, _ in sections):
        return markdown
    listed = [
        f"{'  ' if token.tag == 'h3' else ''}- [{text}](#{token.attrs['id']})"
        for token, text in (headings if len(sections) < MANY else sections)
    ]
    lines = markdown.split("\n")
    at = sections[0][0].map[0] if sections[0][0].map else 0
    return "\n".join([*lines[:at], f"## {CONTENTS}", "", *listed, "", *lines[at:]])


def plain(token: Token) -> str:
    """The text of an inline token, without its markup."""
    return "".join(" " if "break" in one.type else one.content for one in token.children or ())


def blocks(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The outermost blocks: each heading, paragraph, list or table with all that is in it."""
    begun, depth = 0, 0
    for n, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            yield tokens[begun : n + 1]
            begun = n + 1


def _name_headings(tokens: Sequence[Token]) -> None:
    """Give each heading the `id` by which code hosts know it, so that one link suits all."""
    seen: Counter[str] = Counter()
    for n, token in enumerate(tokens):
        if token.type == "heading_open":
            words = re.sub(r"[^\w\- ]", "", plain(tokens[n + 1]).lower()).replace(" ", "-")
            name = words or "section"
            token.attrSet("id", f"{name}-{seen[name]}" if seen[name] else name)
            seen[name] += 1


def _mark_gaps(inline: Sequence[Token]) -> None:
    for n, token in enumerate(inline):
        if token.type == "strong_open" and inline[n + 1].content.startswith(GAP):
            token.tag = "mark"
            closing = next(one for one in inline[n:] if one.type == "strong_close")
            closing.tag = "mark"


def _with_tables(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, each table within a region of its own, with its caption inside it."""
    made: list[Token] = []
    labels: Counter[str] = Counter()
    table: list[Token] = []
    for token in tokens:
        if token.type == "table_open" or table:
            table.append(token)
        else:
            made.append(token)
        if token.type == "table_close":
            made += _region(table, _caption_taken(made), labels)
            table = []
    return made


def _caption_taken(before: list[Token]) -> list[Token]:
    """The inline token of the caption that stands right before a table, taken away from there."""
    if len(before) < 3 or before[-1].type != "paragraph_close" or before[-1].hidden:
        return []
    told = before[-2]
    if not told.content.startswith(CAPTION) or not told.children:
        return []
    del before[-3:]
    first = next(one for one in told.children if one.type == "text")
    first.content = first.content.removeprefix(CAPTION).lstrip()
    return [told]


def _region(table: list[Token], caption: list[Token], labels: Counter[str]) -> list[Token]:
    label = plain(caption[0]) if caption else "Table"
    labels[label] += 1
    if labels[label] > 1:
        label = f"{label} ({labels[label]})"
    _set_scopes(table)
    attrs = {"class": "table", "role": "region", "aria-label": label, "tabindex": "0"}
    captioned = [_token("caption", 1), *caption, _token("caption", -1)] if caption else []
    inside = [table[0], *captioned, *table[1:]]
    return [_token("div", 1, "region", attrs), *inside, _token("div", -1, "region")]


def _set_scopes(table: Sequence[Token]) -> None:
    firsts = [n + 1 for n, token in enumerate(table) if token.type == "tr_open"]
    rows = [n for n in firsts if table[n].type == "td_open"]
    headed = bool(rows) and all(_bold(table[n + 1]) for n in rows)
    for n, token in enumerate(table):
        if token.type == "th_open" and not table[n + 1].content:
            token.tag = table[n + 2].tag = "td"  # an empty heading would head nothing
        elif token.type == "th_open":
            token.attrSet("scope", "col")
        elif n in rows and headed:
            token.tag = table[n + 2].tag = "th"
            token.attrSet("scope", "row")


def _bold(cell: Token) -> bool:
    """Whether the cell is one bold text, and nothing else."""
    told = [one for one in cell.children or () if one.type != "text" or one.content]
    return (
        len(told) >= 3
        and told[0].type == "strong_open"
        and told[-1].type == "strong_close"
        and sum(one.type == "strong_open" for one in told) == 1
    )


def _token(tag: str, nesting: int, name: str = "", attrs: dict[str, str] | None = None) -> Token:
    kind = "open" if nesting == 1 else "close"
    made = Token(f"{name or tag}_{kind}", tag, nesting, block=True)  # type: ignore[arg-type]
    made.attrs = dict(attrs or {})
    return made
