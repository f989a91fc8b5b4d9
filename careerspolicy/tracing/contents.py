"""What stands in a document and says nothing of its own: its table of contents, page furniture.

The table of contents is also a witness: a line that it lists is a heading.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.tracing.fingerprints import letters
from careerspolicy.tracing.sentences import is_closed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careerspolicy.tracing.lines import Line

_TITLE: Final = re.compile(r"(?:table of )?contents(?: page)?:?|index:?", re.IGNORECASE)
_PAGE: Final = re.compile(
    r"(?<=[\s.…·_])(?:page\s?)?(\d{1,3})$|error! bookmark not defined\.?$|(?<=\.\.\.)\.$",
    re.IGNORECASE,
)
_LEADER: Final = re.compile(r"\t|\.\.\.|…|   ")
_LINKED: Final = re.compile(r"(?:[\d.]+\s+)?\[.*\]\(#.*\)", re.DOTALL)
_LONGEST_ENTRY: Final = 16
#: With its number and its page.
_MOST_WORDS: Final = 20
_WIDEST_ENTRY: Final = 400
_FEWEST: Final = 3

_PAGE_NUMBER: Final = re.compile(
    r"(?:page\s*)?\|?\s*(?:-\s*)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?(?:\s*-)?(?:\s*\|?\s*p ?a ?g ?e)?"
    r"|page\s+\d{1,3}\b.{0,60}|.{0,60}\bpage\s+\d{1,3}(?:\s+of\s+\d{1,3})?",
    re.IGNORECASE,
)
_LONGEST_FURNITURE: Final = 90
_REPEATS: Final = 3
#: A header stands within so many lines of the break.
_EDGE: Final = 6


@attrs.frozen(kw_only=True)
class Contents:
    """Positions (from 0) of a document's table of contents, and the titles it lists."""

    first: int = -1
    last: int = -1
    titles: frozenset[str] = frozenset()

    def __contains__(self, at: object) -> bool:
        return isinstance(at, int) and self.first <= at <= self.last


def find_contents(lines: Sequence[Line]) -> Contents:
    """The table of contents: under its own heading, or a run of lines that end in page numbers."""
    titled = next((n for n, one in enumerate(lines) if _TITLE.fullmatch(one.plain)), None)
    if titled is not None:
        entries = list(_entries(lines, titled + 1))
        if len(entries) >= 2:
            return _contents(lines, titled, entries)
    return _untitled(lines)


def find_furniture(lines: Sequence[Line]) -> frozenset[int]:
    """Positions of page numbers, and of the headers and footers that repeat beside them."""
    rules = {n for n, line in enumerate(lines) if line.rule}
    numbers = _page_numbers(lines)
    edges = {n for n, line in enumerate(lines) if line.new_page and not line.blank}
    breaks = numbers | {n for n, line in enumerate(lines) if line.new_page}
    edges |= {near for n in breaks for near in _neighbours(lines, n)}
    written = Counter(_undated(lines[n]) for n in edges - numbers)
    repeated = {
        n
        for n in edges - numbers
        if written[_undated(lines[n])] >= _REPEATS
        and lines[n].length <= _LONGEST_FURNITURE
        and not lines[n].marked
        and not is_closed(lines[n].text)
    }
    return frozenset(rules | numbers | repeated)


def _page_numbers(lines: Sequence[Line]) -> set[int]:
    """Lines that hold a page number and stand alone, if there are several of them."""
    found = {
        n
        for n, line in enumerate(lines)
        if not line.blank
        and not line.cells
        and _PAGE_NUMBER.fullmatch(_whole(line))
        and (line.new_page or _alone(lines, n))
    }
    return found if len(found) >= _REPEATS else set()


def _whole(line: Line) -> str:
    return f"{line.printed} {line.plain}".strip()


def _alone(lines: Sequence[Line], at: int) -> bool:
    before = at == 0 or lines[at - 1].blank
    return before or at + 1 == len(lines) or lines[at + 1].blank or lines[at + 1].new_page


def _neighbours(lines: Sequence[Line], at: int) -> Iterator[int]:
    """The nearest lines with words on either side."""
    for step in (-1, 1):
        near = at + step
        while 0 <= near < len(lines) and lines[near].blank and abs(near - at) < _EDGE:
            near += step
        if 0 <= near < len(lines) and not lines[near].blank:
            yield near


def _undated(line: Line) -> str:
    return re.sub(r"\d+", "0", line.plain)


def _contents(lines: Sequence[Line], first: int, entries: Sequence[int]) -> Contents:
    titles = frozenset(_entry(lines[n]) for n in entries) - {""}
    return Contents(first=first, last=entries[-1], titles=titles)


def _entries(lines: Sequence[Line], start: int) -> Iterator[int]:
    """Positions of the entries from there on, until the text begins."""
    worded = [n for n in range(start, len(lines)) if not lines[n].blank]
    paged = sum(1 for n in worded[:8] if _is_entry(lines[n])) >= min(3, len(worded))
    seen: set[str] = set()
    for place, n in enumerate(worded):
        line, title = lines[n], _entry(lines[n])
        sure = _is_entry(line)
        if title in seen and not (sure and paged):
            return
        following = worded[place + 1] if place + 1 < len(worded) else None
        wrapped = following == n + 1 and _is_entry(lines[following]) and seen
        if not (sure or (_may_be_entry(line) and (wrapped or not paged))):
            return
        if not paged and not sure and _begins_text(lines, n, following, seen):
            return
        seen.add(title)
        yield n


def _begins_text(lines: Sequence[Line], at: int, following: int | None, seen: set[str]) -> bool:
    """Whether an entry without a page number is really the first heading of the text."""
    if following is None or not seen:
        return False
    after = lines[following]
    return (is_closed(after.text) and len(after.plain.split()) > 3) or (
        len(after.plain.split()) > _LONGEST_ENTRY or (after.bullet and not lines[at].bullet)
    )


def _is_entry(line: Line) -> bool:
    if line.blank or line.length > _WIDEST_ENTRY or len(line.plain.split()) > _MOST_WORDS:
        return False
    text = _spaced(line)
    return bool(_LINKED.fullmatch(text) or _PAGE.search(text))


def _may_be_entry(line: Line) -> bool:
    return len(line.plain.split()) <= _LONGEST_ENTRY and not is_closed(line.text)


def _entry(line: Line) -> str:
    """What an entry lists: its words, without number and page."""
    text = line.plain
    if found := _PAGE.search(text):
        text = text[: found.start()].rstrip(" .…·_")
    return letters(re.sub(r"^(?:\d{1,2}(?:\.\d{1,3})*[.)]?|[a-z][.)])\s+", "", text))


def _spaced(line: Line) -> str:
    return ("\t".join(line.cells) if line.cells else line.text).rstrip()


def _untitled(lines: Sequence[Line]) -> Contents:
    """A run of lines that end in page numbers which never fall."""
    run: list[int] = []
    last = 0
    for n, line in enumerate(lines[: len(lines) // 2]):
        if line.blank:
            continue
        page = _page_of(line)
        if page is None or page < last:
            if len(run) > _FEWEST:
                break
            run, last = [], 0
        if page is not None:
            run, last = [*run, n], page
    return _contents(lines, run[0], run) if len(run) > _FEWEST else Contents()


def _page_of(line: Line) -> int | None:
    text = _spaced(line)
    found = _PAGE.search(text)
    if not found or not found[1] or len(line.plain.split()) > _LONGEST_ENTRY:
        return None
    title = text[: found.start()].rstrip(" .…·_\t")
    led = _LEADER.search(text[len(title) :])
    return int(found[1]) if led and len(line.cells) < 4 else None
