"""`careerspolicy evaluate`: policies held against facts, on one day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click
from rich.text import Text

from careerspolicy.cli.commands import SUMMARIES
from careerspolicy.cli.dates import as_of_option
from careerspolicy.cli.documents import document_options, templates_option
from careerspolicy.cli.inputs import (
    facts_for,
    policies_named,
    reject_option,
    school_of,
    tell_warnings,
)
from careerspolicy.cli.output import progress, write_data, write_text
from careerspolicy.evaluation import Finding, Report, Verdict, evaluate
from careerspolicy.rendering.report.data import reports_json
from careerspolicy.rendering.report.page import aggregate_page, report_page
from careerspolicy.rendering.report.rows import reports_csv
from careerspolicy.rendering.report.text import facts_told, report_text
from careerspolicy.rendering.report.workbook import aggregate_workbook, report_workbook
from careerspolicy.suppression import USUAL_THRESHOLD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rich.console import RenderableType

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


@attrs.frozen(kw_only=True)
class Manner:
    """How a page or workbook is made: without pupils, hiding what is under `below`, by templates.

    None of `below` and `templates` is one that was not asked for.
    """

    aggregate: bool
    below: int | None
    templates: Path | None

    def check(self, to: Destination) -> None:
        """Raise UsageError where the format asked for can't be made in this manner."""
        if self.aggregate and to.shape not in ("html", "xlsx"):
            raise click.UsageError(
                f"--aggregate makes a page or a workbook, not {to.shape}: add --format html or xlsx"
            )
        if self.below is not None and not self.aggregate:
            raise click.UsageError("--suppress-below goes with --aggregate")
        if self.templates and to.shape != "html":
            raise click.UsageError("--templates goes with --format html")
        if to.path and to.shape == "text":
            raise click.UsageError(
                "text is for the terminal: name a file that ends in .html, .xlsx, .csv or .json"
            )

    @property
    def threshold(self) -> int:
        """Counts of pupils below this, other than nought, are hidden."""
        return USUAL_THRESHOLD if self.below is None else self.below


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
@document_options(["text", "json", "csv", "html", "xlsx"])
@templates_option
@click.option(
    "--aggregate", is_flag=True, help="A page or workbook without pupils; small numbers are hidden."
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
    aggregate: bool,
    below: int | None,
) -> None:
    """Hold policies against FACTS: a YAML or JSON file, or a folder of CSV files.

    Exits with 1 if anything shown was missed.
    """
    manner = Manner(aggregate=aggregate, below=below, templates=templates)
    manner.check(to)
    filters = Filters(school=school, benchmark=benchmark, verdicts=verdicts)
    loaded = policies_named(policies)
    with progress(steps=2 + len(loaded)) as begin:
        begin("reading the facts")
        known = facts_for(facts, loaded, reject_to)
        if school:
            school_of(known, school)
        reports = []
        for policy in loaded:
            begin(f"evaluating {policy.id}")
            reports.append(_shown(policy, known, as_of, filters))
        begin("writing")
        made = _made(reports, known, to.shape, manner)
    tell_warnings(known)
    _write(made, to)
    ctx.exit(int(any(one.summary.overall[Verdict.MISSED] for one in reports)))


def _shown(policy: Policy, facts: Facts, as_of: date, filters: Filters) -> Report:
    """The report with the findings that pass; its summary counts those alone."""
    report = evaluate(policy, facts, as_of=as_of)
    return attrs.evolve(report, findings=tuple(filter(filters.pass_, report.findings)))


def _made(
    reports: list[Report], facts: Facts, shape: str, manner: Manner
) -> str | bytes | Iterator[RenderableType]:
    """The outcome: a page, a workbook, or what is written as it comes."""
    if shape == "html" and manner.aggregate:
        return aggregate_page(reports, threshold=manner.threshold, templates=manner.templates)
    if shape == "html":
        return report_page(reports, templates=manner.templates)
    if shape == "xlsx" and manner.aggregate:
        return aggregate_workbook(reports, threshold=manner.threshold)
    if shape == "xlsx":
        return report_workbook(reports)
    if shape == "text":
        return _text(reports, facts)
    return reports_json(reports) if shape == "json" else reports_csv(reports)


def _write(made: Any, to: Destination) -> None:
    """Write the outcome; data and text for stdout as they come, since they may be large."""
    if to.shape == "text":
        write_text(made)
    elif to.shape in ("html", "xlsx"):
        to.write(made)
    elif to.path is None:
        write_data(made)
    else:
        to.write("".join(made))


def _text(reports: list[Report], facts: Facts) -> Iterator[RenderableType]:
    for position, report in enumerate(reports):
        if position:
            yield Text()
        yield from report_text(report)
    yield facts_told(facts)
