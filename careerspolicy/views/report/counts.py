"""A report's findings counted: by school, by benchmark, by promise, and benchmark by year group.

Every verdict keeps a count of its own; a share says what it is a share of.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from careerspolicy.evaluation import Verdict
from careerspolicy.views.report.places import (
    BENCHMARKS,
    TRUST_NAMED,
    benchmark_named,
    school_names,
    year_of,
    year_order,
)
from careerspolicy.views.tree import Count, Share, Tone
from careerspolicy.views.words import VERDICT_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from careerspolicy.evaluation import Report
    from careerspolicy.evaluation.report import Tally
    from careerspolicy.model.policy import Obligation

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
