"""Leaving is one fact, however it is told: by the roll's `left`, or by a record of its own.

Whichever of the two is there says the other. Readers warn where both are and contradict each other.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import count
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

import attrs

from careerspolicy.model.facts import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from careerspolicy.model.facts import Facts, Pupil
    from careerspolicy.vocabulary import Kind

#: The last leaving that is recorded of each stay: by pupil, school and the day of joining.
_Recorded: TypeAlias = "Mapping[tuple[str, str, date | None], date]"


def with_leavings(facts: Facts, kinds: Mapping[str, Kind]) -> Facts:
    """Facts in which every leaving stands on the roll and among the records.

    Who has left by the roll has had a leaving on that day, unless one is recorded on another; who
    has had a leaving and is still on the roll left on the day of the last.
    """
    for kind in (name for name, kind in kinds.items() if kind.ends_stay):
        recorded = _recorded(facts, kind)
        untold = tuple(_untold(facts, kind, recorded))
        pupils = tuple(
            attrs.evolve(pupil, left=recorded[_stay(pupil)])
            if pupil.left is None and _stay(pupil) in recorded
            else pupil
            for pupil in facts.pupils
        )
        known = facts.known_kinds | ({kind} if untold or recorded else set())
        records = (*facts.records, *untold)
        facts = attrs.evolve(facts, pupils=pupils, records=records, known_kinds=known)
    return facts


def _recorded(facts: Facts, kind: str) -> _Recorded:
    last: defaultdict[tuple[str, str, date | None], list[date]] = defaultdict(list)
    for record in facts.records:
        if record.kind == kind and record.of == "pupil":
            stay = facts.stay_on(record.owner, record.start)
            if stay is not None:
                last[_stay(stay)].append(record.start)
    return {stay: max(days) for stay, days in last.items()}


def _untold(facts: Facts, kind: str, recorded: _Recorded) -> Iterator[Record]:
    """The leavings that only the roll tells of."""
    if all(pupil.left is None or _stay(pupil) in recorded for pupil in facts.pupils):
        return
    taken = {*map(attrgetter("id"), facts.records)}
    names = (name for number in count(1) if (name := f"{kind} {number}") not in taken)
    for pupil in facts.pupils:
        if pupil.left is not None and _stay(pupil) not in recorded:
            yield Record(
                kind=kind,
                of="pupil",
                owner=pupil.id,
                start=pupil.left,
                id=next(names),
                numbered=True,
            )


def _stay(pupil: Pupil) -> tuple[str, str, date | None]:
    return pupil.id, pupil.school, pupil.joined
