"""Roughly which school years a schedule lies in: for telling how alike two are, never for judging.

Used by counterparts. Evaluation reckons windows exactly; here a year group is fine enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.model.schedule import (
    AgePoint,
    Always,
    Around,
    Each,
    EarliestOf,
    Every,
    Kept,
    KeyStagePoint,
    Once,
    YearPoint,
)

if TYPE_CHECKING:
    from careerspolicy.model.schedule import Point, Schedule

#: The first and last year group of each key stage.
_KEY_STAGES: Final = {1: (1, 2), 2: (3, 6), 3: (7, 9), 4: (10, 11), 5: (12, 14)}
#: Where a window that has no start or no end is taken to lie, for this purpose.
_FIRST, _LAST = 7, 14


def span_likeness(one: Schedule, other: Schedule) -> float:
    """How alike two schedules are, from 0 to 1: half for their sort, half for when they lie.

    >>> from careerspolicy.model.schedule import Once, YearPoint
    >>> by_nine, by_eleven = (Once(end=YearPoint(year=year)) for year in (9, 11))
    >>> span_likeness(by_nine, by_nine), span_likeness(by_nine, by_eleven)
    (1.0, 0.8)
    """
    if type(one) is not type(other):
        return 0.5 * _overlap(_years(one), _years(other))
    if isinstance(one, (Every, Kept, Around)):
        return 1.0 if one == other else 0.75
    return 0.5 + 0.5 * _overlap(_years(one), _years(other))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    both = min(one[1], other[1]) - max(one[0], other[0]) + 1
    either = max(one[1], other[1]) - min(one[0], other[0]) + 1
    return max(0, both) / either


def _years(schedule: Schedule) -> tuple[int, int]:
    if not isinstance(schedule, (Once, Each, Always)):
        return (_FIRST, _LAST)
    first, last = _year(schedule.start, 0, _FIRST), _year(schedule.end, 1, _LAST)
    return (min(first, last), max(first, last))


def _year(point: Point | None, side: int, unsaid: int) -> int:
    match point:
        case YearPoint():
            return point.year
        case AgePoint():
            return point.age - 5
        case KeyStagePoint():
            return _KEY_STAGES[point.key_stage][side]
        case EarliestOf():
            return min(_year(one, side, unsaid) for one in point.points)
        case _:
            return unsaid
