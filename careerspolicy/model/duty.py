"""The closed shape of what is owed: every duty, whatever its verb, is one of these values.

    for each SUBJECT in a POPULATION, in each WINDOW of a SCHEDULE,
    a MEASURE of the matching RECORDS meets a BOUND

Evaluation, comparison and English work on the shape, never on the verbs one by one. All values
are frozen; `None` and empty mean *not said*.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

if TYPE_CHECKING:
    from datetime import date

    from careerspolicy.calendar.durations import Duration
    from careerspolicy.calendar.school_calendar import MonthDay, Period
    from careerspolicy.vocabulary import Value


# ---------------------------------------------------------------------------- populations


@attrs.frozen(kw_only=True)
class Condition:
    """A test of one attribute: its value is one of some, or none of some, or within limits.

    An attribute that holds a set passes `one_of` when it holds any of them, `all_of` when it holds
    every one and `none_of` when it holds not one. Of a number, `above` and `below` leave the limit
    itself out; `at_least` and `at_most` take it in.
    """

    attribute: str
    one_of: frozenset[Value] | None = None
    all_of: frozenset[str] | None = None
    none_of: frozenset[Value] | None = None
    at_least: float | None = None
    at_most: float | None = None
    above: float | None = None
    below: float | None = None

    def holds(self, value: Value | None) -> bool | None:
        """Whether a value passes; None when the value isn't known."""
        if value is None:
            return None
        if self.all_of is not None:
            return isinstance(value, frozenset) and self.all_of <= value
        if self.one_of is not None:
            return _any_among(value, self.one_of)
        if self.none_of is not None:
            return not _any_among(value, self.none_of)
        return not isinstance(value, (str, frozenset)) and self._within(value)

    def _within(self, value: float) -> bool:
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.at_most is None or value <= self.at_most)
            and (self.above is None or value > self.above)
            and (self.below is None or value < self.below)
        )


def _any_among(value: Value, listed: frozenset[Value]) -> bool:
    if isinstance(value, frozenset):
        return not listed.isdisjoint(value)
    return value in listed


class Roll(Enum):
    """Which pupils by their place on the roll."""

    ANY = "any"
    ON_ROLL = "on roll"
    LEAVERS = "leavers"


@attrs.frozen(kw_only=True)
class Population:
    """Whom a duty is for.

    `subject` is pupil, school, trust or a kind of record (then each record of it is a subject).
    `years` and `ages` bound the time: a pupil is in the population while in those year groups or
    of those ages (both ends included). `where` tests the pupil (for a record, the pupil it belongs
    to), `any_of` asks for one of several such lists, `school` tests the school and `event` the
    subject record. Of an attested promise, whose subject is a school or trust, years, ages and
    tests of pupils say which pupils it is about. `share` asks it of a percentage of a school's
    pupils together, not each one.
    """

    subject: str
    years: tuple[int, ...] = ()
    ages: tuple[int, int] | None = None
    roll: Roll = Roll.ANY
    where: tuple[Condition, ...] = ()
    any_of: tuple[tuple[Condition, ...], ...] = ()
    school: tuple[Condition, ...] = ()
    event: tuple[Condition, ...] = ()
    share: float | None = None


# ---------------------------------------------------------------------------- points in a life


@attrs.frozen(kw_only=True)
class YearPoint:
    """A year group of a pupil's life; or a day, or a term, within it."""

    year: int
    day: MonthDay | None = None
    term: str | None = None


@attrs.frozen(kw_only=True)
class AgePoint:
    """An age; the policy's `ages` reading says what "by" and "from" an age mean."""

    age: int


@attrs.frozen(kw_only=True)
class KeyStagePoint:
    """A key stage of a pupil's life."""

    key_stage: int


@attrs.frozen(kw_only=True)
class DatePoint:
    """One day of the calendar."""

    day: date


class RollPoint(Enum):
    """The day a pupil joins or leaves the school's roll."""

    JOINING = "joining"
    LEAVING = "leaving"


@attrs.frozen(kw_only=True)
class EarliestOf:
    """Whichever of several points comes first."""

    points: tuple[Point, ...]


Point: TypeAlias = YearPoint | AgePoint | KeyStagePoint | DatePoint | RollPoint | EarliestOf


# ---------------------------------------------------------------------------- schedules


@attrs.frozen(kw_only=True)
class Once:
    """Between two points; an end that isn't said is open."""

    start: Point | None = None
    end: Point | None = None


@attrs.frozen(kw_only=True)
class Each:
    """At least so much in *each* period that starts between two points.

    `by` closes every period early, on that day of the year; `not_before` opens it late.
    """

    period: Period
    start: Point | None = None
    end: Point | None = None
    by: MonthDay | None = None
    not_before: MonthDay | None = None


@attrs.frozen(kw_only=True)
class Every:
    """Never longer apart than a duration, counted from `start` or from the last time."""

    duration: Duration
    start: Point | None = None


class Side(Enum):
    """Before an event, at it, or after it."""

    BEFORE = "before"
    AT = "at"
    AFTER = "after"


@attrs.frozen(kw_only=True)
class Around:
    """Before, at or after each record of a kind that passes the conditions.

    `within` bounds how far from it; `notice` keeps that much clear before it, or after it.
    Before means up to the day before it starts; after means from the day it happened.
    """

    event: str
    side: Side
    where: tuple[Condition, ...] = ()
    within: Duration | None = None
    notice: Duration | None = None


@attrs.frozen(kw_only=True)
class Always:
    """At all times between two points: a state that stands, judged on the day asked about."""

    start: Point | None = None
    end: Point | None = None


@attrs.frozen(kw_only=True)
class Kept:
    """From a point until a duration after it: what is owed must stay in force throughout."""

    duration: Duration
    after: Point


@attrs.frozen(kw_only=True)
class Vaguely:
    """However often the policy's own words mean ("regularly"); no number is made of them."""

    words: str


Schedule: TypeAlias = Once | Each | Every | Around | Always | Kept | Vaguely


# ---------------------------------------------------------------------------- measures


@attrs.frozen(kw_only=True)
class Matching:
    """Which records count: of a kind, passing every condition.

    `offered` counts occasions offered, whether or not the pupil took them up.
    """

    kind: str
    where: tuple[Condition, ...] = ()
    offered: bool = False


@attrs.frozen(kw_only=True)
class Count:
    """How many records match."""


@attrs.frozen(kw_only=True)
class Distinct:
    """How many different values of an attribute the matching records have.

    An attribute that holds a set counts different sets: two occasions with the very same providers
    are one.
    """

    attribute: str


@attrs.frozen(kw_only=True)
class Total:
    """A number added up over the matching records."""

    attribute: str


@attrs.frozen(kw_only=True)
class Covers:
    """How many of the listed values the matching records have between them."""

    attribute: str
    values: tuple[str, ...]


Measure: TypeAlias = Count | Distinct | Total | Covers


@attrs.frozen(kw_only=True)
class Bound:
    """At least, at most, or both. `vague` holds a policy's own words where it gives no number.

    `stated` says whether the policy gives the number, or one is counted since it gives none.
    """

    at_least: float | None = None
    at_most: float | None = None
    vague: str = ""
    stated: bool = attrs.field(default=True, eq=False)


# ---------------------------------------------------------------------------- the duty


class Verb(Enum):
    """The friendly surface; each is one way of filling in the shape."""

    PROVIDE = "provide"
    PUBLISH = "publish"
    REVIEW = "review"
    KEEP = "keep"
    NOTIFY = "notify"
    APPOINT = "appoint"
    FORBID = "forbid"
    UPHOLD = "uphold"


#: Where a predicate names its pupils, together or each, and says when or how often.
PUPILS_SLOT: Final = "{pupils}"
EVERY_PUPIL_SLOT: Final = "{every pupil}"
WHEN_SLOT: Final = "{when}"
HOW_OFTEN_SLOT: Final = "{how_often}"


@attrs.frozen(kw_only=True)
class Predicate:
    """What is promised, in the encoder's words, where what can be recorded does not say it.

    `words` are what its owner does ("go to wider networks too"), its verb in the base form; or,
    if `clause`, what the owner makes sure of ("records are stored securely"). Slots stand for what
    the rest of the duty says: for whom, when, how often.
    """

    words: str
    clause: bool = False

    @property
    def title(self) -> str:
        """A short name for lists, with no more than "pupils" for whom it is about."""
        plain = self.words.replace(PUPILS_SLOT, "pupils").replace(EVERY_PUPIL_SLOT, "every pupil")
        plain = " ".join(plain.replace(HOW_OFTEN_SLOT, "").replace(WHEN_SLOT, "").split())
        plain = plain.replace(" ,", ",").replace(",,", ",")
        return f"{plain[:1].upper()}{plain[1:]}"


@attrs.frozen(kw_only=True)
class Duty:
    """What is owed, in the closed shape.

    `predicate` says what is promised where that is only attested, or where records are no more
    than its nearest measure; it is None where what is measured is what is promised.

    `further_to` names an obligation whose own records do not count again here.
    `how_soon` holds words such as "as early as possible": what was done is measured, not judged.
    """

    verb: Verb
    population: Population
    schedule: Schedule
    records: Matching
    measure: Measure
    bound: Bound
    further_to: str = ""
    how_soon: str = ""
    predicate: Predicate | None = None
