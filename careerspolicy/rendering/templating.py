"""Jinja2 set up for text that people read, and for pages: strict, and escaped where it is HTML."""

from __future__ import annotations

import textwrap
from functools import lru_cache, partial
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from careerspolicy.rendering.printable import printable
from careerspolicy.rendering.words import counted, time_left
from careerspolicy.school_calendar import in_words

#: Longer lines than this are hard to read, however wide the terminal.
WIDEST: Final = 100
_NARROWEST: Final = 30


def text_from(template: str, *, width: int, **values: Any) -> str:
    """The text of a template in `templates/`, its paragraphs wrapped to a width."""
    columns = max(_NARROWEST, min(width, WIDEST))
    written = (
        environment(html=False)
        .get_template(template)
        .render(wrap=partial(_wrap, columns), **values)
    )
    return printable(written)


@lru_cache(maxsize=2)
def environment(*, html: bool) -> Environment:
    """The templates of `templates/`, for plain text, or for pages with every value escaped."""
    made = Environment(
        loader=PackageLoader("careerspolicy.rendering"),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=html,  # noqa: S701 - off for plain text on a terminal, never for HTML
    )
    made.filters.update(in_words=in_words, counted=counted, time_left=time_left, spoken=_spoken)
    return made


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
