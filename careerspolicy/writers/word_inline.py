"""Runs of text in a Word document: bold, gaps, links; and the bookmarks that links lead to."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from careerspolicy.extras import load
from careerspolicy.views.tree import Span, pieces
from careerspolicy.writers.cleaning import seen
from careerspolicy.writers.markdown_text import web_address

if TYPE_CHECKING:
    from careerspolicy.views.tree import Words


def write_inline(words: Words, paragraph: Any, *, bold: bool = False) -> None:
    """Add words to a paragraph."""
    for piece in pieces(words):
        span = Span(piece) if isinstance(piece, str) else piece
        address = span.href if span.href.startswith("#") else web_address(span.href)
        if address:
            _link(span, address, paragraph, bold=bold)
        else:
            _run(span, paragraph, bold=bold)


def bookmark(paragraph: Any, name: str) -> None:
    """Let links lead to a paragraph."""
    oxml, qn = load("docx.oxml"), load("docx.oxml.ns").qn
    start, end = oxml.OxmlElement("w:bookmarkStart"), oxml.OxmlElement("w:bookmarkEnd")
    number = str(len(paragraph.part.element.findall(f".//{qn('w:bookmarkStart')}")))
    for one in (start, end):
        one.set(qn("w:id"), number)
    start.set(qn("w:name"), _bookmark_name(name))
    runs = paragraph._p  # noqa: SLF001 - no other way
    runs.insert(1 if runs.pPr is not None else 0, start)
    runs.append(end)


def _run(span: Span, paragraph: Any, *, bold: bool) -> None:
    run = paragraph.add_run("\n".join(map(seen, span.text.split("\n"))))
    run.bold = (span.strong or bold) or None
    run.italic = span.emphasis or None
    if span.gap:
        run.font.highlight_color = load("docx.enum.text").WD_COLOR_INDEX.YELLOW


def _link(span: Span, address: str, paragraph: Any, *, bold: bool) -> None:
    oxml, qn = load("docx.oxml"), load("docx.oxml.ns").qn
    made = oxml.OxmlElement("w:hyperlink")
    if address.startswith("#"):
        made.set(qn("w:anchor"), _bookmark_name(unquote(address[1:])))
    else:
        kind = load("docx.opc.constants").RELATIONSHIP_TYPE.HYPERLINK
        made.set(qn("r:id"), paragraph.part.relate_to(address, kind, is_external=True))
    _run(span, paragraph, bold=bold)
    run = paragraph.runs[-1]
    run.style = "Hyperlink"
    made.append(run._r)  # noqa: SLF001 - no other way
    paragraph._p.append(made)  # noqa: SLF001 - no other way


def _bookmark_name(name: str) -> str:
    """Word's bookmarks have short names of plain letters, so a digest stands for ours."""
    return "at_" + hashlib.sha256(name.encode()).hexdigest()[:16]
