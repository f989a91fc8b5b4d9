"""Reasons in words: why something does not apply or count, and which fact is missing.

The only place that makes English of `evaluation.reasons`; `findings` makes sentences of it.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.english import conditions
from careerspolicy.english.people import years
from careerspolicy.english.phrases import attribute_phrases
from careerspolicy.english.things import counted_noun
from careerspolicy.english.wording import a, listing
from careerspolicy.evaluation import reasons, record_reasons

if TYPE_CHECKING:
    from collections.abc import Iterable

    from careerspolicy.evaluation.findings import Finding, NearMiss
    from careerspolicy.vocabulary import Vocabulary

#: What is said of each reason and fact whose fields are dates, numbers and names alone.
_WORDS: Final[dict[type[reasons.Value], str]] = {
    reasons.NotCalledFor: "nothing has called for it",
    reasons.TimesApart: "the time around what calls for it lies outside the time it is asked in",
    reasons.NothingFallsDue: "nothing falls due in the time that it is for",
    reasons.SchoolShut: "the school is shut throughout",
    reasons.InForceLater: "it came into force on {start}, later than that",
    reasons.FreedomUnused: "it is only allowed, and nothing shows that it was taken up",
    reasons.NotALeaver: "the pupil has not left the school",
    reasons.Left: "the pupil left on {on}",
    reasons.OtherYearGroup: "the pupil was in Year {year_group} then",
    reasons.OtherAge: "the pupil was {age} then",
    reasons.YearsNotTaught: "the school has no pupils in {years}",
    reasons.AboveYearsTaught: "the school has no year group above Year {highest}",
    reasons.BelowYearsTaught: "the school has no year group below Year {lowest}",
    reasons.RunsPastYearsTaught: (
        "the window runs on after Year {highest}, the school's last year group"
    ),
    reasons.JoinedAfterWindow: "the pupil joined on {on}, after the window closed",
    reasons.BeganBeforeJoining: "it is kept from a day before the pupil joined, on {on}",
    reasons.NotYetOnRoll: "the pupil joins on {on}, after the window closes",
    reasons.LeftBeforeWindow: "the pupil left on {on}, before the window opened",
    reasons.LeftDuringWindow: "the pupil left on {on}, before the window closed",
    record_reasons.NotTakenUp: "was offered but not taken up",
    record_reasons.Planned: "has not happened yet",
    record_reasons.BeforeWindow: "came before the window opened on {opened}",
    record_reasons.AfterWindow: "came after the window closed on {closed}",
    record_reasons.CountsForFirst: "already counts for the first",
    record_reasons.ValueUnsaid: "does not say its {attribute}",
    record_reasons.SameValue: "had the same {attribute} as one before it",
    record_reasons.Deleted: "was deleted on {on}",
    record_reasons.InForceUntil: "was in force only until {until}",
    record_reasons.YearGroupUnknown: "year group or date of birth",
    record_reasons.BirthUnknown: "date of birth",
    record_reasons.JoiningUnknown: "the day on which the pupil joined",
}


def outside_clause(reason: reasons.Outside, vocabulary: Vocabulary) -> str:
    """Why a subject is not meant or not held to it: "the pupil left on 3 May 2025"."""
    match reason:
        case reasons.AttributeNot() | reasons.NoneOf():
            kind = vocabulary.kinds[reason.of]
            who = f"the {counted_noun(reason.of, (), vocabulary, 1)}"
            if isinstance(reason, reasons.AttributeNot):
                return conditions.broken_clause(reason.wanted, kind, reason.value, who)
            groups = (
                [conditions.being(test, kind) for test in group] for group in reason.alternatives
            )
            named = (f"{'both ' if len(group) == 2 else ''}{listing(group)}" for group in groups)
            return f"{who} neither {', nor '.join(named)}"
    return _worded(reason)


def near_miss_clause(miss: NearMiss, vocabulary: Vocabulary) -> str:
    """Why a record that nearly counted did not, as the end of "the one on 2 March 2026 …"."""
    match miss.reason:
        case record_reasons.AttributeUnsaid(of=kind, wanted=wanted):
            return conditions.unsaid_clause(wanted, vocabulary.kinds[kind])
        case reasons.AttributeNot(of=kind, wanted=wanted, value=value):
            return conditions.failing_clause(wanted, vocabulary.kinds[kind], value)
    return _worded(miss.reason)


def missing_facts(finding: Finding) -> tuple[str, ...]:
    """What isn't known of a finding, or is still to be covered, each as a noun phrase."""
    alike = missing_alike(finding.missing).items()
    return tuple(missing_fact(fact, finding.vocabulary, amount) for fact, amount in alike)


def missing_alike(facts: Iterable[record_reasons.Missing]) -> Counter[record_reasons.Missing]:
    """Missing facts that go by the same words, and how many: records of a day are told as one."""
    unknown = record_reasons.AttributeUnknown
    return Counter(
        attrs.evolve(fact, record="") if isinstance(fact, unknown) else fact for fact in facts
    )


def missing_fact(fact: record_reasons.Missing, vocabulary: Vocabulary, amount: int = 1) -> str:
    """A fact that is missing, of so many records: "date of birth", "records of reviews"."""
    match fact:
        case record_reasons.KindNotRecorded():
            records = counted_noun(fact.kind, (), vocabulary, 2)
            if fact.after is not None:
                return f"{records} after {in_words(fact.after)}, when the records end"
            if fact.before is None:
                return f"records of {records}"
            joined = ", when the pupil joined" if fact.joined else ""
            return f"{records} before {in_words(fact.before)}{joined}"
        case record_reasons.AttributeUnknown():
            kind = vocabulary.kinds[fact.of]
            day = f" on {in_words(fact.on)}" if fact.on else ""
            noun, many = counted_noun(fact.of, (), vocabulary, amount), amount != 1
            who = f"{amount if many else 'the'} {noun}{day}"
            if fact.wanted is not None:
                return conditions.asked_clause(fact.wanted, kind, who, many=many)
            return f"the {attribute_phrases(fact.attribute, kind).name} of {who}"
        case record_reasons.NotShown():
            return a(counted_noun(fact.kind, fact.wanted, vocabulary, 1))
        case record_reasons.ValueNotCovered():
            kind = vocabulary.kinds[fact.of]
            return attribute_phrases(fact.attribute, kind).value(fact.value)
    return _worded(fact)


def _worded(value: Any) -> str:
    """A reason or fact by the words for it, with its fields in them."""
    fields = attrs.asdict(value, recurse=False)
    return _WORDS[type(value)].format(**{name: _field(field) for name, field in fields.items()})


def _field(value: Any) -> str:
    if isinstance(value, date):
        return in_words(value)
    return years(value) if isinstance(value, tuple) else str(value).replace("_", " ")
