"""A history that is not yet known: records to be found, of one pupil, one school and one trust.

Each kind has so many slots for records; the solver settles which are used, on what day, and what
each record says. Slots of a kind are in date order, as the evaluator takes records. Once it is
settled, it is the facts of a made-up life.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import chain, groupby, pairwise
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from careerspolicy.lives.people import made_record, record_id
from careerspolicy.model.facts import Facts
from careerspolicy.model.leavings import with_leavings
from careerspolicy.model.population import Condition, Roll
from careerspolicy.solver.logic import (
    And,
    Bool,
    If,
    Implies,
    Int,
    Not,
    Or,
    alphabets,
    is_true,
    rules,
    whole,
)
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from careerspolicy.calendar.durations import Duration
    from careerspolicy.calendar.school_calendar import SchoolCalendar
    from careerspolicy.model.facts import Record, Thing
    from careerspolicy.solver.logic import Alphabets, Model, Symbol, Term
    from careerspolicy.solver.promises import Promise, Shelf
    from careerspolicy.solver.settings import Setting
    from careerspolicy.vocabulary import Kind, Value

#: Days after the last that a record may still be in force.
_LONG_AFTER: Final = 1000
_WEEK: Final = 7
#: Days in which an example with school days is looked for.
_A_WHILE: Final = 500


@attrs.frozen(kw_only=True)
class Slot:
    """A record that there may be: on which day, until when, about which, saying what.

    `lasting` tells whether it ends at all, `until` when. `about` is the place of the slot that it
    is about among all slots, -1 for none.
    """

    kind: str
    of: Thing
    place: int
    present: Term
    day: Term
    lasting: Term
    until: Term
    about: Term
    said: Mapping[str, Any]  # symbols, whose sort whoever asks knows

    def passes(self, tests: Sequence[Condition]) -> list[Term]:
        """Whether what is said passes each of some tests."""
        return [self.said[test.attribute].holds(test) for test in tests]


@attrs.frozen(kw_only=True)
class History:
    """Every slot of a setting, and what pupil, school and trust may be.

    `linked` tells whether records may be about one another; `asked` is the day on which a state
    that should stand may be found wanting. With `any_calendar` school days may fall as in no
    school's calendar in particular; `of_days` gathers what is so of them. By the `rules` whatever
    of a kind passes the first test passes the second. `kinds` are those of every promise;
    `by_roll` tells whether it matters to any whether the pupil has left.
    """

    setting: Setting
    slots: tuple[Slot, ...]
    people: Mapping[str, Mapping[str, Symbol]]
    linked: bool
    asked: Term
    any_calendar: bool
    rules: Sequence[tuple[str, Condition, Condition]]
    kinds: Mapping[str, Kind]
    by_roll: bool
    of_days: list[Term] = attrs.field(factory=list)

    @property
    def first(self) -> int:
        """The first day of any record."""
        return self.setting.first.toordinal()

    @property
    def last(self) -> int:
        """The last day of any record, on which the promises are judged."""
        return self.setting.as_of.toordinal()

    def away(self, event: Slot, day: Term, duration: Duration, thing: str, *, back: bool) -> Term:
        """The day that much before or after an event's own, by the calendar of whom it is of.

        Of school days in any calendar all that is known is that so many take at least so many days,
        and more take longer. What holds then holds in every school.
        """
        many, last, calendar = duration.count, self.last, self.setting.calendar(thing)
        if duration.unit == "school day" and not self.any_calendar:
            last = min(self.first + _A_WHILE, last)
            self.of_days.append(day <= last)
        if duration.unit != "school day" or not self.any_calendar:
            return shifted(day, duration, (self.first, last), calendar, back=back)
        name = f"{event.kind} {event.place} {'before' if back else 'after'}"
        away = Int(f"{name} {many}")
        self.of_days.append(away >= many)
        for fewer in range(1, many):
            self.of_days.append(away >= Int(f"{name} {fewer}") + many - fewer)
        return day - away if back else day + away

    def of(self, kind: str, thing: str = "") -> tuple[Slot, ...]:
        """The slots of one kind that belong to a pupil, a school or a trust, or to any."""
        return tuple(one for one in self.slots if one.kind == kind and thing in (one.of, ""))

    def person_is(self, thing: str, tests: Sequence[Condition]) -> Term:
        """Whether the pupil, school or trust passes tests."""
        return And(*(self.people[thing][test.attribute].holds(test) for test in tests))

    def laws(self) -> Iterator[Term]:
        """What is so in every history of a school that teaches the years of this one."""
        for symbol in chain(*(said.values() for said in self.people.values())):
            yield from symbol.limits
        said = self.people["school"]
        for name, value in self.setting.school.attributes.items():
            if name in said:
                yield said[name].holds(Condition(attribute=name, one_of=frozenset([value])))
        yield from self._implied()
        yield from self._leavings()
        for slot in self.slots:
            yield And(slot.day >= self.first, slot.day <= self.last)
            ends = And(slot.until >= slot.day, slot.until <= self.last + _LONG_AFTER)
            yield Implies(slot.lasting, ends)
            for symbol in slot.said.values():
                yield from symbol.limits
            others = [one for one in self.slots if self.linked and one.place != slot.place]
            yield Or(
                slot.about == -1, *(And(slot.about == one.place, one.present) for one in others)
            )
        for one, other in pairwise(self.slots):
            if (one.kind, one.of) == (other.kind, other.of):
                yield Implies(other.present, And(one.present, one.day <= other.day))

    def _implied(self) -> Iterator[Term]:
        """That what a value implies is said with it."""
        said = [*self.people.items(), *((slot.kind, slot.said) for slot in self.slots)]
        for kind, test, then in self.rules:
            for symbols in (symbols for of, symbols in said if of == kind):
                yield Implies(*(symbols[one.attribute].holds(one) for one in (test, then)))

    def _leavings(self) -> Iterator[Term]:
        """That a leaving is one with the roll's: on its day if it has one, and no more than one."""
        left = self.setting.pupil.left
        for kind in (name for name, one in self.kinds.items() if one.ends_stay):
            first, *others = self.of(kind, "pupil") or (None,)
            if first is not None and left is not None:
                yield And(first.present, first.day == left.toordinal())
            elif first is not None and self.by_roll:
                yield Not(first.present)
            yield from (Not(other.present) for other in others)

    def facts(self, model: Model, kinds: Iterable[str]) -> Facts:
        """The facts that a model of the solver's stands for; all of some kinds is recorded."""
        school, pupil = self.setting.school, self.setting.pupil
        said = {**school.attributes, **_values(self.people["school"], model)}
        of_pupil = _values(self.people["pupil"], model)
        records = (_record(slot, model) for slot in self.slots if is_true(model, slot.present))
        facts = Facts(
            schools=(attrs.evolve(school, attributes=said),),
            pupils=(attrs.evolve(pupil, attributes=of_pupil),),
            records=tuple(records),
            known_kinds=frozenset(kinds),
        )
        return with_leavings(facts, self.kinds)


def history(setting: Setting, needed: Mapping[Shelf, int], promises: Sequence[Promise]) -> History:
    """A history of a setting with slots for so many records, in the words of some promises."""
    words = alphabets(promises, max(needed.values(), default=0))
    shelves = [shelf for shelf, many in sorted(needed.items()) for _ in range(many)]
    slots = tuple(
        Slot(
            kind=kind,
            of=cast("Thing", of),
            place=place,
            present=Bool(f"{kind} {place} is there"),
            day=Int(f"{kind} {place} day"),
            lasting=Bool(f"{kind} {place} ends"),
            until=Int(f"{kind} {place} until"),
            about=Int(f"{kind} {place} about"),
            said=_said(kind, f"{kind} {place}", words),
        )
        for place, (kind, of) in enumerate(shelves)
    )
    return History(
        setting=setting,
        slots=slots,
        people={thing: _said(thing, thing, words) for thing in ("pupil", "school", "trust")},
        linked=any(one.subject not in THINGS for one in promises),
        asked=Int("the day asked"),
        any_calendar=any(one.by_school_days for one in promises),
        kinds={
            name: kind for one in promises for name, kind in one.policy.vocabulary.kinds.items()
        },
        by_roll=any(one.duty.population.roll is not Roll.ANY for one in promises),
        rules=[rule for (kind, name) in words for rule in rules(kind, name, words, promises)],
    )


def _said(owner: str, name: str, words: Alphabets) -> dict[str, Symbol]:
    return {
        attribute: symbol(f"{name} {attribute}")
        for (kind, attribute), symbol in words.items()
        if kind == owner
    }


def _record(slot: Slot, model: Model) -> Record:
    about = whole(model, slot.about)
    until = date.fromordinal(whole(model, slot.until)) if is_true(model, slot.lasting) else None
    return made_record(
        slot.kind,
        date.fromordinal(whole(model, slot.day)),
        slot.place + 1,
        of=slot.of,
        until=until,
        about="" if about < 0 else record_id(about + 1),
        attributes=_values(slot.said, model),
    )


def _values(said: Mapping[str, Symbol], model: Model) -> dict[str, Value]:
    return {name: symbol.value(model) for name, symbol in said.items()}


def shifted(
    day: Term, duration: Duration, days: tuple[int, int], calendar: SchoolCalendar, *, back: bool
) -> Term:
    """The day that much later, or earlier, than one of some days, all as ordinals.

    Days and weeks only add; months, years and working days differ from one part of the calendar
    to another, and school days with a school's terms.
    """
    if duration.unit in ("day", "week"):
        length = duration.count * (_WEEK if duration.unit == "week" else 1)
        return day - length if back else day + length
    lead = duration.before if back else duration.after
    return day + _chosen(day, _runs(lead, calendar, days))


@lru_cache(maxsize=64)
def _runs(
    lead: Callable[[date, SchoolCalendar], date], calendar: SchoolCalendar, days: tuple[int, int]
) -> Sequence[tuple[int, int]]:
    """The first day of each run of days that are equally far from where they lead, and how far."""
    first, last = days
    led = ((day, lead(date.fromordinal(day), calendar)) for day in range(first, last + 1))
    offsets = ((day, to.toordinal() - day) for day, to in led)
    return tuple(next(group) for _, group in groupby(offsets, key=lambda pair: pair[1]))


def _chosen(number: Term, runs: Sequence[tuple[int, int]]) -> Term:
    """The offset of the run, told by its first number, that a number lies in."""
    if len(runs) == 1:
        return runs[0][1]
    middle = len(runs) // 2
    below, above = runs[:middle], runs[middle:]
    return If(number < above[0][0], _chosen(number, below), _chosen(number, above))
