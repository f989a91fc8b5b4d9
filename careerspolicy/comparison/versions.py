"""Two versions of one policy: what was added, removed, tightened, loosened and reworded.

Promises are matched by their ids first, wherever in the file they stand and whatever their topic is
now, and the rest by likeness.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.comparison.comparing import called, names
from careerspolicy.comparison.counterparts import rows
from careerspolicy.comparison.differences import Difference, differences
from careerspolicy.comparison.promises import CONTENT, Part, attested
from careerspolicy.comparison.relating import Related, related
from careerspolicy.solver.promises import Promise
from careerspolicy.solver.relations import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.model.policy import Policy

#: What the two versions are called while they are matched.
_OLD, _NEW = "old", "new"


class Change(Enum):
    """What became of a promise; `changed` asks more in one way and less, or else, in another."""

    ADDED = "added"
    REMOVED = "removed"
    TIGHTENED = "tightened"
    LOOSENED = "loosened"
    CHANGED = "changed"
    REWORDED = "reworded"


_WAYS: Final = {Standing.STRICTER: Change.TIGHTENED, Standing.WEAKER: Change.LOOSENED}


@attrs.frozen(kw_only=True)
class Changed:
    """One promise that is not what it was; `old` or `new` is None where there is none.

    `relation` is how what the new one asks stands to what the old one asked.
    """

    change: Change
    old: Promise | None = None
    new: Promise | None = None
    differences: tuple[Difference, ...] = ()
    relation: Related | None = None

    @property
    def promise(self) -> Promise:
        """The promise as it is now, or as it last was."""
        promise = self.new or self.old
        if promise is None:
            raise ValueError("a change is of some promise, old or new")
        return promise

    @property
    def topic(self) -> str:
        """The topic it belongs to now, or last did."""
        return self.promise.obligation.topic


def versions_of_one(policies: tuple[Policy, ...]) -> bool:
    """Whether these are two versions of one policy: two of the same id, or of the same trust."""
    if len(policies) != 2:
        return False
    old, new = policies
    return old.id == new.id or old.trust == new.trust


def changes(old: Policy, new: Policy) -> tuple[Changed, ...]:
    """What changed from one version to the next, in the order of `Change`, then of the files."""
    versions = called(names([old, new])).values()
    changed = [change for pair in _matched(*versions) if (change := _changed(*pair))]
    order = list(Change)
    return tuple(sorted(changed, key=lambda change: order.index(change.change)))


def _matched(old: Policy, new: Policy) -> Iterator[tuple[Promise | None, Promise | None]]:
    """Each promise of either version, with the one that it is or was in the other."""
    for obligation in new.obligations:
        if before := old.obligation(obligation.id):
            yield Promise(old, before), Promise(new, obligation)
    rest = {
        _OLD: [
            Promise(old, obligation)
            for obligation in old.obligations
            if not new.obligation(obligation.id)
        ],
        _NEW: [
            Promise(new, obligation)
            for obligation in new.obligations
            if not old.obligation(obligation.id)
        ],
    }
    for row in rows({name: made for name, made in rest.items() if made}):
        yield row.get(_OLD), row.get(_NEW)


def _changed(old: Promise | None, new: Promise | None) -> Changed | None:
    """What became of a promise; None if nothing did."""
    if old is None or new is None:
        return Changed(change=Change.REMOVED if new is None else Change.ADDED, old=old, new=new)
    unlike = differences({_OLD: old, _NEW: new})
    if not unlike and old.obligation.title == new.obligation.title:
        return None
    relation = related((_NEW, new), (_OLD, old))
    ways = set(_ways(old, new, {difference.part for difference in unlike}, relation.kind))
    change = Change.REWORDED if not ways else Change.CHANGED if len(ways) > 1 else ways.pop()
    return Changed(change=change, old=old, new=new, differences=unlike, relation=relation)


def _ways(old: Promise, new: Promise, parts: set[Part], kind: Standing) -> Iterator[Change]:
    """Which way each part went; nothing for words that no record measures."""
    before, after = old.obligation, new.obligation
    if Part.WHO in parts:
        yield Change.CHANGED
    if Part.STRENGTH in parts:
        stronger = after.strength.weight > before.strength.weight
        yield Change.TIGHTENED if stronger else Change.LOOSENED
    if Part.HEDGE in parts and before.hedge and after.hedge:
        yield Change.CHANGED
    elif Part.HEDGE in parts:
        yield Change.LOOSENED if after.hedge else Change.TIGHTENED
    only_words = attested(before.duty) and attested(after.duty) and kind not in _WAYS
    if parts & {*CONTENT} and kind is not Standing.EQUAL and not only_words:
        yield _WAYS.get(kind, Change.CHANGED)
