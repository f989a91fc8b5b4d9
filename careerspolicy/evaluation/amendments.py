"""Findings changed for what lies outside their windows: let off, out of force, or not known.

Last of the judging: each takes a finding and gives it, or another in its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from careerspolicy.evaluation import reasons
from careerspolicy.evaluation.findings import NOTHING_MORE, Settled, Verdict
from careerspolicy.model.policy import Strength

if TYPE_CHECKING:
    from collections.abc import Iterable

    from careerspolicy.evaluation.findings import Finding
    from careerspolicy.evaluation.reasons import Outside
    from careerspolicy.evaluation.record_reasons import Missing
    from careerspolicy.model.policy import Obligation


def overstepped(finding: Finding) -> bool:
    """Whether there is, or may be, more than is allowed, which nothing that comes later mends."""
    bound = finding.obligation.duty.bound
    if bound.at_most is None:
        return False
    return bound.at_least is None or (finding.measured or 0) >= bound.at_least


def let_off(finding: Finding, reason: Outside) -> Finding:
    """The finding, not held against anybody for a reason."""
    return attrs.evolve(
        finding, verdict=Verdict.NOT_APPLICABLE, due=None, reason=reason, detail=NOTHING_MORE
    )


def amended(obligation: Obligation, findings: Iterable[Finding]) -> Iterable[Finding]:
    """All findings of an obligation, as its strength and the day since which it is in force ask."""
    if obligation.in_force.start is not None:
        findings = map(timely, findings)
    return map(if_taken_up, findings) if obligation.strength is Strength.MAY else findings


def timely(finding: Finding) -> Finding:
    """The finding; not applicable, if its window closed before the obligation came into force."""
    start, end = finding.obligation.in_force.start, finding.window.end
    if start is None or end is None or end >= start.first:
        return finding
    return let_off(finding, reasons.InForceLater(start.first))


def if_members(findings: Iterable[Finding], missing: tuple[Missing, ...]) -> Iterable[Finding]:
    """The findings of a subject that is in the population; or may be, where facts are missing."""
    return [_if_member(finding, missing) for finding in findings] if missing else findings


def _if_member(finding: Finding, missing: tuple[Missing, ...]) -> Finding:
    """The finding of a subject that may be in the population: unknown, if it then applies."""
    if finding.verdict in (Verdict.NOT_APPLICABLE, Verdict.WAIVED):
        return finding
    more = finding.missing if finding.verdict is Verdict.UNKNOWN else ()
    detail = Settled(missing=tuple(dict.fromkeys((*missing, *more))))
    return attrs.evolve(
        finding,
        verdict=Verdict.UNKNOWN,
        if_meant=finding.verdict,
        due=None,
        reason=reasons.FactsMissing(),
        detail=detail,
    )


def if_taken_up(finding: Finding) -> Finding:
    """The finding; of what is only allowed not applicable, unless it was done."""
    if finding.obligation.strength is not Strength.MAY:
        return finding
    if finding.verdict is Verdict.NOT_APPLICABLE or (
        finding.verdict is Verdict.MET and finding.measured
    ):
        return finding
    return let_off(finding, reasons.FreedomUnused())


def doubted(finding: Finding, doubt: Missing) -> Finding:
    """The finding, not known for a doubt about the event that it hangs on."""
    detail = Settled(finding.near_misses, (doubt,))
    return attrs.evolve(
        finding, verdict=Verdict.UNKNOWN, due=None, reason=reasons.FactsMissing(), detail=detail
    )
