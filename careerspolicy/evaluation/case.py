"""One subject's obligation, with the records that bear on it: what a verdict is drawn from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import attrs

from careerspolicy.calendar.school_calendar import EVER, Window
from careerspolicy.evaluation.cadences import cadence_windows, lasting_window, pupil_cadence
from careerspolicy.evaluation.matching import of_things, shelved, sort_records
from careerspolicy.evaluation.windows import pupil_windows
from careerspolicy.model.policy import FurtherReading
from careerspolicy.model.schedule import Always, Every

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from careerspolicy.calendar.school_calendar import SchoolCalendar
    from careerspolicy.evaluation.findings import Subject
    from careerspolicy.evaluation.lives import Days, Life
    from careerspolicy.evaluation.matching import Shelves, Sorted
    from careerspolicy.evaluation.time_on_roll import Presence
    from careerspolicy.model.duty import Matching
    from careerspolicy.model.facts import Record
    from careerspolicy.model.policy import Obligation, Policy
    from careerspolicy.vocabulary import Kind, Vocabulary


class Case(NamedTuple):
    """One subject's obligation with its records, sorted by the duty's tests.

    `complete` are the days of which every record is known, `first_day` a pupil's first at the
    school, on which a window opens that says no other. `known` tells whether records are kept at
    all, and `silent` that their absence says nothing.
    `used` are the ids of records that count for the duty that this one is further to, and `after`
    the day from which a later one counts.
    """

    obligation: Obligation
    subject: Subject
    sorted: Sorted
    as_of: date
    vocabulary: Vocabulary
    known: bool
    silent: bool
    complete: Window = EVER
    first_day: date | None = None
    used: frozenset[str] = frozenset()
    after: date | None = None

    def ends_early(self, closes: date | None) -> bool:
        """Whether records end before a window's last day, or before the day asked about in it."""
        return self.complete.end is not None and self.complete.end < self._judged(closes)

    def begins_late(self, window: Window, presence: Presence) -> bool:
        """Whether records of a window's first days may be absent because nobody kept them.

        A state that stands is judged on one day: what was in place before then doesn't matter.
        """
        duty, since = self.obligation.duty, self.complete.start
        if isinstance(duty.schedule, Always):
            return since is not None and self._judged(window.end) < since
        if presence.joined is not None and duty.bound.at_least is not None:
            return True
        if since is None:
            return False
        opened = presence.opened or window.start or self.first_day
        return opened is None or opened < since

    def _judged(self, closes: date | None) -> date:
        """The last day of a window that can be judged: its own, or the day asked about."""
        return self.as_of if closes is None else min(closes, self.as_of)

    def further_to(self, first: Case, windows: Sequence[Window], reading: FurtherReading) -> Case:
        """This case, read as further to a first one.

        Additional: the records that the first needed do not count again. Later: only what came
        after the first's deadline counts.
        """
        if reading is FurtherReading.LATER:
            day = max((window.end for window in windows if window.end is not None), default=None)
            return self._replace(after=day and _next(day))
        wanted = int(first.obligation.duty.bound.at_least or 0)
        inside = [
            record.id
            for record in first.sorted.certain
            if record.id not in first.used and any(window.holds(record.start) for window in windows)
        ]
        return self._replace(used=first.used.union(inside[:wanted]))


def _next(day: date) -> date:
    return day.fromordinal(day.toordinal() + 1)


@attrs.define
class Casework:
    """Makes the cases of one evaluation."""

    policy: Policy
    known_kinds: frozenset[str]
    as_of: date
    _shelves: dict[tuple[str, str, str], Shelves] = attrs.field(init=False, factory=dict)
    _windows: dict[tuple[str, Days], Sequence[Window]] = attrs.field(init=False, factory=dict)

    def of_pupil(
        self,
        obligation: Obligation,
        subject: Subject,
        records: Mapping[str, tuple[Record, ...]],
        life: Life,
    ) -> Case:
        """A pupil's case, from the pupil's records by kind.

        That of a "further" duty is without the records that count for the first one.
        """
        kind = obligation.duty.records.kind
        complete = life.complete(kind)
        case = self.of(obligation, subject, records.get(kind, ()), complete, life)
        if not obligation.duty.further_to:
            return case
        first = self.policy.obligation(obligation.duty.further_to)
        assert first is not None  # noqa: S101 - consistency has seen to it
        earlier = self.of_pupil(first, subject, records, life)
        return case.further_to(earlier, self._usual(first, life), life.readings.further)

    def windows_of_pupil(self, case: Case, life: Life) -> Sequence[Window]:
        """The windows of a pupil's obligation that hang on no event.

        Raises NotKnownError when a point needs a year group or a date of birth that nothing says.
        """
        duty = case.obligation.duty
        if isinstance(duty.schedule, Every):
            return pupil_cadence(duty, duty.schedule, _dates(case), case.complete.start, life)
        windows = self._usual(case.obligation, life)
        if case.after is None:
            return windows
        return [window.meet(Window(case.after)) for window in windows]

    def _usual(self, obligation: Obligation, life: Life) -> Sequence[Window]:
        """The windows of an obligation, worked out once for all pupils whose days are the same."""
        key = obligation.id, life.days(personal=obligation.duty.personal)
        windows = self._windows.get(key)
        if windows is None:
            windows = self._windows[key] = pupil_windows(obligation.duty, life)
        return windows

    def of(
        self,
        obligation: Obligation,
        subject: Subject,
        records: Sequence[Record],
        complete: Window,
        life: Life | None = None,
    ) -> Case:
        """All that a verdict on one subject's obligation can be drawn from."""
        matching, vocabulary = obligation.duty.records, self.policy.vocabulary
        kind = vocabulary.kinds[matching.kind]
        if kind.identity and records:
            records = self._of_that_thing(subject, records, matching, kind)
        return Case(
            obligation,
            subject,
            sort_records(records, matching, kind, self.as_of),
            self.as_of,
            vocabulary,
            matching.kind in self.known_kinds,
            kind.silent,
            complete,
            life.first_day if life and complete.start else None,
        )

    def _of_that_thing(
        self, subject: Subject, records: Sequence[Record], matching: Matching, kind: Kind
    ) -> Sequence[Record]:
        """A subject's records without those of another thing (another document, another promise).

        There may be hundreds of a kind, and as many obligations that each ask for a few.
        """
        asked = next((test for test in matching.where if test.attribute == kind.identity), None)
        if asked is None or asked.one_of is None:
            return records
        key = subject.kind, subject.id, kind.name
        shelves = self._shelves.get(key)
        if shelves is None:
            shelves = self._shelves[key] = shelved(records, asked)
        return of_things(shelves, asked)


def windows_of_cadence(
    case: Case,
    schedule: Every,
    calendar: SchoolCalendar,
    start: date | None,
    end: date | None = None,
) -> tuple[Window, ...]:
    """The windows of a school's, trust's or record's cadence."""
    since = case.complete.start
    if case.silent:
        return (lasting_window(schedule, calendar, _dates(case), start or since, case.as_of),)
    return cadence_windows(schedule, calendar, _dates(case), start, end, since)


def _dates(case: Case) -> list[date]:
    return [record.start for record in case.sorted.certain]
