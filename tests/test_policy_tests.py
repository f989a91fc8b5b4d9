"""The shipped policies' own cases: worked out by hand, each with its reason, and all pass.

That every obligation means what it says, and that no slip goes unnoticed, is held by the approved
sentences: see `test_english.py`.
"""

from __future__ import annotations

from functools import lru_cache

import pytest

from careerspolicy.cases import load_tests, results_of, shipped_tests
from careerspolicy.loading import shipped_policies
from careerspolicy.views.checks import policy_tests_view
from careerspolicy.writers.text import plain_text

#: The promises of each policy that are hardest to get right.
LEAST = 10

load = lru_cache(load_tests)
each_file = pytest.mark.parametrize("file", shipped_tests(), ids=lambda file: file.stem)


@each_file
def test_every_case_passes(file):
    """What the shipped policies' own cases expect is what evaluation says."""
    results = results_of(load(file))
    assert not results.failed, plain_text(policy_tests_view([results]))


@each_file
def test_every_case_says_why(file):
    """Each policy has its ten cases, and whoever doubts a verdict reads the reason beside it."""
    cases = load(file).cases
    assert len(cases) >= LEAST
    assert [case.name for case in cases if not case.because] == []


def test_every_shipped_policy_has_cases():
    """No policy is shipped without its cases, and the cases are no policies."""
    assert [file.stem for file in shipped_tests()] == [*shipped_policies()]
