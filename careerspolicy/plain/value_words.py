"""Names for what a file says and for what belongs there: a list, a whole number, the text "two".

Used wherever a message says what was found.
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
_KEYS_BELOW: Final = "write its keys below it, indented, each with a colon and a space"
_YES: Final = frozenset({"true", "yes", "on", "y"})
_NO: Final = frozenset({"false", "no", "off", "n"})


def name_of(value: Any) -> str:
    """What stands there.

    >>> name_of("two"), name_of(5), name_of([])
    ('the text "two"', 'the number 5', 'a list')
    """
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return f'the text "{on_one_line(value)}"'
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


def on_one_line(text: str) -> str:
    """The text on one line, cut where it is long."""
    return shortened(" ".join(text.split()) if "\n" in text else text, 60)


def shortened(text: str, most: int = 40) -> str:
    """The text as a message quotes it: cut where it is long."""
    return text if len(text) <= most else f"{text[:most]}…"


def type_hint(value: Any, wanted: Collection[str]) -> str:
    """How to turn a value into one of the types that are wanted; empty where that isn't plain."""
    if value is None:
        return "give it a value, or leave it out"
    if sure := spelling_hint(value, wanted):
        return sure
    if not isinstance(value, str):
        hints = _HINTS.get(type_of(value), {})
        return next((hint for name, hint in hints.items() if name in wanted), "")
    if "array" in wanted and "\n" not in value:
        return f"write it as a list: [{on_one_line(value)}]"
    return _KEYS_BELOW if "object" in wanted else ""


def spelling_hint(value: Any, wanted: Collection[str]) -> str:
    """How to write a number, or true or false, that is spelt out as text; else empty."""
    text = value.strip().casefold() if isinstance(value, str) else ""
    if "boolean" in wanted and text in _YES | _NO:
        return f"write {'true' if text in _YES else 'false'}"
    if not {"integer", "number"} & set(wanted):
        return ""
    if re.fullmatch(r"-?[0-9]{1,18}", text):
        return f"write {int(text)}, without quotes or leading zeros"
    return f"write {_NUMBERS.index(text)}" if text in _NUMBERS else ""
