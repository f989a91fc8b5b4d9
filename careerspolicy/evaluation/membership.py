"""Whether a subject is in the population that a duty is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from careerspolicy.calendar.school_calendar import age_on, in_words
from careerspolicy.english.nouns import condition_asked, condition_broken, condition_named, listed
from careerspolicy.model.duty import Population, Roll

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from careerspolicy.evaluation.lives import Life
    from careerspolicy.model.duty import Condition
    from careerspolicy.model.facts import Record, School
    from careerspolicy.vocabulary import Kind, Value, Vocabulary


class Membership(NamedTuple):
    """Whether a subject is in a population, and if not (or not known), why (or what is missing)."""

    belongs: bool | None
    reason: str = ""
    missing: tuple[str, ...] = ()


IN = Membership(belongs=True)
_WHOEVER = Roll.ANY


def of_school(population: Population, school: School, vocabulary: Vocabulary) -> Membership:
    """Whether a school is one that the duty is for."""
    if not population.school:
        return IN
    return _tested(population.school, school.attributes, vocabulary.kinds["school"], "the school")


def of_pupil(population: Population, life: Life, as_of: date, vocabulary: Vocabulary) -> Membership:
    """Whether a pupil is one that the duty is for, years and ages aside: those make windows.

    Of leavers, the years and ages are those in which they left.
    """
    pupil = life.pupil
    if population.roll is not _WHOEVER:
        left = pupil.left if pupil.left is not None and pupil.left < as_of else None
        if population.roll is Roll.LEAVERS and left is None:
            return Membership(belongs=False, reason="the pupil has not left the school")
        if population.roll is Roll.LEAVERS and left is not None:
            then = _then(population, left, life)
            if not then.belongs:
                return then
        if population.roll is Roll.ON_ROLL and left is not None:
            return Membership(belongs=False, reason=f"the pupil left on {in_words(left)}")
    if not population.where and not population.any_of:
        return IN
    kind = vocabulary.kinds["pupil"]
    tested = _tested(population.where, pupil.attributes, kind, "the pupil")
    if tested.belongs is False or not population.any_of:
        return tested
    any_of = _any(population.any_of, pupil.attributes, kind)
    return any_of if tested.belongs or any_of.belongs is False else tested


def of_record(
    population: Population,
    record: Record,
    school: School | None,
    life: Life | None,
    as_of: date,
    vocabulary: Vocabulary,
) -> Membership:
    """Whether a record is one that the duty is for: by itself, and by whose it is, on its day."""
    kind = vocabulary.kinds[record.kind]
    tests = [_tested(population.event, record.attributes, kind, f"the {kind.singular}")]
    if school is not None:
        tests.append(of_school(population, school, vocabulary))
    if life is not None:
        tests.append(of_pupil(population, life, as_of, vocabulary))
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
            return Membership(belongs=None, missing=("year group or date of birth",))
        if group not in population.years:
            return Membership(belongs=False, reason=f"the pupil was in Year {group} then")
    if population.ages:
        if life.pupil.born is None:
            return Membership(belongs=None, missing=("date of birth",))
        age = age_on(life.pupil.born, day)
        if not population.ages[0] <= age <= population.ages[1]:
            return Membership(belongs=False, reason=f"the pupil was {age} then")
    return IN


def _tested(
    conditions: Sequence[Condition], attributes: Mapping[str, Value], kind: Kind, who: str
) -> Membership:
    if not conditions:
        return IN
    missing = []
    for condition in conditions:
        holds = condition.holds(attributes.get(condition.attribute))
        if holds is False:
            reason = condition_broken(condition, kind, attributes, who)
            return Membership(belongs=False, reason=reason)
        if holds is None:
            missing.append(condition_asked(condition, kind, who))
    return Membership(belongs=None, missing=tuple(missing)) if missing else IN


def _any(
    groups: tuple[tuple[Condition, ...], ...], attributes: Mapping[str, Value], kind: Kind
) -> Membership:
    tests = [_tested(group, attributes, kind, "the pupil") for group in groups]
    if any(one.belongs for one in tests):
        return IN
    missing = tuple(fact for one in tests for fact in one.missing)
    if missing:
        return Membership(belongs=None, missing=missing)
    named = [_together([_as_being(condition, kind) for condition in group]) for group in groups]
    return Membership(belongs=False, reason=f"the pupil is neither {', nor '.join(named)}")


def _together(clauses: Sequence[str]) -> str:
    return f"{'both ' if len(clauses) == 2 else ''}{listed(clauses)}"


def _as_being(condition: Condition, kind: Kind) -> str:
    """A condition as what somebody is: "looked after", "with SEN support"."""
    named = condition_named(condition, kind)
    is_plain = kind.attributes[condition.attribute].type == "yes or no"
    return named if is_plain else f"with {named}"
