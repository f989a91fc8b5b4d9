"""`careerspolicy trace`: a policy held against its document, clause by clause, and stamped."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from careerspolicy.cli.commands import SUMMARIES
from careerspolicy.cli.documents import document_options, templates_option, word_template_option
from careerspolicy.cli.inputs import policies_named
from careerspolicy.cli.output import DOCUMENTS, write_view
from careerspolicy.errors import Problem, UnusableInput
from careerspolicy.loading import read_policy
from careerspolicy.suggestions import did_you_mean
from careerspolicy.tracing import State, load_document, trace
from careerspolicy.tracing.stamping import stamped
from careerspolicy.views.trace import place_address, trace_view
from careerspolicy.views.words import counted
from careerspolicy.writers.printable import printable

if TYPE_CHECKING:
    from collections.abc import Collection

    from careerspolicy.cli.documents import Destination
    from careerspolicy.model.policy import Policy
    from careerspolicy.tracing import Trace
    from careerspolicy.tracing.document import Document
    from careerspolicy.tracing.places import Held


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
        _tell(f"not stamped: {_name(one)} stands on changed text at {place_address(one.place)}")
    if refused:
        _tell("review them, then name each with --accept, or give --accept-all; nothing is written")
        return False
    path = Path(trace.policy.file)
    before = path.read_bytes().decode("utf-8")
    after = stamped(before, trace.held, document, suspect)
    if after != before:
        _check_same(trace.policy, read_policy(after, str(path)))
        _replace(path, after)
    lost = [one for one in trace.held if one.state is State.LOST]
    _tell(f"stamped {counted(len(trace.held) - len(lost), 'place')}, {len(lost)} lost")
    return not lost


def _names(one: Held) -> set[str]:
    """What a suspect place can be accepted by: its obligation's id, or its address."""
    return {name for name in (one.owner, place_address(one.place)) if name}


def _name(one: Held) -> str:
    return one.owner or "a clause that promises nothing"


def _check_named(accept: Collection[str], held: Collection[Held]) -> None:
    known = {name for one in held for name in _names(one)}
    for name in accept:
        if name not in known:
            hint = did_you_mean(name, known) or "name an obligation, or a place as it is told"
            raise click.BadParameter(f'nothing here goes by "{name}"; {hint}')


def _check_same(before: Policy, after: Policy) -> None:
    """Raise if more than places has changed, which would be a fault of stamping."""
    if _without_places(before) != _without_places(after):
        message = "stamping would have changed more than fingerprints, so nothing is written"
        raise UnusableInput([Problem(file=before.file, message=message, hint="report this file")])


def _without_places(policy: Policy) -> Policy:
    bare = (attrs.evolve(one, source=(), line=0) for one in policy.obligations)
    return attrs.evolve(policy, obligations=tuple(bare), clauses=(), file="")


def _replace(path: Path, text: str) -> None:
    """Write all of the file or none of it."""
    target = path.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(text.encode("utf-8"))
        shutil.copymode(target, name)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _tell(message: str) -> None:
    click.echo(printable(message), err=True)


@click.command(short_help=SUMMARIES["trace"])
@click.argument("policy", metavar="POLICY")
@click.option(
    "--source",
    required=True,
    type=click.Path(path_type=Path),
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
@templates_option
@word_template_option
@document_options(("text", "json", *DOCUMENTS))
@click.pass_context
def command(  # noqa: PLR0913 - click passes each option
    ctx: click.Context,
    *,
    policy: str,
    source: Path,
    everything: bool,
    templates: Path | None,
    word_template: Path | None,
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
    if templates and to.shape not in DOCUMENTS:
        raise click.UsageError(f"--templates goes with --format {' or '.join(DOCUMENTS)}")
    document = load_document(source)
    (known,) = policies_named([policy])
    traced = trace(known, document, source.name)
    refused = False
    if stamp:
        refused = not stamp_file(traced, document, accept=accept, accept_all=accept_all)
        (known,) = policies_named([policy])
        traced = trace(known, document, source.name)
    view = trace_view(traced)
    write_view(view, to, templates=templates, word_template=word_template, everything=everything)
    ctx.exit(int(refused or (require is not None and traced.falls_short(require))))
