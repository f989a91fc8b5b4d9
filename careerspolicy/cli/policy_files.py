"""Policy files written: `merge` makes one of several, `trace` stamps one by its document."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs
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
from careerspolicy.errors import Problem, UnusableInput
from careerspolicy.extras import load
from careerspolicy.loading import load_policy, read_policy
from careerspolicy.suggestions import did_you_mean
from careerspolicy.tracing import State, Trace, load_document, trace
from careerspolicy.tracing.accounts import stamped
from careerspolicy.views.against import merge_view
from careerspolicy.views.trace import place_address, trace_view
from careerspolicy.views.words import counted
from careerspolicy.writers.data import json_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from careerspolicy.model.policy import Policy
    from careerspolicy.tracing.document import Document
    from careerspolicy.tracing.places import Held


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


#: Whose a clause is that is kept beside no obligation.
_NOBODY: Final = "a clause that promises nothing"


def stamp_file(
    trace: Trace, document: Document, *, accept: Collection[str], accept_all: bool
) -> bool:
    """Stamp the policy's file; whether everything in it is now current.

    Nothing is written while a place is suspect and not accepted: whoever stamps says that what
    stands there now has been reviewed.
    """
    suspect = {n: one for n, one in enumerate(trace.held) if one.state is State.SUSPECT}
    _check_named(accept, trace.held)
    refused = [one for one in suspect.values() if not accept_all and not _names(one) & {*accept}]
    for one in refused:
        where = place_address(one.place)
        say(f"not stamped: {one.owner or _NOBODY} stands on changed text at {where}")
    if refused:
        say("review them, then name each with --accept, or give --accept-all; nothing is written")
        return False
    path = Path(trace.policy.file)
    before = path.read_bytes().decode("utf-8")
    after = stamped(before, trace.held, document, suspect)
    if after != before:
        _check_same(trace.policy, read_policy(after, str(path)))
        write_file(path, after.encode(), force=True)
    lost = [one for one in trace.held if one.state is State.LOST]
    say(f"stamped {counted(len(trace.held) - len(lost), 'place')}, {len(lost)} lost")
    return not lost


def _names(one: Held) -> set[str]:
    """What a suspect place can be accepted by: its obligation's id, or its address."""
    return {name for name in (one.owner, place_address(one.place)) if name}


def _check_named(accept: Collection[str], held: Collection[Held]) -> None:
    known = {name for one in held for name in _names(one)}
    for name in accept:
        if name not in known:
            hint = did_you_mean(name, known) or "name an obligation, or a place as it is told"
            raise click.BadParameter(f'nothing here goes by "{name}"; {hint}')


def _check_same(before: Policy, after: Policy) -> None:
    """Raise if more than places has changed, which would be a fault of stamping."""

    def without_places(policy: Policy) -> Policy:
        bare = (attrs.evolve(one, source=(), line=0) for one in policy.obligations)
        return attrs.evolve(policy, obligations=tuple(bare), clauses=(), file="")

    if without_places(before) != without_places(after):
        message = "stamping would have changed more than fingerprints, so nothing is written"
        raise UnusableInput([Problem(file=before.file, message=message, hint="report this file")])


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
    to.refuse_idle_templates()
    document = load_document(source)
    traced = trace(load_policy(policy), document, source.name)
    refused = False
    if stamp:
        refused = not stamp_file(traced, document, accept=accept, accept_all=accept_all)
        traced = trace(load_policy(policy), document, source.name)
    write_view(trace_view(traced), to, everything=everything)
    ctx.exit(int(refused or (require is not None and traced.falls_short(require))))
