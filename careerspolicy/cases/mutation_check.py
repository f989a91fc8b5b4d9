"""Do a policy's cases notice when an obligation is weakened? Each neighbour is put to them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import attrs

from careerspolicy.cases.mutations import mutants
from careerspolicy.cases.running import run_case

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from careerspolicy.cases.cases import PolicyCase
    from careerspolicy.cases.mutations import Mutant
    from careerspolicy.cases.running import Outcome
    from careerspolicy.model.policy import Obligation, Policy


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
