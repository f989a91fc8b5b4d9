"""What the windows of one case come to: the records that count, the amount, the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from careerspolicy.duty import Always, Distinct, Every, Kept, Vaguely
from careerspolicy.evaluation.findings import Finding, NearMiss, Verdict
from careerspolicy.evaluation.matching import asked_of, outside, strays
from careerspolicy.evaluation.measures import measure, uncovered
from careerspolicy.evaluation.roll import Presence
from careerspolicy.evaluation.verdicts import Evidence, decide
from careerspolicy.nouns import condition_failed, condition_unsaid
from careerspolicy.school_calendar import Window, in_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from careerspolicy.duty import Duty
    from careerspolicy.evaluation.case import Case
    from careerspolicy.facts import Record

_THROUGHOUT = Presence()
_OFFERED = "was offered but not taken up"
_PLANNED = "has not happened yet"


@attrs.define
class Scales:
    """Weighs the windows of one case, one at a time."""

    case: Case
    windows: Sequence[Window]
    _strays: Mapping[Window, Sequence[Record]] | None = None

    def weigh(self, window: Window, presence: Presence = _THROUGHOUT) -> Finding:
        """The finding of one window, in which the subject was present so."""
        case = self.case
        duty = case.obligation.duty
        bound = duty.bound
        day = case.as_of if window.end is None else min(case.as_of, window.end)
        certain, doubtful = _counting(case, window, day)
        amount, possible = 0.0, 0.0
        if certain or doubtful:
            amount, possible = measure(duty.measure, certain, doubtful)
        opened = window.start is None or window.start <= case.as_of
        closes = presence.closes or window.end
        verdict = decide(
            bound,
            Evidence(amount, possible, _gap(case, window, presence), case.known),
            opened=opened,
            closed=_closed(case, closes, window, certain),
        )
        if opened and isinstance(duty.schedule, Vaguely):
            verdict = Verdict.UNKNOWN
        evidence = _evidence(duty, certain)
        unsettled = verdict in (Verdict.DUE, Verdict.MISSED, Verdict.UNKNOWN)
        return Finding(
            obligation=case.obligation,
            subject=case.subject,
            window=window,
            verdict=verdict,
            as_of=case.as_of,
            vocabulary=case.vocabulary,
            measured=amount,
            required=bound.at_most if bound.at_least is None else bound.at_least,
            due=closes if verdict in (Verdict.DUE, Verdict.UPCOMING) else None,
            evidence=evidence,
            near_misses=self.near(window, evidence) if unsettled else (),
            missing=_missing(case, window, presence, verdict, certain) if unsettled else (),
            reason=_vague(duty),
        )

    def near(self, window: Window, evidence: tuple[Record, ...]) -> tuple[NearMiss, ...]:
        """The records that nearly counted in a window, with the reason why each did not.

        A record outside every window of the case is named with the nearest window only.
        """
        case, found = self.case, self.case.sorted
        kind = case.vocabulary.kinds[case.obligation.duty.records.kind]
        near = [
            NearMiss(one, condition_unsaid(test, kind))
            for one, test in found.doubtful
            if window.holds(one.start)
        ]
        near += [
            NearMiss(one, condition_failed(test, kind, one.attributes) if test else _OFFERED)
            for one, test in found.failed
            if window.holds(one.start)
        ]
        near += [NearMiss(one, _PLANNED) for one in found.planned if window.holds(one.start)]
        counted = {one.id for one in evidence}
        near += [
            NearMiss(one, _again(case, one))
            for one in found.certain
            if one.id not in counted and window.holds(one.start)
        ]
        near += [
            NearMiss(one, _PLANNED if one.start > case.as_of else outside(one.start, window))
            for one in self.strays.get(window, ())
        ]
        near.sort(key=_by_day)
        return tuple(near)

    @property
    def strays(self) -> Mapping[Window, Sequence[Record]]:
        """The records, had or planned, that lie in no window, by the nearest one.

        A cadence has none that were had: each of its records opens a window, or lies in one.
        """
        if self._strays is None:
            had = (
                ()
                if isinstance(self.case.obligation.duty.schedule, Every)
                else self.case.sorted.certain
            )
            self._strays = strays((*had, *self.case.sorted.planned), self.windows)
        return self._strays


def _by_day(miss: NearMiss) -> tuple[date, str]:
    return miss.record.start, miss.record.id


def _counting(case: Case, window: Window, day: date) -> tuple[list[Record], list[Record]]:
    """The records that count for certain in a window, and those that may."""
    found = case.sorted
    if not found.certain and not found.doubtful:
        return [], []
    return (
        [one for one in found.certain if _counts(case, one, window, day)],
        [one for one, _ in found.doubtful if _counts(case, one, window, day)],
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
    duty = case.obligation.duty
    if presence.joined is not None and duty.bound.at_least is not None:
        return True
    if case.since is None or isinstance(duty.schedule, Always):
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


def _again(case: Case, record: Record) -> str:
    """Why a record that passes every test and lies in the window still doesn't count."""
    duty = case.obligation.duty
    if record.id in case.used:
        return "already counts for the first"
    if isinstance(duty.measure, Distinct):
        return f"had the same {duty.measure.attribute.replace('_', ' ')} as one before it"
    if record.until is not None:
        return f"was in force only until {in_words(record.until)}"
    return "has already counted"


def _missing(
    case: Case, window: Window, presence: Presence, verdict: Verdict, certain: Sequence[Record]
) -> tuple[str, ...]:
    """What is not known, where that leaves the verdict open; else what is still to be covered."""
    if verdict is not Verdict.UNKNOWN:
        return uncovered(case.obligation.duty.measure, certain)
    missing = []
    kind = case.vocabulary.kinds[case.obligation.duty.records.kind]
    records = kind.plural
    if not case.known:
        missing.append(f"records of {records}")
    if presence.joined is not None:
        missing.append(f"{records} before {in_words(presence.joined)}, when the pupil joined")
    elif case.since is not None and _gap(case, window, presence):
        missing.append(f"{records} before {in_words(case.since)}")
    missing += [
        asked_of(one, test, kind) for one, test in case.sorted.doubtful if window.holds(one.start)
    ]
    return tuple(dict.fromkeys(missing))


def _vague(duty: Duty) -> str:
    """The policy's own words that stand where a number would."""
    words = duty.schedule.words if isinstance(duty.schedule, Vaguely) else ""
    return words or duty.bound.vague or duty.how_soon
