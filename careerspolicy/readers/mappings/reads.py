"""How the cells of an export are read where they are not written as ours are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from careerspolicy.calendar.school_calendar import FIRST_YEAR_GROUP, LAST_YEAR_GROUP
from careerspolicy.readers.values import BadValueError, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: The year group of the youngest whom a school teaches is so much below their age, and that of the
#: oldest below the age at which they leave.
_BELOW_LOWEST: Final = 4
_BELOW_HIGHEST: Final = 5
_PART_OF_ONE: Final = re.compile(r"0?\.\d+|1(?:\.0+)?", re.ASCII)
_CLASS: Final = re.compile(r"(?:.*:\s*)?(R|\d{1,2})[^\d]*", re.IGNORECASE | re.ASCII)


def _lowest_age(text: str) -> str:
    return _year_of_age(text, _BELOW_LOWEST)


def _highest_age(text: str) -> str:
    return _year_of_age(text, _BELOW_HIGHEST)


def _year_of_age(text: str, below: int) -> str:
    """The year group of an age, as the register gives it, within those that there are."""
    if not text.isdecimal():
        raise BadValueError(f"{quoted(text)} is not an age", "write whole years")
    return str(min(max(int(text) - below, FIRST_YEAR_GROUP), LAST_YEAR_GROUP))


def _of_class(text: str) -> str:
    """The year group that a class is named by; many a class is named by none."""
    written = _CLASS.match(text)
    return written[1] if written else ""


def _percentage(text: str) -> str:
    """A percentage with its sign or without; spreadsheets hold it as a part of one."""
    number = text.rstrip("% ")
    if number == text and (whole := _PART_OF_ONE.fullmatch(number)):
        return str(round(float(whole[0]) * 100, 6))
    return number


def _last(text: str) -> str:
    """The last of several, where an export tells a history."""
    return text.rpartition(";")[2].strip()


def _minutes(text: str) -> str:
    """Minutes as hours."""
    return str(float(text) / 60) if text.replace(".", "", 1).isdecimal() else text


def _part(text: str) -> str:
    """The first of two numbers, as in 6/8 or 6 of 8."""
    return re.split(r"\s*(?:/|of)\s*", text)[0]


#: What reads a cell, by what a mapping calls it.
READS: Final[Mapping[str, Callable[[str], str]]] = {
    "lowest age": _lowest_age,
    "highest age": _highest_age,
    "class name": _of_class,
    "last": _last,
    "part": _part,
    "minutes": _minutes,
    "percentage": _percentage,
}
