"""An obligation's neighbours: the same promise, a little weaker or a little beside itself.

Each is a slip that somebody could make in a policy file: a year late, one fewer, a condition left
out. Good tests tell every one of them from the real obligation. Works on the shape, never on the
verbs one by one.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import attrs

from careerspolicy.calendar.durations import Duration
from careerspolicy.calendar.school_calendar import KEY_STAGES, LAST_YEAR_GROUP, MonthDay, Period
from careerspolicy.model import schedule as times
from careerspolicy.model.duty import Count, Covers, Distinct
from careerspolicy.model.policy import Strength
from careerspolicy.model.population import Roll

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from careerspolicy.model.duty import Bound, Duty, Matching, Measure
    from careerspolicy.model.policy import Obligation
    from careerspolicy.model.population import Condition, Population
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
    for change, other in _with(obligation, "duty", _duties(obligation.duty, vocabulary)):
        yield Mutant(change, other)


def _with(
    whole: Any, part: str, neighbours: Iterable[tuple[str, Any]], where: str = ""
) -> Iterator[tuple[str, Any]]:
    """A whole with each neighbour of one of its parts in that part's place."""
    for change, other in neighbours:
        yield f"{where}{change}", attrs.evolve(whole, **{part: other})


def _duties(duty: Duty, vocabulary: Vocabulary) -> Iterator[tuple[str, Duty]]:
    yield from _with(duty, "records", _records(duty.records, vocabulary))
    if isinstance(duty.schedule, times.Vaguely):  # nobody can judge the rest
        return
    if not duty.bound.vague:
        yield from _with(duty, "bound", _bounds(duty.bound))
        for change, measure in _measures(duty.measure):
            bound = duty.bound
            if isinstance(measure, Covers) and bound.at_least is not None:  # no more than there are
                bound = attrs.evolve(bound, at_least=min(bound.at_least, len(measure.values)))
            yield change, attrs.evolve(duty, measure=measure, bound=bound)
    pupil = duty.population.subject == "pupil"
    yield from _with(duty, "schedule", _schedules(duty.schedule, pupil=pupil))
    yield from _with(duty, "population", _populations(duty.population))
    if duty.further_to:
        yield "further to another no more", attrs.evolve(duty, further_to="")


# ---------------------------------------------------------------------------- how much


def _bounds(bound: Bound) -> Iterator[tuple[str, Bound]]:
    for limit, amount, step in (("least", bound.at_least, -1), ("most", bound.at_most, 1)):
        if amount is not None:
            changed: dict[str, Any] = {f"at_{limit}": amount + step}
            change = f"at {limit} {amount:g} becomes {amount + step:g}"
            yield change, attrs.evolve(bound, **changed)


def _measures(measure: Measure) -> Iterator[tuple[str, Measure]]:
    if isinstance(measure, Distinct):
        yield f"different {_name(measure.attribute)} become any", Count()
    if isinstance(measure, Covers):
        for value in measure.values:
            rest = tuple(other for other in measure.values if other != value)
            if value not in measure.shown(rest):  # else as much is asked without it
                yield f'"{value}" is left out', attrs.evolve(measure, values=rest)


def _records(records: Matching, vocabulary: Vocabulary) -> Iterator[tuple[str, Matching]]:
    yield from _with(records, "where", _conditions(records.where))
    if "attended" in vocabulary.kinds[records.kind].attributes:
        change = "offered becomes had" if records.offered else "had becomes offered"
        yield change, attrs.evolve(records, offered=not records.offered)


def _conditions(where: Sequence[Condition]) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    """Each condition left out, or its number one lower, or one of the values it wants together."""
    for at, condition in enumerate(where):
        if condition.attribute == "promise":  # the obligation's own id, which nobody writes
            continue
        rest = (*where[:at], *where[at + 1 :])
        name = _name(condition.attribute)
        yield f"the condition on {name} is left out", rest
        if condition.at_least is not None:
            lower = attrs.evolve(condition, at_least=condition.at_least - 1)
            yield f"{name} may be one lower", (*rest, lower)
        for value in sorted(condition.all_of or ()):
            others = (condition.all_of or frozenset()) - {value}
            if not [*condition.words.shown([value], others)]:  # else as much is asked without it
                fewer = attrs.evolve(condition, all_of=others)
                yield f'"{value}" is left out of {name}', (*rest, fewer)


# ---------------------------------------------------------------------------- when


def _schedules(schedule: times.Schedule, *, pupil: bool) -> Iterator[tuple[str, times.Schedule]]:
    match schedule:
        case times.Once():
            yield from _ends(schedule)
        case times.Each(period=period, by=by):
            yield from _ends(schedule)
            longer = _LONGER.get(period)
            if longer and (pupil or longer != "key stage"):
                yield f"each {period} becomes {longer}", attrs.evolve(schedule, period=longer)
            if by:
                yield f"by {by} becomes a day later", attrs.evolve(schedule, by=_shifted(by, 1))
        case times.Always(start=start, end=end):
            yield from _ends(schedule)
            yield "at all times becomes once", times.Once(start=start, end=end)
        case times.Every(duration=duration, start=start):
            yield from _with(schedule, "duration", _durations(duration, 1))
            if start is not None:
                yield from _with(schedule, "start", _points(start), "from ")
        case times.Kept(duration=duration):
            yield from _with(schedule, "duration", _durations(duration, -1))
        case times.Around():
            yield from _arounds(schedule)


def _durations(duration: Duration, step: int) -> Iterator[tuple[str, Duration]]:
    """One longer, or one shorter if that leaves anything."""
    other = Duration(duration.count + step, duration.unit)
    if other.count:
        yield f"{duration} becomes {other}", other


def _ends(
    schedule: times.Once | times.Each | times.Always | times.Around,
) -> Iterator[tuple[str, times.Schedule]]:
    for part, words in (("start", "from"), ("end", "until")):
        point = getattr(schedule, part)
        unsaid = part == "end" and point is times.RollPoint.LEAVING  # it goes without saying
        if point is not None and not unsaid:
            yield from _with(schedule, part, [(f"{words} when is left out", None)])
            yield from _with(schedule, part, _points(point), f"{words} ")


def _arounds(schedule: times.Around) -> Iterator[tuple[str, times.Schedule]]:
    if schedule.within is not None:
        yield from _with(schedule, "within", _durations(schedule.within, 1), "within ")
        yield "within how long is left out", attrs.evolve(schedule, within=None)
    if schedule.notice is not None:
        yield "the notice is left out", attrs.evolve(schedule, notice=None)
        yield from _with(schedule, "notice", _durations(schedule.notice, -1), "notice ")
    if schedule.side is not times.Side.AT:
        other = times.Side.AFTER if schedule.side is times.Side.BEFORE else times.Side.BEFORE
        yield f"{schedule.side.value} becomes {other.value}", attrs.evolve(schedule, side=other)
    yield from _ends(schedule)
    yield from _with(schedule, "where", _conditions(schedule.where), "of the event: ")


def _points(point: times.Point) -> Iterator[tuple[str, times.Point]]:
    """A point a year, a stage or a day earlier and later."""
    for step, which in ((-1, "earlier"), (1, "later")):
        if isinstance(point, times.YearPoint):
            yield f"a year {which}", attrs.evolve(point, year=point.year + step)
            if point.day is not None:
                yield f"a day {which}", attrs.evolve(point, day=_shifted(point.day, step))
        elif isinstance(point, times.AgePoint):
            yield f"a year {which}", times.AgePoint(age=point.age + step)
        elif isinstance(point, times.KeyStagePoint) and point.key_stage + step in KEY_STAGES:
            yield f"a key stage {which}", times.KeyStagePoint(key_stage=point.key_stage + step)
        elif isinstance(point, times.DatePoint):
            yield f"a day {which}", times.DatePoint(day=point.day + timedelta(days=step))
    yield from _made_points(point)


def _made_points(point: times.Point) -> Iterator[tuple[str, times.Point]]:
    """A point that is made of others, with neighbours of its parts."""
    if isinstance(point, times.OffsetPoint):
        for step in (1, -1):
            yield from _with(point, "duration", _durations(point.duration, step))
        yield from _with(point, "point", _points(point.point))
    if isinstance(point, times.EarliestOf):
        for at, choice in enumerate(point.points):
            rest = (*point.points[:at], *point.points[at + 1 :])
            yield f"no more by choice {at + 1}", times.EarliestOf(points=rest)
            for change, other in _points(choice):
                yield f"choice {at + 1} {change}", times.EarliestOf(points=(*rest, other))


def _shifted(day: MonthDay, step: int) -> MonthDay:
    # Not a leap year: 29 February would be 28 February again in most.
    moved = day.on(2001) + timedelta(days=step)
    return MonthDay(moved.month, moved.day)


# ---------------------------------------------------------------------------- for whom


def _populations(population: Population) -> Iterator[tuple[str, Population]]:
    yield from _with(population, "years", _years(population.years))
    if population.ages is not None:
        yield from _with(population, "ages", _ages(*population.ages))
    if population.roll is not Roll.ANY:
        change = f"not only those {population.roll.value}"
        yield change, attrs.evolve(population, roll=Roll.ANY)
    if population.share is not None:
        less = population.share - 10
        change = f"{population.share:g} % becomes {less:g} %"
        yield change, attrs.evolve(population, share=less)
    for part, who in (("where", "pupils"), ("school", "schools"), ("event", "events")):
        wider = _conditions(getattr(population, part))
        yield from _with(population, part, wider, f"for {who}: ")
    groups = population.any_of
    if groups:
        yield "for any pupils", attrs.evolve(population, any_of=())
    for at in range(len(groups) if len(groups) > 1 else 0):
        fewer = (*groups[:at], *groups[at + 1 :])
        yield f"not for group {at + 1}", attrs.evolve(population, any_of=fewer)


def _years(years: tuple[int, ...]) -> Iterator[tuple[str, tuple[int, ...]]]:
    if years and years[-1] < LAST_YEAR_GROUP:
        yield f"Year {years[-1] + 1} too", (*years, years[-1] + 1)
    for at in dict.fromkeys((0, len(years) - 1)) if len(years) > 1 else ():
        yield f"without Year {years[at]}", (*years[:at], *years[at + 1 :])


def _ages(low: int, high: int) -> Iterator[tuple[str, tuple[int, int]]]:
    yield f"age {high + 1} too", (low, high + 1)
    yield f"age {low - 1} too", (low - 1, high)
    if low < high:
        yield f"without age {low}", (low + 1, high)
        yield f"without age {high}", (low, high - 1)


def _name(attribute: str) -> str:
    return attribute.replace("_", " ")
