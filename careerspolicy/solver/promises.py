"""One promise of one policy, and what it hangs on: tests, points of time, kinds of record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from careerspolicy.model.duty import AgePoint, Around, DatePoint, Each, YearPoint
from careerspolicy.model.policy import AgesReading
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.calendar.durations import Duration
    from careerspolicy.calendar.school_calendar import MonthDay
    from careerspolicy.model.duty import Condition, Duty, Point
    from careerspolicy.model.policy import Obligation, Policy
    from careerspolicy.vocabulary import Kind

#: A kind of record, and what it belongs to: ("publication", "school").
Shelf: TypeAlias = tuple[str, str]

#: What a schedule calls the lengths of time in it.
_LENGTHS: Final = ("duration", "within", "notice")


class Promise(NamedTuple):
    """An obligation, with the policy whose readings and words it is understood by."""

    policy: Policy
    obligation: Obligation

    @property
    def duty(self) -> Duty:
        """What is owed, in the closed shape."""
        return self.obligation.duty

    @property
    def subject(self) -> str:
        """Whom it is for: "pupil", "school", "trust" or a kind of record."""
        return self.obligation.duty.population.subject

    @property
    def owner(self) -> str:
        """Whose it is: of a kind of record, that which its records belong to."""
        return self.subject if self.subject in THINGS else self.kind(self.subject).of

    @property
    def name(self) -> str:
        """How sentences and messages name it: "impact: personal-guidance-by-16"."""
        return f"{self.policy.id}: {self.obligation.id}"

    def kind(self, name: str) -> Kind:
        """A kind of record, or a thing, as this policy's vocabulary has it."""
        return self.policy.vocabulary.kinds[name]

    @property
    def first(self) -> Promise | None:
        """The promise that this one is further to."""
        found = self.policy.obligation(self.duty.further_to) if self.duty.further_to else None
        return None if found is None else Promise(self.policy, found)


def conditions(promise: Promise) -> Iterator[tuple[str, Condition]]:
    """Every test that a promise makes, with the kind of record or thing whose attribute it is."""
    population, schedule, records = (
        promise.duty.population,
        promise.duty.schedule,
        promise.duty.records,
    )
    owner = promise.subject if promise.subject in ("school", "trust") else "pupil"
    tests = [(records.kind, records.where), ("school", population.school)]
    tests += [(owner, group) for group in (population.where, *population.any_of)]
    tests.append((promise.subject, population.event))
    if isinstance(schedule, Around):
        tests.append((schedule.event, schedule.where))
    yield from ((of, test) for of, group in tests for test in group)
    if promise.first is not None:
        yield from conditions(promise.first)


def points(promise: Promise) -> Iterator[Point]:
    """Every point in a life or of the calendar that a promise's schedule names."""
    schedule = promise.duty.schedule
    for name in ("start", "end", "after"):
        point = getattr(schedule, name, None)
        if point is not None:
            yield from getattr(point, "points", (point,))
    if promise.first is not None:
        yield from points(promise.first)


def month_days(promise: Promise) -> Iterator[MonthDay]:
    """The days of the year that a promise names."""
    days = (getattr(promise.duty.schedule, name, None) for name in ("by", "not_before"))
    yield from (day for day in days if day is not None)
    yield from (one.day for one in points(promise) if isinstance(one, YearPoint) and one.day)


def lengths(promise: Promise) -> list[Duration]:
    """The lengths of time in a promise's schedule."""
    named = (getattr(promise.duty.schedule, name, None) for name in _LENGTHS)
    return [length for length in named if length is not None]


def by_terms(promise: Promise) -> bool:
    """Whether a promise hangs on the days of a school's terms."""
    schedule = promise.duty.schedule
    if isinstance(schedule, Each) and schedule.period in ("term", "half term"):
        return True
    return any(isinstance(point, YearPoint) and point.term for point in points(promise))


def by_school_days(promise: Promise) -> bool:
    """Whether a promise counts school days."""
    return any(length.unit == "school day" for length in lengths(promise))


def by_birthday(promise: Promise) -> bool:
    """Whether a promise hangs on the day on which a pupil reaches an age."""
    if promise.duty.population.ages is not None:
        return True
    birthdays = promise.policy.readings.ages is AgesReading.BIRTHDAY
    return birthdays and any(isinstance(point, AgePoint) for point in points(promise))


def by_dates(promise: Promise) -> bool:
    """Whether a promise hangs on days that a school's calendar does not move."""
    schedule = promise.duty.schedule
    months = isinstance(schedule, Each) and schedule.period in ("month", "week", "calendar year")
    dates = any(isinstance(point, DatePoint) for point in points(promise))
    return months or dates or any(True for _ in month_days(promise)) or by_birthday(promise)


def shelf_counted(promise: Promise) -> Shelf:
    """The kind of record that a promise counts, and whose they are."""
    kind = promise.duty.records.kind
    return kind, promise.subject if promise.subject in THINGS else promise.kind(kind).of


def shelf_of_events(promise: Promise) -> Shelf | None:
    """The kind of record that calls for what is promised, and whose they are."""
    schedule, subject = promise.duty.schedule, promise.subject
    if subject not in THINGS:
        return subject, promise.owner
    if isinstance(schedule, Around):
        return schedule.event, promise.kind(schedule.event).of if subject == "pupil" else subject
    return None


def shelves(promise: Promise) -> set[Shelf]:
    """The kinds of record that a promise counts or hangs on, each with whose they are."""
    events, first = shelf_of_events(promise), promise.first
    own = {shelf_counted(promise), *([events] if events else [])}
    return own | shelves(first) if first else own
