"""Findings that need no weighing, or that something overrules: not applicable, unknown, waived."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from careerspolicy.calendar.school_calendar import EVER, Window
from careerspolicy.evaluation import reasons
from careerspolicy.evaluation.findings import (
    NOTHING_MORE,
    UNMET,
    Finding,
    Settled,
    Subject,
    Verdict,
)

if TYPE_CHECKING:
    from datetime import date

    from careerspolicy.evaluation.membership import Membership
    from careerspolicy.evaluation.reasons import Outside
    from careerspolicy.evaluation.record_reasons import Missing
    from careerspolicy.model.facts import Facts
    from careerspolicy.model.policy import Obligation, Policy


@attrs.frozen
class Conclusions:
    """Draws the findings of one policy over one set of facts on one day that need no weighing."""

    policy: Policy
    facts: Facts
    as_of: date

    def unless_waived(self, finding: Finding) -> Finding:
        """The finding, or that it is waived if a waiver holds on the day and touches the window."""
        if not self.facts.waivers or finding.verdict not in UNMET:
            return finding
        obligation, subject = finding.obligation.id, finding.subject.id
        for waiver in self.facts.waivers:
            if (
                waiver.holds(obligation, subject, self.as_of)
                and not finding.window.meet(Window(waiver.start, waiver.until)).empty
            ):
                reason = reasons.Waived(waiver.by, waiver.until, waiver.reason)
                return attrs.evolve(finding, verdict=Verdict.WAIVED, due=None, reason=reason)
        return finding

    def none(
        self,
        obligation: Obligation,
        subject: Subject,
        reason: Outside,
        window: Window = EVER,
    ) -> Finding:
        """A finding that an obligation does not apply, and why."""
        return Finding(
            obligation=obligation,
            subject=subject,
            window=window,
            verdict=Verdict.NOT_APPLICABLE,
            as_of=self.as_of,
            vocabulary=self.policy.vocabulary,
            reason=reason,
        )

    def unknown(
        self, obligation: Obligation, subject: Subject, missing: tuple[Missing, ...]
    ) -> Finding:
        """A finding that it isn't known whether an obligation applies, or when."""
        return Finding(
            obligation=obligation,
            subject=subject,
            window=EVER,
            verdict=Verdict.UNKNOWN,
            as_of=self.as_of,
            vocabulary=self.policy.vocabulary,
            reason=reasons.FactsMissing(),
            detail=Settled(missing=missing),
        )

    def outside(self, obligation: Obligation, subject: Subject, member: Membership) -> Finding:
        """A finding for a subject that isn't, or may not be, in the population."""
        if member.reason is None:
            return self.unknown(obligation, subject, member.missing)
        return self.none(obligation, subject, member.reason)


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


def timely(finding: Finding) -> Finding:
    """The finding; not applicable, if its window closed before the obligation came into force."""
    start, end = finding.obligation.in_force.start, finding.window.end
    if start is None or end is None or end >= start.first:
        return finding
    return let_off(finding, reasons.InForceLater(start.first))


def doubted(finding: Finding, doubt: Missing) -> Finding:
    """The finding, not known for a doubt about the event that it hangs on."""
    detail = Settled(finding.near_misses, (doubt,))
    return attrs.evolve(
        finding, verdict=Verdict.UNKNOWN, due=None, reason=reasons.FactsMissing(), detail=detail
    )
