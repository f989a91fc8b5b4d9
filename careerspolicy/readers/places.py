"""Where each of very many things stands first: of each thing itself only a hash is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from careerspolicy.readers.raw import ReadRow

#: How many bits of a place number the file.
_FILES_IN: Final = 32


@attrs.frozen
class Places:
    """By the hash of a thing, its line and the number of its file, in one number."""

    _at: dict[int, int] = attrs.field(factory=dict)
    _files: dict[str, int] = attrs.field(factory=dict)

    def __contains__(self, thing: Hashable) -> bool:
        return hash(thing) in self._at

    def are_new(self, things: Iterable[Hashable]) -> bool:
        """Whether none of these was met."""
        return self._at.keys().isdisjoint(map(hash, things))

    def add(self, thing: Hashable, row: ReadRow) -> None:
        """Keep where a thing stands; a row in memory has no line, and its own place."""
        if row.raw.row is None:
            self.add_lines([thing], row.source.file, [row.raw.line])
        else:
            self.add_lines([thing], row.place, [0])

    def add_lines(self, things: Iterable[Hashable], file: str, lines: Sequence[int]) -> None:
        """Keep that these things stand on these lines of a file."""
        number = self._files.setdefault(file, len(self._files))
        places = [line << _FILES_IN | number for line in lines]
        self._at.update(zip(map(hash, things), places, strict=True))

    def of(self, thing: Hashable) -> str:
        """The place of a thing that was met."""
        line, number = divmod(self._at[hash(thing)], 1 << _FILES_IN)
        file = [*self._files][number]
        return f"{file}:{line}" if line else file
