"""Rules on provider encounters, as the Education Act 1997 s.42B lays them down in key phases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.calendar.school_calendar import MonthDay
from careerspolicy.model.duty import Count, Distinct
from careerspolicy.model.schedule import Once, YearPoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.checks.issues import Case, Found
    from careerspolicy.model.policy import Obligation, Policy

_KIND: Final = "provider encounter"
_TOTAL: Final = "provider-encounters-total"
_FIRST, _SECOND, _THIRD = (
    f"provider-encounters-{phase}-phase" for phase in ("first", "second", "third")
)
#: The phases, each with its years; s.42B(9A) closes each on 28 February of the later one.
_PHASES: Final = {_FIRST: (8, 9), _SECOND: (10, 11), _THIRD: (12, 13)}
_CLOSES: Final = MonthDay(2, 28)


def total(case: Case) -> Iterator[Found]:
    """The phases' encounters add up to other than the total that the document gives."""
    counts = {phase: _most(case.policy, phase) for phase in _PHASES}
    said = [n for n in counts.values() if n is not None]
    if not said:
        return
    for one in _encounters(case.policy, _TOTAL):
        wanted = one.duty.bound.at_least
        if wanted is not None and sum(said) != wanted:
            added = " + ".join(f"{n:g}" for n in said)
            message = f"{wanted:g} encounters in all, and the key phases have {added}"
            yield case.about(one, "title", message, "mend the total, or add what a phase lacks")


def third_phase_missing(case: Case) -> Iterator[Found]:
    """Encounters in the first or second phase, and none in the third."""
    topics = {one.topic for one in case.policy.obligations}
    earlier = [one for one in case.policy.obligations if one.topic in (_FIRST, _SECOND)]
    if earlier and _THIRD not in topics:
        message = "no encounters are promised for Years 12 and 13, the third key phase"
        mend = "say what the sixth form is offered, or exclude this for schools without one"
        yield case.about(earlier[-1], "topic", message, mend)


def window_end(case: Case) -> Iterator[Found]:
    """A phase's window that does not close on 28 February of its later year."""
    for phase, (_, last) in _PHASES.items():
        for one in _encounters(case.policy, phase):
            schedule = one.duty.schedule
            end = schedule.end if isinstance(schedule, Once) else None
            if end != YearPoint(year=last, day=_CLOSES):
                message = f"does not close on 28 February of Year {last}, as the law does"
                mend = "give the day in the policy: what comes later in the year does not count"
                yield case.about(one, "provide", message, mend)


def same_providers(case: Case) -> Iterator[Found]:
    """Two or more encounters in a phase, and no word that they differ in their providers."""
    for phase in (_FIRST, _SECOND):
        encounters = _encounters(case.policy, phase)
        if any(isinstance(one.duty.measure, Distinct) for one in encounters):
            continue
        for one in encounters:
            if isinstance(one.duty.measure, Count) and (one.duty.bound.at_least or 0) >= 2:
                message = "nothing says that the encounters may not all be with the same provider"
                mend = "add the law's rule to the policy (distinct: providers)"
                yield case.about(one, "provide", message, mend)


def _encounters(policy: Policy, topic: str) -> list[Obligation]:
    """The obligations on a topic that ask for provider encounters."""
    return [o for o in policy.obligations if o.topic == topic and o.duty.records.kind == _KIND]


def _most(policy: Policy, phase: str) -> float | None:
    """The most encounters that any one obligation asks for in a phase."""
    bounds = (one.duty.bound.at_least for one in _encounters(policy, phase))
    return max((n for n in bounds if n is not None), default=None)
