"""Which of two policies asks more on a whole topic: pairs worked out by hand."""

from __future__ import annotations

import attrs
import pytest
from any_duty import policy_of

from careerspolicy.comparison.comparing import compare
from careerspolicy.evaluation import Verdict, evaluate
from careerspolicy.model.duty import Bound, Count, Duty, Matching, Verb
from careerspolicy.model.population import Condition, Population
from careerspolicy.model.schedule import Once, YearPoint


def owed(amount, first, last, *, kind="provider encounter", where=()):
    """So many records of a kind between the starts and ends of two year groups."""
    return Duty(
        verb=Verb.PROVIDE,
        population=Population(subject="pupil"),
        schedule=Once(start=YearPoint(year=first), end=YearPoint(year=last)),
        records=Matching(kind=kind, where=where),
        measure=Count(),
        bound=Bound(at_least=amount),
    )


def attested(policy):
    """A promise of the first obligation's id that is only attested."""
    first = policy.obligations[0]
    named = (Condition(attribute="promise", one_of=frozenset([first.id])),)
    duty = owed(1, 7, 13, kind="attestation", where=named)
    return attrs.evolve(
        policy,
        obligations=(
            attrs.evolve(first, duty=attrs.evolve(duty, verb=Verb.UPHOLD)),
            *policy.obligations[1:],
        ),
    )


def related(left, right):
    """How one policy's promises stand to another's, on the one topic that both are about."""
    (topic,) = compare([attrs.evolve(left, id="left"), attrs.evolve(right, id="right")]).topics
    return topic.relations[0]


TECHNICAL = (Condition(attribute="technical", one_of=frozenset([True])),)
TWO_AND_TWO = (owed(2, 8, 9), owed(2, 10, 11))
CASES = {
    "two promises together bring one": (TWO_AND_TWO, (owed(4, 8, 11),), "stricter"),
    "and no larger one": (TWO_AND_TWO, (owed(5, 8, 11),), "incomparable"),
    "one brings neither of two": ((owed(4, 8, 11),), TWO_AND_TWO, "weaker"),
    "one more promise asks more": (TWO_AND_TWO, (owed(2, 8, 9),), "stricter"),
    "the same in another order": (TWO_AND_TWO, TWO_AND_TWO[::-1], "equal"),
    "other kinds of record": (
        (owed(1, 7, 9), owed(1, 7, 9, kind="workplace experience")),
        (owed(1, 7, 9), owed(1, 7, 9, kind="guidance meeting")),
        "incomparable",
    ),
    "a narrower filter against a larger count": (
        (owed(2, 8, 9, where=TECHNICAL),),
        (owed(3, 8, 9),),
        "incomparable",
    ),
}


@pytest.mark.parametrize(("left", "right", "kind"), CASES.values(), ids=CASES)
def test_a_topic_stands_as_worked_out_by_hand(left, right, kind):
    """What all of one policy's promises bring of all the other's, as a reader would reckon."""
    assert related(policy_of(*left), policy_of(*right)).kind.value == kind


@pytest.mark.parametrize(("left", "right", "kind"), CASES.values(), ids=CASES)
def test_a_topics_witness_meets_and_misses_what_it_says(left, right, kind):
    """Each witness, held against both policies, misses a promise of the one policy alone."""
    found = related(policy_of(*left), policy_of(*right))
    assert kind == found.kind.value
    assert len(found.witnesses) == {"equal": 0, "incomparable": 2}.get(kind, 1)
    for witness in found.witnesses:
        policies = {one.policy.id: one.policy for one in (*witness.meets, witness.misses)}
        assert len(policies) == 2
        missed = {
            (one.obligation.id, policy.id)
            for policy in policies.values()
            for one in evaluate(policy, witness.facts, as_of=witness.asked).findings
            if one.verdict is Verdict.MISSED
        }
        assert (witness.misses.obligation.id, witness.misses.policy.id) in missed
        assert missed.isdisjoint((one.obligation.id, one.policy.id) for one in witness.meets)


def test_a_promise_to_have_none_is_not_brought_by_other_records():
    """Who is asked for other records alone may have too many of these, as a witness shows."""
    limit = attrs.evolve(owed(1, 8, 9), bound=Bound(at_most=0))
    told = related(policy_of(owed(1, 8, 9, kind="guidance meeting")), policy_of(limit))
    assert told.kind.value == "incomparable"
    assert [len(shown.meets) for shown in told.witnesses] == [1, 1]


def test_what_is_attested_leaves_a_topic_undecided():
    """Nothing measured tells whether an attested promise is brought; the reason is said."""
    measured = policy_of(owed(2, 8, 9))
    told = related(measured, attested(policy_of(owed(2, 8, 9), owed(2, 8, 9))))
    assert told.kind.value == "undecided"
    assert "known only by attestations" in told.why
