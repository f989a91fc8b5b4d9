"""Policy files written: `merge` makes one of several, `trace` stamps one by its document."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from careerspolicy.cli.commands import say
from careerspolicy.cli.inputs import FILE, PATH, document_options, policies_named
from careerspolicy.cli.output import (
    DOCUMENTS,
    Destination,
    progress,
    refuse_to_overwrite,
    write_file,
    write_view,
)
from careerspolicy.comparison.merging import Take, merge
from careerspolicy.comparison.merging.certificates import certify
from careerspolicy.comparison.merging.file import merged_yaml
from careerspolicy.extras import load
from careerspolicy.loading import load_policy
from careerspolicy.suggestions import did_you_mean
from careerspolicy.tracing import State, Trace, load_document, trace
from careerspolicy.tracing.accounts import restamped, unreviewed
from careerspolicy.views.against import merge_view
from careerspolicy.views.trace import trace_view
from careerspolicy.views.words import counted
from careerspolicy.writers.data import json_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from careerspolicy.model.policy import Policy
    from careerspolicy.tracing.document import Document


_NAME: Final = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")


@click.command
@click.argument("policy_names", nargs=-1, required=True, metavar="POLICY POLICY ...")
@click.option(
    "--take",
    type=click.Choice([one.value for one in Take]),
    required=True,
    help="The strictest promise on every topic, or only those that every policy holds.",
)
@click.option(
    "-o", "--output", type=FILE, required=True, metavar="FILE", help="The policy file to write."
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
    "--certificate", type=FILE, metavar="FILE", help="Write every line of the proof here, as JSON."
)
@click.option("--force", is_flag=True, help="Replace the files if they are there already.")
@click.pass_context
def merge_command(  # noqa: PLR0913 - one parameter an option
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
    for twice in dict.fromkeys(one for one in policy_names if policy_names.count(one) > 1):
        say(f'"{twice}" is named more than once, and merged once')
    policies = policies_named(*policy_names)
    _check_name(name, policies)
    _check_written([output, *filter(None, [certificate])], policies, force=force)
    mode = Take(take)
    with progress(steps=2 * len(policies)) as begin:
        made = merge(
            policies, mode, name=name, trust=trust.strip(), readings_of=readings_of, begin=begin
        )
        write_file(output, merged_yaml(made).encode(), force=force)
        proved = certify(load_policy(output), policies, mode, begin=begin)
    view = merge_view(made, proved, file=str(output))
    if certificate:
        write_file(certificate, "".join(json_of(view)).encode(), force=force)
    write_view(view, Destination())
    ctx.exit(int(not proved.holds))


def _check_written(written: list[Path], policies: tuple[Policy, ...], *, force: bool) -> None:
    """Refuse, before the work is done, to write what is merged, two into one, or what can't be."""
    files = [Path(policy.file).resolve() for policy in policies]
    for path in written:
        if path.resolve() in files:
            reason = "is read or written by this command already; name another file"
            raise click.UsageError(f"{path}: {reason}")
        files.append(path.resolve())
        refuse_to_overwrite(path, force=force)
        if not path.parent.is_dir():
            raise click.UsageError(f'{path}: there is no folder "{path.parent}"; make it first')


def _check_name(name: str, policies: tuple[Policy, ...]) -> None:
    wrong = ""
    if name and not _NAME.fullmatch(name):
        wrong = "is no short name; write lower-case words joined by hyphens"
    elif name in {policy.id for policy in policies}:
        wrong = "is one of the policies that are merged; choose another"
    if wrong:
        raise click.BadParameter(f'"{name}" {wrong}', param_hint="--id")


def _stamp(trace: Trace, document: Document, *, accept: Collection[str], accept_all: bool) -> bool:
    """Stamp the policy's file; whether everything in it is now current.

    Nothing is written while a place is suspect and not accepted: whoever stamps says that what
    stands there now has been reviewed.
    """
    known = frozenset().union(*(place.names for place in trace.held))
    for name in accept:
        if name not in known:
            hint = did_you_mean(name, known) or "name an obligation, or a place as it is told"
            raise click.BadParameter(f'nothing here goes by "{name}"; {hint}')
    refused = unreviewed(trace.held, known if accept_all else accept)
    for place in refused:
        owner = place.owner or "a clause that promises nothing"
        say(f"not stamped: {owner} stands on changed text at {place.address}")
    if refused:
        say("review them, then name each with --accept, or give --accept-all; nothing is written")
        return False
    path = Path(trace.policy.file)
    before = path.read_bytes().decode("utf-8")
    after = restamped(trace, before, document)
    if after != before:
        write_file(path, after.encode(), force=True)
    lost = sum(place.state is State.LOST for place in trace.held)
    say(f"stamped {counted(len(trace.held) - lost, 'place')}, {lost} lost")
    return not lost


@click.command
@click.argument("policy", metavar="POLICY")
@click.option(
    "--source",
    required=True,
    type=PATH,
    metavar="FILE",
    help="The policy document: Word (.docx), Markdown (.md) or plain text (.txt).",
)
@click.option("--all", "everything", is_flag=True, help="List every unit, not only open ones.")
@click.option(
    "--require",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Exit with 1 if less is accounted for, or anything is suspect or lost.",
)
@click.option("--stamp", is_flag=True, help="Write fingerprints into the policy file.")
@click.option(
    "--accept",
    multiple=True,
    metavar="ID",
    help="With --stamp: this obligation's changed text has been reviewed.",
)
@click.option("--accept-all", is_flag=True, help="With --stamp: all changed text has been.")
@document_options("text", "json", *DOCUMENTS)
@click.pass_context
def trace_command(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context,
    *,
    policy: str,
    source: Path,
    everything: bool,
    to: Destination,
    require: float | None,
    stamp: bool,
    accept: tuple[str, ...],
    accept_all: bool,
) -> None:
    """Account for every clause of the document that POLICY was encoded from.

    Says which sentences are encoded, which promise nothing and why, and which are open; and which
    obligations stand on text that has changed since it was reviewed (suspect) or is gone (lost).
    """
    if (accept or accept_all) and not stamp:
        raise click.UsageError("--accept goes with --stamp")
    document = load_document(source)
    traced = trace(load_policy(policy), document, source.name)
    refused = False
    if stamp:
        refused = not _stamp(traced, document, accept=accept, accept_all=accept_all)
        traced = trace(load_policy(policy), document, source.name)
    write_view(trace_view(traced), to, everything=everything)
    ctx.exit(int(refused or (require is not None and traced.falls_short(require))))
