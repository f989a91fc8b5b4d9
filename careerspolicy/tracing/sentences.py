"""Where sentences end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from careerspolicy.tracing.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A full stop after these ends no sentence.
_SHORT: Final = words(
    "e.g eg i.e ie mr mrs ms dr prof st para paras approx vs cf fig pp p "
    "jan feb aug sept oct nov dec"
)
_END: Final = re.compile(r"(?<![.!?…])[.!?…]+[\"'”\u2019)\]*_]*\s+(?=[\"'“\u2018(\[*_]*[A-Z0-9£])")
_LAST_WORD: Final = re.compile(r"(\S+?)[.!?…]+[\"'”\u2019)\]*_]*\s+$")
_LONGEST_WORD: Final = 60
_CLOSED: Final = re.compile(r"[.!?:;…][\"'”\u2019)\]*_>]*$")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """The start and end of each sentence; together they cover every word.

    >>> text = "Pupils meet employers, e.g. Acme. Records are kept."
    >>> [text[start:end] for start, end in spans(text)]
    ['Pupils meet employers, e.g. Acme.', 'Records are kept.']
    """
    start = 0
    for found in _END.finditer(text):
        if _ends(text, start, found.end()):
            yield start, found.end() - len(found[0]) + len(found[0].rstrip())
            start = found.end()
    if text[start:].strip():
        yield start, len(text)


def is_closed(text: str) -> bool:
    """Whether a text ends as a sentence, a stem or a list's item does."""
    return bool(_CLOSED.search(text.rstrip()))


def _ends(text: str, start: int, end: int) -> bool:
    found = _LAST_WORD.search(text, max(start, end - _LONGEST_WORD), end)
    word = found[1].lstrip("\"'“\u2018([*_") if found else ""
    if text[:end].rstrip()[-1:] in "!?":
        return True
    if word.casefold() in ("no", "nos"):
        return not text[end : end + 1].isdigit()
    if word.isdigit() and text[start:end].strip() == f"{word}.":
        return False  # a list's number, not a sentence
    return word.casefold() not in _SHORT and not (len(word) == 1 and word.isupper())
