"""When a duty is owed: the schedule part of the closed shape that `duty` describes, and its points.

A point is a moment of a pupil's life or of the calendar; evaluation turns a schedule into windows.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from careerspolicy.calendar.durations import Duration
    from careerspolicy.calendar.school_calendar import MonthDay, Period
    from careerspolicy.model.population import Condition


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


@attrs.frozen(kw_only=True)
class OffsetPoint:
    """So long after a point, or before it: six weeks after joining.

    Of a point that lasts (a year group, a term) a beginning is counted from its first day and an
    end from its last.
    """

    point: Point
    duration: Duration
    before: bool = False

    @property
    def fixed(self) -> bool:
        """Whether it lies on the same day of the same year group, but for leap years, in all lives.

        From leaving it doesn't: some schools go to Year 13 and some to Year 14.
        """
        if self.duration.unit in ("school day", "working day"):
            return False
        if isinstance(self.point, YearPoint):
            return not self.point.term
        return isinstance(self.point, (KeyStagePoint, DatePoint))


Point: TypeAlias = (
    YearPoint | AgePoint | KeyStagePoint | DatePoint | RollPoint | EarliestOf | OffsetPoint
)


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

    @property
    def finer_than_terms(self) -> bool:
        """Whether its periods are weeks or months, of which some lie in holidays."""
        return self.period in ("week", "month")


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
    Before means up to the day before it starts; after means from the day it happened. `start` and
    `end` bound what counts too, wherever the event lies.
    """

    event: str
    side: Side
    where: tuple[Condition, ...] = ()
    within: Duration | None = None
    notice: Duration | None = None
    start: Point | None = None
    end: Point | None = None


@attrs.frozen(kw_only=True)
class Always:
    """At all times between two points: a state that stands, judged on the day asked about."""

    start: Point | None = None
    end: Point | None = None


@attrs.frozen(kw_only=True)
class Kept:
    """From a point until a duration after it: what is owed must stay in force throughout.

    It is begun within a year of the point (a destination is only known in the autumn after).
    """

    duration: Duration
    after: Point


@attrs.frozen(kw_only=True)
class Vaguely:
    """However often the policy's own words mean ("regularly"); no number is made of them."""

    words: str


def points_of(schedule: Schedule) -> Iterator[Point]:
    """Every point that a schedule names, and those that a point is one of or counted from."""
    for end in ("start", "end", "after"):
        point = getattr(schedule, end, None)
        if point is not None:
            yield from _parts(point)


def _parts(point: Point) -> Iterator[Point]:
    yield point
    inner = point.points if isinstance(point, EarliestOf) else ()
    for part in (point.point,) if isinstance(point, OffsetPoint) else inner:
        yield from _parts(part)


Schedule: TypeAlias = Once | Each | Every | Around | Always | Kept | Vaguely
