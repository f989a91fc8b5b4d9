"""`careerspolicy test`: a policy's own cases, and suggestions for more."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from careerspolicy.cases import files_at, load_tests, results_of, shipped_tests, suggest, tests_of
from careerspolicy.cases.suggested_yaml import suggested_file, suggested_group
from careerspolicy.cli.inputs import each_loaded, near, obligation_of
from careerspolicy.cli.options import FILE, PATH, shape_option
from careerspolicy.cli.output import Destination, write_view
from careerspolicy.loading import load_policy, shipped_policies
from careerspolicy.views.policy_tests import policy_tests_view, results_junit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from careerspolicy.cases.cases import PolicyTests
    from careerspolicy.model.policy import Policy

_EVERY = "all"


@click.command
@click.argument("paths", nargs=-1, type=PATH)
@click.option(
    "--policy",
    "policy_name",
    metavar="NAME_OR_FILE",
    help="Hold the cases against this policy; without PATHS, those beside it.",
)
@shape_option("text", "json", "junit", words="What to write.")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write there, not to stdout.")
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
def test_command(  # noqa: PLR0913 - one parameter an option
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
    to = Destination(shape=shape, path=output, force=True)
    if suggested is not None:
        if policy_name is None or paths:
            raise click.UsageError('"--suggest" needs "--policy", and no paths', ctx)
        to.write(_suggestions(policy_name, suggested, output))
        return
    mutate = mutate or require_mutation is not None
    results = [results_of(one, mutate=mutate) for one in _tests(paths, policy_name)]
    if shape == "junit":
        to.write([results_junit(results)])
    else:
        write_view(policy_tests_view(results), to)
    short = any(
        one.failed
        or (require_coverage and one.lacking)
        or (one.score or 0) < (require_mutation or 0)
        for one in results
    )
    ctx.exit(int(short))


def _tests(paths: tuple[Path, ...], policy_name: str | None) -> tuple[PolicyTests, ...]:
    """Every file's cases; raises UnusableInput with the problems of all of them."""
    policy = load_policy(policy_name) if policy_name else None
    if paths:
        files = files_at(paths)
    elif policy is not None and policy_name is not None:
        files = tests_of(Path(policy.file), policy_name)
    else:
        files = shipped_tests()
    return each_loaded(lambda file: load_tests(near(file), policy), files)


def _suggestions(policy_name: str, obligation_id: str, output: Path | None) -> Iterable[str]:
    policy = load_policy(policy_name)
    if obligation_id != _EVERY:
        return [suggested_group(suggest(obligation_of(policy, obligation_id), policy))]
    groups = (suggest(one, policy) for one in policy.obligations)
    return suggested_file(policy, _named(policy, policy_name, output), groups)


def _named(policy: Policy, name: str, output: Path | None) -> str:
    """How a file of tests names its policy: as it is shipped, or by a path from there."""
    if name in shipped_policies():
        return name
    start = output.parent if output is not None else Path()
    return Path(os.path.relpath(policy.file, start)).as_posix()
