"""The lives that a relation is decided over: finitely many that stand for all the rest.

A setting is a school, a pupil of it who goes right through, and the day asked about. What else may
differ (records, and what can be said of the pupil, school and trust) is left to the solver.
"""

from __future__ import annotations

from datetime import date, timedelta
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
from careerspolicy.model.duty import (
    AgePoint,
    DatePoint,
    Each,
    Every,
    KeyStagePoint,
    Roll,
    YearPoint,
)
from careerspolicy.model.policy import AgesReading
from careerspolicy.solver.promises import conditions, points

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
#: What a schedule calls the lengths of time in it.
_LENGTHS: Final = ("duration", "within", "notice")


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

    def life(self, promise: Promise) -> Life:
        """The pupil's life as a promise's policy reads it."""
        return Life(self.pupil, self.school, promise.policy.readings)

    @property
    def days(self) -> tuple[int, int]:
        """The first and last day of any record, as ordinals."""
        return self.first.toordinal(), self.as_of.toordinal()


def settings(promises: Sequence[Promise]) -> Iterator[Setting]:
    """Every setting that could tell some promises apart, the plainest first."""
    length = _longest(promises)
    pupils = any(one.duty.population.subject != "trust" for one in promises)
    for low, high in dict.fromkeys(_ranges(promises)):
        for year in _cohorts(promises) if pupils else (_plain_cohort(promises),):
            for born in _birthdays(promises, year):
                for left in _leavings(promises, (low, high), year):
                    yield _setting(promises, (low, high), year, born, left, length)


def _setting(
    promises: Sequence[Promise],
    years: tuple[int, int],
    year_7: int,
    born: date,
    left: date | None,
    length: int,
) -> Setting:
    low, high = years
    named = [point.day for one in promises for point in points(one) if isinstance(point, DatePoint)]
    since = min(_seen_from(year) for year in (year_7, *(day.year - 1 for day in named)))
    if any(one.duty.population.subject not in ("school", "trust") for one in promises):
        last = max([date(year_7 - 7 + high + 1, 9, 1), *named]) + (length + _YEAR) * _DAY
    else:
        last = max([since, *(date(day.year, 9, 1) for day in named)]) + length * _DAY
    as_of = date(last.year + 1, 9, 1)
    school = usual_school(
        as_of,
        years,
        calendar=_calendar(promises, since, as_of),
        complete_since={kind: since for one in promises for kind in watched(one)},
    )
    pupil = usual_pupil(born=born, left=left)
    first = min(since, date(year_7 - 7 + low, 9, 1)) - (length + _YEAR) * _DAY
    return Setting(school=school, pupil=pupil, first=first, since=since, as_of=as_of)


def _seen_from(year: int) -> date:
    """A day shortly before a school year, on which no period of a school begins."""
    return date(year, 8, 2)


def watched(promise: Promise) -> Iterator[str]:
    """The kind that must be seen from a day on, since a promise is judged from then."""
    duty = promise.duty
    if duty.population.subject in ("school", "trust"):
        schedule = duty.schedule
        if isinstance(schedule, (Each, Every)) and schedule.start is None:
            yield duty.records.kind


# ---------------------------------------------------------------------------- schools


def _ranges(promises: Sequence[Promise]) -> Iterator[tuple[int, int]]:
    """The year groups that the school teaches: all that any promise speaks of, Years 7 to 13."""
    named = [year for one in promises for year in _years(one)]
    low = max(min([YEARS[0], *named]), FIRST_YEAR_GROUP)
    high = min(max([YEARS[1], *named]), LAST_YEAR_GROUP)
    yield low, high
    asked = {test.attribute for one in promises for _, test in conditions(one)}
    if "sixth_form" in asked:
        yield min(low, 7), 11
    if "primary_years" in asked:
        yield FIRST_YEAR_GROUP, high
        yield max(low, 7), high
    if "secondary_years" in asked:
        yield FIRST_YEAR_GROUP, 6


def _years(promise: Promise) -> Iterator[int]:
    yield from promise.duty.population.years
    for point in points(promise):
        if isinstance(point, YearPoint):
            yield point.year
        elif isinstance(point, AgePoint):
            yield point.age - 5
        elif isinstance(point, KeyStagePoint):
            first, last = KEY_STAGES[point.key_stage]
            yield from (first, min(last, YEARS[1]))


def _calendar(promises: Sequence[Promise], since: date, as_of: date) -> SchoolCalendar:
    """The usual calendar; where terms matter, one in which no term touches the next.

    Whatever can happen in terms that meet can happen in terms that don't.
    """
    if not any(by_terms(one) or by_school_days(one) for one in promises):
        return SchoolCalendar()
    years = range(since.year - 12, as_of.year + 1)
    return SchoolCalendar(terms=tuple(term for year in years for term in _terms(year)))


def by_terms(promise: Promise) -> bool:
    """Whether a promise hangs on the days of a school's terms."""
    schedule = promise.duty.schedule
    if isinstance(schedule, Each) and schedule.period in ("term", "half term"):
        return True
    return any(isinstance(point, YearPoint) and point.term for point in points(promise))


def by_school_days(promise: Promise) -> bool:
    """Whether a promise counts school days."""
    lengths = (getattr(promise.duty.schedule, name, None) for name in _LENGTHS)
    return any(one is not None and one.unit == "school day" for one in lengths)


def _terms(year: int) -> Iterator[Term]:
    yield _term(
        "autumn", date(year, 9, 3), date(year, 10, 24), date(year, 11, 3), date(year, 12, 19)
    )
    year += 1
    yield _term("spring", date(year, 1, 5), date(year, 2, 13), date(year, 2, 23), date(year, 3, 27))
    yield _term("summer", date(year, 4, 13), date(year, 5, 22), date(year, 6, 1), date(year, 7, 21))


def _term(name: str, first: date, away: date, back: date, last: date) -> Term:
    return Term(name, Window(first, last), (Window(first, away), Window(back, last)))


# ---------------------------------------------------------------------------- pupils


def _cohorts(promises: Sequence[Promise]) -> Iterable[int]:
    """The years in which the pupil begins Year 7.

    One will do for points of a life. Dates of the calendar may fall in any year group, and the end
    of February is told apart by leap years.
    """
    named = [point.day for one in promises for point in points(one) if isinstance(point, DatePoint)]
    plain = _plain_cohort(promises)
    first, last = plain, plain
    if named:
        low, high = next(iter(_ranges(promises)))
        later = _longest(promises) // _YEAR
        first, last = min(named).year - (high - 7) - later, max(named).year + (7 - low) + 2
    leaps = any(day.month == 2 and day.day == 29 for one in promises for day in month_days(one))
    if leaps:
        last = max(last, first + _LEAP_CYCLE - 1)
    return sorted(range(first, last + 1), key=lambda year: abs(year - plain))


def _plain_cohort(promises: Sequence[Promise]) -> int:
    """The year in which the pupil begins Year 7, once all the promises are in force."""
    begun = (one.obligation.in_force.start for one in promises)
    return max([_YEAR_7, *(day.first.year for day in begun if day is not None)])


def month_days(promise: Promise) -> Iterator[MonthDay]:
    """The days of the year that a promise names."""
    schedule = promise.duty.schedule
    for name in ("by", "not_before"):
        day = getattr(schedule, name, None)
        if day is not None:
            yield day
    yield from (one.day for one in points(promise) if isinstance(one, YearPoint) and one.day)


def _birthdays(promises: Sequence[Promise], year_7: int) -> Iterable[date]:
    """Dates of birth of the cohort: one, or where ages matter, one in each gap between days named.

    A birthday tells promises apart only by coming before, on or after another day that they name.
    """
    first = date(year_7 - 12, 9, 1)
    if not any(by_birthday(one) for one in promises):
        return [date(year_7 - 11, 3, 15)]
    named = {MonthDay(9, 1), *(day for one in promises for day in month_days(one))}
    for one in promises:
        named.update(
            MonthDay(point.day.month, point.day.day)
            for point in points(one)
            if isinstance(point, DatePoint)
        )
    near = [day.on(first.year + (day.month < 9)) for day in named]
    days = {day + step * _DAY for day in near for step in (-1, 0, 1)}
    if any(by_terms(one) for one in promises):
        ends = [end for term in _terms(first.year) for half in term.halves for end in half if end]
        days |= {end + step * _DAY for end in ends for step in (-1, 0, 1)}
    last = date(first.year + 1, 8, 31)
    kept = {day if day >= first else day.replace(year=day.year + 1) for day in days}
    return sorted({*(day for day in kept if day <= last), first + 75 * _DAY})


def by_birthday(promise: Promise) -> bool:
    """Whether a promise hangs on the day on which a pupil reaches an age."""
    if promise.duty.population.ages is not None:
        return True
    birthdays = promise.policy.readings.ages is AgesReading.BIRTHDAY
    return birthdays and any(isinstance(point, AgePoint) for point in points(promise))


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


def _longest(promises: Sequence[Promise]) -> int:
    """Days in which whatever repeats has come round more than twice."""
    day, lengths = date(2024, 1, 1), [_YEAR]
    for one in promises:
        for name in _LENGTHS:
            duration = getattr(one.duty.schedule, name, None)
            if duration is not None:
                lengths.append((duration.after(day) - day).days)
    return 2 * max(lengths)
