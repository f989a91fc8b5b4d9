"""What of a promise can be held beside another's, and when two say the same.

First in comparison; nothing here needs a solver. `shape` gives each part as a value that is equal
for two promises exactly when they say the same there, whatever their titles, ids and the trusts'
own words.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.model.duty import Covers, Duty, Measure, Verb
from careerspolicy.model.population import Population
from careerspolicy.model.schedule import (
    AgePoint,
    Always,
    Around,
    Each,
    EarliestOf,
    Every,
    Kept,
    OffsetPoint,
    Once,
    Vaguely,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from careerspolicy.model.policy import InForce
    from careerspolicy.solver.promises import Promise

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


#: The parts that say what is asked; how strongly, with what hedge and by whom are told apart.
CONTENT: Final = (Part.WHOM, Part.WHAT, Part.WHEN, Part.HOW_OFTEN)


def attested(duty: Duty) -> bool:
    """Whether no record measures it, and all to be known is that somebody attests it."""
    return duty.verb is Verb.UPHOLD


def shape(promise: Promise) -> Mapping[Part, Hashable]:
    """What a promise says in each part; None where it says nothing there.

    Of a promise that is only attested, its predicate says what is promised; whoever attests it,
    how often, is evidence and not promised. Of what records measure they say it, in whatever words.
    """
    obligation, duty = promise.obligation, promise.duty
    to, population = frozenset(obligation.to), _population(duty.population)
    schedule = duty.schedule
    if attested(duty):
        what: Hashable = duty.predicate
        when: Hashable = duty.how_soon or None
        how_often: Hashable = schedule.words if isinstance(schedule, Vaguely) else None
    else:
        records = (duty.records.kind, frozenset(duty.records.where), duty.records.offered)
        measure = _measure(duty.measure)
        what = (records, measure, duty.bound, _further(promise))
        when, how_often = _when(promise), _how_often(duty)
    return {
        Part.WHO: frozenset(obligation.who),
        Part.WHOM: (population, to) if population or to else None,
        Part.WHAT: what,
        Part.WHEN: when,
        Part.HOW_OFTEN: how_often,
        Part.STRENGTH: obligation.strength,
        Part.HEDGE: obligation.hedge or None,
    }


def same(left: Promise, right: Promise) -> bool:
    """Whether two promises ask the same, by whomever and however strongly it is owed."""
    one, other = shape(left), shape(right)
    if any(one[part] != other[part] for part in CONTENT):
        return False
    if attested(left.duty) and attested(right.duty):
        return True
    alike = left.duty.population.subject == right.duty.population.subject
    return alike and left.policy.readings == right.policy.readings


def apart(one: Duty, other: Duty) -> bool:
    """Whether two are of different things: kinds of record, documents, matters and so on.

    No proof is tried between such, and nothing is said of how they stand to each other.
    """
    if one.records.kind != other.records.kind:
        return True
    tests = {test.attribute: test for test in other.records.where if test.one_of is not None}
    return any(
        test.one_of is not None
        and (asked := tests.get(test.attribute)) is not None
        and test.listed.isdisjoint(asked.listed)
        for test in one.records.where
    )


def lasts(outer: InForce, inner: InForce) -> bool:
    """Whether one is in force on every day on which another is."""
    begins = outer.start is None or (
        inner.start is not None and outer.start.first <= inner.start.first
    )
    return begins and (
        outer.until is None or (inner.until is not None and inner.until.last <= outer.until.last)
    )


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
    earlier = promise.duty.further_to
    if not earlier:
        return None
    topic = promise.first.obligation.topic if promise.first else earlier
    return (topic, promise.policy.readings.further)


def _when(promise: Promise) -> Hashable:
    """Between what points, and how ages among them are read."""
    duty, schedule = promise.duty, promise.duty.schedule
    bounds: tuple[object, ...] = ()
    match schedule:
        case Once() | Always():
            bounds = (schedule.start, schedule.end, isinstance(schedule, Always) or None)
        case Each():
            bounds = (schedule.start, schedule.end, None, schedule.by, schedule.not_before)
        case Every():
            bounds = (schedule.start, None)
        case Kept():
            bounds = (schedule.after, schedule.duration)
        case Around():
            around = attrs.evolve(schedule, where=(), start=None, end=None)
            bounds = (schedule.start, schedule.end, around, frozenset(schedule.where))
    reading = promise.policy.readings.ages if any(map(_by_age, bounds)) else None
    points = tuple(
        frozenset(point.points) if isinstance(point, EarliestOf) else point for point in bounds
    )
    return (points, reading, duty.how_soon) if any(points) or duty.how_soon else None


def _by_age(point: object) -> bool:
    if isinstance(point, EarliestOf):
        return any(map(_by_age, point.points))
    if isinstance(point, OffsetPoint):
        return _by_age(point.point)
    return isinstance(point, AgePoint)


def _how_often(duty: Duty) -> Hashable:
    match duty.schedule:
        case Each(period=period):
            return ("each", period)
        case Every(duration=duration):
            return ("every", duration)
        case Vaguely(words=words):
            return words
    return None
