"""What to add where two promises differ and the phrases for them would read alike.

Used by differences. A part that a promise leaves to its reader ("every school", "at no set time")
is not said in a sentence, yet it can be what two promises differ in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from careerspolicy.comparison.promises import Part, attested
from careerspolicy.english.conditions import being
from careerspolicy.english.wording import listing
from careerspolicy.model.duty import Covers, Distinct, Total
from careerspolicy.model.schedule import Always, Around

if TYPE_CHECKING:
    from careerspolicy.solver.promises import Promise


def sharper(part: Part, promise: Promise) -> str:
    """What a phrase leaves out of one part of a promise; empty where it leaves out nothing."""
    match part:
        case Part.WHOM:
            return _whom(promise)
        case Part.WHAT:
            return _what(promise)
        case Part.WHEN:
            return _when(promise)
        case _:
            return ""


def _whom(promise: Promise) -> str:
    """Of which subject it is asked, and which of them are meant."""
    population = promise.duty.population
    tests = [being(one, promise.kind("school")) for one in population.school]
    asked = f"asked of each {population.subject}"
    return f"{asked} ({listing(tests)})" if tests else asked


def _what(promise: Promise) -> str:
    if attested(promise):
        return "known only by attestation"
    measure = promise.duty.measure
    counted = promise.kind(promise.duty.records.kind).plural
    offered = " offered" if promise.duty.records.offered else ""
    if isinstance(measure, Covers):
        return f"all of {listing(measure.values)} among the {counted}{offered}"
    if isinstance(measure, (Distinct, Total)):
        return f"by the {measure.attribute.replace('_', ' ')} of the {counted}{offered}"
    return f"by the number of {counted}{offered}"


def _when(promise: Promise) -> str:
    schedule = promise.duty.schedule
    if attested(promise):
        return "at no set time"
    if isinstance(schedule, Around):
        return f"{schedule.side.value} each {schedule.event}"
    if isinstance(schedule, Always):
        return "at all times"
    if not any(promise.points):
        return "at no set time"
    return f"ages read by the {promise.policy.readings.ages.value}"
