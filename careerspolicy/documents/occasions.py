"""Whether the occasions that a school names for a key phase are what section 42B asks for.

Two occasions at least, in the phase's window; and, in the first and second phases, not all with an
identical provider or group of providers (section 42B(2A)(a)).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.documents.key_phases import LAST_DAY, OCCASIONS

if TYPE_CHECKING:
    from careerspolicy.documents.key_phases import KeyPhase
    from careerspolicy.documents.school_file import Event, SchoolFile

_NUMBERS: Final = ("no occasion", "only one occasion")


def shortfall(school: SchoolFile, phase: KeyPhase, year: int) -> str:
    """What the named occasions of a phase fall short of, in words; empty if nothing.

    `year` is that in which the statement's school year began. A phase whose occasions are not named
    one by one falls short of nothing.
    """
    plan = school.phases.get(phase.name)
    if plan is None or not plan.occasions:
        return ""
    counting = [one for one in plan.occasions if _counts(one, school, phase, year)]
    if len(counting) < OCCASIONS:
        outside = len(plan.occasions) - len(counting)
        late = f", since others fall after {LAST_DAY}" if outside else ""
        named = _NUMBERS[len(counting)]
        return f"{named} is named{late}; section 42B(1A) asks for two"
    if phase.mandatory and _all_alike(counting):
        return (
            "every occasion names the same providers; section 42B(2A)(a) asks for another provider "
            "or group of providers on at least one"
        )
    return ""


def outside_window(event: Event, school: SchoolFile, phase: KeyPhase, year: int) -> str:
    """Why an occasion can't count for its phase; empty if it can, as far as is said."""
    if not event.year:
        return ""
    if event.term and not phase.holds(event.year, event.term):
        return f"the summer term of Year {event.year} lies after {LAST_DAY}"
    window = phase.window(event.year, year, school.calendar)
    this_year = school.calendar.school_year(year)
    if event.day and this_year.holds(event.day.first) and not window.holds(event.day.first):
        assert window.end  # noqa: S101 - every phase ends
        return f"it comes after {in_words(window.end)}"
    return ""


def _counts(event: Event, school: SchoolFile, phase: KeyPhase, year: int) -> bool:
    return not outside_window(event, school, phase, year)


def _all_alike(events: list[Event]) -> bool:
    """Whether each names providers, and the very same ones."""
    groups = {frozenset(name.casefold() for name in event.providers) for event in events}
    return len(groups) == 1 and frozenset() not in groups
