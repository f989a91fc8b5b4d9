"""The differences between counterparts, part by part: found in the shape, told in English.

Two promises that ask the same in other words do not differ. Where the phrases for two that do would
read alike, what they leave to their reader ("every school", "at no set time") is added.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import attrs

from careerspolicy.comparison.promises import Part, attested, shape
from careerspolicy.english.conditions import being
from careerspolicy.english.sentences import parts
from careerspolicy.english.wording import listing
from careerspolicy.model.duty import Covers, Distinct, Total
from careerspolicy.model.schedule import Always, Around

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from careerspolicy.comparison.counterparts import Row
    from careerspolicy.solver.promises import Promise


@attrs.frozen(kw_only=True)
class Saying:
    """What some policies say alike, in the words of the first; `says` is empty for nothing."""

    says: str
    policies: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Difference:
    """One part in which counterparts differ, and who says what there."""

    part: Part
    said: tuple[Saying, ...]


def differences(row: Row) -> tuple[Difference, ...]:
    """In which parts the promises of a row differ, in the order of the parts."""
    shapes = {name: shape(promise) for name, promise in row.items()}
    return tuple(
        Difference(part=part, said=_said(part, row, groups))
        for part in Part
        if len(groups := _grouped({name: shape[part] for name, shape in shapes.items()})) > 1
    )


def _grouped(values: Mapping[str, Hashable]) -> list[tuple[str, ...]]:
    """The policies that have the same value, together; in the order in which they come."""
    groups: dict[Hashable, list[str]] = {}
    for name, value in values.items():
        groups.setdefault(value, []).append(name)
    return [tuple(names) for names in groups.values()]


def _said(part: Part, row: Row, groups: Sequence[tuple[str, ...]]) -> tuple[Saying, ...]:
    """What each group says in a part; more exactly where two would seem to say the same."""
    firsts = [row[names[0]] for names in groups]
    phrases: list[str] = [
        getattr(parts(promise.obligation, promise.policy), part.value) for promise in firsts
    ]
    heard = Counter(phrases)
    exact = [
        f"{words} ({more})" if words and more else words or more
        for words, more in zip(
            phrases, (_more_exactly(part, promise) for promise in firsts), strict=True
        )
    ]
    return tuple(
        Saying(says=words if heard[words] == 1 else more, policies=names)
        for words, more, names in zip(phrases, exact, groups, strict=True)
    )


def _more_exactly(part: Part, promise: Promise) -> str:
    """What a phrase leaves out of one part of a promise; empty where it leaves out nothing."""
    match part:
        case Part.WHOM:
            return _whom(promise)
        case Part.WHAT:
            return _what(promise)
        case Part.WHEN:
            return _when(promise)
    return ""


def _whom(promise: Promise) -> str:
    """Of which subject it is asked, and which of them are meant."""
    population = promise.duty.population
    tests = [being(condition, promise.kind("school")) for condition in population.school]
    asked = f"asked of each {population.subject}"
    return f"{asked} ({listing(tests)})" if tests else asked


def _what(promise: Promise) -> str:
    if attested(promise.duty):
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
    if isinstance(schedule, Around) and not attested(promise.duty):
        return f"{schedule.side.value} each {schedule.event}"
    if isinstance(schedule, Always) and not attested(promise.duty):
        return "at all times"
    if attested(promise.duty) or not promise.points:
        return "at no set time"
    return f"ages read by the {promise.policy.readings.ages.value}"
