"""Reads the blocks of a Word document, as it reads with every tracked change accepted.

Text boxes and notes come after the paragraph that they hang on, headers and footers last. Needs the
extra `docx`; python-docx opens the file, and what it doesn't know is looked up in the XML.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.extras import load
from careerspolicy.tracing.document import Kind, letters
from careerspolicy.tracing.parting import Block, Row, Table, flat

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NS: Final = {"w": _W[1:-1]}
#: What python-docx raises for a file that is no Word document, or a broken one.
_UNREADABLE: Final = (KeyError, ValueError, OSError, zipfile.BadZipFile, SyntaxError)

#: Elements that only wrap others, and elements whose text isn't the document's.
_WRAPPERS: Final = frozenset(
    {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice"}
)
_UNREAD: Final = frozenset(
    {"del", "moveFrom", "Fallback", "instrText", "pPr", "rPr", "sdtPr", "rt"}
)
#: What a deleted or moved paragraph's end bears.
_GONE: Final = ("w:pPr/w:rPr/w:del", "w:pPr/w:rPr/w:moveFrom")
_SPACES: Final = frozenset({"br", "cr", "tab", "ptab"})
_HEADING: Final = re.compile(r"heading (\d)", re.IGNORECASE)
_IN_CONTENTS: Final = (
    "ancestor::w:sdt/w:sdtPr/w:docPartObj/w:docPartGallery[@w:val='Table of Contents']"
)
_LINKS_WITHIN: Final = "w:hyperlink[string(@w:anchor) and not(@r:id)]"
_OUTLINE: Final = 9  # levels, from 0; body text has this one
_ROMAN: Final = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class NotWordError(Exception):
    """A file is no Word document."""


def word_blocks(data: bytes) -> Iterator[Block | Table]:
    """The blocks of a .docx file's bytes; their lines are paragraphs, counted as they are read.

    Raises NotWordError for other bytes, MissingExtra without python-docx.
    """
    docx, errors = load("docx"), load("docx.opc.exceptions")
    try:
        document = docx.Document(io.BytesIO(data))
    except (*_UNREADABLE, errors.OpcError) as error:
        raise NotWordError from error
    return _Word(document).blocks()


class _Word:
    """A Word document as it is read."""

    def __init__(self, document: Any) -> None:
        self._part, self._body = document.part, document.element.body
        self._paragraph = load("docx.text.paragraph").Paragraph
        self._numbers = _Numbers(next(self._related("numbering"), None))
        self._notes = {
            (f"{kind}Reference", note.get(f"{_W}id")): note
            for kind in ("footnote", "endnote")
            for root in self._related(f"{kind}s")
            for note in root
        }
        self._line = 0

    def blocks(self) -> Iterator[Block | Table]:
        """Every block: the body's, then each header and footer once."""
        yield from self._inside(self._body)
        seen: set[str] = set()
        for root in (*self._related("header"), *self._related("footer")):
            for block in flat(self._inside(root)):
                if letters(block.text) not in seen:
                    yield attrs.evolve(block, kind=Kind.FURNITURE)
                seen.add(letters(block.text))

    def _related(self, kind: str) -> Iterator[Any]:
        """The roots of the document's other parts of a kind."""
        for relation in self._part.rels.values():
            if relation.reltype.endswith(f"/{kind}"):
                yield load("docx.oxml").parse_xml(relation.target_part.blob)

    def _inside(self, parent: Any) -> Iterator[Block | Table]:
        """The blocks in a body, cell, text box or note."""
        text, node = "", None
        hung: list[Any]
        for name, child in _children(parent):
            if name == "tbl":
                yield Table(rows=tuple(self._rows(child)))
            if name != "p":
                continue
            node, hung = child, []
            text += self._text(node, hung)
            if all(node.find(path, _NS) is None for path in _GONE):
                yield from self._block(node, text)
                text = ""  # of a paragraph whose end is deleted it stays, and the next goes on
            for beside in hung:
                yield from self._inside(beside)
        if text:
            yield from self._block(node, text)

    def _block(self, node: Any, text: str) -> Iterator[Block]:
        """A paragraph as a block; one without words only counts where Word numbers it."""
        style, chain, names = self._paragraph(node, self._part).style, [node], []
        while style is not None and style.element not in chain:
            chain.append(style.element)
            names.append(style.name or "")
            style = style.base_style
        number, listed = self._numbers.next(chain)
        if not letters(text):
            return
        level = _level(chain, names)
        linked = "".join(self._text(link, []) for link in node.xpath(_LINKS_WITHIN))
        listed_there = names[0].lower().startswith("toc") or node.xpath(_IN_CONTENTS)
        if listed_there or letters(linked) == letters(text):
            kind = Kind.CONTENTS
        elif level:
            kind = Kind.HEADING
        else:
            kind = Kind.ITEM if listed else Kind.PARAGRAPH
        self._line += 1
        yield Block(text=text, line=self._line, kind=kind, number=number, level=level)

    def _text(self, parent: Any, hung: list[Any]) -> str:
        """The words in a paragraph; text boxes and notes in it are added to `hung`."""
        made = ""
        for name, node in _children(parent):
            if name == "t":
                made += node.text or ""
            elif name in _SPACES:
                made += " "
            elif name == "noBreakHyphen":
                made += "-"
            elif name == "txbxContent":
                hung.append(node)
            elif (name, node.get(f"{_W}id")) in self._notes:
                hung.append(self._notes[name, node.get(f"{_W}id")])
            elif name != "r" or not _is_on(node, "w:rPr/w:vanish"):
                made += self._text(node, hung)
        return made

    def _rows(self, table: Any) -> Iterator[Row]:
        for name, row in _children(table):
            if name == "tr" and row.find("w:trPr/w:del", _NS) is None:
                cells = [cell for inner, cell in _children(row) if inner == "tc"]
                yield Row(
                    cells=tuple(tuple(self._inside(cell)) for cell in cells),
                    heads=_is_on(row, "w:trPr/w:tblHeader"),
                )


@attrs.frozen
class _List:
    """A list: its levels in XML, where it counts anew, its counts, which several lists share."""

    levels: dict[int, Any]
    starts: dict[int, int]
    counts: dict[int, int]

    def next(self, at: int) -> str:
        """The number before the next paragraph at a level; empty for a bullet."""
        level = self.levels.get(at)
        self.counts[at] = self.starts.pop(at, self.counts.get(at, _start(level) - 1) + 1)
        for deeper in [depth for depth in self.counts if depth > at]:
            if _value(self.levels.get(deeper), "w:lvlRestart") != "0":
                del self.counts[deeper]
        if _value(level, "w:numFmt") in ("bullet", "none"):
            return ""
        in_figures = _is_on(level, "w:isLgl")
        text = re.split(r"%([1-9])", _value(level, "w:lvlText"))  # every other part is a level
        for n, depth in enumerate(text[1::2]):
            counted = self.levels.get(int(depth) - 1)
            count = self.counts.get(int(depth) - 1, _start(counted))
            text[2 * n + 1] = _written(count, "" if in_figures else _value(counted, "w:numFmt"))
        return "".join(text).strip(" .:()")


class _Numbers:
    """The numbers that Word counts, and writes before paragraphs without storing them."""

    def __init__(self, root: Any) -> None:
        self._lists: dict[str, _List] = {}
        if root is None:
            return
        kinds = {
            kind.get(f"{_W}abstractNumId"): kind for kind in root.findall("w:abstractNum", _NS)
        }
        styled = {link: kind for kind in kinds.values() if (link := _value(kind, "w:styleLink"))}
        counts: defaultdict[Any, dict[int, int]] = defaultdict(dict)
        for made in root.findall("w:num", _NS):
            kind = kinds.get(_value(made, "w:abstractNumId"))
            kind = styled.get(_value(kind, "w:numStyleLink"), kind)
            if kind is None:
                continue
            overrides, starts = made.findall("w:lvlOverride", _NS), {}
            listed = [level for own in (kind, *overrides) for level in own.findall("w:lvl", _NS)]
            levels = {_depth(level): level for level in listed}
            for override in overrides:
                if start := _value(override, "w:startOverride"):
                    starts[_depth(override)] = int(start)
            self._lists[made.get(f"{_W}numId")] = _List(levels, starts, counts[kind])

    def next(self, chain: Sequence[Any]) -> tuple[str, bool]:
        """The number before the next paragraph, and whether it is in a list at all.

        The chain is the paragraph and its styles, the nearest first.
        """
        number = _first(chain, "w:pPr/w:numPr/w:numId")
        if number not in self._lists:
            return "", number not in ("", "0")
        levels = self._lists[number].levels
        style = chain[1].get(f"{_W}styleId") if len(chain) > 1 else ""
        linked = (at for at, level in levels.items() if _value(level, "w:pStyle") == style)
        at = _first(chain, "w:pPr/w:numPr/w:ilvl") or next(linked, 0)
        return self._lists[number].next(int(at)), True


def _written(number: int, form: str) -> str:
    """A number in figures, letters or Roman figures."""
    text = str(number)
    if form.endswith("Letter"):
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif form.endswith("Roman"):
        text = ""
        for value, sign in _ROMAN:
            text += sign * (number // value)
            number %= value
    return text.upper() if form.startswith("upper") else text


def _level(chain: Sequence[Any], names: Sequence[str]) -> int:
    """The level of a heading, of which a title has the first; 0 for other paragraphs."""
    if outline := _first(chain, "w:pPr/w:outlineLvl"):
        return int(outline) + 2 if int(outline) < _OUTLINE else 0
    matches = filter(None, map(_HEADING.fullmatch, names))
    level = next((int(match[1]) + 1 for match in matches), 0)
    return level or int("Title" in names)


def _children(parent: Any) -> Iterator[tuple[str, Any]]:
    """The elements in another one by their names; what wraps them is looked through."""
    for child in parent.iterchildren("*"):
        name = child.tag.rpartition("}")[2]
        if name in _WRAPPERS:
            yield from _children(child)
        elif name not in _UNREAD:
            yield name, child


def _value(parent: Any, path: str) -> str:
    """The value of the element at a path; empty if there is none."""
    node = None if parent is None else parent.find(path, _NS)
    return "" if node is None else str(node.get(f"{_W}val", ""))


def _first(chain: Sequence[Any], path: str) -> str:
    """The value at a path of the first in a chain that has one."""
    return next(filter(None, (_value(node, path) for node in chain)), "")


def _is_on(parent: Any, path: str) -> bool:
    node = parent.find(path, _NS)
    return node is not None and node.get(f"{_W}val") not in ("0", "false", "off")


def _depth(node: Any) -> int:
    return int(node.get(f"{_W}ilvl"))


def _start(level: Any) -> int:
    return int(_value(level, "w:start") or 1)
