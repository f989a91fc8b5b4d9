"""Which promises of several policies are each other's counterparts, within one topic.

Policies make a dozen promises on one topic, and a difference means
something only between two that are about the same thing. The method is fixed and knows no order of
policies: every two promises of different policies have a likeness; from the likest pair down, the
two rows that they stand in become one, unless a policy would stand in it twice or its promises are
not alike enough on average. `docs/compare.md` tells what likeness is made of. It is for lining
promises up, and judges nothing: a year group is fine enough for when they lie.
"""

from __future__ import annotations

import re
from itertools import combinations, product
from statistics import fmean
from typing import TYPE_CHECKING, Final, TypeAlias

from careerspolicy.calendar.school_calendar import KEY_STAGES, LAST_YEAR_GROUP
from careerspolicy.comparison.promises import apart, attested
from careerspolicy.model.duty import Covers, Duty
from careerspolicy.model.schedule import (
    AgePoint,
    Always,
    Around,
    Each,
    EarliestOf,
    Every,
    Kept,
    KeyStagePoint,
    OffsetPoint,
    Once,
    Point,
    Schedule,
    YearPoint,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping, Sequence

    from careerspolicy.model.population import Condition
    from careerspolicy.solver.promises import Promise

#: A row: the promise of each policy that has one there, by the policy's name.
Row: TypeAlias = "dict[str, Promise]"

#: Less alike than this, two promises are not about the same thing.
LEAST: Final = 0.55
#: As alike as this, promises on different topics are worth naming to each other's readers.
NEAR: Final = 0.6
#: Where a window that has no start is taken to lie.
_FIRST: Final = 7
#: Words that titles share without sharing anything else.
_SMALL: Final = frozenset(
    """a all an and any are at be by can careers each every for from has have in is it its of on or
    pupil pupils school schools that the their them they this to with""".split()  # noqa: SIM905 - read as words
)


_Key: TypeAlias = tuple[str, int]


def rows(promises: Mapping[str, Sequence[Promise]]) -> tuple[Row, ...]:
    """The promises of one topic by policy, lined up in rows of at most one a policy.

    The fullest rows first, and then in the order of the policies and of their files.
    """
    at = {
        (name, place): promise
        for name, made in promises.items()
        for place, promise in enumerate(made)
    }
    order = {name: position for position, name in enumerate(promises)}
    groups = _grouped(at)
    groups.sort(key=lambda group: (-len(group), min((order[name], n) for name, n in group)))
    return tuple(
        {name: at[name, n] for name, n in sorted(group, key=lambda key: order[key[0]])}
        for group in groups
    )


def likeness(one: Promise, other: Promise) -> float:
    """How alike two promises are, from 0 to 1; the same either way round.

    Whoever encodes a policy gives a promise that others make the id that it has there, so the same
    id on the same topic weighs more than all else.
    """
    if one.obligation.id == other.obligation.id:
        return 0.6 + 0.4 * _likeness(one, other, 1.0)
    if _of_other_things(one.duty, other.duty):
        return 0.0
    return _likeness(one, other, _shared(_words(one), _words(other)))


def _grouped(at: Mapping[_Key, Promise]) -> list[list[_Key]]:
    alike = {
        (one, other): likeness(at[one], at[other])
        for one, other in combinations(at, 2)
        if one[0] != other[0]
    }
    group_of = {key: [key] for key in at}
    likest = sorted(
        (pair for pair, score in alike.items() if score >= LEAST),
        # between pairs that are equally alike names decide, never the order given
        key=lambda pair: (-alike[pair], sorted((at[key].obligation.id, key[0]) for key in pair)),
    )
    for one, other in likest:
        left, right = group_of[one], group_of[other]
        if left is not right and _may_join(left, right, alike):
            left.extend(right)
            group_of.update(dict.fromkeys(right, left))
    return list({id(group): group for group in group_of.values()}.values())


def _may_join(
    left: Collection[_Key], right: Collection[_Key], alike: Mapping[tuple[_Key, _Key], float]
) -> bool:
    if {name for name, _ in left} & {name for name, _ in right}:
        return False
    pairs = product(left, right)
    return fmean(alike.get((a, b)) or alike.get((b, a), 0) for a, b in pairs) >= LEAST


def _likeness(one: Promise, other: Promise, words: float) -> float:
    roles = _shared(one.obligation.who, other.obligation.who)
    left, right = one.obligation.duty, other.obligation.duty
    if attested(left) and attested(right):
        return 0.85 * words + 0.15 * roles
    if left.records.kind != right.records.kind:
        return 0.0
    return (
        0.25
        + 0.25 * words
        + 0.20 * _shared(_tests(left), _tests(right))
        + 0.10 * _measures(left, right)
        + 0.10 * _timing(left.schedule, right.schedule)
        + 0.05 * (left.population.subject == right.population.subject)
        + 0.05 * roles
    )


def _of_other_things(left: Duty, right: Duty) -> bool:
    """Whether records of one never do for the other: other documents, or no content in common."""
    if attested(left) or attested(right):
        return False
    one, other = left.measure, right.measure
    if isinstance(one, Covers) and isinstance(other, Covers):
        in_common = one.shown(other.values) or other.shown(one.values)
        return apart(left, right) or not in_common
    return apart(left, right)


def _words(promise: Promise) -> set[str]:
    text = f"{promise.obligation.id} {promise.obligation.title}".casefold()
    return {word.rstrip("s") for word in re.findall(r"\w+", text) if word not in _SMALL}


def _tests(duty: Duty) -> set[Condition | str]:
    """What a record has to pass, and whether an offer will do."""
    return {*duty.records.where, *(["offered"] if duty.records.offered else [])}


def _measures(left: Duty, right: Duty) -> float:
    one, other = left.measure, right.measure
    if isinstance(one, Covers) and isinstance(other, Covers):
        return 0.5 + 0.5 * _shared(one.values, other.values)
    return float(one == other)


def _shared(one: Collection[Hashable], other: Collection[Hashable]) -> float:
    """The share of all that either has which both have; 1 where neither has any."""
    left, right = set(one), set(other)
    return len(left & right) / len(left | right) if left | right else 1.0


def _timing(one: Schedule, other: Schedule) -> float:
    """How alike two schedules are, from 0 to 1: half for their sort, half for when they lie."""
    if type(one) is type(other) and isinstance(one, (Every, Kept, Around)):
        return 1.0 if one == other else 0.75
    (first, last), (start, end) = _years(one), _years(other)
    both = max(0, min(last, end) - max(first, start) + 1)
    either = max(last, end) - min(first, start) + 1
    return 0.5 * (type(one) is type(other)) + 0.5 * both / either


def _years(schedule: Schedule) -> tuple[int, int]:
    """Roughly the first and the last school year that a schedule lies in."""
    if not isinstance(schedule, (Once, Each, Always)):
        return (_FIRST, LAST_YEAR_GROUP)
    ends = _year(schedule.start, 0, _FIRST), _year(schedule.end, 1, LAST_YEAR_GROUP)
    return (min(ends), max(ends))


def _year(point: Point | None, side: int, unsaid: int) -> int:
    match point:
        case YearPoint(year=year):
            return year
        case AgePoint(age=age):
            return age - 5
        case KeyStagePoint(key_stage=stage):
            return KEY_STAGES[stage][side]
        case OffsetPoint(point=counted_from):
            return _year(counted_from, side, unsaid)
        case EarliestOf(points=points):
            return min(_year(point, side, unsaid) for point in points)
    return unsaid
