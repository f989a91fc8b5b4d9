"""From a file's blocks to the document that they make: sections, clauses, sentences.

Every block with a letter or digit in it becomes a part of the document, and none becomes two.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.tracing.document import (
    Aside,
    Clause,
    Document,
    Kind,
    Section,
    Sentence,
    label_of,
    letters,
)
from careerspolicy.tracing.marks import NUMBER, marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: The section of what stands before the first heading.
OPENING: Final = "Opening"

_HEADING_NUMBER: Final = re.compile(
    r"\s*(?:(\d{1,2}(?:\.\d{1,3})*)[.):]?|([A-Z]|[IVX]{1,4})[.)])\s+(?=\W*[A-Z])"
)

#: A heading of more words is text in a heading's clothes; so is a shorter one that is a sentence.
_MOST_WORDS: Final = 25
_SENTENCE_WORDS: Final = 6
_MOST_TITLE_WORDS: Final = 8
#: A full stop after these ends no sentence.
_SHORT: Final = (
    *("e.g", "eg", "i.e", "ie", "mr", "mrs", "ms", "dr", "prof", "st", "para", "paras", "approx"),
    *("vs", "cf", "fig", "pp", "p", "s", "ss", "jan", "feb", "aug", "sept", "oct", "nov", "dec"),
)
_INITIALS: Final = re.compile(r"(?<!\w)(?:[^\W\d_a-z]\.)+$")
_OPENERS: Final = "\"'“\u2018([*_"
_CLOSERS: Final = "\"'”\u2019)]*_"
_STOP: Final = re.compile(
    rf"(?<![.!?…])(?P<stop>[.!?…]+[{re.escape(_CLOSERS)}]*)\s+(?:\|\s+)?"
    rf"(?=[{re.escape(_OPENERS)}]*[A-Z0-9£])"
)


@attrs.frozen(kw_only=True)
class Block:
    """A paragraph, heading or list item as its file has it.

    `text` is broken where the file's lines are, the first of which is `line`. `number` is what the
    file counts before it and doesn't write in the text; `level` is a heading's, from 1.
    """

    text: str
    line: int
    kind: Kind = Kind.PARAGRAPH
    number: str = ""
    level: int = 1


@attrs.frozen(kw_only=True)
class Row:
    """A row of a table: what is in each cell; `heads` if it names the columns below."""

    cells: tuple[tuple[Block | Table, ...], ...]
    heads: bool = False


@attrs.frozen(kw_only=True)
class Table:
    """A table, row by row."""

    rows: tuple[Row, ...]


def flat(blocks: Iterable[Block | Table]) -> Iterator[Block]:
    """The blocks with those of a table in its place, cell by cell."""
    for block in blocks:
        if isinstance(block, Block):
            yield block
        else:
            yield from flat(inner for row in block.rows for cell in row.cells for inner in cell)


def part(blocks: Iterable[Block | Table]) -> Document:
    """The document that a file's blocks make."""
    parting = _Parting()
    for block in blocks:
        parting.take(block)
    return Document(sections=tuple(parting.sections), parts=tuple(parting.parts))


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """The start and end of each sentence; together they cover every word.

    >>> text = "Pupils meet employers, e.g. Acme. Records are kept."
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['Pupils meet employers, e.g. Acme.', 'Records are kept.']
    """
    start = 0
    for stop in _STOP.finditer(text):
        if _is_sentence(text[start : stop.end("stop")], text[stop.end()]):
            yield start, stop.end("stop")
            start = stop.end()
    if text[start:].strip():
        yield start, len(text)


def _is_sentence(text: str, following: str) -> bool:
    """Whether words that end with a stop are a sentence, with that character after them."""
    if text[-1] in "!?":
        return True
    word = text.rsplit(maxsplit=1)[-1].rstrip(_CLOSERS).rstrip(".…").lstrip(_OPENERS).casefold()
    if word in ("no", "nos"):
        return not following.isdigit()
    initial = _INITIALS.search(text.rstrip(_CLOSERS))
    only_number = word.isdigit() and text.strip() == f"{word}."
    return not (word in _SHORT or initial or only_number)


class _Parting:
    """The document in the making."""

    def __init__(self) -> None:
        self.sections: list[Section] = []
        self.parts: list[Aside | Clause] = []
        self._above: list[Section] = []  # the sections that the text stands in, the nearest last
        self._names: Counter[str] = Counter()
        self._counts: Counter[str] = Counter()  # clauses, by section

    def take(self, block: Block | Table) -> None:
        """The next block of the file."""
        if isinstance(block, Table):
            self._table(block)
        elif not letters(block.text):
            return
        elif block.kind is Kind.HEADING and _names(block.text):
            number, heading = _numbered(block, _HEADING_NUMBER)
            words = heading.text.strip()
            section = self._section(number or label_of(words) or words, words, number, block.level)
            self._above = [*_enclosing(self._above, block.level), section]
            self._aside(attrs.evolve(block, text=f"{number} {words}".strip()), section)
        elif block.kind in (Kind.CONTENTS, Kind.FURNITURE):
            self._aside(block, self._here())
        else:
            for piece in _pieces(block):
                self._clause(piece, self._here())

    def _here(self) -> Section:
        """The section that the next clause stands in."""
        if not self._above:
            self._above = [self._section(OPENING)]
        return self._above[-1]

    def _section(self, name: str, heading: str = "", number: str = "", level: int = 1) -> Section:
        self._names[name.casefold()] += 1
        count = self._names[name.casefold()]
        path = tuple(section.name for section in _enclosing(self._above, level))
        made = Section(
            name=f"{name} ({count})" if count > 1 else name,
            heading=heading,
            number=number,
            level=level,
            path=path,
        )
        self.sections.append(made)
        return made

    def _aside(self, block: Block, section: Section) -> None:
        lines = (block.line, block.line + block.text.count("\n"))
        text = " ".join(block.text.split())
        self.parts.append(Aside(kind=block.kind, text=text, lines=lines, section=section.name))

    def _clause(self, block: Block, section: Section) -> None:
        number, block = ("", block) if block.kind is Kind.ROW else _numbered(block, NUMBER)
        at = self._counts.total()
        self._counts[section.name] += 1
        clause = Clause(
            key=(at, 0),
            section=section.name,
            position=self._counts[section.name],
            sentences=tuple(_sentences(block, at)),
            printed=number if number[:1].isdigit() else "",
        )
        self.parts.append(clause)

    def _table(self, table: Table) -> None:
        """Rows are clauses; one with paragraphs in a cell is a section, by its first cell."""
        header, section = "", None
        for row in table.rows:
            cells = [
                [piece for block in flat(cell) for piece in _pieces(block)] for cell in row.cells
            ]
            blocks = [block for cell in cells for block in cell]
            if len(cells) == 1:  # a frame, or a band across the table
                section = None
                for block in row.cells[0]:
                    self.take(block)
            elif row.heads and all(not cell or _is_title(cell) for cell in cells) and blocks:
                header = cells[0][0].text if cells[0] else ""
                self._aside(_in_one(blocks, Kind.HEADING), self._here())
            elif all(len(cell) < 2 and not _is_list(cell) for cell in cells) and blocks:
                section = None if cells[0] else section
                self._clause(_in_one(blocks, Kind.ROW), section or self._here())
            else:
                if _is_title(cells[0]):
                    section = self._row_section(blocks.pop(0), header)
                elif cells[0]:
                    section = None
                for block in blocks:
                    self._clause(block, section or self._here())

    def _row_section(self, block: Block, header: str) -> Section:
        """The section of a row, named after the nearest numbered or labelled section it is in."""
        here = self._here()
        cited = (above for above in reversed(self._above) if above.number or label_of(above.name))
        home = next(cited, here)
        number, words = _numbered(block, _HEADING_NUMBER)
        heading = " ".join(words.text.split())
        name = f"{header.casefold()} {number}".strip() if number else heading
        section = self._section(f"{home.name}, {name}", heading, name, here.level + 1)
        self._aside(attrs.evolve(block, kind=Kind.HEADING), section)
        return section


def _enclosing(above: Sequence[Section], level: int) -> list[Section]:
    """The sections that a heading of that level stands in."""
    return [section for section in above if section.level < level and section.name != OPENING]


def _names(text: str) -> bool:
    """Whether what is set as a heading names something, and says nothing that has to be kept."""
    words = text.split()
    says = len(words) >= _SENTENCE_WORDS and words[-1].endswith((".", ";"))
    return not says and len(words) <= _MOST_WORDS


def _is_title(cell: Sequence[Block]) -> bool:
    """Whether a cell holds a short name and no more."""
    short = len(cell) == 1 and len(cell[0].text.split()) <= _MOST_TITLE_WORDS
    return short and not _is_list(cell) and _names(cell[0].text)


def _is_list(cell: Sequence[Block]) -> bool:
    return any(block.kind is Kind.ITEM for block in cell)


def _pieces(block: Block) -> Iterator[Block]:
    """A block parted at the items that are typed in it; one with a number is what the block is."""
    start, piece = 0, block
    for end, following in (*marks(block.text, block.number), (len(block.text), 0)):
        if letters(block.text[start:end]):
            line = block.line + block.text.count("\n", 0, start)
            yield attrs.evolve(piece, text=block.text[start:end].rstrip(), line=line)
        kind = block.kind if end == following else Kind.ITEM
        start, piece = following, attrs.evolve(block, kind=kind, number="")


def _numbered(block: Block, pattern: re.Pattern[str]) -> tuple[str, Block]:
    """The number before a block's words, and the block without it."""
    match = None if block.number else pattern.match(block.text)
    rest = block.text[match.end() :] if match else ""
    if not match or not letters(rest):
        return block.number, block
    line = block.line + block.text.count("\n", 0, match.end())
    return match[match.lastindex or 0], attrs.evolve(block, text=rest, line=line)


def _in_one(blocks: Sequence[Block], kind: Kind) -> Block:
    """The blocks of a row as one, each on its own lines."""
    text, line = "", blocks[0].line
    for block in blocks:
        breaks = "\n" * (block.line - line - text.count("\n"))
        text += f" | {breaks}{block.text}" if text else block.text
    return Block(text=text, line=line, kind=kind)


def _sentences(block: Block, at: int) -> Iterator[Sentence]:
    for n, (start, end) in enumerate(sentence_spans(block.text), start=1):
        first = block.line + block.text.count("\n", 0, start)
        yield Sentence(
            key=(at, n),
            text=" ".join(block.text[start:end].split()),
            lines=(first, first + block.text.count("\n", start, end)),
        )
