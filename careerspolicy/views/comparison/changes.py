"""Two versions of one policy: what changed, and how."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from careerspolicy.comparison.versions import Change
from careerspolicy.english.citations import cited
from careerspolicy.views.comparison.words import PART_WORDS, few_words, said_words
from careerspolicy.views.tree import Column, Item, List, Paragraph, Row, Section, Table, bullets
from careerspolicy.views.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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


def changes_section(changes: Sequence[Changed], old: str, new: str) -> Section:
    """The changes: a list for each sort of change."""
    amount = counted(len(changes), "change") if changes else "Nothing changed"
    sorts = (
        _sort(CHANGE_WORDS[change], [*told])
        for change, told in groupby(changes, key=lambda one: one.change)
    )
    said = Paragraph(words=f"{amount} from {old} to {new}.")
    return Section(title="What changed", id="changes", blocks=(said, *sorts))


def changes_sheet(changes: Iterable[Changed]) -> Table:
    """The changes, a row each."""
    columns = tuple(map(Column, ("change", "topic", "promise", "what")))
    rows = [
        Row((one.change.value, one.topic, one.promise.obligation.id, "\n".join(_told(one))))
        for one in changes
    ]
    return Table(name="Changes", columns=columns, rows=rows)


def _sort(words: str, changes: Sequence[Changed]) -> Section:
    items = (
        Item(f"{one.topic}: {one.promise.obligation.id}", (bullets(_told(one)),)) for one in changes
    )
    return Section(title=f"{words} ({len(changes)})", blocks=(List(tuple(items)),))


def _told(one: Changed) -> Iterator[str]:
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
    if one.relation and one.relation.doubt:
        yield one.relation.why
    yield from (shown.sentence for shown in (one.relation.witnesses if one.relation else ()))


def _part(difference: Difference) -> str:
    old, new = difference.said
    return f"{PART_WORDS[difference.part]}: was {said_words(old)}; is {said_words(new)}"


def _whole(promise: Promise) -> str:
    place = cited(promise.obligation)
    return f"{few_words(promise)}{f' ({place})' if place else ''}"
