"""`careerspolicy trace`: a policy against the document that it was encoded from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from careerspolicy.cli.commands import SUMMARIES
from careerspolicy.cli.documents import document_options, templates_option, word_template_option
from careerspolicy.cli.inputs import policies_named
from careerspolicy.cli.stamp import stamp_file
from careerspolicy.cli.views import DOCUMENTS, write_view
from careerspolicy.tracing import load_document, trace
from careerspolicy.views.trace import trace_view

if TYPE_CHECKING:
    from careerspolicy.cli.documents import Destination


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
