"""Duties of a percentage of a school's pupils or records: one finding a school and school year."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

import attrs

from careerspolicy.calendar.school_calendar import SchoolCalendar, Window
from careerspolicy.evaluation.findings import (
    AHEAD,
    NOTHING_MORE,
    Finding,
    Settled,
    Verdict,
    school_subject,
    trust_subject,
)
from careerspolicy.evaluation.reasons import FactsMissing, NotOpen, NotYetOnRoll, Share, as_data
from careerspolicy.model.duty import exact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from careerspolicy.evaluation.reasons import Reason
    from careerspolicy.model.facts import Facts, Record
    from careerspolicy.model.policy import Obligation

_UNCOUNTED = (Verdict.NOT_APPLICABLE, Verdict.WAIVED)


def shared_findings(
    obligation: Obligation, each: Iterable[Finding], facts: Facts
) -> Iterator[Finding]:
    """Findings about pupils or records, added up by school and by the school year of their end.

    Those to whom it doesn't apply, or for whom it is waived, are left out of the percentage. Those
    of whom nobody knows when it applies may belong to any year of their school.
    """
    groups: dict[tuple[str, date | None], list[Finding]] = {}
    outside: dict[str, list[Finding]] = {}
    for finding in each:
        owner = finding.subject.school
        if finding.verdict in _UNCOUNTED:
            outside.setdefault(owner, []).append(finding)
            continue
        groups.setdefault((owner, _year(finding.window.end, owner, facts)), []).append(finding)
    for owner, findings in outside.items():
        if not any(key[0] == owner for key in groups):
            yield _about(min(findings, key=_first_to_close), owner, facts)
    dated = {owner for owner, year in groups if year is not None}
    perhaps = {owner: [*filter(None, map(_perhaps_met, out))] for owner, out in outside.items()}
    for owner, year in sorted(groups, key=lambda key: (key[0], str(key[1]))):
        if year is None and owner in dated:
            continue
        within, anywhere = groups[owner, year], groups.get((owner, None), []) if year else []
        met = [f for f in perhaps.get(owner, ()) if _year(f.window.end, owner, facts) == year]
        yield _added(within, [*anywhere, *met], _about(within[0], owner, facts), obligation)


def _first_to_close(finding: Finding) -> tuple[bool, str, str]:
    """Of those left out, one speaks for all: one for whom it is waived, then the first to close.

    What it says mustn't hang on the order of the facts.
    """
    waived = finding.verdict is Verdict.WAIVED
    return not waived, str(finding.window.end), f"{finding.window.start} {as_data(finding.reason)}"


def _perhaps_met(finding: Finding) -> Finding | None:
    """Of what is waived since it isn't known, that it may have been had: then it counts."""
    if finding.verdict is not Verdict.WAIVED or finding.if_meant is None:
        return None
    return attrs.evolve(finding, verdict=Verdict.UNKNOWN)


def _year(day: date | None, owner: str, facts: Facts) -> date | None:
    if day is None:
        return None
    school = facts.school_by_urn.get(owner)
    calendar = school.calendar if school else SchoolCalendar()
    return calendar.school_year(calendar.year_of(day)).end


def _added(
    findings: list[Finding], anywhere: list[Finding], together: Finding, obligation: Obligation
) -> Finding:
    """The finding of some together, to whom others may belong.

    Both ways are counted in hundredths of a pupil, so that 58% of 50 is exact. Of those who may be
    meant, whoever has it makes it no less, and whoever lacks it no more.
    """
    share = obligation.duty.population.share or 100
    of = {verdict: sum(1 for f in findings if f.verdict is verdict) for verdict in Verdict}
    every = [*findings, *anywhere]
    doubt = {verdict: sum(1 for f in every if f.if_meant is verdict) for verdict in Verdict}
    met, most = of[Verdict.MET], len(every)
    least = 100 * met - exact(share) * (most - doubt[Verdict.MET])
    lacking = of[Verdict.MISSED] + doubt[Verdict.MISSED]
    greatest = 100 * (most - lacking) - exact(share) * (most - doubt[Verdict.MISSED])
    verdict = _verdict(met > 0 and least >= 0, greatest < 0, of)
    meant = sum(f.if_meant is None for f in findings) or len(findings)
    starts = [f.window.start for f in findings if f.window.start is not None]
    ends = [f.window.end for f in findings if f.window.end is not None]
    window = Window(min(starts, default=None), max(ends, default=None))
    evidence = tuple(sorted((record for f in findings for record in f.evidence), key=_by_date))
    detail = _not_known(every)
    if verdict is Verdict.UNKNOWN and not detail.missing:  # the policy gives no number to any
        counted = exact(sum(f.measured or 0 for f in findings))
        return attrs.evolve(together, window=window, measured=counted, evidence=evidence)
    return attrs.evolve(
        together,
        window=window,
        verdict=verdict,
        measured=exact(round(100 * met / meant, 1)),
        required=exact(share),
        due=window.end if verdict in AHEAD else None,
        evidence=evidence,
        detail=detail if verdict is Verdict.UNKNOWN else NOTHING_MORE,
        reason=_reason(verdict, findings, Share(met, meant)),
    )


def _reason(verdict: Verdict, findings: list[Finding], share: Share) -> Reason:
    if verdict is Verdict.UPCOMING:
        ahead = [f.reason for f in findings if f.verdict is Verdict.UPCOMING]
        joining = [reason for reason in ahead if isinstance(reason, NotYetOnRoll)]
        first = min(joining, key=attrgetter("on"), default=NotOpen())
        return first if len(joining) == len(ahead) else NotOpen()
    return FactsMissing() if verdict is Verdict.UNKNOWN else share


def _not_known(findings: list[Finding]) -> Settled:
    missing = {fact for f in findings if f.verdict is Verdict.UNKNOWN for fact in f.missing}
    return Settled(missing=tuple(sorted(missing, key=lambda fact: str(as_data(fact)))))


def _by_date(record: Record) -> tuple[date, str]:
    return record.start, record.id


def _verdict(enough: bool, too_few: bool, of: dict[Verdict, int]) -> Verdict:  # noqa: FBT001
    """The verdict on a share that is reached, or missed, whoever of the doubtful is meant."""
    if enough:
        return Verdict.MET
    if too_few:
        return Verdict.MISSED
    if of[Verdict.DUE] or (of[Verdict.UPCOMING] and of[Verdict.MET]):
        return Verdict.DUE
    return Verdict.UPCOMING if of[Verdict.UPCOMING] else Verdict.UNKNOWN


def _about(finding: Finding, owner: str, facts: Facts) -> Finding:
    """A finding told of the school, or trust, that its subject belongs to."""
    school = facts.school_by_urn.get(owner)
    subject = school_subject(school) if school else trust_subject(owner)
    return attrs.evolve(finding, subject=subject, evidence=(), if_meant=None, detail=NOTHING_MORE)
