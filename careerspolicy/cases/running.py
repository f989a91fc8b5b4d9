"""Runs a policy's cases: what the evaluator says of each, against what is expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from careerspolicy.evaluation.reference import Engine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from careerspolicy.cases.cases import PolicyCase, PolicyTests
    from careerspolicy.evaluation import Finding, Verdict
    from careerspolicy.model.policy import Policy


@attrs.frozen(kw_only=True)
class Outcome:
    """How one case went: `failures` say what was expected and what came; none, and it passed.

    `reached` are the verdicts of the findings that it is about.
    """

    case: PolicyCase
    failures: tuple[str, ...]
    reached: frozenset[Verdict]

    @property
    def passed(self) -> bool:
        """Whether all was as expected."""
        return not self.failures


def run_tests(tests: PolicyTests) -> tuple[Outcome, ...]:
    """The outcome of every case of a file, in order."""
    return tuple(run_case(case, tests.policy) for case in tests.cases)


def run_case(case: PolicyCase, policy: Policy) -> Outcome:
    """The outcome of one case under a policy (its own, or a weakened one)."""
    obligation = policy.obligation(case.obligation)
    assert obligation is not None  # noqa: S101 - reading has seen to it
    failures = []
    if case.strength not in (None, obligation.strength):
        failures.append(
            f"expected strength {case.strength and case.strength.value},"
            f" but it is {obligation.strength.value}"
        )
    findings = tuple(Engine(policy, case.facts, case.as_of).findings(obligation))
    for expectation in case.expect:
        failures += expectation.unmet(findings, case.as_of)
    return Outcome(
        case=case, failures=tuple(failures), reached=frozenset(_verdicts(case, findings))
    )


def _verdicts(case: PolicyCase, findings: tuple[Finding, ...]) -> Iterable[Verdict]:
    for expectation in case.expect:
        for finding in expectation.picked(findings, case.as_of):
            yield finding.verdict
