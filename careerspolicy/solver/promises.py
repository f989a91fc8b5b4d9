"""One promise of one policy: what it hangs on, and whether records can measure it at all.

What cannot be decided is said, as a value, before anything is asked of a solver;
`english.answers` has the words of each reason.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import attrs

from careerspolicy.model.duty import Total
from careerspolicy.model.policy import AgesReading
from careerspolicy.model.schedule import (
    AgePoint,
    Around,
    DatePoint,
    Each,
    Every,
    OffsetPoint,
    Once,
    RollPoint,
    Side,
    Vaguely,
    YearPoint,
    points_of,
)
from careerspolicy.solver.codes import Code
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from careerspolicy.calendar.durations import Duration
    from careerspolicy.calendar.school_calendar import MonthDay
    from careerspolicy.model.duty import Duty
    from careerspolicy.model.policy import Obligation, Policy
    from careerspolicy.model.population import Condition
    from careerspolicy.model.schedule import Point, Schedule
    from careerspolicy.vocabulary import Kind

EVERYBODY: Final = 100.0
#: The types of attributes that are added up, and of those whose values are told apart.
_NUMBERS: Final = ("number",)
_NAMES: Final = ("text", "date", "one of", "several of", "set")
#: A kind of record, and what it belongs to: ("publication", "school").
Shelf: TypeAlias = tuple[str, str]


class Promise(NamedTuple):
    """An obligation, with the policy whose readings and words it is understood by."""

    policy: Policy
    obligation: Obligation

    @property
    def duty(self) -> Duty:
        """What is owed, in the closed shape."""
        return self.obligation.duty

    @property
    def asked(self) -> Duty:
        """What two promises are told apart by: of what records measure, not how it is worded."""
        silent = self.kind(self.duty.records.kind).silent
        return self.duty if silent else attrs.evolve(self.duty, predicate=None)

    @property
    def schedule(self) -> Schedule:
        """When it is owed."""
        return self.obligation.duty.schedule

    @property
    def subject(self) -> str:
        """Whom it is for: "pupil", "school", "trust" or a kind of record."""
        return self.obligation.duty.population.subject

    @property
    def share(self) -> float:
        """The percentage of a school's pupils that it is for together; 100 for each one."""
        share = self.duty.population.share
        return EVERYBODY if share is None else share

    @property
    def measured(self) -> bool:
        """Whether records measure it, rather than somebody's word for it."""
        return not self.kind(self.duty.records.kind).silent

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

    @property
    def line(self) -> tuple[Promise, ...]:
        """The promise, that which it is further to, and so on."""
        return (self, *(self.first.line if self.first else ()))

    @property
    def conditions(self) -> Iterator[tuple[str, Condition]]:
        """Every test that it makes, with the kind of record or thing whose attribute it is."""
        return chain.from_iterable(one.duty.conditions for one in self.line)

    @property
    def points(self) -> list[Point]:
        """Every point in a life or of the calendar that its schedule names."""
        return list(chain(*(points_of(one.schedule) for one in self.line)))

    @property
    def dates(self) -> list[date]:
        """The days of the calendar that it names."""
        return [point.day for point in self.points if isinstance(point, DatePoint)]

    @property
    def month_days(self) -> list[MonthDay]:
        """The days of the year that it names."""
        of_years = (one.day for one in self.points if isinstance(one, YearPoint) and one.day)
        return [*_parts(self.schedule, "by", "not_before"), *of_years]

    @property
    def offsets(self) -> list[OffsetPoint]:
        """The points that it names by another, so long after it or before it."""
        return [point for point in self.points if isinstance(point, OffsetPoint)]

    @property
    def lengths(self) -> list[Duration]:
        """The lengths of time in its schedule."""
        offsets = [point.duration for point in self.offsets]
        return [*_parts(self.schedule, "duration", "within", "notice"), *offsets]

    @property
    def period(self) -> str:
        """The period in each of which it is owed: "term", "school year"; "" for none."""
        return self.schedule.period if isinstance(self.schedule, Each) else ""

    @property
    def by_terms(self) -> bool:
        """Whether it hangs on the days of a school's terms."""
        named = any(isinstance(one, YearPoint) and one.term for one in self.points)
        return named or self.period in ("term", "half term")

    @property
    def by_school_days(self) -> bool:
        """Whether it counts school days."""
        return any(length.unit == "school day" for length in self.lengths)

    @property
    def by_birthday(self) -> bool:
        """Whether it hangs on the day on which a pupil reaches an age."""
        birthdays = self.policy.readings.ages is AgesReading.BIRTHDAY
        named = birthdays and any(isinstance(point, AgePoint) for point in self.points)
        return named or self.duty.population.ages is not None

    @property
    def counted(self) -> Shelf:
        """The kind of record that it counts, and whose they are."""
        kind = self.duty.records.kind
        return kind, self.subject if self.subject in THINGS else self.kind(kind).of

    @property
    def events(self) -> Shelf | None:
        """The kind of record for each of which it asks something, and whose they are."""
        schedule, subject = self.schedule, self.subject
        if subject not in THINGS:
            return subject, self.owner
        if isinstance(schedule, Around):
            return schedule.event, self.kind(schedule.event).of if subject == "pupil" else subject
        return None

    @property
    def watched(self) -> bool:
        """Whether it is judged only from the day since when its records are seen."""
        begins = isinstance(self.schedule, (Each, Every))
        return begins and not _parts(self.schedule, "start") and self.subject in ("school", "trust")

    @property
    def shelves(self) -> set[Shelf]:
        """The kinds of record that it counts or hangs on, each with whose they are."""
        return {shelf for one in self.line for shelf in (one.counted, one.events) if shelf}


def _parts(schedule: Schedule, *names: str) -> list[Any]:
    """What a schedule says of some of its parts, if it has them."""
    parts = (getattr(schedule, name, None) for name in names)
    return [part for part in parts if part is not None]


@attrs.frozen
class Undecided:
    """Why an answer isn't known: the promises that it is about, if any, and words of theirs.

    `words` are a policy's own, the name of an attribute, how many records are too many, or
    how the solver is installed.
    """

    code: Code
    promises: tuple[Promise, ...] = ()
    words: str = ""


def undecidable(promise: Promise) -> Undecided | None:
    """Why no records can decide a promise, or one that it is further to; None if they can."""
    for one in promise.line:
        for code, reason in _reasons(one).items():
            if reason:
                return Undecided(code, (one,), reason if isinstance(reason, str) else "")
    return None


def _reasons(promise: Promise) -> dict[Code, str | bool]:
    """What keeps a promise from being decided, each reason that holds as true or in its words."""
    duty, schedule, subject = promise.duty, promise.schedule, promise.subject
    kind, first = promise.kind(duty.records.kind), promise.first
    repeats = isinstance(schedule, Every)
    measured = getattr(duty.measure, "attribute", "")
    attribute = kind.attributes.get(measured)
    types = _NUMBERS if isinstance(duty.measure, Total) else _NAMES
    begins_with_joining = getattr(schedule, "start", None) is RollPoint.JOINING
    return {
        Code.ATTESTED: kind.silent,
        Code.NO_NUMBER: schedule.words if isinstance(schedule, Vaguely) else duty.bound.vague,
        Code.HOW_SOON: duty.how_soon,
        Code.REPEATS_WHILE_A_RECORD_LASTS: (
            subject not in THINGS and not isinstance(schedule, (Around, Once))
        ),
        Code.HANGS_ON_WHAT_IT_COUNTS: (
            isinstance(schedule, Around)
            and schedule.side is not Side.AT
            and schedule.event == kind.name != subject
        ),
        Code.FURTHER_TO_NO_FIXED_WINDOWS: (
            first is not None and not isinstance(first.schedule, (Once, Each))
        ),
        Code.REPEATS_WITH_A_CEILING: repeats and duty.bound.at_most is not None,
        Code.OFFSET: not all(point.fixed for point in promise.offsets),
        Code.JOINING: [*points_of(schedule)].count(RollPoint.JOINING) > begins_with_joining,
        Code.OPEN_DAYS: isinstance(schedule, Every) and schedule.duration.less_than_a_term,
        Code.REPEATS_FURTHER: repeats and bool(duty.further_to),
        Code.NOT_MEASURED: "" if attribute and attribute.type in types else measured,
    }
