"""XML as systems give it (Common Transfer Files, reports of SIMS): a line for each pupil or record.

Streams; a file that declares a document type, and so might define entities, is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from careerspolicy.sheets.sheet import Cell, Line, Sheet, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_Path: TypeAlias = tuple[str, ...]
_PIECE: Final = 2**16
#: How a name writes a mark that no name may have, such as a space.
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_MOST_PATHS: Final = 5_000
#: The elements that say on which day, as 2025-10-03, a part of a history began.
_BEGINNINGS: Final = ("StartDate", "EntryDate")
#: What the element of a row is called; of others, the one that comes most often is taken.
_ROWS: Final = ("Pupil", "Record", "Student", "Learner")


def xml_sheets(path: Path) -> tuple[Sheet, ...]:
    """The one sheet of a file; raises Unreadable for what is no XML, or has nothing like rows."""
    outline = _Outline()
    for _ in _fed(path, outline):
        pass
    row = outline.row
    if not row:
        hint = "name a file with an element for each pupil or record"
        raise Unreadable.of(path, "nothing in this file is like the rows of a table", hint, line=1)
    below = [each for each in outline.texts if each[: len(row)] == row]
    headings = _headings([each[len(row) :] for each in below])

    def read() -> Iterator[Line]:
        rows = _Rows(row, headings)
        yield Line(0, [*headings.values()])
        for _ in _fed(path, rows):
            yield from rows.taken()

    taken_as = f"XML, a line for each {row[-1]}"
    return (Sheet(file=str(path), taken_as=taken_as, headed=True, read=read),)


def _fed(path: Path, handler: _Handler) -> Iterator[None]:
    """Hand a file to a handler piece by piece."""
    parser: Any = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(handler)
    handler.locator = parser
    try:
        with path.open("rb") as opened:
            while piece := opened.read(_PIECE):
                parser.feed(piece)
                yield
            parser.close()
            yield
    except DefusedXmlException:
        message = "this file declares a document type, which no export needs"
        line = parser.getLineNumber() or 1
        raise Unreadable.of(path, message, "take its DOCTYPE out", line=line) from None
    except SAXParseException as error:
        line, column = error.getLineNumber() or 1, (error.getColumnNumber() or 0) + 1
        message = f"this is no XML from here on ({error.getMessage()})"
        hint = "save it again from where it came"
        raise Unreadable.of(path, message, hint, line=line, column=column) from None


class _Handler(ContentHandler):
    """Knows where in the file it is, and the text of the element that is being read."""

    def __init__(self) -> None:
        super().__init__()
        self.at: list[str] = []
        self.text: list[str] = []
        self.locator: Any = None

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - SAX's name
        self.at.append(_ESCAPED.sub(_mark, name.rpartition(":")[2]))
        self.text.clear()
        self.begun(tuple(self.at), self.locator.getLineNumber())
        for key, value in attrs.items():
            if not key.startswith("xml"):
                self.found((*self.at, key), value)

    def characters(self, content: str) -> None:
        self.text.append(content)

    def endElement(self, name: str) -> None:  # noqa: ARG002, N802 - SAX's name
        path, text = tuple(self.at), "".join(self.text).strip()
        self.text.clear()
        if text:
            self.found(path, text)
        self.ended(path)
        self.at.pop()

    def begun(self, path: _Path, line: int) -> None:
        """An element begins."""

    def found(self, path: _Path, text: str) -> None:
        """An element's text, or an attribute."""

    def ended(self, path: _Path) -> None:
        """An element ends."""


class _Outline(_Handler):
    """How often each path comes, and which of them have text."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[_Path] = Counter()
        self.texts: dict[_Path, None] = {}

    def begun(self, path: _Path, line: int) -> None:  # noqa: ARG002 - where is of no matter
        if path in self.counts or len(self.counts) < _MOST_PATHS:
            self.counts[path] += 1

    def found(self, path: _Path, text: str) -> None:  # noqa: ARG002 - that there is one
        if len(self.texts) < _MOST_PATHS:
            self.texts[path] = None

    @property
    def row(self) -> _Path:
        """The path of what is a row: by its name, or the outermost that comes several times."""
        whole = {path[:-1] for path in self.texts if len(path) > 1}
        rows = [path for path in self.counts if len(path) > 1 and path in whole]
        known = [path for path in rows if path[-1] in _ROWS]
        several = [path for path in rows if self.counts[path] > 1]
        return min(known or several, key=lambda path: (len(path), -self.counts[path]), default=())


class _Rows(_Handler):
    """The rows that have been read and not yet taken."""

    def __init__(self, row: _Path, headings: Mapping[_Path, str]) -> None:
        super().__init__()
        self._row, self._places = row, {path: n for n, path in enumerate(headings)}
        self._line, self._cells = 0, [""] * len(headings)
        self._ready: list[Line] = []
        self._begun: Counter[_Path] = Counter()

    def taken(self) -> Sequence[Line]:
        """The rows that are ready, once."""
        ready, self._ready = self._ready, []
        return ready

    def begun(self, path: _Path, line: int) -> None:
        if path == self._row:
            self._line = line
            self._begun.clear()
        self._begun[path] += 1

    def found(self, path: _Path, text: str) -> None:
        if path[: len(self._row)] == self._row:
            place = self._places.get(path[len(self._row) :])
            if place is not None:
                before = self._of_each(self._cells[place], self._begun[path[:-1]] - 1)
                self._cells[place] = f"{before};{text}" if before else text

    @staticmethod
    def _of_each(cell: str, times: int) -> str:
        """A cell with a place for each of the elements so far, though some say nothing."""
        return cell + ";" * (times - cell.count(";") - 1) if times > 1 else cell

    def ended(self, path: _Path) -> None:
        if path == self._row:
            for own, place in self._places.items():
                if self._cells[place]:
                    times = self._begun[(*self._row, *own[:-1])]
                    self._cells[place] = self._of_each(self._cells[place], times)
            self._sort_histories()
            cells: list[Cell] = [*self._cells]
            self._ready.append(Line(self._line, cells))
            self._cells = [""] * len(self._cells)

    def _sort_histories(self) -> None:
        """Put what began later after what began earlier, whatever order they are written in."""
        for path, place in self._places.items():
            begun = self._cells[place].split(";")
            if path[-1] not in _BEGINNINGS or begun == sorted(begun):
                continue
            order = sorted(range(len(begun)), key=begun.__getitem__)
            for own, each in self._places.items():
                if own[:-1] == path[:-1] and len(parts := self._cells[each].split(";")) == len(
                    order
                ):
                    self._cells[each] = ";".join(parts[index] for index in order)


def _headings(paths: Sequence[_Path]) -> dict[_Path, str]:
    """What each path within a row is called: by its last name, with more of it for a second one."""
    headings: dict[_Path, str] = {}
    for path in paths:
        names = (".".join(path[-n:]) for n in range(1, len(path) + 1))
        taken = {*headings.values()}
        headings[path] = next((name for name in names if name not in taken), ".".join(path))
    return headings


def _mark(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16))
