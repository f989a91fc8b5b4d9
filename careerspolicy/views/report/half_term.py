"""When a finding matters: its last day, its school's half term, whether it can still be put right.

A report speaks of the half term that holds its day, or of the next one in a holiday. Each school
has its own, by its own calendar.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.calendar.school_calendar import SchoolCalendar, in_words
from careerspolicy.evaluation import Verdict
from careerspolicy.evaluation.record_reasons import KindNotRecorded
from careerspolicy.model.duty import Always, Every
from careerspolicy.views.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from careerspolicy.calendar.school_calendar import Term
    from careerspolicy.evaluation import Finding, Report
    from careerspolicy.evaluation.record_reasons import Missing
    from careerspolicy.model.facts import School


#: No holiday is longer; where the school's next dates are further off, some are missing.
_LONGEST_HOLIDAY: Final = timedelta(weeks=10)


@attrs.frozen(kw_only=True)
class HalfTerm:
    """A school's half term: first and last day, its term, and how sure that is.

    `own` says that the school gave the dates; `halved` that they say where the term breaks, without
    which the whole term stands for the half.
    """

    first: date
    last: date
    term: str
    own: bool
    halved: bool

    def told(self, as_of: date) -> str:
        """The half term in words, with its dates."""
        dates = f"from {in_words(self.first)} to {in_words(self.last)}"
        what = f"in the {self.term} term" if self.halved else f"the {self.term} term"
        if self.first <= as_of:
            return f"This half term runs {dates} ({what})."
        return f"It is the holidays; the next half term runs {dates} ({what})."

    @property
    def doubt(self) -> str:
        """What a reader should know of how the dates came about; empty if the school gave them."""
        if not self.own:
            return (
                "The facts give no term dates for now, so these are the usual ones: three terms"
                " that meet end to end, each cut in two."
            )
        if not self.halved:
            return "The facts do not say when this term's break is, so it is the whole term."
        return ""


def half_term(school: School, as_of: date) -> HalfTerm:
    """The school's half term on a day, or the next one where the day is in a holiday.

    >>> from datetime import date
    >>> from careerspolicy.model.facts import School
    >>> oak = School(urn="1", name="Oak", trust="T", lowest_year=7, highest_year=11,
    ...              as_at=date(2026, 1, 31))
    >>> half_term(oak, date(2026, 1, 31)).last
    datetime.date(2026, 2, 15)
    """
    own = _halves(school.calendar.terms, as_of)
    found = next((one for one in own if one.first <= as_of + _LONGEST_HOLIDAY), None)
    return attrs.evolve(found, own=True) if found else next(_halves(_usual_terms(as_of), as_of))


def half_terms(reports: Iterable[Report]) -> Mapping[str, HalfTerm]:
    """The half term of every school of some reports, by URN."""
    return {
        school.urn: half_term(school, report.as_of)
        for report in reports
        for school in report.facts.schools
    }


def is_due_within(finding: Finding, terms: Mapping[str, HalfTerm]) -> bool:
    """Whether a finding's last day comes by the end of its school's half term.

    What a trust owes goes by the last of its schools to end.
    """
    if finding.due is None:
        return False
    own = terms.get(finding.subject.school)
    return finding.due <= (own.last if own else max(one.last for one in terms.values()))


def _halves(terms: Iterable[Term], as_of: date) -> Iterator[HalfTerm]:
    """The half terms, in order, that end on a day or later."""
    for term in terms:
        for half in term.halves or (term.window,):
            if half.start and half.end and half.end >= as_of:
                yield HalfTerm(
                    first=half.start,
                    last=half.end,
                    term=term.name,
                    own=False,
                    halved=len(term.halves) > 1,
                )


def _usual_terms(as_of: date) -> Iterator[Term]:
    calendar = SchoolCalendar()
    return iter(calendar.terms_of(calendar.year_of(as_of)))


def subjects_of(findings: Sequence[Finding]) -> str:
    """Whom or what findings on one obligation are about, counted: "34 pupils"."""
    first = findings[0]
    kind = first.vocabulary.kinds[first.subject.kind]
    return counted(len({one.subject.id for one in findings}), kind.singular, kind.plural)


def last_day(finding: Finding) -> date | None:
    """The day that matters: by when it is due, or by when it was, if it is over."""
    if finding.verdict is Verdict.DUE:
        return finding.due
    if finding.verdict is not Verdict.MISSED:
        return None
    end = finding.window.end
    return end if end is not None and end <= finding.as_of else None


def overdue(findings: Iterable[Finding]) -> Mapping[str, Sequence[Finding]]:
    """What was missed and can still be put right, by obligation.

    These are standing duties, and the latest of a cadence; a window of a pupil's life that has
    closed cannot be opened again.
    """
    latest = {(one.obligation.id, one.subject.id): one for one in findings}
    late: defaultdict[str, list[Finding]] = defaultdict(list)
    for one in latest.values():
        if one.verdict is Verdict.MISSED and _can_be_put_right(one):
            late[one.obligation.id].append(one)
    return late


def not_recorded(findings: Iterable[Finding]) -> Sequence[tuple[Missing, Sequence[Finding]]]:
    """The facts whose absence leaves findings unknown, those that most wait for first.

    Records of earlier days are left out: what can be recorded now comes first.
    """
    waiting: defaultdict[Missing, list[Finding]] = defaultdict(list)
    for one in findings:
        for fact in dict.fromkeys(one.missing if one.verdict is Verdict.UNKNOWN else ()):
            if not _is_bygone(fact):
                waiting[fact].append(one)
    return sorted(waiting.items(), key=lambda told: -len(told[1]))


def _is_bygone(fact: Missing) -> bool:
    """Whether a fact is of days for which nobody kept records."""
    return isinstance(fact, KindNotRecorded) and fact.before is not None


def _can_be_put_right(finding: Finding) -> bool:
    schedule, end = finding.obligation.duty.schedule, finding.window.end
    standing = isinstance(schedule, Always) and (end is None or end >= finding.as_of)
    return standing or isinstance(schedule, Every)
