"""The shipped policies' own cases: all pass, reach every obligation, and notice weaker ones."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import attrs
import pytest

from careerspolicy.cases import load_tests, results_of, shipped_tests
from careerspolicy.loading import read_policy, shipped_policies
from careerspolicy.views.policy_tests import policy_tests_view
from careerspolicy.writers.text import plain_text

if TYPE_CHECKING:
    from pathlib import Path

#: Obligations that cannot be missed as things stand, and why.
#: Of all neighbours of all obligations, so many are noticed at the least.
SCORE = 98.0
#: Slips in a policy file, each made at its first place in the obligations.
SLIPS = {
    "an age": ("age: 16", "age: 17"),
    "an earlier age": ("age: 16", "age: 15"),
    "a count": ("at_least: 2", "at_least: 1"),
    "a cadence": ("every: 1 year", "every: 2 years"),
    "a longer cadence": ("every: 2 years", "every: 3 years"),
    "a period": ("each: term", "each: school year"),
    "a strength": ("strength: should", "strength: may"),
    "a time of keeping": ("for: 3 years", "for: 2 years"),
    "attendance": ("attendance: optional", "attendance: required"),
    "a condition": ("meaningful: true", "meaningful: false"),
}


load = lru_cache(load_tests)


@pytest.mark.parametrize("file", shipped_tests(), ids=lambda file: file.stem)
def test_every_case_passes(file):
    """What the shipped policies' own cases expect is what evaluation says."""
    results = results_of(load(file))
    assert not results.failed, plain_text(policy_tests_view([results]))


@pytest.mark.parametrize("file", shipped_tests(), ids=lambda file: file.stem)
def test_every_computed_obligation_is_met_and_missed(file):
    """Met and missed are reached (met and due, where nothing ever closes)."""
    results = results_of(load(file))
    lacking = {one.obligation.id: one.lacking for one in results.lacking}
    assert not lacking


@pytest.mark.parametrize("file", shipped_tests(), ids=lambda file: file.stem)
def test_every_obligation_has_a_case_that_pins_its_strength(file):
    """Must cannot become should without a case that fails."""
    tests = load(file)
    pinned = {case.obligation for case in tests.cases if case.strength is not None}
    assert pinned == {one.id for one in tests.policy.obligations}


@pytest.mark.parametrize("file", shipped_tests(), ids=lambda file: file.stem)
def test_weaker_obligations_are_noticed(file):
    """Nearly every neighbour of every obligation fails some case."""
    results = results_of(load(file), mutate=True)
    assert results.score is not None
    assert results.score >= SCORE, plain_text(policy_tests_view([results]))


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("file", shipped_tests(), ids=lambda file: file.stem)
def test_slips_in_the_policy_file_are_noticed(file, slip):
    """Weakening the words of a policy file fails a case of its own."""
    weaker = weakened(shipped_policies()[file.stem], *SLIPS[slip])
    if weaker is None:
        return  # this policy has no such words
    assert results_of(attrs.evolve(load(file), policy=read_policy(weaker))).failed


def weakened(policy: Path, words: str, other: str) -> str | None:
    """A policy's text with the first such words in its obligations changed."""
    head, obligations = policy.read_text(encoding="utf-8").split("\nobligations:", 1)
    if words not in obligations:
        return None
    return f"{head}\nobligations:{obligations.replace(words, other, 1)}"


def test_every_shipped_policy_has_cases():
    """No policy is shipped without its cases, and the cases are no policies."""
    assert [file.stem for file in shipped_tests()] == [*shipped_policies()]
