"""What can become of an obligation, seen: who meets it, who misses it, and whom it is not for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from careerspolicy.english.made_up import life_sentence
from careerspolicy.model.policy import Strength
from careerspolicy.views import tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careerspolicy.checks.outcomes import Example, Outcomes
    from careerspolicy.model.policy import Obligation


def outcomes_view(shown: Sequence[tuple[Obligation, Outcomes]]) -> tree.View:
    """Three sentences for each of some obligations."""
    return tree.View(title="", sections=lambda: tuple(_section(*one) for one in shown))


def _section(obligation: Obligation, found: Outcomes) -> tree.Section:
    title = f"{obligation.id}: {obligation.title}"
    return tree.Section(title=title, blocks=(tree.bullets(_sentences(obligation, found)),))


def _sentences(obligation: Obligation, found: Outcomes) -> Iterator[str]:
    """A life of each sort, or that there is none."""
    if not found.measured:
        yield "No record decides it: somebody attests it, or judges the policy's own words."
        return
    if not found.applies:
        yield "Nobody is ever held to it."
        return
    may = obligation.strength is Strength.MAY
    unmissed = "Nobody misses it: it is a freedom." if may else "Nobody can ever miss it."
    every = f"Nobody is left out: it concerns every {obligation.duty.population.subject}."
    yield _sentence(found.met, "Nobody can ever meet it.")
    yield _sentence(found.missed, unmissed)
    yield _sentence(found.outside, every)


def _sentence(example: Example | None, otherwise: str) -> str:
    return otherwise if example is None else life_sentence(example.facts, example.finding)
