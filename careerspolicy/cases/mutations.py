"""An obligation's neighbours: the same promise, a little weaker or a little beside itself.

Each is a slip that somebody could make in a policy file: a year late, one fewer, a condition left
out. Good tests tell every one of them from the real obligation. Works on the shape, never on the
verbs one by one.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

import attrs

from careerspolicy.calendar.durations import Duration
from careerspolicy.calendar.school_calendar import KEY_STAGES, LAST_YEAR_GROUP, MonthDay, Period
from careerspolicy.english.wording import number
from careerspolicy.model.duty import (
    AgePoint,
    Always,
    Around,
    Count,
    Covers,
    DatePoint,
    Distinct,
    Each,
    EarliestOf,
    Every,
    Kept,
    KeyStagePoint,
    Once,
    Roll,
    RollPoint,
    Side,
    Vaguely,
    YearPoint,
)
from careerspolicy.model.policy import Strength

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careerspolicy.model.duty import Condition, Duty, Point, Population, Schedule
    from careerspolicy.model.policy import Obligation
    from careerspolicy.vocabulary import Vocabulary


class Mutant(NamedTuple):
    """A neighbour of an obligation, and in what it differs."""

    change: str
    obligation: Obligation


#: The period that is next longer than each, where there is one.
_LONGER: Final[dict[Period, Period]] = {
    "week": "month", "month": "half term", "half term": "term", "term": "school year",
    "school year": "key stage", "calendar year": "key stage",
}  # fmt: skip
_WEAKER: Final = {Strength.MUST: Strength.SHOULD, Strength.SHOULD: Strength.MAY}


def mutants(obligation: Obligation, vocabulary: Vocabulary) -> Iterator[Mutant]:
    """Every neighbour of an obligation."""
    weaker = _WEAKER.get(obligation.strength, Strength.MUST)
    change = f"strength {obligation.strength.value} becomes {weaker.value}"
    yield Mutant(change, attrs.evolve(obligation, strength=weaker))
    for told, duty in _duties(obligation.duty, vocabulary):
        yield Mutant(told, attrs.evolve(obligation, duty=duty))


def _duties(duty: Duty, vocabulary: Vocabulary) -> Iterator[tuple[str, Duty]]:
    yield from _records(duty, vocabulary)
    if isinstance(duty.schedule, Vaguely):  # nobody can judge the rest
        return
    if not duty.bound.vague:
        yield from _bounds(duty)
        yield from _measures(duty)
    for told, schedule in _schedules(duty.schedule, pupil=duty.population.subject == "pupil"):
        yield told, attrs.evolve(duty, schedule=schedule)
    for told, population in _populations(duty.population):
        yield told, attrs.evolve(duty, population=population)
    if duty.further_to:
        yield "further to another no more", attrs.evolve(duty, further_to="")


# ---------------------------------------------------------------------------- how much


def _bounds(duty: Duty) -> Iterator[tuple[str, Duty]]:
    low, high = duty.bound.at_least, duty.bound.at_most
    if low is not None:
        bound = attrs.evolve(duty.bound, at_least=low - 1)
        yield f"at least {number(low)} becomes {number(low - 1)}", attrs.evolve(duty, bound=bound)
    if high is not None:
        bound = attrs.evolve(duty.bound, at_most=high + 1)
        yield f"at most {number(high)} becomes {number(high + 1)}", attrs.evolve(duty, bound=bound)


def _measures(duty: Duty) -> Iterator[tuple[str, Duty]]:
    measure = duty.measure
    if isinstance(measure, Distinct):
        told = f"different {_name(measure.attribute)} become any"
        yield told, attrs.evolve(duty, measure=Count())
    if isinstance(measure, Covers):
        for value in measure.values:
            yield f'"{value}" is left out', _without(duty, measure, value)


def _without(duty: Duty, measure: Covers, value: str) -> Duty:
    values = tuple(one for one in measure.values if one != value)
    low = duty.bound.at_least
    if low is not None and low > len(values):
        low = len(values)
    return attrs.evolve(
        duty,
        measure=attrs.evolve(measure, values=values),
        bound=attrs.evolve(duty.bound, at_least=low),
    )


def _records(duty: Duty, vocabulary: Vocabulary) -> Iterator[tuple[str, Duty]]:
    records = duty.records
    for told, where in _conditions(records.where):
        yield told, attrs.evolve(duty, records=attrs.evolve(records, where=where))
    if "attended" in vocabulary.kinds[records.kind].attributes:
        told = "offered becomes had" if records.offered else "had becomes offered"
        offered = attrs.evolve(records, offered=not records.offered)
        yield told, attrs.evolve(duty, records=offered)


def _conditions(where: Sequence[Condition]) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    """Each condition left out, or its number one lower, or one of the values it wants together."""
    for at, one in enumerate(where):
        if one.attribute == "promise":  # the obligation's own id, which nobody writes
            continue
        rest = (*where[:at], *where[at + 1 :])
        name = _name(one.attribute)
        yield f"the condition on {name} is left out", rest
        if one.at_least is not None:
            lower = attrs.evolve(one, at_least=one.at_least - 1)
            yield f"{name} may be one lower", (*rest, lower)
        if one.all_of is not None:
            for value in sorted(one.all_of):
                fewer = attrs.evolve(one, all_of=one.all_of - {value})
                yield f'"{value}" is left out of {name}', (*rest, fewer)


# ---------------------------------------------------------------------------- when


def _schedules(schedule: Schedule, *, pupil: bool) -> Iterator[tuple[str, Schedule]]:
    if isinstance(schedule, (Once, Each, Always)):
        yield from _ends(schedule)
    if isinstance(schedule, Each):
        yield from _periods(schedule, pupil=pupil)
    if isinstance(schedule, (Every, Kept)):
        yield from _lengths(schedule)
    if isinstance(schedule, Every) and schedule.start is not None:
        for told, start in _points(schedule.start):
            yield f"from {told}", attrs.evolve(schedule, start=start)
    if isinstance(schedule, Always):
        yield "at all times becomes once", Once(start=schedule.start, end=schedule.end)
    if isinstance(schedule, Around):
        yield from _arounds(schedule)


def _periods(schedule: Each, *, pupil: bool) -> Iterator[tuple[str, Each]]:
    longer = _LONGER.get(schedule.period)
    if longer and (pupil or longer != "key stage"):
        yield f"each {schedule.period} becomes {longer}", attrs.evolve(schedule, period=longer)
    if schedule.by:
        later = attrs.evolve(schedule, by=_day_after(schedule.by))
        yield f"by {schedule.by} becomes a day later", later


def _lengths(schedule: Every | Kept) -> Iterator[tuple[str, Schedule]]:
    """A cadence one longer, or keeping one shorter."""
    more = 1 if isinstance(schedule, Every) else -1
    other = Duration(schedule.duration.count + more, schedule.duration.unit)
    if other.count:
        told = f"{schedule.duration} becomes {other}"
        yield told, attrs.evolve(schedule, duration=other)


def _ends(schedule: Once | Each | Always) -> Iterator[tuple[str, Schedule]]:
    if schedule.start is not None:
        yield "from when is left out", attrs.evolve(schedule, start=None)
        for told, point in _points(schedule.start):
            yield f"from {told}", attrs.evolve(schedule, start=point)
    if schedule.end not in (None, RollPoint.LEAVING):  # which goes without saying
        yield "until when is left out", attrs.evolve(schedule, end=None)
        for told, point in _points(schedule.end):
            yield f"until {told}", attrs.evolve(schedule, end=point)


def _arounds(schedule: Around) -> Iterator[tuple[str, Around]]:
    if schedule.within is not None:
        longer = Duration(schedule.within.count + 1, schedule.within.unit)
        yield f"within {schedule.within} becomes {longer}", attrs.evolve(schedule, within=longer)
        yield "within how long is left out", attrs.evolve(schedule, within=None)
    if schedule.notice is not None:
        yield "the notice is left out", attrs.evolve(schedule, notice=None)
        if schedule.notice.count > 1:
            less = Duration(schedule.notice.count - 1, schedule.notice.unit)
            yield f"notice {schedule.notice} becomes {less}", attrs.evolve(schedule, notice=less)
    if schedule.side is not Side.AT:
        other = Side.AFTER if schedule.side is Side.BEFORE else Side.BEFORE
        told = f"{schedule.side.value} becomes {other.value}"
        yield told, attrs.evolve(schedule, side=other)
    for told, where in _conditions(schedule.where):
        yield f"of the event: {told}", attrs.evolve(schedule, where=where)


def _points(point: Point) -> Iterator[tuple[str, Point]]:
    """A point a year, a stage or a day earlier and later."""
    for by, told in ((-1, "earlier"), (1, "later")):
        if isinstance(point, YearPoint):
            yield f"a year {told}", attrs.evolve(point, year=point.year + by)
            if point.day is not None:
                day = _day_after(point.day) if by > 0 else _day_before(point.day)
                yield f"a day {told}", attrs.evolve(point, day=day)
        elif isinstance(point, AgePoint):
            yield f"a year {told}", AgePoint(age=point.age + by)
        elif isinstance(point, KeyStagePoint) and point.key_stage + by in KEY_STAGES:
            yield f"a key stage {told}", KeyStagePoint(key_stage=point.key_stage + by)
        elif isinstance(point, DatePoint):
            yield f"a day {told}", DatePoint(day=point.day + timedelta(days=by))
    if isinstance(point, EarliestOf):
        for at, one in enumerate(point.points):
            rest = (*point.points[:at], *point.points[at + 1 :])
            yield f"no more by choice {at + 1}", EarliestOf(points=rest)
            for told, other in _points(one):
                yield f"choice {at + 1} {told}", EarliestOf(points=(*rest, other))


# ---------------------------------------------------------------------------- for whom


def _populations(population: Population) -> Iterator[tuple[str, Population]]:
    if population.years:
        yield from _years(population)
    if population.ages is not None:
        yield from _ages(population, *population.ages)
    if population.roll is not Roll.ANY:
        told = f"not only those {population.roll.value}"
        yield told, attrs.evolve(population, roll=Roll.ANY)
    if population.share is not None:
        told = f"{number(population.share)} % becomes {number(population.share - 10)} %"
        yield told, attrs.evolve(population, share=population.share - 10)
    yield from _groups(population)


def _years(population: Population) -> Iterator[tuple[str, Population]]:
    years = population.years
    if years[-1] < LAST_YEAR_GROUP:
        more = (*years, years[-1] + 1)
        yield f"Year {years[-1] + 1} too", attrs.evolve(population, years=more)
    for at in dict.fromkeys((0, len(years) - 1)) if len(years) > 1 else ():
        fewer = (*years[:at], *years[at + 1 :])
        yield f"without Year {years[at]}", attrs.evolve(population, years=fewer)


def _ages(population: Population, low: int, high: int) -> Iterator[tuple[str, Population]]:
    yield f"age {high + 1} too", attrs.evolve(population, ages=(low, high + 1))
    yield f"age {low - 1} too", attrs.evolve(population, ages=(low - 1, high))
    if low < high:
        yield f"without age {low}", attrs.evolve(population, ages=(low + 1, high))
        yield f"without age {high}", attrs.evolve(population, ages=(low, high - 1))


def _groups(population: Population) -> Iterator[tuple[str, Population]]:
    """Wider groups: without one of the conditions on who belongs to them."""
    for told, where in _conditions(population.where):
        yield f"for pupils: {told}", attrs.evolve(population, where=where)
    for told, where in _conditions(population.school):
        yield f"for schools: {told}", attrs.evolve(population, school=where)
    for told, where in _conditions(population.event):
        yield f"for events: {told}", attrs.evolve(population, event=where)
    if population.any_of:
        yield "for any pupils", attrs.evolve(population, any_of=())
    for at in range(len(population.any_of) if len(population.any_of) > 1 else 0):
        fewer = (*population.any_of[:at], *population.any_of[at + 1 :])
        yield f"not for group {at + 1}", attrs.evolve(population, any_of=fewer)


def _name(attribute: str) -> str:
    return attribute.replace("_", " ")


def _day_after(day: MonthDay) -> MonthDay:
    return _shifted(day, 1)


def _day_before(day: MonthDay) -> MonthDay:
    return _shifted(day, -1)


def _shifted(day: MonthDay, by: int) -> MonthDay:
    # Not a leap year: 29 February would be 28 February again in most.
    moved = day.on(2001) + timedelta(days=by)
    return MonthDay(moved.month, moved.day)
