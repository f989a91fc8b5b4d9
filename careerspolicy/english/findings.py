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
from careerspolicy.evaluation.verdicts import uncovered
from careerspolicy.evaluation.windows import begun_by
from careerspolicy.model.duty import Bound, Covers, Distinct, Total
from careerspolicy.model.schedule import Always, Each, Every, Kept, Vaguely
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from careerspolicy.evaluation.findings import Finding, NearMiss, Subject
    from careerspolicy.model.duty import Amount, Duty
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
    return f"{label(finding.subject, finding.vocabulary)}: {account(finding)}"


def account(finding: Finding) -> str:
    """The same, as what follows whom it is about."""
    return f"{_Account(finding).clause()} {not_counted(finding)}".rstrip()


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
    days = [miss.record.start for miss in near]
    named = "; ".join(
        _named(miss, finding, days[:at].count(miss.record.start), days.count(miss.record.start))
        for at, miss in enumerate(near[:_MOST])
    )
    return f"Not counted: {named}{rest}." if near else ""


def _named(miss: NearMiss, finding: Finding, before: int, of_day: int) -> str:
    """A record with why it did not count; of several of a day, one and then another."""
    record, subject = miss.record, finding.subject
    itself = (record.kind, record.id) == (subject.kind, subject.id)
    which = "another" if before else "the one" if of_day == 1 else "one"
    name = "this one" if itself else f"{which} on {in_words(record.start)}"
    return f"{name} {near_miss_clause(miss, finding.vocabulary)}"


@attrs.frozen
class _Account:
    """What a finding found, what was owed, and when."""

    finding: Finding

    @property
    def duty(self) -> Duty:
        return self.finding.obligation.duty

    def clause(self) -> str:
        """The account, as what follows whom it is about."""
        reason, finding, schedule = self.finding.reason, self.finding, self.duty.schedule
        match reason:
            case reasons.Share():
                return self._share(reason)
            case reasons.Waived():
                return f"waived by the {reason.by} until {in_words(reason.until)}: {reason.given}."
            case reasons.NotOpen():
                return self._upcoming()
            case reasons.Enough() | reasons.WithinLimit():
                return self._met()
            case reasons.StillOwed():
                soon = f', "{self.duty.how_soon}"' if self.duty.how_soon else ""
                by = f" by {in_words(finding.due)}" if finding.due else soon
                return f"{self._amount()} {self._so_far()}; {self._left()} still owed{by}."
            case reasons.TooFew():
                return self._missed()
            case reasons.TooMany():
                return f"{self._amount()}{self._broken()}; {self._owed()}."
            case reasons.NoNumber():
                words = schedule.words if isinstance(schedule, Vaguely) else self.duty.bound.vague
                vague = f'The policy says "{words}" and gives no number'
                return f"{self._amount()}. {vague}, so nobody can say whether that is enough."
            case reasons.FactsMissing():
                return self._unknown()
        return self._outside(reason)

    def _share(self, share: reasons.Share) -> str:
        """How many have it, and how many should: "3 of 4 pupils (75%) have it; 100% is owed"."""
        finding = self.finding
        of = finding.vocabulary.kinds[self.duty.population.subject].plural
        only = "only " if finding.verdict is Verdict.MISSED else ""
        so_far = " so far" if finding.verdict in AHEAD else ""
        by = f" by {in_words(finding.due)}" if finding.due else ""
        having = f"{only}{share.met} of {share.of} {of} ({number(finding.measured or 0)}%)"
        return f"{having} have it{so_far}; {number(finding.required or 0)}% is owed{by}."

    def _met(self) -> str:
        finding, end, schedule = self.finding, self.finding.window.end, self.duty.schedule
        if isinstance(schedule, Kept) and end:
            so_far = "" if self._over() else "so far; to be kept "
            return f"{self._amount()} kept {so_far}until {in_words(end)}."
        if finding.vocabulary.kinds[self.duty.records.kind].silent and finding.evidence:
            there = f"there is {a(self._noun(1))}, of {in_words(finding.evidence[-1].start)}"
            holds = f"; it holds until {in_words(end)}" if end else ""
            return f"{there}{holds if isinstance(schedule, Every) else ''}."
        if self.duty.bound.at_most == 0:
            return f"no {self._noun(2)} {self._when() if self._over() else 'so far'}."
        soon = self.duty.how_soon
        quoted = f' The policy says "{soon}", which is not for a computer to judge.' if soon else ""
        limit = isinstance(finding.reason, reasons.WithinLimit)
        over = self._over() or not limit
        when = self._standing() or (self._when() if over else self._so_far())
        return f"{self._amount()} {when}; {self._owed()}.{quoted}"

    def _upcoming(self) -> str:
        start = self.finding.window.start
        opens = f"the window opens on {in_words(start)}" if start else "it has not opened"
        return f"{self._not_yet()}; {opens}."

    def _not_yet(self) -> str:
        """What is not so yet: something owed, or a limit where that is all there is."""
        return f"{'no limit runs' if self.duty.bound.only_limits else 'nothing is owed'} yet"

    def _outside(self, reason: reasons.Outside) -> str:
        if self.finding.verdict is Verdict.UPCOMING and isinstance(reason, reasons.NotYetOnRoll):
            return f"{self._not_yet()}; the pupil joins on {in_words(reason.on)}."
        return f"does not apply, because {outside_clause(reason, self.finding.vocabulary)}."

    def _missed(self) -> str:
        last, schedule = self.finding.window.end, self.duty.schedule
        if standing := self._standing():
            can = "" if self._over() else " It can be put right at any time."
            return f"{self._amount()} {standing}; {self._owed()}.{can}"
        if isinstance(schedule, Every):
            due = f"one was due by {in_words(last)}" if last else "none is recorded at all"
            return f"no {self._noun(1)} in time; {due}."
        if isinstance(schedule, Kept) and last and (first := begun_by(self.finding.window)):
            kept = f"begun by {in_words(first)} and lasting until {in_words(last)}"
            return f"{self._amount()} {kept}; {self._owed()}."
        told = self.finding.window.start is None or not self._over()
        ended = "" if told or last is None else f" The last day for it was {in_words(last)}."
        return f"{self._amount()} {self._when()}; {self._owed()}.{ended}"

    def _unknown(self) -> str:
        missing, schedule = missing_facts(self.finding), self.duty.schedule
        if not isinstance(self.finding.missing[0], record_reasons.NotShown):
            return f"not known. What is missing: {'; '.join(missing)}."
        bounded = self.finding.window.start or self.finding.window.end
        lately = f", made {self._when()}" if bounded else ""
        if isinstance(schedule, Every):
            lately = f", no more than {schedule.duration} old"
        return f"not known until there is {missing[0]}{lately}."

    def _noun(self, amount: Amount) -> str:
        records = self.duty.records
        return counted_noun(records.kind, records.where, self.finding.vocabulary, amount)

    def _amount(self) -> str:
        """What was found: "1 employer encounter", "12 hours of workplace experiences"."""
        measure, amount = self.duty.measure, self.finding.measured or 0
        if isinstance(measure, Total):
            return f"{number(amount)} {measure.attribute} of {self._noun(2)}"
        if isinstance(measure, Covers):
            return self._shown(measure) or f"no {self._noun(2)} with what is owed"
        few = 1 if self._standing() else 2
        counted = f"{number(amount) if amount else 'no'} {self._noun(amount or few)}"
        if isinstance(measure, Distinct) and amount:
            kind = self.finding.vocabulary.kinds[self.duty.records.kind]
            same = " the same ".join(attribute_phrases(measure.attribute, kind).likeness)
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
        measure, bound = self.duty.measure, self.duty.bound
        least, most, required = bound.at_least, bound.at_most, self.finding.required or 0
        if most == 0:
            return "there should be none"
        if isinstance(measure, Covers):
            lacking = uncovered(measure, self.finding.evidence)
            if required < len(measure.values):
                return f"{number(required)} of {len(measure.values)} were owed"
            kind = self.finding.vocabulary.kinds[self.duty.records.kind]
            values = listing(map(attribute_phrases(measure.attribute, kind).value, lacking))
            return f"missing: {values}" if lacking else "nothing is missing"
        owed = []
        if least is not None:
            amount = f"at least {number(least)}" if most else number(least)
            owed.append(f"{amount} {'was' if least == 1 else 'were'} owed")
        if most is not None:
            owed.append(f"at most {number(most)} {'is' if most == 1 else 'are'} allowed")
        return listing(owed)

    def _left(self) -> str:
        """What is still owed: "1 more", or the values not yet covered."""
        missing, measure = missing_facts(self.finding), self.duty.measure
        if missing:
            return f"{listing(missing)} {'is' if len(missing) == 1 else 'are'}"
        more = (self.duty.bound.least or 0) - (self.finding.measured or 0)
        word = " more" if self.finding.measured else ""
        unit = f" {measure.attribute}" if isinstance(measure, Total) else ""
        return f"{number(more)}{word}{unit} {'is' if more == 1 else 'are'}"

    def _standing(self) -> str:
        """The day that a state which stands is judged on; empty of anything else."""
        as_of, end = self.finding.as_of, self.finding.window.end
        day = in_words(as_of if end is None else min(as_of, end))
        return f"in place on {day}" if isinstance(self.duty.schedule, Always) else ""

    def _over(self) -> bool:
        """Whether the window has closed."""
        end = self.finding.window.end
        return end is not None and end < self.finding.as_of

    def _so_far(self) -> str:
        """In the window to this day; of one of several windows, since it opened."""
        start = self.finding.window.start
        recurs = isinstance(self.duty.schedule, (Each, Every))
        return f"since {in_words(start)}" if recurs and start else "so far"

    def _broken(self) -> str:
        """When it was too many: the time of a limit, or the day of what should not be."""
        days = sorted({record.start for record in self.finding.evidence})
        if self.duty.bound.at_most != 0 or not days:
            return f" {self._when()}"
        return f"{' on' if len(days) == 1 else ', first on'} {in_words(days[0])}"

    def _when(self) -> str:
        start, end = self.finding.window.start, self.finding.window.end
        if start and end:
            between = f"between {in_words(start)} and {in_words(end)}"
            return f"on {in_words(start)}" if start == end else between
        if end:
            return f"by {in_words(end)}"
        return f"since {in_words(start)}" if start else "on record"
