"""Reads a source document: Markdown and plain text, and Word through `word.py`."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from careerspolicy.errors import UnusableInput
from careerspolicy.plain.text import bytes_of
from careerspolicy.tracing.document import Kind
from careerspolicy.tracing.parting import Block, Row, Table, part
from careerspolicy.tracing.word import NotWordError, word_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from careerspolicy.tracing.document import Document

SOURCE_LIMIT: Final = 8 * 2**20

_SAVE: Final = "save it as Word (.docx), Markdown (.md) or plain text (.txt)"
#: What files begin with that aren't the text that their names say.
_NOT_TEXT: Final = {b"%PDF": "a PDF", b"PK\x03\x04": "a Word document or another archive"}

_MARKDOWN: Final = MarkdownIt("commonmark").enable("table")
_TAG: Final = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_END: Final = re.compile(r"</(?:td|th|li|p|div)>|<br ?/?>", re.IGNORECASE)
_BULLET: Final = re.compile(r"\s*[-*•●▪o]\s")
_NOTE_MARK: Final = re.compile(r"\[\^[^\]\s]+\]:?")
_NUMBERED_TITLE: Final = re.compile(
    r"\s*\d{1,2}(?:\.\d{1,2})*[.)]?\s+[A-Z][^\n]{1,80}(?<![\s.:;,])\s*"
)


def load_document(path: Path) -> Document:
    """The document in a .docx, .md or .txt file.

    Raises UnusableInput for what cannot be read, MissingExtra for Word without python-docx.
    """
    suffix = path.suffix.lower()
    if suffix not in _BLOCKS:
        raise UnusableInput.of(path, f'a file that ends in "{path.suffix}" cannot be traced', _SAVE)
    data = bytes_of(path, SOURCE_LIMIT)
    for start, what in _NOT_TEXT.items():
        if suffix != ".docx" and data.startswith(start):
            raise UnusableInput.of(path, f"this is {what}", _SAVE)
    try:
        document = read_document(data, suffix)
    except NotWordError:
        hint = 'open it in Word, take off any password, and save it as "Word Document"'
        raise UnusableInput.of(path, "this is not a Word document", hint) from None
    if not document.parts:
        raise UnusableInput.of(path, "this file says nothing", "name another, or export it again")
    return document


def read_document(data: bytes, suffix: str) -> Document:
    """The document in the bytes of a file with that suffix: ".docx", ".md" or ".txt".

    Raises NotWordError for a .docx file that is none, MissingExtra without python-docx.
    """
    return part(_BLOCKS[suffix](data))


def _text(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows' own encoding."""
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.removeprefix(codecs.BOM_UTF8).decode()
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _plain(data: bytes) -> Iterator[Block]:
    """Empty lines part paragraphs, and a bullet begins one; without empty lines each line is one.

    A line by itself that is numbered, and ends as no sentence does, is a heading.
    """
    lines = _text(data).strip("\n").split("\n")
    parted = not all(line.strip() for line in lines)
    paragraph: list[str] = []
    for n, line in enumerate([*lines, ""], start=1):
        if paragraph and (not parted or not line.strip() or _BULLET.match(line)):
            text = "\n".join(paragraph)
            title = len(paragraph) == 1 and _NUMBERED_TITLE.fullmatch(text)
            kind = Kind.HEADING if title else Kind.PARAGRAPH
            yield Block(text=text, line=n - len(paragraph), kind=kind)
            paragraph = []
        if line.strip():
            paragraph.append(line)


def _markdown(data: bytes) -> Iterator[Block | Table]:
    return _blocks(SyntaxTreeNode(_MARKDOWN.parse(_text(data))), Kind.PARAGRAPH)


def _blocks(parent: SyntaxTreeNode, first: Kind, number: str = "") -> Iterator[Block | Table]:
    """The blocks in a part of the tree; the first paragraph is of that kind and has that number."""
    for n, node in enumerate(parent.children):
        line = node.map[0] + 1 if node.map else 0
        kind, printed = (first, number) if n == 0 else (Kind.PARAGRAPH, "")
        if node.type == "heading":
            text, level = _words(node), int(node.tag[1:])
            yield Block(text=text, line=line, kind=Kind.HEADING, level=level)
        elif node.type == "paragraph":
            kind = Kind.CONTENTS if _is_contents(node) else kind
            yield Block(text=_words(node), line=line, kind=kind, number=printed)
        elif node.type == "table":
            yield Table(rows=tuple(_row(row) for part in node.children for row in part.children))
        elif node.type in ("bullet_list", "ordered_list"):
            start = int(node.attrs.get("start", 1))
            for count, item in enumerate(node.children, start=start):
                yield from _blocks(item, Kind.ITEM, str(count) if item.info else "")
        elif node.children:
            yield from _blocks(node, kind, printed)
        else:
            yield Block(text=_TAG.sub("", _END.sub(" ", node.content)).strip("\n"), line=line)


def _is_contents(paragraph: SyntaxTreeNode) -> bool:
    """Whether all of it links to places in the document itself."""
    links = [node for node in paragraph.children[0].children if node.type != "softbreak"]
    return all(re.match("#.", str(link.attrs.get("href"))) for link in links)


def _row(node: SyntaxTreeNode) -> Row:
    line = node.map[0] + 1 if node.map else 0
    cells = tuple(
        tuple(Block(text=text, line=line) for text in _words(cell, breaks="\n").split("\n"))
        for cell in node.children
    )
    return Row(cells=cells, heads=node.parent is not None and node.parent.type == "thead")


def _words(node: SyntaxTreeNode, breaks: str = " ") -> str:
    """The words of a paragraph, heading or cell without their marks; `breaks` stands for <br>."""
    made = ""
    for inline in node.walk(include_self=False):
        if inline.type in ("softbreak", "hardbreak"):
            made += "\n"
        elif inline.type in ("text", "code_inline"):
            made += inline.content
        elif inline.type == "html_inline" and inline.content.startswith("<br"):
            made += breaks
    return _NOTE_MARK.sub("", made)


_BLOCKS: Final = {".docx": word_blocks, ".md": _markdown, ".txt": _plain}
