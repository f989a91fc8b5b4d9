"""What the commands are given: policies, facts, and the names of those within them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from careerspolicy.errors import Problem, UnknownName, UnusableInput
from careerspolicy.loading import load_policy
from careerspolicy.readers import load_facts
from careerspolicy.suggestions import did_you_mean
from careerspolicy.views.words import counted
from careerspolicy.vocabulary import shared_vocabulary
from careerspolicy.writers.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from careerspolicy.model.facts import Facts, Pupil, School
    from careerspolicy.model.policy import Obligation, Policy

#: How many of the reader's warnings are told before the rest are counted.
TOLD: Final = 10

#: `--reject-to`, of every command that reads facts.
reject_option = click.option(
    "--reject-to",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Leave out rows of facts that can't be used, and write them to this CSV file.",
)


def policies_named(names: Sequence[str]) -> tuple[Policy, ...]:
    """The policies of those names or files, each once.

    Raises UnusableInput with the problems of all of them.
    """
    policies: list[Policy] = []
    problems: list[Problem] = []
    for name in dict.fromkeys(names):
        try:
            policies.append(load_policy(name))
        except UnusableInput as error:
            problems += error.problems
    if problems:
        raise UnusableInput(problems)
    return tuple(policies)


def facts_for(path: Path, policies: Iterable[Policy], reject_to: Path | None = None) -> Facts:
    """The facts at a path, read with the policies' words; what their reader doubts is told.

    Raises InvalidFacts with every problem.
    """
    vocabulary = shared_vocabulary().joined(policy.vocabulary for policy in policies)
    return load_facts(path, vocabulary=vocabulary, reject_to=reject_to)


def tell_warnings(facts: Facts) -> None:
    """Say on stderr what the reader left out and what it doubted, the first few of each."""
    rejected = [told for told in facts.warnings if told.severity == "error"]
    doubted = [told for told in facts.warnings if told.severity == "warning"]
    for word, problems in (("rejected", rejected), ("warning", doubted)):
        for problem in problems[:TOLD]:
            click.echo(printable(f"{word}: {problem}"), err=True)
        if len(problems) > TOLD:
            click.echo(f"{word}: and {len(problems) - TOLD} more", err=True)


def count_warnings(facts: Facts) -> None:
    """Say on stderr that the reader doubted something, where telling it would drown the answer."""
    if facts.warnings:
        said = counted(len(facts.warnings), "value looks", "values look")
        click.echo(f'warning: {said} wrong in these facts; "evaluate" says which', err=True)


def pupil_of(facts: Facts, pupil_id: str) -> Pupil:
    """The pupil of that id; raises UnknownName."""
    pupil = facts.pupil_by_id.get(pupil_id)
    if pupil is None:
        raise _unknown("these facts hold no pupil", pupil_id, facts.pupil_by_id)
    return pupil


def school_of(facts: Facts, urn: str) -> School:
    """The school of that URN; raises UnknownName."""
    school = facts.school_by_urn.get(urn)
    if school is None:
        by_name = [one.urn for one in facts.schools if one.name.casefold() == urn.casefold()]
        raise _unknown("these facts hold no school with URN", urn, by_name or facts.school_by_urn)
    return school


def obligation_of(policy: Policy, obligation_id: str) -> Obligation:
    """The obligation of that id; raises UnknownName."""
    obligation = policy.obligation(obligation_id)
    if obligation is None:
        known = (one.id for one in policy.obligations)
        raise _unknown(f"the policy {policy.id} has no obligation", obligation_id, known)
    return obligation


def _unknown(said: str, name: str, known: Iterable[str]) -> UnknownName:
    hint = did_you_mean(name, known)
    return UnknownName(f'{said} "{name}"{f"; {hint}" if hint else ""}')
