"""Rules on obligations beside each other: who owes them, which repeat or imply another.

What "implies" means is decided on the closed shape alone, and only where it is certain; whatever
the rule can't compare, it passes over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.checks.issues import Fault
from careerspolicy.checks.rules.windows import within
from careerspolicy.model.duty import Count, Covers, Distinct, Verb
from careerspolicy.solver.promises import Promise
from careerspolicy.solver.solving import evident

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from careerspolicy.checks.issues import PolicyFile
    from careerspolicy.model.duty import Duty
    from careerspolicy.model.policy import Obligation, Policy

#: They stand where a document names nobody who could be asked.
_NOBODY: Final = frozenset({"school", "trust"})


def no_role(file: PolicyFile) -> Iterator[Fault]:
    """How many of the promises only the school or the trust owes."""
    obligations = file.policy.obligations
    nobodys = [obligation for obligation in obligations if set(obligation.who) <= _NOBODY]
    if nobodys:
        all_of_them = f"{len(nobodys)} of {len(obligations)} promises"
        message = f'{all_of_them} name nobody who owes them: only "school" or "trust" does'
        mend = "name the roles that see to them in the policy"
        yield Fault(("obligations", file.positions[nobodys[0].id], "who"), message, mend)


def two_roles(file: PolicyFile) -> Iterator[Fault]:
    """The same duty is owed by one role here and by another there."""
    firsts: dict[Hashable, Obligation] = {}
    for promise in file.policy.obligations:
        if set(promise.who) <= _NOBODY:
            continue
        first = firsts.setdefault(_asked(promise), promise)
        if set(promise.who).isdisjoint(first.who):
            here, there = " and ".join(promise.who), " and ".join(first.who)
            message = f'is the duty of the {here} here, and of the {there} in "{first.id}"'
            yield file.about(promise, "who", message, "say which of them owes it, and who helps")


def repeated(file: PolicyFile) -> Iterator[Fault]:
    """The same duty of the same role a second time."""
    firsts: dict[Hashable, Obligation] = {}
    for promise in file.policy.obligations:
        first = firsts.setdefault((_asked(promise), promise.who), promise)
        if first is not promise:
            message = f'asks for the same as "{first.id}", of the same role'
            mend = "give the first a second source, and drop this"
            yield file.about(promise, "id", message, mend)


def implied(file: PolicyFile) -> Iterator[Fault]:
    """Whatever meets another obligation meets this one too."""
    by_kind: dict[str, list[Obligation]] = {}
    for promise in file.policy.obligations:
        by_kind.setdefault(promise.duty.records.kind, []).append(promise)
    position = file.positions
    for weak in file.policy.obligations:
        for strong in by_kind[weak.duty.records.kind]:
            if strong is weak or not _implies(strong, weak, file.policy):
                continue
            if position[weak.id] < position[strong.id] and _implies(weak, strong, file.policy):
                continue  # the two ask for the same in other words; the later one is told of
            message = f'whatever meets "{strong.id}" meets this too'
            mend = "let it stand if the policy says both, or drop the weaker"
            yield file.about(weak, "id", message, mend)
            break


def _asked(obligation: Obligation) -> Hashable:
    """A value that is equal for obligations of one topic that ask for the very same thing.

    The id that an attestation carries is no part of what is asked.
    """
    duty = obligation.duty
    tests = tuple(test for test in duty.records.where if test.attribute != "promise")
    plain = attrs.evolve(duty, records=attrs.evolve(duty.records, where=tests))
    return (obligation.topic, obligation.to, plain)


def _implies(strong: Obligation, weak: Obligation, policy: Policy) -> bool:
    one, other = strong.duty, weak.duty
    return (
        set(strong.who) == set(weak.who)
        and strong.to == weak.to
        and not strong.hedge
        and strong.strength.weight >= weak.strength.weight
        and one.verb is other.verb is not Verb.UPHOLD
        and not (other.further_to or other.how_soon or one.how_soon)
        and _as_much(one, other)
        and _of_the_same(strong, weak, policy)
        and within(one, other, policy.readings)
        and _asked(strong) != _asked(weak)
    )


def _as_much(one: Duty, other: Duty) -> bool:
    """At least as much of the same; prohibitions and vague amounts are not compared."""
    low, least = one.bound.at_least, other.bound.at_least
    if low is None or least is None or other.bound.at_most is not None:
        return False
    mine, wanted = one.measure, other.measure
    if isinstance(mine, Covers) and isinstance(wanted, Covers):
        whole = low >= len(mine.values) and mine.attribute == wanted.attribute
        return whole and {*wanted.values} <= {*mine.values}
    alike = mine == wanted or (isinstance(mine, Distinct) and isinstance(wanted, Count))
    return alike and not isinstance(mine, Covers) and low >= least


def _of_the_same(strong: Obligation, weak: Obligation, policy: Policy) -> bool:
    """Whether a promise, when and how much apart, is for as many and of the same records."""
    one, other = strong.duty, weak.duty
    duty = attrs.evolve(
        other,
        records=one.records,
        population=attrs.evolve(one.population, years=other.population.years),
    )
    return evident(Promise(policy, attrs.evolve(strong, duty=duty)), Promise(policy, weak))
