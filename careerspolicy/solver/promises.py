"""One promise of one policy: what it hangs on, and whether records can measure it at all.

What cannot be decided is said, as a value, before anything is asked of a solver;
`english.answers` has the words of each reason.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import attrs

from careerspolicy.model.duty import (
    AgePoint,
    Around,
    Count,
    DatePoint,
    Each,
    Every,
    Once,
    Side,
    Total,
    Vaguely,
    YearPoint,
)
from careerspolicy.model.policy import AgesReading
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from careerspolicy.calendar.durations import Duration
    from careerspolicy.calendar.school_calendar import MonthDay
    from careerspolicy.model.duty import Condition, Duty, Point, Schedule
    from careerspolicy.model.policy import Obligation, Policy
    from careerspolicy.vocabulary import Kind

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

    @property
    def line(self) -> tuple[Promise, ...]:
        """The promise, that which it is further to, and so on."""
        return (self, *(self.first.line if self.first else ()))

    # ------------------------------------------------------------------ what it hangs on

    @property
    def conditions(self) -> Iterator[tuple[str, Condition]]:
        """Every test that it makes, with the kind of record or thing whose attribute it is."""
        for one in self.line:
            population, records, schedule = one.duty.population, one.duty.records, one.duty.schedule
            owner = one.subject if one.subject in ("school", "trust") else "pupil"
            tests = [(records.kind, records.where), ("school", population.school)]
            tests += [(owner, group) for group in (population.where, *population.any_of)]
            tests.append((one.subject, population.event))
            if isinstance(schedule, Around):
                tests.append((schedule.event, schedule.where))
            yield from ((of, test) for of, group in tests for test in group)

    @property
    def points(self) -> list[Point]:
        """Every point in a life or of the calendar that its schedule names."""
        named = chain(*(_parts(one.duty.schedule, "start", "end", "after") for one in self.line))
        return [point for one in named for point in getattr(one, "points", (one,))]

    @property
    def dates(self) -> list[date]:
        """The days of the calendar that it names."""
        return [point.day for point in self.points if isinstance(point, DatePoint)]

    @property
    def month_days(self) -> list[MonthDay]:
        """The days of the year that it names."""
        of_years = (one.day for one in self.points if isinstance(one, YearPoint) and one.day)
        return [*_parts(self.duty.schedule, "by", "not_before"), *of_years]

    @property
    def lengths(self) -> list[Duration]:
        """The lengths of time in its schedule."""
        return _parts(self.duty.schedule, "duration", "within", "notice")

    @property
    def by_terms(self) -> bool:
        """Whether it hangs on the days of a school's terms."""
        schedule = self.duty.schedule
        periods = isinstance(schedule, Each) and schedule.period in ("term", "half term")
        return periods or any(isinstance(one, YearPoint) and one.term for one in self.points)

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
        schedule, subject = self.duty.schedule, self.subject
        if subject not in THINGS:
            return subject, self.owner
        if isinstance(schedule, Around):
            return schedule.event, self.kind(schedule.event).of if subject == "pupil" else subject
        return None

    @property
    def shelves(self) -> set[Shelf]:
        """The kinds of record that it counts or hangs on, each with whose they are."""
        return {shelf for one in self.line for shelf in (one.counted, one.events) if shelf}


def _parts(schedule: Schedule, *names: str) -> list[Any]:
    """What a schedule says of some of its parts, if it has them."""
    parts = (getattr(schedule, name, None) for name in names)
    return [part for part in parts if part is not None]


class Code(StrEnum):
    """Why something isn't decided, as programs read it."""

    # seen of one promise
    ATTESTED = "attested"
    NO_NUMBER = "no_number"
    HOW_SOON = "how_soon"
    REPEATS_WHILE_A_RECORD_LASTS = "repeats_while_a_record_lasts"
    HANGS_ON_WHAT_IT_COUNTS = "hangs_on_what_it_counts"
    FURTHER_TO_NO_FIXED_WINDOWS = "further_to_no_fixed_windows"
    REPEATS_WITH_A_CEILING = "repeats_with_a_ceiling"
    REPEATS_FURTHER = "repeats_further"
    NOT_MEASURED = "not_measured"
    # seen of several together
    SUM_ALSO_CHOSEN_BY = "sum_also_chosen_by"
    STATE_AGAINST_LIMIT = "state_against_limit"
    REPEATS_SEVERAL = "repeats_several"
    TERM_DATES = "term_dates"
    REPEATS_FOR_LEAVERS = "repeats_for_leavers"
    BIRTHDAY_AGAINST_LENGTH = "birthday_against_length"
    WORDS_DIFFER = "words_differ"
    ENDLESS_RECORDS = "endless_records"
    TOO_MANY_RECORDS = "too_many_records"
    TOO_MANY_LIVES = "too_many_lives"
    # found by asking
    TOO_LONG = "too_long"
    OPEN_DAYS = "open_days"
    SHARE = "share"
    REPLAYED_NOT_MET = "replayed_not_met"
    REPLAYED_NOT_MISSED = "replayed_not_missed"
    # said where promises are held against each other
    LIVES_DIFFER = "lives_differ"
    NO_RECORD = "no_record"
    NO_SOLVER = "no_solver"


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
        for code, words in chain(_only_words(one), _unsupported(one)):
            return Undecided(code, (one,), words)
    return None


def _only_words(promise: Promise) -> Iterator[tuple[Code, str]]:
    duty = promise.duty
    if promise.kind(duty.records.kind).silent:
        yield Code.ATTESTED, ""
    if isinstance(duty.schedule, Vaguely):
        yield Code.NO_NUMBER, duty.schedule.words
    if duty.bound.vague:
        yield Code.NO_NUMBER, duty.bound.vague
    if duty.how_soon:
        yield Code.HOW_SOON, duty.how_soon


def _unsupported(promise: Promise) -> Iterator[tuple[Code, str]]:
    duty, schedule, first = promise.duty, promise.duty.schedule, promise.first
    kind, subject, measure = duty.records.kind, promise.subject, duty.measure
    if subject not in THINGS and not isinstance(schedule, (Around, Once)):
        yield Code.REPEATS_WHILE_A_RECORD_LASTS, ""
    if (
        isinstance(schedule, Around)
        and schedule.side is not Side.AT
        and schedule.event == kind != subject
    ):
        yield Code.HANGS_ON_WHAT_IT_COUNTS, ""
    if first and not isinstance(first.duty.schedule, (Once, Each)):
        yield Code.FURTHER_TO_NO_FIXED_WINDOWS, ""
    if isinstance(schedule, Every) and duty.bound.at_most is not None:
        yield Code.REPEATS_WITH_A_CEILING, ""
    if isinstance(schedule, Every) and duty.further_to:
        yield Code.REPEATS_FURTHER, ""
    if not isinstance(measure, Count):
        attribute = promise.kind(kind).attributes.get(measure.attribute)
        numbers = isinstance(measure, Total)
        types = ("number",) if numbers else ("text", "date", "one of", "several of", "set")
        if attribute is None or attribute.type not in types:
            yield Code.NOT_MEASURED, measure.attribute
