"""What is wrong with a value of a read file, and where it stands: line, column, and words.

After `yaml_tree`; every problem with what a file says is placed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from careerspolicy.errors import Problem
from careerspolicy.plain.yaml_tree import LocatedDict, LocatedList

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


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
