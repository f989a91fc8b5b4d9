"""One promise of one policy, and whether records can measure it at all.

What cannot be decided is said before anything is asked of a solver.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from careerspolicy.model.duty import Around, Count, Each, Every, Once, Side, Total, Vaguely
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.model.duty import Condition, Duty, Point
    from careerspolicy.model.policy import Obligation, Policy
    from careerspolicy.vocabulary import Kind


class Promise(NamedTuple):
    """An obligation, with the policy whose readings and words it is understood by."""

    policy: Policy
    obligation: Obligation

    @property
    def duty(self) -> Duty:
        """What is owed, in the closed shape."""
        return self.obligation.duty

    @property
    def name(self) -> str:
        """How sentences and messages name it: "impact: personal-guidance-by-16"."""
        return f"{self.policy.id}: {self.obligation.id}"

    def kind(self, name: str) -> Kind:
        """A kind of record, or a thing, as this policy's vocabulary has it."""
        return self.policy.vocabulary.kinds[name]

    @property
    def first(self) -> Promise | None:
        """The promise that this one is further to."""
        found = self.policy.obligation(self.duty.further_to) if self.duty.further_to else None
        return None if found is None else Promise(self.policy, found)


def conditions(promise: Promise) -> Iterator[tuple[str, Condition]]:
    """Every test that a promise makes, with the kind of record or thing whose attribute it is."""
    duty = promise.duty
    population, schedule = duty.population, duty.schedule
    owner = "pupil" if population.subject not in ("school", "trust") else population.subject
    yield from ((duty.records.kind, one) for one in duty.records.where)
    yield from (("school", one) for one in population.school)
    yield from ((owner, one) for one in population.where)
    yield from ((owner, one) for group in population.any_of for one in group)
    yield from ((population.subject, one) for one in population.event)
    if isinstance(schedule, Around):
        yield from ((schedule.event, one) for one in schedule.where)
    if promise.first is not None:
        yield from conditions(promise.first)


def points(promise: Promise) -> Iterator[Point]:
    """Every point in a life or of the calendar that a promise's schedule names."""
    schedule = promise.duty.schedule
    for name in ("start", "end", "after"):
        point = getattr(schedule, name, None)
        if point is not None:
            yield from getattr(point, "points", (point,))
    if promise.first is not None:
        yield from points(promise.first)


def undecidable(promise: Promise) -> str:
    """Why no records can decide a promise; "" if they can."""
    duty = promise.duty
    kind = promise.kind(duty.records.kind)
    if kind.silent:
        return f"{promise.name} is known only by {kind.plural}, which measure nothing"
    if isinstance(duty.schedule, Vaguely):
        return f'{promise.name} says "{duty.schedule.words}", which is no number'
    if duty.bound.vague:
        return f'{promise.name} says "{duty.bound.vague}", which is no number'
    if duty.how_soon:
        return f'{promise.name} says "{duty.how_soon}", which is not for a computer to judge'
    return _unsupported(promise) or (undecidable(promise.first) if promise.first else "")


def _unsupported(promise: Promise) -> str:
    duty = promise.duty
    schedule, subject = duty.schedule, duty.population.subject
    name = promise.name
    if subject not in THINGS and not isinstance(schedule, (Around, Once)):
        return f"{name} repeats for as long as a record lasts, which is not decided here"
    if isinstance(schedule, Around) and schedule.event == duty.records.kind:
        own = subject == duty.records.kind
        if not own and schedule.side is not Side.AT:
            return f"{name} hangs on records of the very kind that it counts"
    if promise.first and not isinstance(promise.first.duty.schedule, (Once, Each)):
        return f"{name} is further to a promise that is not kept in fixed windows"
    if isinstance(schedule, Every) and duty.bound.at_most is not None:
        return f"{name} repeats and has a ceiling, which is not decided here"
    if isinstance(schedule, Every) and duty.further_to:
        return f"{name} repeats and is further to another, which is not decided here"
    return _unmeasured(promise)


def _unmeasured(promise: Promise) -> str:
    """Why values of the attribute that a promise measures cannot be told apart here."""
    measure = promise.duty.measure
    if isinstance(measure, Count):
        return ""
    attribute = promise.kind(promise.duty.records.kind).attributes.get(measure.attribute)
    kind = "" if attribute is None else attribute.type
    if isinstance(measure, Total):
        right = kind == "number"
    else:
        right = kind in ("text", "date", "one of", "several of", "set")
    return "" if right else f"{promise.name} measures {measure.attribute}, which cannot be measured"
