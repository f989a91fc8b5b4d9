"""One promise of one policy, and whether records can measure it at all.

What cannot be decided is said before anything is asked of a solver.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from careerspolicy.model.duty import Around, Count, Each, Every, Once, Side, Total, Vaguely
from careerspolicy.solver.doubts import Cause, Doubt
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


def undecidable(promise: Promise) -> Doubt | None:
    """Why no records can decide a promise; None if they can."""
    duty = promise.duty
    kind = promise.kind(duty.records.kind)
    if kind.silent:
        return Doubt(Cause.ONLY_ATTESTED, promise, kind.plural)
    if isinstance(duty.schedule, Vaguely):
        return Doubt(Cause.NO_NUMBER, promise, duty.schedule.words)
    if duty.bound.vague:
        return Doubt(Cause.NO_NUMBER, promise, duty.bound.vague)
    if duty.how_soon:
        return Doubt(Cause.NOT_JUDGED, promise, duty.how_soon)
    return _unsupported(promise) or (undecidable(promise.first) if promise.first else None)


def _unsupported(promise: Promise) -> Doubt | None:
    duty = promise.duty
    schedule, subject = duty.schedule, duty.population.subject
    if subject not in THINGS and not isinstance(schedule, (Around, Once)):
        return Doubt(Cause.LASTS, promise)
    if isinstance(schedule, Around) and schedule.event == duty.records.kind:
        own = subject == duty.records.kind
        if not own and schedule.side is not Side.AT:
            return Doubt(Cause.HANGS_ON_ITSELF, promise)
    if promise.first and not isinstance(promise.first.duty.schedule, (Once, Each)):
        return Doubt(Cause.FURTHER_TO_NO_WINDOW, promise)
    if isinstance(schedule, Every) and duty.bound.at_most is not None:
        return Doubt(Cause.REPEATS_WITH_CEILING, promise)
    if isinstance(schedule, Every) and duty.further_to:
        return Doubt(Cause.REPEATS_FURTHER, promise)
    return _unmeasured(promise)


def _unmeasured(promise: Promise) -> Doubt | None:
    """Why values of the attribute that a promise measures cannot be told apart here."""
    measure = promise.duty.measure
    if isinstance(measure, Count):
        return None
    attribute = promise.kind(promise.duty.records.kind).attributes.get(measure.attribute)
    kind = "" if attribute is None else attribute.type
    if isinstance(measure, Total):
        right = kind == "number"
    else:
        right = kind in ("text", "date", "one of", "several of", "set")
    return None if right else Doubt(Cause.UNMEASURABLE, promise, measure.attribute)
