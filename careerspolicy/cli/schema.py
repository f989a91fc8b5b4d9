"""`careerspolicy schema`: the JSON Schemas, for editors and other programs."""

from __future__ import annotations

from importlib.resources import files

import click

from careerspolicy.cli.commands import SUMMARIES
from careerspolicy.cli.output import write_data


@click.command(short_help=SUMMARIES["schema"])
@click.argument(
    "name",
    type=click.Choice(
        [
            "policy",
            "policy-test",
            "facts",
            "school",
            "report",
            "trace",
            "comparison",
            "gaps",
            "provider-access-check",
        ]
    ),
)
def command(name: str) -> None:
    """Print the JSON Schema of a kind of file that is read here, or of an output."""
    schema = files("careerspolicy") / "schemas" / f"{name}.schema.json"
    write_data([schema.read_text(encoding="utf-8")])
