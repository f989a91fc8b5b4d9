"""`careerspolicy policies`: what is shipped."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from careerspolicy.cli.commands import SUMMARIES
from careerspolicy.cli.inputs import policies_named
from careerspolicy.cli.output import write_data, write_text
from careerspolicy.loading import shipped_policies
from careerspolicy.model.policy import Of
from careerspolicy.rendering.report.data import FORMAT
from careerspolicy.rendering.tables import add_row, plain_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType
    from rich.table import Table

    from careerspolicy.calendar.partial_date import PartialDate
    from careerspolicy.model.policy import Policy


@click.command(short_help=SUMMARIES["policies"])
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What to write to stdout.",
)
def command(shape: str) -> None:
    """List the shipped policies, and the law, each by the name that --policy takes."""
    policies = dict(zip(shipped_policies(), policies_named([*shipped_policies()]), strict=True))
    told = [_told(name, policy) for name, policy in policies.items()]
    if shape == "json":
        document = {"format": FORMAT, "policies": told}
        write_data([json.dumps(document, indent=2, ensure_ascii=False), "\n"])
    else:
        write_text(_tables(told))


def _told(name: str, policy: Policy) -> dict[str, Any]:
    return {
        "name": name,
        "of": policy.of.value,
        "trust": policy.trust,
        "title": policy.document.title,
        "obligations": len(policy.obligations),
        "approved": _written(policy.document.approved),
        "next_review": _written(policy.document.next_review),
    }


def _written(day: PartialDate | None) -> str | None:
    return None if day is None else str(day)


def _tables(told: Iterable[dict[str, Any]]) -> Iterator[RenderableType]:
    """The trusts' policies, and then the law that `gaps` holds them against."""
    listed = list(told)
    yield _trusts([one for one in listed if one["of"] == Of.TRUST.value])
    yield Text("\nThe law, against which gaps holds a policy\n")
    yield _law([one for one in listed if one["of"] == Of.LAW.value])


def _trusts(told: Iterable[dict[str, Any]]) -> Table:
    headings = ("name", "document", "approved", "next\nreview", "obligations")
    table = plain_table(headings, numbers=1)
    table.columns[0].no_wrap = True  # it is what --policy takes
    for one in told:
        add_row(
            table,
            one["name"],
            _document(one),
            one["approved"] or "not said",
            one["next_review"] or "not said",
            str(one["obligations"]),
        )
    return table


def _law(told: Iterable[dict[str, Any]]) -> Table:
    table = plain_table(("name", "document", "obligations"), numbers=1)
    for one in told:
        add_row(table, one["name"], _document(one), str(one["obligations"]))
    return table


def _document(one: dict[str, Any]) -> str:
    return f"{one['trust']}: {one['title']}"
