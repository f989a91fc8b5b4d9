"""The records of facts, from drafts of them: held, or given away as they are read."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from itertools import chain, count, repeat
from typing import TYPE_CHECKING, Protocol

from careerspolicy.readers.drafts import Drafts, drafts_of
from careerspolicy.readers.places import Places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from careerspolicy.model.facts import Record
    from careerspolicy.readers.doubts import Doubts
    from careerspolicy.readers.reading import Reading


class Into(Protocol):
    """What takes records as they are read; where the reading begins again, it forgets them."""

    def forget(self) -> None:
        """Forget whatever was taken."""

    def take(self, kind: str, records: Sequence[Record]) -> None:
        """Take some of the records of a kind."""


def records_from(reading: Reading, doubts: Doubts) -> tuple[Record, ...]:
    """The records, kind by kind; those that are about another come last.

    Those without an id are named by their kind and a number, out of the way of ids that are given.
    """
    kept: list[Drafts] = []
    with _uncollected():
        seen = _read(reading, doubts, kept.append)
        names = {kind: _free_names(kind, seen) for kind in reading.vocabulary.record_kinds}
        return tuple(chain.from_iterable(each.records(names[each.kind]) for each in kept))


def stream_records(reading: Reading, doubts: Doubts, into: Into) -> tuple[Record, ...]:
    """Give the records as they are read, in the same order, and keep only those that end a stay.

    Those without an id stay so.
    """
    ends: list[Record] = []

    def give(drafts: Drafts) -> None:
        records = [*drafts.records(repeat(""))]
        into.take(drafts.kind, records)
        if reading.vocabulary.kinds[drafts.kind].ends_stay:
            ends.extend(records)

    into.forget()
    with _uncollected():
        _read(reading, doubts, give)
    return tuple(ends)


def _read(reading: Reading, doubts: Doubts, take: Callable[[Drafts], None]) -> Places:
    """Read the records; where the ids stand that they have."""
    seen, waiting = Places(), list[Drafts]()
    for kind in reading.vocabulary.record_kinds:
        for drafts in drafts_of(reading, kind, seen, doubts):
            if drafts.rows:
                waiting.append(drafts.only([*drafts.rows]))
                take(drafts.only([at for at in range(len(drafts)) if at not in drafts.rows]))
            else:
                take(drafts)
    for drafts, kept in _standing(reading, waiting, seen):
        take(drafts.only(kept))
    reading.known["record"] = seen
    return seen


def _standing(
    reading: Reading, waiting: Sequence[Drafts], seen: Places
) -> Iterator[tuple[Drafts, Sequence[int]]]:
    """Those whose other record is here; what is about a rejected record is rejected with it."""
    left = [{*range(len(drafts))} for drafts in waiting]
    fell = True
    while fell:
        fell = False
        for drafts, standing in zip(waiting, left, strict=True):
            for at in sorted(standing):
                about = drafts.abouts[at]
                if about not in seen:
                    reading.reject_for_unknown(drafts.rows[at], "about", "record", about)
                    standing.discard(at)
                    seen.discard(drafts.ids[at])
                    fell = True
    return zip(waiting, map(sorted, left), strict=True)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Garbage is not looked for meanwhile: of very many new records none is any."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _free_names(kind: str, taken: Places) -> Iterator[str]:
    """Names for records of a kind that have none, out of the way of those that are given."""
    return (name for number in count(1) if (name := f"{kind} {number}") not in taken)
