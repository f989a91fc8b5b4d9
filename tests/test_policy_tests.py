"""The shipped policies' own cases: worked out by hand, each with its reason, and all pass.

That every obligation means what it says, and that no slip goes unnoticed, is held by the approved
sentences: see `test_english.py`.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from careerspolicy import evaluate, load_policy
from careerspolicy.cases import load_tests, results_of, shipped_tests
from careerspolicy.evaluation.findings import Verdict
from careerspolicy.loading import shipped_policies
from careerspolicy.readers import facts_from
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


def test_a_primary_school_is_asked_nothing_of_a_secondary_programme():
    """Impact's section 5 is headed so: of a school to Year 6 no sentence of it is even unknown."""
    school = {"urn": "100001", "name": "Any School", "trust": "Any Trust", "as_at": "2026-06-01"}
    years = {"phase": "primary", "lowest_year": 0, "highest_year": 6}
    pupil = {"id": "P1", "school": "100001", "born": "2018-03-14"}
    impact = load_policy("impact")
    facts = facts_from(
        {"format": 1, "schools": [school | years], "pupils": [pupil], "records": {}},
        vocabulary=impact.vocabulary,
    )
    asked = {
        finding.obligation.id
        for finding in evaluate(impact, facts, as_of=date(2026, 6, 1)).findings
        if finding.verdict is not Verdict.NOT_APPLICABLE
        and finding.subject.kind != "trust"
        and all(source.section[0] in "5K" for source in finding.obligation.source)
    }
    assert asked == set()
