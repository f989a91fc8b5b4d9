"""What one evaluation comes to: every finding, and how many of each verdict.

Every verdict keeps its own column in a summary; nothing is folded into `met`.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import attrs

from careerspolicy.evaluation.findings import NotKnown, Verdict
from careerspolicy.model.policy import Strength

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from careerspolicy.evaluation.findings import Finding
    from careerspolicy.model.facts import Facts
    from careerspolicy.model.policy import Policy


#: How many findings have each verdict; every verdict is there, in the order of `Verdict`.
Tally: TypeAlias = "Mapping[Verdict, int]"


@attrs.frozen(kw_only=True)
class Summary:
    """The tallies of one report.

    Schools go by URN; findings without a year group or a benchmark aren't in those two.
    `not_known` parts the unknown ones by what they wait for.
    """

    overall: Tally
    not_known: Mapping[NotKnown, int]
    by_strength: Mapping[str, Tally]
    by_school: Mapping[str, Tally]
    by_year_group: Mapping[int, Tally]
    by_benchmark: Mapping[int, Tally]
    by_role: Mapping[str, Tally]


def summarise(findings: Iterable[Finding]) -> Summary:
    """The tallies of some findings."""
    overall: Counter[Verdict] = Counter()
    waiting: Counter[NotKnown | None] = Counter()
    strengths: dict[Strength, Counter[Verdict]] = {strength: Counter() for strength in Strength}
    schools: dict[str, Counter[Verdict]] = {}
    years: dict[int, Counter[Verdict]] = {}
    benchmarks: dict[int, Counter[Verdict]] = {}
    roles: dict[str, Counter[Verdict]] = {}
    for finding in findings:
        verdict, subject, obligation = finding.verdict, finding.subject, finding.obligation
        overall[verdict] += 1
        waiting[finding.not_known] += 1
        strengths[obligation.strength][verdict] += 1
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
        not_known={kind: waiting[kind] for kind in NotKnown},
        by_strength={one.value: _tally(counted) for one, counted in strengths.items()},
        by_school={key: _tally(schools[key]) for key in sorted(schools)},
        by_year_group={key: _tally(years[key]) for key in sorted(years)},
        by_benchmark={key: _tally(benchmarks[key]) for key in sorted(benchmarks)},
        by_role={key: _tally(roles[key]) for key in sorted(roles)},
    )


def _tally(counted: Counter[Verdict]) -> Tally:
    return {verdict: counted[verdict] for verdict in Verdict}


@attrs.frozen(kw_only=True)
class Report:
    """Every finding of one policy over one set of facts on one day."""

    policy: Policy = attrs.field(repr=lambda policy: f"<{policy.id}>")
    facts: Facts = attrs.field(repr=False)
    as_of: date
    findings: tuple[Finding, ...] = attrs.field(repr=lambda findings: f"<{len(findings)} findings>")

    @cached_property
    def summary(self) -> Summary:
        """How many findings of each verdict: in all, and by school, year, benchmark and role."""
        return summarise(self.findings)

    def of(self, subject_id: str) -> tuple[Finding, ...]:
        """The findings about one subject, or about a pupil's own records."""
        return tuple(
            finding
            for finding in self.findings
            if subject_id in (finding.subject.id, finding.subject.pupil)
        )
