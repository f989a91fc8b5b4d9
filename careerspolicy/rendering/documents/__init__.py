"""One document in four formats: Markdown as it is, a page, a Word document, a PDF."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from careerspolicy.rendering.documents.page import html_document
from careerspolicy.rendering.documents.pdf import pdf_document
from careerspolicy.rendering.documents.reading import with_contents
from careerspolicy.rendering.documents.word import word_document
from careerspolicy.rendering.templating.cleaning import one_line

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

#: The formats of a document, for `--format`; the first is what commands make unasked.
FORMATS: Final = ("md", "html", "docx", "pdf")

Format = Literal["md", "html", "docx", "pdf"]

#: What XML has no way to write, and no reader could see.
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def document(
    markdown: str,
    *,
    shape: str,
    title: str,
    templates: Path | None = None,
    word_template: Path | None = None,
    dated: date | None = None,
) -> bytes:
    """A document's bytes in one of FORMATS.

    `title` names it in a window's bar and in its properties; `templates` is a user's folder of
    templates, `word_template` a Word document whose styles, header and footer are used. `dated`, if
    given, is the day on which the properties say that it was made. The same arguments make the same
    Markdown, page and Word document, byte for byte.

    Raises BrokenTemplate, and MissingExtra where the format's library is not installed.
    """
    sound = _UNWRITABLE.sub("", markdown).strip() + "\n"
    named = one_line(title)
    if shape == "md":
        return with_contents(sound).encode()
    if shape == "docx":
        return word_document(sound, title=named, template=word_template, dated=dated)
    page = html_document(sound, title=named, templates=templates)
    return page.encode() if shape == "html" else pdf_document(page)
