"""Which verdicts a policy's cases reach, obligation by obligation, and which they should."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from careerspolicy.evaluation import Verdict
from careerspolicy.model.duty import Around, Once, Side, Vaguely, Verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from careerspolicy.cases.running import Outcome
    from careerspolicy.model.duty import Duty
    from careerspolicy.model.policy import Obligation, Policy

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
