"""Any view, written in any format to where it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.cli.output import width, write_data, write_text
from careerspolicy.writers.comma_separated import csv_of
from careerspolicy.writers.json_values import json_of
from careerspolicy.writers.markdown import markdown
from careerspolicy.writers.page import page
from careerspolicy.writers.pdf import pdf
from careerspolicy.writers.text import plain_text, text_of
from careerspolicy.writers.word import word
from careerspolicy.writers.workbook import workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from careerspolicy.cli.documents import Destination
    from careerspolicy.views.tree import View

#: The formats of a document, for `--format`; the first is what commands make unasked.
DOCUMENTS: Final = ("md", "html", "docx", "pdf")


def write_view(
    view: View,
    to: Destination,
    *,
    templates: Path | None = None,
    word_template: Path | None = None,
    everything: bool = False,
) -> None:
    """Write a view; to stdout in parts as they come, since they may be large."""
    if to.shape == "text" and to.path is None:
        write_text(text_of(view, width=width(), everything=everything))
    elif to.shape in ("json", "csv"):
        parts = _parts(view, to.shape)
        write_data(parts) if to.path is None else to.write("".join(parts))
    else:
        to.write(_whole(view, to.shape, templates, word_template, everything=everything))


def _parts(view: View, shape: str) -> Iterator[str]:
    return json_of(view) if shape == "json" else csv_of(view)


def _whole(
    view: View,
    shape: str,
    templates: Path | None,
    word_template: Path | None,
    *,
    everything: bool,
) -> str | bytes:
    match shape:
        case "html":
            return page(view, templates=templates)
        case "md":
            return markdown(view, templates=templates)
        case "docx":
            return word(view, templates=templates, word_template=word_template)
        case "pdf":
            return pdf(view, templates=templates)
        case "xlsx":
            return workbook(view)
        case _:
            return plain_text(view, everything=everything)
