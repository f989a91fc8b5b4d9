"""What a report shows at a glance: totals by school, and year groups against benchmarks.

Every verdict keeps a count of its own; a share says what it is a share of. Nothing here hangs on
colour: see `templates/report_heat.html.j2`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.evaluation import Verdict
from careerspolicy.rendering.report.groups import year_of, year_order, year_words
from careerspolicy.rendering.words import VERDICT_WORDS
from careerspolicy.vocabulary import benchmark_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from careerspolicy.evaluation import Finding, Report

#: What can be judged by the day asked about; a share met is a share of these.
OWED: Final = (Verdict.MET, Verdict.MISSED, Verdict.DUE, Verdict.UNKNOWN)

#: What a reader has to act on, most pressing first.
PRESSING: Final = (Verdict.MISSED, Verdict.DUE, Verdict.UNKNOWN)

#: The rows of a heat map; the last is for what serves no benchmark.
BENCHMARKS: Final[tuple[int | None, ...]] = (*range(1, 9), None)


@attrs.frozen(kw_only=True)
class Totals:
    """One row of counts: under which policy, for which school, and how many of each verdict."""

    policy: str
    school: str
    tally: Mapping[Verdict, int]


@attrs.frozen(kw_only=True)
class Cell:
    """One cell of a heat map: the findings of a year group under a benchmark."""

    tally: Mapping[Verdict, int]

    @property
    def owed(self) -> int:
        """How many findings can be judged by now."""
        return sum(self.tally[verdict] for verdict in OWED)

    @property
    def share(self) -> int | None:
        """How many in a hundred of those are known to be met, rounded down; None if none is owed.

        >>> from collections import Counter
        >>> Cell(tally=Counter({Verdict.MET: 199, Verdict.DUE: 1})).share
        99
        """
        return 100 * self.tally[Verdict.MET] // self.owed if self.owed else None

    @property
    def pressing(self) -> tuple[tuple[str, str, int], ...]:
        """What calls for something: its code, its word, and how many, most pressing first."""
        return tuple(
            (one.value, VERDICT_WORDS[one], self.tally[one]) for one in PRESSING if self.tally[one]
        )

    @property
    def others(self) -> tuple[tuple[str, int], ...]:
        """What is not owed by now, each in its own word: upcoming, waived, does not apply."""
        beyond = (one for one in VERDICT_WORDS if one not in OWED and self.tally[one])
        return tuple((VERDICT_WORDS[one], self.tally[one]) for one in beyond)


@attrs.frozen(kw_only=True)
class HeatRow:
    """A benchmark (None: what serves no benchmark) and a cell for each column; None: no promise."""

    benchmark: int | None
    name: str
    cells: tuple[Cell | None, ...]


@attrs.frozen(kw_only=True)
class HeatMap:
    """One policy's benchmarks against year groups; `columns` are as `groups.year_of`."""

    policy: str
    trust: str
    columns: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[HeatRow, ...]


def totals(report: Report) -> tuple[Totals, ...]:
    """A report's counts: a row a school, one for the trust itself, and one for all of them."""
    names = school_names(report)
    by_school: dict[str, Counter[Verdict]] = {}
    for finding in report.findings:
        by_school.setdefault(finding.subject.school, Counter())[finding.verdict] += 1
    order = [*names, *sorted(by_school.keys() - names.keys())]
    found = [
        (names.get(urn, "The trust itself"), by_school[urn]) for urn in order if urn in by_school
    ]
    rows = [Totals(policy=report.policy.id, school=name, tally=tally) for name, tally in found]
    if len(rows) <= 1:
        return tuple(rows)
    overall = sum((tally for _, tally in found), Counter())
    return (*rows, Totals(policy=report.policy.id, school="In all", tally=overall))


def heat_map(report: Report) -> HeatMap:
    """A report's benchmarks against its year groups."""
    cells = _counted(report.findings)
    columns = tuple(sorted({year for _, year in cells}, key=year_order))
    shown = [one for one in BENCHMARKS if any((one, year) in cells for year in columns)]
    return HeatMap(
        policy=report.policy.id,
        trust=report.policy.trust,
        columns=columns,
        headings=tuple(map(year_words, columns)),
        rows=tuple(
            HeatRow(
                benchmark=one,
                name=benchmark_words(one),
                cells=tuple(
                    Cell(tally=cells[one, year]) if (one, year) in cells else None
                    for year in columns
                ),
            )
            for one in shown
        ),
    )


def benchmark_words(benchmark: int | None) -> str:
    """A benchmark's number and name; for None that there is none.

    >>> benchmark_words(8), benchmark_words(None)
    ('8. Personal guidance', 'No benchmark')
    """
    return "No benchmark" if benchmark is None else f"{benchmark}. {benchmark_names()[benchmark]}"


def school_names(report: Report) -> Mapping[str, str]:
    """The name of each school by URN, with the URN where two share a name."""
    often = Counter(school.name for school in report.facts.schools)
    return {
        school.urn: school.name if often[school.name] == 1 else f"{school.name} ({school.urn})"
        for school in report.facts.schools
    }


def _counted(findings: Iterable[Finding]) -> Mapping[tuple[int | None, str], Counter[Verdict]]:
    cells: dict[tuple[int | None, str], Counter[Verdict]] = {}
    for finding in findings:
        place = finding.obligation.benchmark, year_of(finding.subject)
        cells.setdefault(place, Counter())[finding.verdict] += 1
    return cells
