"""`careerspolicy statement`: a policy as the document that a trust or school would publish."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from careerspolicy.cli.commands import SUMMARIES
from careerspolicy.cli.dates import as_of_option
from careerspolicy.cli.documents import document_options, templates_option, word_template_option
from careerspolicy.cli.inputs import policies_named
from careerspolicy.cli.output import DOCUMENTS, write_view
from careerspolicy.documents.audiences import audiences
from careerspolicy.documents.policy_document import GROUPINGS, Grouping, policy_document
from careerspolicy.documents.school_loading import any_school, load_school, school_of_file
from careerspolicy.views.policy_document import policy_document_view

if TYPE_CHECKING:
    from datetime import date

    from careerspolicy.cli.documents import Destination


@click.command(short_help=SUMMARIES["statement"])
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
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A school file: the document is then that school's own.",
)
@as_of_option
@templates_option
@word_template_option
@document_options(DOCUMENTS)
def command(  # noqa: PLR0913 - one parameter an option
    *,
    policy: str,
    audience: str,
    by: str,
    school: Path | None,
    as_of: date,
    templates: Path | None,
    word_template: Path | None,
    to: Destination,
) -> None:
    """Write POLICY as a document: every promise in a sentence, who owes what, what is due when.

    POLICY is a shipped policy's name, or a policy file.
    """
    (known,) = policies_named([policy])
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
    write_view(view, to, templates=templates, word_template=word_template)
