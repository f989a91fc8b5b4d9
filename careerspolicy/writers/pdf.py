"""A view as a PDF: its page, tagged, with title, language and bookmarks; nothing is fetched."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from careerspolicy.extras import load
from careerspolicy.writers.page import page

if TYPE_CHECKING:
    from pathlib import Path

    from careerspolicy.views.tree import View


def pdf(view: View, *, templates: Path | None = None) -> bytes:
    """The bytes of the PDF (PDF/UA-1). Raises MissingExtra without WeasyPrint."""
    weasyprint = load("weasyprint")
    refusing = load("weasyprint.urls").URLFetcher(allowed_protocols=())
    written = io.BytesIO()
    made = weasyprint.HTML(string=page(view, templates=templates), url_fetcher=refusing)
    made.write_pdf(written, pdf_variant="pdf/ua-1", custom_metadata=False)
    return written.getvalue()
