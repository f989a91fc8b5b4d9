"""Holding cases against their policy: what passes, what they cover, which slips they notice."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import attrs

from careerspolicy.cases.mutations import mutants
from careerspolicy.evaluation import Verdict
from careerspolicy.evaluation.reference import Engine
from careerspolicy.model.duty import Verb
from careerspolicy.model.schedule import Around, Once, Side, Vaguely

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from careerspolicy.cases.cases import PolicyCase, PolicyTests
    from careerspolicy.cases.mutations import Mutant
    from careerspolicy.evaluation import Finding
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


def coverage(policy: Policy, outcomes: Iterable[Outcome]) -> tuple[Coverage, ...]:
    """Every obligation's coverage, in the policy's order; only cases that passed count."""
    passed: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.passed:
            passed.setdefault(outcome.case.obligation, []).append(outcome)
    return tuple(_covered(one, passed.get(one.id, ())) for one in policy.obligations)


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


def _covered(obligation: Obligation, outcomes: Sequence[Outcome]) -> Coverage:
    return Coverage(
        obligation=obligation,
        cases=len(outcomes),
        reached=frozenset().union(*(one.reached for one in outcomes)),
        wanted=wanted(obligation.duty),
    )


@attrs.frozen(kw_only=True)
class Weakened:
    """One neighbour of one obligation; `noticed_by` is the first case that tells them apart."""

    obligation: Obligation
    change: str
    noticed_by: PolicyCase | None


def check_mutations(policy: Policy, outcomes: Iterable[Outcome]) -> tuple[Weakened, ...]:
    """Every neighbour of every obligation, and what notices it; only cases that pass can."""
    cases: defaultdict[str, list[PolicyCase]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.passed:
            cases[outcome.case.obligation].append(outcome.case)
    return tuple(
        Weakened(
            obligation=one,
            change=mutant.change,
            noticed_by=_noticing(policy, mutant, _bearing(one, policy, cases)),
        )
        for one in policy.obligations
        for mutant in mutants(one, policy.vocabulary)
    )


def score(weakened: Sequence[Weakened]) -> float:
    """The percentage of neighbours that are noticed; 100 where there is none."""
    if not weakened:
        return 100.0
    return 100 * sum(one.noticed_by is not None for one in weakened) / len(weakened)


def _bearing(
    obligation: Obligation, policy: Policy, cases: dict[str, list[PolicyCase]]
) -> list[PolicyCase]:
    """The cases of an obligation, then of those that are further to it."""
    further = [one.id for one in policy.obligations if one.duty.further_to == obligation.id]
    return [case for name in (obligation.id, *further) for case in cases[name]]


def _noticing(policy: Policy, mutant: Mutant, cases: Iterable[PolicyCase]) -> PolicyCase | None:
    changed = attrs.evolve(
        policy,
        obligations=tuple(
            mutant.obligation if one.id == mutant.obligation.id else one
            for one in policy.obligations
        ),
    )
    return next((case for case in cases if not run_case(case, changed).passed), None)
