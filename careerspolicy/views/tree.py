"""What every result is shown as: sections, tables and lists of words, made once for all formats.

A view knows its result and no format; a writer knows its format and no result. Between them stand
these values, a closed set: a writer has a way to write each. What is said of looks is what a thing
means (it calls for somebody, it is an aside), never a colour.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from careerspolicy.views.filters import Filters


class Tone(Enum):
    """How a state stands to what is wanted; writers give each a sign beside its word."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    UNSURE = "unsure"
    PLAIN = "plain"


@attrs.frozen
class Span:
    """A piece of text and what it means.

    `href` leads to an address, or to the `id` of a part of the same view, as "#id". `tone` marks it
    as a state. `gap` is what somebody must still fill. `value` is how programs know it, such as the
    code of a verdict; None where that is its text.
    """

    text: str
    strong: bool = attrs.field(default=False, kw_only=True)
    emphasis: bool = attrs.field(default=False, kw_only=True)
    literal: bool = attrs.field(default=False, kw_only=True)
    aside: bool = attrs.field(default=False, kw_only=True)
    gap: bool = attrs.field(default=False, kw_only=True)
    tone: Tone | None = attrs.field(default=None, kw_only=True)
    href: str = attrs.field(default="", kw_only=True)
    value: str | None = attrs.field(default=None, kw_only=True)


#: A phrase or sentence, in one piece or several.
Words: TypeAlias = "str | Span | tuple[str | Span, ...]"


@attrs.frozen
class Lines:
    """Several statements in one cell, one below the other."""

    lines: tuple[Words, ...]


@attrs.frozen
class Count:
    """So many of something, in a word."""

    word: str
    amount: int
    tone: Tone | None = None


@attrs.frozen
class Share:
    """Counts, and how many in a hundred of those that weigh are as they should be.

    `percent` is None where none of them weighs. `pressing` are the counts that call for somebody.
    """

    word: str
    percent: int | None
    counts: tuple[Count, ...]
    pressing: tuple[Count, ...] = ()
    others: tuple[Count, ...] = ()


#: What a cell may hold. None says nothing; a number or a day stays one, so that it can be sorted.
Cell: TypeAlias = "Words | Lines | Share | int | float | date | None"


@attrs.frozen
class Paragraph:
    """A paragraph; `warning` says that it limits what stands beside it."""

    kind: ClassVar = "paragraph"
    words: Words
    aside: bool = attrs.field(default=False, kw_only=True)
    warning: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen
class Item:
    """An item of a list, with what else stands in it."""

    words: Words
    blocks: tuple[Block, ...] = ()


@attrs.frozen
class List:
    """Items, with bullets, or numbered from `start`."""

    kind: ClassVar = "list"
    items: tuple[Item, ...]
    start: int | None = None


@attrs.frozen
class Facts:
    """Names and what each is."""

    kind: ClassVar = "facts"
    pairs: tuple[tuple[str, Words], ...]


@attrs.frozen
class Verbatim:
    """Lines that stay as they are, for whoever reads them by a program."""

    kind: ClassVar = "verbatim"
    lines: tuple[str, ...]


@attrs.frozen
class Quotation:
    """What somebody else says."""

    kind: ClassVar = "quotation"
    blocks: tuple[Block, ...]


@attrs.frozen
class Column:
    """A column of a table: its heading for people, its `name` for programs.

    Without a name programs don't see it; with a name alone people don't. `key` is what filters call
    it, `blank` what stands for an empty cell.
    """

    heading: str
    name: str = ""
    number: bool = attrs.field(default=False, kw_only=True)
    key: str = attrs.field(default="", kw_only=True)
    blank: str = attrs.field(default="", kw_only=True)

    @property
    def shown(self) -> bool:
        """Whether people see it."""
        return bool(self.heading) or not self.name


@attrs.frozen
class Row:
    """A row of a table, a cell for each column.

    `keys` are what filters go by; `amount` is how many of what the view counts it stands for;
    `signs` has a sign for each of the columns that can be chosen, alike where they say the same.
    `detail` is what a reader who asks is told besides, under the heading `asked`.
    """

    cells: tuple[Cell, ...]
    keys: Mapping[str, str] = attrs.field(factory=dict, kw_only=True)
    amount: int | None = attrs.field(default=None, kw_only=True)
    signs: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    ids: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    asked: str = attrs.field(default="", kw_only=True)
    detail: tuple[Block, ...] = attrs.field(default=(), kw_only=True)


@attrs.frozen(kw_only=True)
class Table:
    """A table: the first `headed` columns head their rows.

    `rows` can be gone through more than once; they are made as they are asked for where there may
    be very many. `note` stands before it, `spoken` names it to whoever has it read aloud, `name` is
    that of its sheet in a workbook, `empty` is said where it has no rows. `prose` tells that its
    cells hold sentences rather than figures. `recounts` names two keys: its figures count the rows
    elsewhere that have a row's first key and a column's `key` as their second, as far as filters
    leave them.
    """

    kind: ClassVar = "table"
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    caption: Words = ""
    spoken: str = ""
    headed: int = 1
    note: str = ""
    name: str = ""
    empty: str = ""
    prose: bool = False
    sortable: bool = False
    recounts: tuple[str, str] | None = None


@attrs.frozen(kw_only=True)
class Fold:
    """A part that readers open who want it; its title and what it comes to are seen by all."""

    kind: ClassVar = "fold"
    title: str
    about: str = ""
    blocks: tuple[Block, ...]
    id: str = ""
    keys: Mapping[str, str] = attrs.field(factory=dict)
    begins_open: bool = False


@attrs.frozen(kw_only=True)
class Section:
    """A part under a heading; sections within are one level deeper.

    `in_full` tells that it is for readers with time and room, who see the whole page or document.
    """

    kind: ClassVar = "section"
    title: Words
    blocks: tuple[Block, ...]
    id: str = ""
    keys: Mapping[str, str] = attrs.field(factory=dict)
    in_full: bool = False


Block: TypeAlias = (
    "Paragraph | List | Facts | Verbatim | Quotation | Table | Fold | Section | Filters"
)


class Stream:
    """Many values of one list of a view's data, made one by one."""

    def __init__(self, make: Callable[[], Iterable[Any]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[Any]:
        """The values, made anew."""
        return iter(self._make())


@attrs.frozen(kw_only=True)
class View:
    """One result, as all writers see it: what it has for people, for spreadsheets, for programs.

    What takes long to make is made when a writer asks for it: `sections` for people, `sheets` for
    workbooks, `records` for comma-separated values, `data` for programs, under names that stay.
    Where a `template` in Markdown words the document, it is given `values` and lays them out.

    `dated` is the day of which it speaks, `heading` the title as it stands at the top. `wide` tells
    that its tables need all the width that there is, `unit` how filters call what they leave.
    """

    title: str
    heading: Words = attrs.field(default=attrs.Factory(lambda self: self.title, takes_self=True))
    dated: date | None = None
    opening: Sequence[Block] = ()
    sections: Callable[[], Sequence[Block]] = tuple
    closing: Sequence[Block] = ()
    records: Callable[[], Table] | None = None
    sheets: Callable[[], Sequence[Table]] = tuple
    data: Callable[[], Mapping[str, Any]] = dict
    template: str = ""
    values: Callable[[], Mapping[str, Any]] = dict
    wide: bool = False
    unit: str = "rows"
    lists_subsections: bool = True


def plain(words: Words) -> str:
    """The text of some words, without what it means.

    >>> plain(("By ", Span("May", strong=True)))
    'By May'
    """
    return words if isinstance(words, str) else "".join(span.text for span in pieces(words))


def pieces(words: Words) -> tuple[Span, ...]:
    """The pieces of some words, in order; bare text is a piece that means no more."""
    parts = words if isinstance(words, tuple) else (words,)
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)


def sentence(*parts: Words) -> tuple[Span, ...]:
    """Parts that make one text."""
    return tuple(piece for part in parts for piece in pieces(part))


def bullets(items: Iterable[Words]) -> List:
    """A list, an item each."""
    return List(tuple(Item(one) for one in items))
