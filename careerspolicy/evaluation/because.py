"""Why a finding has its verdict, as a sentence or two that a parent would understand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from careerspolicy.duty import Always, Count, Covers, Distinct, Every, Kept, Total
from careerspolicy.nouns import listed, number, records_named
from careerspolicy.school_calendar import Window, in_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from careerspolicy.evaluation.findings import Finding


def because(finding: Finding) -> str:
    """The verdict's reason: what was found, what was owed, and what can still be done."""
    said = _SAYINGS[finding.verdict.value](finding)
    near = _near(finding) if finding.verdict.value in ("missed", "due", "unknown") else ""
    return f"{said} {near}".rstrip()


def _met(finding: Finding) -> str:
    if finding.obligation.duty.population.share is not None:
        return f"At {finding.subject.label}, {finding.reason} have what is owed; {_share(finding)}."
    duty = finding.obligation.duty
    if isinstance(duty.schedule, Kept):
        until = f"until {in_words(finding.window.end)}" if finding.window.end else "as owed"
        return f"{finding.subject.label}: {_amount(finding)} kept so far; to be kept {until}."
    if duty.bound.at_most == 0:
        return f"{finding.subject.label}: no {_noun(finding, 2)} {_when(finding.window)}."
    told = f"{finding.subject.label}: {_amount(finding)} {_when(finding.window)}; {_owed(finding)}."
    if duty.how_soon:
        told += f' The policy says "{duty.how_soon}", which is not for a computer to judge.'
    return told


def _due(finding: Finding) -> str:
    by = f" by {in_words(finding.due)}" if finding.due else ""
    if finding.obligation.duty.population.share is not None:
        return f"At {finding.subject.label}, {finding.reason} so far; {_share(finding)}{by}."
    soon = finding.obligation.duty.how_soon
    by = by or (f', "{soon}"' if soon else "")
    return f"{finding.subject.label}: {_amount(finding)} so far; {_left(finding)} still owed{by}."


def _upcoming(finding: Finding) -> str:
    start = finding.window.start
    opens = f"the window opens on {in_words(start)}" if start else "the window has not opened"
    return f"{finding.subject.label}: nothing is owed yet; {opens}."


def _missed(finding: Finding) -> str:
    duty, window, label = finding.obligation.duty, finding.window, finding.subject.label
    if duty.population.share is not None:
        return f"At {label}, only {finding.reason} have it; {_share(finding)}."
    if duty.bound.at_most is not None and (finding.measured or 0) > duty.bound.at_most:
        return f"{label}: {_amount(finding)} {_when(window)}; {_owed(finding)}."
    if isinstance(duty.schedule, Always):
        found = f"{label}: {_amount(finding)} in place on {in_words(finding.as_of)}"
        return f"{found}; {_owed(finding)}; it can be put right at any time."
    if isinstance(duty.schedule, Every):
        due = f"one was due by {in_words(window.end)}" if window.end else "none is recorded at all"
        return f"{label}: no {_noun(finding, 1)} in time; {due}."
    last = finding.window.end
    ended = f" The last day for it was {in_words(last)}." if last and last < finding.as_of else ""
    return f"{label}: {_amount(finding)} {_when(window)}; {_owed(finding)}.{ended}"


def _not_applicable(finding: Finding) -> str:
    return f"{finding.subject.label}: does not apply, because {_clause(finding.reason)}."


def _waived(finding: Finding) -> str:
    return f"{finding.subject.label}: waived {finding.reason}."


def _unknown(finding: Finding) -> str:
    label, reason = finding.subject.label, finding.reason
    if finding.missing:
        return f"{label}: not known. What is missing: {'; '.join(finding.missing)}."
    if reason:
        vague = f'The policy says "{reason}" and gives no number'
        return f"{label}: {_amount(finding)}. {vague}, so nobody can say whether that is enough."
    return f"{label}: not known whether it was done."


_SAYINGS: dict[str, Callable[[Finding], str]] = {
    "met": _met,
    "due": _due,
    "upcoming": _upcoming,
    "missed": _missed,
    "not_applicable": _not_applicable,
    "waived": _waived,
    "unknown": _unknown,
}


def _noun(finding: Finding, amount: float) -> str:
    return records_named(finding.obligation.duty, finding.vocabulary, amount)


def _amount(finding: Finding) -> str:
    """What was found: "1 employer encounter", "12 hours of workplace experience"."""
    duty, amount = finding.obligation.duty, finding.measured or 0
    many = _noun(finding, 2)
    if isinstance(duty.measure, Total):
        return f"{number(amount)} {duty.measure.attribute} of {many}"
    if isinstance(duty.measure, Covers):
        shown = [value for value in duty.measure.values if value not in finding.missing]
        return f"{many} with {listed(shown)}" if amount else f"no {many} with what is owed"
    if isinstance(duty.measure, Distinct) and amount:
        counted = f"counting only different {duty.measure.attribute.replace('_', ' ')}"
        return f"{number(amount)} {_noun(finding, amount)} ({counted})"
    return f"{number(amount) if amount else 'no'} {_noun(finding, amount or 2)}"


def _owed(finding: Finding) -> str:
    """What was owed: "2 were owed", "at most 1 is allowed"."""
    bound = finding.obligation.duty.bound
    if bound.at_most == 0:
        return "there should be none"
    measure = finding.obligation.duty.measure
    if isinstance(measure, Covers):
        return f"missing: {listed(finding.missing)}" if finding.missing else "nothing is missing"
    parts = []
    if bound.at_least is not None:
        parts.append(f"{number(bound.at_least)} {'is' if bound.at_least == 1 else 'are'} owed")
    if bound.at_most is not None:
        parts.append(f"at most {number(bound.at_most)} allowed")
    return listed(parts)


def _left(finding: Finding) -> str:
    """What is still owed: "1 more", or the values not yet covered."""
    duty, bound = finding.obligation.duty, finding.obligation.duty.bound
    if finding.missing:
        return f"{listed(finding.missing)} {'is' if len(finding.missing) == 1 else 'are'}"
    more = (bound.at_least or 0) - (finding.measured or 0)
    unit = f" {duty.measure.attribute}" if isinstance(duty.measure, Total) else ""
    first = isinstance(duty.measure, Count) and not finding.measured
    return f"{number(more)}{unit}{'' if first else ' more'} {'is' if more == 1 else 'are'}"


def _share(finding: Finding) -> str:
    return f"that is {number(finding.measured or 0)}%, and {number(finding.required or 0)}% is owed"


def _when(window: Window) -> str:
    if window.start and window.start == window.end:
        return f"on {in_words(window.start)}"
    if window.start and window.end:
        return f"between {in_words(window.start)} and {in_words(window.end)}"
    if window.end:
        return f"by {in_words(window.end)}"
    return f"since {in_words(window.start)}" if window.start else "on record"


def _near(finding: Finding) -> str:
    """The records that nearly counted, three at most, with the reason why each did not."""
    told = [
        f"the one on {in_words(miss.record.start)} {miss.why}" for miss in finding.near_misses[:3]
    ]
    if not told:
        return ""
    more = len(finding.near_misses) - len(told)
    rest = f" (and {more} more)" if more else ""
    return f"Not counted: {'; '.join(told)}{rest}."


def _clause(reason: str) -> str:
    return f"the pupil {reason}" if reason.startswith(("has ", "left ")) else reason
