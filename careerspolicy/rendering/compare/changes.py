"""Two versions of one policy, for people: what changed, and how."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from rich.table import Table
from rich.text import Text

from careerspolicy.comparison.versions import Change
from careerspolicy.english.answers import witness_sentence
from careerspolicy.english.citations import cited
from careerspolicy.rendering.compare.words import PART_WORDS, few_words, said_words
from careerspolicy.rendering.printable import printable
from careerspolicy.rendering.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import RenderableType

    from careerspolicy.comparison.differences import Difference
    from careerspolicy.comparison.versions import Changed
    from careerspolicy.solver.promises import Promise

#: What each change means, for those who read the lists.
CHANGE_WORDS: Final[Mapping[Change, str]] = {
    Change.ADDED: "Added",
    Change.REMOVED: "Removed",
    Change.TIGHTENED: "Tightened: asks more, or says it more strongly",
    Change.LOOSENED: "Loosened: asks less, or says it less strongly",
    Change.CHANGED: "Changed: not simply more or simply less, or not decided",
    Change.REWORDED: "Reworded",
}


def changes_text(changes: Sequence[Changed], old: str, new: str) -> Iterator[RenderableType]:
    """The changes for a terminal: a list for each sort of change."""
    if not changes:
        yield Text(f"Nothing changed from {printable(old)} to {printable(new)}.")
        return
    yield Text(f"{counted(len(changes), 'change')} from {printable(old)} to {printable(new)}.")
    for change, told in groupby(changes, key=lambda one: one.change):
        group = [*told]
        yield Text()
        yield Text(f"{CHANGE_WORDS[change]} ({len(group)})", style="bold")
        for one in group:
            yield _block(one)


def changes_listed(changes: Sequence[Changed] | None) -> list[dict[str, Any]] | None:
    """The changes for documents: each sort with its changes, in lines.

    None where these are not two versions of one policy.
    """
    if changes is None:
        return None
    return [
        {
            "words": CHANGE_WORDS[change],
            "changes": [{"heading": heading(one), "lines": [*told(one)]} for one in group],
        }
        for change, group in groupby(changes, key=lambda one: one.change)
    ]


def _block(one: Changed) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_row(Text("-"), Text(printable(heading(one))))
    for line in told(one):
        grid.add_row("", Text(printable(line)))
    return grid


def heading(one: Changed) -> str:
    """What changed, by the topic and id of the promise as it is now, or was."""
    return f"{one.topic}: {one.promise.obligation.id}"


def told(one: Changed) -> Iterator[str]:
    """A change in lines: what it said and says, part by part where both are there."""
    if one.old is None or one.new is None:
        yield _whole(one.promise)
        return
    if one.old.obligation.id != one.new.obligation.id:
        yield f"its id was {one.old.obligation.id}"
    if one.old.obligation.topic != one.new.obligation.topic:
        yield f"its topic was {one.old.obligation.topic}"
    if not one.differences:
        yield f"was: {one.old.obligation.title}"
        yield f"is: {one.new.obligation.title}"
    yield from map(_part, one.differences)
    if one.relation and one.relation.why:
        yield one.relation.why
    yield from map(witness_sentence, one.relation.witnesses if one.relation else ())


def _part(difference: Difference) -> str:
    old, new = difference.said
    return f"{PART_WORDS[difference.part]}: was {said_words(old)}; is {said_words(new)}"


def _whole(promise: Promise) -> str:
    place = cited(promise.obligation)
    return f"{few_words(promise)}{f' ({place})' if place else ''}"
