"""A page as a PDF: tagged, with its title, language and bookmarks; nothing is fetched for it."""

from __future__ import annotations

import io

from careerspolicy.extras import load


def pdf_document(page: str) -> bytes:
    """The bytes of the PDF (PDF/UA-1). Raises MissingExtra without WeasyPrint."""
    weasyprint = load("weasyprint")
    refusing = load("weasyprint.urls").URLFetcher(allowed_protocols=())
    told = io.BytesIO()
    made = weasyprint.HTML(string=page, url_fetcher=refusing)
    made.write_pdf(told, pdf_variant="pdf/ua-1", custom_metadata=False)
    return told.getvalue()
