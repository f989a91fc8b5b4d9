"""Which records count, which might, and why the rest do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from careerspolicy.nouns import condition_failed, condition_unsaid
from careerspolicy.school_calendar import Window, in_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from careerspolicy.duty import Matching
    from careerspolicy.facts import Record
    from careerspolicy.vocabulary import Kind


class Sorted(NamedTuple):
    """A subject's records of one kind, up to the day asked about, sorted by the duty's tests.

    `certain` pass every test; `doubtful` fail none but leave one unanswered; `others` are the rest,
    each with the first reason. All are in date order.
    """

    certain: tuple[Record, ...]
    doubtful: tuple[tuple[Record, str], ...]
    others: tuple[tuple[Record, str], ...]


_NONE = Sorted((), (), ())


def sort_records(records: Sequence[Record], matching: Matching, kind: Kind, as_of: date) -> Sorted:
    """Sort records by the tests; those after `as_of` are only planned, and don't count yet."""
    if not records:
        return _NONE
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


def strays(
    records: Sequence[Record], windows: Sequence[Window]
) -> Mapping[Window, Sequence[Record]]:
    """The records that lie in no window at all, by the window that is nearest to each."""
    found: dict[Window, list[Record]] = {}
    for record in records:
        if not any(window.holds(record.start) for window in windows):
            found.setdefault(_nearest(record, windows), []).append(record)
    return found


def outside(day: date, window: Window) -> str:
    """Why a day outside a window doesn't count, as the end of "it …"."""
    if window.start is not None and day < window.start:
        return f"came before the window opened on {in_words(window.start)}"
    assert window.end is not None  # noqa: S101 - a day outside and not before is after an end
    return f"came after the window closed on {in_words(window.end)}"


def _nearest(record: Record, windows: Sequence[Window]) -> Window:
    return min(windows, key=lambda window: _distance(record.start, window))


def _distance(day: date, window: Window) -> int:
    if window.start is not None and day < window.start:
        return (window.start - day).days
    return (day - window.end).days if window.end is not None else 0
