"""Policy files checked: `validate`, `lint`, and the cases that `test` runs."""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from careerspolicy.cases import files_at, load_tests, results_of, shipped_tests, suggest, tests_of
from careerspolicy.cases.suggested_yaml import suggested_file, suggested_group
from careerspolicy.checks import RULES, SEVERITIES, lint_file, lint_together
from careerspolicy.checks.checking import every_page
from careerspolicy.checks.outcomes import measured, outcomes
from careerspolicy.cli import inputs
from careerspolicy.cli.commands import UNUSABLE
from careerspolicy.cli.output import Destination, write_data, write_view
from careerspolicy.errors import InvalidPolicy, UnknownName
from careerspolicy.loading import load_policy, shipped_policies
from careerspolicy.suggestions import did_you_mean
from careerspolicy.views.checks import lint_sarif, lint_view, policy_tests_view, results_junit
from careerspolicy.views.outcomes import outcomes_view
from careerspolicy.views.words import counted
from careerspolicy.writers.cleaning import printable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from careerspolicy.cases.cases import PolicyTests
    from careerspolicy.model.policy import Policy
    from careerspolicy.views.tree import View

#: What asks for every rule, or every obligation.
_EVERY: Final = "all"


@click.command
@click.argument("files", nargs=-1)
@click.option(
    "--show",
    default="",
    metavar="OBLIGATION",
    help="Of one policy, show who meets an obligation, who misses it and whom it is not for, in"
    ' made-up lives; "all" shows every one that records measure.',
)
@click.pass_context
def validate_command(ctx: click.Context, files: tuple[str, ...], *, show: str) -> None:
    """Check policy FILES (every shipped policy if none is named) and say how to mend them.

    One line for each sound file, one for each problem, and a count at the end. Exits with 1 if a
    file has problems, 2 if one can't be read at all.
    """
    if show and len(files) != 1:
        raise click.UsageError("--show is of one policy's obligation; name that policy", ctx)
    named = files or tuple(map(str, shipped_policies().values()))
    problems = {name: _check(name) for name in dict.fromkeys(named)}
    bad = sum(map(bool, problems.values()))
    amounts = f"{len(problems) - bad} ok, {bad} not, {counted(sum(problems.values()), 'problem')}"
    click.echo(f"{counted(len(problems), 'file')}: {amounts if bad else 'ok'}")
    if show and not bad:
        write_view(_shown(load_policy(files[0]), show), Destination(shape="text"))
    unreadable = any(found and not _readable(name) for name, found in problems.items())
    ctx.exit(UNUSABLE if unreadable else int(any(problems.values())))


def _check(name: str) -> int:
    """Tell of one file; how many problems it has."""
    try:
        policy = load_policy(name)
    except InvalidPolicy as error:
        for problem in error.problems:
            click.echo(printable(str(problem)))
        return len(error.problems)
    click.echo(f"{name}: ok, {counted(len(policy.obligations), 'obligation')}")
    return 0


def _shown(policy: Policy, show: str) -> View:
    """What can become of one obligation, or of every one that records measure."""
    asked = [one for one in policy.obligations if measured(one, policy)]
    if show != _EVERY:
        asked = [inputs.obligation_of(policy, show)]
    return outcomes_view([(one, outcomes(one, policy, outside=True)) for one in asked])


def _readable(name: str) -> bool:
    """Whether there is something to read, whatever it says."""
    try:
        with (shipped_policies().get(name) or Path(name)).open("rb"):
            return True
    except OSError:
        return False


@click.command
@click.argument("files", nargs=-1)
@inputs.shape_option("text", "json", "sarif")
@inputs.as_of_option
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
    type=inputs.FILE,
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
        inputs.each_loaded(
            lambda name: lint_file(name, as_of=as_of, source=document.get(name)), names
        )
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


@click.command
@click.argument("paths", nargs=-1, type=inputs.PATH)
@click.option(
    "--policy",
    "policy_name",
    metavar="NAME_OR_FILE",
    help="Hold the cases against this policy; without PATHS, those beside it.",
)
@inputs.shape_option("text", "json", "junit", words="What to write.")
@click.option(
    "-o", "--output", type=inputs.FILE, metavar="FILE", help="Write there, not to stdout."
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
    return inputs.each_loaded(lambda file: load_tests(inputs.near(file), policy), files)


def _suggestions(policy_name: str, obligation_id: str, output: Path | None) -> Iterable[str]:
    policy = load_policy(policy_name)
    if obligation_id != _EVERY:
        return [suggested_group(suggest(inputs.obligation_of(policy, obligation_id), policy))]
    groups = (suggest(one, policy) for one in policy.obligations)
    return suggested_file(policy, _named(policy, policy_name, output), groups)


def _named(policy: Policy, name: str, output: Path | None) -> str:
    """How a file of tests names its policy: as it is shipped, or by a path from there."""
    if name in shipped_policies():
        return name
    start = output.parent if output is not None else Path()
    return Path(os.path.relpath(policy.file, start)).as_posix()
