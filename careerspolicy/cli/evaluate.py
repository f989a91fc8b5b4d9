"""`careerspolicy evaluate`: policies held against facts, on one day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click
from rich.text import Text

from careerspolicy.cli.commands import SUMMARIES
from careerspolicy.cli.dates import as_of_option
from careerspolicy.cli.inputs import (
    facts_for,
    policies_named,
    reject_option,
    school_of,
    tell_warnings,
)
from careerspolicy.cli.output import progress, write_data, write_text
from careerspolicy.evaluation import Finding, Report, Verdict, evaluate
from careerspolicy.rendering.report_csv import reports_csv
from careerspolicy.rendering.report_data import reports_json
from careerspolicy.rendering.report_text import facts_told, report_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rich.console import RenderableType

    from careerspolicy.facts import Facts
    from careerspolicy.policy import Policy


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
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="What to write to stdout.",
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
    shape: str,
) -> None:
    """Hold policies against FACTS: a YAML or JSON file, or a folder of CSV files.

    Exits with 1 if anything shown was missed.
    """
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
    _write(reports, known, shape)
    ctx.exit(int(any(one.summary.overall[Verdict.MISSED] for one in reports)))


def _shown(policy: Policy, facts: Facts, as_of: date, filters: Filters) -> Report:
    """The report with the findings that pass; its summary counts those alone."""
    report = evaluate(policy, facts, as_of=as_of)
    return attrs.evolve(report, findings=tuple(filter(filters.pass_, report.findings)))


def _write(reports: list[Report], facts: Facts, shape: str) -> None:
    if shape == "json":
        write_data(reports_json(reports))
    elif shape == "csv":
        write_data(reports_csv(reports))
    else:
        write_text(_text(reports, facts))


def _text(reports: list[Report], facts: Facts) -> Iterator[RenderableType]:
    for position, report in enumerate(reports):
        if position:
            yield Text()
        yield from report_text(report)
    yield facts_told(facts)
