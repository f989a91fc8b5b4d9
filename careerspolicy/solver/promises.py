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

    from careerspolicy.calendar.durations import Duration
    from careerspolicy.calendar.school_calendar import MonthDay
    from careerspolicy.model.duty import Condition, Duty, Point
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


def conditions(promise: Promise) -> Iterator[tuple[str, Condition]]:
    """Every test that a promise makes, with the kind of record or thing whose attribute it is."""
    for one in promise.line:
        population, records, schedule = one.duty.population, one.duty.records, one.duty.schedule
        owner = one.subject if one.subject in ("school", "trust") else "pupil"
        tests = [(records.kind, records.where), ("school", population.school)]
        tests += [(owner, group) for group in (population.where, *population.any_of)]
        tests.append((one.subject, population.event))
        if isinstance(schedule, Around):
            tests.append((schedule.event, schedule.where))
        yield from ((of, test) for of, group in tests for test in group)


def points(promise: Promise) -> Iterator[Point]:
    """Every point in a life or of the calendar that a promise's schedule names."""
    for one in promise.line:
        for point in _parts(one, "start", "end", "after"):
            yield from getattr(point, "points", (point,))


def month_days(promise: Promise) -> Iterator[MonthDay]:
    """The days of the year that a promise names."""
    yield from _parts(promise, "by", "not_before")
    yield from (one.day for one in points(promise) if isinstance(one, YearPoint) and one.day)


def lengths(promise: Promise) -> list[Duration]:
    """The lengths of time in a promise's schedule."""
    return _parts(promise, "duration", "within", "notice")


def _parts(promise: Promise, *names: str) -> list[Any]:
    """What a promise's schedule says of some of its parts, if it has them."""
    parts = (getattr(promise.duty.schedule, name, None) for name in names)
    return [part for part in parts if part is not None]


def by_terms(promise: Promise) -> bool:
    """Whether a promise hangs on the days of a school's terms."""
    if getattr(promise.duty.schedule, "period", "") in ("term", "half term"):
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


def shelf_counted(promise: Promise) -> Shelf:
    """The kind of record that a promise counts, and whose they are."""
    kind = promise.duty.records.kind
    return kind, promise.subject if promise.subject in THINGS else promise.kind(kind).of


def shelf_of_events(promise: Promise) -> Shelf | None:
    """The kind of record for each of which a promise asks something, and whose they are."""
    schedule, subject = promise.duty.schedule, promise.subject
    if subject not in THINGS:
        return subject, promise.owner
    if isinstance(schedule, Around):
        return schedule.event, promise.kind(schedule.event).of if subject == "pupil" else subject
    return None


def shelves(promise: Promise) -> set[Shelf]:
    """The kinds of record that a promise counts or hangs on, each with whose they are."""
    both = ((shelf_counted(one), shelf_of_events(one)) for one in promise.line)
    return {shelf for shelf in chain(*both) if shelf}


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


@attrs.frozen
class Undecided:
    """Why an answer isn't known: the promises that it is about, if any, and words of theirs.

    `words` are a policy's own, the name of an attribute, or how many records are too many.
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
