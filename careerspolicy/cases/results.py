"""All that one file of tests came to, for the writers of text, JSON and JUnit XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from careerspolicy.cases.running import (
    Coverage,
    Outcome,
    Weakened,
    check_mutations,
    coverage,
    run_tests,
    score,
)

if TYPE_CHECKING:
    from careerspolicy.cases.cases import PolicyTests


@attrs.frozen(kw_only=True)
class Results:
    """One file's outcomes and coverage; `weakened` is None unless neighbours were put to it."""

    tests: PolicyTests
    outcomes: tuple[Outcome, ...]
    coverage: tuple[Coverage, ...]
    weakened: tuple[Weakened, ...] | None = None

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The cases that did not come out as expected."""
        return tuple(one for one in self.outcomes if not one.passed)

    @property
    def lacking(self) -> tuple[Coverage, ...]:
        """The obligations that some verdict is still to be reached for."""
        return tuple(one for one in self.coverage if one.lacking)

    @property
    def score(self) -> float | None:
        """The percentage of neighbours noticed; None where none was tried."""
        return None if self.weakened is None else score(self.weakened)


def results_of(tests: PolicyTests, *, mutate: bool = False) -> Results:
    """Run a file of tests; with `mutate` also see which weaker obligations it notices."""
    outcomes = run_tests(tests)
    return Results(
        tests=tests,
        outcomes=outcomes,
        coverage=coverage(tests.policy, outcomes),
        weakened=check_mutations(tests.policy, outcomes) if mutate else None,
    )
