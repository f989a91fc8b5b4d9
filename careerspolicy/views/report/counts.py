"""What findings are counted by, in what order, under which names; and how many of each verdict."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, TypeVar

from careerspolicy.evaluation import Finding, Report, Verdict
from careerspolicy.model.policy import Strength
from careerspolicy.views.tree import Count, Share, Tone
from careerspolicy.views.words import VERDICT_WORDS
from careerspolicy.vocabulary import benchmark_names

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from careerspolicy.evaluation.findings import Subject
    from careerspolicy.evaluation.report import Tally


Key = TypeVar("Key", bound="Hashable")

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


def tallied(
    findings: Iterable[Finding], key: Callable[[Finding], Key]
) -> Mapping[Key, Counter[Verdict]]:
    """How many findings of each verdict there are, by whatever they are counted by."""
    tallies: defaultdict[Key, Counter[Verdict]] = defaultdict(Counter)
    for finding in findings:
        tallies[key(finding)][finding.verdict] += 1
    return tallies


def heat(report: Report) -> Mapping[tuple[int | None, str], Tally]:
    """How many of each verdict each year group has under each benchmark, where it has any.

    Of what is owed: what only may be done is in no share.
    """
    owed = (one for one in report.findings if one.obligation.strength is not Strength.MAY)
    return tallied(owed, lambda finding: (finding.obligation.benchmark, year_of(finding.subject)))


def totals(report: Report, *, by: str) -> tuple[tuple[str, Tally], ...]:
    """How many of each verdict each School has, the trust itself and all of them.

    Or each Benchmark, or each Strength.
    """
    findings = report.findings
    if by == "Strength":
        said = tallied(findings, lambda finding: finding.obligation.strength)
        return tuple((f"What {one.value} be done", said[one]) for one in Strength if one in said)
    if by == "Benchmark":
        served = tallied(findings, lambda finding: finding.obligation.benchmark)
        return tuple((benchmark_named(one), served[one]) for one in BENCHMARKS if one in served)
    owed = tallied(findings, lambda finding: finding.subject.school)
    names = school_names([report])
    names = {**names, **{urn: names.get(urn, urn) for urn in owed}, "": TRUST_NAMED}
    rows = [(name, owed[urn]) for urn, name in names.items() if urn in owed]
    return (*rows, ("In all", sum(owed.values(), Counter()))) if len(rows) > 1 else tuple(rows)


def share_met(tally: Tally) -> Share:
    """How many in a hundred of what is owed by now are known to be met, rounded down.

    >>> share_met(Counter({Verdict.MET: 199, Verdict.DUE: 1})).percent
    99
    """
    owed = sum(tally[verdict] for verdict in OWED)
    counts = {
        verdict: Count(word.capitalize(), tally[verdict], TONES[verdict])
        for verdict, word in VERDICT_WORDS.items()
    }
    some = {verdict: count for verdict, count in counts.items() if count.amount}
    return Share(
        word="Share met",
        percent=100 * tally[Verdict.MET] // owed if owed else None,
        counts=tuple(counts.values()),
        pressing=tuple(some[verdict] for verdict in PRESSING if verdict in some),
        others=tuple(count for verdict, count in some.items() if verdict not in OWED),
    )
