"""Names for what a file says and for what belongs there: a list, a whole number, the text "two".

Used by `conformity_words`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

#: JSON Schema's types in words.
NAMES: Final = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
}
_NUMBERS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
#: By the type found: what to do where one of these types is wanted, the likeliest first.
_HINTS: Final = {
    "integer": {"string": "put quotes round it", "array": "write it in brackets, as a list"},
    "object": {"array": "begin each item with a dash and a space", "string": "write one value"},
    "array": {"object": "write keys without dashes", "string": "write one value"},
}
_YES: Final = frozenset({"true", "yes", "on", "y"})
_NO: Final = frozenset({"false", "no", "off", "n"})


def found(value: Any) -> str:
    """What stands there.

    >>> found("two"), found(5), found([])
    ('the text "two"', 'the number 5', 'a list')
    """
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return f'the text "{short(value)}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"the number {value}" if isinstance(value, int) else NAMES[type_of(value)]


def type_of(value: Any) -> str:
    """The JSON Schema type of a plainly read value."""
    if value is None:
        return "null"
    kinds = ((bool, "boolean"), (int, "integer"), (str, "string"), (dict, "object"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "array")


def written(value: Any) -> str:
    """A plain value as it is written in a file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)


def either(words: Iterable[str]) -> str:
    """The words as a choice: "a list, a mapping or text"."""
    *most, last = dict.fromkeys(words)
    return f"{', '.join(most)} or {last}" if most else last


def short(text: str) -> str:
    """The text on one line, cut where it is long."""
    line = " ".join(text.split()) if "\n" in text else text
    return line if len(line) <= 60 else f"{line[:60]}…"


def type_hint(value: Any, wanted: Collection[str]) -> str:
    """How to turn a value into one of the types that are wanted; empty where that isn't plain."""
    if value is None:
        return "give it a value, or leave it out"
    if isinstance(value, str):
        return _text_hint(value, wanted)
    hints = _HINTS.get(type_of(value), {})
    return next((hint for name, hint in hints.items() if name in wanted), "")


def _text_hint(text: str, wanted: Collection[str]) -> str:
    folded = text.strip().casefold()
    if "boolean" in wanted and folded in _YES | _NO:
        return f"write {'true' if folded in _YES else 'false'}"
    if {"integer", "number"} & set(wanted):
        if folded in _NUMBERS:
            return f"write {_NUMBERS.index(folded)}"
        if re.fullmatch(r"-?[0-9]{1,18}", folded):
            return f"write {int(folded)}, without quotes or leading zeros"
    if "array" in wanted and "\n" not in text:
        return f"write it as a list: [{short(text)}]"
    if "object" in wanted:
        return "write its keys below it, indented, each with a colon and a space"
    return ""
