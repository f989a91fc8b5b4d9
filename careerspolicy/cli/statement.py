"""`careerspolicy statement`: a policy as the document that a trust or school would publish."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from careerspolicy.cli.options import PATH, as_of_option, document_options
from careerspolicy.cli.output import DOCUMENTS, write_view
from careerspolicy.documents.audiences import audiences
from careerspolicy.documents.policy_document import GROUPINGS, Grouping, policy_document
from careerspolicy.documents.school_loading import any_school, load_school, school_of_file
from careerspolicy.loading import load_policy
from careerspolicy.views.policy_document import policy_document_view

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from careerspolicy.cli.output import Destination


@click.command
@click.argument("policy", metavar="POLICY")
@click.option(
    "--audience",
    type=click.Choice([*audiences()]),
    default="public",
    show_default=True,
    help="Whom the copy is for: what concerns them comes first.",
)
@click.option(
    "--by",
    type=click.Choice(GROUPINGS),
    default="benchmark",
    show_default=True,
    help="What the promises are arranged by.",
)
@click.option(
    "--school",
    type=PATH,
    metavar="FILE",
    help="A school file: the document is then that school's own.",
)
@as_of_option
@document_options(*DOCUMENTS)
def statement_command(
    *, policy: str, audience: str, by: str, school: Path | None, as_of: date, to: Destination
) -> None:
    """Write POLICY as a document: every promise in a sentence, who owes what, what is due when.

    POLICY is a shipped policy's name, or a policy file.
    """
    known = load_policy(policy)
    where = school_of_file(load_school(school), as_of) if school else any_school(as_of)
    made = policy_document(
        known,
        where,
        audience=audiences()[audience],
        by=cast("Grouping", by),
        as_of=as_of,
        own=school is not None,
    )
    view = policy_document_view(made)
    write_view(view, to)
