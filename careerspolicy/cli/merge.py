"""`careerspolicy merge`: several policies made into one, with a proof of what it is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from careerspolicy.cli.commands import SUMMARIES
from careerspolicy.cli.documents import Destination
from careerspolicy.cli.inputs import policies_named
from careerspolicy.cli.output import progress, refuse_to_overwrite, write_file, write_view
from careerspolicy.comparison.merging import Take, merge
from careerspolicy.comparison.merging.certificates import certify
from careerspolicy.comparison.merging.file import merged_yaml
from careerspolicy.comparison.merging.proving import Prover
from careerspolicy.extras import load
from careerspolicy.loading import load_policy
from careerspolicy.views.merge import merge_view
from careerspolicy.writers.json_values import json_of

if TYPE_CHECKING:
    from careerspolicy.model.policy import Policy

_NAME: Final = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
_FILE: Final = click.Path(path_type=Path, dir_okay=False)


@click.command(short_help=SUMMARIES["merge"])
@click.argument("policy_names", nargs=-1, required=True, metavar="POLICY POLICY ...")
@click.option(
    "--take",
    type=click.Choice([one.value for one in Take]),
    required=True,
    help="The strictest promise on every topic, or only those that every policy holds.",
)
@click.option(
    "-o", "--output", type=_FILE, required=True, metavar="FILE", help="The policy file to write."
)
@click.option("--id", "name", metavar="NAME", default="", help="The merged policy's short name.")
@click.option("--trust", metavar="NAME", default="", help="Whose policy it is to be.")
@click.option(
    "--readings-of",
    metavar="POLICY",
    default="",
    help="Read ambiguous phrases as this one does, where the policies differ.",
)
@click.option(
    "--certificate", type=_FILE, metavar="FILE", help="Write every line of the proof here, as JSON."
)
@click.option("--force", is_flag=True, help="Replace the files if they are there already.")
@click.pass_context
def command(  # noqa: PLR0913 - the command's options
    ctx: click.Context,
    *,
    policy_names: tuple[str, ...],
    take: str,
    output: Path,
    name: str,
    trust: str,
    readings_of: str,
    certificate: Path | None,
    force: bool,
) -> None:
    """Merge policies, shipped ones by name or policy files, into one policy FILE.

    Every obligation says where it was taken from, and why. What was written is then loaded again
    and proved to be at least as strict as each policy (strictest), or each as it (shared). Exits
    with 1 if a part of that is not proved.
    """
    load("z3")  # before anything is begun: without it nothing can be proved
    policies = _policies(policy_names)
    _check_name(name, policies)
    written = [output, *([certificate] if certificate else [])]
    _check_apart(written, policies)
    for path in written:
        _check_place(path, force=force)
    prover, chosen = Prover(), Take(take)
    with progress(steps=2 * len(policies)) as begin:
        made = merge(
            policies, chosen, name=name, trust=trust.strip(), readings_of=readings_of,
            prover=prover, begin=begin,
        )  # fmt: skip
        write_file(output, merged_yaml(made).encode(), force=force)
        proved = certify(load_policy(output), policies, chosen, begin=begin)
    view = merge_view(made, proved, file=str(output))
    if certificate:
        write_file(certificate, "".join(json_of(view)).encode(), force=force)
    write_view(view, Destination(shape="text"))
    ctx.exit(int(not proved.holds))


def _policies(names: tuple[str, ...]) -> tuple[Policy, ...]:
    """The policies named, in order; said on stderr if one is named twice."""
    for name in dict.fromkeys(one for one in names if names.count(one) > 1):
        click.echo(f'"{name}" is named more than once, and merged once', err=True)
    return policies_named(names)


def _check_apart(written: list[Path], policies: tuple[Policy, ...]) -> None:
    """Refuse to write over what is merged, or two things into one file."""
    files = [Path(one.file).resolve() for one in policies]
    for path in written:
        if path.resolve() in files:
            message = "is read or written by this command already; name another file"
            raise click.UsageError(f"{path}: {message}")
        files.append(path.resolve())


def _check_place(path: Path, *, force: bool) -> None:
    """Refuse a file that can't be written, before the work is done and not after it."""
    refuse_to_overwrite(path, force=force)
    if not path.parent.is_dir():
        raise click.UsageError(f'{path}: there is no folder "{path.parent}"; make it first')


def _check_name(name: str, policies: tuple[Policy, ...]) -> None:
    if name and not _NAME.fullmatch(name):
        raise click.BadParameter(
            f'"{name}" is no short name; write lower-case words joined by hyphens',
            param_hint="--id",
        )
    if name in {one.id for one in policies}:
        raise click.BadParameter(
            f'"{name}" is one of the policies that are merged; choose another', param_hint="--id"
        )
