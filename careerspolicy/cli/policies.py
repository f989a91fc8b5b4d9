"""`careerspolicy policies`: what is shipped."""

from __future__ import annotations

import click

from careerspolicy.cli.inputs import policies_named
from careerspolicy.cli.options import shape_option
from careerspolicy.cli.output import Destination, write_view
from careerspolicy.loading import shipped_policies
from careerspolicy.views.policies import policies_view, topics_view


@click.command
@shape_option("text", "json")
@click.option("--topics", is_flag=True, help="List the topics, and who promises anything on them.")
def policies_command(shape: str, *, topics: bool) -> None:
    """List the shipped policies, and the law, each by the name that --policy takes."""
    policies = dict(zip(shipped_policies(), policies_named(*shipped_policies()), strict=True))
    view = topics_view(policies.values()) if topics else policies_view(policies)
    write_view(view, Destination(shape=shape))
