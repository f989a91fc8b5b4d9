"""When: points of a life and schedules, as a sentence says them.

The policy's `ages` reading decides what "by 16" is said to mean.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.calendar.school_calendar import MONTHS
from careerspolicy.english.people import year, years
from careerspolicy.english.phrases import kind_phrases
from careerspolicy.english.things import described
from careerspolicy.english.wording import a, listing, number_in_words
from careerspolicy.model import duty as shape
from careerspolicy.model.policy import AgesReading

if TYPE_CHECKING:
    from collections.abc import Callable

    from careerspolicy.calendar.durations import Duration
    from careerspolicy.english.things import Description
    from careerspolicy.vocabulary import Vocabulary

#: A pupil turns sixteen in the school year of Year 11.
_AGE_OVER_YEAR: Final = 5
#: The year group that a run of them has no end with.
_OLDEST_YEAR: Final = 14

_LEAVES: Final = "the pupil leaves"
#: How often, in a policy's words: what stands right after "will", a season or month, an adjective.
_ADVERB: Final = re.compile(
    r"^(?!(?:dai|week|fortnight|month|term|quarter|year|hour|ear|time)ly$)"
    r"(?:\w+ly|often|always|sometimes|at all times)$"
)
_SEASON: Final = re.compile(
    r"^(?:spring|summer|autumn|winter|january|february|march|april|may|june|july|august"
    r"|september|october|november|december)(?: term)?(?: \d{4})?$",
    re.IGNORECASE,
)
_ADJECTIVE: Final = re.compile(
    r"^(?!.*(?:ly|ways|times)$)(?:on-?going|continuous|\w+(?:ous|al|ar|ic|ent|ed))$"
)


@attrs.frozen
class Time:
    """When, and where in a sentence that belongs.

    What stands `amid` it follows "will" ("regularly"); what is `of_pupil` speaks of "the pupil",
    and so can't come before whoever that is; what has a `tail` ends as a sentence may.
    """

    words: str = ""
    amid: bool = False
    of_pupil: bool = False
    has_tail: bool = False

    @classmethod
    def read(cls, words: str) -> Time:
        """However often a policy says."""
        if _SEASON.match(words):
            return cls(f"in {words}")
        if _ADJECTIVE.match(words):
            return cls(f"on {a(words)} basis")
        return cls(words, amid=bool(_ADVERB.match(words)))


@attrs.frozen
class Times:
    """Words for when, in one policy's reading."""

    ages: AgesReading
    vocabulary: Vocabulary

    def time(self, schedule: shape.Schedule, *, another: bool = False) -> Time:
        """When, as a part of a sentence.

        An event that another of its kind may not stand near is `another`.
        """
        if isinstance(schedule, shape.Vaguely):
            return Time.read(schedule.words)
        return Time(
            self.when(schedule, another=another),
            amid=schedule == shape.Always(),
            of_pupil=self._is_of_pupil(schedule),
            has_tail=isinstance(schedule, shape.Around) and bool(self._described(schedule).tail),
        )

    def bounds(self, schedule: shape.Schedule) -> Time:
        """From when until when, without the rhythm."""
        match schedule:
            case shape.Once() | shape.Each() | shape.Always():
                words = self._between(schedule.start, schedule.end)
            case shape.Every(start=start):
                words = f"from {self._edge(start, 'start')}" if start else ""
            case shape.Vaguely() | shape.Around(side=shape.Side.AT):
                words = ""
            case _:
                words = self.when(schedule)
        return Time(words, of_pupil=self._is_of_pupil(schedule))

    def when(self, schedule: shape.Schedule, *, another: bool = False) -> str:
        """When, as the end of a sentence; empty where nothing is said of it."""
        match schedule:
            case shape.Once():
                return self._between(schedule.start, schedule.end)
            case shape.Each():
                return self._each(schedule)
            case shape.Every(start=None):
                return self.how_often(schedule)
            case shape.Every():
                start = self._edge(schedule.start, "start")
                return f"{self.how_often(schedule)}, counting from {start}"
            case shape.Around():
                return self.around(schedule, self._event(schedule, another=another))
            case shape.Always():
                return f"at all times {self._between(schedule.start, schedule.end)}".rstrip()
            case shape.Kept():
                after = self._kept_from(schedule.after)
                return f"for at least {length(schedule.duration)} after {after}"
        return schedule.words

    def how_often(self, schedule: shape.Schedule) -> str:
        """The rhythm alone: "in every school year", "at least every two years"."""
        match schedule:
            case shape.Each():
                return f"in every {schedule.period}"
            case shape.Every(duration=every):
                return f"at least every {every.unit if every.count == 1 else length(every)}"
            case shape.Always():
                return "at all times"
            case shape.Vaguely():
                return schedule.words
        return ""

    def _each(self, schedule: shape.Each) -> str:
        often, start, end = self.how_often(schedule), schedule.start, schedule.end
        if schedule == shape.Each(period=schedule.period, start=start, end=start):
            if isinstance(start, shape.YearPoint | shape.KeyStagePoint):
                return f"{often} of {self._inside(start)[1]}"
        late = f"not before {schedule.not_before}" if schedule.not_before else ""
        by = f"by {schedule.by}" if schedule.by else ""
        return ", ".join(filter(None, (often, late, by, self._between(start, end))))

    def _between(self, start: shape.Point | None, end: shape.Point | None) -> str:
        match start, end:
            case None, None:
                return ""
            case _, None:
                return f"from {self._edge(start, 'start')}"
            case None, _:
                return self._by(end)
            case shape.YearPoint() | shape.KeyStagePoint(), _ if start == end:
                return " ".join(self._inside(start))
            case shape.RollPoint.JOINING, shape.RollPoint.LEAVING:
                return "throughout the pupil's time at the school"
            case shape.YearPoint(), shape.YearPoint() if _are_whole(start, end):
                return f"during {years(tuple(range(start.year, end.year + 1)))}"
        begins = self._edge(start, "start")
        comma = "," if isinstance(start, shape.EarliestOf) and len(start.points) > 1 else ""
        return f"between {begins}{comma} and {self._edge(end, 'end')}"

    def _inside(self, point: shape.YearPoint | shape.KeyStagePoint) -> tuple[str, str]:
        """A stretch of a life, after its preposition: "in" and "Year 9"."""
        if isinstance(point, shape.KeyStagePoint):
            return "in", f"Key Stage {point.key_stage}"
        term = f"the {point.term} term of " if point.term else ""
        return (
            ("on", f"{point.day} of {year(point.year)}")
            if point.day
            else ("in", f"{term}{year(point.year)}")
        )

    def _by(self, end: shape.Point) -> str:
        if end is shape.RollPoint.LEAVING:
            return f"before {_LEAVES}"
        if isinstance(end, shape.EarliestOf):
            return _first(end, self._by)
        return f"by {self._edge(end, 'end')}"

    def _kept_from(self, point: shape.Point) -> str:
        if point is shape.RollPoint.LEAVING:
            return _LEAVES
        if isinstance(point, shape.EarliestOf):
            return _first(point, self._kept_from)
        return self._edge(point, "end")

    def _edge(self, point: shape.Point, edge: str) -> str:
        """A point as a beginning or an end: "the start of Year 8", "the end of Year 11 (age 16)"."""
        match point:
            case shape.AgePoint(age=age):
                return self._age(age, edge)
            case shape.YearPoint(day=None):
                return f"the {edge} of {self._inside(point)[1]}"
            case shape.YearPoint():
                return self._inside(point)[1]
            case shape.KeyStagePoint():
                return f"the {edge} of {self._inside(point)[1]}"
            case shape.DatePoint(day=day):
                return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
            case shape.EarliestOf():
                return _first(point, lambda earliest: self._edge(earliest, edge))
        return (
            "the day the pupil joins" if point is shape.RollPoint.JOINING else f"the day {_LEAVES}"
        )

    def _age(self, age: int, edge: str) -> str:
        if self.ages is AgesReading.BIRTHDAY:
            return f"the pupil's {_ordinal(age)} birthday"
        group = age - _AGE_OVER_YEAR + (edge == "start")
        if group <= _OLDEST_YEAR:
            return f"the {edge} of {year(max(0, group))} (age {age})"
        when = "after the pupil turns" if edge == "start" else "in which the pupil turns"
        return f"the {edge} of the school year {when} {age}"

    def _is_of_pupil(self, schedule: shape.Schedule) -> bool:
        if isinstance(schedule, shape.Around):
            return bool(self._happens(schedule))
        edges = (getattr(schedule, edge, None) for edge in ("start", "end", "after"))
        return any(self._is_a_pupils(point) for point in edges)

    def _is_a_pupils(self, point: shape.Point | None) -> bool:
        """Whether the words for a point speak of the pupil."""
        match point:
            case shape.RollPoint():
                return True
            case shape.AgePoint(age=age):
                return self.ages is AgesReading.BIRTHDAY or age > _OLDEST_YEAR + _AGE_OVER_YEAR
            case shape.EarliestOf(points=points):
                return any(map(self._is_a_pupils, points))
        return False

    def around(self, schedule: shape.Around, event: str) -> str:
        """Before, at or after an event that has its name: "before each work placement"."""
        side, within, notice = schedule.side.value, schedule.within, schedule.notice
        far = (
            f"within {length(within)}" if within else f"at least {length(notice)}" if notice else ""
        )
        if within and notice:
            far = f"between {length(notice)} and {length(within)}"
        return f"{'' if schedule.side is shape.Side.AT else far} {side} {event}".lstrip()

    def _event(self, schedule: shape.Around, *, another: bool) -> str:
        event = self._described(schedule).whole(many=False)
        return self._happens(schedule) or f"{'another' if another else 'each'} {event}"

    def _described(self, schedule: shape.Around) -> Description:
        return described(self.vocabulary.kinds[schedule.event], schedule.where)

    def _happens(self, schedule: shape.Around) -> str:
        """The event as a clause, where it has one."""
        return "" if schedule.where else kind_phrases(self.vocabulary.kinds[schedule.event]).happens


def _first(point: shape.EarliestOf, worded: Callable[[shape.Point], str]) -> str:
    words = listing(map(worded, point.points), "or")
    return f"{words}, whichever comes first" if len(point.points) > 1 else words


def _are_whole(start: shape.YearPoint, end: shape.YearPoint) -> bool:
    """Whether two points are the edges of several whole year groups, the last but the oldest."""
    parts = start.day or start.term or end.day or end.term
    return not parts and 0 < start.year < end.year < _OLDEST_YEAR


def length(duration: Duration) -> str:
    """A duration in words: "two years", "10 school days"."""
    unit = duration.unit if duration.count == 1 else f"{duration.unit}s"
    return f"{number_in_words(duration.count)} {unit}"


def _ordinal(age: int) -> str:
    teens = 10 < age % 100 < 20
    return f"{age}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(age % 10, 'th')}"
