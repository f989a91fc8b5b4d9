"""A field's text as documents may show it: one line, nothing invisible that could mislead.

Before `markdown` and `templating`, through which every value of a document passes.

What a reader can't see is taken away: control characters, zero-width spaces, soft hyphens, tags,
and the marks that turn the direction of writing (an override could show a name backwards). Text in
a right-to-left script stays as it is, between isolates, so that it can't disturb its neighbours.
Joiners stay, since emoji and Persian need them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: Around text that is written from right to left: U+2068 and U+2069.
ISOLATE, END_ISOLATE = "\u2068", "\u2069"

_SPACES: Final = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029 ]+")
_LINE_ENDS: Final = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")
_FLAG: Final = "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"  # England's flag is spelt in tags
_UNSEEN: Final = re.compile(
    f"({_FLAG})|[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_NO_CHARACTER: Final = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN"})


def one_line(text: str) -> str:
    r"""The text in one line, without what can't be seen.

    >>> one_line("  Oakfield\n School\u202e ")
    'Oakfield School'
    """
    return _isolated(seen(_SPACES.sub(" ", text)).strip())


def lines(text: str) -> list[str]:
    """Each line of the text that says something, as `one_line` has it."""
    return [line for line in map(one_line, _LINE_ENDS.split(text)) if line]


def paragraphs(text: str) -> list[str]:
    """The parts of a text between its empty lines, each as `one_line` has it."""
    parts = re.split(r"\n[^\S\n]*\n", _LINE_ENDS.sub("\n", text))
    return [part for part in map(one_line, parts) if part]


def many_lines(text: str) -> str:
    """The text with its lines kept, without what can't be seen."""
    return "\n".join(_isolated(seen(line.replace("\t", " "))) for line in _LINE_ENDS.split(text))


def seen(text: str) -> str:
    """The text without what a reader can't see."""
    return _NO_CHARACTER.sub("\ufffd", _UNSEEN.sub(lambda found: found[1] or "", text))


def _isolated(text: str) -> str:
    if text.isascii() or not any(unicodedata.bidirectional(one) in _RIGHT_TO_LEFT for one in text):
        return text
    return f"{ISOLATE}{text}{END_ISOLATE}"
