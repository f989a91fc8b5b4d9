"""Amounts with decimals: the solver and the evaluator add up and compare the same numbers.

All are as they are written. Nought point one and nought point two are nought point three, which no
sum of binary fractions says.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from any_duty import policy_of
from any_report import MEETING, PLACEMENT, among
from budget import budget
from hypothesis import given
from hypothesis import strategies as st

from careerspolicy.evaluation import Verdict, evaluate
from careerspolicy.lives.people import made_record, usual_pupil, usual_school
from careerspolicy.model.duty import Bound, Count, Duty, Matching, Total, Verb
from careerspolicy.model.facts import Facts
from careerspolicy.model.population import Condition, Population
from careerspolicy.model.schedule import Each, Once, YearPoint
from careerspolicy.solver.codes import Code
from careerspolicy.solver.encoding import Encoding
from careerspolicy.solver.histories import history
from careerspolicy.solver.logic import exact, new_solver, sat, world
from careerspolicy.solver.promises import Promise
from careerspolicy.solver.relations import Implied, implied_by
from careerspolicy.solver.settings import settings
from careerspolicy.solver.witnesses import meets, misses

DAY = timedelta(days=1)
BY_YEAR_11 = Once(end=YearPoint(year=11))
HOURS = Total(attribute="hours")
#: Tenths, hundredths and what is written with an exponent, and sums that land on a limit.
AMOUNTS = st.one_of(
    st.integers(1, 40).map(lambda tenths: tenths / 10),
    st.integers(1, 400).map(lambda hundredths: hundredths / 100),
    st.sampled_from([0.1, 0.2, 0.3, 0.7, 1.1, 2.2, 3.3, 1e-7, 0.125, 1 / 3]),
)
SCHEDULES = st.sampled_from([BY_YEAR_11, Each(period="school year"), Each(period="week")])


def written(number):
    """A number as it is written, as a fraction."""
    return Fraction(str(number))


def promise_of(bound, *, schedule=BY_YEAR_11, measure=HOURS, where=(), kind=PLACEMENT, share=None):
    """A promise of so many hours, or of so many experiences of a kind."""
    duty = Duty(
        verb=Verb.PROVIDE,
        population=Population(subject="pupil", share=share),
        schedule=schedule,
        records=Matching(kind=kind, where=where),
        measure=measure,
        bound=bound,
    )
    policy = policy_of(duty)
    return Promise(policy, policy.obligations[0])


@st.composite
def bounds(draw):
    """A floor, a limit or both, of amounts with decimals."""
    low, high = sorted(draw(st.tuples(AMOUNTS, AMOUNTS)))
    return draw(
        st.sampled_from(
            [Bound(at_least=low), Bound(at_most=high), Bound(at_least=low, at_most=high)]
        )
    )


@st.composite
def amounts_and_promise(draw):
    """Hours, and a promise of some that they may just reach or keep to."""
    hours = draw(st.lists(AMOUNTS, min_size=1, max_size=4))
    limit = float(sum(map(written, hours)))
    near = st.sampled_from([Bound(at_least=limit), Bound(at_most=limit)])
    long = Condition(attribute="hours", at_least=draw(AMOUNTS))
    where = draw(st.sampled_from([(), (), (long,), (among("hours", hours[0]),)]))
    bound = draw(bounds() | near)
    return hours, promise_of(bound, schedule=draw(SCHEDULES), where=where)


@budget(60)
@given(amounts_and_promise(), st.integers(0, 300))
def test_a_sum_is_the_same_for_solver_and_evaluator(case, apart):
    """Law: of hours that are given, the solver finds met and missed what the evaluator does."""
    hours, promise = case
    setting = next(settings([promise]))
    first = date(setting.since.year + 1, 10, 1)
    days = [first + place * apart * DAY for place in range(len(hours))]
    records = tuple(
        made_record(PLACEMENT, day, number, attributes={"hours": one, "attended": True})
        for number, (day, one) in enumerate(zip(days, hours, strict=True), start=1)
    )
    facts = Facts(
        schools=(setting.school,),
        pupils=(setting.pupil,),
        records=records,
        known_kinds=frozenset([PLACEMENT]),
    )
    judged = {}
    with world():
        asked = history(setting, {(PLACEMENT, "pupil"): len(hours)}, [promise])
        verdict = Encoding(promise, asked).judged()
        for name, term in (("met", verdict.met), ("missed", verdict.missed)):
            solver = new_solver()
            solver.add(*asked.laws(), term)
            for slot, day, one in zip(asked.slots, days, hours, strict=True):
                solver.add(slot.present, slot.day == day.toordinal())
                solver.add(slot.said["hours"].amount == exact(one), slot.said["attended"].flag)
            judged[name] = solver.check() == sat
    assert judged["met"] is meets(promise, facts, setting.as_of, setting.since)
    assert judged["missed"] is misses(promise, facts, setting.as_of)


@budget(60)
@given(bounds(), bounds(), st.sampled_from([(BY_YEAR_11,) * 2, (Each(period="school year"),) * 2]))
def test_limits_with_decimals_are_compared_as_written(bound, other, schedules):
    """Law: so many hours bring so many others just if their numbers, as written, say so."""
    one, two = (
        promise_of(each, schedule=schedule)
        for each, schedule in zip((bound, other), schedules, strict=True)
    )
    low = other.at_least is None or (
        bound.at_least is not None and written(bound.at_least) >= written(other.at_least)
    )
    high = other.at_most is None or (
        bound.at_most is not None and written(bound.at_most) <= written(other.at_most)
    )
    answer = implied_by([one], two)
    assert answer.kind is (Implied.YES if low and high else Implied.NO), answer.doubt


@budget(30)
@given(AMOUNTS, st.integers(1, 4), AMOUNTS)
def test_long_visits_add_up_as_written(length, many, total):
    """Law: so many visits of some length bring a sum just if they come to it."""
    long = Condition(attribute="hours", at_least=length)
    visits = promise_of(Bound(at_least=many), measure=Count(), where=(long,))
    answer = implied_by([visits], promise_of(Bound(at_least=total)))
    enough = many * written(length) >= written(total)
    undecided = answer.doubt is not None and answer.doubt.code is Code.SUM_ALSO_CHOSEN_BY
    assert answer.kind is (Implied.YES if enough else Implied.NO) or (enough and undecided)


@budget(60)
@given(st.integers(1, 1000).map(lambda tenths: tenths / 10), st.integers(1, 12), st.data())
def test_a_share_is_compared_as_written(share, of, data):
    """Law: so many of some pupils are a share just if they are so many in a hundred, as written."""
    had = data.draw(st.integers(0, of))
    promise = promise_of(Bound(at_least=1), measure=Count(), kind=MEETING, share=share)
    pupils = tuple(usual_pupil(number, born=date(2010, 1, 1)) for number in range(1, of + 1))
    records = tuple(
        made_record(MEETING, date(2024, 10, 1), number, owner=f"P{number}")
        for number in range(1, had + 1)
    )
    facts = Facts(
        schools=(usual_school(date(2028, 9, 1)),),
        pupils=pupils,
        records=records,
        known_kinds=frozenset([MEETING]),
    )
    (finding,) = evaluate(promise.policy, facts, as_of=date(2028, 9, 1)).findings
    enough = 100 * had >= written(share) * of
    assert finding.verdict is (Verdict.MET if enough else Verdict.MISSED)


@budget(30)
@given(*[st.integers(1, 1000).map(lambda tenths: tenths / 10)] * 2)
def test_shares_with_decimals_stand_as_their_numbers(share, other):
    """Law: a share brings another of the same just if it is no less; what is shown is so."""
    one, two = (
        promise_of(Bound(at_least=1), measure=Count(), kind=MEETING, share=each)
        for each in (share, other)
    )
    answer = implied_by([one], two)
    assert (answer.kind is Implied.YES) is (share >= other)
    if answer.witness:
        had = {record.owner for record in answer.witness.facts.records}
        everybody = len(answer.witness.facts.pupils)
        assert written(share) * everybody <= 100 * len(had) < written(other) * everybody
