"""`careerspolicy lint`: what is amiss in policies that are otherwise sound."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from careerspolicy.checks import RULES, SEVERITIES, LintedFile, lint_file, lint_source
from careerspolicy.checks.catalogue import every_page
from careerspolicy.cli.commands import SUMMARIES
from careerspolicy.cli.dates import as_of_option
from careerspolicy.cli.documents import Destination
from careerspolicy.cli.output import write_data, write_view
from careerspolicy.errors import Problem, UnknownName, UnusableInput
from careerspolicy.loading import shipped_policies
from careerspolicy.suggestions import did_you_mean
from careerspolicy.views.lint import lint_sarif, lint_view

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_EVERY: Final = "all"


@click.command(short_help=SUMMARIES["lint"])
@click.argument("files", nargs=-1)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="What to write to stdout.",
)
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
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The document that the one policy encodes, as text: look in it for names and addresses.",
)
@click.option(
    "--explain",
    default="",
    metavar="RULE",
    help='Print a rule\'s page instead; "all" lists the rules too.',
)
@click.pass_context
def command(
    ctx: click.Context,
    *,
    files: tuple[str, ...],
    shape: str,
    as_of: date,
    fail_on: str,
    source: Path | None,
    explain: str,
) -> None:
    """Look for what is amiss in policy FILES (every shipped policy if none is named).

    A policy file may exclude a finding, with a reason; `--explain all` tells of every rule.
    """
    if explain:
        write_data([_page(explain)])
        return
    linted = _linted(files or tuple(map(str, shipped_policies().values())), as_of)
    if source and len(linted) != 1:
        raise click.UsageError("--source is the document of one policy; name that policy", ctx)
    if source:
        linted = [lint_source(linted[0], source)]
    if shape == "sarif":
        write_data([lint_sarif(linted, version("careerspolicy"))])
    else:
        write_view(lint_view(linted), Destination(shape=shape))
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    ctx.exit(int(any(issue.severity in grave for one in linted for issue in one.standing)))


def _linted(names: Iterable[str], as_of: date) -> list[LintedFile]:
    """The findings of each file; raises UnusableInput with the problems of all that don't load."""
    linted: list[LintedFile] = []
    problems: list[Problem] = []
    for name in dict.fromkeys(names):
        try:
            linted.append(lint_file(name, as_of=as_of))
        except UnusableInput as error:
            problems += error.problems
    if problems:
        raise UnusableInput(problems)
    return linted


def _page(rule: str) -> str:
    if rule == _EVERY:
        return every_page()
    if rule not in RULES:
        hint = did_you_mean(rule, RULES) or f"known here: {', '.join(sorted(RULES))}"
        raise UnknownName(f'lint has no rule "{rule}"; {hint}')
    return RULES[rule].explanation
