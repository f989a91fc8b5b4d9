"""`careerspolicy policies`: what is shipped."""

from __future__ import annotations

import click

from careerspolicy.cli.commands import SUMMARIES
from careerspolicy.cli.documents import Destination
from careerspolicy.cli.inputs import policies_named
from careerspolicy.cli.output import write_view
from careerspolicy.loading import shipped_policies
from careerspolicy.views.policies import policies_view, topics_view


@click.command(short_help=SUMMARIES["policies"])
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What to write to stdout.",
)
@click.option("--topics", is_flag=True, help="List the topics, and who promises anything on them.")
def command(shape: str, *, topics: bool) -> None:
    """List the shipped policies, and the law, each by the name that --policy takes."""
    policies = dict(zip(shipped_policies(), policies_named([*shipped_policies()]), strict=True))
    view = topics_view(policies.values()) if topics else policies_view(policies)
    write_view(view, Destination(shape=shape))
