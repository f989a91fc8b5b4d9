"""`careerspolicy evaluate`: policies held against facts, on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs
import click

from careerspolicy.cli.inputs import (
    facts_for,
    policies_named,
    school_of,
    tell_idle_waivers,
    tell_warnings,
)
from careerspolicy.cli.options import PATH, as_of_option, document_options, reject_option
from careerspolicy.cli.output import DOCUMENTS, progress, write_view
from careerspolicy.evaluation import Finding, Report, Verdict, evaluate
from careerspolicy.suppression import USUAL_THRESHOLD
from careerspolicy.views.report.aggregate import aggregate_view
from careerspolicy.views.report.view import report_view

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from careerspolicy.cli.output import Destination
    from careerspolicy.model.facts import Facts
    from careerspolicy.model.policy import Policy

#: The formats of a report without pupils.
_OF_AGGREGATE: Final = (*DOCUMENTS, "xlsx")


@attrs.frozen(kw_only=True)
class _Asked:
    """What the options say; which findings to show is empty where all are shown."""

    facts: Path
    policies: tuple[str, ...]
    as_of: date
    school: str
    benchmark: int | None
    verdicts: tuple[str, ...]
    reject_to: Path | None
    to: Destination
    aggregate: bool
    below: int | None

    def refuse_mixtures(self) -> None:
        """Refuse options that make no sense together, or without one another."""
        if self.aggregate and self.to.shape not in _OF_AGGREGATE:
            known = ", ".join(_OF_AGGREGATE)
            raise click.UsageError(f"--aggregate is written as {known}, not {self.to.shape}")
        if self.below is not None and not self.aggregate:
            raise click.UsageError("--suppress-below goes with --aggregate")
        self.to.refuse_idle_templates()

    def report(self, policy: Policy, facts: Facts) -> Report:
        """The report with the findings that are shown; its summary counts those alone."""
        report = evaluate(policy, facts, as_of=self.as_of)
        return attrs.evolve(report, findings=tuple(filter(self.shows, report.findings)))

    def shows(self, finding: Finding) -> bool:
        """Whether a finding is shown."""
        return (
            self.school in ("", finding.subject.school)
            and self.benchmark in (None, finding.obligation.benchmark)
            and (not self.verdicts or finding.verdict.value in self.verdicts)
        )


@click.command
@click.argument("facts", type=PATH)
@click.option(
    "--policy",
    "policies",
    multiple=True,
    required=True,
    metavar="NAME_OR_FILE",
    help="A shipped policy's name, or a policy file. May be repeated.",
)
@as_of_option
@click.option("--school", default="", metavar="URN", help="Only findings about this school.")
@click.option("--benchmark", type=click.IntRange(1, 8), help="Only this Gatsby benchmark.")
@click.option(
    "--verdict",
    "verdicts",
    multiple=True,
    type=click.Choice([verdict.value for verdict in Verdict]),
    help="Only this verdict. May be repeated.",
)
@reject_option
@document_options("text", "json", "csv", "xlsx", *DOCUMENTS)
@click.option(
    "--aggregate", is_flag=True, help="A report without pupils; small numbers are hidden."
)
@click.option(
    "--suppress-below",
    "below",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"With --aggregate: hide counts of fewer pupils. [default: {USUAL_THRESHOLD}]",
)
@click.pass_context
def evaluate_command(ctx: click.Context, /, **options: Any) -> None:
    """Hold policies against FACTS: a YAML or JSON file, or a folder of CSV files.

    Exits with 1 if anything shown was missed.
    """
    asked = _Asked(**options)
    asked.refuse_mixtures()
    policies = policies_named(*asked.policies)
    with progress(steps=1 + len(policies)) as begin:
        begin("reading the facts")
        facts = facts_for(asked.facts, policies, asked.reject_to)
        if asked.school:
            school_of(facts, asked.school)
        reports = []
        for policy in policies:
            begin(f"evaluating {policy.id}")
            reports.append(asked.report(policy, facts))
    tell_warnings(facts)
    tell_idle_waivers(facts, policies)
    if asked.aggregate:
        view = aggregate_view(reports, threshold=asked.below or USUAL_THRESHOLD)
    else:
        view = report_view(reports)
    write_view(view, asked.to)
    ctx.exit(int(any(report.summary.overall[Verdict.MISSED] for report in reports)))
