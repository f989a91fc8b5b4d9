"""English from the shape: every obligation as one sentence, approved by people, and its laws.

The approved sentences stand in `tests/approved/sentences/`, one file a policy: id, sentence, and
how a promise that is only attested is known. When sentences change on purpose, run
`APPROVE=1 pytest tests/test_english.py`, read the difference aloud, and keep it if it reads well.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path

import attrs
import pytest
from any_duty import durations, duties, maybe_points, one_duty
from any_duty import policy_of as policy_owing
from hypothesis import assume, given
from hypothesis import strategies as st

from careerspolicy import load_policy, shipped_policies
from careerspolicy.cases.mutations import mutants
from careerspolicy.english.sentences import evidence, in_few_words, parts, sentence
from careerspolicy.model.duty import Bound, Count, Duty, Matching, Predicate, Verb
from careerspolicy.model.policy import Strength
from careerspolicy.model.population import Condition, Population
from careerspolicy.model.schedule import Each, Every, Once, Vaguely, YearPoint

APPROVED = Path(__file__).parent / "approved" / "sentences"
POLICIES = sorted(shipped_policies())

#: What no sentence may hold: code's words, slots left over, a word or a space twice.
UNREADABLE = re.compile(
    r"None\b|[{}_*|]|  |\b(\w+) \1\b(?!-)|\b[Aa] an?\b|\bthe (?:the|an?)\b| [,.]"
)
SENTENCE = re.compile(r"[A-Z].*[^.,; ]\.")


@lru_cache
def policy_of(name):
    """A shipped policy, loaded once."""
    return load_policy(name)


def written(policy):
    """A policy's sentences as the approved file holds them."""
    told = []
    for one in policy.obligations:
        known = evidence(one, policy)
        told += [
            f"{one.id}: {sentence(one, policy)}",
            *([f"    {known}"] if known else []),
        ]
    return "\n".join(told) + "\n"


@pytest.mark.parametrize("name", POLICIES)
def test_sentences_are_as_approved(name):
    """Every obligation's sentence is the approved one; APPROVE=1 writes them anew."""
    told = written(policy_of(name))
    file = APPROVED / f"{name}.txt"
    if os.environ.get("APPROVE"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(told, encoding="utf-8")
    assert told == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", POLICIES)
def test_sentences_read_as_sentences(name):
    """A capital, one full stop at the end, and nothing that only code would write."""
    policy = policy_of(name)
    for one in policy.obligations:
        told = sentence(one, policy)
        assert SENTENCE.fullmatch(told), told
        assert not UNREADABLE.search(told), told
        assert not UNREADABLE.search(evidence(one, policy))


@pytest.mark.parametrize("name", POLICIES)
def test_no_two_obligations_of_a_policy_read_alike(name):
    """Whoever reads two of a policy's sentences can tell which obligation each is."""
    policy = policy_of(name)
    seen = {}
    for one in policy.obligations:
        other = seen.setdefault(sentence(one, policy), one.id)
        assert other == one.id, f"{one.id} reads as {other} does"


@pytest.mark.parametrize("name", POLICIES)
def test_every_slip_changes_the_sentence(name):
    """An obligation a year late, one fewer or without a condition reads or is known otherwise."""
    policy = policy_of(name)
    for one in policy.obligations:
        told = sentence(one, policy), evidence(one, policy)
        for change, other in mutants(one, policy.vocabulary):
            assert (sentence(other, policy), evidence(other, policy)) != told, (one.id, change)


@pytest.mark.parametrize("name", POLICIES)
def test_who_hedge_strength_and_to_are_always_said(name):
    """Another owner, hedge or strength makes another sentence; others owed are told too."""
    policy = policy_of(name)
    for one in policy.obligations:
        told = {sentence(attrs.evolve(one, strength=each), policy) for each in Strength}
        assert len(told) == len(Strength), one.id
        for other in ({"who": ("keyworker",)}, {"hedge": "where the weather allows"}):
            assert sentence(attrs.evolve(one, **other), policy) != sentence(one, policy), one.id
        for to in {(), ("parents",), ("pupil",), ("keyworker",)} - {one.to}:
            other = attrs.evolve(one, to=to)
            assert (sentence(other, policy), evidence(other, policy)) != (
                sentence(one, policy),
                evidence(one, policy),
            ), one.id


@pytest.mark.parametrize("name", POLICIES)
def test_evidence_is_told_of_attested_promises_alone(name):
    """Promises that records measure need no other evidence; to whom each is owed is told."""
    policy = policy_of(name)
    for one in policy.obligations:
        attested = one.duty.verb is Verb.UPHOLD
        assert ("an attestation by " in evidence(one, policy)) == attested
        assert ("owed to " in evidence(one, policy)) == bool(one.to)


@pytest.mark.parametrize("name", POLICIES)
def test_parts_and_few_words_are_plain_too(name):
    """Who and what are always said; no part holds anything that only code would write."""
    policy = policy_of(name)
    for one in policy.obligations:
        told = parts(one, policy)
        assert told.who
        assert told.what
        assert in_few_words(one, policy).startswith(f"{one.strength.value}: ")
        for phrase in (*attrs.astuple(told), in_few_words(one, policy)):
            assert not UNREADABLE.search(phrase), phrase


@given(one_duty())
def test_any_duty_reads_as_a_sentence(owed):
    """Whatever the shape holds, it can be said."""
    policy = owed.policy
    told = sentence(policy.obligations[0], policy)
    assert SENTENCE.fullmatch(told), told
    assert not UNREADABLE.search(told), told


@given(st.data(), one_duty(), one_duty())
def test_duties_that_differ_in_one_part_read_differently(data, owed, other):
    """Any part of a duty taken from another duty changes the sentence, if it is another part."""
    part = data.draw(
        st.sampled_from(["population", "schedule", "records", "measure", "bound"]), label="part"
    )
    mixed = attrs.evolve(owed.duty, **{part: getattr(other.duty, part)})
    one, two = owed.policy, attrs.evolve(owed, duty=mixed).policy
    alike = sentence(one.obligations[0], one) == sentence(two.obligations[0], two)
    assert alike == (mixed == owed.duty)


# ---------------------------------------------------------------------------- one thing another

ROLES = ["school", "trust", "governing body", "careers leader", "teacher", "parents", "pupil"]
EARLIER = ["duty-1", "duty-2", "duty-3"]
SAID = {
    "who": st.lists(st.sampled_from(ROLES), min_size=1, max_size=2, unique=True).map(tuple),
    "to": st.lists(st.sampled_from(ROLES), max_size=2, unique=True).map(tuple),
    "strength": st.sampled_from(Strength),
    "hedge": st.sampled_from(
        ["", "usually", "where possible", "seek to", "work towards", "are committed to", "we hope"]
    ),
}
PREDICATES = [
    Predicate(words="plan careers work with pupils and parents"),
    Predicate(words="not favour any route"),
    Predicate(words="be an advocate for careers"),
    Predicate(words="guidance is impartial", clause=True),
    Predicate(words="nobody is left out", clause=True),
]


def attested(role, schedule, subject, predicate):
    """A promise that is only attested, in the closed shape."""
    return Duty(
        verb=Verb.UPHOLD,
        population=Population(subject=subject),
        schedule=schedule,
        records=Matching(
            kind="attestation", where=(Condition(attribute="role", one_of=frozenset([role])),)
        ),
        measure=Count(),
        bound=Bound(at_least=1),
        predicate=predicate,
    )


attested_duties = st.builds(
    attested,
    st.sampled_from(["headteacher", "governing body"]),
    st.builds(Every, duration=durations)
    | st.builds(Each, period=st.sampled_from(["term", "school year"]), start=maybe_points)
    | st.builds(Vaguely, words=st.sampled_from(["regularly", "each summer"])),
    st.sampled_from(["school", "trust"]),
    st.sampled_from(PREDICATES),
)
measured_duties = st.builds(
    attrs.evolve,
    duties(bounds=st.builds(Bound, at_least=st.integers(1, 3))),
    further_to=st.sampled_from(["", *EARLIER]),
    how_soon=st.sampled_from(["", "as early as possible", "on request"]),
)


#: Promises that another can add to, many of them owed at one time.
earlier_duties = duties(
    schedules=st.sampled_from([Once(), *(Once(end=YearPoint(year=year)) for year in (9, 11))])
)


def promised(owed):
    """Strategy of policies whose last promise is of some duty."""

    def standing(duty, before, said):
        policy = policy_owing(*before, duty)
        *first, last = policy.obligations
        last = attrs.evolve(last, **said)
        return attrs.evolve(policy, obligations=(*first, last))

    return st.builds(
        standing,
        owed,
        st.tuples(*[earlier_duties] * 3),
        st.fixed_dictionaries(SAID),
    )


def told(policy):
    """How the last promise of a policy reads, and how it is known."""
    one = policy.obligations[-1]
    return sentence(one, policy), evidence(one, policy)


def with_other(policy, **changed):
    """A policy whose last promise says something else."""
    *first, last = policy.obligations
    return attrs.evolve(policy, obligations=(*first, attrs.evolve(last, **changed)))


@given(st.data(), promised(measured_duties | attested_duties))
def test_a_promise_that_differs_in_one_thing_reads_differently(data, policy):
    """Another owner, another one owed, another strength or hedge: another sentence or evidence."""
    name = data.draw(st.sampled_from(sorted(SAID)), label="changed")
    one = policy.obligations[-1]
    other = data.draw(SAID[name])
    alike = (
        {*other} == {*getattr(one, name)} if name in ("who", "to") else other == getattr(one, name)
    )
    assume(not alike)
    assert told(with_other(policy, **{name: other})) != told(policy)


@given(st.data(), promised(measured_duties))
def test_another_further_to_or_how_soon_reads_differently(data, policy):
    """Which earlier promise one adds to, and how soon it is owed, are always said."""
    duty = policy.obligations[-1].duty
    name = data.draw(st.sampled_from(["further_to", "how_soon"]), label="changed")
    other = data.draw(st.sampled_from(["", *EARLIER] if name == "further_to" else ["", "at once"]))
    assume(other != getattr(duty, name))
    changed = with_other(policy, duty=attrs.evolve(duty, **{name: other}))
    assert told(changed) != told(policy)


@given(promised(attested_duties), attested_duties)
def test_another_predicate_or_attestation_reads_differently(policy, duty):
    """Of what is only attested, another predicate or another attestation is told."""
    one = policy.obligations[-1]
    assume(duty != one.duty)
    assert told(with_other(policy, duty=duty)) != told(policy)
