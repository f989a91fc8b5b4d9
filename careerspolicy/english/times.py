"""When: points of a life and schedules, as a sentence says them.

The policy's `ages` reading decides what "by 16" is said to mean.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.calendar.school_calendar import MONTHS
from careerspolicy.english.people import year, years
from careerspolicy.english.things import described, happening
from careerspolicy.english.wording import a, joined, listing, number_in_words
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
    OffsetPoint,
    Once,
    Point,
    RollPoint,
    Schedule,
    Side,
    Vaguely,
    YearPoint,
)

if TYPE_CHECKING:
    from careerspolicy.calendar.durations import Duration
    from careerspolicy.vocabulary import Vocabulary

#: What happens at the end of a pupil's time at a school.
LEAVES: Final = "the pupil leaves"
#: From the start of a period, to the end of another: of what is owed each year, by their names.
_RUN: Final = re.compile("from the start of (.+)|between the start of (.+) and the end of (.+)")
#: A pupil turns sixteen in the school year of Year 11; the last year group has no end.
_AGE_OVER_YEAR, _OLDEST_YEAR, _OLDEST = 5, 14, 19
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


@attrs.frozen(kw_only=True)
class Time:
    """When, as the end of a sentence: how `often`, and in which `span`; and where that belongs.

    What stands `amid` it follows "will" ("regularly"); what has a `tail` ends as a sentence may.
    """

    words: str = ""
    often: str = ""
    span: str = ""
    amid: bool = False
    has_tail: bool = False

    @classmethod
    def vaguely(cls, words: str) -> Time:
        """However often a policy says: "regularly", "in spring", "on an ongoing basis"."""
        if _SEASON.match(words):
            return cls(words=f"in {words}", often=words)
        if _ADJECTIVE.match(words):
            return cls(words=f"on {a(words)} basis", often=words)
        return cls(words=words, often=words, amid=bool(_ADVERB.match(words)))


@attrs.frozen
class Times:
    """Words for when, in one policy's reading."""

    ages: AgesReading
    vocabulary: Vocabulary

    def time(self, schedule: Schedule, *, another: bool = False, held: str = "") -> Time:
        """When; an event that another of its kind may not stand near is `another`.

        `held` says when the event is, where whom it is for tells that.
        """
        match schedule:
            case Once(start=start, end=end):
                span = self._between(start, end)
                return Time(words=span, span=span)
            case Each():
                return self._each(schedule)
            case Every(duration=every, start=start):
                often = f"at least every {every.unit if every.count == 1 else length(every)}"
                if start is None:
                    return Time(words=often, often=often)
                span = f"from {self._edge(start, 'start')}"
                return Time(words=f"{often}, counting {span}", often=often, span=span)
            case Around():
                return self._around(schedule, another=another, held=held)
            case Always(start=start, end=end):
                often, span = "at all times", self._between(start, end)
                words = f"{often} {span}".rstrip()
                return Time(words=words, often=often, span=span, amid=not span)
            case Kept(duration=duration, after=after):
                span = f"for at least {length(duration)} after {self._edge(after, 'after')}"
                return Time(words=span, span=span)
            case Vaguely(words=words):
                return Time.vaguely(words)

    def _each(self, schedule: Each) -> Time:
        start, end, period = schedule.start, schedule.end, schedule.period
        often = f"{'in ' if period == 'key stage' else ''}each {period}"
        late = f"not before {schedule.not_before}" if schedule.not_before else ""
        by = f"by {schedule.by}" if schedule.by else ""
        span = self._between(start, end)
        if run := _RUN.fullmatch(span):
            span = f"from {run[1] or f'{run[2]} to {run[3]}'}"
        words = f"{often} {span}" if span.startswith("from ") else joined(often, span)
        if start == end and isinstance(start, YearPoint | KeyStagePoint):
            words = f"in {often.removeprefix('in ')} of {self._stretch(start)}"
        elif span.startswith(f"during {period.removeprefix('school ').title()}s "):
            words = f"in each of {span.removeprefix('during ')}"
        return Time(words=joined(words, late, by), often=often, span=span)

    def _around(self, schedule: Around, *, another: bool, held: str) -> Time:
        kind = self.vocabulary.kinds[schedule.event]
        happens = happening(kind, schedule.where)
        event = described(kind, schedule.where)
        named = f"{'another' if another else 'each'} {event.whole(many=False)}"
        words, tail = self.around(schedule, f"{happens or named} {held}".rstrip()), bool(event.tail)
        if bounds := self._between(schedule.start, schedule.end):
            words = f"{words}, {bounds}"
        span = "" if schedule.side is Side.AT else words
        return Time(words=words, span=span, has_tail=tail)

    def around(self, schedule: Around, event: str) -> str:
        """Before, at or after an event that has its name: "before each work placement"."""
        side, within, notice = schedule.side, schedule.within, schedule.notice
        far = f"within {length(within)} " if within else ""
        if notice:
            least = f"at least {length(notice)} "
            far = f"between {length(notice)} and {length(within)} " if within else least
        return f"{'' if side is Side.AT else far}{side.value} {event}"

    def _between(self, start: Point | None, end: Point | None) -> str:
        if start is None or end is None:
            begins = f"from {self._edge(start, 'start')}" if start else ""
            return self._edge(end, "by") if end else begins
        match start, end:
            case YearPoint() | KeyStagePoint(), _ if start == end:
                on = isinstance(start, YearPoint) and start.day
                return f"{'on' if on else 'in'} {self._stretch(start)}"
            case RollPoint.JOINING, RollPoint.LEAVING:
                return "throughout the pupil's time at the school"
            case YearPoint(day=None, term=None), YearPoint(day=None, term=None) if (
                0 < start.year < end.year < _OLDEST_YEAR
            ):
                return f"during {years(tuple(range(start.year, end.year + 1)))}"
            case KeyStagePoint(key_stage=first), KeyStagePoint(key_stage=last) if first < last:
                return f"during Key Stages {first} {'and' if last == first + 1 else 'to'} {last}"
        comma = "," if isinstance(start, EarliestOf) and len(start.points) > 1 else ""
        return f"between {self._edge(start, 'start')}{comma} and {self._edge(end, 'end')}"

    def _stretch(self, point: YearPoint | KeyStagePoint) -> str:
        """A year group or key stage, or what of it a point names."""
        if isinstance(point, KeyStagePoint):
            return f"Key Stage {point.key_stage}"
        part = f"the {point.term} term of " if point.term else ""
        return f"{f'{point.day} in ' if point.day else part}{year(point.year)}"

    def _edge(self, point: Point, edge: str) -> str:
        """A point as a "start", an "end", what is done "by" it, or what follows "after" it.

        For example "the start of Year 8", "the end of Year 11 (age 16)", "by 1 May 2026".
        """
        if isinstance(point, EarliestOf):
            several = len(point.points) > 1
            each = "end" if several and edge == "after" else edge
            words = listing((self._edge(earliest, each) for earliest in point.points), "or")
            return f"{words}, whichever comes first" if several else words
        if isinstance(point, OffsetPoint):
            return self._offset(point, edge)
        if point is RollPoint.LEAVING and edge in ("by", "after"):
            return f"before {LEAVES}" if edge == "by" else LEAVES
        if edge in ("by", "after"):
            return f"{'by ' if edge == 'by' else ''}{self._edge(point, 'end')}"
        match point:
            case AgePoint(age=age):
                return self._age(age, edge)
            case YearPoint() | KeyStagePoint():
                day = isinstance(point, YearPoint) and point.day
                return f"{'' if day else f'the {edge} of '}{self._stretch(point)}"
            case DatePoint(day=date):
                return f"{date.day} {MONTHS[date.month - 1]} {date.year}"
        joins = point is RollPoint.JOINING
        return f"the day {'the pupil joins' if joins else LEAVES}"

    def _offset(self, offset: OffsetPoint, edge: str) -> str:
        """So long before or after a point: "six weeks after the day the pupil joins".

        What is done by then is done "within six weeks of" it, or "at least 12 months before" it.
        """
        often, side = length(offset.duration), "before" if offset.before else "after"
        named = self._edge(offset.point, "start" if edge == "start" else "end")
        if edge == "by":
            return (
                f"at least {often} before {named}"
                if offset.before
                else (f"within {often} of {named}")
            )
        return f"{'the day ' if edge == 'after' else ''}{often} {side} {named}"

    def _age(self, age: int, edge: str) -> str:
        if self.ages is AgesReading.BIRTHDAY:
            teens = 10 < age % 100 < 20
            ordinal = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(age % 10, "th")
            return f"the pupil's {age}{ordinal} birthday"
        group = age - _AGE_OVER_YEAR + (edge == "start")
        if group <= _OLDEST_YEAR:
            return f"the {edge} of {year(max(0, group))} (age {age})"
        turns = "after the pupil turns" if edge == "start" else "in which the pupil turns"
        return f"the {edge} of the school year {turns} {age}"


def length(duration: Duration) -> str:
    """A duration in words: "two years", "10 school days"."""
    unit = duration.unit if duration.count == 1 else f"{duration.unit}s"
    return f"{number_in_words(duration.count)} {unit}"
