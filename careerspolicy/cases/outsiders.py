"""Somebody just outside each limit on whom an obligation is for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from careerspolicy.calendar.school_calendar import birthday, in_words
from careerspolicy.cases.shortfalls import failure_named
from careerspolicy.lives.scenes import (
    BORN,
    DAY,
    YEAR_NOUGHT,
    event_kind,
    event_row,
    school_year_of,
)
from careerspolicy.lives.values import passing_all, school_like
from careerspolicy.model.duty import Roll

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.lives.scenes import Scene


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


def day_named(scene: Scene, day: date) -> str:
    """A day in words; by the year group where it is a pupil's."""
    if scene.duty.population.subject in ("school", "trust"):
        return in_words(day)
    return f"{in_words(day).rsplit(' ', 1)[0]} of Year {school_year_of(day)}"


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
        yield Outsider(f"A {kind.singular} on {day_named(scene, day)}", {"event": event})
