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
from careerspolicy.model.duty import Always, Every
from careerspolicy.views.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from careerspolicy.evaluation import Finding, Report
    from careerspolicy.model.facts import School


#: No holiday is longer; where the school's next dates are further off, some are missing.
_LONGEST_HOLIDAY: Final = timedelta(weeks=10)
_USUAL_DATES: Final = (
    "The facts give no term dates for now, so these are the usual ones: three terms that meet end"
    " to end, each cut in two."
)
_NO_BREAK: Final = "The facts do not say when this term's break is, so it is the whole term."


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
        """The half term in words, with its dates, and what to know if the school gave no dates."""
        dates = f"from {in_words(self.first)} to {in_words(self.last)}"
        what = f"in the {self.term} term" if self.halved else f"the {self.term} term"
        begun = self.first <= as_of
        runs = "This half term" if begun else "It is the holidays; the next half term"
        doubt = "" if self.halved else _NO_BREAK
        return f"{runs} runs {dates} ({what}). {doubt if self.own else _USUAL_DATES}".rstrip()


def half_term(school: School, as_of: date) -> HalfTerm:
    """The school's half term on a day, or the next one where the day is in a holiday.

    >>> from datetime import date
    >>> from careerspolicy.model.facts import School
    >>> oak = School(urn="1", name="Oak", trust="T", lowest_year=7, highest_year=11,
    ...              as_at=date(2026, 1, 31))
    >>> half_term(oak, date(2026, 1, 31)).last
    datetime.date(2026, 2, 15)
    """
    usual = SchoolCalendar()
    calendars = (True, school.calendar.terms), (False, usual.terms_of(usual.year_of(as_of)))
    return next(
        HalfTerm(
            first=half.start, last=half.end, term=term.name, own=own, halved=len(term.halves) > 1
        )
        for own, terms in calendars
        for term in terms
        for half in term.halves or (term.window,)
        if half.start and half.end and half.end >= as_of
        if not own or half.start <= as_of + _LONGEST_HOLIDAY
    )


def half_terms(reports: Iterable[Report]) -> Mapping[str, HalfTerm]:
    """The half term of every school of some reports, by URN."""
    return {
        school.urn: half_term(school, report.as_of)
        for report in reports
        for school in report.facts.schools
    }


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
    latest = {(finding.obligation.id, finding.subject.id): finding for finding in findings}
    late: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in latest.values():
        schedule, end = finding.obligation.duty.schedule, finding.window.end
        standing = isinstance(schedule, Always) and (end is None or end >= finding.as_of)
        if finding.verdict is Verdict.MISSED and (standing or isinstance(schedule, Every)):
            late[finding.obligation.id].append(finding)
    return late
