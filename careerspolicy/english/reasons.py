"""Reasons in words: why something does not apply or count, and which fact is missing.

The only place that makes English of `evaluation.reasons`; `findings` makes sentences of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.english.conditions import (
    asked_clause,
    being,
    broken_clause,
    failing_clause,
    unsaid_clause,
)
from careerspolicy.english.people import years
from careerspolicy.english.phrases import attribute_phrases
from careerspolicy.english.things import counted_noun
from careerspolicy.english.wording import a, listing
from careerspolicy.evaluation import reasons, record_reasons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.evaluation.findings import Finding, NearMiss
    from careerspolicy.model.population import Condition
    from careerspolicy.vocabulary import Kind, Vocabulary


def outside_clause(reason: reasons.Outside, vocabulary: Vocabulary) -> str:
    """Why a subject is not meant or not held to it: "the pupil left on 3 May 2025"."""
    match reason:
        case reasons.NotCalledFor():
            return "nothing has called for it"
        case reasons.InForceLater():
            return f"it came into force on {in_words(reason.start)}, later than that"
        case reasons.NotALeaver():
            return "the pupil has not left the school"
        case reasons.OtherYearGroup():
            return f"the pupil was in Year {reason.year_group} then"
        case reasons.OtherAge():
            return f"the pupil was {reason.age} then"
        case reasons.AttributeNot():
            kind = vocabulary.kinds[reason.of]
            return broken_clause(reason.wanted, kind, reason.value, f"the {kind.singular}")
        case reasons.YearsNotTaught():
            return f"the school has no pupils in {years(reason.years)}"
        case reasons.NoneOf():
            kind = vocabulary.kinds[reason.of]
            named = [_together(group, kind) for group in reason.alternatives]
            return f"the {kind.singular} neither {', nor '.join(named)}"
        case _:
            return _on_roll_clause(reason)


def _on_roll_clause(
    reason: reasons.Left
    | reasons.AboveYearsTaught
    | reasons.BelowYearsTaught
    | reasons.RunsPastYearsTaught
    | reasons.JoinedAfterWindow
    | reasons.LeftBeforeWindow
    | reasons.LeftDuringWindow,
) -> str:
    """What of a pupil's time at a school leaves it out of a window."""
    match reason:
        case reasons.Left():
            return f"the pupil left on {in_words(reason.on)}"
        case reasons.AboveYearsTaught():
            return f"the school has no year group above Year {reason.highest}"
        case reasons.BelowYearsTaught():
            return f"the school has no year group below Year {reason.lowest}"
        case reasons.RunsPastYearsTaught():
            return f"the window runs on after Year {reason.highest}, the school's last year group"
        case reasons.JoinedAfterWindow():
            return f"the pupil joined on {in_words(reason.on)}, after the window closed"
        case reasons.LeftBeforeWindow():
            return f"the pupil left on {in_words(reason.on)}, before the window opened"
        case reasons.LeftDuringWindow():
            return f"the pupil left on {in_words(reason.on)}, before the window closed"
        case _:
            assert_never(reason)


def near_miss_clause(  # noqa: C901, PLR0912 - one case for each member of a closed union
    miss: NearMiss, vocabulary: Vocabulary
) -> str:
    """Why a record that nearly counted did not, as the end of "the one on 2 March 2026 …"."""
    reason = miss.reason
    match reason:
        case record_reasons.AttributeUnsaid():
            return unsaid_clause(reason.wanted, vocabulary.kinds[reason.of])
        case reasons.AttributeNot():
            return failing_clause(reason.wanted, vocabulary.kinds[reason.of], reason.value)
        case record_reasons.NotTakenUp():
            return "was offered but not taken up"
        case record_reasons.Planned():
            return "has not happened yet"
        case record_reasons.BeforeWindow():
            return f"came before the window opened on {in_words(reason.opened)}"
        case record_reasons.AfterWindow():
            return f"came after the window closed on {in_words(reason.closed)}"
        case record_reasons.CountsForFirst():
            return "already counts for the first"
        case record_reasons.ValueUnsaid():
            return f"does not say its {reason.attribute.replace('_', ' ')}"
        case record_reasons.SameValue():
            return f"had the same {reason.attribute.replace('_', ' ')} as one before it"
        case record_reasons.Deleted():
            return f"was deleted on {in_words(reason.on)}"
        case record_reasons.InForceUntil():
            return f"was in force only until {in_words(reason.until)}"
        case record_reasons.Counted():
            return "has already counted"
        case _:
            assert_never(reason)


def missing_facts(finding: Finding) -> tuple[str, ...]:
    """What isn't known of a finding, or is still to be covered, each as a noun phrase."""
    return tuple(missing_fact(fact, finding.vocabulary) for fact in finding.missing)


def missing_fact(fact: record_reasons.Missing, vocabulary: Vocabulary) -> str:
    """A fact that is missing: "date of birth", "records of reviews"."""
    match fact:
        case record_reasons.YearGroupUnknown():
            return "year group or date of birth"
        case record_reasons.BirthUnknown():
            return "date of birth"
        case record_reasons.KindNotRecorded():
            return _not_recorded(fact, counted_noun(fact.kind, (), vocabulary, 2))
        case record_reasons.AttributeUnknown():
            kind = vocabulary.kinds[fact.of]
            who = f"the {counted_noun(fact.of, (), vocabulary, 1)}"
            if fact.on is not None:
                who = f"{who} on {in_words(fact.on)}"
            if fact.wanted is not None:
                return asked_clause(fact.wanted, kind, who)
            return f"the {attribute_phrases(fact.attribute, kind).name} of {who}"
        case record_reasons.NotShown():
            return a(counted_noun(fact.kind, fact.wanted, vocabulary, 1))
        case record_reasons.ValueNotCovered():
            return attribute_phrases(fact.attribute, vocabulary.kinds[fact.of]).value(fact.value)
        case _:
            assert_never(fact)


def _not_recorded(fact: record_reasons.KindNotRecorded, records: str) -> str:
    if fact.before is None:
        return f"records of {records}"
    joined = ", when the pupil joined" if fact.joined else ""
    return f"{records} before {in_words(fact.before)}{joined}"


def _together(group: Sequence[Condition], kind: Kind) -> str:
    """A list of tests as what somebody does not do: "is looked after", "both … and …"."""
    clauses = [being(condition, kind) for condition in group]
    return f"{'both ' if len(clauses) == 2 else ''}{listing(clauses)}"
