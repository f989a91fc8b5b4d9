"""A view as one page that stands alone: it fetches nothing, and reads without its script.

`templates/page.html.j2` lays it out; pieces of text and cells are written here. A PDF is its page.
"""

from __future__ import annotations

import base64
import io
import re
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

from careerspolicy.extras import load
from careerspolicy.views.filters import Filters
from careerspolicy.views.tree import Lines, Share, Span, Tone, pieces, plain
from careerspolicy.writers.cells import Labels, contents, heading_id, said
from careerspolicy.writers.cleaning import many_lines
from careerspolicy.writers.markdown import as_read
from careerspolicy.writers.markdown_text import web_address
from careerspolicy.writers.templating import page_from

if TYPE_CHECKING:
    from pathlib import Path

    from careerspolicy.views.tree import Cell, Column, View, Words


#: The sign of each tone, for whoever sees no colours.
SIGNS: Final = {Tone.GOOD: "✓", Tone.WARN: "!", Tone.BAD: "✕", Tone.UNSURE: "?", Tone.PLAIN: "-"}

_LONG_WORD: Final = re.compile(r"\S{25,}")
#: Part of such a word; what belongs to one sign (accents, joined emoji) stays together.
_PIECE: Final = re.compile(r".{1,12}(?![\u0300-\u036f\u200d\ufe0f])(?<!\u200d)|.+", re.DOTALL)


def page(view: View, *, templates: Path | None = None) -> str:
    """The page; `templates` is a user's folder, whose templates go before the shipped ones.

    Raises BrokenTemplate.
    """
    shown = as_read(view, templates=templates)
    sections = shown.sections()
    has_filters = any(isinstance(section, Filters) for section in sections)
    labels = Labels()
    script = page_from("page.js", templates=templates) if has_filters else ""
    return page_from(
        "page.html.j2",
        templates=templates,
        view=shown,
        sections=sections,
        heading=shown.heading or shown.title,
        data=view.data(),
        contents=contents(sections, subsections=view.lists_subsections),
        inline=inline,
        cell=_cell,
        is_share=lambda cell: isinstance(cell, Share),
        # What a column is sorted by, where that is not the text that it shows.
        key=lambda cell: cell.isoformat() if isinstance(cell, date) else None,
        sign=SIGNS.get,
        label_of=lambda table: labels.of(table.spoken or plain(table.caption) or "Table"),
        name_of=lambda words: heading_id(plain(words)),
        script=Markup(script),  # noqa: S704 - the template's own text, with no value in it
        # The page's security policy lets this script run, and no other.
        script_policy=f"'sha256-{base64.b64encode(sha256(script.encode()).digest()).decode()}'",
    ).lstrip()


def inline(words: Words) -> Markup:
    """Words as HTML; a very long word may be broken, so that it can't widen a table."""
    return Markup("").join(map(_piece, pieces(words)))


def _piece(piece: Span) -> Markup:
    marked = _text(piece.text)
    for wanted, tag in (
        (piece.literal, "code"),
        (piece.emphasis, "em"),
        (piece.strong and not piece.gap, "strong"),
        (piece.gap, "mark"),
    ):
        marked = Markup(f"<{tag}>%s</{tag}>") % marked if wanted else marked  # noqa: S704 - our own tags
    if piece.aside:
        marked = Markup('<span class="small">%s</span>') % marked
    if piece.tone:
        marked = Markup('<span class="mark %s">%s</span>') % (piece.tone.value, marked)
    address = piece.href if piece.href[:1] in ("", "#") else web_address(piece.href)
    return Markup('<a href="%s">%s</a>') % (address, marked) if address else marked


def _text(text: str) -> Markup:
    cleaned = many_lines(text)
    if not _LONG_WORD.search(cleaned):
        return escape(cleaned)
    words = (_PIECE.findall(one) if len(one) > 24 else [one] for one in cleaned.split(" "))
    return Markup(" ").join(Markup("<wbr>").join(parts) for parts in words)


def _cell(cell: Cell, column: Column) -> Markup:
    marked = said(cell, column)
    if isinstance(marked, Lines):
        items = Markup("").join(Markup("<li>%s</li>") % inline(one) for one in marked.lines)
        return Markup("<ul>%s</ul>") % items if items else items
    return inline(marked)


def pdf(view: View, *, templates: Path | None = None) -> bytes:
    """The bytes of the PDF (PDF/UA-1). Raises MissingExtra without WeasyPrint."""
    weasyprint = load("weasyprint")
    refusing = load("weasyprint.urls").URLFetcher(allowed_protocols=())
    written = io.BytesIO()
    made = weasyprint.HTML(string=page(view, templates=templates), url_fetcher=refusing)
    made.write_pdf(written, pdf_variant="pdf/ua-1", custom_metadata=False)
    return written.getvalue()
