"""Policies held side by side, and against the law: `compare` and `gaps`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import click

from careerspolicy.cli import inputs
from careerspolicy.cli.naming import no_names
from careerspolicy.cli.output import DOCUMENTS, Destination, progress, write_view
from careerspolicy.comparison.against_law import against_law
from careerspolicy.comparison.changing import Outcome, adoption, changes, versions_of_one
from careerspolicy.comparison.comparing import Comparison, compare
from careerspolicy.comparison.law import date_of
from careerspolicy.loading import load_policy
from careerspolicy.model.policy import Of, Policy
from careerspolicy.solver.relations import policy_relation
from careerspolicy.views.against import gaps_view
from careerspolicy.views.comparison.view import comparison_view

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


#: Of more topics than this a terminal is not told which asks more, which takes long to work out.
_MANY: Final = 20


@click.command
@no_names
@click.argument("policies", nargs=-1, metavar="POLICY POLICY ...")
@click.option("--topic", metavar="TOPIC", help="Only this topic; `policies --topics` lists them.")
@click.option("--benchmark", type=click.IntRange(1, 8), help="Only topics of this benchmark.")
@click.option("--only-differences", is_flag=True, help="Leave out topics that all say alike.")
@click.option(
    "--facts",
    type=inputs.PATH,
    help="Say whose verdicts in these facts would change with the second policy for the first.",
)
@click.option(
    "--whole",
    is_flag=True,
    help="Decide which of two policies asks more, all promises together; it takes a minute or two.",
)
@inputs.as_of_facts_option
@inputs.document_options("text", "json", "csv", "xlsx", *DOCUMENTS)
def compare_command(  # noqa: PLR0913 - one parameter an option
    *,
    policies: tuple[str, ...],
    topic: str | None,
    benchmark: int | None,
    only_differences: bool,
    facts: Path | None,
    whole: bool,
    as_of: date | None,
    to: Destination,
) -> None:
    """Hold policies beside each other: shipped ones by name, or policy files.

    Two versions of one policy, the old one first, are told as what was added, removed, tightened,
    loosened and reworded.
    """
    loaded = _several(policies, as_of or inputs.today())
    compared = compare(loaded, topic=topic, benchmark=benchmark)
    if only_differences:
        compared = compared.where_they_differ()
    topics = {one.topic.name for one in compared.topics}
    versions = changes(*loaded) if versions_of_one(loaded) else None
    changed = versions and tuple(one for one in versions if one.topic in topics)
    outcome = Outcome(comparison=compared, changes=changed)
    if facts is not None:
        asks = "what one policy would change in place of another: two"
        _check_pair(loaded, to.shape, "--facts", asks)
        known = inputs.facts_for(facts, loaded)
        inputs.count_warnings(known)
        (own, other), day = loaded, inputs.day_judged(as_of, known)
        turned = adoption(own, other, known, as_of=day, topic=topic, benchmark=benchmark)
        outcome = attrs.evolve(outcome, adoption=turned)
    if whole:
        if topic or benchmark:
            raise click.UsageError("--whole takes all promises; leave out --topic and --benchmark")
        _check_pair(loaded, to.shape, "--whole", "which of two policies asks more: name two")
        with progress(steps=1) as begin:
            begin("which of them asks more")
            outcome = attrs.evolve(outcome, whole=policy_relation(*loaded))
    write_view(comparison_view(outcome, related=_relate(compared, to.shape)), to)


def _several(names: tuple[str, ...], as_of: date) -> tuple[Policy, ...]:
    """The policies named, of the law what is in force; a usage error for fewer than two."""
    loaded = tuple(one.in_force(as_of) for one in inputs.policies_named(*names))
    if len(loaded) < 2:
        told = f'"{names[0]}" {"twice" if len(names) > 1 else "alone"}' if names else "none"
        raise click.UsageError(f"a comparison takes two policies or more; this names {told}")
    return loaded


def _check_pair(loaded: tuple[Policy, ...], shape: str, option: str, asks: str) -> None:
    """Refuse an option about two policies where there are others, or where one table is all."""
    if len(loaded) != 2:
        raise click.UsageError(f"{option} asks {asks}")
    if shape == "csv":
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


@click.command
@click.argument("policy_name", metavar="POLICY")
@click.option(
    "--on",
    metavar="DATE",
    show_default="today",
    help="Hold it against the law of this day, such as 2026-01-31.",
)
@click.option(
    "--as-it-stood", is_flag=True, help="Hold it against the law of the policy's own date, only."
)
@click.option(
    "--reading",
    "readings",
    multiple=True,
    metavar="NAME=VALUE",
    help="Read a point that the law leaves open in another way. May be repeated.",
)
@click.option(
    "--law",
    "law_name",
    default="england",
    show_default=True,
    metavar="NAME_OR_FILE",
    help="The law: a shipped name, or a file that is `of: law`.",
)
@inputs.document_options("text", "json", *DOCUMENTS)
@click.pass_context
def gaps_command(
    ctx: click.Context,
    *,
    policy_name: str,
    on: str | None,
    as_it_stood: bool,
    readings: tuple[str, ...],
    law_name: str,
    to: Destination,
) -> None:
    """Say where a POLICY is weaker than the law or silent on it, and where it goes beyond.

    Without --on or --as-it-stood two questions are answered, where they differ: against the law
    of today, and against that of the policy's own date. Exits with 1 if the first finds the policy
    weaker than, or silent on, what an Act or regulations require.
    """
    if on and as_it_stood:
        raise click.UsageError("give either --on or --as-it-stood", ctx)
    policy, law = load_policy(policy_name), _law(law_name, readings)
    if policy.of is Of.LAW:
        raise click.UsageError(f'"{policy_name}" is the law itself; name a trust\'s policy', ctx)
    days = _days(policy, law, on, as_it_stood=as_it_stood)
    with progress(steps=len(law.obligations)) as begin:
        questions = against_law(policy, law, days, begin=begin)
    write_view(gaps_view(questions), to)
    ctx.exit(int(questions[0].falls_short))


def _law(name: str, readings: tuple[str, ...]) -> Policy:
    answers: dict[str, str] = {}
    for told in readings:
        point, value = map(str.strip, told.partition("=")[::2])
        if not point or not value:
            wanted = "is not a name and a value; write online-sessions=count"
            raise click.BadParameter(f'"{told}" {wanted}')
        if answers.setdefault(point, value) != value:
            raise click.BadParameter(f'"{point}" is read in two ways; give one of them')
    law = load_policy(name, answers=answers)
    if law.of is not Of.LAW:
        raise click.BadParameter(f'"{name}" is a trust\'s policy and not the law; name one that is')
    return law


def _days(policy: Policy, law: Policy, on: str | None, *, as_it_stood: bool) -> list[date]:
    """The days whose law is asked about: one, or today and the policy's own date."""
    own = date_of(policy)
    if as_it_stood:
        if own is None:
            raise click.UsageError(f"the policy {policy.id} bears no date; say a day with --on")
        return [own]
    day = inputs.read_day(on) or inputs.today()
    if on is not None or own is None:
        return [day]
    same = law.in_force(own).obligations == law.in_force(day).obligations
    return [day] if same else [day, own]
