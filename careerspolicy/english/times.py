"""When: points of a life and schedules, as a sentence says them.

The policy's `ages` reading decides what "by 16" is said to mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from careerspolicy.calendar.school_calendar import MONTHS
from careerspolicy.english.described import described
from careerspolicy.english.people import year, years
from careerspolicy.english.phrases import kind_phrases
from careerspolicy.english.wording import listing, number_in_words
from careerspolicy.model.policy import AgesReading
from careerspolicy.model.schedule import (
    AgePoint,
    Always,
    Around,
    DatePoint,
    Each,
    EarliestOf,
    Every,
    Kept,
    KeyStagePoint,
    Once,
    RollPoint,
    Side,
    Vaguely,
    YearPoint,
)

if TYPE_CHECKING:
    from careerspolicy.calendar.durations import Duration
    from careerspolicy.model.schedule import Point, Schedule
    from careerspolicy.vocabulary import Vocabulary

#: A pupil turns sixteen in the school year of Year 11.
_AGE_OVER_YEAR = 5
#: No year group follows Year 14, in which a pupil turns nineteen.
_OLDEST = 19
#: The year group that a run of them has no end with.
_OLDEST_YEAR = 14

_LEAVES = "the pupil leaves"


@attrs.frozen
class Times:
    """Words for when, in one policy's reading."""

    ages: AgesReading
    vocabulary: Vocabulary

    def when(self, schedule: Schedule, *, another: bool = False) -> str:
        """When, as the end of a sentence; empty where nothing is said of it.

        An event that another of its kind may not stand near is `another`.
        """
        if isinstance(schedule, Once):
            return self._between(schedule.start, schedule.end)
        if isinstance(schedule, Each):
            return self._each(schedule)
        if isinstance(schedule, Every):
            start = f", counting from {self.start(schedule.start)}" if schedule.start else ""
            return f"at least every {_every(schedule.duration)}{start}"
        if isinstance(schedule, Around):
            return self.around(schedule, self._event(schedule, another=another))
        if isinstance(schedule, Always):
            between = self._between(schedule.start, schedule.end)
            return f"at all times {between}".strip()
        if isinstance(schedule, Kept):
            return (
                f"for at least {length(schedule.duration)} after {self._kept_from(schedule.after)}"
            )
        return schedule.words

    def how_often(self, schedule: Schedule) -> str:
        """The rhythm alone: "in every school year", "at least every two years"."""
        if isinstance(schedule, Each):
            return f"in every {schedule.period}"
        if isinstance(schedule, Every):
            return f"at least every {_every(schedule.duration)}"
        if isinstance(schedule, Always):
            return "at all times"
        if isinstance(schedule, Vaguely):
            return schedule.words
        return ""

    def bounds(self, schedule: Schedule) -> str:
        """From when until when, without the rhythm."""
        if isinstance(schedule, (Once, Each, Always)):
            return self._between(schedule.start, schedule.end)
        if isinstance(schedule, Every):
            return f"from {self.start(schedule.start)}" if schedule.start else ""
        at_it = isinstance(schedule, Around) and schedule.side is Side.AT
        return "" if at_it or isinstance(schedule, Vaguely) else self.when(schedule)

    def _each(self, schedule: Each) -> str:
        start, end = schedule.start, schedule.end
        alone = not (schedule.by or schedule.not_before)
        if alone and start == end and isinstance(start, (YearPoint, KeyStagePoint)):
            return f"in every {schedule.period} of {self._within(start).removeprefix('in ')}"
        told = [f"in every {schedule.period}"]
        if schedule.not_before:
            told.append(f"not before {schedule.not_before}")
        if schedule.by:
            told.append(f"by {schedule.by}")
        told.append(self._between(schedule.start, schedule.end))
        return ", ".join(filter(None, told))

    def _between(self, start: Point | None, end: Point | None) -> str:
        if start is None and end is None:
            return ""
        if end is None:
            return f"from {self.start(start)}"
        if start is None:
            return self._by(end)
        if start == end and isinstance(start, (YearPoint, KeyStagePoint)):
            return self._within(start)
        if start is RollPoint.JOINING and end is RollPoint.LEAVING:
            return "throughout the pupil's time at the school"
        if isinstance(start, YearPoint) and isinstance(end, YearPoint) and _whole(start, end):
            return f"during {years(tuple(range(start.year, end.year + 1)))}"
        begins = self.start(start)
        comma = "," if begins.endswith("whichever comes first") else ""
        return f"between {begins}{comma} and {self.end(end)}"

    def _within(self, point: YearPoint | KeyStagePoint) -> str:
        if isinstance(point, KeyStagePoint):
            return f"in Key Stage {point.key_stage}"
        if point.day:
            return f"on {point.day} of {year(point.year)}"
        return (
            f"in the {point.term} term of {year(point.year)}"
            if point.term
            else f"in {year(point.year)}"
        )

    def _by(self, end: Point | None) -> str:
        if end is RollPoint.LEAVING:
            return f"before {_LEAVES}"
        if isinstance(end, EarliestOf):
            told = listing((self._by(one) for one in end.points), "or")
            return f"{told}, whichever comes first" if len(end.points) > 1 else told
        return f"by {self.end(end)}"

    def start(self, point: Point | None) -> str:
        """A point as a beginning: "the start of Year 8"."""
        if isinstance(point, AgePoint):
            if self.ages is AgesReading.BIRTHDAY:
                return f"the pupil's {_ordinal(point.age)} birthday"
            if point.age >= _OLDEST:
                return f"the start of the school year after the pupil turns {point.age}"
            return f"the start of {year(max(0, point.age - _AGE_OVER_YEAR + 1))} (age {point.age})"
        return self._edge(point, "start")

    def end(self, point: Point | None) -> str:
        """A point as an end: "the end of Year 11 (age 16)"."""
        if isinstance(point, AgePoint):
            if self.ages is AgesReading.BIRTHDAY:
                return f"the pupil's {_ordinal(point.age)} birthday"
            if point.age > _OLDEST:
                return f"the end of the school year in which the pupil turns {point.age}"
            return f"the end of {year(max(0, point.age - _AGE_OVER_YEAR))} (age {point.age})"
        return self._edge(point, "end")

    def _edge(self, point: Point | None, edge: str) -> str:
        if isinstance(point, YearPoint):
            if point.day:
                return f"{point.day} of {year(point.year)}"
            term = f"the {point.term} term of " if point.term else ""
            return f"the {edge} of {term}{year(point.year)}"
        if isinstance(point, KeyStagePoint):
            return f"the {edge} of Key Stage {point.key_stage}"
        if isinstance(point, DatePoint):
            return f"{point.day.day} {MONTHS[point.day.month - 1]} {point.day.year}"
        if isinstance(point, EarliestOf):
            which = self.start if edge == "start" else self.end
            told = listing((which(one) for one in point.points), "or")
            return f"{told}, whichever comes first" if len(point.points) > 1 else told
        return "the day the pupil joins" if point is RollPoint.JOINING else f"the day {_LEAVES}"

    def _kept_from(self, point: Point) -> str:
        if point is RollPoint.LEAVING:
            return _LEAVES
        if isinstance(point, EarliestOf):
            told = listing((self._kept_from(one) for one in point.points), "or")
            return f"{told}, whichever comes first" if len(point.points) > 1 else told
        return self.end(point)

    def around(self, schedule: Around, event: str) -> str:
        """Before, at or after an event that has its name: "before each work placement"."""
        side, within, notice = schedule.side, schedule.within, schedule.notice
        if side is Side.AT:
            return f"at {event}"
        if within and notice:
            return f"between {length(notice)} and {length(within)} {side.value} {event}"
        if within:
            return f"within {length(within)} {side.value} {event}"
        return (
            f"at least {length(notice)} {side.value} {event}" if notice else f"{side.value} {event}"
        )

    def _event(self, schedule: Around, *, another: bool) -> str:
        kind = self.vocabulary.kinds[schedule.event]
        happens = kind_phrases(kind).happens
        if happens and not schedule.where:
            return happens
        told = described(kind, schedule.where, None)
        each = "another" if another else "each"
        return f"{each} {' '.join((told.of(many=False), *told.tail))}"


def _whole(start: YearPoint, end: YearPoint) -> bool:
    """Whether two points are the edges of several whole year groups, the last but the oldest."""
    parts = start.day or start.term or end.day or end.term
    return not parts and start.year < end.year < _OLDEST_YEAR and start.year > 0


def length(duration: Duration) -> str:
    """A duration in words: "two years", "10 school days"."""
    unit = duration.unit if duration.count == 1 else f"{duration.unit}s"
    return f"{number_in_words(duration.count)} {unit}"


def _every(duration: Duration) -> str:
    return duration.unit if duration.count == 1 else length(duration)


def _ordinal(age: int) -> str:
    teens = 10 < age % 100 < 20
    return f"{age}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(age % 10, 'th')}"
