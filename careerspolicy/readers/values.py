"""From what a cell says to the value it means: one parser for each type of column.

Every reader's rows pass through these, after `tables` and before `rows`.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from careerspolicy.calendar.school_calendar import FIRST_YEAR_GROUP, LAST_YEAR_GROUP, MonthDay
from careerspolicy.readers.days import Parts, read_day
from careerspolicy.readers.tables import described, folded
from careerspolicy.suggestions import did_you_mean, meant
from careerspolicy.vocabulary.names import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from careerspolicy.readers.days import Days
    from careerspolicy.readers.tables import Column, ColumnType
    from careerspolicy.vocabulary import Value, Vocabulary

#: What a cell can mean: a value, a date, or (None) nothing said.
Meaning: TypeAlias = "Value | date | MonthDay | None"
#: Takes a cell as it was written; raises `BadValueError` for one that it cannot mean.
Convert: TypeAlias = "Callable[[Any], Meaning]"
_Parse: TypeAlias = "Callable[[str], Meaning]"

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
_LONGEST_QUOTED: Final = 60

_LISTS: Final = (list, tuple, set, frozenset)
_SEVERAL: Final = ("several of", "set", "year groups")
_YES_OR_NO: Final = {
    **dict.fromkeys(("yes", "true", "t", "y", "1", "1.0", "✓", "✔"), True),
    **dict.fromkeys(("no", "false", "f", "n", "0", "0.0", "✗", "✘"), False),
}
_NUMBER: Final = re.compile(r"\d{1,15}(\.\d{0,15}|,\d{1,2})?|\.\d{1,15}|\d{1,3}(,\d{3})+", re.ASCII)
_DECIMAL_COMMA: Final = re.compile(r"\d+,\d{1,2}", re.ASCII)
_YEAR_GROUP: Final = re.compile(
    r"(?:(?:nc|school|curriculum)\s*)?(?:years?|yrs?|y)?\s*(?:group)?\.?\s*0*(\d{1,2})(?:\.0)?",
    re.ASCII | re.IGNORECASE,
)
#: Year groups by the names that several have together.
_STAGES: Final = {
    "all": "0-14",
    "all years": "0-14",
    "all year groups": "0-14",
    "whole school": "0-14",
    "ks3": "7-9",
    "ks4": "10-11",
    "ks5": "12-14",
    "sixth form": "12-14",
    "post-16": "12-14",
}
#: Columns of ids, which spreadsheets take for numbers and end in .0.
IDS: Final = frozenset(["id", "pupil", "school", "subject", "urn"])
OF_NUMBER: Final = ".0"
#: What stands between year groups, and between the first and the last of several.
_AND: Final = re.compile(r"[;,/&+]|\band\b", re.IGNORECASE)
_TO: Final = re.compile(r"[-–—]|\bto\b", re.IGNORECASE)  # noqa: RUF001 - as people write
_RECEPTION: Final = frozenset(["r", "rec", "reception", "year r", "yr r", "yearr"])
_NURSERY: Final = frozenset(
    ["n", "n1", "n2", "nursery", "nursery 1", "nursery 2", "year n1", "year n2"]
)


class BadValueError(Exception):
    """A cell that cannot mean what its column holds: what is wrong, and how to mend it.

    A `hidden` cell may be somebody's name, and is shown nowhere.
    """

    def __init__(self, message: str, hint: str, *, hidden: bool = False) -> None:
        self.message, self.hint, self.hidden = message, hint, hidden
        super().__init__(message)


class UselessError(Exception):
    """A cell that says that its row is of no use here, and why; that is no fault."""

    def __init__(self, why: str) -> None:
        self.reason = why
        super().__init__(why)


def quoted(cell: Any) -> str:
    """A cell as a message quotes it: short, and in its author's terms."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, _LISTS):
        return "a list"
    if isinstance(cell, dict):
        return "a mapping"
    text = str(cell)
    return f'"{text if len(text) <= _LONGEST_QUOTED else text[: _LONGEST_QUOTED - 1] + "…"}"'


def shown(value: Any) -> str:
    """A value as a message tells it."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def converter(column: Column, vocabulary: Vocabulary, days: Days | None = None) -> Convert:
    """What turns the cells of a column into values; a blank cell means None.

    `days` tells how the column writes its days: without it, day first.
    """
    parse = _parser(column, vocabulary, days)
    if column.type != "text":  # which is its own meaning: remembering each would only fill memory
        parse = lru_cache(maxsize=4096)(parse)  # columns repeat themselves

    def convert(cell: Any) -> Meaning:
        if cell.__class__ is not str:
            if isinstance(cell, bool):
                return _of_bool(cell, column.type)
            if isinstance(cell, _LISTS) and column.type in _SEVERAL:
                return _names(map(_written, cell), column)
            cell = _written(cell)
        text = cell.strip() if cell.isascii() else visible(cell)
        return parse(text) if text else None

    return convert


def _parser(column: Column, vocabulary: Vocabulary, days: Days | None) -> _Parse:
    """What turns text into a value of a column's type."""
    if column.name in IDS and column.type == "text":
        return _own_id
    if column.type == "kind of record":
        kinds = {folded(name): name for name in vocabulary.record_kinds}
        return lambda text: kinds.get(folded(text), text)
    if column.type == "one of":
        admitted = {folded(value): value for value in column.values}
        return lambda text: _admitted(text, admitted, column)
    if column.type == "year groups":
        return lambda text: _names(_AND.split(text), column)
    if column.type in _SEVERAL:
        return lambda text: _names(text.split(";"), column)
    if column.type == "date":
        if column.attribute:
            return lambda text: _date(text, days).isoformat()
        return lambda text: _date(text, days)
    return _PARSERS[column.type]


def _own_id(text: str) -> str:
    """An id; spreadsheets take many for a number, and write it with a point."""
    return text[:-2] if text.endswith(OF_NUMBER) and text[-3:-2].isdecimal() else text


def _of_bool(cell: bool, column_type: ColumnType) -> bool:  # noqa: FBT001 - it is the cell
    if column_type == "yes or no":
        return cell
    if column_type in ("number", "year group"):
        raise BadValueError(f"{quoted(cell)} is not a {column_type}", _expected(column_type))
    raise BadValueError(f"{quoted(cell)} is not text", "put it in quotation marks")


def _written(cell: Any) -> str:
    """A cell of one value as text; whole numbers are as good as text, lists are not."""
    if isinstance(cell, bool):
        return str(_of_bool(cell, "text"))
    if cell is None or isinstance(cell, (str, int, float, date)):
        return "" if cell is None else str(cell)
    raise BadValueError(f"{quoted(cell)} stands where one value belongs", "write one value")


def _date(text: str, days: Days | None) -> date:
    try:
        read = read_day(text)
        if isinstance(read, Parts):
            read = read.day(month_first=days is not None and days.of(read))
    except ValueError:
        message = f"{quoted(text)} is not a day of the calendar"
        raise BadValueError(message, _expected("date")) from None
    if read is None:
        raise BadValueError(f"{quoted(text)} is not a date", _expected("date"))
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        between = f"between {FIRST_YEAR} and {LAST_YEAR}"
        raise BadValueError(f"{quoted(text)} is not a date {between}", "correct the year")
    return read


def _yes_or_no(text: str) -> bool:
    if text.casefold() not in _YES_OR_NO:
        raise BadValueError(f"{quoted(text)} is neither yes nor no", _expected("yes or no"))
    return _YES_OR_NO[text.casefold()]


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        below = text.startswith("-") and _NUMBER.fullmatch(text[1:])
        wrong = "is below 0" if below else "is not a number"
        raise BadValueError(f"{quoted(text)} {wrong}", _expected("number"))
    number = float(text.replace(",", "." if _DECIMAL_COMMA.fullmatch(text) else ""))
    return int(number) if number.is_integer() else number


def _year_group(text: str) -> int:
    plain = text.casefold()
    if plain in _RECEPTION:
        return FIRST_YEAR_GROUP
    if plain in _NURSERY:
        raise UselessError("in the nursery, where no careers policy reaches")
    written = _YEAR_GROUP.fullmatch(plain)
    if not written or not FIRST_YEAR_GROUP <= int(written[1]) <= LAST_YEAR_GROUP:
        raise BadValueError(f"{quoted(text)} is not a year group", _expected("year group"))
    return int(written[1])


def _year_groups(text: str) -> Iterator[int]:
    """The year groups of one item of a list: one, or those from one to another."""
    plain = _STAGES.get(text.casefold(), text)
    first, *last = (_year_group(part.strip(" s")) for part in _TO.split(plain, 1))
    yield from range(first, (last or [first])[0] + 1)


def _day_of_the_year(text: str) -> MonthDay:
    try:
        return MonthDay.parse(text)
    except ValueError:
        message = f"{quoted(text)} is not a day of the year"
        raise BadValueError(message, "write it as 1 September") from None


def _names(written: Iterable[str], column: Column) -> frozenset[Any]:
    names = frozenset(filter(None, map(visible, written)))
    if column.type == "set":
        return names
    if column.type == "year groups":
        return frozenset(year for name in names for year in _year_groups(name))
    admitted = {folded(value): value for value in column.values}
    return frozenset(_admitted(name, admitted, column) for name in names)


def _admitted(text: str, admitted: Mapping[str, str], column: Column) -> str:
    """The column's own spelling of a word; a column that lists no words admits any."""
    value = admitted.get(folded(text))
    if value is None and admitted:
        value = meant(text, column.values) or None
    if value is None and admitted:
        hint = did_you_mean(text, column.values) or "the data dictionary lists its values"
        raise BadValueError(f"{quoted(text)} is not a value of {column.name}", hint)
    return text if value is None else value


def _expected(column_type: str) -> str:
    return f"write {described().types[column_type]['write']}"


_PARSERS: Final[Mapping[str, _Parse]] = {
    "text": str,
    "year group": _year_group,
    "day of the year": _day_of_the_year,
    "yes or no": _yes_or_no,
    "number": _number,
}
