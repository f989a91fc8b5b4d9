"""Where each of very many things stands first: of each thing itself only a hash is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Sequence

    from careerspolicy.readers.batches import Batch
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

    def add(self, things: Sequence[Hashable], batch: Batch, but: Collection[int]) -> None:
        """Keep where the things of some rows stand, but those of some, and those that are None."""
        lines = batch.lines
        kept = [at for at, one in enumerate(things) if one is not None and at not in but]
        if not lines:
            for at in kept:
                self.add_row(things[at], batch.row(at))
            return
        number = self._number(batch.source.file)
        self._at.update((hash(things[at]), lines[at] << _FILES_IN | number) for at in kept)

    def add_row(self, thing: Hashable, row: ReadRow) -> None:
        """Keep where a thing stands; a row in memory has no line, and its own place."""
        line, file = row.raw.line, row.source.file
        if row.raw.row is not None:
            line, file = 0, row.place
        self._at[hash(thing)] = line << _FILES_IN | self._number(file)

    def _number(self, file: str) -> int:
        return self._files.setdefault(file, len(self._files))

    def discard(self, thing: Hashable) -> None:
        """Forget a thing, if it was met."""
        self._at.pop(hash(thing), None)

    def of(self, thing: Hashable) -> str:
        """The place of a thing that was met."""
        line, number = divmod(self._at[hash(thing)], 1 << _FILES_IN)
        file = [*self._files][number]
        return f"{file}:{line}" if line else file
