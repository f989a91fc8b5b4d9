"""Rules on obligations that say nothing new: repeated, or implied by another.

What "implies" means is decided on the closed shape alone, and only where it is certain; whatever
the rule can't compare, it passes over.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.calendar.school_calendar import KEY_STAGES
from careerspolicy.checks.rules.same import sameness
from careerspolicy.model.duty import Count, Covers, Distinct, Verb
from careerspolicy.model.policy import AgesReading, Strength
from careerspolicy.model.schedule import AgePoint, Each, Every, KeyStagePoint, Once, YearPoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.checks.issues import Case, Found
    from careerspolicy.model.duty import Duty
    from careerspolicy.model.policy import Obligation
    from careerspolicy.model.schedule import Point, Schedule

_STRENGTHS: Final = (Strength.MAY, Strength.SHOULD, Strength.MUST)
_EVER: Final = 99.0
_YEAR: Final = 1.0


def repeated(case: Case) -> Iterator[Found]:
    """The same duty of the same role a second time."""
    firsts: dict[object, Obligation] = {}
    for one in case.policy.obligations:
        other = firsts.setdefault((sameness(one), one.who), one)
        if other is not one:
            message = f'asks for the same as "{other.id}", of the same role'
            yield case.about(one, "id", message, "give the first a second source, and drop this")


def implied(case: Case) -> Iterator[Found]:
    """Whatever meets another obligation meets this one too."""
    by_kind: dict[str, list[Obligation]] = {}
    for one in case.policy.obligations:
        by_kind.setdefault(one.duty.records.kind, []).append(one)
    by_age = case.policy.readings.ages is AgesReading.SCHOOL_YEAR
    position = case.positions
    for one in case.policy.obligations:
        for other in by_kind[one.duty.records.kind]:
            if other is one or not _implies(other, one, by_age=by_age):
                continue
            if position[one.id] < position[other.id] and _implies(one, other, by_age=by_age):
                continue  # the two ask for the same in other words; the later one is told of
            message = f'whatever meets "{other.id}" meets this too'
            mend = "let it stand if the policy says both, or drop the weaker"
            yield case.about(one, "id", message, mend)
            break


def _implies(strong: Obligation, weak: Obligation, *, by_age: bool) -> bool:
    one, other = strong.duty, weak.duty
    return (
        set(strong.who) == set(weak.who)
        and strong.to == weak.to
        and not strong.hedge
        and _STRENGTHS.index(strong.strength) >= _STRENGTHS.index(weak.strength)
        and one.verb is other.verb is not Verb.UPHOLD
        and not (other.further_to or other.how_soon or one.how_soon)
        and one.records.offered == other.records.offered
        and set(other.records.where) <= set(one.records.where)
        and _as_much(one, other)
        and _reaches(one, other)
        and _within(one, other, by_age=by_age)
        and sameness(strong) != sameness(weak)
    )


def _as_much(one: Duty, other: Duty) -> bool:
    """At least as much of the same; prohibitions and vague amounts are not compared."""
    low, least = one.bound.at_least, other.bound.at_least
    if low is None or least is None or other.bound.at_most is not None or one.bound.vague:
        return False
    mine, wanted = one.measure, other.measure
    if isinstance(mine, Covers) and isinstance(wanted, Covers):
        return _covers(mine, low, wanted)
    alike = mine == wanted or (isinstance(mine, Distinct) and isinstance(wanted, Count))
    return alike and not isinstance(mine, Covers) and low >= least


def _covers(mine: Covers, low: float, wanted: Covers) -> bool:
    """Every value of a list that holds the other list."""
    whole = low >= len(mine.values)
    return whole and mine.attribute == wanted.attribute and {*wanted.values} <= {*mine.values}


def _reaches(one: Duty, other: Duty) -> bool:
    """For at least the same subjects: the same but for years, of which it has at least those."""
    mine, wanted = one.population, other.population
    alike = attrs.evolve(mine, years=()) == attrs.evolve(wanted, years=())
    return alike and (not mine.years or (bool(wanted.years) and {*wanted.years} <= {*mine.years}))


def _within(one: Duty, other: Duty, *, by_age: bool) -> bool:
    """Whether whatever falls in the one's windows fills the other's."""
    mine, wanted = one.schedule, other.schedule
    if mine == wanted:
        return True
    if isinstance(mine, Every) and isinstance(wanted, Every):
        same_unit = mine.duration.unit == wanted.duration.unit and mine.start == wanted.start
        return same_unit and mine.duration.count <= wanted.duration.count
    if isinstance(mine, Each) and isinstance(wanted, Each):
        return _same_period(mine, wanted) and _inside(
            _ends(wanted, by_age=by_age), _ends(mine, by_age=by_age)
        )
    if isinstance(mine, Once) and isinstance(wanted, Once):
        if one.population.years != other.population.years:
            return False  # a window that isn't said is then the years themselves
        return _inside(_ends(mine, by_age=by_age), _ends(wanted, by_age=by_age))
    if isinstance(mine, Each) and isinstance(wanted, Once):
        return _every_year_fills(one, mine, other, by_age=by_age)
    return False


def _every_year_fills(one: Duty, mine: Each, other: Duty, *, by_age: bool) -> bool:
    """As many in each school year are enough for a window that holds one of those years whole."""
    shared = _overlap(_ends(mine, by_age=by_age), _ends(other.schedule, by_age=by_age))
    if mine.period != "school year" or mine.by or shared is None:
        return False
    if one.population.years or other.population.years:
        return False
    first, last = shared
    return last < _EVER and math.floor(last) - math.ceil(first) >= 1


def _same_period(mine: Each, wanted: Each) -> bool:
    return mine.period == wanted.period and mine.by == wanted.by


def _inside(inner: tuple[float, float] | None, outer: tuple[float, float] | None) -> bool:
    if inner is None or outer is None:
        return False
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _overlap(
    one: tuple[float, float] | None, other: tuple[float, float] | None
) -> tuple[float, float] | None:
    if one is None or other is None:
        return None
    return max(one[0], other[0]), min(one[1], other[1])


def _ends(schedule: Schedule, *, by_age: bool) -> tuple[float, float] | None:
    """A window on the scale of a school life, Year 7 being 7.0 to 8.0; None if it has no place."""
    if not isinstance(schedule, (Once, Each)):
        return None
    first = -_EVER if schedule.start is None else _place(schedule.start, 0, by_age=by_age)
    last = _EVER if schedule.end is None else _place(schedule.end, 1, by_age=by_age)
    return None if first is None or last is None else (first, last)


def _place(point: Point, end: int, *, by_age: bool) -> float | None:
    """Where a point begins (end 0) or ends (end 1) on that scale."""
    if isinstance(point, KeyStagePoint):
        return KEY_STAGES[point.key_stage][-end] + end * _YEAR
    if isinstance(point, AgePoint):
        return point.age - 4.0 if by_age else None
    if not isinstance(point, YearPoint) or point.term is not None:
        return None
    if point.day is None:
        return point.year + end * _YEAR
    months = (point.day.month - 9) % 12
    return point.year + months / 12 + (point.day.day - 1 + end) / 372
