"""What one window of one obligation comes to: the records that count, the amount, the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from careerspolicy.duty import Always, Distinct, Every, Kept, Vaguely
from careerspolicy.evaluation.findings import NearMiss, Subject, Verdict
from careerspolicy.evaluation.matching import Sorted, near_misses, sort_records
from careerspolicy.evaluation.measures import measure, uncovered
from careerspolicy.evaluation.roll import Presence
from careerspolicy.evaluation.verdicts import Evidence, decide
from careerspolicy.policy import FurtherReading
from careerspolicy.school_calendar import Window, in_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from careerspolicy.duty import Duty
    from careerspolicy.facts import Record
    from careerspolicy.policy import Obligation
    from careerspolicy.vocabulary import Kind

_SILENT = (Verdict.MET, Verdict.UPCOMING)
_THROUGHOUT = Presence()


@attrs.frozen(kw_only=True)
class Case:
    """One subject's obligation with the records that bear on it.

    `since` is the day from which records are complete (None: from the start), `known` whether they
    are kept at all. `used` are the ids of records that count for the duty that this one is further
    to, and `after` the day from which a later one counts.
    """

    obligation: Obligation
    subject: Subject
    kind: Kind
    sorted: Sorted
    as_of: date
    known: bool
    since: date | None = None
    used: frozenset[str] = frozenset()
    after: date | None = None

    @classmethod
    def of(
        cls,
        *,
        obligation: Obligation,
        subject: Subject,
        records: tuple[Record, ...],
        kind: Kind,
        as_of: date,
        known: bool,
        since: date | None,
    ) -> Case:
        """A case with its records sorted by the duty's tests."""
        found = sort_records(records, obligation.duty.records, kind, as_of)
        return cls(
            obligation=obligation,
            subject=subject,
            kind=kind,
            sorted=found,
            as_of=as_of,
            known=known,
            since=since,
        )

    @property
    def duty(self) -> Duty:
        """The obligation's duty."""
        return self.obligation.duty

    def further_to(self, first: Case, windows: Sequence[Window], reading: FurtherReading) -> Case:
        """This case, read as further to a first one.

        Additional: the records that the first needed do not count again. Later: only what came
        after the first's deadline counts.
        """
        if reading is FurtherReading.LATER:
            ends = [window.end for window in windows if window.end is not None]
            day = max(ends, default=None)
            return attrs.evolve(self, after=day and _next(day))
        wanted = int(first.duty.bound.at_least or 0)
        inside = [
            record.id
            for record in first.sorted.certain
            if any(window.holds(record.start) for window in windows)
        ]
        return attrs.evolve(self, used=frozenset(inside[:wanted]))


@attrs.frozen(kw_only=True)
class Weighed:
    """A verdict and what it was drawn from."""

    verdict: Verdict
    amount: float
    required: float | None
    due: date | None
    evidence: tuple[Record, ...]
    near_misses: tuple[NearMiss, ...] = ()
    missing: tuple[str, ...] = ()
    reason: str = ""


def weigh(
    case: Case, window: Window, windows: Sequence[Window], presence: Presence = _THROUGHOUT
) -> Weighed:
    """The verdict of one window; `windows` are all of this subject's, to place near misses by."""
    duty = case.obligation.duty
    schedule = duty.schedule
    day = case.as_of if window.end is None else min(case.as_of, window.end)
    found = case.sorted
    certain = [one for one in found.certain if _counts(case, one, window, day)]
    doubtful = [one for one, _ in found.doubtful if _counts(case, one, window, day)]
    amount, possible = measure(duty.measure, certain, doubtful)
    opened = window.start is None or window.start <= case.as_of
    verdict = decide(
        duty.bound,
        Evidence(amount, possible, _gap(case, window, presence), case.known),
        opened=opened,
        closed=_closed(case, presence.closes or window.end, window, certain),
    )
    if isinstance(schedule, Vaguely) and opened:
        verdict = Verdict.UNKNOWN
    evidence = _evidence(duty, certain)
    return Weighed(
        verdict=verdict,
        amount=amount,
        required=duty.bound.at_least if duty.bound.at_least is not None else duty.bound.at_most,
        due=presence.closes or window.end,
        evidence=evidence,
        near_misses=() if verdict in _SILENT else _near(case, window, windows, evidence),
        missing=_missing(case, window, presence, verdict, certain),
        reason=_vague(duty),
    )


def _counts(case: Case, record: Record, window: Window, day: date) -> bool:
    if record.id in case.used:
        return False
    schedule = case.obligation.duty.schedule
    if isinstance(schedule, Always):
        return record.in_force(day)
    if isinstance(schedule, Kept):
        return record.until is None or record.until >= day
    return window.holds(record.start)


def _closed(case: Case, closes: date | None, window: Window, certain: Sequence[Record]) -> bool:
    schedule = case.obligation.duty.schedule
    if isinstance(schedule, Always):
        return True
    if isinstance(schedule, Every) and window.start is None:
        return True
    if isinstance(schedule, Kept) and len(certain) < len(case.sorted.certain):
        return True
    return closes is not None and closes < case.as_of


def _gap(case: Case, window: Window, presence: Presence) -> bool:
    """Whether records of part of the window may be absent because nobody kept them."""
    if presence.joined is not None and case.duty.bound.at_least is not None:
        return True
    if case.since is None or isinstance(case.duty.schedule, Always):
        return False
    opened = presence.opened or window.start
    return opened is None or opened < case.since


def _evidence(duty: Duty, certain: Sequence[Record]) -> tuple[Record, ...]:
    """The records that counted; of those with the same value, where values count, the first."""
    if not isinstance(duty.measure, Distinct):
        return tuple(certain)
    first = {one.attributes.get(duty.measure.attribute): one for one in reversed(certain)}
    first.pop(None, None)
    return tuple(sorted(first.values(), key=lambda one: (one.start, one.id)))


def _near(
    case: Case, window: Window, windows: Sequence[Window], evidence: tuple[Record, ...]
) -> tuple[NearMiss, ...]:
    found = near_misses(case.sorted, window, windows, evidence)
    if case.used:
        return tuple(
            attrs.evolve(one, why="already counts for the first")
            if one.record.id in case.used
            else one
            for one in found
        )
    if isinstance(case.duty.measure, Distinct):
        name = case.duty.measure.attribute.replace("_", " ")
        return tuple(
            attrs.evolve(one, why=f"had the same {name} as one before it")
            if case.duty.records.kind == one.record.kind and one.why == "has already counted"
            else one
            for one in found
        )
    return found


def _missing(
    case: Case, window: Window, presence: Presence, verdict: Verdict, certain: Sequence[Record]
) -> tuple[str, ...]:
    """What is not known, where that leaves the verdict open; else what is still to be covered."""
    if verdict in (Verdict.DUE, Verdict.MISSED):
        return uncovered(case.duty.measure, certain)
    if verdict is not Verdict.UNKNOWN:
        return ()
    missing = []
    if not case.known:
        missing.append(f"records of {case.kind.plural}")
    if presence.joined is not None:
        day = in_words(presence.joined)
        missing.append(f"{case.kind.plural} before {day}, when the pupil joined")
    elif case.since is not None and _gap(case, window, presence):
        missing.append(f"{case.kind.plural} before {in_words(case.since)}")
    missing += [why for one, why in case.sorted.doubtful if window.holds(one.start)]
    return tuple(dict.fromkeys(missing))


def _vague(duty: Duty) -> str:
    """The policy's own words that stand where a number would."""
    words = duty.schedule.words if isinstance(duty.schedule, Vaguely) else ""
    return words or duty.bound.vague or duty.how_soon


def _next(day: date) -> date:
    return day.fromordinal(day.toordinal() + 1)
