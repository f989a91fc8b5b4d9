"""Whether a subject is in the population that a duty is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from careerspolicy.calendar.school_calendar import age_on
from careerspolicy.evaluation import reasons, record_reasons
from careerspolicy.model.duty import Population, Roll

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from careerspolicy.evaluation.lives import Life
    from careerspolicy.evaluation.reasons import Outside
    from careerspolicy.evaluation.record_reasons import Missing
    from careerspolicy.model.duty import Condition
    from careerspolicy.model.facts import Record, School
    from careerspolicy.vocabulary import Value


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


def of_pupil(population: Population, life: Life, as_of: date) -> Membership:
    """Whether a pupil is one that the duty is for, years and ages aside: those make windows.

    Of leavers, the years and ages are those in which they left.
    """
    pupil = life.pupil
    if population.roll is not _WHOEVER:
        left = pupil.left if pupil.left is not None and pupil.left < as_of else None
        if population.roll is Roll.LEAVERS and left is None:
            return Membership(belongs=False, reason=reasons.NotALeaver())
        if population.roll is Roll.LEAVERS and left is not None:
            then = _then(population, left, life)
            if not then.belongs:
                return then
        if population.roll is Roll.ON_ROLL and left is not None:
            return Membership(belongs=False, reason=reasons.Left(left))
    if not population.where and not population.any_of:
        return IN
    tested = _tested(population.where, pupil.attributes, "pupil")
    if tested.belongs is False or not population.any_of:
        return tested
    any_of = _any(population.any_of, pupil.attributes)
    return any_of if tested.belongs or any_of.belongs is False else tested


def of_record(
    population: Population,
    record: Record,
    school: School | None,
    life: Life | None,
    as_of: date,
) -> Membership:
    """Whether a record is one that the duty is for: by itself, and by whose it is, on its day."""
    tests = [_tested(population.event, record.attributes, record.kind)]
    if school is not None:
        tests.append(of_school(population, school))
    if life is not None:
        tests.append(of_pupil(population, life, as_of))
        tests.append(_then(population, record.start, life))
    for answer in (False, None):
        for one in tests:
            if one.belongs is answer:
                return one
    return IN


def _then(population: Population, day: date, life: Life) -> Membership:
    """Whether the pupil was in those year groups and of those ages on a day."""
    if population.years:
        group = life.year_group_on(day)
        if group is None:
            return Membership(belongs=None, missing=(record_reasons.YearGroupUnknown(),))
        if group not in population.years:
            return Membership(belongs=False, reason=reasons.OtherYearGroup(group))
    if population.ages:
        if life.pupil.born is None:
            return Membership(belongs=None, missing=(record_reasons.BirthUnknown(),))
        age = age_on(life.pupil.born, day)
        if not population.ages[0] <= age <= population.ages[1]:
            return Membership(belongs=False, reason=reasons.OtherAge(age))
    return IN


def _tested(
    conditions: Sequence[Condition], attributes: Mapping[str, Value], of: str
) -> Membership:
    if not conditions:
        return IN
    missing: list[Missing] = []
    for condition in conditions:
        value = attributes.get(condition.attribute)
        holds = condition.holds(value)
        if value is not None and not holds:
            reason = reasons.AttributeNot(of, condition, value)
            return Membership(belongs=False, reason=reason)
        if holds is None:
            missing.append(record_reasons.AttributeUnknown(of, condition.attribute, condition))
    return Membership(belongs=None, missing=tuple(missing)) if missing else IN


def _any(groups: tuple[tuple[Condition, ...], ...], attributes: Mapping[str, Value]) -> Membership:
    tests = [_tested(group, attributes, "pupil") for group in groups]
    if any(test.belongs for test in tests):
        return IN
    missing = tuple(fact for test in tests for fact in test.missing)
    if missing:
        return Membership(belongs=None, missing=missing)
    return Membership(belongs=False, reason=reasons.NoneOf("pupil", groups))
