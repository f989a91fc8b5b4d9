"""Where each of very many things stands first."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator, Sequence

    from careerspolicy.readers.batches import Batch
    from careerspolicy.readers.raw import ReadRow


@attrs.frozen
class Places:
    """By file the things that stand in it, with their lines; of a row in memory, its place."""

    _files: defaultdict[str, dict[Any, Any]] = attrs.field(factory=lambda: defaultdict(dict))

    def __contains__(self, thing: Hashable) -> bool:
        return any(thing in things for things in self._files.values())

    def __iter__(self) -> Iterator[Any]:
        """The things that were met."""
        return chain.from_iterable(self._files.values())

    def among(self, things: Collection[Hashable]) -> set[Hashable]:
        """Those of some things that were met."""
        return {thing for own in self._files.values() for thing in own.keys() & things}

    def add(self, things: Sequence[Hashable], batch: Batch, but: Collection[int]) -> None:
        """Keep where the things of some rows stand, but those of some, and those that are None."""
        own = self._files[batch.source.file]
        places: Sequence[int | str] = batch.lines
        if not places:
            places = [*map(attrgetter("place"), batch)]
        if but or None in things:
            whole = enumerate(zip(things, places, strict=True))
            own.update(each for at, each in whole if each[0] is not None and at not in but)
        else:
            own.update(zip(things, places, strict=True))

    def add_row(self, thing: Hashable, row: ReadRow) -> None:
        """Keep where a thing stands."""
        self._files[row.source.file][thing] = row.place if row.raw.row is not None else row.raw.line

    def discard(self, thing: Hashable) -> None:
        """Forget a thing, if it was met."""
        for things in self._files.values():
            things.pop(thing, None)

    def of(self, thing: Hashable) -> str:
        """The place of a thing that was met."""
        file, at = next((file, own[thing]) for file, own in self._files.items() if thing in own)
        if isinstance(at, str):
            return at
        return f"{file}:{at}" if at else file
