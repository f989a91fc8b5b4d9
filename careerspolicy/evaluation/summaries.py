"""Findings counted: in all, and by school, year group, benchmark and role.

Every verdict keeps its own column; nothing is folded into `met`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

import attrs

from careerspolicy.evaluation.findings import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from careerspolicy.evaluation.findings import Finding

#: How many findings have each verdict; every verdict is there, in the order of `Verdict`.
Tally: TypeAlias = "Mapping[Verdict, int]"


@attrs.frozen(kw_only=True)
class Summary:
    """The tallies of one report.

    Schools go by URN; findings without a year group or a benchmark aren't in those two.
    """

    overall: Tally
    by_school: Mapping[str, Tally]
    by_year_group: Mapping[int, Tally]
    by_benchmark: Mapping[int, Tally]
    by_role: Mapping[str, Tally]


def summarise(findings: Iterable[Finding]) -> Summary:
    """The tallies of some findings."""
    overall: Counter[Verdict] = Counter()
    schools: dict[str, Counter[Verdict]] = {}
    years: dict[int, Counter[Verdict]] = {}
    benchmarks: dict[int, Counter[Verdict]] = {}
    roles: dict[str, Counter[Verdict]] = {}
    for finding in findings:
        verdict, subject, obligation = finding.verdict, finding.subject, finding.obligation
        overall[verdict] += 1
        if subject.school:
            schools.setdefault(subject.school, Counter())[verdict] += 1
        if subject.year_group is not None:
            years.setdefault(subject.year_group, Counter())[verdict] += 1
        if obligation.benchmark is not None:
            benchmarks.setdefault(obligation.benchmark, Counter())[verdict] += 1
        for role in obligation.who:
            roles.setdefault(role, Counter())[verdict] += 1
    return Summary(
        overall=_tally(overall),
        by_school={key: _tally(schools[key]) for key in sorted(schools)},
        by_year_group={key: _tally(years[key]) for key in sorted(years)},
        by_benchmark={key: _tally(benchmarks[key]) for key in sorted(benchmarks)},
        by_role={key: _tally(roles[key]) for key in sorted(roles)},
    )


def _tally(counted: Counter[Verdict]) -> Tally:
    return {verdict: counted[verdict] for verdict in Verdict}
