"""What a cell says, in words: the same in every format that people read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.views.tree import Lines, Share

if TYPE_CHECKING:
    from careerspolicy.views.tree import Cell, Column, Words


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
