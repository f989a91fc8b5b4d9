"""`careerspolicy explain`: one pupil's obligations, or one school's own, told in full."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.cli.commands import SUMMARIES
from careerspolicy.cli.dates import as_of_option
from careerspolicy.cli.documents import Destination
from careerspolicy.cli.inputs import (
    count_warnings,
    facts_for,
    obligation_of,
    policies_named,
    pupil_of,
    reject_option,
    school_of,
)
from careerspolicy.cli.output import progress, write_view
from careerspolicy.errors import UnknownName
from careerspolicy.evaluation import Finding, Report, evaluate
from careerspolicy.views.report.explanation import explanation_view, in_telling_order

if TYPE_CHECKING:
    from datetime import date

    from careerspolicy.model.facts import Facts


@click.command(short_help=SUMMARIES["explain"])
@click.argument("facts", type=click.Path(path_type=Path))
@click.option(
    "--policy",
    "policy_name",
    required=True,
    metavar="NAME_OR_FILE",
    help="A shipped policy's name, or a policy file.",
)
@click.option("--pupil", default="", metavar="ID", help="The pupil to explain.")
@click.option(
    "--school", default="", metavar="URN", help="Or the school, to explain its own duties."
)
@click.option("--obligation", default="", metavar="ID", help="Only this obligation, in full.")
@as_of_option
@reject_option
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What to write to stdout.",
)
def command(  # noqa: PLR0913 - one parameter an option
    *,
    facts: Path,
    policy_name: str,
    pupil: str,
    school: str,
    obligation: str,
    as_of: date,
    reject_to: Path | None,
    shape: str,
) -> None:
    """Explain a pupil's obligations, or a school's own, from FACTS: why, what is owed, by when."""
    if bool(pupil) == bool(school):
        raise click.UsageError("say whom to explain: give either --pupil or --school")
    (policy,) = policies_named([policy_name])
    if obligation and not obligation_of(policy, obligation).in_force.holds(as_of):
        day = in_words(as_of)
        raise UnknownName(f'"{obligation}" of the policy {policy.id} is not in force on {day}')
    with progress(steps=2) as begin:
        begin("reading the facts")
        known = facts_for(facts, [policy], reject_to)
        about = _about_pupil(known, pupil, as_of) if pupil else _about_school(known, school)
        begin(f"evaluating {policy.id}")
        everything = evaluate(policy, known, as_of=as_of, pupil=pupil or None)
    count_warnings(known)
    report = _told(everything, school, obligation)
    view = explanation_view(report, about, everything=bool(obligation))
    write_view(view, Destination(shape=shape))


def _told(report: Report, school: str, obligation: str) -> Report:
    """The report on a pupil, or the school's own findings of it; or on one obligation only."""

    def told(finding: Finding) -> bool:
        subject = finding.subject
        whom = not school or (subject.school == school and not subject.pupil)
        return whom and obligation in ("", finding.obligation.id)

    return attrs.evolve(report, findings=in_telling_order(filter(told, report.findings)))


def _about_pupil(facts: Facts, pupil_id: str, as_of: date) -> str:
    pupil = pupil_of(facts, pupil_id)
    school = facts.school_by_urn[pupil.school]
    group = pupil.year_group_in(school.calendar.year_of(as_of), school)
    left = pupil.left is not None and pupil.left < as_of
    place = f"formerly of {school.name}" if left else school.name
    year = "" if left or group is None else f", Year {group}"
    return f"Pupil {pupil_id}, {place}{year}"


def _about_school(facts: Facts, urn: str) -> str:
    school = school_of(facts, urn)
    return f"{school.name} ({urn}), {school.trust}"
