"""Puts a document's parts together, in the order in which `segments.py` finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.tracing.document import Aside, Clause, Document, Kind, Section, Sentence
from careerspolicy.tracing.headings import is_appendix, label_of
from careerspolicy.tracing.lines import plain
from careerspolicy.tracing.sentences import is_closed, spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: A cell of so many words is text of its own; shorter ones belong to the row.
_PROSE_CELL: Final = 8
_LONGEST_NAME: Final = 80

_Fragment = tuple[str, int]


@attrs.define
class _Open:
    """A clause that lines may still go on with; `runs` never share a sentence."""

    section: _Part
    kind: Kind
    printed: str
    runs: list[list[_Fragment]]


@attrs.define
class _Part:
    """A section in the making."""

    name: str
    heading: str = ""
    aliases: tuple[str, ...] = ()
    clauses: list[Clause] = attrs.Factory(list)


class Assembly:
    """The document in the making."""

    def __init__(self) -> None:
        self._sections: list[_Part] = []
        self._names: set[str] = set()
        self._parts: list[Aside | _Open] = []
        self._open: _Open | None = None
        self._home: _Part | None = None  # the section that a table's rows stand in
        self._label = ""  # of the last appendix

    @property
    def open_text(self) -> str:
        """The words so far of the clause that a line may go on with; empty if there is none."""
        if self._open is None:
            return ""
        return " ".join(text for run in self._open.runs for text, _ in run).strip()

    def begin_section(self, heading: str, number: str = "", line: int = 0) -> None:
        """Begin a section; `line` is its heading's, if it has one in the document."""
        label = label_of(heading)
        name = number or label or heading[:_LONGEST_NAME]
        if is_appendix(heading):
            self._label = label or heading
        aliases = [heading, label, number.removesuffix(".0"), heading.partition(":")[0]]
        if label.casefold().startswith(("section", "part")):
            aliases.append(label.split()[-1])
        named = tuple(filter(None, aliases))
        self._sections.append(_Part(self._unique(name), heading if line else "", named))
        self._open = self._home = None
        if line:
            self.aside(Kind.HEADING, f"{number} {heading}".strip(), line)

    def begin_row_section(self, name: str, heading: str, line: int) -> None:
        """Begin the section of a table's numbered row, inside the section of the table."""
        home = self._home or self._sections[-1]
        place = self._label or home.name
        made = _Part(self._unique(f"{place}, {name}"), heading, (name, heading))
        self._sections.append(made)
        self._home = home
        self._open = None
        self.aside(Kind.HEADING, heading, line)

    def end_row_section(self) -> None:
        """Go back from a table's rows to the section of the table."""
        if self._home is None:
            return
        again = _Part(self._home.name, self._home.heading, (), self._home.clauses)
        self._sections.append(again)
        self._home = self._open = None

    def begin_clause(self, kind: Kind, printed: str, text: str, line: int) -> None:
        """Begin a clause with its first words."""
        self._add(kind, printed, [[(text, line)]])

    def row(self, cells: Sequence[str], line: int) -> None:
        """A row of a table as one clause; long cells hold sentences of their own."""
        self._add(Kind.ROW, "", [[(run, line)] for run in _row_runs(cells)])
        self._open = None

    def go_on(self, text: str, line: int, printed: str = "") -> None:
        """Go on with the open clause."""
        if self._open is None:
            self.begin_clause(Kind.PARAGRAPH, printed, text, line)
            return
        self._open.runs[-1].append((text, line))
        self._open.printed = self._open.printed or printed

    def aside(self, kind: Kind, text: str, line: int) -> None:
        """Something that promises nothing; neighbouring lines of a table of contents are one."""
        last = self._parts[-1] if self._parts else None
        if kind is Kind.CONTENTS and isinstance(last, Aside) and last.kind is kind:
            self._parts[-1] = attrs.evolve(last, lines=(last.lines[0], line))
            return
        name = self._sections[-1].name
        self._parts.append(Aside(kind=kind, text=plain(text), lines=(line, line), section=name))
        if kind is Kind.HEADING:
            self._open = None

    def document(self) -> Document:
        """The document, complete."""
        parts: list[Aside | Clause] = []
        for part in self._parts:
            if isinstance(part, Aside):
                parts.append(part)
            elif made := _clause(part):
                part.section.clauses.append(made)
                parts.append(made)
        kept: dict[str, _Part] = {}
        for one in self._sections:
            kept.setdefault(one.name, one)
        sections = tuple(
            Section(
                name=one.name, heading=one.heading, aliases=one.aliases, clauses=tuple(one.clauses)
            )
            for one in kept.values()
            if one.clauses or one.heading
        )
        return Document(sections=sections, parts=tuple(parts))

    def _add(self, kind: Kind, printed: str, runs: list[list[_Fragment]]) -> None:
        self._open = _Open(self._sections[-1], kind, printed, runs)
        self._parts.append(self._open)

    def _unique(self, name: str) -> str:
        """The name, with a count where another section already has it."""
        made, count = name, 1
        while made.casefold() in self._names:
            count += 1
            made = f"{name} ({count})"
        self._names.add(made.casefold())
        return made


def _row_runs(cells: Sequence[str]) -> list[str]:
    """A row's words, in runs that end after each cell of prose."""
    runs: list[list[str]] = [[]]
    for cell in cells:
        runs[-1].append(plain(cell))
        if len(cell.split()) > _PROSE_CELL and is_closed(cell):
            runs.append([])
    last = runs.pop()
    if not runs or any(len(cell.split()) > _PROSE_CELL for cell in last):
        runs.append(last)
    else:
        runs[-1].extend(last)
    return [" | ".join(run) for run in runs if run]


def _clause(part: _Open) -> Clause | None:
    sentences = tuple(one for run in part.runs for one in _sentences(run))
    if not sentences:
        return None
    return Clause(
        section=part.section.name,
        position=len(part.section.clauses) + 1,
        kind=part.kind,
        sentences=sentences,
        printed=part.printed,
    )


def _sentences(run: Sequence[_Fragment]) -> Iterator[Sentence]:
    """The sentences of words that stand on one or several lines, each with its own lines."""
    text, starts = "", []
    for words, line in run:
        starts.append((len(text), line))
        text += f"{words} "
    found = list(spans(text.rstrip()))
    if not found and run:  # a bullet or number with nothing after it still has its line
        yield Sentence(text="", lines=(run[0][1], run[-1][1]))
    for n, (start, end) in enumerate(found):
        first = run[0][1] if n == 0 else _line_at(starts, start)
        yield Sentence(text=plain(text[start:end]), lines=(first, _line_at(starts, end - 1)))


def _line_at(starts: Sequence[tuple[int, int]], offset: int) -> int:
    return max(line for start, line in starts if start <= offset)
