"""`careerspolicy trace`: a policy held against its document, clause by clause, and stamped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs
import click

from careerspolicy.cli.commands import say
from careerspolicy.cli.options import PATH, document_options
from careerspolicy.cli.output import DOCUMENTS, write_file, write_view
from careerspolicy.errors import Problem, UnusableInput
from careerspolicy.loading import load_policy, read_policy
from careerspolicy.suggestions import did_you_mean
from careerspolicy.tracing import State, load_document, trace
from careerspolicy.tracing.accounts import stamped
from careerspolicy.views.trace import place_address, trace_view
from careerspolicy.views.words import counted

if TYPE_CHECKING:
    from collections.abc import Collection

    from careerspolicy.cli.output import Destination
    from careerspolicy.model.policy import Policy
    from careerspolicy.tracing import Trace
    from careerspolicy.tracing.document import Document
    from careerspolicy.tracing.places import Held


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
