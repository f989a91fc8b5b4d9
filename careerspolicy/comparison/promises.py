"""What of a promise can be held beside another's.

First in comparison. `shape` gives each part as a value that is equal for two promises exactly when
they say the same there, whatever their titles, ids and the trusts' own words.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.model.duty import Covers
from careerspolicy.model.population import Population
from careerspolicy.model.schedule import (
    AgePoint,
    Always,
    Around,
    Each,
    EarliestOf,
    Every,
    Kept,
    Once,
    Vaguely,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from careerspolicy.model.duty import Measure
    from careerspolicy.model.policy import Obligation
    from careerspolicy.model.schedule import Schedule
    from careerspolicy.solver.promises import Promise

#: The kind of record by which somebody says that a promise is held to; it names that promise.
ATTESTATION: Final = "attestation"
_NAMES_IT: Final = "promise"

#: Populations that say nothing of whom; who owes it says whether it is the trust or a school.
_EVERY: Final = (Population(subject="school"), Population(subject="trust"))


class Part(Enum):
    """The parts of a promise in which two can differ, in the order in which people ask."""

    WHO = "who"
    WHOM = "whom"
    WHAT = "what"
    WHEN = "when"
    HOW_OFTEN = "how_often"
    STRENGTH = "strength"
    HEDGE = "hedge"


def attested(promise: Promise) -> bool:
    """Whether no record measures a promise, and all to be known is that somebody attests it."""
    records = promise.obligation.duty.records
    return records.kind == ATTESTATION and any(
        one.attribute == _NAMES_IT and one.one_of == frozenset([promise.obligation.id])
        for one in records.where
    )


def shape(promise: Promise) -> Mapping[Part, Hashable]:
    """What a promise says in each part; None where it says nothing there.

    Of a promise that is only attested, its predicate says what is promised; whoever attests it,
    how often, is evidence and not promised.
    """
    obligation = promise.obligation
    said: dict[Part, Hashable] = {
        Part.WHO: frozenset(obligation.who),
        Part.STRENGTH: obligation.strength,
        Part.HEDGE: obligation.hedge or None,
    }
    return said | (_attested(obligation) if attested(promise) else _measured(promise))


def _attested(obligation: Obligation) -> dict[Part, Hashable]:
    duty = obligation.duty
    schedule, to = duty.schedule, frozenset(obligation.to)
    population = _population(duty.population)
    vague = schedule.words if isinstance(schedule, Vaguely) else None
    return {
        Part.WHOM: (population, to) if population or to else None,
        Part.WHAT: duty.predicate,
        Part.WHEN: duty.how_soon or None,
        Part.HOW_OFTEN: vague,
    }


def _measured(promise: Promise) -> dict[Part, Hashable]:
    obligation, duty = promise.obligation, promise.obligation.duty
    to, population = frozenset(obligation.to), _population(duty.population)
    records = (duty.records.kind, frozenset(duty.records.where), duty.records.offered)
    return {
        Part.WHOM: (population, to) if population or to else None,
        Part.WHAT: (records, _measure(duty.measure), duty.bound, _further(promise)),
        Part.WHEN: _when(promise),
        Part.HOW_OFTEN: _how_often(duty.schedule),
    }


def _population(asked: Population) -> Hashable:
    """Which pupils, schools or records; None for every school, or the trust.

    The order in which tests are listed means nothing.
    """
    if asked in _EVERY:
        return None
    plain = attrs.evolve(asked, where=(), any_of=(), school=(), event=())
    tests = map(frozenset, (asked.where, asked.school, asked.event))
    return (plain, *tests, frozenset(map(frozenset, asked.any_of)))


def _measure(measure: Measure) -> Hashable:
    """The measure; which values it covers does not depend on the order they are listed in."""
    if isinstance(measure, Covers):
        return ("covers", measure.attribute, frozenset(measure.values))
    return measure


def _further(promise: Promise) -> Hashable:
    """What an earlier promise is about, whose records don't count again, and how that is read."""
    policy, earlier = promise.policy, promise.obligation.duty.further_to
    if not earlier:
        return None
    before = policy.obligation(earlier)
    return (before.topic if before else earlier, policy.readings.further)


def _when(promise: Promise) -> Hashable:
    duty = promise.obligation.duty
    bounds = _bounds(duty.schedule)
    reading = promise.policy.readings.ages if any(map(_by_age, bounds)) else None
    told = tuple(map(_point, bounds))
    return (told, reading, duty.how_soon) if any(told) or duty.how_soon else None


def _bounds(schedule: Schedule) -> tuple[object, ...]:
    """Between what a schedule lies, whatever repeats within it."""
    match schedule:
        case Once() | Always():
            return (schedule.start, schedule.end, isinstance(schedule, Always) or None)
        case Each():
            return (schedule.start, schedule.end, None, schedule.by, schedule.not_before)
        case Every():
            return (schedule.start, None)
        case Kept():
            return (schedule.after, schedule.duration)
        case Around():
            return (attrs.evolve(schedule, where=()), frozenset(schedule.where))
        case Vaguely():
            return ()


def _point(point: object) -> object:
    return frozenset(point.points) if isinstance(point, EarliestOf) else point


def _by_age(point: object) -> bool:
    if isinstance(point, EarliestOf):
        return any(map(_by_age, point.points))
    return isinstance(point, AgePoint)


def _how_often(schedule: Schedule) -> Hashable:
    match schedule:
        case Each():
            return ("each", schedule.period)
        case Every():
            return ("every", schedule.duration)
        case Vaguely():
            return schedule.words
        case _:
            return None
