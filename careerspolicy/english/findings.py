"""A finding in words: whom it is about, and why the verdict is what it is.

A sentence or two that a parent would understand, made of the finding's values; `reasons` words the
reasons and facts in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.calendar.school_calendar import Window, in_words
from careerspolicy.english.phrases import attribute_phrases
from careerspolicy.english.reasons import missing_facts, near_miss_clause, outside_clause
from careerspolicy.english.things import counted_noun, things
from careerspolicy.english.wording import a, listing, number
from careerspolicy.evaluation import reasons, record_reasons
from careerspolicy.evaluation.findings import AHEAD, UNMET, Verdict
from careerspolicy.evaluation.measures import uncovered
from careerspolicy.model.duty import Always, Bound, Covers, Distinct, Every, Kept, Total, Vaguely
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.evaluation.findings import Finding, Subject
    from careerspolicy.model.duty import Duty
    from careerspolicy.model.facts import Record
    from careerspolicy.vocabulary import Vocabulary

#: How many records that nearly counted are named.
_MOST: Final = 3


def label(subject: Subject, vocabulary: Vocabulary) -> str:
    """Whom a finding is about: "Pupil A0001", "The workplace experience WE3 of pupil A0001"."""
    if subject.kind == "pupil":
        return f"Pupil {subject.id}"
    if subject.kind in THINGS:
        return subject.name
    return f"The {record_label(subject, vocabulary)}"


def record_label(subject: Subject, vocabulary: Vocabulary) -> str:
    """A record as a subject: "work placement on 10 January 2026 of pupil A0001"."""
    known_by = subject.id if subject.day is None else f"on {in_words(subject.day)}"
    whose = f" of pupil {subject.pupil}" if subject.pupil else ""
    return f"{counted_noun(subject.kind, (), vocabulary, 1)} {known_by}{whose}"


def because(finding: Finding) -> str:
    """Whom it is about, and why the verdict is what it is, with what nearly counted."""
    name = label(finding.subject, finding.vocabulary)
    return f"{name}: {_clause(finding)} {not_counted(finding)}".rstrip()


def why(finding: Finding) -> str:
    """Why the verdict is what it is: what there was, what was owed, what can still be done."""
    clause = _clause(finding)
    return f"{clause[:1].upper()}{clause[1:]}"


def why_with_near_misses(finding: Finding) -> str:
    """The same with what nearly counted, for where the name stands beside it."""
    return f"{why(finding)} {not_counted(finding)}".rstrip()


def not_counted(finding: Finding) -> str:
    """The records that nearly counted, three at most, with the reason why each did not.

    Those that say too little are left out where `missing` has named what they would have to say;
    empty where nothing is owed, or nothing nearly counted.
    """
    if finding.verdict not in UNMET:
        return ""
    near = finding.near_misses
    if finding.missing and finding.verdict is Verdict.UNKNOWN:
        unsaid = (record_reasons.AttributeUnsaid, record_reasons.ValueUnsaid)
        near = tuple(miss for miss in near if not isinstance(miss.reason, unsaid))
    if not near:
        return ""
    named = [
        f"{_named(miss.record, finding)} {near_miss_clause(miss, finding.vocabulary)}"
        for miss in near[:_MOST]
    ]
    rest = f" (and {len(near) - _MOST} more)" if len(near) > _MOST else ""
    return f"Not counted: {'; '.join(named)}{rest}."


def _named(record: Record, finding: Finding) -> str:
    if (record.kind, record.id) == (finding.subject.kind, finding.subject.id):
        return "this one"
    return f"the one on {in_words(record.start)}"


def _clause(finding: Finding) -> str:
    reason = finding.reason
    match reason:
        case reasons.Share():
            return _share(finding, reason)
        case reasons.Waived():
            return f"waived by the {reason.by} until {in_words(reason.until)}: {reason.given}."
        case reasons.NotOpen():
            start = finding.window.start
            opens = f"the window opens on {in_words(start)}" if start else "it has not opened"
            return f"nothing is owed yet; {opens}."
        case reasons.Enough() | reasons.WithinLimit():
            return _met(finding)
        case reasons.StillOwed():
            return _due(finding)
        case reasons.TooFew() | reasons.TooMany():
            return _missed(finding)
        case reasons.NoNumber():
            return _no_number(finding)
        case reasons.FactsMissing():
            return _unknown(finding)
        case _:
            return f"does not apply, because {outside_clause(reason, finding.vocabulary)}."


def _share(finding: Finding, share: reasons.Share) -> str:
    """How many have it, and how many should: "3 of 4 pupils (75%) have it; 100% is owed"."""
    of = finding.vocabulary.kinds[finding.obligation.duty.population.subject].plural
    only = "only " if finding.verdict is Verdict.MISSED else ""
    so_far = " so far" if finding.verdict in AHEAD else ""
    by = f" by {in_words(finding.due)}" if finding.due else ""
    percentage = f"{number(finding.measured or 0)}%"
    having = f"{only}{share.met} of {share.of} {of} ({percentage}) have it{so_far}"
    return f"{having}; {number(finding.required or 0)}% is owed{by}."


def _met(finding: Finding) -> str:
    duty, window = finding.obligation.duty, finding.window
    if isinstance(duty.schedule, Kept):
        until = f"until {in_words(window.end)}" if window.end else "as owed"
        return f"{_amount(finding)} kept so far; to be kept {until}."
    if finding.vocabulary.kinds[duty.records.kind].silent and finding.evidence:
        return _shown(finding)
    still = window.end is None or window.end >= finding.as_of
    if duty.bound.at_most == 0:
        return f"no {_noun(finding, 2)} {'so far' if still else _when(window)}."
    when = f"in place on {in_words(finding.as_of)}" if _stands(duty) else _when(window)
    clause = f"{_amount(finding)} {when}; {_owed(finding)}."
    if duty.how_soon:
        clause += f' The policy says "{duty.how_soon}", which is not for a computer to judge.'
    return clause


def _shown(finding: Finding) -> str:
    """That there is what makes it known, of which day, and for how long that holds."""
    duty, latest = finding.obligation.duty, finding.evidence[-1]
    record = a(_noun(finding, 1))
    clause = f"there is {record}, of {in_words(latest.start)}"
    if isinstance(duty.schedule, Every) and finding.window.end is not None:
        clause += f"; it holds until {in_words(finding.window.end)}"
    return f"{clause}."


def _due(finding: Finding) -> str:
    soon = finding.obligation.duty.how_soon
    vaguely = f', "{soon}"' if soon else ""
    by = f" by {in_words(finding.due)}" if finding.due else vaguely
    return f"{_amount(finding)} so far; {_left(finding)} still owed{by}."


def _missed(finding: Finding) -> str:
    duty, window = finding.obligation.duty, finding.window
    if isinstance(finding.reason, reasons.TooMany):
        return f"{_amount(finding)} {_when(window)}; {_owed(finding)}."
    if _stands(duty):
        clause = f"{_amount(finding)} in place on {in_words(finding.as_of)}"
        return f"{clause}; {_owed(finding)}. It can be put right at any time."
    if isinstance(duty.schedule, Every):
        due = f"one was due by {in_words(window.end)}" if window.end else "none is recorded at all"
        return f"no {_noun(finding, 1)} in time; {due}."
    return f"{_amount(finding)} {_when(window)}; {_owed(finding)}.{_ended(finding)}"


def _ended(finding: Finding) -> str:
    """The last day for it, unless the window just named ends with that day."""
    last, window = finding.window.end, finding.window
    named = window.start is None or isinstance(finding.obligation.duty.schedule, Kept)
    if last is None or last >= finding.as_of or named:
        return ""
    return f" The last day for it was {in_words(last)}."


def _no_number(finding: Finding) -> str:
    duty = finding.obligation.duty
    words = duty.schedule.words if isinstance(duty.schedule, Vaguely) else duty.bound.vague
    vague = f'The policy says "{words}" and gives no number'
    return f"{_amount(finding)}. {vague}, so nobody can say whether that is enough."


def _unknown(finding: Finding) -> str:
    missing = missing_facts(finding)
    if isinstance(finding.missing[0], record_reasons.NotShown):
        return f"not known until there is {missing[0]}{_lately(finding)}."
    return f"not known. What is missing: {'; '.join(missing)}."


def _lately(finding: Finding) -> str:
    """Of when something must be for it to count, if not of any time: ", not over 2 years old"."""
    schedule, window = finding.obligation.duty.schedule, finding.window
    if isinstance(schedule, Every):
        return f", no more than {schedule.duration} old"
    return f", made {_when(window)}" if window.start or window.end else ""


def _stands(duty: Duty) -> bool:
    """Whether a duty is a state that stands, judged on the day asked about."""
    return isinstance(duty.schedule, Always)


def _noun(finding: Finding, amount: float) -> str:
    records = finding.obligation.duty.records
    return counted_noun(records.kind, records.where, finding.vocabulary, amount)


def _amount(finding: Finding) -> str:
    """What was found: "1 employer encounter", "12 hours of workplace experiences"."""
    duty, amount = finding.obligation.duty, finding.measured or 0
    many = _noun(finding, 2)
    if isinstance(duty.measure, Total):
        return f"{number(amount)} {duty.measure.attribute} of {many}"
    if isinstance(duty.measure, Covers):
        lacking = uncovered(duty.measure, finding.evidence)
        shown = tuple(value for value in duty.measure.values if value not in lacking)
        return _showing(finding, shown) if shown else f"no {many} of what is owed"
    if isinstance(duty.measure, Distinct) and amount:
        kind = finding.vocabulary.kinds[duty.records.kind]
        same = attribute_phrases(duty.measure.attribute, kind).likeness
        return f"{number(amount)} {_noun(finding, amount)} (counting those {same} as one)"
    few = 1 if _stands(duty) else 2
    return f"{number(amount) if amount else 'no'} {_noun(finding, amount or few)}"


def _showing(finding: Finding, values: tuple[str, ...]) -> str:
    """Records with what they cover between them: "encounters with a sixth form"."""
    duty = finding.obligation.duty
    assert isinstance(duty.measure, Covers)  # noqa: S101 - only such measures have values
    covers = Covers(attribute=duty.measure.attribute, values=values)
    shown = attrs.evolve(duty, measure=covers, bound=Bound(at_least=len(values)))
    counted = things(shown, finding.vocabulary)
    return f"{counted.words} {counted.description.tail}".rstrip()


def _values(finding: Finding, values: Sequence[str]) -> str:
    """Values that are to be covered, as the promise says them."""
    duty = finding.obligation.duty
    assert isinstance(duty.measure, Covers)  # noqa: S101 - only such measures have values
    kind = finding.vocabulary.kinds[duty.records.kind]
    return listing(map(attribute_phrases(duty.measure.attribute, kind).value, values))


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
    return listing(parts)


def _uncovered(finding: Finding, measure: Covers) -> str:
    wanted, lacking = finding.required or 0, uncovered(measure, finding.evidence)
    if wanted < len(measure.values):
        return f"{number(wanted)} of {len(measure.values)} were owed"
    return f"missing: {_values(finding, lacking)}" if lacking else "nothing is missing"


def _left(finding: Finding) -> str:
    """What is still owed: "1 more", or the values not yet covered."""
    duty, bound = finding.obligation.duty, finding.obligation.duty.bound
    if finding.missing:
        return f"{listing(missing_facts(finding))} {'is' if len(finding.missing) == 1 else 'are'}"
    more = (bound.at_least or 0) - (finding.measured or 0)
    word = " more" if finding.measured else ""
    unit = f" {duty.measure.attribute}" if isinstance(duty.measure, Total) else ""
    return f"{number(more)}{word}{unit} {'is' if more == 1 else 'are'}"


def _when(window: Window) -> str:
    if window.start and window.start == window.end:
        return f"on {in_words(window.start)}"
    if window.start and window.end:
        return f"between {in_words(window.start)} and {in_words(window.end)}"
    if window.end:
        return f"by {in_words(window.end)}"
    return f"since {in_words(window.start)}" if window.start else "on record"
