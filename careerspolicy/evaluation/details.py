"""What an unsettled finding tells when asked: the records that nearly counted, what isn't known.

Told of one window that `weighing` has weighed; most findings are only counted and never asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.english.nouns import (
    attribute_asked,
    condition_failed,
    condition_unsaid,
    one_named,
)
from careerspolicy.evaluation.findings import NearMiss, Verdict
from careerspolicy.evaluation.matching import asked_of, outside, record_on
from careerspolicy.evaluation.measures import uncovered
from careerspolicy.model.duty import Count, Distinct, Kept, Vaguely

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from careerspolicy.calendar.school_calendar import Window
    from careerspolicy.evaluation.case import Case
    from careerspolicy.evaluation.roll import Presence
    from careerspolicy.evaluation.weighing import Scales
    from careerspolicy.model.facts import Record
    from careerspolicy.vocabulary import Kind

_OFFERED = "was offered but not taken up"
_PLANNED = "has not happened yet"


class Unsettled(NamedTuple):
    """The detail of one window that was weighed and found due, missed or unknown."""

    scales: Scales
    window: Window
    presence: Presence
    verdict: Verdict
    evidence: tuple[Record, ...]

    @property
    def near_misses(self) -> tuple[NearMiss, ...]:
        """The records that nearly counted in the window, with the reason why each did not.

        A record outside every window of the case is named with the nearest window only.
        """
        case = self.scales.case
        inside = _inside(case, _kind(case), self.evidence)
        near = [miss for miss in inside if self.window.holds(miss.record.start)]
        counted = {one.id for one in self.evidence}
        near += [
            NearMiss(one, _stray(case, one, self.window))
            for one in self.scales.strays.get(self.window, ())
            if one.id not in counted and _asks_for_some(case)
        ]
        return tuple(sorted(near, key=_by_day))

    @property
    def missing(self) -> tuple[str, ...]:
        """What isn't known, if that leaves the verdict open; else what is still to be covered.

        Nothing, where only the policy's own words leave it open.
        """
        case = self.scales.case
        duty = case.obligation.duty
        if self.verdict is not Verdict.UNKNOWN:
            return uncovered(duty.measure, self.evidence)
        if case.known and (duty.bound.vague or isinstance(duty.schedule, Vaguely)):
            return ()
        if case.known and case.silent:
            return (one_named(duty, case.vocabulary),)
        return tuple(dict.fromkeys(self._not_known(case, _kind(case))))

    def _not_known(self, case: Case, kind: Kind) -> Iterator[str]:
        if not case.known:
            yield f"records of {kind.plural}"
        if self.presence.joined is not None:
            joined = in_words(self.presence.joined)
            yield f"{kind.plural} before {joined}, when the pupil joined"
        elif case.since is not None and case.gap(self.window, self.presence):
            yield f"{kind.plural} before {in_words(case.since)}"
        for one, test in case.sorted.doubtful:
            if self.window.holds(one.start):
                yield asked_of(one, test, kind)
        if not isinstance(case.obligation.duty.measure, Count):
            name = case.obligation.duty.measure.attribute
            for one in case.sorted.certain:
                if self.window.holds(one.start) and name not in one.attributes:
                    yield attribute_asked(name, kind, record_on(one, kind))


def _asks_for_some(case: Case) -> bool:
    """Whether records are wanted; of what is only forbidden, those that obey miss nothing."""
    return case.obligation.duty.bound.at_most is None or (
        case.obligation.duty.bound.at_least is not None
    )


def _kind(case: Case) -> Kind:
    return case.vocabulary.kinds[case.obligation.duty.records.kind]


def _inside(case: Case, kind: Kind, evidence: tuple[Record, ...]) -> Iterator[NearMiss]:
    """Every record that could have counted by its date alone, and why it doesn't."""
    found, counted = case.sorted, {one.id for one in evidence}
    for one, open_ in found.doubtful:
        yield NearMiss(one, condition_unsaid(open_, kind))
    for one, test in found.failed if _asks_for_some(case) else ():
        yield NearMiss(one, condition_failed(test, kind, one.attributes) if test else _OFFERED)
    for one in found.planned:
        yield NearMiss(one, _PLANNED)
    for one in found.certain:
        if one.id not in counted:
            yield NearMiss(one, _again(case, one))


def _stray(case: Case, record: Record, window: Window) -> str:
    """Why a record that passes every test and lies in no window doesn't count."""
    if record.start > case.as_of:
        return _PLANNED
    if isinstance(case.obligation.duty.schedule, Kept):
        return _again(case, record)
    return outside(record.start, window)


def _again(case: Case, record: Record) -> str:
    """Why a record that passes every test and lies in the window still doesn't count."""
    duty = case.obligation.duty
    if record.id in case.used:
        return "already counts for the first"
    if isinstance(duty.measure, Distinct):
        if not record.attributes.get(duty.measure.attribute):
            return f"does not say its {duty.measure.attribute.replace('_', ' ')}"
        return f"had the same {duty.measure.attribute.replace('_', ' ')} as one before it"
    if record.until is not None and isinstance(duty.schedule, Kept):
        return f"was deleted on {in_words(record.until)}"
    if record.until is not None:
        return f"was in force only until {in_words(record.until)}"
    return "has already counted"


def _by_day(miss: NearMiss) -> tuple[date, str]:
    return miss.record.start, miss.record.id
