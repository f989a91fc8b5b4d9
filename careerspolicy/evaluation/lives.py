"""When the points of a policy fall for one subject: "28 February of Year 9" becomes a date.

A pupil's points follow the recorded year group, or else the date of birth; schools, trusts and
records know only the calendar.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import attrs

from careerspolicy.calendar.ages import birthday
from careerspolicy.calendar.school_calendar import (
    EVER,
    KEY_STAGES,
    Window,
)
from careerspolicy.evaluation.record_reasons import BirthUnknown, JoiningUnknown, YearGroupUnknown
from careerspolicy.model.policy import AgesReading, Readings
from careerspolicy.model.schedule import (
    AgePoint,
    DatePoint,
    EarliestOf,
    KeyStagePoint,
    OffsetPoint,
    Point,
    RollPoint,
    YearPoint,
)

if TYPE_CHECKING:
    from careerspolicy.evaluation.record_reasons import Missing
    from careerspolicy.model.facts import Pupil, School

_DAY = timedelta(days=1)
_ALL = (EVER,)
_BY_SCHOOL_YEAR = AgesReading.SCHOOL_YEAR

#: The year group after which pupils may leave for good.
_LAST_COMPULSORY = 11


#: Of a pupil, all that the days hang on on which points fall.
Days: TypeAlias = "tuple[str, int | None, date | None, date | None, date | None]"


class NotKnownError(Exception):
    """A point has no date for want of a fact."""

    def __init__(self, fact: Missing) -> None:
        super().__init__(fact.code)
        self.fact = fact


@attrs.frozen
class Life:
    """A pupil's time at one school, on which points fall.

    `earlier` is the time at another school of the facts from which the pupil came straight over.
    `first_year` is the calendar year in which the pupil's Year 0 began, if anything says.
    """

    pupil: Pupil
    school: School
    readings: Readings
    earlier: Life | None = None
    first_year: int | None = attrs.field(init=False)
    _years: dict[int, Window] = attrs.field(init=False, factory=dict, eq=False, repr=False)
    _complete: dict[str, Window] = attrs.field(init=False, factory=dict, eq=False, repr=False)

    @first_year.default
    def _begin(self) -> int | None:
        """The calendar year in which the pupil's Year 0 began, moving on one year at a time."""
        year = self.school.calendar.year_of(self.school.as_at)
        group = self.pupil.year_group_in(year, self.school)
        if group is None:
            return None if self.earlier is None else self.earlier.first_year
        return year - group

    def year(self, group: int) -> Window:
        """The school year in which the pupil is in a year group."""
        known = self._years.get(group)
        if known is None:
            if self.first_year is None:
                raise NotKnownError(YearGroupUnknown())
            known = self.school.calendar.school_year(self.first_year + group)
            self._years[group] = known
        return known

    def school_years(self, within: Window) -> list[Window]:
        """Every school year that meets a window with both ends."""
        assert within.start and within.end and self.first_year  # noqa: S101 - as periods asks
        first, last = map(self.school.calendar.year_of, (within.start, within.end))
        return [self.year(year - self.first_year) for year in range(first, last + 1)]

    def year_group_on(self, day: date) -> int | None:
        """The pupil's year group on a day."""
        if self.first_year is None:
            return None
        return self.school.calendar.year_of(day) - self.first_year

    @cached_property
    def at_school(self) -> Window:
        """From the school's lowest year to its highest, for this pupil: when it could have them."""
        return Window(
            self.year(self.school.lowest_year).start, self.year(self.school.highest_year).end
        )

    @cached_property
    def stay(self) -> Window:
        """The days on which the school could have this pupil and did: at school, and on roll."""
        return self.at_school.meet(Window(self.pupil.joined, self.pupil.left))

    @cached_property
    def arrived(self) -> date | None:
        """The pupil's first day at the school, or at the first of those they came straight from."""
        if self.earlier is None:
            return self.stay.start
        if self.earlier.first_year is not None or self.first_year is None:
            return self.earlier.arrived
        recorded = self.earlier.pupil.recorded_in(self.earlier.school)
        pupil = attrs.evolve(self.earlier.pupil, year_group=recorded - self.first_year)
        return attrs.evolve(self.earlier, pupil=pupil).arrived

    def complete(self, kind: str) -> Window:
        """The days of which every record of a kind is known that the pupil's schools have."""
        known = self._complete.get(kind)
        if known is None:
            known = self._complete[kind] = self._all_of(kind)
        return known

    def _all_of(self, kind: str) -> Window:
        own, joined = self.school.complete(kind), self.pupil.joined
        if self.earlier is None or joined is None or (own.start and own.start > joined):
            return own
        before, left = self.earlier.complete(kind), self.earlier.pupil.left
        lost = before.end is not None and left is not None and before.end < left
        return Window(joined if lost else before.start, own.end)

    @cached_property
    def first_day(self) -> date | None:
        """The pupil's first day at the school, as far as anything says."""
        return self.pupil.joined if self.first_year is None else self.stay.start

    def days(self, *, personal: bool) -> Days:
        """What tells this life from others by when points fall: a cohort's, unless `personal`."""
        pupil = self.pupil
        born, joined = (pupil.born, pupil.joined) if personal else (None, None)
        return self.school.urn, self.first_year, pupil.left, born, joined

    def throughout(self, window: Window) -> bool:
        """Whether the school had this pupil from the first day of a window to its last."""
        first, last = window.start or self.at_school.start, window.end
        if first is None or last is None:
            return False
        return self.stay.holds(first) and self.stay.holds(last)

    @cached_property
    def leaving(self) -> date | None:
        """The day the pupil left, or else the end of the school's highest year."""
        return self.pupil.left or self.at_school.end

    @cached_property
    def last_day(self) -> date | None:
        """The day on which the pupil's time at the school ends, unless they move away before.

        The end of the school's highest year; or the day the pupil left, in the last term of Year 11
        or of a later year.
        """
        left = self.pupil.left
        if left is None or (self.year_group_on(left) or 0) < _LAST_COMPULSORY:
            return self.at_school.end
        calendar = self.school.calendar
        last = calendar.school_year(calendar.year_of(left)).end
        return left if last and left >= calendar.last_term(last) else self.at_school.end

    def birthday(self, age: int) -> date:
        """The day on which the pupil reaches an age."""
        if self.pupil.born is None:
            raise NotKnownError(BirthUnknown())
        return birthday(self.pupil.born, age)

    def between(self, start: Point | None, end: Point | None) -> Window:
        """From the first day of one point to the last of another; an end not said is open.

        What ends with leaving ends with the last day: that some leave early moves no deadline.
        """
        if start is None and end is None:
            return EVER
        last = None if end is None else self._window(end, first=False, leaving=self.last_day).end
        if start is None and isinstance(end, OffsetPoint) and end.point is RollPoint.JOINING:
            start = None if end.before else RollPoint.JOINING
        return Window(self.start_of(start), last)

    def start_of(self, point: Point | None) -> date | None:
        """The first day of a point; None when nothing is said.

        Who is not known to have joined was there from the beginning.
        """
        if point is None or (point is RollPoint.JOINING and self.pupil.joined is None):
            return None
        return self._window(point, first=True).start

    def end_of(self, point: Point | None) -> date | None:
        """The last day of a point; None when nothing is said."""
        return None if point is None else self._window(point, first=False).end

    def spans(
        self, years: tuple[int, ...], ages: tuple[int, int] | None, *, taught: bool = True
    ) -> tuple[Window, ...]:
        """The runs of days on which the pupil is in those year groups and of those ages.

        Runs of year groups are as the school teaches them, unless `taught` is false: one that goes
        on past its last year group ends with that.
        """
        if not years and ages is None:
            return _ALL
        runs = tuple(self._run(run, taught=taught) for run in _runs(years)) if years else _ALL
        if ages is None:
            return runs
        aged = Window(self.birthday(ages[0]), self.birthday(ages[1] + 1) - _DAY)
        return tuple(met for run in runs if not (met := run.meet(aged)).empty)

    def _run(self, run: tuple[int, int], *, taught: bool = True) -> Window:
        first, last = run
        if taught and first <= self.school.highest_year and last >= self.school.lowest_year:
            last = min(last, self.school.highest_year)
        return Window(self.year(first).start, self.year(last).end)

    def _window(self, point: Point, *, first: bool, leaving: date | None = None) -> Window:
        if isinstance(point, YearPoint):
            return self._part_of_year(point)
        if isinstance(point, AgePoint):
            return self._aged(point.age, first=first)
        if isinstance(point, KeyStagePoint):
            return self._run(KEY_STAGES[point.key_stage])
        if isinstance(point, DatePoint):
            return Window(point.day, point.day)
        if isinstance(point, OffsetPoint):
            counted_from = self._window(point.point, first=first, leaving=leaving)
            return self._away(point, counted_from.start if first else counted_from.end)
        if isinstance(point, EarliestOf):
            several = (self._window(edge, first=first, leaving=leaving) for edge in point.points)
            return min(several, key=_by_end)
        day = self._joined() if point is RollPoint.JOINING else leaving or self.leaving
        return Window(day, day)

    def _joined(self) -> date:
        if self.pupil.joined is None:
            raise NotKnownError(JoiningUnknown())
        return self.pupil.joined

    def _away(self, offset: OffsetPoint, day: date | None) -> Window:
        """The day so long after a day that a point has, or before it."""
        assert day is not None  # noqa: S101 - every point but one without an end has both
        length = offset.duration
        away = (length.before if offset.before else length.after)(day, self.school.calendar)
        return Window(away, away)

    def _aged(self, age: int, *, first: bool) -> Window:
        if self.readings.ages is _BY_SCHOOL_YEAR:
            return self.year(age - 4 if first else age - 5)
        reached = self.birthday(age)
        return Window(reached, reached)

    def _part_of_year(self, point: YearPoint) -> Window:
        whole = self.year(point.year)
        if point.day is not None and whole.start is not None:
            day = point.day.on(whole.start.year)
            day = day if day >= whole.start else point.day.on(whole.start.year + 1)
            return Window(day, day)
        if point.term is not None and whole.start is not None:
            return self.school.calendar.term(point.term, self.school.calendar.year_of(whole.start))
        return whole


def calendar_day(point: Point | None) -> date | None:
    """The day of a point for a subject that has no school life: a date, or nothing."""
    return point.day if isinstance(point, DatePoint) else None


def _runs(years: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """Year groups as runs that leave none out: (8, 9, 11) is 8 to 9 and 11 to 11."""
    runs: list[tuple[int, int]] = []
    for year in years:
        if runs and runs[-1][1] == year - 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return tuple(runs)


def _by_end(window: Window) -> date:
    return window.end or date.max
