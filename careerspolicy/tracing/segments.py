"""From a document's text to its sections, clauses and sentences.

Lines are read one after another; each begins a section, begins a clause, or goes on with the
clause before it. The same text always gives the same parts; `docs/tracing.md` states the rules.
"""

from __future__ import annotations

import re
from typing import Final

import attrs

from careerspolicy.tracing.assembly import Assembly
from careerspolicy.tracing.contents import Contents, find_contents, find_furniture
from careerspolicy.tracing.document import Document, Kind
from careerspolicy.tracing.front import front_end, is_control
from careerspolicy.tracing.headings import Headings, bare_number, is_address, is_appendix
from careerspolicy.tracing.lines import Line, is_forced, pieces, read_lines, wrap_width
from careerspolicy.tracing.sentences import is_closed
from careerspolicy.tracing.wording import words

CONTROL: Final = "Document control"
OPENING: Final = "Opening"

#: A line that ends with one of these goes on, whatever the next one begins with.
_GOES_ON: Final = words(
    "a an and as at by for from in into of on or our that the their through to with within years "
    "year stage stages age ages effective"
)
_HEADER_WORDS: Final = 5
_NUMBERED_CELL: Final = re.compile(r"(\d{1,2})\b[.:)]?\s+(.+)")


def segment(text: str) -> Document:
    """The parts of a document's text."""
    lines = read_lines(text)
    skipped = find_furniture(lines)
    contents = find_contents(lines)
    headings = Headings(lines, contents.titles, skipped)
    front = front_end(lines, contents, headings, skipped)
    return _Walk(lines, contents, headings, skipped, front).run()


@attrs.define
class _List:
    """A run of "1. …" items that are no headings."""

    last: int = 0
    at: int = -1


class _Walk:
    """One pass over the lines."""

    def __init__(
        self,
        lines: tuple[Line, ...],
        contents: Contents,
        headings: Headings,
        skipped: frozenset[int],
        front: int,
    ) -> None:
        self._lines, self._contents, self._headings = lines, contents, headings
        self._skipped, self._front = skipped, front
        self._width = wrap_width(lines)
        self._made = Assembly()
        self._items = _List()
        self._top = 0  # the number of the last numbered section
        self._appendix = False
        self._waiting: Line | None = None  # a bullet or number alone on its line
        self._header = ""  # the first cell of the table's header
        self._previous = -1  # the position of the last line with words

    def run(self) -> Document:
        """The document."""
        self._made.begin_section(CONTROL if self._front else OPENING)
        for at, line in enumerate(self._lines):
            if line.blank:
                continue
            self._take(at, line)
        return self._made.document()

    def _take(self, at: int, line: Line) -> None:
        if at in self._contents:
            self._made.aside(Kind.CONTENTS, line.text, at + 1)
        elif at in self._skipped:
            self._made.aside(Kind.FURNITURE, line.text, at + 1)
        elif at < self._front:
            self._take_front(at, line)
            self._previous = at
        else:
            self._take_text(at, line)
            self._previous = at

    # ------------------------------------------------------------- before the text

    def _take_front(self, at: int, line: Line) -> None:
        if is_control(line.plain) and not line.cells:
            self._made.aside(Kind.HEADING, line.plain, at + 1)
        elif line.cells and self._is_header(at):
            self._made.aside(Kind.HEADING, " | ".join(line.cells), at + 1)
        elif line.cells:
            self._made.row(line.cells, at + 1)
        elif self._within_bold() or (not line.marked and self._goes_on(at, line)):
            self._made.go_on(line.text, at + 1)
        else:
            self._begin_clause(at, line)

    def _within_bold(self) -> bool:
        """Whether the clause before began bold words and hasn't ended them."""
        return self._made.open_text.count("**") % 2 == 1

    # -------------------------------------------------------------------- the text

    def _take_text(self, at: int, line: Line) -> None:
        if line.cells:
            self._take_row(at, line)
            return
        self._leave_table()
        if self._is_heading(at, line):
            self._begin_section(at, line)
        elif self._is_wrapped_number(at, line):
            self._made.go_on(line.whole, at + 1)
        elif line.marked and not line.text:
            self._waiting = line
            self._made.begin_clause(Kind.BULLET, line.printed, "", at + 1)
        elif self._waiting:
            self._waiting = None
            self._made.go_on(line.text, at + 1, printed=line.printed)
        elif not line.marked and self._goes_on(at, line):
            self._made.go_on(line.text, at + 1)
        else:
            self._begin_clause(at, line)

    def _is_heading(self, at: int, line: Line) -> bool:
        if self._waiting or self._is_wrapped_number(at, line) or not self._headings.is_heading(at):
            return False
        if not line.marked and self._headings.is_listed(at):
            return True
        if not line.printed and not self._is_cut():
            return not self._goes_on(at, line)
        return line.printed != "" and (line.dotted or not self._is_item(at, line))

    def _is_cut(self) -> bool:
        """Whether the line goes on with a sentence that its page's end has cut."""
        open_text = self._made.open_text
        last = open_text.split()[-1:] or [""]
        return bool(open_text) and not is_closed(open_text) and last[0].casefold() in _GOES_ON

    def _is_wrapped_number(self, at: int, line: Line) -> bool:
        """Whether a number at a line's start belongs to the sentence above: "by Year / 13."."""
        follows = at - 1 == self._previous and bool(line.printed) and not line.bullet
        return follows and self._is_cut()

    def _is_item(self, at: int, line: Line) -> bool:
        """Whether a numbered line is an item of a list, though it might read as a heading."""
        if not line.printed.isdigit():
            return line.bullet or not line.printed.isupper()
        number = int(line.printed)
        listed = self._headings.is_listed(at)
        if listed and number == self._top + 1:
            return False
        stem = self._made.open_text.endswith(":") and number == 1
        goes_on = self._items.at == self._previous and number == self._items.last + 1
        alone = not self._beside(at, number)
        if goes_on and alone and number == self._top + 1:
            goes_on = False
        restarts = number <= self._top and not self._appendix and not listed
        return stem or goes_on or restarts or not alone

    def _beside(self, at: int, number: int) -> bool:
        """Whether the next line or the one before is the neighbouring item of a list."""
        for near, wanted in ((at - 1, number - 1), (at + 1, number + 1)):
            if 0 <= near < len(self._lines) and self._lines[near].printed == str(wanted):
                return True
        return False

    def _begin_section(self, at: int, line: Line) -> None:
        number, words = (line.printed, line.plain) if line.printed else bare_number(line)
        if not number:
            words = line.plain
            self._appendix = self._appendix or is_appendix(words)
        if number.isdigit() or number.endswith(".0"):
            self._top = int(number.split(".")[0])
        self._items = _List()
        self._made.begin_section(words.rstrip(":"), number, at + 1)

    def _begin_clause(self, at: int, line: Line) -> None:
        if line.printed.isdigit():
            self._items = _List(int(line.printed), at)
        first, *bullets = pieces(line.text)
        kind = Kind.BULLET if line.marked and not line.dotted else Kind.PARAGRAPH
        if first or not bullets:
            printed = line.printed if line.dotted or line.printed.isdigit() else ""
            self._made.begin_clause(kind, printed, first, at + 1)
        for one in bullets:
            self._made.begin_clause(Kind.BULLET, "", one, at + 1)

    def _goes_on(self, at: int, line: Line) -> bool:
        """Whether an unmarked line goes on with the clause before it."""
        before = self._made.open_text
        if not before:
            return False
        first, last = line.plain.split()[:1] or [""], before.split()[-1]
        follows = at - 1 == self._previous
        if follows and is_forced(self._lines[at - 1], line, self._width):
            return True
        if follows and line.indent > self._lines[at - 1].indent + 1 and self._width:
            return True
        if is_closed(before) or is_address(line.text) or is_address(before):
            return False
        if first[0][:1].islower():
            return True
        return last.casefold() in _GOES_ON

    # ---------------------------------------------------------------------- tables

    def _take_row(self, at: int, line: Line) -> None:
        if self._is_header(at):
            self._header = line.cells[0]
            self._made.aside(Kind.HEADING, " | ".join(line.cells), at + 1)
            return
        numbered = _NUMBERED_CELL.fullmatch(line.plain and line.cells[0])
        if numbered and self._header:
            name = f"{self._header.casefold()} {numbered[1]}"
            self._made.begin_row_section(name, numbered[2], at + 1)
            for cell in line.cells[1:]:
                self._take_cell(cell, at + 1)
        elif any(len(pieces(cell)) > 1 for cell in line.cells):
            for cell in line.cells:
                self._take_cell(cell, at + 1)
        else:
            self._made.row(line.cells, at + 1)

    def _take_cell(self, cell: str, number: int) -> None:
        first, *bullets = pieces(cell)
        if first:
            self._made.begin_clause(Kind.ROW, "", first, number)
        for one in bullets:
            self._made.begin_clause(Kind.BULLET, "", one, number)

    def _is_header(self, at: int) -> bool:
        """Whether a row heads the columns under it: short words, no figures, rows below."""
        cells = self._lines[at].cells
        following = self._headings.next_of(at)
        if following is None or not self._lines[following].cells:
            return False
        ruled = at + 1 < len(self._lines) and self._lines[at + 1].rule
        short = all(len(cell.split()) <= _HEADER_WORDS for cell in cells)
        named = not any(re.search(r"[\d:]", cell) for cell in cells)
        first = self._previous < 0 or not self._lines[self._previous].cells
        return ruled or (
            short and named and (all(map(str.isupper, cells)) or (first and len(cells) > 2))
        )

    def _leave_table(self) -> None:
        self._header = ""
        self._made.end_row_section()
