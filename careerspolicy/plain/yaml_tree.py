"""YAML read plainly and safely, with the line and column of every value.

First step of loading: bytes become mappings, lists, text, whole numbers, true/false and nothing.
All else that YAML can do (anchors, tags, several documents) is refused with a message, so nothing
in a file can run code, grow in memory, or turn `no` into false. JSON is YAML and is read alike.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import attrs
import yaml

from careerspolicy.errors import Problem, UnusableInput
from careerspolicy.plain.text import INVISIBLE, bytes_of, text_of
from careerspolicy.plain.value_words import shortened
from careerspolicy.plain.yaml_mistakes import mistake_in

if TYPE_CHECKING:
    from pathlib import Path

POLICY_LIMIT: Final = 4 * 2**20
FACTS_LIMIT: Final = 64 * 2**20

#: Deeper than any policy or export; a bound on what a hostile file can make others recurse into.
DEEPEST: Final = 50
#: More would help nobody, and a hostile file could otherwise ask for millions.
_MOST_PROBLEMS: Final = 100

_Place = tuple[int, int]

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: Final[dict[str, bool | None]] = {
    "true": True, "false": False, "null": None, "~": None, "": None,
}  # fmt: skip
_NUMBER_START: Final = frozenset("-0123456789")
_WHOLE: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,17})?")


class LocatedDict(dict[str, Any]):
    """A mapping that knows the line and column (from 1) of each of its keys and values."""

    __slots__ = ("key_places", "value_places")

    def __init__(self) -> None:
        super().__init__()
        self.key_places: dict[str, _Place] = {}
        self.value_places: dict[str, _Place] = {}


class LocatedList(list[Any]):
    """A list that knows the line and column (from 1) of each of its items."""

    __slots__ = ("value_places",)

    def __init__(self) -> None:
        super().__init__()
        self.value_places: list[_Place] = []


def load_plain(path: Path, *, limit: int = POLICY_LIMIT) -> Any:
    """What a YAML or JSON file says; see `read_plain`.

    Raises UnusableInput, without reading it, for a file that is missing, too large or no file.
    """
    return read_plain(bytes_of(path, limit), str(path), limit=limit)


def read_plain(data: bytes, file: str, *, limit: int = POLICY_LIMIT) -> Any:
    """What YAML or JSON text says; `file` names it in messages, `limit` is its most bytes.

    Unquoted whole numbers of up to 18 digits, `true`, `false`, `null`, `~` and empty values are
    what they look like; everything else is text, exactly as written.

    >>> read_plain(b"{section: 5.10, open: no, year: 8}", "example.yaml")
    {'section': '5.10', 'open': 'no', 'year': 8}

    Raises UnusableInput with every problem of the file; broken YAML stops at the first.
    """
    text = text_of(data, file, limit)
    try:
        return _Builder(file).build(_LOADER(text))
    except yaml.MarkedYAMLError as error:
        raise UnusableInput([mistake_in(error, text, file)]) from None
    except yaml.YAMLError:  # about the text as a whole, with no place
        message = "this cannot be read as YAML"
        raise UnusableInput.of(file, message, "save it as plain text") from None


def as_number(value: object) -> float | int | None:
    """The number that a value stands for where a decimal is asked for; None if it is none.

    >>> as_number("2.5"), as_number(3), as_number("1e5")
    (2.5, 3, None)
    """
    if isinstance(value, (int, float)):
        return None if isinstance(value, bool) else value
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        return None
    return float(value) if "." in value else int(value)


#: Stand in place of a key that is refused; the value that follows is read and dropped.
_REFUSED: Final[Any] = object()
_MERGE: Final[Any] = object()


class _Builder:
    """Builds the tree from the parser's events with a stack of its own, so nothing recurses."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._problems: list[Problem] = []
        self._root: Any = None
        self._top: LocatedDict | LocatedList | None = None
        self._key: Any = None  # of the top mapping: the key that waits for its value
        self._outer: list[tuple[LocatedDict | LocatedList | None, Any]] = []

    def build(self, loader: Any) -> Any:
        """The root of the tree; raises UnusableInput with every problem that was met."""
        takers = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._open,
            yaml.SequenceStartEvent: self._open,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._alias,
        }
        taker_of, next_event, documents = takers.get, loader.get_event, 0
        while True:
            event = next_event()
            if taker := taker_of(type(event)):
                taker(event)
            elif type(event) is yaml.DocumentStartEvent:
                documents += 1
                if documents == 2:
                    self._say(event, "a second document begins here", "keep one in each file")
                    break
            elif type(event) is yaml.StreamEndEvent:
                break
        if not documents:
            self._say_empty()
        if self._problems:
            raise UnusableInput(self._problems)
        return self._root

    def _scalar(self, event: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        text, style = event.value, event.style
        if style == '"' and not text.isprintable() and INVISIBLE.search(text):
            self._say(event, "a code for a control character stands in this text", "leave it out")
        value = text if style else _plain(text)
        mark, top = event.start_mark, self._top
        place = (mark.line + 1, mark.column + 1)
        if type(top) is LocatedDict and self._key is None:
            self._take_key(event, value, place)
        elif top is None and not style and not text:
            self._say_empty()
        else:
            self._put(value, place)

    def _open(self, event: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        if len(self._outer) == DEEPEST:
            self._say(event, f"this is nested more than {DEEPEST} deep", "nest it less deep")
            raise UnusableInput(self._problems)
        made = LocatedDict() if type(event) is yaml.MappingStartEvent else LocatedList()
        if type(self._top) is LocatedDict and self._key is None:
            what = "a mapping" if type(made) is LocatedDict else "a list"
            hint = "put quotes round text that begins with { or ["
            self._say(event, f"{what} stands where a key belongs", hint)
            self._key = _REFUSED
        else:
            self._put(made, _place_of(event))
        self._outer.append((self._top, self._key))
        self._top, self._key = made, None

    def _close(self, _: Any) -> None:
        self._top, self._key = self._outer.pop()

    def _alias(self, event: Any) -> None:
        if self._key is not _MERGE:
            hint = "write it out, or put quotes round text that begins with *"
            self._say(event, f"a reference (*{shortened(event.anchor)}) is not allowed", hint)
        if type(self._top) is LocatedDict and self._key is None:
            self._key = _REFUSED
        else:
            self._put(None, _place_of(event))

    def _put(self, value: Any, place: _Place) -> None:
        top = self._top
        if type(top) is LocatedDict:
            key, self._key = self._key, None
            if key is not _REFUSED and key is not _MERGE:
                top[key] = value
                top.value_places[key] = place
        elif type(top) is LocatedList:
            top.append(value)
            top.value_places.append(place)
        else:
            self._root = value

    def _take_key(self, event: Any, key: Any, place: _Place) -> None:
        top = self._top
        assert type(top) is LocatedDict  # noqa: S101 - the caller has looked
        self._key = key
        if type(key) is not str:
            self._key = _REFUSED
            text = event.value
            message = f"{text} stands as a key, which must be text"
            if text:
                self._say(event, message, f'put quotes round it: "{text}"')
            else:
                self._say(event, "a key is missing before the colon", "write the key")
        elif key in top.key_places:
            self._key = _REFUSED
            first = top.key_places[key][0]
            hint = "leave one of the two out"
            self._say(event, f'"{shortened(key)}" stands here again, first in line {first}', hint)
        elif key == "<<" and not event.style:
            self._key = _MERGE
            self._say(event, "merging (<<) is not allowed", "write the keys out")
        else:
            top.key_places[key] = place

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            hint = "leave it out, or put quotes round text that begins with &"
            self._say(event, f"an anchor (&{shortened(event.anchor)}) is not allowed", hint)
        if event.tag is not None:
            hint = "leave it out, or put quotes round text that begins with !"
            tag = event.tag.replace("tag:yaml.org,2002:", "!!", 1)
            self._say(event, f"a tag ({shortened(tag)}) is not allowed", hint)

    def _say_empty(self) -> None:
        hint = "write in it, or name another file"
        problem = Problem(file=self._file, message="this file says nothing", hint=hint)
        self._problems.append(problem)

    def _say(self, event: Any, message: str, hint: str) -> None:
        line, column = _place_of(event)
        problem = Problem(file=self._file, line=line, column=column, message=message, hint=hint)
        self._problems.append(problem)
        if len(self._problems) == _MOST_PROBLEMS:
            more = "the rest of the file was not read, after so many problems"
            last = attrs.evolve(problem, message=more, hint="mend those first")
            raise UnusableInput([*self._problems, last])


def _place_of(event: Any) -> _Place:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1)


def _plain(text: str) -> str | int | bool | None:
    """What an unquoted value is."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _NUMBER_START and _WHOLE.fullmatch(text):
        return int(text)
    return text
