"""A finding in words: whom it is about, and why the verdict is what it is.

A sentence or two that a parent would understand, made of the finding's values; `reasons` words the
reasons and facts in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.english.phrases import attribute_phrases
from careerspolicy.english.reasons import missing_facts, near_miss_clause, outside_clause
from careerspolicy.english.things import Things, counted_noun
from careerspolicy.english.wording import a, listing, number
from careerspolicy.evaluation import reasons, record_reasons
from careerspolicy.evaluation.findings import AHEAD, UNMET, Verdict
from careerspolicy.evaluation.measures import uncovered
from careerspolicy.model.duty import Always, Bound, Covers, Distinct, Every, Kept, Total, Vaguely
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from careerspolicy.calendar.school_calendar import Window
    from careerspolicy.evaluation.findings import Finding, NearMiss, Subject
    from careerspolicy.model.duty import Duty
    from careerspolicy.vocabulary import Vocabulary

#: How many records that nearly counted are named.
_MOST: Final = 3


def label(subject: Subject, vocabulary: Vocabulary) -> str:
    """Whom a finding is about: "Pupil A0001", "The workplace experience WE3 of pupil A0001"."""
    if subject.kind == "pupil":
        return f"Pupil {subject.id}"
    return subject.name if subject.kind in THINGS else f"The {record_label(subject, vocabulary)}"


def record_label(subject: Subject, vocabulary: Vocabulary) -> str:
    """A record as a subject: "work placement on 10 January 2026 of pupil A0001"."""
    known_by = subject.id if subject.day is None else f"on {in_words(subject.day)}"
    whose = f" of pupil {subject.pupil}" if subject.pupil else ""
    return f"{counted_noun(subject.kind, (), vocabulary, 1)} {known_by}{whose}"


def because(finding: Finding) -> str:
    """Whom it is about, and why the verdict is what it is, with what nearly counted."""
    name = label(finding.subject, finding.vocabulary)
    return f"{name}: {_Account(finding).clause()} {not_counted(finding)}".rstrip()


def why(finding: Finding) -> str:
    """Why the verdict is what it is: what there was, what was owed, what can still be done."""
    clause = _Account(finding).clause()
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
    rest = f" (and {len(near) - _MOST} more)" if len(near) > _MOST else ""
    named = "; ".join(_named(miss, finding) for miss in near[:_MOST])
    return f"Not counted: {named}{rest}." if near else ""


def _named(miss: NearMiss, finding: Finding) -> str:
    record, subject = miss.record, finding.subject
    itself = (record.kind, record.id) == (subject.kind, subject.id)
    name = "this one" if itself else f"the one on {in_words(record.start)}"
    return f"{name} {near_miss_clause(miss, finding.vocabulary)}"


@attrs.frozen
class _Account:
    """What a finding found, what was owed, and when."""

    finding: Finding

    @property
    def duty(self) -> Duty:
        return self.finding.obligation.duty

    @property
    def bound(self) -> Bound:
        return self.duty.bound

    @property
    def window(self) -> Window:
        return self.finding.window

    @property
    def stands(self) -> bool:
        """Whether the duty is a state that stands, judged on the day asked about."""
        return isinstance(self.duty.schedule, Always)

    def clause(self) -> str:
        """The account, as what follows whom it is about."""
        reason, soon = self.finding.reason, self.duty.how_soon
        match reason:
            case reasons.Share():
                return self._share(reason)
            case reasons.Waived():
                return f"waived by the {reason.by} until {in_words(reason.until)}: {reason.given}."
            case reasons.NotOpen():
                start = self.window.start
                opens = f"the window opens on {in_words(start)}" if start else "it has not opened"
                return f"nothing is owed yet; {opens}."
            case reasons.Enough() | reasons.WithinLimit():
                return self._met()
            case reasons.StillOwed():
                by = self._by() or (f', "{soon}"' if soon else "")
                return f"{self._amount()} so far; {self._left()} still owed{by}."
            case reasons.TooFew() | reasons.TooMany():
                return self._missed()
            case reasons.NoNumber():
                return (
                    f"{self._amount()}. {self._vague()}, so nobody can say whether that is enough."
                )
            case reasons.FactsMissing():
                return self._unknown()
        return f"does not apply, because {outside_clause(reason, self.finding.vocabulary)}."

    def _share(self, share: reasons.Share) -> str:
        """How many have it, and how many should: "3 of 4 pupils (75%) have it; 100% is owed"."""
        finding = self.finding
        of = finding.vocabulary.kinds[self.duty.population.subject].plural
        only = "only " if finding.verdict is Verdict.MISSED else ""
        so_far = " so far" if finding.verdict in AHEAD else ""
        having = f"{only}{share.met} of {share.of} {of} ({number(finding.measured or 0)}%)"
        owed = f"{number(finding.required or 0)}% is owed"
        return f"{having} have it{so_far}; {owed}{self._by()}."

    def _by(self) -> str:
        return f" by {in_words(self.finding.due)}" if self.finding.due else ""

    def _met(self) -> str:
        finding, window = self.finding, self.window
        if isinstance(self.duty.schedule, Kept):
            until = f"until {in_words(window.end)}" if window.end else "as owed"
            return f"{self._amount()} kept so far; to be kept {until}."
        if finding.vocabulary.kinds[self.duty.records.kind].silent and finding.evidence:
            there = f"there is {a(self._noun(1))}, of {in_words(finding.evidence[-1].start)}"
            holds = isinstance(self.duty.schedule, Every) and window.end is not None
            return f"{there}; it holds until {in_words(window.end)}." if holds else f"{there}."
        if self.bound.at_most == 0:
            over = window.end is not None and window.end < finding.as_of
            return f"no {self._noun(2)} {self._when() if over else 'so far'}."
        soon = self.duty.how_soon
        said = f' The policy says "{soon}", which is not for a computer to judge.' if soon else ""
        return f"{self._amount()} {self._in_place()}; {self._owed()}.{said}"

    def _in_place(self) -> str:
        return f"in place on {in_words(self.finding.as_of)}" if self.stands else self._when()

    def _missed(self) -> str:
        last, window = self.window.end, self.window
        too_few = isinstance(self.finding.reason, reasons.TooFew)
        if too_few and not self.stands and isinstance(self.duty.schedule, Every):
            due = f"one was due by {in_words(last)}" if last else "none is recorded at all"
            return f"no {self._noun(1)} in time; {due}."
        more = ""
        if too_few and self.stands:
            more = " It can be put right at any time."
        elif too_few and last and last < self.finding.as_of and window.start:
            kept = isinstance(self.duty.schedule, Kept)
            more = "" if kept else f" The last day for it was {in_words(last)}."
        when = self._in_place() if too_few else self._when()
        return f"{self._amount()} {when}; {self._owed()}.{more}"

    def _vague(self) -> str:
        schedule = self.duty.schedule
        words = schedule.words if isinstance(schedule, Vaguely) else self.bound.vague
        return f'The policy says "{words}" and gives no number'

    def _unknown(self) -> str:
        missing, schedule = missing_facts(self.finding), self.duty.schedule
        if not isinstance(self.finding.missing[0], record_reasons.NotShown):
            return f"not known. What is missing: {'; '.join(missing)}."
        lately = f", made {self._when()}" if self.window.start or self.window.end else ""
        if isinstance(schedule, Every):
            lately = f", no more than {schedule.duration} old"
        return f"not known until there is {missing[0]}{lately}."

    def _noun(self, amount: float) -> str:
        records = self.duty.records
        return counted_noun(records.kind, records.where, self.finding.vocabulary, amount)

    def _amount(self) -> str:
        """What was found: "1 employer encounter", "12 hours of workplace experiences"."""
        measure, amount = self.duty.measure, self.finding.measured or 0
        if isinstance(measure, Total):
            return f"{number(amount)} {measure.attribute} of {self._noun(2)}"
        if isinstance(measure, Covers):
            return self._shown(measure) or f"no {self._noun(2)} of what is owed"
        few = 1 if self.stands else 2
        counted = f"{number(amount) if amount else 'no'} {self._noun(amount or few)}"
        if isinstance(measure, Distinct) and amount:
            kind = self.finding.vocabulary.kinds[self.duty.records.kind]
            same = attribute_phrases(measure.attribute, kind).likeness
            return f"{counted} (counting those {same} as one)"
        return counted

    def _shown(self, measure: Covers) -> str:
        """Records with what they cover between them: "encounters with a sixth form"."""
        lacking = uncovered(measure, self.finding.evidence)
        values = tuple(value for value in measure.values if value not in lacking)
        covers = Covers(attribute=measure.attribute, values=values)
        shown = attrs.evolve(self.duty, measure=covers, bound=Bound(at_least=len(values)))
        counted = Things.of(shown, self.finding.vocabulary)
        return f"{counted.words} {counted.description.tail}".rstrip() if values else ""

    def _owed(self) -> str:
        """What is owed: "2 were owed", "there should be none", "missing: university"."""
        measure, least, most = self.duty.measure, self.bound.at_least, self.bound.at_most
        if most == 0:
            return "there should be none"
        if isinstance(measure, Covers):
            return self._uncovered(measure)
        owed = []
        if least is not None:
            amount = f"at least {number(least)}" if most else number(least)
            owed.append(f"{amount} {'was' if least == 1 else 'were'} owed")
        if most is not None:
            owed.append(f"at most {number(most)} {'is' if most == 1 else 'are'} allowed")
        return listing(owed)

    def _uncovered(self, measure: Covers) -> str:
        wanted, lacking = self.finding.required or 0, uncovered(measure, self.finding.evidence)
        if wanted < len(measure.values):
            return f"{number(wanted)} of {len(measure.values)} were owed"
        kind = self.finding.vocabulary.kinds[self.duty.records.kind]
        values = listing(map(attribute_phrases(measure.attribute, kind).value, lacking))
        return f"missing: {values}" if lacking else "nothing is missing"

    def _left(self) -> str:
        """What is still owed: "1 more", or the values not yet covered."""
        missing, measure = missing_facts(self.finding), self.duty.measure
        if missing:
            return f"{listing(missing)} {'is' if len(missing) == 1 else 'are'}"
        more = (self.bound.at_least or 0) - (self.finding.measured or 0)
        word = " more" if self.finding.measured else ""
        unit = f" {measure.attribute}" if isinstance(measure, Total) else ""
        return f"{number(more)}{word}{unit} {'is' if more == 1 else 'are'}"

    def _when(self) -> str:
        start, end = self.window.start, self.window.end
        if start and end:
            alone = start == end
            between = f"between {in_words(start)} and {in_words(end)}"
            return f"on {in_words(start)}" if alone else between
        if end:
            return f"by {in_words(end)}"
        return f"since {in_words(start)}" if start else "on record"
