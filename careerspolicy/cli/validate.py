"""`careerspolicy validate`: every problem of every policy file."""

from __future__ import annotations

from pathlib import Path

import click

from careerspolicy.cli.commands import SUMMARIES, UNUSABLE
from careerspolicy.errors import InvalidPolicy
from careerspolicy.loading import load_policy, shipped_policies
from careerspolicy.views.words import counted
from careerspolicy.writers.printable import printable


@click.command(short_help=SUMMARIES["validate"])
@click.argument("files", nargs=-1)
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...]) -> None:
    """Check policy FILES (every shipped policy if none is named) and say how to mend them.

    One line for each sound file, one for each problem, and a count at the end. Exits with 1 if a
    file has problems, 2 if one can't be read at all.
    """
    named = files or tuple(map(str, shipped_policies().values()))
    problems = {name: _check(name) for name in dict.fromkeys(named)}
    click.echo(_in_all([*problems.values()]))
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


def _readable(name: str) -> bool:
    """Whether there is something to read, whatever it says."""
    try:
        with (shipped_policies().get(name) or Path(name)).open("rb"):
            return True
    except OSError:
        return False


def _in_all(problems: list[int]) -> str:
    files, bad = counted(len(problems), "file"), sum(1 for found in problems if found)
    if not bad:
        return f"{files}: ok"
    return f"{files}: {len(problems) - bad} ok, {bad} not, {counted(sum(problems), 'problem')}"
