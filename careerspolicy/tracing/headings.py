"""Which lines read as headings.

A numbered line heads a section only if it reads as a heading: short, with no end of a sentence and
no verb of a promise. Any other numbered line is a clause of the section it stands in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from careerspolicy.tracing.fingerprints import letters
from careerspolicy.tracing.lines import Line, is_forced, plain, wrap_width
from careerspolicy.tracing.sentences import is_closed
from careerspolicy.tracing.wording import words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_MOST_WORDS: Final = 15
_MOST_PLAIN_WORDS: Final = 11
_MOST_SENTENCE_CASE_WORDS: Final = 7
#: A line of more words is text, whatever it ends with.
_TEXT_WORDS: Final = 12
#: Headings that stand directly under one another before any text.
_DEEPEST: Final = 3

_VERBS: Final = words(
    "is are was were will shall must should would can could may might has have had does do been "
    "refers requires supports complies includes include enables provides ensures"
)
_ACTS: Final = re.compile(r"\b(?:aims?|seeks?|needs?|works?|sets) (?:to|out|towards)\b")
_ASKS: Final = words("what how who why when where which")
_STEM_ENDS: Final = words(
    "to that by of for with include includes including follows following through are is will must "
    "should as and or from on in below which who whom when where"
)
_SMALL: Final = words(
    "a an and as at by for from in into of on or our the their to with within & - \u2013 — /"
)
#: What in capitals would pass for an abbreviation.
_SHORT_NAMES: Final = words("aim aims goals links roles scope")
_NOT_FIRST: Final = words("this these those it they to see")
_LABEL: Final = re.compile(
    r"((?:(?:gatsby )?benchmark|section|part|appendix|annex|annexe|schedule|chapter|key stage|step"
    r"|stage|phase|principle|objective|aim|year) (?:\d{1,2}|[a-z]|[ivx]{1,4}))\b"
    r"(?:\s*[:.\u2013—-]\s*(.*)|\s*\(.*\)|)",
    re.IGNORECASE,
)
_APPENDIX: Final = re.compile(r"(?:appendix|annexe?|schedule)\b", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"(?:https?://|www\.|\S+@)\S*", re.IGNORECASE)
_WHOLE_LINK: Final = re.compile(r"\[(?:\\.|[^\[\]\\])*\]\([^()]*\)[.:]?")
_BARE_NUMBER: Final = re.compile(r"(\d{1,2})\.?\s+([A-Z].*)")
#: "Owner: Head of Secondary", as title pages have it.
TOLD: Final = re.compile(r"[^:]{1,45}:(?:\s+\S.*)?")
_DATED: Final = re.compile(r"[\d/.\s-]+|(?:[A-Z][a-z]+ )?(?:19|20)\d\d(?:\s*[-\u2013/]\s*\d{2,4})?")


def label_of(text: str) -> str:
    """The label that a heading begins with, such as "Benchmark 1" or "Appendix A"; else empty."""
    found = _LABEL.fullmatch(text)
    return found[1] if found else ""


def is_appendix(text: str) -> bool:
    """Whether a heading begins an appendix, where numbers begin again."""
    return bool(_APPENDIX.match(text))


def bare_number(line: Line) -> tuple[str, str]:
    """The number and the words of "1 Introduction", whose number nothing marks; else both empty."""
    found = None if line.marked or line.cells else _BARE_NUMBER.fullmatch(line.plain)
    return (found[1], found[2]) if found else ("", "")


class Headings:
    """Answers for one document's lines: `titles` are its contents', `width` is its wrap."""

    def __init__(
        self, lines: Sequence[Line], titles: Collection[str], skipped: Collection[int]
    ) -> None:
        self._lines = lines
        self.width = wrap_width(lines)
        self._wrapped = self.width > 0 or any(one.blank for one in lines[1:-1])
        self._titles = titles
        self._skipped = skipped
        self._row = frozenset(self._bare_row())

    def is_heading(self, at: int) -> bool:
        """Whether the line at that position reads as a heading, wherever it stands in a list."""
        line = self._lines[at]
        if line.blank or line.rule or line.cells or not line.text or at in self._skipped:
            return False
        if line.printed:
            return self._numbered(line)
        if line.bullet:
            return False
        if line.hashes:
            return True
        if bare_number(line)[0] and self._stands_alone(at) and self._numbered(line):
            return at in self._row or self.is_listed(at)
        return self._unnumbered(at)

    def is_listed(self, at: int) -> bool:
        """Whether the table of contents has that line."""
        line = self._lines[at]
        return letters(bare_number(line)[1] or line.plain) in self._titles

    def next_of(self, at: int) -> int | None:
        """The position of the next line with words in it."""
        for position in range(at + 1, len(self._lines)):
            line = self._lines[position]
            if not line.blank and not line.rule and position not in self._skipped:
                return position
        return None

    def _bare_row(self) -> list[int]:
        """Lines such as "1 Introduction" that count up from 1 with text below each; else none."""
        row: list[int] = []
        for at, line in enumerate(self._lines):
            if bare_number(line)[0] == str(len(row) + 1) and self._heads_text(at):
                row.append(at)
        return row if len(row) > 1 else []

    def _heads_text(self, at: int) -> bool:
        """Whether a line with a bare number stands by itself, and neither in a list nor a table."""
        if at in self._skipped or not (self._stands_alone(at) and self._numbered(self._lines[at])):
            return False
        following = self.next_of(at)
        below = "" if following is None else bare_number(self._lines[following])[0]
        stem = self._before(at).text.endswith(":")
        return following is not None and not (below or stem or self._runs_on(at))

    def _numbered(self, line: Line) -> bool:
        words = line.plain.split()
        if not words or len(words) > _MOST_WORDS or line.plain[-1:] in ".;,":
            return False
        if len(line.printed) == 1 and line.printed.islower() and not line.bold:
            return False
        first = line.plain.lstrip("'\"“\u2018(")[:1]
        return not first.islower() and _names(words)

    def _unnumbered(self, at: int) -> bool:
        line = self._lines[at]
        words = line.plain.split()
        if not words or len(words) > _MOST_WORDS or is_closed_text(line):
            return False
        if line.bold:
            return _names(words)
        if not self._stands_alone(at) or self._runs_on(at):
            return False
        if self._before(at).text.endswith(":"):
            return False
        if self.is_listed(at) or label_of(line.plain):
            return True
        if is_appendix(line.plain) and len(words) <= _MOST_PLAIN_WORDS:
            return True
        if not _looks_titled(line, words) or not (_is_titled(words) or self._follows_text(at)):
            return False
        return self._leads_to_text(at)

    def _stands_alone(self, at: int) -> bool:
        if at == 0 or not self._wrapped:
            return True
        before = self._lines[at - 1]
        if before.blank or before.rule or at - 1 in self._skipped:
            return True
        if before.printed and not before.bullet and self._numbered(before):
            return True
        return before.hashes or is_closed(before.text) or before.bold

    def _runs_on(self, at: int) -> bool:
        """Whether the next line goes on with it: in lower case, or for want of room."""
        if at + 1 >= len(self._lines) or at + 1 in self._skipped:
            return False
        line, below = self._lines[at], self._lines[at + 1]
        if below.blank or below.marked or below.cells or not below.text:
            return False
        return below.text[:1].islower() or is_forced(line, below, self.width)

    def _before(self, at: int) -> Line:
        """The line with words before that one; an empty one if there is none."""
        for position in range(at - 1, -1, -1):
            line = self._lines[position]
            if not line.blank and not line.rule and position not in self._skipped:
                return line
        return Line(number=0, blank=True)

    def _follows_text(self, at: int) -> bool:
        """Whether what stands before has come to an end: text, a list, a table, another heading."""
        before = self._before(at)
        ended = before.blank or before.marked or bool(before.cells) or is_closed(before.text)
        return (
            ended
            or before.hashes
            or before.bold
            or bool(TOLD.fullmatch(before.plain) or label_of(before.plain))
            or letters(before.plain) in self._titles
        )

    def _leads_to_text(self, at: int, depth: int = 0) -> bool:
        following = self.next_of(at)
        if following is None:
            return False
        line = self._lines[following]
        if line.printed and self._numbered(line):
            return False
        if line.marked or line.cells or line.hashes or line.bold:
            return True
        words = line.plain.split()
        if is_address(line.text):
            return len(self._lines[at].plain.split()) <= 3
        if is_closed(line.text) or len(words) > _TEXT_WORDS:
            return True
        if label_of(line.plain) or self.is_listed(following):
            return True
        return (
            depth < _DEEPEST
            and _looks_titled(line, words)
            and _is_titled(words)
            and self._leads_to_text(following, depth + 1)
        )


def is_closed_text(line: Line) -> bool:
    """Whether an unnumbered line ends as text does: not bold, and closed, unless it asks."""
    words = line.plain.casefold().split()
    if line.plain.endswith("?") and words[0] in _ASKS:
        return False
    if line.bold and line.plain.endswith(":"):
        return False
    return is_closed(line.plain) or line.plain.endswith(",")


def _names(words: Sequence[str]) -> bool:
    """Whether words name a subject, rather than saying something or opening a list."""
    lower = [word.strip("*:()'\"“”\u2018\u2019,").casefold() for word in words]
    if lower[0] in _NOT_FIRST:
        return False
    if words[-1].endswith(":") and lower[-1] in _STEM_ENDS:
        return False
    if lower[0] in _ASKS:
        return True
    return not (_VERBS.intersection(words) or _ACTS.search(" ".join(words)))


def _looks_titled(line: Line, words: Sequence[str]) -> bool:
    text = line.plain
    first = text.lstrip("'\"“\u2018(")[:1]
    if not words or is_address(line.text) or text[:1] in "[\"“\u2018'(" or not first.isupper():
        return False
    if len(words) > _MOST_PLAIN_WORDS or _DATED.fullmatch(text) or not _names(words):
        return False
    if is_closed_text(line) or words[-1].casefold() in _SMALL or words[-1].endswith("*"):
        return False
    if text.isupper():
        return len(letters(text)) > 5 or text.casefold() in _SHORT_NAMES
    if "following" in text.casefold() or re.match(r"[^:]{1,45}:\s+\S", text):
        return False
    return _is_titled(words) or len(words) <= _MOST_SENTENCE_CASE_WORDS


def _is_titled(words: Sequence[str]) -> bool:
    """Whether most words begin with a capital."""
    weighty = [word for word in words if word.casefold() not in _SMALL]
    titled = sum(1 for word in weighty if not word[:1].islower())
    return titled >= 0.6 * len(weighty)


def is_address(text: str) -> bool:
    """Whether a line is only a link, or begins with a web address."""
    return bool(_WHOLE_LINK.fullmatch(text) or _ADDRESS.match(plain(text)))
