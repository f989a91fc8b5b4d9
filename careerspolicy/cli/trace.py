"""`careerspolicy trace`: a policy against the document that it was encoded from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from careerspolicy.cli.commands import SUMMARIES
from careerspolicy.cli.inputs import policies_named
from careerspolicy.cli.output import write_data
from careerspolicy.cli.stamp import stamp_file
from careerspolicy.rendering.trace_data import trace_json
from careerspolicy.rendering.trace_html import trace_html
from careerspolicy.rendering.trace_text import trace_text
from careerspolicy.tracing import load_source, segment, trace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from careerspolicy.tracing import Trace


@click.command(short_help=SUMMARIES["trace"])
@click.argument("policy", metavar="POLICY")
@click.option(
    "--source",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The policy document, exported as plain text.",
)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="What to write.",
)
@click.option("--all", "everything", is_flag=True, help="List every unit, not only open ones.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file to write to.")
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
@click.pass_context
def command(  # noqa: PLR0913 - click passes each option
    ctx: click.Context,
    *,
    policy: str,
    source: Path,
    shape: str,
    everything: bool,
    output: Path | None,
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
    document = segment(load_source(source))
    (known,) = policies_named([policy])
    traced = trace(known, document, source.name)
    refused = False
    if stamp:
        refused = not stamp_file(traced, document, accept=accept, accept_all=accept_all)
        (known,) = policies_named([policy])
        traced = trace(known, document, source.name)
    _write("".join(_written(traced, shape, everything=everything)), output)
    ctx.exit(int(refused or (require is not None and traced.falls_short(require))))


def _written(traced: Trace, shape: str, *, everything: bool) -> Iterable[str]:
    if shape == "json":
        return trace_json(traced)
    if shape == "html":
        return trace_html(traced)
    return trace_text(traced, everything=everything)


def _write(text: str, output: Path | None) -> None:
    if output:
        output.write_text(text, encoding="utf-8", newline="\n")
    else:
        write_data([text])
