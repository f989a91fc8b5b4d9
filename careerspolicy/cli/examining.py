"""`doctor`: facts looked at before anybody is judged by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from careerspolicy.checks.doctor import diagnoses
from careerspolicy.cli import inputs
from careerspolicy.cli.output import DOCUMENTS, Destination, progress, write_view
from careerspolicy.views.doctor import doctor_view
from careerspolicy.vocabulary import shared_vocabulary

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command
@click.argument("facts", type=inputs.PATH)
@click.option(
    "--policy",
    "names",
    multiple=True,
    metavar="NAME_OR_FILE",
    help="A policy whose verdicts are counted. May be repeated.",
)
@inputs.as_of_facts_option
@inputs.reject_option
@click.option("--strict", is_flag=True, help="Exit with 1 if anything is wrong.")
@inputs.document_options("text", "json", *DOCUMENTS)
@click.pass_context
def doctor_command(
    ctx: click.Context,
    /,
    *,
    facts: Path,
    names: tuple[str, ...],
    as_of: date | None,
    reject_to: Path | None,
    strict: bool,
    to: Destination,
) -> None:
    """Say what looks wrong in FACTS, worst first, how many verdicts hang on it, and the mend.

    The verdicts are those of the policies that are named: the facts are judged as they are, and as
    they would be if mended. What may be right as it is, is only a question: --strict passes it.
    """
    policies = inputs.policies_named(*names)
    with progress(steps=2) as begin:
        begin("reading the facts")
        known = inputs.facts_for(facts, policies, reject_to)
        day = inputs.day_judged(as_of, known)
        begin("looking at them")
        vocabulary = shared_vocabulary().joined(policy.vocabulary for policy in policies)
        found = diagnoses(known, vocabulary, policies, as_of=day)
    write_view(doctor_view(found, policies, day), to)
    ctx.exit(int(strict and not all(one.question for one in found)))
