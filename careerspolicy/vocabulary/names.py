"""When two names are one: what people vary when they spell a name, folded away.

Everything that tells names apart or counts them asks here: readers, evaluation, statements, solver.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

#: Marks that people leave out, or write one for another, at no cost to the name.
_LEFT_OUT: Final = frozenset(
    "'`\u00b4\u2018\u2019\u201a\u201b\u2032\u02b9\u02bb\u02bc\"\u201c\u201d."
)
_SPACES: Final = ("Pd", "Pc", "Zs", "Cc")
_DASHES: Final = frozenset("\u2043\u2212\u02d7")  # signs that stand for a dash
_UNSEEN: Final = ("Mn", "Cf")


@lru_cache(maxsize=65536)
def identity(name: str) -> str:
    """What is the same for every spelling of one name.

    Case, accents, spaces, dashes, apostrophes and full stops do not tell names apart, nor does the
    order of what stands between commas, nor whether "and" is written "&".

    >>> identity("St Mary\u2019s  Sixth-Form College.") == identity("st. mary's sixth form college")
    True
    >>> identity("Unit 1.5") == identity("Unit 15")
    False
    """
    plain = unicodedata.normalize("NFKC", name).replace("&", " and ")
    parts = sorted(filter(None, map(_folded, plain.split(","))))
    return ",".join(parts) or visible(name).casefold()


def visible(text: str) -> str:
    """Text without what nobody sees: marks of no width, spaces at its ends, doubled or unbroken."""
    seen = "".join(mark for mark in text if unicodedata.category(mark) != "Cf")
    return " ".join(seen.split())


def _folded(name: str) -> str:
    """A part of a name without what may vary; digits that it parts stay apart."""
    marks: list[str] = []
    apart = False
    for mark in unicodedata.normalize("NFKD", name).casefold():
        category = unicodedata.category(mark)
        if category in _SPACES or mark in _DASHES:
            apart = True
        elif category in _UNSEEN or mark in _LEFT_OUT:
            apart = apart or mark == "."
        else:
            numbers = apart and marks and marks[-1].isdigit() and mark.isdigit()
            marks += [" ", mark] if numbers else [mark]
            apart = False
    return "".join(marks)
