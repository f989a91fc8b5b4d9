"""What a suggested case may fall short by, or stand outside of."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from careerspolicy.calendar.ages import birthday
from careerspolicy.lives.scenes import (
    BORN,
    DAY,
    YEAR_NOUGHT,
    enough,
    event_kind,
    event_row,
)
from careerspolicy.lives.values import failing, passing_all, school_like
from careerspolicy.model.duty import Covers, Distinct, Total
from careerspolicy.model.population import Roll

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.lives.scenes import Row, Scene
    from careerspolicy.model.duty import Duty
    from careerspolicy.model.population import Condition
    from careerspolicy.vocabulary import Kind, Vocabulary


class Amount(Enum):
    """What rows come to: enough, too few, or nobody can say."""

    ENOUGH = "enough"
    TOO_FEW = "too few"
    OPEN = "open"


class Shortfall(NamedTuple):
    """Rows without dates, what they probe, and what they come to."""

    probes: str
    rows: list[Row]
    amount: Amount = Amount.TOO_FEW


def shortfalls(duty: Duty, vocabulary: Vocabulary) -> Iterator[Shortfall]:
    """Every way in which rows could fall just short, whenever they happened."""
    rows, kind = enough(duty, vocabulary), vocabulary.kinds[duty.records.kind]
    if not rows:  # a weaker neighbour that asks for nothing
        return
    yield from _fewer(duty, rows)
    tests = [one for one in duty.records.where if one.attribute != "promise"]  # its own id
    for test in tests:
        value = failing(test, kind.attributes[test.attribute])
        if value is not None:
            named = failure_named(test, kind)
            yield Shortfall(named[:1].upper() + named[1:], _last(rows, test, value))
        for word in sorted(test.all_of or ())[:-1]:  # the last is what `value` lacks
            probes = f"Without {word} among its {_spaced(test.attribute)}"
            rest = sorted((test.all_of or frozenset()) - {word})
            yield Shortfall(probes, _last(rows, test, rest))
    if "attended" in kind.attributes:
        offered = [*rows[:-1], rows[-1] | {"attended": False}]
        if duty.records.offered:
            yield Shortfall("Offered is enough", offered, Amount.ENOUGH)
        else:
            yield Shortfall("Offered but not taken up", offered)
    questions = (one for one in tests if kind.attributes[one.attribute].type == "yes or no")
    for test in [one for one in questions if kind.attributes[one.attribute].default is None][:1]:
        probes = f"Nobody wrote down whether it was {_spaced(test.attribute)}"
        yield Shortfall(probes, _last(rows, test, None), Amount.OPEN)


def failure_named(condition: Condition, kind: Kind, *, whose: str = "its") -> str:
    """The value that fails, in a few words: "not meaningful", "with Leeds as its place"."""
    attribute = kind.attributes[condition.attribute]
    value = failing(condition, attribute)
    if isinstance(value, bool):
        says = attribute.says or _spaced(attribute.name)
        return says if value else f"not {says}"
    named = " and ".join(value) if isinstance(value, list) else value
    if condition.attribute == "to":
        return f"to {named} instead"
    return f"with {named} as {whose} {_spaced(condition.attribute)}"


def _fewer(duty: Duty, rows: list[Row]) -> Iterator[Shortfall]:
    """One fewer of what is measured, or the same twice."""
    measure = duty.measure
    if isinstance(measure, Covers):
        *others, last = rows
        value = last[measure.attribute]
        less = [last | {measure.attribute: value[:-1]}] if isinstance(value, list) else []
        word = value[-1] if isinstance(value, list) else value
        yield Shortfall(f"Without {word}", [*others, *less])
    elif isinstance(measure, Total) and len(rows) == 1:
        total = rows[0][measure.attribute]
        probes = f"One short of {total} {_spaced(measure.attribute)}"
        yield Shortfall(probes, [rows[0] | {measure.attribute: total - 1}])
    elif isinstance(measure, Distinct) and len(rows) > 1:
        yield Shortfall(f"The same {_spaced(measure.attribute)} twice", [*rows[:-1], rows[-2]])
    elif len(rows) > 1:
        some = f"Only {len(rows) - 1} of {len(rows)}"
        yield Shortfall(some if duty.bound.at_most is None else "As many as are allowed", rows[:-1])


def _last(rows: list[Row], test: Condition, value: Any) -> list[Row]:
    return [*rows[:-1], rows[-1] | {test.attribute: value}]


def _spaced(attribute: str) -> str:
    return attribute.replace("_", " ")


class Outsider(NamedTuple):
    """Who it is in a few words, and the school, pupil or event that takes the usual one's place."""

    name: str
    changed: dict[str, Any]


def outsiders(scene: Scene, gone: date) -> Iterator[Outsider]:
    """Everybody to whom the obligation of a scene just doesn't apply; who leaves has, by `gone`."""
    population, kind = scene.duty.population, scene.policy.vocabulary.kinds["school"]
    for test in population.school:
        other = school_like(population.school, kind, but=test.attribute)
        yield Outsider(f"A school {failure_named(test, kind)}", {"school": other})
    if population.subject not in ("school", "trust"):
        yield from _pupils(scene, gone)
    if event_kind(scene.duty):
        yield from _events(scene)


def _pupils(scene: Scene, gone: date) -> Iterator[Outsider]:
    """Pupils who fail a condition, or are on the roll or off it."""
    population, kind = scene.duty.population, scene.policy.vocabulary.kinds["pupil"]
    pupil = scene.shared["pupil"] if population.share is None else scene.shared["pupils"][0]
    for test in population.where:
        other = pupil | passing_all([test], kind, but=test.attribute)
        yield Outsider(f"A pupil {failure_named(test, kind, whose='their')}", {"pupil": other})
    if tests := [test for group in population.any_of for test in group]:
        other = dict(pupil)
        for test in tests:
            other |= passing_all([test], kind, but=test.attribute)
        yield Outsider("Somebody of none of the groups", {"pupil": other})
    event = event_kind(scene.duty)
    if event and scene.policy.vocabulary.kinds[event].ends_stay:
        return  # whoever the event is of has left
    if population.roll is Roll.LEAVERS:
        staying = {name: said for name, said in pupil.items() if name != "left"}
        yield Outsider("Somebody still on roll", {"pupil": staying})
    elif population.roll is Roll.ON_ROLL:
        yield Outsider("Somebody who has left", {"pupil": pupil | {"left": str(gone)}})


def _events(scene: Scene) -> Iterator[Outsider]:
    """Events that fail a condition, or happen just outside the years and ages that it is for."""
    population, policy = scene.duty.population, scene.policy
    kind = policy.vocabulary.kinds[event_kind(scene.duty)]
    for test in (*population.event, *getattr(scene.duty.schedule, "where", ())):
        event = event_row(scene.duty, policy, scene.event_day, but=test.attribute)
        yield Outsider(f"A {kind.singular} {failure_named(test, kind)}", {"event": event})
    spans: list[tuple[date, date]] = []
    if years := population.years:
        first, last = years[0] + YEAR_NOUGHT, years[-1] + YEAR_NOUGHT + 1
        spans.append((date(first, 9, 1), date(last, 8, 31)))
    if ages := population.ages:
        spans.append((birthday(BORN, ages[0]), birthday(BORN, ages[1] + 1) - DAY))
    for day in [day for first_day, last_day in spans for day in (first_day - DAY, last_day + DAY)]:
        event = event_row(scene.duty, policy, day, brief=True)
        yield Outsider(f"A {kind.singular} on {scene.named(day)}", {"event": event})
