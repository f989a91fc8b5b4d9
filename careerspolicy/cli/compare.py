"""`careerspolicy compare`: policies side by side, topic by topic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import click

from careerspolicy.cli.inputs import count_warnings, facts_for, policies_named
from careerspolicy.cli.options import PATH, as_of_option, document_options
from careerspolicy.cli.output import DOCUMENTS, progress, write_view
from careerspolicy.comparison import Outcome, adoption, changes, compare, versions_of_one
from careerspolicy.solver.relations import policy_relation
from careerspolicy.views.comparison.view import comparison_view

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from careerspolicy.cli.output import Destination
    from careerspolicy.comparison import Changed, Comparison
    from careerspolicy.model.policy import Policy

_FORMATS: Final = ("text", "json", "csv", "xlsx", *DOCUMENTS)
#: The formats that have no room for how all promises together stand, or for other verdicts.
_ONE_TABLE: Final = "csv"
_TWO: Final = 2
#: Of more topics than this a terminal is not told which asks more, which takes long to work out.
_MANY: Final = 20


@click.command
@click.argument("policies", nargs=-1, metavar="POLICY POLICY ...")
@click.option("--topic", metavar="TOPIC", help="Only this topic; `policies --topics` lists them.")
@click.option("--benchmark", type=click.IntRange(1, 8), help="Only topics of this benchmark.")
@click.option("--only-differences", is_flag=True, help="Leave out topics that all say alike.")
@click.option(
    "--facts",
    type=PATH,
    help="Say whose verdicts in these facts would change with the second policy for the first.",
)
@click.option(
    "--whole",
    is_flag=True,
    help="Decide which of two policies asks more, all promises together; it takes a minute or two.",
)
@as_of_option
@document_options(*_FORMATS)
def compare_command(  # noqa: PLR0913 - one parameter an option
    *,
    policies: tuple[str, ...],
    topic: str | None,
    benchmark: int | None,
    only_differences: bool,
    facts: Path | None,
    whole: bool,
    as_of: date,
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
        asks = "what one policy would change in place of another: two"
        _check_pair(loaded, to.shape, "--facts", asks)
        known = facts_for(facts, loaded)
        count_warnings(known)
        turned = adoption(
            loaded[0], loaded[1], known, as_of=as_of, topic=topic, benchmark=benchmark
        )
        outcome = attrs.evolve(outcome, adoption=turned)
    if whole:
        if topic or benchmark:
            raise click.UsageError("--whole takes all promises; leave out --topic and --benchmark")
        _check_pair(loaded, to.shape, "--whole", "which of two policies asks more: name two")
        with progress(steps=1) as begin:
            begin("which of them asks more")
            outcome = attrs.evolve(outcome, whole=policy_relation(*loaded))
    related = _relate(compared, to.shape)
    write_view(comparison_view(outcome, related=related), to)


def _several(names: tuple[str, ...], as_of: date) -> tuple[Policy, ...]:
    """The policies named, of the law what is in force; a usage error for fewer than two."""
    loaded = tuple(one.in_force(as_of) for one in policies_named(*names))
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


def _check_pair(loaded: tuple[Policy, ...], shape: str, option: str, asks: str) -> None:
    """Refuse an option about two policies where there are others, or nobody could be told."""
    if len(loaded) != _TWO:
        raise click.UsageError(f"{option} asks {asks}")
    if shape == _ONE_TABLE:
        raise click.UsageError(f"what {option} asks is not told as {shape}; leave out --format")


def _relate(compared: Comparison, shape: str) -> bool:
    """Work out which asks more, topic by topic, behind a bar; whether that was worth the while."""
    if shape == "text" and len(compared.topics) > _MANY:
        return False
    with progress(steps=len(compared.topics)) as begin:
        for one in compared.topics:
            begin(f"which asks more: {one.topic.name}")
            one.relate()
    return True
