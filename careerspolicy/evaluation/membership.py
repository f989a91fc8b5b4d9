"""Whether a subject is in a duty's population."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from careerspolicy.calendar.ages import age_on
from careerspolicy.evaluation import reasons, record_reasons
from careerspolicy.evaluation.lives import NotKnownError
from careerspolicy.evaluation.supposing import possible_attributes
from careerspolicy.model.population import Population, Roll

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from careerspolicy.evaluation.lives import Life
    from careerspolicy.evaluation.reasons import Outside
    from careerspolicy.evaluation.record_reasons import Missing
    from careerspolicy.model.facts import Pupil, Record, School
    from careerspolicy.model.population import Condition
    from careerspolicy.vocabulary import Kind, Value


class Membership(NamedTuple):
    """Whether a subject is in a population, and if not (or not known), why (or what is missing)."""

    belongs: bool | None
    reason: Outside | None = None
    missing: tuple[Missing, ...] = ()


IN = Membership(belongs=True)
_WHOEVER = Roll.ANY


def of_school(population: Population, school: School) -> Membership:
    """Whether a school is one that the duty is for.

    One that is about pupils of some year groups is for schools that have any of them.
    """
    if population.subject == "school" and population.years:
        taught = range(school.lowest_year, school.highest_year + 1)
        if not any(year in taught for year in population.years):
            return Membership(belongs=False, reason=reasons.YearsNotTaught(population.years))
    return _tested(population.school, school.attributes, "school")


def of_pupil(population: Population, life: Life, kind: Kind, as_of: date) -> Membership:
    """Whether a pupil is one that the duty is for, years and ages aside: those make windows.

    Of leavers, the years and ages are those in which they left. Raises NotKnownError where that
    needs a year group or a date of birth that nothing says. `kind` says what there is to be known
    of pupils.
    """
    pupil = life.pupil
    member = of_school(population, life.school)
    if population.where or population.any_of:
        member = _together(member, _supposed(population, pupil, kind))
    if population.roll is _WHOEVER or member.belongs is False:
        return member
    left = pupil.left if pupil.left is not None and pupil.left < as_of else None
    if population.roll is Roll.ON_ROLL:
        return member if left is None else Membership(belongs=False, reason=reasons.Left(left))
    if left is None:
        return Membership(belongs=False, reason=reasons.NotALeaver())
    return on_day(population, left, life) or member


def of_record(
    population: Population,
    record: Record,
    school: School | None,
    life: Life | None,
    kind: Kind,
    as_of: date,
) -> Membership:
    """Whether a record is one that the duty is for: by itself, and by whose it is, on its day.

    Raises NotKnownError where that needs a year group or a date of birth that nothing says.
    """
    member = _together(
        _tested(population.event, record.attributes, record.kind),
        of_school(population, school) if school is not None else IN,
        of_pupil(population, life, kind, as_of) if life is not None else IN,
    )
    if life is None or member.belongs is False:
        return member
    return on_day(population, record.start, life) or member


def on_day(population: Population, day: date, life: Life) -> Membership | None:
    """That the pupil was not in those year groups or of those ages on a day; None if they were."""
    if population.years:
        group = life.year_group_on(day)
        if group is None:
            raise NotKnownError(record_reasons.YearGroupUnknown())
        if group not in population.years:
            return Membership(belongs=False, reason=reasons.OtherYearGroup(group))
    if population.ages:
        if life.pupil.born is None:
            raise NotKnownError(record_reasons.BirthUnknown())
        age = age_on(life.pupil.born, day)
        if not population.ages[0] <= age <= population.ages[1]:
            return Membership(belongs=False, reason=reasons.OtherAge(age))
    return None


def _together(*members: Membership) -> Membership:
    """What several tests come to that must all be passed."""
    missing: list[Missing] = []
    for member in members:
        if member.belongs is False:
            return member
        missing += member.missing
    return Membership(belongs=None, missing=tuple(missing)) if missing else IN


def _tested(
    conditions: Sequence[Condition], attributes: Mapping[str, Value], of: str
) -> Membership:
    if not conditions:
        return IN
    missing: list[Missing] = []
    for condition in (test.by(attributes) for test in conditions):
        value = attributes.get(condition.attribute)
        holds = condition.holds(value)
        if value is not None and not holds:
            reason = reasons.AttributeNot(of, condition, value)
            return Membership(belongs=False, reason=reason)
        if holds is None:
            missing.append(record_reasons.AttributeUnknown(of, condition.attribute, condition))
    return Membership(belongs=None, missing=tuple(missing)) if missing else IN


def _any(groups: tuple[tuple[Condition, ...], ...], attributes: Mapping[str, Value]) -> Membership:
    """What several lists of tests come to of which one must be passed."""
    tests = [_tested(group, attributes, "pupil") for group in groups]
    if not groups or any(test.belongs for test in tests):
        return IN
    missing = tuple(dict.fromkeys(fact for test in tests for fact in test.missing))
    if not missing:
        return Membership(belongs=False, reason=reasons.NoneOf("pupil", groups))
    return Membership(belongs=None, missing=missing)


def _supposed(population: Population, pupil: Pupil, kind: Kind) -> Membership:
    """Whether a pupil passes the tests; where that isn't known, what every way it can be says."""
    where, groups = population.where, population.any_of
    member = _both(population, pupil.attributes)
    if not member.missing or not groups:
        return member
    tests = [*where, *chain.from_iterable(groups)]
    ways = [
        _both(population, way).belongs for way in possible_attributes(tests, pupil.attributes, kind)
    ]
    if not ways or len({*ways}) > 1:
        return member
    none = Membership(belongs=False, reason=reasons.NoneOf("pupil", groups))
    return IN if ways[0] else none


def _both(population: Population, attributes: Mapping[str, Value]) -> Membership:
    """What the tests of pupils come to, those that all must pass and those of which one will do."""
    own = _tested(population.where, attributes, "pupil")
    return _together(own, _any(population.any_of, attributes))
