"""What formats for people share: a cell in words, tables as shown, labels, a list of contents."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.views.tree import Item, Lines, List, Section, Share, Span, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from careerspolicy.views.tree import Block, Cell, Column, Row, Table, Words


#: From so many sections, or so many sections and subsections, a view lists its contents.
LONG: Final = 8
LONG_IN_ALL: Final = 12

#: With fewer sections than this the list names their subsections too.
MANY: Final = 12

#: The heading of that list, and the `id` by which it is known.
CONTENTS, CONTENTS_ID = "Contents", "contents"


def said(cell: Cell, column: Column) -> Words | Lines:
    """A cell's words, or the several statements that it makes."""
    match cell:
        case None:
            return column.blank
        case date():
            return in_words(cell)
        case int():
            return f"{cell:,}"
        case float():
            return f"{cell:g}"
        case Share():
            return "" if cell.percent is None else f"{cell.percent}%"
        case _:
            return cell


def shown(table: Table) -> tuple[list[Column], list[Row]]:
    """The columns of a table that are shown, and its rows with the cells of those alone."""
    places = [n for n, column in enumerate(table.columns) if column.shown]
    rows = [attrs.evolve(row, cells=tuple(row.cells[n] for n in places)) for row in table.rows]
    return [table.columns[n] for n in places], rows


class Labels:
    """Labels of one document, each its own: of two alike the second is "… (2)"."""

    def __init__(self) -> None:
        self._often: Counter[str] = Counter()

    def of(self, label: str) -> str:
        """The label, told apart from those before it."""
        self._often[label] += 1
        return label if self._often[label] == 1 else f"{label} ({self._often[label]})"


def contents(blocks: Iterable[Block], *, subsections: bool = True) -> List | None:
    """Links to the sections of a long view; None of a short one, or one that has such a list."""
    sections = _linked(blocks)
    deeper = [_linked(one.blocks) for one in sections]
    short = len(sections) < LONG and len(sections) + sum(map(len, deeper)) < LONG_IN_ALL
    if short or any(one.id == CONTENTS_ID for one in sections):
        return None
    within = subsections and len(sections) < MANY
    return List(
        tuple(
            Item(_link(one), (List(tuple(Item(_link(sub)) for sub in subs)),) if subs else ())
            for one, subs in zip(sections, deeper if within else [()] * len(sections), strict=True)
        )
    )


def heading_id(text: str) -> str:
    """The `id` by which code hosts know a heading, so that one link suits all.

    >>> heading_id("Roles & duties (2026)")
    'roles--duties-2026'
    """
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") or "section"


def _linked(blocks: Iterable[Block]) -> list[Section]:
    return [one for one in blocks if isinstance(one, Section) and one.id]


def _link(section: Section) -> Span:
    return Span(plain(section.title), href=f"#{section.id}")
