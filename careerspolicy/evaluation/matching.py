"""Which records count, which might, and why the rest do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from careerspolicy.evaluation.findings import NearMiss
from careerspolicy.nouns import condition_failed, condition_unsaid
from careerspolicy.school_calendar import Window, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from careerspolicy.duty import Matching
    from careerspolicy.facts import Record
    from careerspolicy.vocabulary import Kind


@attrs.frozen
class Sorted:
    """A subject's records of one kind, up to the day asked about, sorted by the duty's tests.

    `certain` pass every test; `doubtful` fail none but leave one unanswered; `others` are the rest,
    each with the first reason. All are in date order.
    """

    certain: tuple[Record, ...]
    doubtful: tuple[tuple[Record, str], ...]
    others: tuple[tuple[Record, str], ...]


def sort_records(records: Iterable[Record], matching: Matching, kind: Kind, as_of: date) -> Sorted:
    """Sort records by the tests; those after `as_of` are only planned, and don't count yet."""
    certain: list[Record] = []
    doubtful: list[tuple[Record, str]] = []
    others: list[tuple[Record, str]] = []
    takes_part = not matching.offered and "attended" in kind.attributes
    for record in records:
        if record.start > as_of:
            others.append((record, "has not happened yet"))
            continue
        failed = "was offered but not taken up" if takes_part and _absent(record) else ""
        unsaid = ""
        for condition in matching.where:
            holds = condition.holds(record.attributes.get(condition.attribute))
            if holds is None:
                unsaid = unsaid or condition_unsaid(condition, kind)
            elif not holds:
                failed = failed or condition_failed(condition, kind, record.attributes)
        if failed:
            others.append((record, failed))
        elif unsaid:
            doubtful.append((record, unsaid))
        else:
            certain.append(record)
    return Sorted(tuple(certain), tuple(doubtful), tuple(others))


def _absent(record: Record) -> bool:
    return record.attributes.get("attended") is False


def near_misses(
    found: Sorted, window: Window, windows: Sequence[Window], counted: Sequence[Record]
) -> tuple[NearMiss, ...]:
    """The records that nearly counted in a window, with the reason why each did not.

    A record outside every window of the obligation is named with the nearest window only.
    """
    near = [
        NearMiss(one, why)
        for one, why in (*found.doubtful, *found.others)
        if window.holds(one.start)
    ]
    inside = {one.id for one in counted}
    for one in found.certain:
        if one.id in inside:
            continue
        if window.holds(one.start):
            near.append(NearMiss(one, _again(one)))
        elif not any(other.holds(one.start) for other in windows) and window == _nearest(
            one, windows
        ):
            near.append(NearMiss(one, _outside(one.start, window)))
    return tuple(sorted(near, key=lambda miss: (miss.record.start, miss.record.id)))


def _again(record: Record) -> str:
    if record.until is None:
        return "has already counted"
    return f"was in force only until {in_words(record.until)}"


def _nearest(record: Record, windows: Sequence[Window]) -> Window:
    return min(windows, key=lambda window: _distance(record.start, window))


def _distance(day: date, window: Window) -> int:
    if window.start is not None and day < window.start:
        return (window.start - day).days
    return (day - window.end).days if window.end is not None else 0


def _outside(day: date, window: Window) -> str:
    if window.start is not None and day < window.start:
        return f"came before the window opened on {in_words(window.start)}"
    assert window.end is not None  # noqa: S101 - a day outside and not before is after an end
    return f"came after the window closed on {in_words(window.end)}"
