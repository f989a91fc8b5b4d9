"""The lives that a relation is decided over: finitely many that stand for all the rest.

A setting is a school, a pupil of it who goes right through, and the day asked about. What else may
differ (records, and what can be said of the pupil, school and trust) is left to the solver.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.calendar.school_calendar import (
    FIRST_YEAR_GROUP,
    KEY_STAGES,
    LAST_YEAR_GROUP,
    MonthDay,
    SchoolCalendar,
    Term,
    Window,
)
from careerspolicy.evaluation.lives import Life
from careerspolicy.lives.people import YEARS, usual_pupil, usual_school
from careerspolicy.model.population import Roll
from careerspolicy.model.schedule import AgePoint, KeyStagePoint, YearPoint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from careerspolicy.model.facts import Pupil, School
    from careerspolicy.solver.promises import Promise

#: The school year in which the made-up pupil is in Year 7.
_YEAR_7: Final = 2023
_LAST_OF_SECONDARY: Final = 11
_LEAP_CYCLE: Final = 4
_DAY: Final = timedelta(days=1)
_YEAR: Final = 366
#: Of each term the first day, the last before half-term, the first after it, and the last.
_TERMS: Final = {
    "autumn": ((9, 3), (10, 24), (11, 3), (12, 19)),
    "spring": ((1, 5), (2, 13), (2, 23), (3, 27)),
    "summer": ((4, 13), (5, 22), (6, 1), (7, 21)),
}


@attrs.frozen(kw_only=True)
class Setting:
    """A school and a pupil's time at it, since when its records are seen, and the day asked.

    No record is of a day before `first`.
    """

    school: School
    pupil: Pupil
    first: date
    since: date
    as_of: date

    def calendar(self, thing: str) -> SchoolCalendar:
        """The calendar that a pupil's, school's or trust's promises go by."""
        return SchoolCalendar() if thing == "trust" else self.school.calendar

    def life(self, promise: Promise) -> Life:
        """The pupil's life as a promise's policy reads it."""
        return Life(self.pupil, self.school, promise.policy.readings)


def settings(promises: Sequence[Promise]) -> Iterator[Setting]:
    """Every setting that could tell some promises apart, the plainest first."""
    for years in dict.fromkeys(_ranges(promises)):
        for year_7 in _cohorts(promises):
            leavings = _leavings(promises, years, year_7)
            for born, left in product(_birthdays(promises, year_7), leavings):
                yield _setting(promises, years, year_7, usual_pupil(born=born, left=left))


def _setting(
    promises: Sequence[Promise], years: tuple[int, int], year_7: int, pupil: Pupil
) -> Setting:
    low, high = years
    length, named = _longest(promises), _dates(promises)
    seen = {one.duty.records.kind for one in promises if one.watched}
    pupils = any(one.owner == "pupil" and one.duty.records.kind in seen for one in promises)
    # shortly before a school year, when no period of a school begins; all of a pupil's time is seen
    begun = year_7 - 7 + low if pupils else year_7
    years_begun = [day.year - 1 for day in named]
    if not named or any(one.watched or one.owner == "pupil" for one in promises):
        years_begun.append(begun)
    since = date(min(years_begun), 8, 2)
    last = max([since, *(date(day.year, 9, 1) for day in named)]) + length * _DAY
    if any(one.subject not in ("school", "trust") for one in promises):
        last = max([date(year_7 - 7 + high + 1, 9, 1), *named]) + (length + _YEAR) * _DAY
    as_of = date(last.year + 1, 9, 1)
    school = usual_school(
        as_of,
        years,
        calendar=_calendar(promises, since, as_of),
        complete_since=dict.fromkeys(seen, since),
    )
    first = min(since, date(year_7 - 7 + low, 9, 1)) - (length + _YEAR) * _DAY
    return Setting(school=school, pupil=pupil, first=first, since=since, as_of=as_of)


def _dates(promises: Sequence[Promise]) -> list[date]:
    """The days of the calendar that promises name."""
    return [day for one in promises for day in one.dates]


def _longest(promises: Sequence[Promise]) -> int:
    """Days in which whatever repeats has come round more than twice."""
    day = date(2024, 1, 1)
    named = ((length.after(day) - day).days for one in promises for length in one.lengths)
    return 2 * max([_YEAR, *named])


def _ranges(promises: Sequence[Promise]) -> Iterator[tuple[int, int]]:
    """The year groups that the school teaches: all that any promise speaks of, Years 7 to 13."""
    named = [year for one in promises for year in _years(one)]
    low = max(min([YEARS[0], *named]), FIRST_YEAR_GROUP)
    high = min(max([YEARS[1], *named]), LAST_YEAR_GROUP)
    yield low, high
    # what begins with Year 7 or ends with Year 13 may stop short of a school that teaches more
    wider = (
        FIRST_YEAR_GROUP if YEARS[0] in named else low,
        LAST_YEAR_GROUP if YEARS[1] in named else high,
    )
    if wider != (low, high):
        yield wider
    asked = {test.attribute for one in promises for _, test in one.conditions}
    if "sixth_form" in asked:
        yield min(low, 7), 11
    if "primary_years" in asked:
        yield FIRST_YEAR_GROUP, high
        yield max(low, 7), high
    if "secondary_years" in asked:
        yield FIRST_YEAR_GROUP, 6


def _years(promise: Promise) -> Iterator[int]:
    """The year groups that a promise speaks of."""
    yield from promise.duty.population.years
    for point in promise.points:
        match point:
            case YearPoint():
                yield point.year
            case AgePoint():
                yield point.age - 5
            case KeyStagePoint():
                first, last = KEY_STAGES[point.key_stage]
                yield from (first, min(last, YEARS[1]))


def _calendar(promises: Sequence[Promise], since: date, as_of: date) -> SchoolCalendar:
    """The usual calendar; where terms matter, one in which no term touches the next.

    Whatever can happen in terms that meet can happen in terms that don't.
    """
    if not any(one.by_terms or one.by_school_days for one in promises):
        return SchoolCalendar()
    years = range(since.year - 12, as_of.year + 1)
    return SchoolCalendar(terms=tuple(term for year in years for term in _terms(year)))


def _terms(year: int) -> Iterator[Term]:
    for name, days in _TERMS.items():
        first, away, back, last = (date(year + (month < 9), month, day) for month, day in days)
        yield Term(name, Window(first, last), (Window(first, away), Window(back, last)))


def _cohorts(promises: Sequence[Promise]) -> Iterable[int]:
    """The years in which the pupil begins Year 7.

    One will do for points of a life, once all the promises are in force. Dates of the calendar may
    fall in any year group, and the end of February is told apart by leap years.
    """
    begun = (one.obligation.in_force.start for one in promises)
    plain = max([_YEAR_7, *(day.first.year for day in begun if day is not None)])
    named, first, last = _dates(promises), plain, plain
    if named and any(one.owner == "pupil" for one in promises):
        low, high = next(_ranges(promises))
        later = _longest(promises) // _YEAR
        first, last = min(named).year - (high - 7) - later, max(named).year + (7 - low) + 2
    days = [day for one in promises for day in one.month_days]
    if MonthDay(2, 29) in days or any(one.offsets for one in promises):
        last = max(last, first + _LEAP_CYCLE - 1)
    return sorted(range(first, last + 1), key=lambda year: abs(year - plain))


def _birthdays(promises: Sequence[Promise], year_7: int) -> Iterable[date]:
    """Dates of birth of the cohort: one, or where ages matter, one in each gap between days named.

    A birthday tells promises apart only by coming before, on or after another day that they name.
    """
    if not any(one.by_birthday for one in promises):
        return [date(year_7 - 11, 3, 15)]
    first, last = date(year_7 - 12, 9, 1), date(year_7 - 11, 8, 31)
    named = {MonthDay(9, 1), *(day for one in promises for day in one.month_days)}
    named.update(MonthDay(day.month, day.day) for day in _dates(promises))
    near = [day.on(first.year + (day.month < 9)) for day in named]
    if any(one.by_terms for one in promises):
        near += [end for term in _terms(first.year) for half in term.halves for end in half if end]
    days = (day + step * _DAY for day in near for step in (-1, 0, 1))
    kept = {day if day >= first else day.replace(year=day.year + 1) for day in days}
    return sorted({*(day for day in kept if day <= last), first + 75 * _DAY})


def _leavings(
    promises: Sequence[Promise], taught: tuple[int, int], year_7: int
) -> Sequence[date | None]:
    """When the pupil leaves: never, or where it matters, at the end of a year group."""
    if all(one.duty.population.roll is Roll.ANY for one in promises):
        return (None,)
    low, high = taught
    named = {_LAST_OF_SECONDARY, high, *(year for one in promises for year in _years(one))}
    years = sorted(year for year in named if low <= year <= high)
    return (None, *(date(year_7 - 7 + year + 1, 8, 31) for year in years))
