"""Evaluation of one pupil: the findings that the whole report has about them, and no others."""

from __future__ import annotations

from datetime import date

import pytest
from test_laws import as_told
from test_other_institutions import FOLDER, NAMES, expected_of, policy_of

from careerspolicy import Facts, Policy, evaluate, load_facts
from careerspolicy.errors import UnknownName


def known_to(name: str) -> tuple[Policy, Facts, date]:
    """An institution's policy and facts, and the day asked about."""
    policy = policy_of(name)
    facts = load_facts(FOLDER / "facts" / f"{name}.yaml", vocabulary=policy.vocabulary)
    return policy, facts, date.fromisoformat(expected_of(name)["as_of"])


@pytest.mark.parametrize("name", NAMES)
def test_a_pupil_alone_has_the_findings_of_the_whole_report(name: str) -> None:
    """Asking about one pupil leaves out the others, and changes nothing about this one."""
    policy, facts, day = known_to(name)
    whole = evaluate(policy, facts, as_of=day)
    for pupil in facts.pupils:
        alone = evaluate(policy, facts, as_of=day, pupil=pupil.id)
        assert as_told(alone.findings) == as_told(whole.of(pupil.id))
        assert alone.facts is facts


def test_a_pupil_who_is_not_there_is_named_with_the_nearest() -> None:
    """A misspelt id is not an empty report."""
    policy, facts, day = known_to("special_school")
    with pytest.raises(UnknownName, match='no pupil "S1O"; did you mean "S1"'):
        evaluate(policy, facts, as_of=day, pupil="S1O")
