"""One subject's obligation, with the records that bear on it: what a verdict is drawn from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from careerspolicy.model.duty import Always
from careerspolicy.model.policy import FurtherReading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from careerspolicy.calendar.school_calendar import Window
    from careerspolicy.evaluation.findings import Subject
    from careerspolicy.evaluation.matching import Sorted
    from careerspolicy.evaluation.roll import Presence
    from careerspolicy.model.policy import Obligation
    from careerspolicy.vocabulary import Vocabulary


class Case(NamedTuple):
    """One subject's obligation with its records, sorted by the duty's tests.

    `since` is the day from which records are complete (None: from the start), `first_day` a pupil's
    first at the school, on which a window opens that says no other, and `known` whether records
    are kept at all. `used` are the ids of records that count for the duty that this one is further
    to, and `after` the day from which a later one counts.
    """

    obligation: Obligation
    subject: Subject
    sorted: Sorted
    as_of: date
    vocabulary: Vocabulary
    known: bool
    since: date | None = None
    first_day: date | None = None
    used: frozenset[str] = frozenset()
    after: date | None = None

    @property
    def silent(self) -> bool:
        """Whether the absence of such records says nothing."""
        return self.vocabulary.kinds[self.obligation.duty.records.kind].silent

    def gap(self, window: Window, presence: Presence) -> bool:
        """Whether records of part of a window may be absent because nobody kept them.

        A state that stands is judged on the day: what was in place before then doesn't matter.
        """
        duty = self.obligation.duty
        if isinstance(duty.schedule, Always):
            return False
        if presence.joined is not None and duty.bound.at_least is not None:
            return True
        if self.since is None:
            return False
        opened = presence.opened or window.start or self.first_day
        return opened is None or opened < self.since

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
