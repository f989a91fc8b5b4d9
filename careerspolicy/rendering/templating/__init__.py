"""Jinja2 set up for text that people read, for documents and for pages: strict, sandboxed, escaped.

Templates lie in `templates/`; a user's folder may override any of them by its name, and its
templates may extend the shipped ones as "shipped/NAME".
"""

from __future__ import annotations

import textwrap
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final, Literal

from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.rendering.printable import printable
from careerspolicy.rendering.templating.environments import (
    HtmlEnvironment,
    MarkdownEnvironment,
    TextEnvironment,
)
from careerspolicy.rendering.templating.errors import told_by_line
from careerspolicy.rendering.templating.folders import check_folder
from careerspolicy.rendering.words import benchmark_heading, counted, time_left

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Environment

#: Longer lines than this are hard to read, however wide the terminal.
WIDEST: Final = 100
_NARROWEST: Final = 30

Kind = Literal["text", "markdown", "html"]

_KINDS: Final = {
    "text": TextEnvironment,
    "markdown": MarkdownEnvironment,
    "html": HtmlEnvironment,
}


def text_from(template: str, *, width: int, **values: Any) -> str:
    """The text of a template for the terminal, its paragraphs wrapped to a width."""
    columns = max(_NARROWEST, min(width, WIDEST))
    wrap = partial(_wrap, columns)
    return printable(_rendered("text", None, template, {"wrap": wrap, **values}))


def markdown_from(template: str, *, templates: Path | None = None, **values: Any) -> str:
    """The Markdown of a template, every value in it escaped as Markdown.

    `templates` is a user's folder, whose templates go before the shipped ones. Raises
    BrokenTemplate, with file and line.
    """
    return _rendered("markdown", templates, template, values)


def page_from(template: str, *, templates: Path | None = None, **values: Any) -> str:
    """The page of a template, every value in it escaped as HTML.

    `templates` is a user's folder, whose templates go before the shipped ones. Raises
    BrokenTemplate, with file and line.
    """
    return _rendered("html", templates, template, values)


@lru_cache(maxsize=16)
def environment(kind: Kind, templates: Path | None = None) -> Environment:
    """The templates, for the terminal, for documents in Markdown, or for pages.

    Raises BrokenTemplate for a user's folder that is none, or that replaces nothing.
    """
    if templates is not None:
        check_folder(templates)
    made = _KINDS[kind](loader=_loader(templates))
    made.filters.update(
        in_words=in_words,
        counted=counted,
        time_left=time_left,
        spoken=_spoken,
        benchmark_heading=benchmark_heading,
    )
    return made


def _loader(templates: Path | None) -> BaseLoader:
    shipped = PackageLoader("careerspolicy.rendering")
    own = [FileSystemLoader(templates)] if templates else []
    return ChoiceLoader([*own, shipped, PrefixLoader({"shipped": shipped})])


def _rendered(kind: Kind, templates: Path | None, template: str, values: dict[str, Any]) -> str:
    made = environment(kind, templates)
    with told_by_line(values, templates):
        return made.get_template(template).render(values)


def _spoken(word: str) -> str:
    """A code as words: `not_a_promise` is "not a promise"."""
    return word.replace("_", " ")


def _wrap(columns: int, text: str, indent: int = 0, hang: int = 0) -> str:
    """A paragraph within the columns, indented, its later lines by `hang` more."""
    return textwrap.fill(
        " ".join(text.split()),
        columns,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        break_long_words=False,
        break_on_hyphens=False,
    )
