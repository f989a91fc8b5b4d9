"""Whether the occasions that a school names for a key phase are as many as the law asks, and vary.

What falls short is a value, whose sentence is for readers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.english.wording import number_in_words
from careerspolicy.vocabulary.names import identity

if TYPE_CHECKING:
    from datetime import date

    from careerspolicy.documents.contents import Known
    from careerspolicy.documents.key_phases import KeyPhase
    from careerspolicy.documents.school_file import Event


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
    groups = {frozenset(map(identity, event.providers)) for event in counting}
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
