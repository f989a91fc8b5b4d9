"""What the windows of one case come to: the records that count, the amount, the verdict."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import attrs

from careerspolicy.evaluation import reasons
from careerspolicy.evaluation.details import Spread, Unsettled
from careerspolicy.evaluation.findings import AHEAD, NOTHING_MORE, UNMET, Finding, Verdict
from careerspolicy.evaluation.matching import in_time
from careerspolicy.evaluation.time_on_roll import THROUGHOUT
from careerspolicy.evaluation.verdicts import decide, measure
from careerspolicy.evaluation.windows import begun_by
from careerspolicy.model.duty import Distinct
from careerspolicy.model.schedule import Always, Every, Kept, Vaguely

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from careerspolicy.calendar.school_calendar import Window
    from careerspolicy.evaluation.case import Case
    from careerspolicy.evaluation.reasons import Reason
    from careerspolicy.evaluation.time_on_roll import Presence
    from careerspolicy.model.duty import Amount, Duty
    from careerspolicy.model.facts import Record

_ENOUGH, _WITHIN_LIMIT = reasons.Enough(), reasons.WithinLimit()
_TOO_FEW, _TOO_MANY = reasons.TooFew(), reasons.TooMany()
_STILL_OWED, _NOT_OPEN = reasons.StillOwed(), reasons.NotOpen()
_NO_NUMBER, _FACTS_MISSING = reasons.NoNumber(), reasons.FactsMissing()


@attrs.define
class Scales(Spread):
    """Weighs the windows of one case, one at a time."""

    def weigh(self, window: Window, presence: Presence = THROUGHOUT) -> Finding:
        """The finding of one window, in which the subject was present so."""
        case = self.case
        duty, as_of = case.obligation.duty, case.as_of
        bound = duty.bound
        certain, amount, possible = _amount(case, window)
        closes, joins = presence.closes or window.end, presence.begins
        not_yet = joins is not None and joins > as_of
        if case.begins_late(window, presence) or case.ends_early(closes):
            possible = inf
        verdict = decide(
            bound,
            amount,
            possible,
            known=case.known and not isinstance(duty.schedule, Vaguely),
            opened=(window.start is None or window.start <= as_of) and not not_yet,
            closed=_closed(case, closes, window, certain),
            silent=case.silent,
        )
        evidence = _evidence(duty, certain)
        unmet = verdict in UNMET
        return Finding(
            obligation=case.obligation,
            subject=case.subject,
            window=window,
            verdict=verdict,
            as_of=as_of,
            vocabulary=case.vocabulary,
            measured=amount,
            required=bound.most if bound.least is None else bound.least,
            due=_due(duty, window, closes) if verdict in AHEAD else None,
            evidence=evidence,
            reason=_reason(case, verdict, amount, joins if not_yet else None),
            detail=Unsettled(self, window, presence, verdict, evidence) if unmet else NOTHING_MORE,
        )


def _amount(case: Case, window: Window) -> tuple[Sequence[Record], Amount, Amount | float]:
    """The records that count for certain in a window, their amount, and what it may be in all."""
    tested, duty = case.sorted, case.obligation.duty
    if not tested.certain and not tested.doubtful:
        return (), 0, 0
    certain: Sequence[Record] = tested.certain
    doubtful: Sequence[Record] = [record for record, _ in tested.doubtful]
    if certain:
        certain = in_time(certain, duty.schedule, window, case.as_of)
    if doubtful:
        doubtful = in_time(doubtful, duty.schedule, window, case.as_of)
    if case.used:
        certain = [record for record in certain if record.id not in case.used]
        doubtful = [record for record in doubtful if record.id not in case.used]
    if not certain and not doubtful:
        return (), 0, 0
    return certain, *measure(duty.measure, certain, doubtful)


def _closed(case: Case, closes: date | None, window: Window, certain: Sequence[Record]) -> bool:
    if closes is not None and closes < case.as_of:
        return True
    schedule = case.obligation.duty.schedule
    if isinstance(schedule, Every):
        return window.start is None
    if isinstance(schedule, Kept):
        begun = begun_by(window)
        late = begun is not None and begun < case.as_of
        return late or len(certain) < len(case.sorted.certain)
    return isinstance(schedule, Always)


def _due(duty: Duty, window: Window, closes: date | None) -> date | None:
    """The last day on which what is owed can still be done; of a mere limit none."""
    if duty.bound.only_limits:
        return None
    return begun_by(window) if isinstance(duty.schedule, Kept) else closes


def _evidence(duty: Duty, certain: Sequence[Record]) -> tuple[Record, ...]:
    """The records that counted; of those with the same value, where values count, the first."""
    what = duty.measure
    if not isinstance(what, Distinct):
        return tuple(certain)
    first = {
        what.compared(record.attributes[what.attribute]): record
        for record in reversed(certain)
        if what.attribute in record.attributes
    }
    return tuple(sorted(first.values(), key=lambda record: (record.start, record.id)))


def _reason(case: Case, verdict: Verdict, amount: Amount, joins: date | None) -> Reason:
    """Why a window that was weighed has its verdict; `joins` is the day of a pupil yet to come."""
    duty = case.obligation.duty
    if verdict is Verdict.MET:
        return _ENOUGH if duty.bound.at_least is not None else _WITHIN_LIMIT
    if verdict is Verdict.MISSED:
        most = duty.bound.most
        return _TOO_MANY if most is not None and amount > most else _TOO_FEW
    if verdict is Verdict.UNKNOWN:
        vague = duty.bound.vague or isinstance(duty.schedule, Vaguely)
        return _NO_NUMBER if case.known and vague else _FACTS_MISSING
    if verdict is Verdict.DUE:
        return _STILL_OWED
    return _NOT_OPEN if joins is None else reasons.NotYetOnRoll(joins)
