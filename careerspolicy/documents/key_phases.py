"""The key phases in which the law asks for encounters with providers, as far as a school has them.

Read off the law's own duties: those that add up to the provider encounters in all. In the first two
each pupil takes part; in the third the school offers. Whether the occasions that a school names for
one are as many as the law asks, and vary: what falls short is a value, whose sentence is for
readers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import attrs

from careerspolicy.calendar.school_calendar import MonthDay, SchoolCalendar, Window, in_words
from careerspolicy.comparison.law import span, sums
from careerspolicy.english.citations import sections_cited
from careerspolicy.english.wording import number_in_words
from careerspolicy.model.duty import Distinct
from careerspolicy.model.schedule import Once, YearPoint

if TYPE_CHECKING:
    from datetime import date

    from careerspolicy.documents.contents import Known
    from careerspolicy.documents.school_file import Event
    from careerspolicy.model.policy import Obligation, Policy


Name: TypeAlias = Literal["first", "second", "third"]

_IN_ALL = "provider-encounters-total"
_ACCESS = "provider-access"


@attrs.frozen(kw_only=True)
class KeyPhase:
    """A key phase at a school that teaches at least one of its year groups.

    `years` are those of it that the school teaches: a middle school that ends with Year 8 has the
    first year of a phase of Years 8 and 9 only, and a school that begins with Year 9 the second.
    `duty` is what the law lays down for it.
    """

    name: Name
    years: tuple[int, ...]
    duty: Obligation = attrs.field(repr=False)

    @property
    def mandatory(self) -> bool:
        """Whether every pupil must take part, and it is not enough that the school offers."""
        return not self.duty.duty.records.offered

    @property
    def varied(self) -> bool:
        """Whether its occasions may not all be with the same providers."""
        return isinstance(self.duty.duty.measure, Distinct)

    @property
    def occasions(self) -> int:
        """The least number of occasions."""
        return int(self.duty.duty.bound.at_least or 0)

    @property
    def place(self) -> str:
        """Where the law asks for them: "section 42B(1A)"."""
        return sections_cited(self.duty.source[:1])

    @property
    def whole(self) -> tuple[int, int]:
        """The first and last year group of the phase, whether the school teaches them or not."""
        years = span(self.duty)
        assert years  # noqa: S101 - as every duty that adds up
        return years

    @property
    def begins_here(self) -> bool:
        """Whether the school teaches the phase's first year."""
        return self.years[0] == self.whole[0]

    @property
    def ends_here(self) -> bool:
        """Whether pupils are still at the school on the phase's last day."""
        return self.years[-1] == self.whole[1]

    @property
    def last_day(self) -> MonthDay | None:
        """The day of its last year on which it closes; None where it is that year's last."""
        schedule = self.duty.duty.schedule
        end = schedule.end if isinstance(schedule, Once) else None
        return end.day if isinstance(end, YearPoint) else None

    def window(self, year_group: int, year: int, calendar: SchoolCalendar) -> Window:
        """The phase for pupils who are in a year group of it in the school year begun in `year`.

        Only the part at this school: a middle school's own window ends with its last year.
        """
        opened = year - (year_group - self.years[0])
        last = calendar.school_year(opened + len(self.years) - 1)
        start = calendar.school_year(opened).start
        if self.last_day is None or not self.ends_here:
            return Window(start, last.end)
        assert last.start and last.end  # noqa: S101 - a school year has both ends
        this, following = self.last_day.on(last.start.year), self.last_day.on(last.end.year)
        return Window(start, this if last.holds(this) else following)


def key_phases(law: Policy, lowest_year: int, highest_year: int) -> tuple[KeyPhase, ...]:
    """The key phases that a law has for a school which teaches these year groups, first to last.

    >>> from careerspolicy.comparison.law import english_law
    >>> [phase.name for phase in key_phases(english_law(), 7, 11)]
    ['first', 'second']
    >>> [phase.years for phase in key_phases(english_law(), 5, 8)]
    [(8,)]
    """
    taught = range(lowest_year, highest_year + 1)
    phases = []
    for name, duty in zip(get_args(Name), sums(law).get(_IN_ALL, ()), strict=False):
        first, last = span(duty) or (0, -1)
        if years := tuple(year for year in range(first, last + 1) if year in taught):
            phases.append(KeyPhase(name=name, years=years, duty=duty))
    return tuple(phases)


def relevant_years(law: Policy) -> range:
    """The year groups to whose pupils the law gives providers access."""
    spans = [span(duty) for duty in law.obligations if duty.topic == _ACCESS]
    years = [year for years_of_duty in spans if years_of_duty for year in years_of_duty]
    return range(min(years), max(years) + 1) if years else range(0)


@attrs.frozen
class TooFew:
    """Fewer occasions than the law asks for; `late` are those that come after the phase closes."""

    phase: KeyPhase
    counting: int
    late: int

    def __str__(self) -> str:
        several = self.counting > 1
        occasions = f"{number_in_words(self.counting)} occasion{'s' if several else ''}"
        named = f"only {occasions} {'are' if several else 'is'} named"
        late = f", since others fall after {self.phase.last_day}" if self.late else ""
        asked = f"{self.phase.place} asks for {number_in_words(self.phase.occasions)}"
        return f"{named if self.counting else 'no occasion is named'}{late}; {asked}"


@attrs.frozen
class SameProviders:
    """Every occasion names the same providers."""

    def __str__(self) -> str:
        return (
            "every occasion names the same providers; the law asks for another provider or group "
            "of providers on at least one"
        )


@attrs.frozen
class Late:
    """An occasion that comes after its key phase closes, by its day or its whole term."""

    event: Event
    phase: KeyPhase
    closes: date

    def __str__(self) -> str:
        if self.event.day:
            return f"it comes after {in_words(self.closes)}"
        return (
            f"the {self.event.term} term of Year {self.event.year} lies after {self.phase.last_day}"
        )


def shortfall(known: Known, phase: KeyPhase) -> TooFew | SameProviders | None:
    """What the named occasions of a phase fall short of, if anything.

    A phase whose occasions are not named one by one falls short of nothing.
    """
    plan = known.school.phases.get(phase.name)
    if plan is None or not plan.occasions:
        return None
    counting = [event for event in plan.occasions if lateness(event, known, phase) is None]
    if len(counting) < phase.occasions:
        return TooFew(phase, len(counting), len(plan.occasions) - len(counting))
    groups = {frozenset(name.casefold() for name in event.providers) for event in counting}
    if phase.varied and len(groups) == 1 and frozenset() not in groups:
        return SameProviders()
    return None


def lateness(event: Event, known: Known, phase: KeyPhase) -> Late | None:
    """That an occasion can't count for its phase; None if it can, as far as is said."""
    if not event.year:
        return None
    calendar = known.school.calendar
    closes = phase.window(event.year, known.year, calendar).end
    assert closes  # noqa: S101 - every phase ends
    terms = [term for term in calendar.terms_of(known.year) if term.name == event.term]
    begins = [term.window.start for term in terms if term.window.start]
    outside = any(start > closes for start in begins)
    day = event.day.first if event.day else None
    if day and calendar.school_year(known.year).holds(day):
        outside = outside or day > closes
    return Late(event, phase, closes) if outside else None


def may_be_late(event: Event, known: Known, phase: KeyPhase) -> bool:
    """Whether a phase closes in the middle of the term that is all that is said of an occasion."""
    if event.day or not event.year:
        return False
    calendar = known.school.calendar
    closes = phase.window(event.year, known.year, calendar).end
    return any(
        closes is not None and term.window.holds(closes) and term.window.end != closes
        for term in calendar.terms_of(known.year)
        if term.name == event.term
    )
