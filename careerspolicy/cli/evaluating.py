"""What facts come to under policies: `evaluate`, `explain`, and the `demo` of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs
import click

from careerspolicy.calendar.school_calendar import (
    FIRST_YEAR_GROUP,
    LAST_YEAR_GROUP,
    in_words,
)
from careerspolicy.checks.idle import idle_waivers
from careerspolicy.cli import inputs
from careerspolicy.cli.commands import program, say
from careerspolicy.cli.naming import named, names_for, names_option
from careerspolicy.cli.output import DOCUMENTS, Destination, progress, write_view
from careerspolicy.english.wording import listing
from careerspolicy.errors import UnknownName
from careerspolicy.evaluation import Finding, Report, Verdict, evaluate
from careerspolicy.loading import example_facts, load_policy, shipped_policies
from careerspolicy.model.policy import Of, Policy, Strength
from careerspolicy.suppression import USUAL_THRESHOLD
from careerspolicy.views.report.aggregate import aggregate_view
from careerspolicy.views.report.explanation import (
    demonstration_view,
    explanation_view,
    in_telling_order,
)
from careerspolicy.views.report.view import report_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from careerspolicy.model.facts import Facts
    from careerspolicy.privacy import Names


#: The formats of a report without pupils.
_OF_AGGREGATE: Final = (*DOCUMENTS, "xlsx")


@attrs.frozen(kw_only=True)
class _Asked:
    """What the options say; which findings to show is empty where all are shown."""

    facts: Path
    policies: tuple[str, ...]
    as_of: date | None
    school: str
    year: int | None
    benchmark: int | None
    verdicts: tuple[str, ...]
    reject_to: Path | None
    to: Destination
    aggregate: bool
    below: int | None
    strict: bool
    names: bool
    account: bool

    def refuse_mixtures(self) -> None:
        """Refuse options that make no sense together, or without one another."""
        if self.names and self.aggregate:
            raise click.UsageError("--names: a report without pupils names none of them")
        if self.aggregate and self.to.shape not in _OF_AGGREGATE:
            known = ", ".join(_OF_AGGREGATE)
            raise click.UsageError(f"--aggregate is written as {known}, not {self.to.shape}")
        if self.account and self.aggregate:
            raise click.UsageError("--account: a report without pupils has none")
        if self.below is not None and not self.aggregate:
            raise click.UsageError("--suppress-below goes with --aggregate")

    def refuse_empty(self, policies: Sequence[Policy]) -> None:
        """Refuse a benchmark under which nothing is promised: nothing would be checked."""
        benchmarks = {one.benchmark for policy in policies for one in policy.obligations}
        if self.benchmark is not None and self.benchmark not in benchmarks:
            named = listing(policy.id for policy in policies)
            raise UnknownName(f"--benchmark {self.benchmark}: no promise of {named} is under it")

    def shown(self, report: Report) -> Report:
        """The report with the findings that are shown; its summary counts those alone."""
        return attrs.evolve(report, findings=tuple(filter(self.shows, report.findings)))

    def shows(self, finding: Finding) -> bool:
        """Whether a finding is shown."""
        return (
            self.school in ("", finding.subject.school)
            and self.year in (None, finding.subject.year_group)
            and self.benchmark in (None, finding.obligation.benchmark)
            and (not self.verdicts or finding.verdict.value in self.verdicts)
        )


@click.command
@click.argument("facts", type=inputs.PATH)
@click.option(
    "--policy",
    "policies",
    multiple=True,
    required=True,
    metavar="NAME_OR_FILE",
    help="A shipped policy's name, or a policy file. May be repeated.",
)
@inputs.as_of_facts_option
@click.option("--school", default="", metavar="URN", help="Only findings about this school.")
@click.option(
    "--year",
    type=click.IntRange(FIRST_YEAR_GROUP, LAST_YEAR_GROUP),
    help="Only findings about pupils who are in this year group now.",
)
@click.option("--benchmark", type=click.IntRange(1, 8), help="Only this Gatsby benchmark.")
@click.option(
    "--verdict",
    "verdicts",
    multiple=True,
    type=click.Choice([verdict.value for verdict in Verdict]),
    help="Only this verdict. May be repeated.",
)
@inputs.reject_option
@inputs.document_options("text", "json", "csv", "xlsx", *DOCUMENTS)
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
@names_option
@click.option("--account", is_flag=True, help="Say what became of every row of the facts.")
@click.option("--strict", is_flag=True, help="Exit with 1 for what should have been done, too.")
@click.pass_context
def evaluate_command(ctx: click.Context, /, **options: Any) -> None:
    """Hold policies against FACTS: a YAML or JSON file, or a folder of tables.

    Exits with 1 if anything shown was missed that must be done.
    """
    asked = _Asked(**options)
    asked.refuse_mixtures()
    policies = inputs.policies_named(*asked.policies)
    asked.refuse_empty(policies)
    with progress(steps=1 + len(policies)) as begin:
        begin("reading the facts")
        facts = inputs.facts_for(asked.facts, policies, asked.reject_to)
        if asked.school:
            inputs.school_of(facts, asked.school)
        # Reading lists that have names makes the file that they stand in.
        names = names_for(asked.to.shape) if asked.names else None
        as_of, whole = inputs.day_judged(asked.as_of, facts, asked.school), []
        for policy in policies:
            begin(f"evaluating {policy.id}")
            whole.append(evaluate(policy, facts, as_of=as_of))
    reports = [*map(asked.shown, whole)]
    inputs.tell_warnings(facts)
    tell_idle_waivers(facts, policies)
    if asked.aggregate:
        view = aggregate_view(reports, threshold=asked.below or USUAL_THRESHOLD)
    else:
        view = report_view(
            [named(report, names) for report in reports],
            filtered=sum(len(one.findings) for one in whole)
            - sum(len(one.findings) for one in reports),
            account=asked.account,
        )
    write_view(view, asked.to)
    owed = (Strength.MUST, Strength.SHOULD) if asked.strict else (Strength.MUST,)
    tallies = (report.summary.by_strength[one.value] for report in reports for one in owed)
    ctx.exit(int(any(tally[Verdict.MISSED] for tally in tallies)))


@click.command
@click.argument("facts", type=inputs.PATH)
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
@inputs.as_of_facts_option
@inputs.reject_option
@names_option
@inputs.shape_option("text", "json")
def explain_command(  # noqa: PLR0913 - one parameter an option
    *,
    facts: Path,
    policy_name: str,
    pupil: str,
    school: str,
    obligation: str,
    as_of: date | None,
    reject_to: Path | None,
    names: bool,
    shape: str,
) -> None:
    """Explain a pupil's obligations, or a school's own, from FACTS: why, what is owed, by when."""
    if bool(pupil) == bool(school):
        raise click.UsageError("say whom to explain: give either --pupil or --school")
    policy = load_policy(policy_name)
    owed = inputs.obligation_of(policy, obligation) if obligation else None
    with progress(steps=2) as begin:
        begin("reading the facts")
        known = inputs.facts_for(facts, [policy], reject_to)
        called = names_for(shape) if names else None
        urn = inputs.pupil_of(known, pupil).school if pupil else inputs.school_of(known, school).urn
        as_of = inputs.day_judged(as_of, known, urn)
        if owed and not owed.in_force.holds(as_of):
            day = in_words(as_of)
            raise UnknownName(f'"{obligation}" of the policy {policy.id} is not in force on {day}')
        about = _about_pupil(known, pupil, as_of, called) if pupil else _about_school(known, urn)
        begin(f"evaluating {policy.id}")
        everything = evaluate(policy, known, as_of=as_of, pupil=pupil or None)
    inputs.count_warnings(known)
    findings = [
        finding
        for finding in everything.findings
        if obligation in ("", finding.obligation.id)
        # Of a school its own duties, not those to its pupils.
        if not school or (finding.subject.school == school and not finding.subject.pupil)
    ]
    report = attrs.evolve(everything, findings=in_telling_order(findings))
    view = explanation_view(named(report, called), about, everything=bool(obligation))
    write_view(view, Destination(shape=shape))


def _about_school(facts: Facts, urn: str) -> str:
    school = facts.school_by_urn[urn]
    return f"{school.name} ({school.urn}), {school.trust}"


def _about_pupil(facts: Facts, pupil_id: str, as_of: date, names: Names | None) -> str:
    pupil = inputs.pupil_of(facts, pupil_id)
    school = facts.school_by_urn[pupil.school]
    group = pupil.year_group_in(school.calendar.year_of(as_of), school)
    left = pupil.left is not None and pupil.left < as_of
    place = f"formerly of {school.name}" if left else school.name
    year = "" if left or group is None else f", Year {group}"
    shown = names.shown(pupil_id) if names else pupil_id
    return f"Pupil {shown}, {place}{year}"


#: The policy whose next steps are shown, and a pupil of its school whose story is worth reading.
_POLICY: Final = "batley"
_PUPIL: Final = "A0081"


@click.command
def demo_command() -> None:
    """Hold every shipped policy of a trust against the example, and say what to do next."""
    shipped = inputs.policies_named(*shipped_policies())
    policies = [one for one in shipped if one.of is Of.TRUST]
    with progress(steps=1 + len(policies)) as begin:
        begin("reading the example")
        facts = inputs.facts_for(example_facts(), policies)
        as_of = max(school.as_at for school in facts.schools)
        reports = []
        for policy in policies:
            begin(f"evaluating {policy.id}")
            reports.append(evaluate(policy, facts, as_of=as_of))
    chosen = next((one for one in reports if one.policy.id == _POLICY), reports[0])
    try_next = _try_next(chosen, facts)
    view = demonstration_view(reports, chosen, facts.schools[0], try_next)
    write_view(view, Destination())


def _try_next(report: Report, facts: Facts) -> list[str]:
    typed, where = program(), inputs.near(example_facts().absolute())
    asked = f"{where} --policy {report.policy.id}"
    return [
        f"{typed} explain {asked} --pupil {_PUPIL}",
        f"{typed} evaluate {asked} --school {facts.schools[0].urn} --verdict due",
    ]


def tell_idle_waivers(facts: Facts, policies: Iterable[Policy]) -> None:
    """Say on stderr which waivers are of an obligation that none of some policies has."""
    for idle in {one.about: one for one in idle_waivers(facts, policies)}.values():
        say(f"warning: {idle}")
