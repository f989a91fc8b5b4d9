"""`careerspolicy evaluate`: policies held against facts, on one day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs
import click

from careerspolicy.cli.commands import SUMMARIES
from careerspolicy.cli.dates import as_of_option
from careerspolicy.cli.documents import document_options, templates_option, word_template_option
from careerspolicy.cli.inputs import (
    facts_for,
    policies_named,
    reject_option,
    school_of,
    tell_warnings,
)
from careerspolicy.cli.output import DOCUMENTS, progress, write_view
from careerspolicy.evaluation import Finding, Report, Verdict, evaluate
from careerspolicy.suppression import USUAL_THRESHOLD
from careerspolicy.views.report.aggregate_view import aggregate_view
from careerspolicy.views.report.view import report_view

if TYPE_CHECKING:
    from datetime import date

    from careerspolicy.cli.documents import Destination
    from careerspolicy.model.facts import Facts
    from careerspolicy.model.policy import Policy


@attrs.frozen(kw_only=True)
class Filters:
    """Which findings to show; empty shows all."""

    school: str = ""
    benchmark: int | None = None
    verdicts: tuple[str, ...] = ()

    def pass_(self, finding: Finding) -> bool:
        """Whether a finding is shown."""
        return (
            (not self.school or finding.subject.school == self.school)
            and (self.benchmark is None or finding.obligation.benchmark == self.benchmark)
            and (not self.verdicts or finding.verdict.value in self.verdicts)
        )


#: The formats of a report without pupils.
_OF_AGGREGATE: Final = (*DOCUMENTS, "xlsx")


@click.command(short_help=SUMMARIES["evaluate"])
@click.argument("facts", type=click.Path(path_type=Path))
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
@document_options(("text", "json", "csv", "xlsx", *DOCUMENTS))
@templates_option
@word_template_option
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
def command(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context,
    *,
    facts: Path,
    policies: tuple[str, ...],
    as_of: date,
    school: str,
    benchmark: int | None,
    verdicts: tuple[str, ...],
    reject_to: Path | None,
    to: Destination,
    templates: Path | None,
    word_template: Path | None,
    aggregate: bool,
    below: int | None,
) -> None:
    """Hold policies against FACTS: a YAML or JSON file, or a folder of CSV files.

    Exits with 1 if anything shown was missed.
    """
    _refuse_mixtures(to, aggregate=aggregate, below=below, templates=templates)
    filters = Filters(school=school, benchmark=benchmark, verdicts=verdicts)
    loaded = policies_named(policies)
    with progress(steps=1 + len(loaded)) as begin:
        begin("reading the facts")
        known = facts_for(facts, loaded, reject_to)
        if school:
            school_of(known, school)
        reports = []
        for policy in loaded:
            begin(f"evaluating {policy.id}")
            reports.append(_shown(policy, known, as_of, filters))
    tell_warnings(known)
    threshold = USUAL_THRESHOLD if below is None else below
    view = aggregate_view(reports, threshold=threshold) if aggregate else report_view(reports)
    write_view(view, to, templates=templates, word_template=word_template)
    ctx.exit(int(any(one.summary.overall[Verdict.MISSED] for one in reports)))


def _refuse_mixtures(
    to: Destination, *, aggregate: bool, below: int | None, templates: Path | None
) -> None:
    """Refuse options that make no sense together, or without one another."""
    if aggregate and to.shape not in _OF_AGGREGATE:
        known = ", ".join(_OF_AGGREGATE)
        raise click.UsageError(f"--aggregate is written as {known}, not {to.shape}")
    if below is not None and not aggregate:
        raise click.UsageError("--suppress-below goes with --aggregate")
    if templates and to.shape not in DOCUMENTS:
        raise click.UsageError(f"--templates goes with --format {' or '.join(DOCUMENTS)}")


def _shown(policy: Policy, facts: Facts, as_of: date, filters: Filters) -> Report:
    """The report with the findings that pass; its summary counts those alone."""
    report = evaluate(policy, facts, as_of=as_of)
    return attrs.evolve(report, findings=tuple(filter(filters.pass_, report.findings)))
