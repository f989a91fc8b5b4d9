"""What an unsettled finding tells when asked: the records that nearly counted, what isn't known.

Told of one window that `weighing` has weighed; most findings are only counted and never asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import attrs

from careerspolicy.evaluation import record_reasons as why
from careerspolicy.evaluation.findings import NearMiss, Verdict
from careerspolicy.evaluation.matching import in_time, outside, strays, unsaid
from careerspolicy.evaluation.reasons import AttributeNot
from careerspolicy.evaluation.verdicts import says, uncovered
from careerspolicy.evaluation.windows import begun_by
from careerspolicy.model.duty import Count, Covers, Distinct
from careerspolicy.model.schedule import Every, Kept, Vaguely

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from careerspolicy.calendar.school_calendar import Window
    from careerspolicy.evaluation.case import Case
    from careerspolicy.evaluation.record_reasons import Missing, NearMissReason
    from careerspolicy.evaluation.time_on_roll import Presence
    from careerspolicy.model.duty import Duty
    from careerspolicy.model.facts import Record
    from careerspolicy.model.population import Condition

_OFFERED = why.NotTakenUp()
_PLANNED = why.Planned()


@attrs.define
class Spread:
    """A case and all its windows, with the records that lie in none of them."""

    case: Case
    windows: Sequence[Window]
    _strays: Mapping[Window, Sequence[Record]] | None = None

    @property
    def strays(self) -> Mapping[Window, Sequence[Record]]:
        """The records, had or planned, that lie in no window, by the nearest one.

        A cadence has none that were had: each of its records opens a window, or lies in one.
        """
        if self._strays is None:
            cadence = isinstance(self.case.obligation.duty.schedule, Every)
            had = () if cadence else self.case.sorted.certain
            self._strays = strays((*had, *self.case.sorted.planned), self.windows)
        return self._strays


class Unsettled(NamedTuple):
    """The detail of one window that was weighed and found due, missed or unknown."""

    spread: Spread
    window: Window
    presence: Presence
    verdict: Verdict
    evidence: tuple[Record, ...]

    @property
    def near_misses(self) -> tuple[NearMiss, ...]:
        """The records that nearly counted in the window, with the reason why each did not.

        A record outside every window of the case is named with the nearest window only.
        """
        case = self.spread.case
        inside = _inside(case, self.window, self.evidence)
        near = [miss for miss in inside if self.window.holds(miss.record.start)]
        counted = {record.id for record in self.evidence}
        near += [
            NearMiss(record, _stray(case, record, self.window))
            for record in self.spread.strays.get(self.window, ())
            if record.id not in counted and _asks_for_some(case)
        ]
        return tuple(sorted(near, key=_by_day))

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What isn't known, if that leaves the verdict open; else what is still to be covered.

        Nothing, where only the policy's own words leave it open.
        """
        case = self.spread.case
        duty = case.obligation.duty
        if self.verdict is not Verdict.UNKNOWN:
            return _uncovered(duty, self.evidence)
        if case.known and (duty.bound.vague or isinstance(duty.schedule, Vaguely)):
            return ()
        if case.known and case.silent:
            return (_not_shown(case),)
        return tuple(dict.fromkeys(self._not_known(case)))

    def _not_known(self, case: Case) -> Iterator[Missing]:
        kind = case.obligation.duty.records.kind
        if not case.known:
            yield why.KindNotRecorded(kind)
        joined = self.presence.joined
        if case.begins_late(self.window, self.presence):
            before = joined or case.complete.start
            yield why.KindNotRecorded(kind, before, joined=joined is not None)
        if case.ends_early(self.presence.closes or self.window.end):
            yield why.KindNotRecorded(kind, after=case.complete.end)
        for record, test in case.sorted.doubtful:
            if self._is_in_time(record):
                yield unsaid(record, test.attribute, test)
        measure = case.obligation.duty.measure
        if not isinstance(measure, Count):
            for record in case.sorted.certain:
                if self._is_in_time(record) and not says(measure, record):
                    yield unsaid(record, measure.attribute)

    def _is_in_time(self, record: Record) -> bool:
        case = self.spread.case
        schedule = case.obligation.duty.schedule
        return bool(in_time((record,), schedule, self.window, case.as_of))


def _not_shown(case: Case) -> why.NotShown:
    """What would show a promise of a silent kind, whichever promise it is."""
    records = case.obligation.duty.records
    identity = case.vocabulary.kinds[records.kind].identity
    wanted = tuple(test for test in records.where if test.attribute != identity)
    return why.NotShown(records.kind, wanted)


def _uncovered(duty: Duty, evidence: tuple[Record, ...]) -> tuple[Missing, ...]:
    measure = duty.measure
    if not isinstance(measure, Covers):
        return ()
    lacking = uncovered(measure, evidence)
    kind = duty.records.kind
    return tuple(why.ValueNotCovered(kind, measure.attribute, value) for value in lacking)


def _asks_for_some(case: Case) -> bool:
    """Whether records are wanted; of what is only forbidden, those that obey miss nothing."""
    return case.obligation.duty.bound.at_most is None or (
        case.obligation.duty.bound.at_least is not None
    )


def _inside(case: Case, window: Window, evidence: tuple[Record, ...]) -> Iterator[NearMiss]:
    """Every record that could have counted by its date alone, and why it doesn't."""
    kind, counted = case.obligation.duty.records.kind, {record.id for record in evidence}
    for record, test in case.sorted.doubtful:
        yield NearMiss(record, why.AttributeUnsaid(kind, test))
    for record, failing in case.sorted.failed if _asks_for_some(case) else ():
        yield NearMiss(record, _failed(record, failing) if failing else _OFFERED)
    for record in case.sorted.planned:
        yield NearMiss(record, _PLANNED)
    for record in case.sorted.certain:
        if record.id not in counted and window.holds(record.start):
            yield NearMiss(record, _again(case, record, window))


def _failed(record: Record, test: Condition) -> AttributeNot:
    return AttributeNot(record.kind, test, record.attributes[test.attribute])


def _stray(case: Case, record: Record, window: Window) -> NearMissReason:
    """Why a record that passes every test and lies in no window doesn't count."""
    if record.start > case.as_of:
        return _PLANNED
    if isinstance(case.obligation.duty.schedule, Kept):
        return _again(case, record, window)
    return outside(record.start, window)


def _again(case: Case, record: Record, window: Window) -> NearMissReason:
    """Why a record that passes every test and lies in the window still doesn't count."""
    duty = case.obligation.duty
    if record.id in case.used:
        return why.CountsForFirst()
    if isinstance(duty.measure, Distinct):
        attribute = duty.measure.attribute
        same = record.attributes.get(attribute)
        return why.SameValue(attribute) if same else why.ValueUnsaid(attribute)
    begun = begun_by(window) if isinstance(duty.schedule, Kept) else None
    if begun is not None and record.start > begun:
        return why.AfterWindow(begun)
    assert record.until is not None  # noqa: S101 - what goes on still counts
    return why.InForceUntil(record.until) if begun is None else why.Deleted(record.until)


def _by_day(miss: NearMiss) -> tuple[date, str]:
    return miss.record.start, miss.record.id
