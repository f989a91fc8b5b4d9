"""Laws of the relation between promises: it agrees with the evaluator, and it is an order.

What is worked out by hand stands in `test_analysis_cases.py`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from itertools import product

import attrs
import pytest
from any_duty import (
    Owed,
    always,
    around,
    at_least,
    at_most,
    both,
    duties,
    each,
    every,
    kept,
    once,
    policy_of,
    readings,
)
from budget import budget
from hypothesis import assume, given
from hypothesis import strategies as st

from careerspolicy.calendar.durations import Duration
from careerspolicy.english.answers import witness_sentence
from careerspolicy.errors import MissingExtra
from careerspolicy.lives.people import made_record, record_id, usual_pupil, usual_school
from careerspolicy.model.duty import Bound, Count, Distinct, Duty, Matching, Total, Verb
from careerspolicy.model.facts import Facts
from careerspolicy.model.policy import Strength
from careerspolicy.model.population import Condition, Population
from careerspolicy.model.schedule import Around, DatePoint, Each, Every, Once, Side, YearPoint
from careerspolicy.solver.codes import Code
from careerspolicy.solver.promises import Promise, undecidable
from careerspolicy.solver.relations import Standing, implied_by, policy_relation, relation
from careerspolicy.solver.solving import evident, search
from careerspolicy.solver.witnesses import meets, misses

KIND = "provider encounter"
PATIENCE = 1000
REPLAYED = (Code.REPLAYED_NOT_MET, Code.REPLAYED_NOT_MISSED)
LAST_PRIMARY, SIXTH_FORM = 6, 12
SINCE, AS_OF = date(2023, 9, 1), date(2040, 9, 1)
PLACES = [(year, day) for year in range(2023, 2030) for day in ((11, 3), (3, 9), (6, 8))]
TECHNICAL = (Condition(attribute="technical", one_of=frozenset([True])),)
NOT_TECHNICAL = (Condition(attribute="technical", one_of=frozenset([False])),)
PLANNED = (Condition(attribute="ehc_plan", one_of=frozenset([True])),)


def promise_of(duty, readings=None):
    """A policy of one duty, and that duty as a promise."""
    policy = policy_of(duty, readings=readings) if readings else policy_of(duty)
    return Promise(policy, policy.obligations[0])


def duty_of(schedule, bound, **parts):
    """A duty of provider encounters."""
    told = {
        "verb": Verb.PROVIDE,
        "population": Population(subject="pupil"),
        "measure": Count(),
        "records": Matching(kind=KIND),
    }
    return Duty(schedule=schedule, bound=bound, **(told | parts))


# ---------------------------------------------------------------------------- whole histories

RECORD_PARTS = st.tuples(
    st.sampled_from(PLACES),
    st.sampled_from(["workplace experience", KIND, KIND, KIND]),
    st.fixed_dictionaries(
        {
            "technical": st.booleans(),
            "attended": st.booleans(),
            "providers": st.sampled_from([frozenset("A"), frozenset("B"), frozenset("AB")]),
            "provider_type": st.sampled_from(
                [frozenset(), frozenset(["university"]), frozenset(["university", "sixth form"])]
            ),
            "hours": st.integers(0, 5),
            "nature": st.sampled_from(["placement", "activity"]),
        }
    ),
    st.none() | st.integers(0, 3000),
)


@st.composite
def histories(draw, most=7):
    """A pupil who goes right through a school with Years 7 to 13, with complete records."""
    rows = draw(st.lists(RECORD_PARTS, max_size=most))
    born = draw(st.dates(date(2011, 9, 1), date(2012, 8, 31)))
    attributes = {"ehc_plan": draw(st.booleans())}
    return facts_of([record_of(*one) for one in rows], born, attributes)


def record_of(place, kind, said, lasts=None):
    """A record in one of the places of a life."""
    year, (month, day) = place
    start = date(year + (month < 9), month, day)
    until = None if lasts is None else date.fromordinal(start.toordinal() + lasts)
    return made_record(kind, start, 0, until=until, attributes=said)


def facts_of(records, born=date(2012, 3, 15), attributes=None):
    """The pupil with some records; all that they could be asked is told."""
    pupil = usual_pupil(born=born, attributes=attributes or {"ehc_plan": False})
    named = tuple(attrs.evolve(one, id=record_id(n)) for n, one in enumerate(records))
    return Facts(
        schools=(usual_school(AS_OF),),
        pupils=(pupil,),
        records=named,
        known_kinds=frozenset([KIND, "workplace experience"]),
    )


def assert_no_counterexample(left, right, facts):
    """A history that meets the left doesn't miss the right."""
    if meets(left, facts, AS_OF, SINCE):
        assert not misses(right, facts, AS_OF)


# ---------------------------------------------------------------------------- simple promises

YEARS = st.integers(7, 11)
ONCE = st.builds(
    lambda first, last: Once(start=YearPoint(year=first), end=YearPoint(year=max(first, last))),
    YEARS,
    YEARS,
)
EACH = st.builds(
    lambda period, first, last: Each(
        period=period, start=YearPoint(year=first), end=YearPoint(year=max(first, last))
    ),
    st.sampled_from(["school year", "key stage"]),
    YEARS,
    YEARS,
)
SIMPLE = st.builds(
    duty_of,
    ONCE | EACH,
    st.builds(Bound, at_least=st.integers(1, 3)) | st.builds(Bound, at_most=st.integers(0, 2)),
    measure=st.sampled_from([Count(), Count(), Distinct(attribute="providers")]),
    records=st.builds(
        Matching,
        kind=st.just(KIND),
        where=st.sampled_from([(), TECHNICAL, NOT_TECHNICAL]),
        offered=st.booleans(),
    ),
    population=st.builds(
        Population, subject=st.just("pupil"), where=st.sampled_from([(), (), PLANNED])
    ),
)


@st.composite
def neighbours(draw):
    """Two simple promises that differ in a part or two, so that they are often ordered."""
    left, other = draw(SIMPLE), draw(SIMPLE)
    parts = draw(st.sets(st.sampled_from(["schedule", "bound", "measure", "records"]), max_size=2))
    return left, attrs.evolve(left, **{part: getattr(other, part) for part in parts})


def brings(one, other):
    """Whether one promise brings another; None if it isn't known."""
    answer = search((one,), other, patience=PATIENCE, rough=True)
    return None if answer.doubt else answer.none


@budget(40)
@given(neighbours(), st.lists(histories(), min_size=3, max_size=3))
def test_what_is_ordered_has_no_counterexample(pair, lives):
    """Where one simple promise brings another, no history meets the one and misses the other."""
    left, right = map(promise_of, pair)
    if brings(left, right):
        for facts in lives:
            assert_no_counterexample(left, right, facts)


@budget(40)
@given(SIMPLE, SIMPLE, st.lists(histories(), min_size=3, max_size=3))
def test_any_two_simple_promises_agree_with_the_evaluator(left, right, lives):
    """A history that meets one and misses another is never denied."""
    one, other = promise_of(left), promise_of(right)
    found = any(meets(one, facts, AS_OF, SINCE) and misses(other, facts, AS_OF) for facts in lives)
    if found:
        assert not brings(one, other)


def is_quick(duty):
    """Whether a duty takes the solver no more than moments: no dates, weeks or days."""
    schedule = duty.schedule
    if getattr(schedule, "period", "term") not in ("school year", "key stage", "term"):
        return False
    lengths = [getattr(schedule, name, None) for name in ("duration", "within", "notice")]
    if any(one is not None and one.unit not in ("year", "month") for one in lengths):
        return False
    ends = [getattr(schedule, name, None) for name in ("start", "end", "after")]
    every_point = [one for end in ends if end for one in getattr(end, "points", (end,))]
    return not any(isinstance(one, DatePoint) for one in every_point)


SUPPORTED = duties(
    schedules=once | each | every | around | always | kept, bounds=at_least | at_most | both
).filter(is_quick)


@budget(25)
@given(SUPPORTED, readings, st.integers(0, 2), st.lists(histories(), min_size=2, max_size=2))
def test_any_duty_of_the_shape_agrees_with_the_evaluator(duty, how, more, lives):
    """Any duty against itself with another bound: what is ordered has no counterexample."""
    harder = attrs.evolve(duty, bound=Bound(at_least=(duty.bound.at_least or 0) + more))
    left, right = promise_of(harder, how), promise_of(duty, how)
    assume(not undecidable(left))
    for one, other in ((left, right), (right, left)):
        answer = search((one,), other, patience=PATIENCE, rough=True)
        assert not answer.doubt or answer.doubt.code not in REPLAYED
        if answer.none:
            for facts in lives:
                assert_no_counterexample(one, other, facts)


@budget(25)
@given(SUPPORTED, readings)
def test_a_promise_brings_itself(duty, how):
    """Asked of the solver, no history meets a promise and misses it."""
    owed = Owed(duty, how)
    promise = Promise(owed.policy, owed.policy.obligations[0])
    assume(not undecidable(promise))
    assert search((promise,), promise, patience=PATIENCE, rough=True).example is None


@budget(40)
@given(neighbours(), SIMPLE)
def test_bringing_is_transitive(pair, third):
    """What brings something brings all that this brings."""
    one, other = map(promise_of, pair)
    last = promise_of(attrs.evolve(pair[1], bound=third.bound, schedule=third.schedule))
    if brings(one, other) and brings(other, last):
        assert brings(one, last) is not False


# ---------------------------------------------------------------------------- brute force

TINY = [
    duty_of(schedule, Bound(**bound), records=Matching(kind=KIND, where=where))
    for schedule, (bound, where) in product(
        [
            Once(start=YearPoint(year=7), end=YearPoint(year=8)),
            Once(start=YearPoint(year=8), end=YearPoint(year=9)),
            Each(period="school year", start=YearPoint(year=7), end=YearPoint(year=8)),
        ],
        [
            ({"at_least": 1}, ()),
            ({"at_least": 2}, ()),
            ({"at_least": 1}, TECHNICAL),
            ({"at_most": 1}, ()),
        ],
    )
]


@pytest.fixture(scope="module")
def every_tiny_history():
    """Every way of having at most two technical and two other encounters in each of three years."""
    cells = list(product((2023, 2024, 2025), (True, False)))
    told = []
    for counts in product(range(3), repeat=len(cells)):
        records = [
            record_of((year, (11, 3)), KIND, {"technical": technical})
            for many, (year, technical) in zip(counts, cells, strict=True)
            for _ in range(many)
        ]
        told.append(facts_of(records))
    return told


def test_the_solver_agrees_with_counting_everything(every_tiny_history):
    """Over a tiny domain, there is an example just where trying every history finds one."""
    promises = [promise_of(duty) for duty in TINY]
    met = [[meets(one, facts, AS_OF, SINCE) for facts in every_tiny_history] for one in promises]
    for one, other in product(range(len(promises)), repeat=2):
        tried = any(ours and not theirs for ours, theirs in zip(met[one], met[other], strict=True))
        assert brings(promises[one], promises[other]) is not tried, (TINY[one], TINY[other])


# ---------------------------------------------------------------------------- the rest

FIVE = duty_of(Once(end=YearPoint(year=11)), Bound(at_least=5))
YEARLY = duty_of(
    Each(period="school year", start=YearPoint(year=7), end=YearPoint(year=11)), Bound(at_least=1)
)


def test_a_witness_is_as_small_as_can_be():
    """Five records show that five need not be one each year, and say no more than they must."""
    five, yearly = promise_of(FIVE), promise_of(YEARLY)
    (witness,) = relation(five, yearly).witnesses
    records = witness.facts.records
    assert len(records) == FIVE.bound.at_least
    assert all(not one.attributes and one.until is None for one in records)


def test_hours_are_as_few_as_can_be():
    """A sum of hours is shown by whole hours, and no more of them than are owed."""
    visits = Matching(kind="workplace experience")
    by_16 = Once(end=YearPoint(year=11))
    total = Total(attribute="hours")
    hours = duty_of(by_16, Bound(at_least=10), measure=total, records=visits)
    two = duty_of(by_16, Bound(at_least=2), records=visits)
    witness = relation(promise_of(hours), promise_of(two)).witnesses[0]
    assert [one.attributes for one in witness.facts.records] == [{"hours": 10}]


@pytest.mark.parametrize("years", [(), (8, 9, 10)])
def test_what_repeats_is_read_off_where_its_beginning_is_said(years):
    """Where records begin it one more may call for the next sooner; else it never does."""
    placement = (Condition(attribute="nature", one_of=frozenset(["placement"])),)
    any_, placements = (
        promise_of(
            duty_of(
                Every(duration=Duration(2, "year")),
                Bound(at_least=1),
                population=Population(subject="pupil", years=years),
                records=Matching(kind="workplace experience", where=where),
            )
        )
        for where in ((), placement)
    )
    days = {(2023, (3, 9)): "activity", (2025, (6, 8)): "placement"}
    facts = facts_of(
        [record_of(day, "workplace experience", {"nature": said}) for day, said in days.items()]
    )
    assert evident(placements, any_) is bool(years)
    assert evident(any_, any_)
    if years:
        assert meets(placements, facts, AS_OF, SINCE)
        assert not misses(any_, facts, AS_OF)


def test_what_happens_at_an_event_may_be_on_its_last_day():
    """While a placement lasts is longer than on its first day."""
    during, first_day = (
        promise_of(duty_of(Around(event="workplace experience", **how), Bound(at_least=1)))
        for how in ({"side": Side.AT}, {"side": Side.AFTER, "within": Duration(0, "day")})
    )
    assert relation(during, first_day).kind is Standing.WEAKER


def test_what_is_owed_around_the_last_day_is_not_yet_met():
    """Only what comes round again may be still to come; what one event calls for is owed."""
    how = Around(event="workplace experience", side=Side.AFTER, within=Duration(30, "day"))
    after = promise_of(duty_of(how, Bound(at_least=1)))
    on_the_day = made_record("workplace experience", AS_OF, 0)
    assert not meets(after, facts_of([on_the_day]), AS_OF, SINCE)


def test_strength_is_compared_apart():
    """How strongly two promises are said doesn't change what they ask."""
    must, policy = promise_of(FIVE), policy_of(FIVE)
    should = attrs.evolve(policy.obligations[0], strength=Strength.SHOULD)
    found = relation(must, (policy, should))
    assert (found.kind, found.strength) == (Standing.EQUAL, "stronger")
    assert relation((policy, should), must).strength == "weaker"
    assert relation(must, must).strength == "same"


def test_the_order_of_a_policy_does_not_matter():
    """What a policy's promises bring together doesn't hang on the order they stand in."""
    one, other = policy_of(FIVE, YEARLY), policy_of(YEARLY, FIVE)
    assert policy_relation(one, other).kind is Standing.EQUAL


def test_a_whole_policy_is_stricter_if_it_brings_all_of_the_other():
    """A policy that says the same and more is stricter, and the promise it adds is the reason."""
    other_kind = attrs.evolve(FIVE, records=Matching(kind="guidance meeting"))
    more, less = policy_of(YEARLY, other_kind), policy_of(FIVE)
    found = policy_relation(more, less)
    assert found.kind is Standing.STRICTER
    assert [one.kind for one in found.left_implied] == ["no", "no"]
    assert found.right_implied[0].by[0].duty == YEARLY


def test_a_witness_against_many_meets_them_all():
    """Where several promises don't bring another, the witness meets each of them."""
    policy = policy_of(YEARLY, attrs.evolve(YEARLY, records=Matching(kind=KIND, where=TECHNICAL)))
    wanted = promise_of(attrs.evolve(FIVE, bound=Bound(at_least=6)))
    witness = implied_by(policy, wanted).witness
    assert all(
        meets(Promise(policy, one), witness.facts, witness.as_of, SINCE)
        for one in policy.obligations
    )


@pytest.mark.usefixtures("no_solver")
def test_without_the_extra_the_command_that_installs_it_is_named():
    """No solver, no guess: the message says what to install."""
    with pytest.raises(MissingExtra, match=r"careerspolicy\[analysis\]"):
        relation(promise_of(FIVE), promise_of(YEARLY))


def test_a_witness_against_nothing_says_what_it_misses():
    """Where nothing bears on a promise, the sentence tells only what is missed."""
    wanted = promise_of(FIVE)
    witness = implied_by([], wanted).witness
    assert witness_sentence(witness) == (
        'A pupil of a school with Years 7 to 13, with no provider encounters misses "A duty" (law).'
    )


SCHOOLS = st.fixed_dictionaries(
    {},
    optional={name: st.booleans() for name in ("primary_years", "secondary_years", "sixth_form")},
)


@budget(20)
@given(SCHOOLS, SCHOOLS)
def test_a_witness_has_a_school_that_does_not_contradict_its_years(left, right):
    """What is said of the phases of a witness's school follows from the years that it teaches."""
    one, other = (
        promise_of(
            attrs.evolve(
                FIVE,
                population=Population(
                    subject="pupil",
                    school=tuple(
                        Condition(attribute=name, one_of=frozenset([value]))
                        for name, value in said.items()
                    ),
                ),
            )
        )
        for said in (left, right)
    )
    for found in relation(one, other).witnesses:
        school = found.facts.schools[0]
        told = {
            "primary_years": school.lowest_year <= LAST_PRIMARY,
            "secondary_years": school.highest_year > LAST_PRIMARY,
            "sixth_form": school.highest_year >= SIXTH_FORM,
        }
        assert dict(school.attributes).items() <= told.items()


ASKED_TWICE = """
from test_analysis import FIVE, KIND, YEARLY, attrs, promise_of, relation, Bound, Distinct, Matching
other = attrs.evolve(FIVE, bound=Bound(at_least=3), measure=Distinct(attribute="providers"))
for _ in range({before}):
    relation(promise_of(other), promise_of(YEARLY))
found = relation(promise_of(FIVE), promise_of(other))
print(found.kind, *(one.as_facts_yaml() for one in found.witnesses))
"""


def test_the_same_question_has_the_same_answer_in_any_process():
    """Neither what was asked before nor the order of sets in memory changes kind or witness."""
    answers = {
        subprocess.run(
            [sys.executable, "-c", ASKED_TWICE.format(before=before)],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for before, seed in ((0, "1"), (2, "77"))
    }
    assert len(answers) == 1
