"""What findings are counted by, in what order, under which names; and how many of each verdict."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from careerspolicy.evaluation import Verdict
from careerspolicy.views.tree import Count, Share, Tone
from careerspolicy.views.words import VERDICT_WORDS
from careerspolicy.vocabulary import benchmark_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from careerspolicy.evaluation import Report
    from careerspolicy.evaluation.findings import Subject
    from careerspolicy.evaluation.report import Tally
    from careerspolicy.model.policy import Obligation


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


#: What can be judged by the day asked about; a share met is a share of these.
OWED: Final = (Verdict.MET, Verdict.MISSED, Verdict.DUE, Verdict.UNKNOWN)

#: What a reader has to act on, most pressing first.
PRESSING: Final = (Verdict.MISSED, Verdict.DUE, Verdict.UNKNOWN)

TONES: Final[Mapping[Verdict, Tone]] = {
    Verdict.MET: Tone.GOOD,
    Verdict.DUE: Tone.WARN,
    Verdict.MISSED: Tone.BAD,
    Verdict.UNKNOWN: Tone.UNSURE,
    Verdict.UPCOMING: Tone.PLAIN,
    Verdict.WAIVED: Tone.PLAIN,
    Verdict.NOT_APPLICABLE: Tone.PLAIN,
}


class Heat(NamedTuple):
    """Benchmarks against year groups: the columns, and the tally of each cell that has any."""

    benchmarks: tuple[int | None, ...]
    years: tuple[str, ...]
    cells: Mapping[tuple[int | None, str], Tally]


def by_school(report: Report) -> tuple[tuple[str, Tally], ...]:
    """How many of each verdict each school has, then the trust itself, then all of them."""
    summary, names = report.summary, school_names([report])
    found = {
        names.get(urn, urn): summary.by_school[urn]
        for urn in (*names, *(summary.by_school.keys() - names.keys()))
        if urn in summary.by_school
    }
    return _with_rest(found, TRUST_NAMED, summary.overall)


def by_benchmark(report: Report) -> tuple[tuple[str, Tally], ...]:
    """How many of each verdict each benchmark has, then what serves none."""
    summary = report.summary
    found = {benchmark_named(number): tally for number, tally in summary.by_benchmark.items()}
    rows = _with_rest(found, benchmark_named(None), summary.overall)
    return rows[:-1] if len(rows) > 1 else rows


def by_promise(report: Report) -> tuple[tuple[Obligation, Tally], ...]:
    """How many of each verdict each promise has, in the order of the policy; those with any."""
    found: dict[str, Counter[Verdict]] = {}
    for finding in report.findings:
        found.setdefault(finding.obligation.id, Counter())[finding.verdict] += 1
    return tuple((one, found[one.id]) for one in report.policy.obligations if one.id in found)


def heat(report: Report) -> Heat:
    """How many of each verdict each year group has under each benchmark."""
    cells: dict[tuple[int | None, str], Counter[Verdict]] = {}
    for finding in report.findings:
        place = finding.obligation.benchmark, year_of(finding.subject)
        cells.setdefault(place, Counter())[finding.verdict] += 1
    return Heat(
        benchmarks=tuple(one for one in BENCHMARKS if any(one == found for found, _ in cells)),
        years=tuple(sorted({year for _, year in cells}, key=year_order)),
        cells=cells,
    )


def share_met(tally: Tally) -> Share:
    """How many in a hundred of what is owed by now are known to be met, rounded down.

    >>> share_met(Counter({Verdict.MET: 199, Verdict.DUE: 1})).percent
    99
    """
    owed = sum(tally[verdict] for verdict in OWED)
    return Share(
        word="Share met",
        percent=100 * tally[Verdict.MET] // owed if owed else None,
        counts=tuple(_count(verdict, tally) for verdict in VERDICT_WORDS),
        pressing=tuple(_count(verdict, tally) for verdict in PRESSING if tally[verdict]),
        others=tuple(
            _count(verdict, tally)
            for verdict in VERDICT_WORDS
            if verdict not in OWED and tally[verdict]
        ),
    )


def _count(verdict: Verdict, tally: Tally) -> Count:
    return Count(VERDICT_WORDS[verdict].capitalize(), tally[verdict], TONES[verdict])


def _with_rest(
    found: Mapping[str, Tally], rest_named: str, overall: Tally
) -> tuple[tuple[str, Tally], ...]:
    """The rows, one for what is in none of them, and one for all; that one only of several."""
    rest = {verdict: overall[verdict] - _sum(found.values(), verdict) for verdict in Verdict}
    rows = [*found.items(), *([(rest_named, rest)] if any(rest.values()) else [])]
    return (*rows, ("In all", overall)) if len(rows) > 1 else tuple(rows)


def _sum(tallies: Iterable[Tally], verdict: Verdict) -> int:
    return sum(tally[verdict] for tally in tallies)
