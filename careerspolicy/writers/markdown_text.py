r"""Markdown that can be trusted, and any other text escaped so that it stays text.

After `cleaning`, before `templates`: a template that makes Markdown escapes each value on its way
out, as templates of pages do with HTML, so no author of one has to think of it.

>>> Markdown("**{}**").format("2 * 3 | 4")
Markdown('**2 \\* 3 \\| 4**')
"""

from __future__ import annotations

import re
from datetime import date
from html.entities import html5
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.writers import cleaning

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The word that begins the caption above a table: "Table: Opportunities by year group".
CAPTION: Final = "Table:"

#: The words that begin what is still to be filled in.
GAP: Final = "To be completed:"

#: What means something wherever it stands.
_ANYWHERE: Final = re.compile(r"[\\`*\[\]<|~]")
#: An underscore within a word means nothing; at a word's edge it might.
_UNDERSCORE: Final = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_ENTITY: Final = re.compile(r"&(?=(#?\w+)(?:;|$))")
#: What means something at the start of a line: a heading, a quotation, a list, a rule, a caption.
_AT_START: Final = re.compile(
    rf"(?:#{{1,6}}(?=\s|$)|>|[-+](?=\s|$)|[-=:][-=:\s]*$|{CAPTION})", re.IGNORECASE
)
_NUMBERED: Final = re.compile(r"(\d{1,9})([.)](?:\s|$))")
#: Hashes that would close a heading.
_CLOSING: Final = re.compile(r"(^|\s)(#+)$")

#: The addresses that a document may lead to.
SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
_ADDRESS: Final = re.compile(
    r"[^@\s<>()\[\]\\,;:\"]+@[^@\s<>()\[\]\\,;:\"]+\.[^@\s<>()\[\]\\,;:\"]+"
)
_TELEPHONE: Final = re.compile(r"\+?[\d ()-]{6,24}")


class Markdown(Markup):
    """Text that is Markdown already; whatever else joins it is escaped first.

    `Markup` is what templates know as trusted text, in whichever language they write.
    """

    __slots__ = ()

    @classmethod
    def escape(cls, s: Any, /) -> Markdown:
        """A value as Markdown that shows it; trusted text as it is; a date in words."""
        if isinstance(s, Markup):
            return cls(s)
        return cls(escaped(in_words(s) if isinstance(s, date) else str(s)))


def escaped(text: str) -> str:
    r"""Markdown, of one line, that shows the text; escaped no more than it takes.

    >>> escaped("1. Year 8-9 (5.10), pupil_id_2, R&D <b>")
    '1\\. Year 8-9 (5.10), pupil_id_2, R&D \\<b>'
    """
    text = cleaning.one_line(text)
    bare = text.removeprefix(cleaning.ISOLATE)
    start = text[: len(text) - len(bare)]
    told = _ANYWHERE.sub(r"\\\g<0>", bare)
    told = _UNDERSCORE.sub(r"\\_", told)
    told = _ENTITY.sub(_entity, told)
    told = _CLOSING.sub(r"\1\\\2", told)
    told = _NUMBERED.sub(r"\1\\\2", told, count=1) if _NUMBERED.match(told) else told
    return start + (_first_escaped(told) if _AT_START.match(told) else told)


def _entity(found: re.Match[str]) -> str:
    return r"\&" if found[1].startswith("#") or f"{found[1]};" in html5 else "&"


def _first_escaped(text: str) -> str:
    """A caption's word is escaped at its colon, since letters can't be."""
    if text[:1].isalpha():
        word, _, rest = text.partition(":")
        return rf"{word}\:{rest}"
    return f"\\{text}"


def paragraphs(text: str) -> Markdown:
    """A field of several paragraphs, as paragraphs."""
    return Markdown("\n\n".join(map(escaped, cleaning.paragraphs(text))))


def bullets(values: Iterable[Any]) -> Markdown:
    """A list, an item for each value."""
    return Markdown("\n").join(Markdown("- ") + Markdown.escape(one) for one in values)


def gap(what: str) -> Markdown:
    """A place that somebody must still fill, marked so that nobody can miss it."""
    return Markdown("**{}**").format(f"{GAP} {what}")


def link(target: str, text: str = "") -> Markdown:
    """A link to a web, e-mail or telephone address, with its own text or the address itself.

    Anything else that claims to be an address is shown as text.
    """
    shown = Markdown.escape(text or target)
    address = web_address(target)
    if not address:
        return Markdown("{} ({})").format(text, target) if text else shown
    return Markdown("[") + shown + Markdown(f"]({address})")


def web_address(target: str) -> str:
    """The address to follow, safe within Markdown and HTML; empty for what is none.

    >>> web_address("careers@oakfield.example"), web_address("javascript:alert(1)")
    ('mailto:careers@oakfield.example', '')
    """
    target = cleaning.one_line(target)
    if _ADDRESS.fullmatch(target):
        target = f"mailto:{target}"
    elif _TELEPHONE.fullmatch(target):
        target = "tel:" + re.sub(r"[^\d+]", "", target)
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    known = parts.scheme in SCHEMES and " " not in target
    whole = parts.netloc if parts.scheme in ("http", "https") else parts.path
    return quote(target, safe=":/?#@!$&'*+,;=%-._~") if known and whole else ""
