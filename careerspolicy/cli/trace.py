"""`careerspolicy trace`: a policy held against its document, clause by clause, and stamped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from careerspolicy.cli.commands import say
from careerspolicy.cli.options import PATH, document_options
from careerspolicy.cli.output import DOCUMENTS, write_file, write_view
from careerspolicy.loading import load_policy
from careerspolicy.suggestions import did_you_mean
from careerspolicy.tracing import State, load_document, trace
from careerspolicy.tracing.stamping import restamped, unreviewed
from careerspolicy.views.trace import trace_view
from careerspolicy.views.words import counted

if TYPE_CHECKING:
    from collections.abc import Collection

    from careerspolicy.cli.output import Destination
    from careerspolicy.tracing import Trace
    from careerspolicy.tracing.document import Document


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
