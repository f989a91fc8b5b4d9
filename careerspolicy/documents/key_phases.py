"""The key phases in which the law asks for encounters with providers, as far as a school has them.

Read off the law's own duties: those of an Act that add up. In the first two each pupil takes part;
in the third the school offers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import attrs

from careerspolicy.calendar.school_calendar import MonthDay, SchoolCalendar, Window
from careerspolicy.comparison.law import span, statutory, sums
from careerspolicy.english.citations import sections_cited
from careerspolicy.model.duty import Distinct
from careerspolicy.model.schedule import Once, YearPoint

if TYPE_CHECKING:
    from careerspolicy.model.policy import Obligation, Policy

Name: TypeAlias = Literal["first", "second", "third"]


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
    for name, duty in zip(get_args(Name), _duties(law), strict=False):
        first, last = span(duty) or (0, -1)
        if years := tuple(year for year in range(first, last + 1) if year in taught):
            phases.append(KeyPhase(name=name, years=years, duty=duty))
    return tuple(phases)


def relevant_years(law: Policy) -> range:
    """The year groups whose pupils an Act has meet providers, in a phase or beside them."""
    kinds = {duty.duty.records.kind for duty in _duties(law)}
    duties = (duty for duty in law.obligations if duty.duty.records.kind in kinds)
    years = [year for duty in duties if statutory(duty) for year in span(duty) or ()]
    return range(min(years), max(years) + 1) if years else range(0)


def _duties(law: Policy) -> tuple[Obligation, ...]:
    """What an Act asks in each phase: the duties of it that add up."""
    return next((parts for parts in sums(law).values() if all(map(statutory, parts))), ())
