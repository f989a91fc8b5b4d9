"""Documents for tests: Markdown that a user's template would make, in every format."""

from __future__ import annotations

import tempfile
from pathlib import Path

from careerspolicy.cli.output import DOCUMENTS
from careerspolicy.views.tree import View
from careerspolicy.writers.markdown import markdown
from careerspolicy.writers.page import page
from careerspolicy.writers.pdf import pdf
from careerspolicy.writers.word import word

FORMATS = DOCUMENTS
NAME = "statement.md.j2"


def document(text, *, shape, title="Careers", dated=None, templates=None, word_template=None):
    """The bytes of a document that a user's own template words as this Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        own = Path(templates or folder)
        (own / NAME).write_text(f"{{% raw %}}{text}{{% endraw %}}", encoding="utf-8")
        view = View(title=title, dated=dated, template=NAME)
        return written(view, shape=shape, templates=own, word_template=word_template)


def written(view, *, shape, templates=None, word_template=None):
    """The bytes of any view."""
    match shape:
        case "md":
            return markdown(view, templates=templates).encode()
        case "html":
            return page(view, templates=templates).encode()
        case "docx":
            return word(view, templates=templates, word_template=word_template)
        case _:
            return pdf(view, templates=templates)
