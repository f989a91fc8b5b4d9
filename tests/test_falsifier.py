"""The falsifier: whatever is said to ask all that another promise asks is attacked.

Histories are grown until they meet the one, pared of what it doesn't need, and held against the
other by the evaluator. Lives are drawn within the setting of `docs/stricter-than.md`: a school of
all the year groups that are spoken of, a pupil on its roll throughout, facts that tell everything.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import attrs
from any_duty import policy_of, readings
from any_report import BY_VERB, MEASURES, Asked, among, kinds_in, owners_in, passing
from budget import budget
from hypothesis import given
from hypothesis import strategies as st

from careerspolicy import load_policy, shipped_policies
from careerspolicy.calendar.school_calendar import KEY_STAGES
from careerspolicy.evaluation import Verdict, evaluate
from careerspolicy.lives.people import record_id, usual_pupil, usual_school
from careerspolicy.model.duty import Verb
from careerspolicy.model.facts import Facts, Record
from careerspolicy.model.policy import InForce, Strength
from careerspolicy.model.population import Roll
from careerspolicy.model.schedule import AgePoint, Always, Kept, KeyStagePoint, YearPoint
from careerspolicy.solver.promises import Promise, undecidable
from careerspolicy.solver.relations import Implied, implied_by
from careerspolicy.solver.witnesses import meets, misses
from careerspolicy.vocabulary import THINGS

PATIENCE = 300
AS_OF = date(2045, 9, 1)
DAY = timedelta(days=1)
FAR = date(2015, 8, 2), AS_OF
#: How often a history is mended, and how often one is made.
MENDINGS, LIVES = 16, 6


# ---------------------------------------------------------------------------- lives


def years_in(promise):
    """The year groups that a promise speaks of."""
    yield from promise.duty.population.years
    for point in promise.points:
        if isinstance(point, YearPoint):
            yield point.year
        elif isinstance(point, AgePoint):
            yield from (point.age - 5, point.age - 4)
        elif isinstance(point, KeyStagePoint):
            yield from (KEY_STAGES[point.key_stage][0], min(KEY_STAGES[point.key_stage][1], 13))


def life(promises, chance):
    """A pupil who goes right through a school, all that can be said of both, and no records yet."""
    named = [year for one in promises for year in years_in(one) if year >= 0]
    low, high = max(min([7, *named]), 0), min(max([13, *named]), 14)
    year_7 = chance.randint(2018, 2027)
    ehc_plan = chance.random() < 0.5
    left = None
    if any(one.duty.population.roll is not Roll.ANY for one in promises):
        last = [year for year in {11, high, *named} if low <= year <= high]
        left = chance.choice([None, *(date(year_7 - 6 + year, 8, 31) for year in sorted(last))])
    pupil = usual_pupil(
        born=date(year_7 - 12, 9, 1) + chance.randrange(365) * DAY,
        left=left,
        attributes={
            "ehc_plan": ehc_plan,
            "sen": "E" if ehc_plan else chance.choice("NK"),
            "disadvantaged": chance.random() < 0.5,
        },
    )
    since = date(2017, 8, 2)
    watched = {one.duty.records.kind: since for one in promises if one.watched}
    school = usual_school(AS_OF, (low, high), complete_since=watched)
    told = {**school.attributes, "type": chance.choice(["free school", "academy"])}
    return Facts(
        schools=(attrs.evolve(school, attributes=told),),
        pupils=(pupil,),
        known_kinds=frozenset(kind for one in promises for kind in kinds_in(one.policy)),
    ), since


# ---------------------------------------------------------------------------- growing


def findings_of(promise, facts):
    """What the evaluator finds of a promise, as if it had always been in force and a must."""
    owed = tuple(
        attrs.evolve(one.obligation, in_force=InForce(), strength=Strength.MUST)
        for one in promise.line
    )
    report = evaluate(attrs.evolve(promise.policy, obligations=owed), facts, as_of=AS_OF)
    return [one for one in report.findings if one.obligation.id == promise.obligation.id]


def said_of(promise, kind, chance):
    """All that a record of a kind can say, at random."""
    said = {}
    for name, attribute in promise.kind(kind).attributes.items():
        if attribute.type == "yes or no":
            said[name] = chance.random() < 0.5
        elif attribute.type == "number":
            said[name] = chance.choice([0, 0.5, 1, 2, 10])
        elif attribute.values:
            values = sorted(attribute.values)
            several = frozenset(chance.sample(values, min(len(values), chance.randint(1, 3))))
            said[name] = several if attribute.many else chance.choice(values)
        else:
            said[name] = frozenset(chance.choice(["A", "B", "AB"])) if attribute.many else "A"
    return said


def one_more(promise, finding, facts, chance):
    """A record that counts for a promise, or nearly does, in the window of a finding."""
    kind = promise.kind(promise.duty.records.kind)
    first, last = finding.window.start or FAR[0], min(finding.window.end or AS_OF, AS_OF)
    day = first + chance.randrange(max((last - first).days, 0) + 1) * DAY
    day = chance.choice([first, day, max(last, first)])
    until = None
    if isinstance(promise.schedule, (Always, Kept)) or (kind.lasts and chance.random() < 0.7):
        day, until = first, chance.choice([None, finding.window.end])
    said = said_of(promise, kind.name, chance)
    if chance.random() < 0.8:
        said = passing(promise.duty.records, said)
    owned = finding.subject.kind in ("school", "trust")
    of = finding.subject.kind if owned else kind.of
    owner = finding.subject.id if owned else chance.choice(owners_in(facts)[of])
    return Record(
        kind=kind.name, of=of, owner=owner, start=day, until=until, attributes=said,
        id=record_id(len(facts.records)),
        about="" if finding.subject.kind in THINGS else finding.subject.id,
    )  # fmt: skip


def events_for(promise, facts, chance):
    """Some of what a promise hangs on."""
    if promise.events is None:
        return facts
    kind, of = promise.events
    records = [*facts.records]
    for _ in range(chance.randint(0, 2)):
        day = facts.pupils[0].born + chance.randint(11 * 366, 18 * 365) * DAY
        records.append(
            Record(
                kind=kind, of=of, owner=owners_in(facts)[of][0], start=day,
                until=chance.choice([None, day + chance.randrange(400) * DAY]),
                id=record_id(len(records)), attributes=said_of(promise, kind, chance),
            )
        )  # fmt: skip
    return attrs.evolve(facts, records=tuple(records))


def grown(promises, facts, since, chance):
    """Facts that meet all of some promises; None where that isn't soon come by."""
    for _ in range(MENDINGS):
        unmet = [one for one in promises if not meets(one, facts, AS_OF, since)]
        if not unmet:
            return facts
        promise = chance.choice(unmet)
        wrong = [
            one
            for one in findings_of(promise, facts)
            if one.verdict not in (Verdict.MET, Verdict.NOT_APPLICABLE)
        ]
        finding = chance.choice(wrong or findings_of(promise, facts))
        most = promise.duty.bound.at_most
        if most is not None and (finding.measured or 0) > most:
            drop = chance.choice(finding.evidence)
            facts = attrs.evolve(facts, records=tuple(r for r in facts.records if r != drop))
        else:
            more = one_more(promise, finding, facts, chance)
            facts = attrs.evolve(facts, records=(*facts.records, more))
    return None


def pared(promises, facts, since, chance):
    """The facts without records that the promises can do without, tried in any order."""
    for record in chance.sample(facts.records, len(facts.records)):
        less = attrs.evolve(facts, records=tuple(one for one in facts.records if one != record))
        if all(meets(one, less, AS_OF, since) for one in promises):
            facts = less
    return facts


def crowded(promises, wanted, facts, since, chance):
    """The facts with records that the promises suffer, and another promise may not."""
    for finding in findings_of(wanted, facts)[:3]:
        more = attrs.evolve(
            facts, records=(*facts.records, one_more(wanted, finding, facts, chance))
        )
        if all(meets(one, more, AS_OF, since) for one in promises):
            facts = more
    return facts


def attack(promises, wanted, chance):
    """Assert that no history that meets some promises misses what they are said to bring."""
    for _ in range(LIVES):
        facts, since = life([*promises, wanted], chance)
        for promise in (*promises, wanted):
            facts = events_for(promise, facts, chance)
        history = grown(promises, facts, since, chance)
        if history is None:
            continue
        crowd = crowded(promises, wanted, history, since, chance)
        for tried in (history, pared(promises, history, since, chance), crowd):
            found = Asked(wanted.policy, tried, AS_OF)
            assert not misses(wanted, tried, AS_OF), (promises, wanted, found)


# ---------------------------------------------------------------------------- random pairs


VERBS = st.one_of(*(duties for verb, duties in BY_VERB.items() if verb is not Verb.UPHOLD))
DECIDABLE = VERBS.filter(lambda duty: undecidable(promise_of(duty)) is None)
ONLY = among("disadvantaged", True)


@st.composite
def weakened(draw, duty):
    """A duty that asks less than another, by its look, or about as much."""
    bound, population = duty.bound, duty.population
    changes = []
    if population.subject not in ("school", "trust"):
        where = (*population.where, ONLY)
        changes.append({"population": attrs.evolve(population, where=where)})
    if bound.at_most is not None:
        changes.append({"bound": attrs.evolve(bound, at_most=bound.at_most + 1)})
    if (bound.at_least or 0) > 1:
        changes.append({"bound": attrs.evolve(bound, at_least=bound.at_least - 1)})
    if bound.at_most is None:
        if duty.records.where and duty.records.kind in MEASURES:
            changes.append({"records": attrs.evolve(duty.records, where=())})
        if getattr(duty.schedule, "end", None) is not None:
            changes.append({"schedule": attrs.evolve(duty.schedule, start=None)})
        if getattr(duty.schedule, "within", None) is not None:
            changes.append({"schedule": attrs.evolve(duty.schedule, within=None)})
    if not changes:
        return duty
    return attrs.evolve(duty, **draw(st.sampled_from(changes)))


@st.composite
def pairs(draw):
    """One promise, or two, and another that they may bring."""
    duty, how = draw(DECIDABLE), draw(readings)
    other = draw(weakened(duty))
    if draw(st.booleans()):
        other = draw(weakened(other))
    if draw(st.integers(0, 7)) == 0:
        other = attrs.evolve(other, schedule=draw(DECIDABLE).schedule)
    both = (duty, attrs.evolve(duty, schedule=draw(DECIDABLE).schedule))
    asking = both[: draw(st.integers(1, 2))]
    return tuple(promise_of(one, how) for one in asking), promise_of(other, how)


def promise_of(duty, how=None):
    """A duty as the promise of a policy of its own."""
    policy = policy_of(duty, readings=how)
    return Promise(policy, policy.obligations[0])


@budget(60)
@given(pairs(), st.randoms(use_true_random=True))
def test_what_is_brought_has_no_counterexample(pair, chance):
    """Law: where promises ask all that another asks, no history meets them and misses it."""
    asking, wanted = pair
    answer = implied_by(asking, wanted, patience=PATIENCE)
    if answer.kind is Implied.YES:
        attack(asking, wanted, chance)


# ---------------------------------------------------------------------------- shipped pairs


@lru_cache(maxsize=1)
def shipped():
    """Every measured promise of the shipped policies, by the kind of record that it counts."""
    by_kind = {}
    for name in sorted(shipped_policies()):
        policy = load_policy(name)
        for promise in (Promise(policy, one) for one in policy.obligations):
            if undecidable(promise) is None:
                by_kind.setdefault(promise.duty.records.kind, []).append(promise)
    return {kind: promises for kind, promises in by_kind.items() if len(promises) > 1}


@budget(25)
@given(st.data(), st.randoms(use_true_random=True))
def test_no_shipped_promise_is_wrongly_said_to_bring_another(data, chance):
    """Of what trusts and the law promise, nothing is said to ask all that it does not ask."""
    alike = data.draw(st.sampled_from(sorted(shipped())))
    one, other = data.draw(st.tuples(*[st.sampled_from(shipped()[alike])] * 2))
    answer = implied_by([one], other, patience=PATIENCE)
    if answer.kind is Implied.YES:
        attack([one], other, chance)
