"""Holds a policy's places against its document: what is where it was, moved, changed or gone."""

from __future__ import annotations

from collections import defaultdict
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

import attrs

from careerspolicy.model.policy import Accounted, Source

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from careerspolicy.model.policy import Policy
    from careerspolicy.tracing.addresses import Addresses, Slot, Unit
    from careerspolicy.tracing.document import Lines

Place: TypeAlias = Source | Accounted


class State(Enum):
    """Whether what a place names is as it was when it was reviewed."""

    CURRENT = "current"
    SUSPECT = "suspect"
    LOST = "lost"


@attrs.frozen(kw_only=True)
class Held:
    """One place held against the document: the slots that it covers, and their state.

    `owner` is the obligation's id, empty for a place that promises nothing; `path` is where the
    place stands in the policy file's tree. `moved` tells that text was found elsewhere.
    """

    owner: str
    place: Place
    path: tuple[str | int, ...]
    named: tuple[Slot, ...] = ()
    covers: tuple[Slot, ...] = ()
    state: State = State.CURRENT
    moved: bool = False

    @property
    def lines(self) -> Lines | None:
        """The first and last line of what it covers, or of what stands where it was."""
        slots = self.covers or self.named
        if not slots:
            return None
        return (min(one.lines[0] for one in slots), max(one.lines[1] for one in slots))


def hold(policy: Policy, addresses: Addresses) -> tuple[Held, ...]:
    """Every place of a policy, in the file's order, held against the document."""
    entries = [attrs.evolve(one, named=addresses.named(one.place)) for one in _places(policy)]
    return _Matching(entries, addresses).run()


def _places(policy: Policy) -> Iterator[Held]:
    for n, obligation in enumerate(policy.obligations):
        many = len(obligation.source) > 1
        for m, source in enumerate(obligation.source):
            path = ("obligations", n, "source", m) if many else ("obligations", n, "source")
            yield Held(owner=obligation.id, place=source, path=path)
    for n, accounted in enumerate(policy.clauses):
        yield Held(owner="", place=accounted, path=("clauses", n))


class _Matching:
    """Text is looked for first where it was, then among what nobody else has found."""

    def __init__(self, entries: Sequence[Held], addresses: Addresses) -> None:
        self._entries = entries
        self._by_print: dict[bool, dict[str, list[Slot]]] = {
            sentences: _by_print(addresses.slots(sentences=sentences))
            for sentences in (False, True)
        }
        self._addresses = addresses
        self._claimed: dict[Unit, set[tuple[int, int]]] = defaultdict(set)
        self._known = {one for entry in entries for one in entry.place.fingerprint}

    def run(self) -> tuple[Held, ...]:
        """The entries with what they cover and their state."""
        found = [self._in_place(entry) for entry in self._entries]
        for entry, slots in zip(self._entries, found, strict=True):
            self._claim(entry, slots)
        moved = [
            self._elsewhere(entry, slots) for entry, slots in zip(self._entries, found, strict=True)
        ]
        for entry, slots in zip(self._entries, moved, strict=True):
            self._claim(entry, slots)
        return tuple(
            self._concluded(entry, slots) for entry, slots in zip(self._entries, moved, strict=True)
        )

    def _in_place(self, entry: Held) -> list[Slot | None]:
        """For each fingerprint the slot at the place that still has it; no slot is taken twice.

        Two clauses at one place can have the same words, and each of them needs its own slot.
        """
        here = _by_print(entry.named)
        return [here[one].pop(0) if here[one] else None for one in entry.place.fingerprint]

    def _elsewhere(self, entry: Held, found: Sequence[Slot | None]) -> list[Slot | None]:
        """The same, with what was not at the place looked for in the rest of the document."""
        taken = {slot.key for slot in found if slot}
        slots: list[Slot | None] = []
        for one, slot in zip(entry.place.fingerprint, found, strict=True):
            there = slot or self._nearest(entry, one, taken)
            taken |= {there.key} if there else set()
            slots.append(there)
        return slots

    def _nearest(self, entry: Held, wanted: str, taken: Container[tuple[int, int]]) -> Slot | None:
        by_sentence = entry.place.sentence is not None
        free = [
            slot
            for slot in self._by_print[by_sentence].get(wanted, ())
            if slot.key not in taken and not all(self._claimed[unit] for unit in slot.units)
        ]
        return min(free, key=lambda slot: self._distance(entry, slot), default=None)

    def _distance(self, entry: Held, slot: Slot) -> tuple[bool, int]:
        if not entry.named:
            return (slot.clause.section != entry.place.section, slot.at)
        was = entry.named[0]
        return (slot.clause.section != was.clause.section, abs(slot.at - was.at))

    def _claim(self, entry: Held, slots: Iterable[Slot | None]) -> None:
        for slot in slots:
            for unit in slot.units if slot else ():
                self._claimed[unit].add(_address(entry))

    def _concluded(self, entry: Held, found: Sequence[Slot | None]) -> Held:
        if not entry.place.fingerprint:
            state = State.CURRENT if entry.named else State.LOST
            return attrs.evolve(entry, covers=entry.named, state=state)
        kept = [slot for slot in found if slot]
        moved = {slot.key for slot in kept} - {slot.key for slot in entry.named} != set()
        if len(kept) == len(found):
            return attrs.evolve(entry, covers=_ordered(kept), moved=moved)
        changed = self._changed(entry, {slot.key for slot in kept})[: len(found) - len(kept)]
        state = State.SUSPECT if kept or changed else State.LOST
        return attrs.evolve(entry, covers=_ordered([*kept, *changed]), state=state)

    def _changed(self, entry: Held, kept: set[tuple[int, int]]) -> list[Slot]:
        """The slots whose text has taken the place of what was reviewed."""
        here = [slot for slot in entry.named if slot.key not in kept]
        free = [slot for slot in here if not self._is_anothers(entry, slot)]
        if free or not here:
            return free
        near = [
            slot
            for slot in self._addresses.slots(sentences=entry.place.sentence is not None)
            if slot.clause.section == here[0].clause.section
            and not self._is_anothers(entry, slot)
            and slot.fingerprint not in self._known
            and abs(slot.at - here[0].at) <= _NEAR
        ]
        return sorted(near, key=lambda slot: self._distance(entry, slot))

    def _is_anothers(self, entry: Held, slot: Slot) -> bool:
        """Whether all that stands there was reviewed as the text of another place."""
        return all(self._claimed[unit] - {_address(entry)} for unit in slot.units)


#: How many clauses further on a changed text is still taken for the one that stood there.
_NEAR = 3


def _address(entry: Held) -> tuple[int, int]:
    """What entries at one place of the document have in common."""
    return entry.named[0].key if entry.named else (-1, hash(entry.place.fingerprint))


def _ordered(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    return tuple(sorted({slot.key: slot for slot in slots}.values(), key=lambda slot: slot.key))


def _by_print(slots: Iterable[Slot]) -> dict[str, list[Slot]]:
    found: dict[str, list[Slot]] = defaultdict(list)
    for slot in slots:
        found[slot.fingerprint].append(slot)
    return found
