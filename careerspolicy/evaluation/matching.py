"""Which records count, which might, and why the rest do not."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from careerspolicy.evaluation.record_reasons import AfterWindow, AttributeUnknown, BeforeWindow
from careerspolicy.evaluation.windows import begun_by
from careerspolicy.model.schedule import Always, Kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from careerspolicy.calendar.school_calendar import Window
    from careerspolicy.model.duty import Matching
    from careerspolicy.model.facts import Record
    from careerspolicy.model.population import Condition
    from careerspolicy.model.schedule import Around, Schedule
    from careerspolicy.vocabulary import Kind, Value


#: A subject's records of one kind, by the thing that each is of.
Shelves: TypeAlias = "Mapping[Value | None, Sequence[Record]]"


class Sorted(NamedTuple):
    """A subject's records of one kind, sorted by the duty's tests.

    `certain` pass every test; `doubtful` fail none but leave one unanswered; `failed` fail one, or
    (with None) were offered and not taken up; `planned` are dated after the day asked about and
    pass or leave open every test. All are in date order.
    """

    certain: tuple[Record, ...] = ()
    doubtful: tuple[tuple[Record, Condition], ...] = ()
    failed: tuple[tuple[Record, Condition | None], ...] = ()
    planned: tuple[Record, ...] = ()


_FIRST, _LAST = date.min, date.max
_NONE = Sorted()
_PASSED = (None, None)


def sort_records(records: Sequence[Record], matching: Matching, kind: Kind, as_of: date) -> Sorted:
    """Sort records by the tests.

    Records that fail on what their kind is named by (another document, another matter) are other
    things, not near misses, and are left out.
    """
    tests = matching.where
    if kind.identity:
        records = _of_that_thing(records, tests, kind.identity)
    if not records:
        return _NONE
    takes_part = not matching.offered and "attended" in kind.attributes
    if not tests and not takes_part and records[-1].start <= as_of:
        return Sorted(tuple(records))
    certain: list[Record] = []
    doubtful: list[tuple[Record, Condition]] = []
    failed: list[tuple[Record, Condition | None]] = []
    planned: list[Record] = []
    for record in records:
        failing, open_ = _tested(record, tests) if tests else _PASSED
        if failing is not None:
            failed.append((record, failing))
        elif record.start > as_of:
            planned.append(record)
        elif takes_part and record.attributes.get("attended") is False:
            failed.append((record, None))
        elif open_ is not None:
            doubtful.append((record, open_))
        else:
            certain.append(record)
    return Sorted(tuple(certain), tuple(doubtful), tuple(failed), tuple(planned))


def shelved(records: Sequence[Record], asked: Condition) -> Shelves:
    """Records by the thing that a test asks about, as it is compared.

    Under None those that don't say, or say several.
    """
    shelves: dict[Value | None, list[Record]] = {}
    for record in records:
        thing = record.attributes.get(asked.attribute)
        key = asked.words.compared(thing) if isinstance(thing, str) else None
        shelves.setdefault(key, []).append(record)
    return shelves


def of_things(shelves: Shelves, asked: Condition) -> Sequence[Record]:
    """The records that are, or may be, of one of the things that a test asks for, in date order."""
    shelved = [shelves[thing] for thing in (*asked.listed, None) if thing in shelves]
    if len(shelved) == 1:
        return shelved[0]
    return sorted(chain.from_iterable(shelved), key=_by_date)


def _of_that_thing(
    records: Sequence[Record], tests: Sequence[Condition], identity: str
) -> Sequence[Record]:
    """The records without those that are of another thing of their kind."""
    for test in tests:
        if test.attribute == identity:
            values = [(record, record.attributes.get(identity)) for record in records]
            records = [record for record, value in values if test.holds(value) is not False]
    return records


def _by_date(record: Record) -> tuple[date, str]:
    return record.start, record.id


def _tested(
    record: Record, conditions: Sequence[Condition]
) -> tuple[Condition | None, Condition | None]:
    """The first condition that a record fails, and the first that it leaves open."""
    unsaid, value_of = None, record.attributes.get
    for asked in conditions:
        condition = asked.by(record.attributes) if asked.needs or asked.enough else asked
        holds = condition.holds(value_of(condition.attribute))
        if holds is False:
            return condition, None
        if holds is None:
            unsaid = unsaid or condition
    return None, unsaid


def possible_events(
    records: Sequence[Record], schedule: Around
) -> Iterator[tuple[Record, Condition | None]]:
    """The events that a schedule hangs on, each with the test that it leaves open, if any."""
    for record in records:
        failing, unsaid = _tested(record, schedule.where)
        if failing is None:
            yield record, unsaid


def unsaid(record: Record, attribute: str, test: Condition | None = None) -> AttributeUnknown:
    """What a record would have to say, and the test that asks it, if one does."""
    return AttributeUnknown(record.kind, attribute, test, record.id, record.start)


def in_time(
    records: Sequence[Record], schedule: Schedule, window: Window, as_of: date
) -> Sequence[Record]:
    """The records that lie in a window, or for a state that stands, those in force at its end."""
    start, end = window.start or _FIRST, window.end or _LAST
    last = min(as_of, end)
    if isinstance(schedule, Always):
        return [record for record in records if record.in_force(last)]
    if isinstance(schedule, Kept):
        begun = begun_by(window) or _LAST
        lasting = (one for one in records if one.until is None or one.until >= last)
        return [record for record in lasting if record.start <= begun]
    return [record for record in records if start <= record.start <= end]


def strays(
    records: Sequence[Record], windows: Sequence[Window]
) -> Mapping[Window, Sequence[Record]]:
    """The records that lie in no window at all, by the window that is nearest to each."""
    nearest: dict[Window, list[Record]] = {}
    for record in records:
        if not any(window.holds(record.start) for window in windows):
            nearest.setdefault(_nearest(record, windows), []).append(record)
    return nearest


def outside(day: date, window: Window) -> BeforeWindow | AfterWindow:
    """On which side of a window a day lies that is not in it."""
    if window.start is not None and day < window.start:
        return BeforeWindow(window.start)
    assert window.end is not None  # noqa: S101 - a day outside and not before is after an end
    return AfterWindow(window.end)


def _nearest(record: Record, windows: Sequence[Window]) -> Window:
    return min(windows, key=lambda window: _distance(record.start, window))


def _distance(day: date, window: Window) -> int:
    if window.start is not None and day < window.start:
        return (window.start - day).days
    return (day - window.end).days if window.end is not None else 0
