"""From what a cell says to the value it means: one converter for each type of column.

Every reader's rows pass through these, after `tables` and before `rows`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from careerspolicy.calendar.school_calendar import FIRST_YEAR_GROUP, LAST_YEAR_GROUP, MonthDay
from careerspolicy.readers.tables import described, folded
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from careerspolicy.readers.tables import Column
    from careerspolicy.vocabulary import Value, Vocabulary

#: What a cell can mean: a value, a date, or (None) nothing said.
Meaning: TypeAlias = "Value | date | MonthDay | None"
#: Takes a cell as it was written; raises `BadValueError` for one that it cannot mean.
Convert: TypeAlias = "Callable[[Any], Meaning]"

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
_LONGEST_QUOTED: Final = 60

_YES_OR_NO: Final = {
    "yes": True, "true": True, "y": True, "1": True,
    "no": False, "false": False, "n": False, "0": False,
}  # fmt: skip
_ISO_DATE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_UK_DATE: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_NUMBER: Final = re.compile(r"\d{1,15}(\.\d{0,15})?", re.ASCII)
_WHOLE: Final = re.compile(r"\d{1,4}", re.ASCII)


class BadValueError(Exception):
    """A cell that cannot mean what its column holds: what is wrong, and how to mend it."""

    def __init__(self, message: str, hint: str) -> None:
        self.message, self.hint = message, hint
        super().__init__(message)


def quoted(cell: Any) -> str:
    """A cell as a message quotes it: short, and in its author's terms."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, (list, tuple, set, frozenset)):
        return "a list"
    if isinstance(cell, dict):
        return "a mapping"
    text = str(cell)
    shown = text if len(text) <= _LONGEST_QUOTED else text[: _LONGEST_QUOTED - 1] + "…"
    return f'"{shown}"'


def converter(column: Column, vocabulary: Vocabulary) -> Convert:
    """What turns the cells of a column into values; a blank cell means None."""
    if column.type == "one of":
        return _remembered(_one_of(column))
    if column.type in ("several of", "set"):
        return _remembered(_several(column))
    if column.type == "kind of record":
        return _remembered(_kind(vocabulary))
    if column.type == "date" and column.attribute:
        return _remembered(_date_as_text)
    convert = _SIMPLE[column.type]
    # Text is its own meaning: remembering each would only fill memory.
    return convert if column.type == "text" else _remembered(convert)


def _remembered(convert: Convert) -> Convert:
    """The converter, working each spelling out once: columns repeat themselves."""
    known: dict[str, Meaning] = {}
    bad: dict[str, tuple[str, str]] = {}

    def look_up(cell: Any) -> Meaning:
        # Only text is remembered: 1 and true would be one key.
        if cell.__class__ is not str:
            return convert(cell)
        if cell in known:
            return known[cell]
        if cell in bad:
            raise BadValueError(*bad[cell])
        try:
            return known.setdefault(cell, convert(cell))
        except BadValueError as error:
            bad[cell] = (error.message, error.hint)
            raise

    return look_up


def _plain(cell: Any) -> str:
    """A cell as trimmed text; whole numbers are as good as text, lists and mappings are not."""
    if cell.__class__ is str:
        return str(cell).strip()
    if cell is None:
        return ""
    if isinstance(cell, (str, int, float, date)) and not isinstance(cell, bool):
        return str(cell).strip()
    if isinstance(cell, bool):
        raise BadValueError(f"{quoted(cell)} is not text", "put it in quotation marks")
    raise BadValueError(f"{quoted(cell)} stands where one value belongs", "write one value")


def _text(cell: Any) -> str | None:
    return _plain(cell) or None


def _date(cell: Any) -> date | None:
    text = _plain(cell)
    if not text:
        return None
    if iso := _ISO_DATE.fullmatch(text):
        year, month, day = map(int, iso.groups())
    elif uk := _UK_DATE.fullmatch(text):
        day, month, year = map(int, uk.groups())
    else:
        raise BadValueError(f"{quoted(cell)} is not a date", _expected("date"))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        between = f"between {FIRST_YEAR} and {LAST_YEAR}"
        raise BadValueError(f"{quoted(cell)} is not a date {between}", "correct the year")
    try:
        return date(year, month, day)
    except ValueError:
        message = f"{quoted(cell)} is not a day of the calendar"
        raise BadValueError(message, _expected("date")) from None


def _date_as_text(cell: Any) -> str | None:
    found = _date(cell)
    return None if found is None else found.isoformat()


def _yes_or_no(cell: Any) -> bool | None:
    if isinstance(cell, bool):
        return cell
    text = _plain(cell).casefold()
    if not text:
        return None
    if text not in _YES_OR_NO:
        raise BadValueError(f"{quoted(cell)} is neither yes nor no", _expected("yes or no"))
    return _YES_OR_NO[text]


def _number(cell: Any) -> float | None:
    if isinstance(cell, bool):
        raise BadValueError(f"{quoted(cell)} is not a number", _expected("number"))
    text = _plain(cell)
    if not text:
        return None
    if text.startswith("-") and _NUMBER.fullmatch(text[1:]):
        raise BadValueError(f"{quoted(cell)} is below 0", _expected("number"))
    if not _NUMBER.fullmatch(text):
        raise BadValueError(f"{quoted(cell)} is not a number", _expected("number"))
    number = float(text)
    return int(number) if number.is_integer() else number


def _year_group(cell: Any) -> int | None:
    if isinstance(cell, bool):
        raise BadValueError(f"{quoted(cell)} is not a year group", _expected("year group"))
    text = _plain(cell)
    if not text:
        return None
    if text in ("R", "r"):
        return FIRST_YEAR_GROUP
    if not _WHOLE.fullmatch(text) or not FIRST_YEAR_GROUP <= int(text) <= LAST_YEAR_GROUP:
        raise BadValueError(f"{quoted(cell)} is not a year group", _expected("year group"))
    return int(text)


def _day_of_the_year(cell: Any) -> MonthDay | None:
    text = _plain(cell)
    if not text:
        return None
    try:
        return MonthDay.parse(text)
    except ValueError:
        message = f"{quoted(cell)} is not a day of the year"
        raise BadValueError(message, "write it as 1 September") from None


def _one_of(column: Column) -> Convert:
    admitted = {folded(value): value for value in column.values}

    def convert(cell: Any) -> str | None:
        text = _plain(cell)
        return _admitted(text, admitted, column) if text else None

    return convert


def _several(column: Column) -> Convert:
    admitted = {folded(value): value for value in column.values}

    def convert(cell: Any) -> frozenset[str] | None:
        listed = isinstance(cell, (list, tuple, set, frozenset))
        if not listed and not _plain(cell):
            return None
        texts = map(_plain, cell) if listed else map(str.strip, _plain(cell).split(";"))
        named = frozenset(filter(None, texts))
        if column.type == "set":
            return named
        return frozenset(_admitted(text, admitted, column) for text in named)

    return convert


def _admitted(text: str, admitted: Mapping[str, str], column: Column) -> str:
    found = admitted.get(folded(text))
    if found is not None:
        return found
    if not admitted:
        return text
    hint = did_you_mean(text, column.values) or "the data dictionary lists its values"
    raise BadValueError(f"{quoted(text)} is not a value of {column.name}", hint)


def _kind(vocabulary: Vocabulary) -> Convert:
    by_folded = {folded(name): name for name in vocabulary.record_kinds}

    def convert(cell: Any) -> str | None:
        text = _plain(cell)
        return by_folded.get(folded(text), text) if text else None

    return convert


def _expected(column_type: str) -> str:
    return f"write {described().types[column_type]['write']}"


_SIMPLE: Final[Mapping[str, Convert]] = {
    "text": _text,
    "date": _date,
    "year group": _year_group,
    "day of the year": _day_of_the_year,
    "yes or no": _yes_or_no,
    "number": _number,
}
