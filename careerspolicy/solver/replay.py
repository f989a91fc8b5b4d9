"""Whether the evaluator agrees that some facts meet a promise, or miss it.

A promise is met when, on the last day, nothing of it is missed, unknown or still owed, but for what
has not yet fallen due. A state that should stand does so on every day on which it could change.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import attrs

from careerspolicy.evaluation import Verdict, evaluate
from careerspolicy.evaluation.lives import Life
from careerspolicy.model.duty import Always, Each, Every
from careerspolicy.model.policy import InForce

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careerspolicy.evaluation import Finding
    from careerspolicy.model.facts import Facts
    from careerspolicy.solver.promises import Promise

_DAY = timedelta(days=1)
_NOTHING_WRONG = (Verdict.MET, Verdict.NOT_APPLICABLE)


def meets(promise: Promise, facts: Facts, as_of: date, since: date) -> bool:
    """Whether facts meet a promise, seen from one day to another."""
    if not isinstance(promise.duty.schedule, Always):
        found = findings(promise, facts, as_of)
        return all(one.verdict in _NOTHING_WRONG or _not_yet_due(one) for one in found)
    start = _begun(promise, facts, since)
    days = {as_of, start, *(day for day in _turns(facts) if start <= day <= as_of)}
    stands = (*_NOTHING_WRONG, Verdict.UPCOMING)
    return all(one.verdict in stands for day in days for one in findings(promise, facts, day))


def _begun(promise: Promise, facts: Facts, since: date) -> date:
    """The first day on which a state is asked for: a pupil's is from their first at the school."""
    if promise.duty.population.subject != "pupil":
        return since
    school = facts.schools[0]
    starts = (Life(one, school, promise.policy.readings).stay.start for one in facts.pupils)
    return max([since, *(day for day in starts if day is not None)])


def misses(promise: Promise, facts: Facts, as_of: date) -> bool:
    """Whether facts miss a promise on a day: something is missed, or owed with no end to it."""
    return bool(missing(promise, facts, as_of))


def missing(promise: Promise, facts: Facts, as_of: date) -> Sequence[Finding]:
    """What of a promise is missed on a day, or owed with no end to it."""
    return [
        one
        for one in findings(promise, facts, as_of)
        if one.verdict is Verdict.MISSED
        or (one.verdict is Verdict.DUE and one.due is None and one.window.end is None)
    ]


def findings(promise: Promise, facts: Facts, as_of: date) -> Sequence[Finding]:
    """What the evaluator finds of one promise, as if it had always been in force."""
    wanted = [promise.obligation]
    first = promise.first
    while first is not None:
        wanted.append(first.obligation)
        first = first.first
    always = tuple(attrs.evolve(one, in_force=InForce()) for one in wanted)
    alone = attrs.evolve(promise.policy, obligations=always)
    report = evaluate(alone, facts, as_of=as_of)
    return [one for one in report.findings if one.obligation.id == promise.obligation.id]


def _not_yet_due(finding: Finding) -> bool:
    """Whether what is owed again and again is owed only in a window that has still to close."""
    again = isinstance(finding.obligation.duty.schedule, (Each, Every))
    open_ = finding.window.end is not None and finding.window.end >= finding.as_of
    return again and open_ and finding.verdict in (Verdict.DUE, Verdict.UPCOMING)


def _turns(facts: Facts) -> Iterator[date]:
    """Every day on which a state may have changed."""
    for school in facts.schools:
        calendar = school.calendar
        years = range(school.as_at.year - 25, school.as_at.year + 1)
        yield from (one for year in years if (one := calendar.school_year(year).start))
    for record in facts.records:
        yield record.start
        if record.until is not None:
            yield record.until + _DAY
