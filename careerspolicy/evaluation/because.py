"""Why a finding has its verdict, as a sentence or two that a parent would understand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from careerspolicy.calendar.school_calendar import Window, in_words
from careerspolicy.english.nouns import listed, number, one_named, records_named
from careerspolicy.evaluation.measures import uncovered
from careerspolicy.model.duty import Always, Covers, Distinct, Every, Kept, Total

if TYPE_CHECKING:
    from collections.abc import Callable

    from careerspolicy.evaluation.findings import Finding
    from careerspolicy.model.duty import Duty
    from careerspolicy.model.facts import Record


def because(finding: Finding) -> str:
    """The verdict's reason: what was found, what was owed, and what can still be done."""
    said = _SAYINGS[finding.verdict.value](finding)
    near = _near(finding) if finding.verdict.value in ("missed", "due", "unknown") else ""
    return f"{said} {near}".rstrip()


def _met(finding: Finding) -> str:
    duty, label, window = finding.obligation.duty, finding.subject.label, finding.window
    if duty.population.share is not None:
        return f"At {label}, {_share(finding)} have it; {_percentage(finding)} is owed."
    if isinstance(duty.schedule, Kept):
        until = f"until {in_words(window.end)}" if window.end else "as owed"
        return f"{label}: {_amount(finding)} kept so far; to be kept {until}."
    if finding.vocabulary.kinds[duty.records.kind].silent and finding.evidence:
        return _attested(finding)
    still = window.end is None or window.end >= finding.as_of
    if duty.bound.at_most == 0:
        return f"{label}: no {_noun(finding, 2)} {'so far' if still else _when(window)}."
    when = f"in place on {in_words(finding.as_of)}" if _stands(duty) else _when(window)
    told = f"{label}: {_amount(finding)} {when}; {_owed(finding)}."
    if duty.how_soon:
        told += f' The policy says "{duty.how_soon}", which is not for a computer to judge.'
    return told


def _attested(finding: Finding) -> str:
    """That there is what makes it known, of which day, and for how long that holds."""
    duty, latest = finding.obligation.duty, finding.evidence[-1]
    one = one_named(duty, finding.vocabulary)
    told = f"{finding.subject.label}: there is {one}, of {in_words(latest.start)}"
    if isinstance(duty.schedule, Every) and finding.window.end is not None:
        told += f"; it holds until {in_words(finding.window.end)}"
    return f"{told}."


def _due(finding: Finding) -> str:
    label, by = finding.subject.label, f" by {in_words(finding.due)}" if finding.due else ""
    if finding.obligation.duty.population.share is not None:
        owed = f"{_percentage(finding)} is owed{by}"
        return f"At {label}, {_share(finding)} have it so far; {owed}."
    soon = finding.obligation.duty.how_soon
    by = by or (f', "{soon}"' if soon else "")
    return f"{label}: {_amount(finding)} so far; {_left(finding)} still owed{by}."


def _upcoming(finding: Finding) -> str:
    start = finding.window.start
    opens = f"the window opens on {in_words(start)}" if start else "the window has not opened"
    return f"{finding.subject.label}: nothing is owed yet; {opens}."


def _missed(finding: Finding) -> str:
    duty, window, label = finding.obligation.duty, finding.window, finding.subject.label
    if duty.population.share is not None:
        return f"At {label}, only {_share(finding)} have it; {_percentage(finding)} is owed."
    if duty.bound.at_most is not None and (finding.measured or 0) > duty.bound.at_most:
        return f"{label}: {_amount(finding)} {_when(window)}; {_owed(finding)}."
    if _stands(duty):
        found = f"{label}: {_amount(finding)} in place on {in_words(finding.as_of)}"
        return f"{found}; {_owed(finding)}. It can be put right at any time."
    if isinstance(duty.schedule, Every):
        due = f"one was due by {in_words(window.end)}" if window.end else "none is recorded at all"
        return f"{label}: no {_noun(finding, 1)} in time; {due}."
    return f"{label}: {_amount(finding)} {_when(window)}; {_owed(finding)}.{_ended(finding)}"


def _ended(finding: Finding) -> str:
    """The last day for it, unless the window just told ends with that day."""
    last, window = finding.window.end, finding.window
    said = window.start is None or isinstance(finding.obligation.duty.schedule, Kept)
    if last is None or last >= finding.as_of or said:
        return ""
    return f" The last day for it was {in_words(last)}."


def _not_applicable(finding: Finding) -> str:
    return f"{finding.subject.label}: does not apply, because {finding.reason}."


def _waived(finding: Finding) -> str:
    return f"{finding.subject.label}: waived {finding.reason}."


def _unknown(finding: Finding) -> str:
    label, reason = finding.subject.label, finding.reason
    if finding.missing == (one_named(finding.obligation.duty, finding.vocabulary),):
        return f"{label}: not known until there is {finding.missing[0]}{_lately(finding)}."
    if finding.missing:
        return f"{label}: not known. What is missing: {'; '.join(finding.missing)}."
    if reason:
        vague = f'The policy says "{reason}" and gives no number'
        return f"{label}: {_amount(finding)}. {vague}, so nobody can say whether that is enough."
    return f"{label}: not known whether it was done."


def _lately(finding: Finding) -> str:
    """Of when something must be for it to count, if not of any time: ", not over 2 years old"."""
    schedule, window = finding.obligation.duty.schedule, finding.window
    if isinstance(schedule, Every):
        return f", no more than {schedule.duration} old"
    return f", made {_when(window)}" if window.start or window.end else ""


_SAYINGS: dict[str, Callable[[Finding], str]] = {
    "met": _met,
    "due": _due,
    "upcoming": _upcoming,
    "missed": _missed,
    "not_applicable": _not_applicable,
    "waived": _waived,
    "unknown": _unknown,
}


def _stands(duty: Duty) -> bool:
    """Whether a duty is a state that stands, judged on the day asked about."""
    return isinstance(duty.schedule, Always)


def _noun(finding: Finding, amount: float) -> str:
    return records_named(finding.obligation.duty, finding.vocabulary, amount)


def _amount(finding: Finding) -> str:
    """What was found: "1 employer encounter", "12 hours of workplace experiences"."""
    duty, amount = finding.obligation.duty, finding.measured or 0
    many = _noun(finding, 2)
    if isinstance(duty.measure, Total):
        return f"{number(amount)} {duty.measure.attribute} of {many}"
    if isinstance(duty.measure, Covers):
        lacking = uncovered(duty.measure, finding.evidence)
        shown = [value for value in duty.measure.values if value not in lacking]
        return f"{many} with {listed(shown)}" if shown else f"no {many} with what is owed"
    if isinstance(duty.measure, Distinct) and amount:
        counted = f"counting only different {duty.measure.attribute.replace('_', ' ')}"
        return f"{number(amount)} {_noun(finding, amount)} ({counted})"
    return f"{number(amount) if amount else 'no'} {_noun(finding, amount or 2)}"


def _owed(finding: Finding) -> str:
    """What is owed: "2 are owed", "there should be none", "missing: university"."""
    bound, measure = finding.obligation.duty.bound, finding.obligation.duty.measure
    if bound.at_most == 0:
        return "there should be none"
    if isinstance(measure, Covers):
        return _uncovered(finding, measure)
    parts = []
    if bound.at_least is not None:
        least = f"at least {number(bound.at_least)}" if bound.at_most else number(bound.at_least)
        parts.append(f"{least} {'was' if bound.at_least == 1 else 'were'} owed")
    if bound.at_most is not None:
        parts.append(
            f"at most {number(bound.at_most)} {'is' if bound.at_most == 1 else 'are'} allowed"
        )
    return listed(parts)


def _uncovered(finding: Finding, measure: Covers) -> str:
    wanted, lacking = finding.required or 0, uncovered(measure, finding.evidence)
    if wanted < len(measure.values):
        return f"{number(wanted)} of {len(measure.values)} were owed"
    return f"missing: {listed(lacking)}" if lacking else "nothing is missing"


def _left(finding: Finding) -> str:
    """What is still owed: "1 more", or the values not yet covered."""
    duty, bound = finding.obligation.duty, finding.obligation.duty.bound
    if finding.missing:
        return f"{listed(finding.missing)} {'is' if len(finding.missing) == 1 else 'are'}"
    more = (bound.at_least or 0) - (finding.measured or 0)
    word = " more" if finding.measured else ""
    unit = f" {duty.measure.attribute}" if isinstance(duty.measure, Total) else ""
    return f"{number(more)}{word}{unit} {'is' if more == 1 else 'are'}"


def _share(finding: Finding) -> str:
    """How many have it: "3 of 4 pupils (75%)"."""
    return f"{finding.reason} ({number(finding.measured or 0)}%)"


def _percentage(finding: Finding) -> str:
    return f"{number(finding.required or 0)}%"


def _when(window: Window) -> str:
    if window.start and window.start == window.end:
        return f"on {in_words(window.start)}"
    if window.start and window.end:
        return f"between {in_words(window.start)} and {in_words(window.end)}"
    if window.end:
        return f"by {in_words(window.end)}"
    return f"since {in_words(window.start)}" if window.start else "on record"


def _near(finding: Finding) -> str:
    """The records that nearly counted, three at most, with the reason why each did not.

    Those that say too little are left out where `missing` has named what they would have to say.
    """
    unsaid = finding.missing and finding.verdict.value == "unknown"
    near = [
        miss for miss in finding.near_misses if not (unsaid and miss.why.startswith("does not say"))
    ]
    told = [f"{_named(miss.record, finding)} {miss.why}" for miss in near[:3]]
    if not told:
        return ""
    rest = f" (and {len(near) - len(told)} more)" if len(near) > len(told) else ""
    return f"Not counted: {'; '.join(told)}{rest}."


def _named(record: Record, finding: Finding) -> str:
    if (record.kind, record.id) == (finding.subject.kind, finding.subject.id):
        return "this one"
    return f"the one on {in_words(record.start)}"
