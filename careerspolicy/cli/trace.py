"""`careerspolicy trace`: a policy against the document that it was encoded from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from careerspolicy.cli.commands import SUMMARIES
from careerspolicy.cli.inputs import policies_named
from careerspolicy.cli.output import write_data
from careerspolicy.rendering.trace_data import trace_json
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
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What to write.",
)
@click.option("--all", "everything", is_flag=True, help="List every unit, not only open ones.")
@click.option(
    "--require",
    type=click.FloatRange(0, 100),
    default=None,
    metavar="PERCENT",
    help="Exit with 1 if less is accounted for, or anything is suspect or lost.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file to write to.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    policy: str,
    source: Path,
    shape: str,
    everything: bool,
    require: float | None,
    output: Path | None,
) -> None:
    """Account for every clause of the document that POLICY was encoded from."""
    (known,) = policies_named([policy])
    traced = trace(known, segment(load_source(source)), source.name)
    parts = "".join(_written(traced, shape, everything=everything))
    if output:
        output.write_text(parts, encoding="utf-8", newline="\n")
    else:
        write_data([parts])
    ctx.exit(int(require is not None and traced.falls_short(require)))


def _written(traced: Trace, shape: str, *, everything: bool) -> Iterable[str]:
    if shape == "json":
        return trace_json(traced)
    return trace_text(traced, everything=everything)
