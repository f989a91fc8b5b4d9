"""`careerspolicy compare`: policies side by side, topic by topic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs
import click

from careerspolicy.cli.commands import SUMMARIES
from careerspolicy.cli.dates import as_of_option
from careerspolicy.cli.documents import document_options, templates_option, word_template_option
from careerspolicy.cli.inputs import count_warnings, facts_for, policies_named
from careerspolicy.cli.output import DOCUMENTS, progress, write_view
from careerspolicy.comparison import Outcome, adoption, changes, compare, versions_of_one
from careerspolicy.solver.relations import policy_relation
from careerspolicy.views.comparison.view import comparison_view

if TYPE_CHECKING:
    from datetime import date

    from careerspolicy.cli.documents import Destination
    from careerspolicy.comparison import Changed, Comparison
    from careerspolicy.model.facts import Facts
    from careerspolicy.model.policy import Policy
    from careerspolicy.solver.relations import PolicyRelation

_FORMATS: Final = ("text", "json", "csv", "xlsx", *DOCUMENTS)
#: The formats that have no room for how all promises together stand, or for other verdicts.
_ONE_TABLE: Final = "csv"
_TWO: Final = 2
#: Of more topics than this a terminal is not told which asks more, which takes long to work out.
_MANY: Final = 20


@click.command(short_help=SUMMARIES["compare"])
@click.argument("policies", nargs=-1, metavar="POLICY POLICY ...")
@click.option("--topic", metavar="TOPIC", help="Only this topic; `policies --topics` lists them.")
@click.option("--benchmark", type=click.IntRange(1, 8), help="Only topics of this benchmark.")
@click.option("--only-differences", is_flag=True, help="Leave out topics that all say alike.")
@click.option(
    "--facts",
    type=click.Path(path_type=Path),
    help="Say whose verdicts in these facts would change with the second policy for the first.",
)
@click.option(
    "--whole",
    is_flag=True,
    help="Decide which of two policies asks more, all promises together; it takes a minute or two.",
)
@as_of_option
@templates_option
@word_template_option
@document_options(_FORMATS)
def command(  # noqa: PLR0913 - one parameter an option
    *,
    policies: tuple[str, ...],
    topic: str | None,
    benchmark: int | None,
    only_differences: bool,
    facts: Path | None,
    whole: bool,
    as_of: date,
    templates: Path | None,
    word_template: Path | None,
    to: Destination,
) -> None:
    """Hold policies beside each other: shipped ones by name, or policy files.

    Two versions of one policy, the old one first, are told as what was added, removed, tightened,
    loosened and reworded.
    """
    loaded = _several(policies, as_of)
    compared = compare(loaded, topic=topic, benchmark=benchmark)
    if only_differences:
        compared = compared.where_they_differ()
    outcome = Outcome(comparison=compared, changes=_changes(loaded, compared))
    if facts is not None:
        known = _facts(loaded, facts, to.shape)
        own, other = loaded[0], loaded[1]
        turned = adoption(own, other, known, as_of=as_of, topic=topic, benchmark=benchmark)
        outcome = attrs.evolve(outcome, adoption=turned)
    if whole:
        if topic or benchmark:
            raise click.UsageError("--whole takes all promises; leave out --topic and --benchmark")
        outcome = attrs.evolve(outcome, whole=_whole(loaded, to.shape))
    related = to.shape != "text" or len(compared.topics) <= _MANY
    if related:
        _relate(compared)
    view = comparison_view(outcome, related=related)
    write_view(view, to, templates=templates, word_template=word_template)


def _several(names: tuple[str, ...], as_of: date) -> tuple[Policy, ...]:
    """The policies named, of the law what is in force; a usage error for fewer than two."""
    loaded = tuple(one.in_force(as_of) for one in policies_named(names))
    if len(loaded) < _TWO:
        told = f'"{names[0]}" {"twice" if len(names) > 1 else "alone"}' if names else "none"
        raise click.UsageError(f"a comparison takes two policies or more; this names {told}")
    return loaded


def _changes(loaded: tuple[Policy, ...], compared: Comparison) -> tuple[Changed, ...] | None:
    """What changed, where these are two versions of one policy; on the topics compared."""
    if not versions_of_one(loaded):
        return None
    topics = {one.topic.name for one in compared.topics}
    return tuple(one for one in changes(*loaded) if one.topic in topics)


def _facts(loaded: tuple[Policy, ...], path: Path, shape: str) -> Facts:
    """The facts at a path; a usage error where nobody could be told what they would change."""
    if len(loaded) != _TWO:
        raise click.UsageError("--facts asks what one policy would change in place of another: two")
    if shape == _ONE_TABLE:
        raise click.UsageError(f"what --facts asks is not told as {shape}; leave out --format")
    facts = facts_for(path, loaded)
    count_warnings(facts)
    return facts


def _whole(loaded: tuple[Policy, ...], shape: str) -> PolicyRelation:
    """Which of two policies asks more; a usage error where nobody could be told."""
    if len(loaded) != _TWO:
        raise click.UsageError("--whole asks which of two policies asks more: name two")
    if shape == _ONE_TABLE:
        raise click.UsageError(f"what --whole asks is not told as {shape}; leave out --format")
    with progress(steps=1) as begin:
        begin("which of them asks more")
        return policy_relation(*loaded)


def _relate(compared: Comparison) -> None:
    """Work out which asks more, topic by topic, while a bar shows how far it is."""
    with progress(steps=len(compared.topics)) as begin:
        for one in compared.topics:
            begin(f"which asks more: {one.topic.name}")
            one.relate()
