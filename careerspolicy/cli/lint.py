"""`careerspolicy lint`: what is amiss in policies that are otherwise sound."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Final

import click

from careerspolicy.checks import RULES, SEVERITIES, lint_file, lint_together
from careerspolicy.checks.checking import every_page
from careerspolicy.cli.inputs import each_loaded
from careerspolicy.cli.options import FILE, as_of_option, shape_option
from careerspolicy.cli.output import Destination, write_data, write_view
from careerspolicy.errors import UnknownName
from careerspolicy.loading import shipped_policies
from careerspolicy.suggestions import did_you_mean
from careerspolicy.views.lint import lint_sarif, lint_view

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

_EVERY: Final = "all"


@click.command
@click.argument("files", nargs=-1)
@shape_option("text", "json", "sarif")
@as_of_option
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    default="error",
    show_default=True,
    help="Exit with 1 if anything this grave, or graver, stands.",
)
@click.option(
    "--source",
    "sources",
    type=FILE,
    multiple=True,
    metavar="FILE",
    help="The document that the policy encodes: look in it for names, addresses and numbers "
    "that the policy has lost. Of several policies, one for each, in their order.",
)
@click.option(
    "--explain",
    default="",
    metavar="RULE",
    help='Print a rule\'s page instead; "all" lists the rules too.',
)
@click.pass_context
def lint_command(
    ctx: click.Context,
    *,
    files: tuple[str, ...],
    shape: str,
    as_of: date,
    fail_on: str,
    sources: tuple[Path, ...],
    explain: str,
) -> None:
    """Look for what is amiss in policy FILES (every shipped policy if none is named).

    A policy file may exclude a finding, with a reason; `--explain all` tells of every rule.
    """
    if explain:
        write_data([_page(explain)])
        return
    names = files or tuple(map(str, shipped_policies().values()))
    if sources and len(sources) != len(names):
        raise click.UsageError("--source is the document of a policy; give one for each", ctx)
    document = dict(zip(names, sources, strict=False))
    linted = lint_together(
        each_loaded(lambda name: lint_file(name, as_of=as_of, source=document.get(name)), names)
    )
    if shape == "sarif":
        write_data([lint_sarif(linted, version("careerspolicy"))])
    else:
        write_view(lint_view(linted), Destination(shape=shape))
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    ctx.exit(int(any(issue.severity in grave for one in linted for issue in one.standing)))


def _page(rule: str) -> str:
    if rule == _EVERY:
        return every_page()
    if rule not in RULES:
        hint = did_you_mean(rule, RULES) or f"known here: {', '.join(sorted(RULES))}"
        raise UnknownName(f'lint has no rule "{rule}"; {hint}')
    return RULES[rule].explanation
