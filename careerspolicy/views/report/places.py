"""What findings are counted by: school, year group, benchmark; their order and their names."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from careerspolicy.vocabulary import benchmark_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from careerspolicy.evaluation import Report
    from careerspolicy.evaluation.findings import Subject

#: The columns of those who have no year group: schools, trusts, and pupils who have left.
WHOLE_SCHOOL: Final = "school"
NO_YEAR: Final = "none"

#: How filters call what serves no benchmark, and what a trust itself owes.
NO_BENCHMARK: Final = "none"
TRUST: Final = "trust"
TRUST_NAMED: Final = "The trust itself"

#: The benchmarks in order; the last is for what serves none.
BENCHMARKS: Final[tuple[int | None, ...]] = (*range(1, 9), None)


def year_of(subject: Subject) -> str:
    """The column that a subject stands in."""
    if subject.year_group is not None:
        return str(subject.year_group)
    return NO_YEAR if subject.pupil else WHOLE_SCHOOL


def year_order(year: str) -> tuple[int, str]:
    """Sorts columns: year groups by number, then those without, then the whole school."""
    return (int(year), "") if year.isdigit() else (99, year)


def year_named(year: str) -> str:
    """A column's heading.

    >>> year_named("9"), year_named("school"), year_named("none")
    ('Year 9', 'Whole school', 'Left, or not known')
    """
    return {WHOLE_SCHOOL: "Whole school", NO_YEAR: "Left, or not known"}.get(year, f"Year {year}")


def benchmark_named(benchmark: int | None) -> str:
    """A benchmark's number and name; for None that there is none.

    >>> benchmark_named(8), benchmark_named(None)
    ('8. Personal guidance', 'No benchmark')
    """
    return "No benchmark" if benchmark is None else f"{benchmark}. {benchmark_names()[benchmark]}"


def school_names(reports: Iterable[Report]) -> Mapping[str, str]:
    """The name of each school by URN, with the URN where two share a name."""
    schools = {school.urn: school for report in reports for school in report.facts.schools}
    often = Counter(school.name for school in schools.values())
    return {
        urn: school.name if often[school.name] == 1 else f"{school.name} ({urn})"
        for urn, school in schools.items()
    }
