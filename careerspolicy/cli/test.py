"""`careerspolicy test`: a policy's own cases, and suggestions for more."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from careerspolicy.cases import (
    Results,
    files_at,
    load_tests,
    results_of,
    shipped_tests,
    suggest,
    tests_of,
)
from careerspolicy.cases.suggested_yaml import suggested_file, suggested_group
from careerspolicy.cli.commands import SUMMARIES
from careerspolicy.cli.documents import Destination
from careerspolicy.cli.inputs import obligation_of
from careerspolicy.cli.output import write_data, write_view
from careerspolicy.errors import Problem, UnusableInput
from careerspolicy.loading import load_policy, shipped_policies
from careerspolicy.views.policy_tests import policy_tests_view, results_junit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.cases.cases import PolicyTests
    from careerspolicy.model.policy import Policy

_EVERY = "all"


@click.command(short_help=SUMMARIES["test"])
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--policy",
    "policy_name",
    metavar="NAME_OR_FILE",
    help="Hold the cases against this policy; without PATHS, those beside it.",
)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "junit"]),
    default="text",
    show_default=True,
    help="What to write.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write there, not to stdout.",
)
@click.option(
    "--require-coverage",
    is_flag=True,
    help="Fail unless cases reach met and missed for every obligation that records decide.",
)
@click.option("--mutate", is_flag=True, help="See whether the cases notice weaker obligations.")
@click.option(
    "--require-mutation",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Fail unless the cases of each file notice so many of them.",
)
@click.option(
    "--suggest",
    "suggested",
    metavar="OBLIGATION",
    help='Write boundary cases for one obligation of --policy; for every one with "all".',
)
@click.pass_context
def command(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context,
    *,
    paths: tuple[Path, ...],
    policy_name: str | None,
    shape: str,
    output: Path | None,
    require_coverage: bool,
    mutate: bool,
    require_mutation: float | None,
    suggested: str | None,
) -> None:
    """Run the cases in PATHS: files, or folders of them; without PATHS, the shipped policies' own.

    Exits with 1 if a case fails, or if what is required of them is not reached.
    """
    if suggested is not None:
        if policy_name is None or paths:
            raise click.UsageError('"--suggest" needs "--policy", and no paths', ctx)
        _write(_suggestions(policy_name, suggested, output), output)
        return
    mutate = mutate or require_mutation is not None
    results = [results_of(one, mutate=mutate) for one in _tests(paths, policy_name)]
    if shape == "junit":
        _write(results_junit(results), output)
    else:
        write_view(policy_tests_view(results), Destination(shape=shape, path=output, force=True))
    ctx.exit(int(_short(results, coverage=require_coverage, mutation=require_mutation)))


def _tests(paths: tuple[Path, ...], policy_name: str | None) -> list[PolicyTests]:
    """Every file's cases; raises UnusableInput with the problems of all of them."""
    policy = load_policy(policy_name) if policy_name else None
    if paths:
        files = files_at(paths)
    elif policy is not None and policy_name is not None:
        files = tests_of(Path(policy.file), policy_name)
    else:
        files = shipped_tests()
    read: list[PolicyTests] = []
    problems: list[Problem] = []
    for file in files:
        try:
            read.append(load_tests(_near(file), policy))
        except UnusableInput as error:
            problems += error.problems
    if problems:
        raise UnusableInput(problems)
    return read


def _suggestions(policy_name: str, obligation_id: str, output: Path | None) -> str:
    policy = load_policy(policy_name)
    if obligation_id != _EVERY:
        return suggested_group(suggest(obligation_of(policy, obligation_id), policy))
    groups = (suggest(one, policy) for one in policy.obligations)
    return "".join(suggested_file(policy, _named(policy, policy_name, output), groups))


def _named(policy: Policy, name: str, output: Path | None) -> str:
    """How a file of tests names its policy: as it is shipped, or by a path from there."""
    if name in shipped_policies():
        return name
    start = output.parent if output is not None else Path()
    return Path(os.path.relpath(policy.file, start)).as_posix()


def _short(results: Sequence[Results], *, coverage: bool, mutation: float | None) -> bool:
    """Whether anything falls short of what is asked of it."""
    if any(one.failed or (coverage and one.lacking) for one in results):
        return True
    return mutation is not None and any((one.score or 0) < mutation for one in results)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        write_data([text])
    else:
        output.write_text(text, encoding="utf-8", newline="\n")


def _near(path: Path) -> Path:
    """A path from here, where it lies below: shorter in messages."""
    absolute = path.absolute()
    return absolute.relative_to(Path.cwd()) if absolute.is_relative_to(Path.cwd()) else path
