"""A document's Markdown as a page that stands alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markupsafe import Markup

from careerspolicy.rendering.documents.reading import (
    CONTENTS_ID,
    blocks,
    parser,
    read,
    with_contents,
)
from careerspolicy.rendering.templating import page_from

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from markdown_it.token import Token

#: A word longer than this has no place in a column of a table, nor on a telephone.
_LONG_WORD: Final = 24

#: Part of such a word; what belongs to one sign (accents, joined emoji) stays together.
_PIECE: Final = re.compile(r".{1,12}(?![\u0300-\u036f\u200d\ufe0f])(?<!\u200d)|.+", re.DOTALL)


def html_document(markdown: str, *, title: str, templates: Path | None = None) -> str:
    """The page: its heading in the header, its contents as navigation, its footer after a rule.

    What stands before the contents stays before them, under the heading.

    Raises BrokenTemplate.
    """
    parts: dict[str, list[Token]] = {"header": [], "nav": [], "main": [], "footer": []}
    told = [*blocks(read(with_contents(markdown)))]
    contents, last = _contents(told), _last_rule(told)
    for n, block in enumerate(told):
        if n != last:
            parts["footer" if n > last else _part(told, n, contents)] += block
    return page_from(
        "document.html.j2",
        templates=templates,
        title=title,
        **{name: _html(tokens) for name, tokens in parts.items()},
    )


def _last_rule(told: Sequence[Sequence[Token]]) -> int:
    """Where the rule is that begins the footer: no heading follows it."""
    for n, block in reversed([*enumerate(told)]):
        if block[0].type == "heading_open":
            break
        if block[0].type == "hr":
            return n
    return len(told)


def _contents(told: Sequence[Sequence[Token]]) -> int:
    """Where the heading of the contents is, if no other section comes first; 0 without one."""
    first = next((n for n, block in enumerate(told) if block[0].tag == "h2"), 0)
    return first if first and told[first][0].attrs.get("id") == CONTENTS_ID else 0


def _part(told: Sequence[Sequence[Token]], n: int, contents: int) -> str:
    token = told[n][0]
    if n < contents or (n == 0 and token.tag == "h1"):
        return "header"
    of_contents = token if token.type == "heading_open" else told[n - 1][0]
    listing = token.type in ("heading_open", "bullet_list_open")
    return "nav" if listing and of_contents.attrs.get("id") == CONTENTS_ID else "main"


def _html(tokens: Sequence[Token]) -> Markup:
    made = parser()
    renderer = _Renderer(made)
    return Markup(renderer.render(tokens, made.options, {}))  # noqa: S704 - escaped by markdown-it


class _Renderer(RendererHTML):
    """Markdown-it's own, but a very long word may be broken, so that it can't widen a table."""

    def text(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        """The text, escaped; with places to break it where a word has none."""
        words = (_breakable(word) for word in tokens[idx].content.split(" "))
        return " ".join("<wbr>".join(map(escapeHtml, parts)) for parts in words)


def _breakable(word: str) -> list[str]:
    return _PIECE.findall(word) if len(word) > _LONG_WORD else [word]
