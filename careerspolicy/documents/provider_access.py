"""A provider access statement as values: every part that it holds, and the gaps in it.

Made from a school file, the trust's policy and the school's records; `views.provider_access`
words it. Section 42B of the Education Act 1997 decides its phases and windows.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from careerspolicy.comparison.law import english_law, statutory
from careerspolicy.documents.advice import Advice, advice
from careerspolicy.documents.contents import Known
from careerspolicy.documents.key_phases import KeyPhase, relevant_years
from careerspolicy.documents.recorded import Recorded, recorded
from careerspolicy.documents.requirements import Requirement, requirements
from careerspolicy.documents.school_file import TERMS, Binding, Opportunity, PhasePlan
from careerspolicy.model.duty import Covers
from careerspolicy.suppression import USUAL_THRESHOLD

if TYPE_CHECKING:
    from datetime import date

    from careerspolicy.calendar.school_calendar import Window
    from careerspolicy.documents.school_file import OwnSection, SchoolFile
    from careerspolicy.model.facts import Facts
    from careerspolicy.model.policy import Policy


@attrs.frozen(kw_only=True)
class PhasePart:
    """One key phase in one school year: its window for each year group, and the school's plan."""

    phase: KeyPhase
    windows: tuple[tuple[int, Window], ...]
    plan: PhasePlan


@attrs.frozen(kw_only=True)
class Statement:
    """A provider access statement for one school year, and what is still missing in it.

    `draft` says that its gaps are marked in it. Counts of pupils from 1 to `threshold - 1` are
    hidden.
    """

    known: Known
    policy: Policy | None
    requirements: tuple[Requirement, ...]
    advice: tuple[Advice, ...]
    draft: bool
    threshold: int

    @property
    def school(self) -> SchoolFile:
        """The school whose statement it is."""
        return self.known.school

    @property
    def recorded(self) -> Recorded | None:
        """What the records say; None where none were given."""
        return self.known.recorded

    @property
    def year_label(self) -> str:
        """The school year as people write it: 2026/27."""
        return year_label(self.known.year)

    @property
    def binds(self) -> bool:
        """Whether a statutory content that is lacking is a fault: not where no law asks for it."""
        return self.known.binding is not Binding.OUTSIDE

    @property
    def lacking_by_law(self) -> tuple[Requirement, ...]:
        """The statutory contents that it lacks; none where the law does not bind the school."""
        return tuple(one for one in self._lacking if one.statutory and self.binds)

    @property
    def lacking_by_policy(self) -> tuple[Requirement, ...]:
        """The contents that only the trust's policy asks for and that it lacks."""
        return tuple(requirement for requirement in self._lacking if not requirement.statutory)

    @cached_property
    def gaps(self) -> dict[str, Requirement]:
        """By key, the contents to be marked as still to be written: in a draft only."""
        return {requirement.key: requirement for requirement in self._lacking} if self.draft else {}

    @property
    def years(self) -> tuple[int, ...]:
        """The year groups that the law is about and the school teaches."""
        return tuple(year for year in self.relevant_years if year in self.school.years)

    @property
    def relevant_years(self) -> range:
        """The year groups to whose pupils the law gives providers access."""
        return relevant_years(self.known.law)

    @property
    def encounter_contents(self) -> tuple[str, ...]:
        """What the law has each provider tell of, in the words of its file."""
        listed = (duty.duty.measure for duty in self.known.law.obligations if statutory(duty))
        return tuple(
            content
            for measure in listed
            if isinstance(measure, Covers) and measure.attribute == "encounter_contents"
            for content in measure.values
        )

    @property
    def phases(self) -> tuple[PhasePart, ...]:
        """The key phases that the school has."""
        year, calendar = self.known.year, self.school.calendar
        return tuple(
            PhasePart(
                phase=phase,
                windows=tuple(
                    (group, phase.window(group, year, calendar)) for group in phase.years
                ),
                plan=self.school.phases.get(phase.name, PhasePlan()),
            )
            for phase in self.known.key_phases
        )

    @property
    def opportunities(self) -> tuple[Opportunity, ...]:
        """The rows of the table: the school's, and an empty one for a year group without any.

        By year group; a row for all years stands last. None where the school has written none.
        """
        rows = self.school.opportunities
        if not rows:
            return ()
        covered = {year for row in rows for year in row.years}
        nothing: dict[str, tuple[()]] = dict.fromkeys(TERMS, ())
        empty = (
            Opportunity(label=f"Year {year}", years=(year,), events=nothing)
            for year in self.years
            if year not in covered
        )
        return tuple(sorted((*rows, *empty), key=lambda row: row.years or (99,)))

    @property
    def terms(self) -> tuple[str, ...]:
        """The columns of that table: the three terms, and a fourth for what is on all year.

        That one alone where nothing is said of any term.
        """
        rows = self.school.opportunities
        all_year = TERMS[3:] if any(row.events["all_year"] for row in rows) else ()
        by_term = any(row.events[term] for row in rows for term in TERMS[:3])
        return (*TERMS[:3], *all_year) if by_term or not all_year else all_year

    def own_sections(self, after: str) -> tuple[OwnSection, ...]:
        """The school's own sections that follow a part; "" for those that stand last."""
        return tuple(section for section in self.school.sections if section.after == after)

    @property
    def _lacking(self) -> tuple[Requirement, ...]:
        return tuple(requirement for requirement in self.requirements if not requirement.present)


def provider_access_statement(  # noqa: PLR0913 - all that a statement is made from
    school: SchoolFile,
    policy: Policy | None,
    *,
    year: int,
    as_of: date,
    facts: Facts | None = None,
    law: Policy | None = None,
    draft: bool = False,
    threshold: int = USUAL_THRESHOLD,
) -> Statement:
    """The statement of a school for the school year begun in `year`.

    `law` is that of England unless another is given. Raises KeyError if facts are given that do not
    hold the school.
    """
    if facts:
        school = attrs.evolve(school, calendar=facts.school_by_urn[school.urn].calendar)
    ends = school.calendar.school_year(year).end or as_of
    known = Known(
        school=school,
        law=(law or english_law()).in_force(ends),
        year=year,
        as_of=as_of,
        recorded=recorded(facts, school.urn, as_of, threshold=threshold) if facts else None,
    )
    return Statement(
        known=known,
        policy=policy,
        requirements=requirements(known, policy),
        advice=advice(known, policy, facts),
        draft=draft,
        threshold=threshold,
    )


def year_label(year: int) -> str:
    """A school year as people write it.

    >>> year_label(2026)
    '2026/27'
    """
    return f"{year}/{(year + 1) % 100:02}"
