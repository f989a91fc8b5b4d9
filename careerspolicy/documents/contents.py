"""What a provider access statement may hold, whether a school has said it, and enough of it.

The catalogue stands in `contents.yaml` beside this module. Of the occasions that a school names for
a key phase: whether they are as many as the law asks, and vary; what falls short is a value, whose
sentence is for readers. Before `requirements`, which says who asks for each.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.documents.key_phases import KeyPhase, key_phases
from careerspolicy.documents.recorded import Recorded
from careerspolicy.documents.school_file import Binding, Event, OwnSection, SchoolFile
from careerspolicy.english.wording import number_in_words
from careerspolicy.plain.yaml_tree import read_plain
from careerspolicy.vocabulary.names import identity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from careerspolicy.model.policy import Policy


@attrs.frozen(kw_only=True)
class Content:
    """One content: its key, its name, where it goes in a school file, and what policies call it."""

    key: str
    name: str
    where: str
    words: tuple[str, ...] = attrs.field(default=(), converter=tuple)


#: What policies call the plans of the key phases, which are as many as a school has.
PHASES_IN_POLICIES: Final = "how the encounters are provided"


@lru_cache(maxsize=1)
def contents() -> Mapping[str, Content]:
    """Every content but the plans of the key phases, by its key."""
    data = files("careerspolicy.documents").joinpath("contents.yaml").read_bytes()
    tree = read_plain(data, "contents.yaml")
    return MappingProxyType({key: Content(key=key, **slots) for key, slots in tree.items()})


@attrs.frozen(kw_only=True, slots=False)
class Known:
    """All that a statement is made from: the school's file, its records, the law, and the time.

    `year` is the calendar year in which the school year of the statement began, and `law` the law
    in force when that year ends. `recorded` is None where no facts were given.
    """

    school: SchoolFile
    law: Policy = attrs.field(repr=False)
    year: int
    as_of: date
    recorded: Recorded | None = None

    @cached_property
    def key_phases(self) -> tuple[KeyPhase, ...]:
        """The key phases that the law has for the school."""
        return key_phases(self.law, self.school.lowest_year, self.school.highest_year)

    @property
    def binding(self) -> Binding:
        """Whether the law binds it: by the sort of school it is, and the years it teaches."""
        return Binding.OUTSIDE if not self.key_phases else self.school.binding

    def holds(self, key: str) -> bool:
        """Whether anything is said of a content."""
        school, recorded = self.school, self.recorded or Recorded()
        special = {
            "requests": school.requests.how or school.requests.form,
            "premises": school.premises or school.facilities,
            "previous_providers": (
                school.previous_providers or school.previous_providers_text or recorded.providers
            ),
            "destinations": school.destinations or recorded.destinations,
            "email": any(contact.email for contact in school.contacts),
            "phone": any(contact.phone for contact in school.contacts),
            "next_review": school.approval.next_review,
            "since": school.published and school.published.since,
        }
        return bool(special[key] if key in special else getattr(school, key))


def own_section(school: SchoolFile, content: str) -> OwnSection | None:
    """The school's own section that is there to hold a content, or None."""
    return next((section for section in school.sections if section.holds == content), None)


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
