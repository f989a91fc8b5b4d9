"""Where the items of a list that is typed in one block begin: its bullets, numbers and letters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

_BULLETS: Final = "•●▪■◦‣○∙\u2043✓✔➢➤►§\uf0a7\uf0b7\uf0d8"
_BULLET: Final = re.compile(rf"(?:^|\s)[{_BULLETS}]\s*|^[-*o\u2013\u2014]\s+")
#: A bullet that is a word or a dash elsewhere, at the beginning of a line.
_DASH: Final = re.compile(r"[ \t]*([-*o\u2013\u2014])[ \t]+")
#: "3.1 Pupils", "3.1. pupils", "4. Pupils", "(a) pupils", "ii. pupils"; but "5.5 million" is none.
NUMBER: Final = re.compile(
    r"\s*(?:(\d{1,2}(?:\.\d{1,3})+)(?:[.):]\s+|\s+(?![a-z%]))"
    r"|(\d{1,2})[.)]\s+|\((\d{1,2}|[A-Za-z]|[ivx]{2,5})\)\s+"
    r"|([a-z]|[ivx]{2,5})\.\s+|([A-Za-z]|[ivx]{2,5})\)\s+)"
)
_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii")

#: A place in a list: what tells the list from others, and the how-manieth.
_Place: TypeAlias = "tuple[str, int]"


def marks(text: str, number: str) -> list[tuple[int, int]]:
    r"""Where the items in a block's text begin: their marks' ends, which are left out.

    `number` is what the file counts before the block. A bullet is left out, and a number stays.
    Numbers, letters and dashes begin an item at the beginning of a line, if another beside them in
    the same list begins one too: prose may be broken before "3.2 Pupils", or before a dash.

    >>> marks("1.1 Pupils visit.\n1.2 Parents come.", "")
    [(18, 18)]
    >>> marks("Pupils visit, as in\n1.2 Parents.", "")
    []
    """
    bullets = [bullet.span() for bullet in _BULLET.finditer(text)]
    lines = [0, *(line.end() for line in re.finditer("\n", text))]
    found = {at: mark for at in lines if (mark := _DASH.match(text, at) or NUMBER.match(text, at))}
    places = {at: {*_places(mark)} for at, mark in found.items()}
    places[-1] = {*_places(numbered)} if (numbered := NUMBER.match(f"{number}. ")) else set()
    items = [
        (at, mark.end() if mark.re is _DASH else at)
        for at, mark in found.items()
        if at and any(_adjoin(places[at], places[other]) for other in places if other != at)
    ]
    return sorted({*bullets, *items})


def _places(mark: re.Match[str]) -> Iterator[_Place]:
    """Every place that a mark may have: "(i)" is the first of Roman numbers, and the ninth letter.

    A number with parts has one in each list that it is in, and begins one of its own.
    """
    word = mark[mark.lastindex or 0]
    form = mark[0].strip().replace(word, "", 1)
    if mark.re is _DASH:
        yield from ((word, 1), (word, 2))
    elif word[0].isdigit() and not form.startswith("("):
        parts = [*map(int, word.split(".")), 0]
        yield from ((str(parts[:depth]), part) for depth, part in enumerate(parts))
    elif word.isdigit():
        yield form, int(word)
    if word in _ROMAN:
        yield f"roman {form}", _ROMAN.index(word)
    if len(word) == 1 and word.isalpha():
        yield f"letter {form}", ord(word)


def _adjoin(places: set[_Place], others: set[_Place]) -> bool:
    return any((form, at + step) in others for form, at in places for step in (-1, 1))
