"""Holding cases against their policy: what passes, what they cover, which slips they notice.

`results_of` is all that one file comes to, for the writers of text, JSON and JUnit XML.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

import attrs

from careerspolicy.cases.mutations import mutants
from careerspolicy.evaluation import Verdict
from careerspolicy.evaluation.reference import Engine
from careerspolicy.model.duty import Verb
from careerspolicy.model.schedule import Around, Once, Side, Vaguely

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from careerspolicy.cases.cases import PolicyCase, PolicyTests
    from careerspolicy.model.duty import Duty
    from careerspolicy.model.policy import Obligation, Policy


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
    picked = chain(*(expected.picked(findings, case.as_of) for expected in case.expect))
    reached = frozenset(finding.verdict for finding in picked)
    return Outcome(case=case, failures=tuple(failures), reached=reached)


#: The subjects that have no end of their own.
_LASTING = ("school", "trust")


@attrs.frozen(kw_only=True)
class Coverage:
    """One obligation: how many cases it has, the verdicts they reach, and those they should."""

    obligation: Obligation
    cases: int
    reached: frozenset[Verdict]
    wanted: frozenset[Verdict]

    @property
    def lacking(self) -> tuple[Verdict, ...]:
        """The verdicts that some case should reach and none does."""
        return tuple(verdict for verdict in Verdict if verdict in self.wanted - self.reached)


def wanted(duty: Duty) -> frozenset[Verdict]:
    """The verdicts that cases should reach: met and missed, where the duty is worked out.

    A promise that is upheld, or whose number or time is a word, asks for none. One that nothing
    ever closes cannot be missed: it is due until it is met.
    """
    if not computed(duty):
        return frozenset()
    return frozenset({Verdict.MET, Verdict.MISSED if closes(duty) else Verdict.DUE})


def computed(duty: Duty) -> bool:
    """Whether records alone decide it: it isn't attested, and no word stands for a number."""
    vague = isinstance(duty.schedule, Vaguely) or bool(duty.bound.vague)
    return duty.verb is not Verb.UPHOLD and not vague


def closes(duty: Duty) -> bool:
    """Whether a day can come on which it is missed."""
    if duty.bound.at_most is not None:
        return True
    schedule = duty.schedule
    if isinstance(schedule, Around):
        return schedule.side is not Side.AFTER or schedule.within is not None
    lasting = duty.population.subject in _LASTING
    return not (lasting and isinstance(schedule, Once) and schedule.end is None)


@attrs.frozen(kw_only=True)
class Weakened:
    """One neighbour of one obligation; `noticed_by` is the first case that tells them apart."""

    obligation: Obligation
    change: str
    noticed_by: PolicyCase | None


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
        """The percentage of neighbours noticed, 100 of none; None where none was tried."""
        if not self.weakened:
            return None if self.weakened is None else 100.0
        noticed = sum(neighbour.noticed_by is not None for neighbour in self.weakened)
        return 100 * noticed / len(self.weakened)


def results_of(tests: PolicyTests, *, mutate: bool = False) -> Results:
    """Run a file of tests; with `mutate` also see which weaker obligations it notices.

    Only cases that pass cover an obligation, or can notice anything.
    """
    policy = tests.policy
    outcomes = tuple(run_case(case, policy) for case in tests.cases)
    passed: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.passed:
            passed[outcome.case.obligation].append(outcome)
    coverage = tuple(
        Coverage(
            obligation=obligation,
            cases=len(passed[obligation.id]),
            reached=frozenset().union(*(one.reached for one in passed[obligation.id])),
            wanted=wanted(obligation.duty),
        )
        for obligation in policy.obligations
    )
    weakened = tuple(_weakened(policy, passed)) if mutate else None
    return Results(tests=tests, outcomes=outcomes, coverage=coverage, weakened=weakened)


def _weakened(policy: Policy, passed: Mapping[str, Sequence[Outcome]]) -> Iterator[Weakened]:
    """Every neighbour of every obligation, and the first case that notices it.

    The obligation's own cases are asked first, then those of what is further to it.
    """
    for at, obligation in enumerate(policy.obligations):
        further = [one.id for one in policy.obligations if one.duty.further_to == obligation.id]
        cases = [one.case for name in (obligation.id, *further) for one in passed.get(name, ())]
        before, after = policy.obligations[:at], policy.obligations[at + 1 :]
        for change, neighbour in mutants(obligation, policy.vocabulary):
            changed = attrs.evolve(policy, obligations=(*before, neighbour, *after))
            noticing = (case for case in cases if not run_case(case, changed).passed)
            yield Weakened(obligation=obligation, change=change, noticed_by=next(noticing, None))
