"""What the laws of whole reports are tried on: every part of the shape, and every reason, is made.

A law over random policies proves nothing of what they never hold. Of each thing that a policy, a
history or a report can be, this says whether it was ever made; a new one that isn't fails here.
"""

from __future__ import annotations

from collections import Counter
from typing import get_args

import attrs
from any_report import asked_with_less
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from careerspolicy.calendar.durations import Unit
from careerspolicy.calendar.school_calendar import Period
from careerspolicy.evaluation import Verdict
from careerspolicy.evaluation.findings import NotKnown
from careerspolicy.evaluation.reasons import Reason
from careerspolicy.evaluation.record_reasons import Missing, NearMissReason
from careerspolicy.model.duty import Measure, Verb
from careerspolicy.model.policy import Strength
from careerspolicy.model.population import Condition, Population, Roll
from careerspolicy.model.schedule import (
    OffsetPoint,
    Point,
    RollPoint,
    Schedule,
    Side,
    points_of,
)

#: Cases that are all new, and how often so many are drawn.
FIRST_CASES, ROUNDS = 10, 14
TERMS = ("autumn", "spring", "summer")
PARTS = {
    "verb": Verb,
    "strength": Strength,
    "roll": Roll,
    "side": Side,
    "roll point": RollPoint,
    "verdict": Verdict,
    "not known": NotKnown,
    "schedule": [one.__name__ for one in get_args(Schedule)],
    "measure": [one.__name__ for one in get_args(Measure)],
    "point": [one.__name__ for one in (*get_args(Point),) if one is not RollPoint],
    "counted from": [
        *(one.__name__ for one in get_args(Point) if one is not OffsetPoint),
    ],
    "reason": [one.code for one in get_args(Reason)],
    "near miss": [one.code for one in get_args(NearMissReason)],
    "missing": [one.code for one in get_args(Missing)],
    "period": get_args(Period),
    "term": TERMS,
    "unit": get_args(Unit),
    "bound": ["at least", "at most", "exactly", "between", "vague"],
    "test": [f.name for f in attrs.fields(Condition) if f.init and f.eq is not False and f.repr],
    "population": [f.name for f in attrs.fields(Population)],
    "window": ["by", "not_before", "within", "notice", "start", "end"],
    "facts": ["two stays", "joined", "left", "waived", "two schools", "in force", "offered"],
}


def parts_of(report):
    """Every part that a policy, its facts and its findings are made of, by sort."""
    for obligation in report.policy.obligations:
        yield "strength", obligation.strength
        yield from parts_of_duty(obligation.duty)
        if obligation.in_force.start is not None:
            yield "facts", "in force"
    facts = report.facts
    yield from (("facts", "joined") for one in facts.pupils if one.joined)
    yield from (("facts", "left") for one in facts.pupils if one.left)
    yield from (("facts", "two stays") for stays in facts.stays.values() if len(stays) > 1)
    yield from (("facts", "waived") for _ in facts.waivers)
    if len(facts.schools) > 1:
        yield "facts", "two schools"
    for finding in (one for findings in report.verdicts().values() for one in findings):
        yield "verdict", finding.verdict
        yield "reason", finding.reason.code
        yield "not known", finding.not_known
        yield from (("near miss", miss.reason.code) for miss in finding.near_misses)
        yield from (("missing", fact.code) for fact in finding.missing)


def parts_of_duty(duty):
    """Every part that a duty is made of."""
    schedule, bound, population = duty.schedule, duty.bound, duty.population
    yield "verb", duty.verb
    yield "schedule", type(schedule).__name__
    yield "measure", type(duty.measure).__name__
    yield "bound", bound_of(bound)
    yield "roll", population.roll
    yield from (
        ("population", f.name) for f in attrs.fields(Population) if getattr(population, f.name)
    )
    tests = (*duty.records.where, *population.where, *population.event, *population.school)
    tests += tuple(test for tests in population.any_of for test in tests)
    for test in (*tests, *getattr(schedule, "where", ())):
        said = ((f.name, getattr(test, f.name)) for f in attrs.fields(Condition))
        yield from (("test", name) for name, value in said if value is not None)
    if duty.records.offered:
        yield "facts", "offered"
    yield from (("window", name) for name in PARTS["window"] if getattr(schedule, name, None))
    lengths = [getattr(schedule, name, None) for name in ("duration", "within", "notice")]
    yield "period", getattr(schedule, "period", None)
    yield "side", getattr(schedule, "side", None)
    for point in points_of(schedule):
        yield (
            ("roll point", point)
            if isinstance(point, RollPoint)
            else ("point", type(point).__name__)
        )
        yield "term", getattr(point, "term", None)
        lengths.append(getattr(point, "duration", None))
        if inner := getattr(point, "point", None):
            yield "counted from", type(inner).__name__
    yield from (("unit", length.unit) for length in lengths if length)


def bound_of(bound):
    """What sort of bound it is."""
    if bound.at_least is None:
        return "vague" if bound.at_most is None else "at most"
    if bound.at_most is None:
        return "at least"
    return "exactly" if bound.at_least == bound.at_most else "between"


def drawn(number):
    """Reports that differ: among its first cases Hypothesis tries nothing twice."""
    reports = []

    @seed(number)
    @settings(max_examples=FIRST_CASES, suppress_health_check=list(HealthCheck))
    @given(st.lists(asked_with_less(), min_size=FIRST_CASES, max_size=FIRST_CASES))
    def draw(pairs):
        reports.extend(report for pair in pairs for report in pair)

    draw()
    return reports


def test_every_part_of_policies_facts_and_reports_is_made():
    """What a policy, facts and a report can hold is each made by the strategies of the laws."""
    made = Counter(
        part for number in range(ROUNDS) for report in drawn(number) for part in parts_of(report)
    )
    never = [(sort, one) for sort, every in PARTS.items() for one in every if not made[sort, one]]
    assert not never, never
