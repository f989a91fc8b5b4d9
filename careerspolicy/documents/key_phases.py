"""The three key phases of section 42B of the Education Act 1997, as far as one school has them.

Pure law, before `school_file`. Section 42B(9A) sets the windows by the age that most of a class
reaches: 13 in Year 8, 15 in Year 10, 17 in Year 12; each runs on to 28 February of the next school
year. Section 42B(2A)(a) tests the first two pupil by pupil; in the third the school must offer.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import attrs

from careerspolicy.calendar.school_calendar import MonthDay, SchoolCalendar, Window

Name: TypeAlias = Literal["first", "second", "third"]

#: The last day of every key phase; 29 February lies outside.
LAST_DAY: Final = MonthDay(2, 28)
#: Access is given at least this often in every key phase: section 42B(1A).
OCCASIONS: Final = 2

_OPENS: Final[dict[Name, int]] = {"first": 8, "second": 10, "third": 12}


@attrs.frozen(kw_only=True)
class KeyPhase:
    """A key phase at a school that teaches at least one of its two year groups.

    `years` are those of the two that it teaches. A middle school that ends with Year 8 has the
    first year of the first phase only; a school that begins with Year 9 has the second only.
    """

    name: Name
    years: tuple[int, ...]

    @property
    def mandatory(self) -> bool:
        """Whether every pupil must take part: in the first and second, section 42B(2A)(a)."""
        return self.name != "third"

    @property
    def begins_here(self) -> bool:
        """Whether the school teaches the phase's first year."""
        return self.years[0] == _OPENS[self.name]

    @property
    def ends_here(self) -> bool:
        """Whether pupils are still at the school on the phase's 28 February."""
        return self.years[-1] == _OPENS[self.name] + 1

    def window(self, year_group: int, year: int, calendar: SchoolCalendar) -> Window:
        """The phase for pupils who are in a year group of it in the school year begun in `year`.

        Only the part at this school: a middle school's own window ends with its last year.

        >>> KeyPhase(name="first", years=(8, 9)).window(8, 2026, SchoolCalendar()).end
        datetime.date(2028, 2, 28)
        >>> KeyPhase(name="first", years=(8,)).window(8, 2026, SchoolCalendar()).end
        datetime.date(2027, 8, 31)
        """
        opened = year - (year_group - self.years[0])
        closing = opened + len(self.years) - 1
        start, end = calendar.school_year(opened).start, calendar.school_year(closing).end
        return Window(start, LAST_DAY.on(closing + 1) if self.ends_here else end)

    def holds(self, year_group: int, term: str) -> bool:
        """Whether an occasion in that year group and term can lie in the phase.

        The summer term of Years 9, 11 and 13 lies after 28 February.
        """
        return year_group in self.years and not (
            year_group == _OPENS[self.name] + 1 and term == "summer"
        )

    def closes_in(self, year_group: int, term: str) -> bool:
        """Whether the phase ends in the middle of a term: the spring term of its second year."""
        return year_group == _OPENS[self.name] + 1 and term == "spring"


def key_phases(lowest_year: int, highest_year: int) -> tuple[KeyPhase, ...]:
    """The key phases that a school has which teaches these year groups, first to last.

    >>> [one.name for one in key_phases(7, 11)]
    ['first', 'second']
    >>> key_phases(5, 8)
    (KeyPhase(name='first', years=(8,)),)
    >>> key_phases(3, 6)
    ()
    """
    found = []
    for name, opens in _OPENS.items():
        years = tuple(year for year in (opens, opens + 1) if lowest_year <= year <= highest_year)
        if years:
            found.append(KeyPhase(name=name, years=years))
    return tuple(found)
