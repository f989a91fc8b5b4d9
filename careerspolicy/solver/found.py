"""From a solver's answer to facts: the pupil, the school and the records that it found."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

import attrs

from careerspolicy.model.facts import Facts, Record
from careerspolicy.solver.people import taught
from careerspolicy.solver.settings import PUPIL, TRUST, URN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from careerspolicy.model.facts import Thing
    from careerspolicy.solver.histories import History, Slot
    from careerspolicy.solver.settings import Setting
    from careerspolicy.vocabulary import Value

_OWNERS = {"pupil": PUPIL, "school": URN, "trust": TRUST}


def facts_of(model: Any, history: History, setting: Setting, kinds: Iterable[str]) -> Facts:
    """The facts that a model of the solver's stands for; all of some kinds is recorded."""
    people = {thing: _values(said, model) for thing, said in history.people.items()}
    school = attrs.evolve(setting.school, attributes={**taught(setting.school), **people["school"]})
    pupil = attrs.evolve(setting.pupil, attributes=people["pupil"])
    records = tuple(_records(model, history))
    return Facts(schools=(school,), pupils=(pupil,), records=records, known_kinds=frozenset(kinds))


def _records(model: Any, history: History) -> Iterator[Record]:
    there = [slot for slot in history.slots if _true(model, history, slot.present)]
    for slot in there:
        about = _number(model, slot.about)
        lasts = _true(model, history, slot.lasting)
        yield Record(
            kind=slot.kind,
            of=cast("Thing", slot.of),
            owner=_OWNERS[slot.of],
            start=date.fromordinal(_number(model, slot.day)),
            until=date.fromordinal(_number(model, slot.until)) if lasts else None,
            id=_id(slot),
            about="" if about < 0 else _id(history.slots[about]),
            attributes=_values(slot.said, model),
        )


def _id(slot: Slot) -> str:
    return f"R{slot.place + 1:02}"


def _values(said: Mapping[str, Any], model: Any) -> dict[str, Value]:
    return {name: one.value(model) for name, one in said.items()}


def _number(model: Any, term: Any) -> int:
    return int(model.eval(term, model_completion=True).as_long())


def _true(model: Any, history: History, term: Any) -> bool:
    return bool(history.z3.is_true(model.eval(term, model_completion=True)))
