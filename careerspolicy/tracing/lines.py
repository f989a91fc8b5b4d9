"""A document's lines, each with its marks read off: bullet, printed number, heading sign, cells.

First step of tracing. Nothing is decided here about what a line is part of.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Sequence

#: What wraps lines in one export and in another doesn't: beyond this, lines are whole paragraphs.
_WIDEST_WRAP: Final = 140
#: The share of lines with another directly below that shows them to be wrapped.
_WRAPPED: Final = 0.2
#: A break was forced when the next word would have run so far into the margin.
_FORCED: Final = 0.85

_BULLETS: Final = "•●▪■◦‣\u203a»○∙\u2043✓✔➢➤▶►§\uf000-\uf0ff"
_BULLET: Final = re.compile(rf"(?:[{_BULLETS}]\s*|[-*+·\u2013—]\s+|-(?=[A-Z])|o\s+(?=[A-Z]))")
_LONE_BULLET: Final = re.compile(rf"[{_BULLETS}*+·o\u2013—-]")
_INSIDE: Final = re.compile(rf"\s[{_BULLETS}]\s*(?=\S)")
_NUMBER: Final = re.compile(
    r"(?P<dotted>\d{1,2}(?:\.\d{1,3})+[a-z]?)[.):]?(?:\s+|$)"
    r"|(?P<single>\d{1,2})(?:[.)](?:\s+|$)|\t+(?=[A-Z][^\t]*$))"
    r"|\((?P<bracketed>\d{1,2}|[a-z]|[ivx]{1,5})\)\s+"
    r"|(?P<letter>[A-Za-z]|[ivx]{1,5})[.)]\s+"
)
_HASHES: Final = re.compile(r"#{1,6}\s+")
_RULE: Final = re.compile(r"(?:[-_*=~]\s*){3,}")
_TABLE_RULE: Final = re.compile(r"[|\s:+-]*")
_WHOLE_BOLD: Final = re.compile(r"(\*\*|__)(?=\S)(?:(?!\1).)+\1[:.]?")
_TAG_NAMES: Final = "p|ul|ol|li|br|b|i|u|em|strong|span|div|table|tbody|thead|tr|td|th|a|sup|sub"
_TAG: Final = re.compile(rf"</?(?:{_TAG_NAMES}|font|hr|h[1-6])\b[^<>]{{0,300}}>", re.IGNORECASE)
_ITEM_TAG: Final = re.compile(r"<li\b[^<>]{0,300}>(?:\s*•)?", re.IGNORECASE)
_CELL_TAG: Final = re.compile(r"</t[dh]>", re.IGNORECASE)
_HEADING_TAG: Final = re.compile(r"<h[1-6]\b[^<>]{0,300}>", re.IGNORECASE)
_LINK: Final = re.compile(r"\[((?:\\.|[^\[\]\\]){1,500})\]\([^()\s]{0,500}\)")
_EMPHASIS: Final = re.compile(r"\*{1,3}|(?<!\w)_{1,3}(?=\w)|(?<=[\w.!?])_{1,3}(?!\w)")
_ESCAPE: Final = re.compile(r"\\([\\()\[\]*_#.&|<>-])")
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_ODD_SPACE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00a0\u2000-\u200a\u2028\u2029\u202f\u3000]"
)
#: Columns that an export has drawn with spaces.
_GAP: Final = re.compile(r"(?<=\S) {3,}(?=\S)")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


@attrs.frozen(kw_only=True)
class Line:
    """One line: its number from 1, the marks it begins with, and what is left of it.

    `whole` is all of the line as it is read. `printed` is the number as the document has it,
    without its last full stop; `dotted` tells 5.3 from 5. `cells` are those of a table's row, and
    none for any other line.
    """

    number: int
    text: str = ""
    whole: str = ""
    indent: int = 0
    length: int = 0
    bullet: bool = False
    printed: str = ""
    dotted: bool = False
    hashes: bool = False
    bold: bool = False
    new_page: bool = False
    rule: bool = False
    cells: tuple[str, ...] = ()
    blank: bool = False

    @property
    def marked(self) -> bool:
        """Whether a bullet or a number begins it."""
        return self.bullet or bool(self.printed)

    @property
    def plain(self) -> str:
        """The words, without the marks of emphasis and links."""
        return plain(self.text)


def read_lines(text: str) -> tuple[Line, ...]:
    """The lines of a text, numbered from 1 as an editor numbers them."""
    return tuple(_line(n, raw) for n, raw in enumerate(_LINE_END.split(text), start=1))


def plain(text: str) -> str:
    r"""Words as they are read: without emphasis, link targets and escapes.

    >>> plain(r"See the [guide \(2025\)](#), which **must** be read")
    'See the guide (2025), which must be read'
    """
    bare = _EMPHASIS.sub("", _LINK.sub(r"\1", text))
    return " ".join(_ESCAPE.sub(r"\1", bare).split())


def pieces(text: str) -> list[str]:
    """A line's text parted at the bullets inside it; the first piece stands before them."""
    found = list(_INSIDE.finditer(f" {text}"))
    if not found:
        return [text]
    starts = [0, *(one.end() for one in found)]
    ends = [*(one.start() for one in found), len(text) + 1]
    return [f" {text}"[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def wrap_width(lines: Sequence[Line]) -> int:
    """How wide the document's lines are wrapped; 0 if each line is a whole paragraph.

    Wrapped lines show themselves: the next one mostly begins in lower case.
    """
    pairs = [
        (one, following)
        for one, following in itertools.pairwise(lines)
        if not (one.blank or one.cells or following.blank or following.cells or following.marked)
    ]
    broken = [one.length for one, following in pairs if following.text[:1].islower()]
    if not broken or len(broken) < _WRAPPED * len(pairs) or max(broken) > _WIDEST_WRAP:
        return 0
    return max(broken)


def is_forced(line: Line, below: Line, width: int) -> bool:
    """Whether a line ended because the first word below had no room in it."""
    word = below.text.split(maxsplit=1)[:1] or [""]
    return bool(width) and line.length + 1 + len(word[0]) > _FORCED * width


def _line(number: int, raw: str) -> Line:
    seen = _ODD_SPACE.sub(" ", _UNSEEN.sub("", raw))
    text = _untagged(seen)
    stripped = text.strip()
    read = Line(
        number=number,
        text=stripped,
        whole=stripped,
        indent=len(text) - len(text.lstrip()),
        length=len(text.rstrip()),
        new_page="\f" in raw,
    )
    if not seen.strip():
        return attrs.evolve(read, blank=True)
    if not stripped or _is_rule(stripped):
        return attrs.evolve(read, rule=True)
    marked = _marks(read)
    if cells := _cells(stripped, marked.text):
        return attrs.evolve(read, text=" ".join(cells), cells=cells)
    return attrs.evolve(marked, bold=bool(_WHOLE_BOLD.fullmatch(marked.text)))


def _is_rule(text: str) -> bool:
    """Whether it only draws a line, or the line under a table's header."""
    return bool(_RULE.fullmatch(text)) or ("|" in text and bool(_TABLE_RULE.fullmatch(text)))


def _untagged(text: str) -> str:
    if "<" not in text:
        return text
    text = _HEADING_TAG.sub("# ", _CELL_TAG.sub("\t", _ITEM_TAG.sub(" • ", text)))
    return _TAG.sub("", text)


def _cells(text: str, rest: str) -> tuple[str, ...]:
    if text.startswith("|") and text.endswith("|") and len(text) > 2:
        parts = re.split(r"(?<!\\)\|", text.strip("|"))
    elif "\t" in rest:
        parts = text.split("\t")
    elif _GAP.search(rest) and len(text) <= _WIDEST_WRAP:
        parts = _GAP.split(text)
    else:
        return ()
    cells = tuple(part.strip() for part in parts if part.strip())
    return cells if len(cells) > 1 else ()


def _marks(line: Line) -> Line:
    """The line with the marks that it begins with read off."""
    text, hashes, bullet = line.text, False, False
    if _LONE_BULLET.fullmatch(text):
        return attrs.evolve(line, text="", bullet=True)
    if found := _HASHES.match(text):
        hashes, text = True, text[found.end() :].rstrip("# ")
    while found := _BULLET.match(text):
        bullet, text = True, text[found.end() :]
    printed, dotted = "", False
    opening = text[:2] if text[:2] in ("**", "__") else ""
    found = _NUMBER.match(text, len(opening))
    if found and _is_number(found, text):
        printed, dotted = found[found.lastgroup or 0], found["dotted"] is not None
        text = opening + text[found.end() :]
    return attrs.evolve(
        line, text=text.strip(), hashes=hashes, bullet=bullet, printed=printed, dotted=dotted
    )


def _is_number(found: re.Match[str], text: str) -> bool:
    """Whether it counts something in the document, rather than being a quantity or a date."""
    number = found["dotted"]
    after = text[found.end() : found.end() + 1]
    if number is None:
        return True
    levels = number.split(".")
    if any(len(level) > 1 and level.startswith("0") for level in levels[1:]):
        return False
    ended = found[0].rstrip()[-1] in ".):"
    return ended or len(levels) > 2 or not (after.islower() or after == "%")
