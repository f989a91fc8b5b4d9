"""A history that is not yet known: records to be found, of one pupil, one school and one trust.

Each kind has so many slots for records; the solver settles which are used, on what day, and what
each record says. Slots of a kind are in date order, as the evaluator takes records. Once it is
settled, it is the facts of a made-up life.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final, cast

import attrs

from careerspolicy.lives.people import made_record, record_id
from careerspolicy.model.duty import Condition
from careerspolicy.model.facts import Facts, phases_taught
from careerspolicy.solver.logic import And, Bool, Implies, Int, Or, is_true, whole
from careerspolicy.solver.symbols import symbol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from careerspolicy.model.facts import Record, School, Thing
    from careerspolicy.solver.logic import Model, Term
    from careerspolicy.solver.settings import Setting
    from careerspolicy.solver.symbols import Alphabet, Symbol
    from careerspolicy.vocabulary import Value

#: Days after the last that a record may still be in force.
_LONG_AFTER: Final = 1000
#: The school census codes a pupil's SEN provision as E just if they have an EHC plan.
_ON_A_PLAN: Final = "ehc_plan", Condition(attribute="sen", one_of=frozenset(["E"]))
#: A kind of record, and what it belongs to: ("publication", "school").
Shelf = tuple[str, str]


@attrs.frozen(kw_only=True)
class Slot:
    """A record that there may be: on which day, until when, about which, saying what.

    `lasting` tells whether it ends at all, `until` when. `about` is the place of the slot that it
    is about among all slots, -1 for none.
    """

    kind: str
    of: str
    place: int
    present: Term
    day: Term
    lasting: Term
    until: Term
    about: Term
    said: Mapping[str, Symbol]


@attrs.frozen(kw_only=True)
class History:
    """Every slot, what pupil and school may be, and what holds of any history.

    `first` and `last` are the days, as ordinals, between which all records lie. `linked` tells
    whether records may be about one another.
    """

    slots: tuple[Slot, ...]
    people: Mapping[str, Mapping[str, Symbol]]
    first: int
    last: int
    linked: bool

    def of(self, kind: str, thing: str) -> tuple[Slot, ...]:
        """The slots of one kind that belong to a pupil, a school or a trust."""
        return tuple(slot for slot in self.slots if (slot.kind, slot.of) == (kind, thing))

    def kind(self, kind: str) -> tuple[Slot, ...]:
        """The slots of one kind, whosever they are."""
        return tuple(slot for slot in self.slots if slot.kind == kind)

    def person_is(self, thing: str, tests: Sequence[Condition]) -> Term:
        """Whether the pupil, school or trust passes tests."""
        return And(*(self.people[thing][one.attribute].holds(one) for one in tests))

    def laws(self, school: School) -> Iterator[Term]:
        """What is so in every history of a school that teaches the years of this one."""
        for said in self.people.values():
            for one in said.values():
                yield from one.limits
        yield from self._laws_of_people(school)
        for slot in self.slots:
            yield from self._laws_of(slot)
        for shelf in dict.fromkeys((slot.kind, slot.of) for slot in self.slots):
            yield from self._in_order(self.of(*shelf))

    def _laws_of_people(self, school: School) -> Iterator[Term]:
        """What goes together in any school and any pupil, so that none contradicts itself."""
        said = self.people["school"]
        for name, value in phases_taught(school.lowest_year, school.highest_year).items():
            if name in said:
                yield said[name].holds(Condition(attribute=name, one_of=frozenset([value])))
        pupil = self.people["pupil"]
        plan, coded = _ON_A_PLAN
        if plan in pupil and coded.attribute in pupil:
            yes = Condition(attribute=plan, one_of=frozenset([True]))
            yield pupil[plan].holds(yes) == pupil[coded.attribute].holds(coded)

    def _laws_of(self, slot: Slot) -> Iterator[Term]:
        yield And(slot.day >= self.first, slot.day <= self.last)
        ends = And(slot.until >= slot.day, slot.until <= self.last + _LONG_AFTER)
        yield Implies(slot.lasting, ends)
        for one in slot.said.values():
            yield from one.limits
        others = [one for one in self.slots if self.linked and one.place != slot.place]
        there = [And(slot.about == one.place, one.present) for one in others]
        yield Or(slot.about == -1, *there)

    def _in_order(self, slots: Sequence[Slot]) -> Iterator[Term]:
        for one, other in pairwise(slots):
            yield Implies(other.present, And(one.present, one.day <= other.day))


def history(
    room: Mapping[Shelf, int],
    alphabets: Mapping[tuple[str, str], Alphabet],
    days: tuple[int, int],
    *,
    linked: bool,
) -> History:
    """A history with room for so many records of each kind."""
    shelves = [shelf for shelf, many in sorted(room.items()) for _ in range(many)]
    slots = tuple(_slot(place, *shelf, alphabets) for place, shelf in enumerate(shelves))
    people = {thing: _said(thing, thing, alphabets) for thing in ("pupil", "school", "trust")}
    first, last = days
    return History(slots=slots, people=people, first=first, last=last, linked=linked)


def _slot(place: int, kind: str, of: str, alphabets: Mapping[tuple[str, str], Alphabet]) -> Slot:
    name = f"{kind} {place}"
    return Slot(
        kind=kind,
        of=of,
        place=place,
        present=Bool(f"{name} is there"),
        day=Int(f"{name} day"),
        lasting=Bool(f"{name} ends"),
        until=Int(f"{name} until"),
        about=Int(f"{name} about"),
        said=_said(kind, name, alphabets),
    )


def _said(
    owner: str, name: str, alphabets: Mapping[tuple[str, str], Alphabet]
) -> dict[str, Symbol]:
    return {
        attribute: symbol(alphabet, f"{name} {attribute}")
        for (kind, attribute), alphabet in alphabets.items()
        if kind == owner
    }


def facts_of(model: Model, history: History, setting: Setting, kinds: Iterable[str]) -> Facts:
    """The facts that a model of the solver's stands for; all of some kinds is recorded."""
    people = {thing: _values(said, model) for thing, said in history.people.items()}
    school, pupil = setting.school, setting.pupil
    attributes = {**school.attributes, **people["school"]}
    return Facts(
        schools=(attrs.evolve(school, attributes=attributes),),
        pupils=(attrs.evolve(pupil, attributes=people["pupil"]),),
        records=tuple(_records(model, history)),
        known_kinds=frozenset(kinds),
    )


def _records(model: Model, history: History) -> Iterator[Record]:
    for slot in history.slots:
        if not is_true(model, slot.present):
            continue
        about = whole(model, slot.about)
        lasts = is_true(model, slot.lasting)
        yield made_record(
            slot.kind,
            date.fromordinal(whole(model, slot.day)),
            slot.place + 1,
            of=cast("Thing", slot.of),
            until=date.fromordinal(whole(model, slot.until)) if lasts else None,
            about="" if about < 0 else record_id(about + 1),
            attributes=_values(slot.said, model),
        )


def _values(said: Mapping[str, Term], model: Model) -> dict[str, Value]:
    return {name: one.value(model) for name, one in said.items()}
