"""Whether a subject is in a duty's population, and how a pupil's time on roll bears on a window.

The readings that decide about joiners and leavers are the policy's own (`docs/readings.md`).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from careerspolicy.calendar.ages import age_on
from careerspolicy.evaluation import reasons, record_reasons
from careerspolicy.evaluation.lives import NotKnownError
from careerspolicy.model.policy import JoinersReading, LeaversReading
from careerspolicy.model.population import Population, Roll

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from careerspolicy.calendar.school_calendar import Window
    from careerspolicy.evaluation.lives import Life
    from careerspolicy.evaluation.reasons import Outside
    from careerspolicy.evaluation.record_reasons import Missing
    from careerspolicy.model.facts import Record, School
    from careerspolicy.model.population import Condition
    from careerspolicy.vocabulary import Value


class Membership(NamedTuple):
    """Whether a subject is in a population, and if not (or not known), why (or what is missing)."""

    belongs: bool | None
    reason: Outside | None = None
    missing: tuple[Missing, ...] = ()


IN = Membership(belongs=True)
_WHOEVER = Roll.ANY
#: Stands for every value that no test names.
_NO_VALUE_NAMED = ""


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

    Of leavers, the years and ages are those in which they left. Raises NotKnownError where that
    needs a year group or a date of birth that nothing says.
    """
    pupil = life.pupil
    member = of_school(population, life.school)
    if population.where or population.any_of:
        own = _tested(population.where, pupil.attributes, "pupil")
        member = _together(member, own, _any(population.any_of, pupil.attributes))
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
    as_of: date,
) -> Membership:
    """Whether a record is one that the duty is for: by itself, and by whose it is, on its day.

    Raises NotKnownError where that needs a year group or a date of birth that nothing says.
    """
    member = _together(
        _tested(population.event, record.attributes, record.kind),
        of_school(population, school) if school is not None else IN,
        of_pupil(population, life, as_of) if life is not None else IN,
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
    asked = {test.attribute for group in groups for test in group} - attributes.keys()
    if len(asked) == 1 and _whatever(asked.pop(), groups, attributes):
        return IN
    return Membership(belongs=None, missing=missing)


def _whatever(
    attribute: str, groups: tuple[tuple[Condition, ...], ...], attributes: Mapping[str, Value]
) -> bool:
    """Whether one of the lists is passed whatever an attribute is that isn't known."""
    tests = [test for group in groups for test in group if test.attribute == attribute]
    if any(test.one_of is None and test.none_of is None for test in tests):
        return False
    named = {value for test in tests for value in (test.one_of or test.none_of or ())}
    values = (True, False) if named <= {True, False} else (*named, _NO_VALUE_NAMED)
    return all(
        any(_tested(group, {**attributes, attribute: value}, "pupil").belongs for group in groups)
        for value in values
    )


class Presence(NamedTuple):
    """How a pupil's time on roll bears on one window.

    `opened` is the first day of the window on which the facts have the pupil on a roll, `begins`
    the first on this school's, `joined` the day of joining if that left part of it to a school
    that nobody here knows of, and `closes` the last day on which this school can meet the window.
    """

    opened: date | None = None
    begins: date | None = None
    joined: date | None = None
    closes: date | None = None


#: There from the window's first day to its last.
THROUGHOUT = Presence()


def presence(window: Window, life: Life) -> Presence:
    """How the pupil's time on roll bears on a window."""
    opened = window.start or life.at_school.start
    return Presence(
        opened=life.arrived if _after(life.arrived, opened) else opened,
        begins=life.stay.start,
        joined=_joined_midway(window, life),
        closes=closes(window, life),
    )


def never_had(window: Window, life: Life, as_of: date) -> Outside | None:
    """Why a pupil has nothing to do with a window at this school; None if they do."""
    pupil, school, at_school = life.pupil, life.school, life.at_school
    if _after(window.start, at_school.end):
        return reasons.AboveYearsTaught(school.highest_year)
    if _after(at_school.start, window.end):
        return reasons.BelowYearsTaught(school.lowest_year)
    late = joined_after(window, life, as_of)
    if late is None and pupil.left and _after(window.start, pupil.left):
        return reasons.LeftBeforeWindow(pupil.left)
    return late


def there_from(life: Life) -> date | None:
    """The day from which a pupil counts as there; None where nothing says when they joined.

    Somebody who joined by the autumn census counts as there from the start of that school year.
    """
    joined, calendar = life.pupil.joined, life.school.calendar
    if joined is None:
        return None
    year = calendar.year_of(joined)
    return calendar.school_year(year).start if joined <= autumn_census(year) else joined


def joined_after(window: Window, life: Life, as_of: date) -> Outside | None:
    """That the pupil joined, or is to join, after a window closed; None if they were there."""
    joined = life.pupil.joined
    if joined is None or not _after(joined, window.end):
        return None
    return (reasons.NotYetOnRoll if joined > as_of else reasons.JoinedAfterWindow)(joined)


def cut_short(window: Window, life: Life, as_of: date) -> Outside | None:
    """Why an unmet window isn't held against the pupil's school; None if it is."""
    if _after(window.end, life.at_school.end):
        return reasons.RunsPastYearsTaught(life.school.highest_year)
    left, reading = life.pupil.left, life.readings.leavers
    if left is None or left >= as_of or not _after(window.end, left):
        return None
    if reading is LeaversReading.ALWAYS:
        return None
    if (
        reading is LeaversReading.LAST_TERM
        and window.end
        and left >= life.school.calendar.last_term(window.end)
        and not life.school.calendar.left_within_a_term(left, window)
    ):
        return None
    return reasons.LeftDuringWindow(left)


def closes(window: Window, life: Life) -> date | None:
    """The last day on which this pupil's school can meet the window."""
    left = life.pupil.left
    if left is None or window.end is None:
        return left or window.end
    return min(left, window.end)


def _joined_midway(window: Window, life: Life) -> date | None:
    """The day a pupil joined, if that leaves part of the window to an earlier school.

    A pupil on roll by the autumn census (the first Thursday in October) of the school year in which
    the window opened counts as there from its start.
    """
    joined = life.arrived
    opened = window.start or life.at_school.start
    if joined is None or opened is None or joined <= opened:
        return None
    if life.readings.joiners is not JoinersReading.EARLIER_RECORDS_UNKNOWN:
        return None
    census = autumn_census(life.school.calendar.year_of(opened))
    return None if opened <= census and joined <= census else joined


def autumn_census(year: int) -> date:
    """The autumn school census day of a school year: the first Thursday in October.

    >>> autumn_census(2025)
    datetime.date(2025, 10, 2)
    """
    first = date(year, 10, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7)


def _after(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day > other
