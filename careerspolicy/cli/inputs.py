"""What the commands are given: policies, facts, and the names of those within them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from careerspolicy.cli.commands import say
from careerspolicy.errors import Problem, UnknownName, UnusableInput, few
from careerspolicy.loading import load_policy
from careerspolicy.readers import load_facts
from careerspolicy.suggestions import did_you_mean
from careerspolicy.views.words import counted
from careerspolicy.vocabulary import shared_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from careerspolicy.model.facts import Facts, Pupil, School
    from careerspolicy.model.policy import Obligation, Policy

#: How many of the reader's warnings are told before the rest are counted, of all and of one sort.
TOLD: Final = 10
TOLD_ALIKE: Final = 3

Name = TypeVar("Name")
Loaded = TypeVar("Loaded")


def each_loaded(load: Callable[[Name], Loaded], names: Iterable[Name]) -> tuple[Loaded, ...]:
    """What is loaded by those names, each once; raises UnusableInput with all their problems."""
    loaded: list[Loaded] = []
    problems: list[Problem] = []
    for name in dict.fromkeys(names):
        try:
            loaded.append(load(name))
        except UnusableInput as error:
            problems += error.problems
    if problems:
        raise UnusableInput(problems)
    return tuple(loaded)


def policies_named(*names: str) -> tuple[Policy, ...]:
    """The policies of those names or files, each once."""
    return each_loaded(load_policy, names)


def near(path: Path) -> Path:
    """A path from here, where it lies below: shorter in messages."""
    absolute = path.absolute()
    return absolute.relative_to(Path.cwd()) if absolute.is_relative_to(Path.cwd()) else path


def facts_for(path: Path, policies: Iterable[Policy], reject_to: Path | None = None) -> Facts:
    """The facts at a path, read with the policies' words; what their reader doubts is told.

    Raises InvalidFacts with every problem.
    """
    vocabulary = shared_vocabulary().joined(policy.vocabulary for policy in policies)
    return load_facts(path, vocabulary=vocabulary, reject_to=reject_to)


def tell_warnings(facts: Facts) -> None:
    """Say on stderr what the reader left out and what it doubted, the first few of each."""
    for word, severity in (("rejected", "error"), ("warning", "warning")):
        same = (problem for problem in facts.warnings if problem.severity == severity)
        problems = few(same, TOLD_ALIKE)
        for problem in problems[:TOLD]:
            say(f"{word}: {problem}")
        if len(problems) > TOLD:
            say(f"{word}: and {len(problems) - TOLD} more")


def tell_idle_waivers(facts: Facts, policies: Iterable[Policy]) -> None:
    """Say on stderr which waivers are of an obligation that none of some policies has."""
    known = {one.id for policy in policies for one in policy.obligations}
    idle = {one.obligation: one.place for one in facts.waivers if one.obligation not in known}
    for name, place in idle.items():
        hint = did_you_mean(name, known)
        message = f'this waiver is of "{name}", an obligation that no policy here has'
        say(f"warning: {place}: {message}{f'; {hint}' if hint else ''}")


def count_warnings(facts: Facts) -> None:
    """Say on stderr that the reader doubted something, where telling it would drown the answer."""
    if facts.warnings:
        doubted = counted(len(facts.warnings), "value looks", "values look")
        say(f'warning: {doubted} wrong in these facts; "evaluate" says which')


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


def _unknown(fact: str, name: str, known: Iterable[str]) -> UnknownName:
    hint = did_you_mean(name, known)
    return UnknownName(f'{fact} "{name}"{f"; {hint}" if hint else ""}')
