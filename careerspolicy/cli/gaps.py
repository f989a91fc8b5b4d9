"""`careerspolicy gaps`: a policy held against the law, today and as it stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from careerspolicy.cli.commands import SUMMARIES
from careerspolicy.cli.dates import read_day
from careerspolicy.cli.documents import document_options, templates_option, word_template_option
from careerspolicy.cli.output import DOCUMENTS, progress, write_view
from careerspolicy.comparison.against_law import against_law
from careerspolicy.comparison.law import date_of
from careerspolicy.loading import load_policy
from careerspolicy.model.policy import Of
from careerspolicy.views.gaps import gaps_view

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from careerspolicy.cli.documents import Destination
    from careerspolicy.model.policy import Policy


@click.command(short_help=SUMMARIES["gaps"])
@click.argument("policy_name", metavar="POLICY")
@click.option(
    "--on",
    metavar="DATE",
    show_default="today",
    help="Hold it against the law of this day, such as 2026-01-31.",
)
@click.option(
    "--as-it-stood", is_flag=True, help="Hold it against the law of the policy's own date, only."
)
@click.option(
    "--reading",
    "readings",
    multiple=True,
    metavar="NAME=VALUE",
    help="Read a point that the law leaves open in another way. May be repeated.",
)
@click.option(
    "--law",
    "law_name",
    default="england",
    show_default=True,
    metavar="NAME_OR_FILE",
    help="The law: a shipped name, or a file that is `of: law`.",
)
@templates_option
@word_template_option
@document_options(("text", "json", *DOCUMENTS))
@click.pass_context
def command(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context,
    *,
    policy_name: str,
    on: str | None,
    as_it_stood: bool,
    readings: tuple[str, ...],
    law_name: str,
    templates: Path | None,
    word_template: Path | None,
    to: Destination,
) -> None:
    """Say where a POLICY is weaker than the law or silent on it, and where it goes beyond.

    Without --on or --as-it-stood two questions are answered, where they differ: against the law
    of today, and against that of the policy's own date. Exits with 1 if the first finds the policy
    weaker than, or silent on, what an Act or regulations require.
    """
    if on and as_it_stood:
        raise click.UsageError("give either --on or --as-it-stood", ctx)
    policy, law = load_policy(policy_name), _law(law_name, readings)
    if policy.of is Of.LAW:
        raise click.UsageError(f'"{policy_name}" is the law itself; name a trust\'s policy', ctx)
    days = _days(policy, law, on, as_it_stood=as_it_stood)
    with progress(steps=len(law.obligations)) as begin:
        questions = against_law(policy, law, days, begin=begin)
    write_view(gaps_view(questions), to, templates=templates, word_template=word_template)
    ctx.exit(int(questions[0].falls_short))


def _law(name: str, readings: tuple[str, ...]) -> Policy:
    answers: dict[str, str] = {}
    for told in readings:
        point, sign, value = told.partition("=")
        if not sign or not point or not value:
            raise click.BadParameter(
                f'"{told}" is not a name and a value; write online-sessions=count'
            )
        name_, answer = point.strip(), value.strip()
        if answers.setdefault(name_, answer) != answer:
            raise click.BadParameter(f'"{name_}" is read in two ways; give one of them')
    law = load_policy(name, answers=answers)
    if law.of is not Of.LAW:
        raise click.BadParameter(f'"{name}" is a trust\'s policy and not the law; name one that is')
    return law


def _days(policy: Policy, law: Policy, on: str | None, *, as_it_stood: bool) -> list[date]:
    """The days whose law is asked about: one, or today and the policy's own date."""
    own = date_of(policy)
    if as_it_stood:
        if own is None:
            raise click.UsageError(f"the policy {policy.id} bears no date; say a day with --on")
        return [own]
    day = read_day(on)
    return [day, own] if on is None and own and _changed(law, own, day) else [day]


def _changed(law: Policy, own: date, day: date) -> bool:
    """Whether the law in force on the two days differs."""
    return law.in_force(own).obligations != law.in_force(day).obligations
