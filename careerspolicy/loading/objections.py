"""What a sense check objects to, before it is placed in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from careerspolicy.calendar.partial_date import PartialDate
from careerspolicy.loading.records import parsed
from careerspolicy.plain.places import problem_at
from careerspolicy.suggestions import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from careerspolicy.errors import Problem

Path: TypeAlias = tuple[str | int, ...]


@attrs.frozen
class Objection:
    """What makes no sense: the way to it, what, and how to mend it."""

    path: Path
    message: str
    hint: str = ""

    def within(self, *way: str | int) -> Objection:
        """The same, seen from further out."""
        return attrs.evolve(self, path=(*way, *self.path))

    def problem(self, tree: Any, file: str) -> Problem:
        """The problem in a file whose tree the path leads through."""
        return problem_at(tree, self.path, self.message, self.hint, file=file)


def unknown(
    path: Path, word: str, what: str, known: Iterable[str], place: str = "", otherwise: str = ""
) -> Iterator[Objection]:
    """An objection, if a word isn't among those known, with the nearest one as the hint.

    `place` is where under `vocabulary` a file adds such a word of its own, if it can; `otherwise`
    is the hint for want of a word to name.
    """
    listed = list(known)
    if word in listed:
        return
    hint = did_you_mean(word, listed) or otherwise
    if place and not nearest(word, listed):
        added = f"under vocabulary: {place}:"
        hint = (
            f"{hint}; another goes {added}" if hint else f"add it {added} if this policy needs it"
        )
    yield Objection(path, f'"{word}" is not {what}', hint)


def uncalendared(path: Path, written: str | int) -> Iterator[Objection]:
    """An objection, if a date, month or year isn't in the calendar."""
    if parsed(PartialDate.parse, written) is None:
        hint = "write a date such as 2023-01-01, or leave out the day"
        yield Objection(path, f'"{written}" is not in the calendar', hint)
