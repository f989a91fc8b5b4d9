"""Where a document's own text begins, after its title, dates and tables of versions."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.tracing.headings import TOLD, is_appendix, label_of
from careerspolicy.tracing.lines import is_forced
from careerspolicy.tracing.sentences import is_closed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from careerspolicy.tracing.contents import Contents
    from careerspolicy.tracing.headings import Headings
    from careerspolicy.tracing.lines import Line

#: A closed line of so many words is text, and no entry of a title page.
_PROSE_WORDS: Final = 7
_STEM_WORDS: Final = 3
_LONGEST_PARAGRAPH: Final = 20

_CONTROL: Final = re.compile(
    r"(?:document|version|policy|revision|change|review|approval|amendment)s?"
    r"(?: (?:control|information|history|details|record|log|status|approval|review|changes))+"
    r"|approvals?|amendments?|distribution",
    re.IGNORECASE,
)


def is_control(text: str) -> bool:
    """Whether a heading is one of the document's control, such as "Version history"."""
    return bool(_CONTROL.fullmatch(text.strip(" :")))


def front_end(
    lines: Sequence[Line], contents: Contents, headings: Headings, skipped: Collection[int]
) -> int:
    """The position (from 0) of the first line of the text itself; 0 if nothing stands before it."""
    worded = [
        n
        for n, line in enumerate(lines)
        if not line.blank and n not in contents and n not in skipped
    ]
    for prose in (_PROSE_WORDS, _STEM_WORDS):
        end = _end(lines, contents, headings, worded, prose)
        if end is not None:
            return end
    return worded[-1] + 1 if worded else 0


def _end(
    lines: Sequence[Line],
    contents: Contents,
    headings: Headings,
    worded: Sequence[int],
    prose: int,
) -> int | None:
    """The same among those positions, where a closed line of so many words is text."""
    for place, n in enumerate(worded):
        line = lines[n]
        if line.cells:
            continue
        if line.printed and headings.is_heading(n) and not is_control(line.plain):
            return n
        if line.hashes and place and not is_control(line.plain):
            return n
        if _labelled(line) and headings.is_heading(n):
            return n
        if (
            line.marked
            or _is_prose(_paragraph(lines, n, headings.width), prose)
            or (headings.is_listed(n) and n > contents.last >= 0)
        ):
            return _begins(lines, worded[: place + 1], contents, headings)
    return None


def _labelled(line: Line) -> bool:
    return bool(label_of(line.plain)) or is_appendix(line.plain)


def _paragraph(lines: Sequence[Line], at: int, width: int) -> Line:
    """The line at that position together with those below that go on with it."""
    line = lines[at]
    if line.bold or line.cells:
        return line
    words = [line.text]
    for above, below in pairwise(lines[at : at + _LONGEST_PARAGRAPH]):
        if below.blank or below.marked or below.cells or not below.text:
            break
        if not (below.text[0].islower() or is_forced(above, below, width)):
            break
        words.append(below.text)
    return attrs.evolve(line, text=" ".join(words))


def _is_prose(line: Line, enough: int) -> bool:
    words = len(line.plain.split())
    if line.bold:
        return False
    if line.text.endswith(":"):
        return words >= _STEM_WORDS and not is_control(line.plain)
    if words > 4 * _PROSE_WORDS:
        return True
    return words >= enough and is_closed(line.text) and not TOLD.fullmatch(line.plain)


def _begins(
    lines: Sequence[Line], worded: Sequence[int], contents: Contents, headings: Headings
) -> int:
    """Where the text begins, of which the last of those positions is surely a part."""
    first = worded[-1]
    for n in reversed(worded[:-1]):
        line = lines[n]
        after = contents.last >= 0 and n > contents.last
        if line.cells or is_control(line.plain) or not _may_head(line):
            break
        if not after and (not headings.is_heading(n) or first != worded[-1]):
            break
        first = n
    return first


def _may_head(line: Line) -> bool:
    return not TOLD.fullmatch(line.plain) or line.hashes
