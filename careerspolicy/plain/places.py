"""Places in a YAML file: where a value stands, and others written there into the file's own text.

What is written leaves comments, order and layout as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs
import yaml

from careerspolicy.errors import Problem
from careerspolicy.plain.yaml_tree import LocatedDict, LocatedList

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


Path: TypeAlias = tuple[str | int, ...]


@attrs.frozen
class Objection:
    """What is wrong with the value at a path, or with one of its keys, and how to mend it."""

    path: Path
    message: str
    hint: str = ""
    key: str = ""

    def within(self, *way: str | int) -> Objection:
        """The same, seen from further out."""
        return attrs.evolve(self, path=(*way, *self.path))

    def problem(self, root: Any, file: str) -> Problem:
        """The problem in a read file, from whose root the path leads."""
        place = (*self.path, self.key) if self.key else self.path
        line, column = place_of(root, place, key=bool(self.key))
        return Problem(
            file=file,
            line=line,
            column=column,
            path=path_in_words(root, self.path),
            message=self.message,
            hint=self.hint,
        )


def place_of(root: Any, path: Sequence[str | int], *, key: bool = False) -> tuple[int, int]:
    """The line and column of the value, or of its key, at a path from the root of a read file.

    The nearest enclosing place where the path goes beyond what there is; (1, 1) for the root.
    """
    place, value = (1, 1), root
    for at, step in enumerate(path, start=1):
        if isinstance(value, LocatedDict) and step in value:
            wanted = value.key_places if key and at == len(path) else value.value_places
            place, value = wanted[str(step)], value[str(step)]
        elif isinstance(value, LocatedList) and isinstance(step, int) and 0 <= step < len(value):
            place, value = value.value_places[step], value[step]
        else:
            break
    return place


def path_in_words(root: Any, path: Iterable[str | int]) -> tuple[str, ...]:
    """A path in the author's words: an item goes by its `id`, for want of one by its number.

    >>> path_in_words({"obligations": [{"id": "hours", "to": 1}]}, ["obligations", 0, "to"])
    ('hours', 'to')
    >>> path_in_words({"obligations": [{"id": "hours"}, {}]}, ["obligations", 1])
    ('obligations', 'item 2')
    """
    words: list[str] = []
    value = root
    for step in path:
        value = value[step]
        name = value.get("id") if isinstance(step, int) and isinstance(value, dict) else None
        if isinstance(step, str):
            words.append(step)
        elif isinstance(name, str) and name:
            words[-1:] = [name]  # the id says more than the list's name
        else:
            words.append(f"item {step + 1}")
    return tuple(words)


_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MARK: Final = "\ufeff"
_LINE_END: Final = re.compile(r"\r\n|\r|\n|$")

#: Where characters begin and end that others take the place of.
_Edit = tuple[int, int, str]


def with_values(
    text: str,
    changes: Iterable[tuple[Sequence[str | int], Mapping[str, str]]],
    *,
    after: Sequence[str],
) -> str:
    """A YAML file's text, with those values, as YAML writes them, in the mapping at each path.

    A new key goes to the end of a mapping in braces; in a block, below the first that is there of
    `after`. What says the same already stays as it is. A path may leave out a list of one item.
    """
    mark, body = (_MARK, text[1:]) if text.startswith(_MARK) else ("", text)
    root = yaml.compose(body, Loader=_LOADER)
    edits: list[_Edit] = []
    for path, values in changes:
        node = _at(root, path)
        new = [f"{key}: {value}" for key, value in values.items() if key not in _keys(node)]
        edits += _replacements(node, values, body)
        edits += [_insertion(node, new, body, after)] if new else []
    for start, end, written in sorted(edits, reverse=True):
        body = body[:start] + written + body[end:]
    return mark + body


def _at(root: Any, path: Sequence[str | int]) -> Any:
    node = root
    for step in path:
        node = node.value[step] if isinstance(step, int) else _keys(node)[step][1]
    return node.value[0] if isinstance(node, yaml.SequenceNode) else node


def _keys(node: Any) -> dict[str, tuple[Any, Any]]:
    """The nodes of each key and its value."""
    return {key.value: (key, value) for key, value in node.value}


def _replacements(node: Any, values: Mapping[str, str], text: str) -> Iterator[_Edit]:
    for key, (_, value) in _keys(node).items():
        start, end = value.start_mark.index, value.end_mark.index
        new = values.get(key, text[start:end])
        if text[start:end].strip("\"'") != new.strip("\"'"):
            yield start, end, new


def _insertion(node: Any, new: Sequence[str], text: str, after: Sequence[str]) -> _Edit:
    if node.flow_style:
        end = node.value[-1][1].end_mark.index
        return end, end, "".join(f", {line}" for line in new)
    keys = _keys(node)
    key, value = next(keys[name] for name in after if name in keys)
    end = next(_LINE_END.finditer(text, value.end_mark.index))
    indent = (end[0] or "\n") + " " * key.start_mark.column
    return end.start(), end.start(), "".join(indent + line for line in new)
