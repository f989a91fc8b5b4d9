"""Lives grown against a promise: facts that meet some promises and, if it can be, miss another.

The solver's opposite: it reasons about nothing, knows nothing of how many records are enough, and
asks the evaluator alone. Histories are grown until they meet what they must, with records at the
edges of every window that there is, and then altered, a day or a word at a time, for as long as
they still meet it. What is found is a counterexample; that nothing is found shows nothing.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain

import attrs
from any_report import kinds_in, owners_in

from careerspolicy.calendar.school_calendar import KEY_STAGES
from careerspolicy.evaluation import Verdict, evaluate
from careerspolicy.lives.people import record_id, usual_pupil, usual_school
from careerspolicy.model.duty import Covers
from careerspolicy.model.facts import Facts, Record, phases_taught
from careerspolicy.model.leavings import with_leavings
from careerspolicy.model.policy import InForce, Strength
from careerspolicy.model.population import Roll
from careerspolicy.model.schedule import AgePoint, Always, Kept, KeyStagePoint, YearPoint
from careerspolicy.solver.promises import EVERYBODY
from careerspolicy.solver.witnesses import meets, misses
from careerspolicy.vocabulary import THINGS

DAY = timedelta(days=1)
#: How often a history is mended, how often one is altered, and how often one is begun.
MENDINGS, CHANGES, LIVES = 6, 12, 6
#: More records than this take too long to weigh.
MOST = 60
NUMBERS = (0, 0.1, 0.5, 1, 1.5, 2, 2.5, 5, 10)
NOT_OWED = (Verdict.MET, Verdict.NOT_APPLICABLE)


@attrs.frozen
class Life:
    """A made-up life: facts, since when records are seen, and the day asked about."""

    facts: Facts
    since: date
    as_of: date

    def with_records(self, records, kinds):
        """The same life with other records."""
        facts = attrs.evolve(self.facts, records=tuple(records))
        return attrs.evolve(self, facts=with_leavings(facts, kinds))


def refutation(promises, wanted, chance, lives=LIVES):
    """A life that meets some promises and misses another, and the day; None if none is found."""
    for _ in range(lives):
        attack = Attack(promises, wanted, chance)
        if (found := attack.tried()) is not None:
            return found
    return None


@attrs.frozen
class Attack:
    """One attempt at a promise that some others are said to bring."""

    promises: tuple
    wanted: object
    chance: object

    @property
    def everyone(self):
        """All promises that are spoken of."""
        return (*self.promises, self.wanted)

    @property
    def kinds(self):
        """The kinds of record that the promises know."""
        return {name: one for p in self.everyone for name, one in p.policy.vocabulary.kinds.items()}

    def tried(self):
        """The first life of one attempt that shows it."""
        life = self.grown(self.begun())
        if life is None:
            return None
        if (found := self.missed(life)) is not None:
            return found
        for change in (self.pared, *[self.changed] * CHANGES):
            life = change(life)
            if (found := self.missed(life)) is not None:
                return found
        return None

    # ------------------------------------------------------------------ asking

    def met(self, life):
        """Whether a life meets all that it must."""
        return all(meets(one, life.facts, life.as_of, life.since) for one in self.promises)

    def missed(self, life):
        """The life, and the day on which it misses what is wanted; None if it doesn't."""
        days = [life.as_of]
        if isinstance(self.wanted.schedule, Always):
            days += [day for day in self.edges(life) if life.since <= day <= life.as_of]
        day = next((day for day in days if misses(self.wanted, life.facts, day)), None)
        return None if day is None else (life, day)

    def findings(self, promise, life):
        """What the evaluator finds, as if a promise had always been in force and a must."""
        owed = tuple(
            attrs.evolve(one.obligation, in_force=InForce(), strength=Strength.MUST)
            for one in promise.line
        )
        policy = attrs.evolve(promise.policy, obligations=owed)
        found = evaluate(policy, life.facts, as_of=life.as_of).findings
        return [one for one in found if one.obligation.id == promise.obligation.id]

    def edges(self, life):
        """The days on which a verdict may turn: of windows, of records, and so long after them."""
        named = {life.since, *chain(*(one.dates for one in self.everyone))}
        for promise in self.everyone:
            for finding in self.findings(promise, life):
                named.update(day for day in (finding.window.start, finding.window.end) if day)
        lengths = [length for one in self.everyone for length in one.lengths]
        calendar = life.facts.schools[0].calendar
        for record in self.chance.sample(life.facts.records, min(len(life.facts.records), 4)):
            named.update(day for day in (record.start, record.until) if day)
            for length in lengths:
                named.update(lead(record.start, calendar) for lead in (length.after, length.before))
        near = {day + step * DAY for day in named for step in (-1, 0, 1)}
        return sorted(near)

    # ------------------------------------------------------------------ growing

    def begun(self):
        """Who it is, at what school, and the events that what is wanted hangs on."""
        chance = self.chance
        named = [year for one in self.everyone for year in years_in(one) if year >= 0]
        low, high = max(min([7, *named]), 0), min(max([13, *named]), 14)
        if chance.random() < 0.2:
            low, high = chance.choice([(0, high), (low, 14), (0, 14)])
        asked = {test.attribute for one in self.everyone for _, test in one.conditions}
        if "sixth_form" in asked and chance.random() < 0.3:
            low, high = min(low, 7), 11
        dates = [day.year for one in self.everyone for day in one.dates]
        first = min([2018, *dates])
        year_7 = (
            chance.randint(first - 6, max([2019, *dates])) if dates else chance.randint(2018, 2022)
        )
        owned = all(one.owner in ("school", "trust") for one in self.everyone)
        as_of = date(max([2022, *(day + 4 for day in dates)]) if owned else year_7 + 20, 9, 1)
        since = date(min([first] if owned else [first, year_7 - 7 + low]), 8, 2)
        left = None
        if any(one.duty.population.roll is not Roll.ANY for one in self.everyone):
            last = sorted(year for year in {11, high, *named} if low <= year <= high)
            left = chance.choice([None, *(date(year_7 - 6 + year, 8, 31) for year in last)])
        shared = any(one.share < EVERYBODY for one in self.everyone)
        pupils = tuple(
            usual_pupil(
                number,
                born=date(year_7 - 12, 9, 1) + chance.randrange(365) * DAY,
                left=left,
                attributes=self.said_of("pupil"),
            )
            for number in range(1, 1 + (chance.choice([2, 5, 10]) if shared else 1))
        )
        watched = {one.duty.records.kind: since for one in self.everyone if one.watched}
        school = usual_school(as_of, (low, high), complete_since=watched)
        told = {**self.said_of("school"), **phases_taught(low, high)}
        facts = Facts(
            schools=(attrs.evolve(school, attributes=told),),
            pupils=pupils,
            known_kinds=frozenset(kind for one in self.everyone for kind in kinds_in(one.policy)),
        )
        life = Life(with_leavings(facts, self.kinds), since, as_of)
        for promise in self.everyone:
            least = 1 if promise is self.wanted else 0
            for _ in range(chance.randint(least, 2) if promise.events else 0):
                life = self.with_event(promise, life)
        return life

    def said_of(self, thing):
        """What is said of a pupil or a school: one of the values that promises tell apart."""
        tests = [test for one in self.everyone for of, test in one.conditions if of == thing]
        said = {}
        for test in tests:
            attribute = self.kinds[thing].attributes[test.attribute]
            said[test.attribute] = self.value(attribute, tests)
        if said.get("sen") == "E" or said.get("ehc_plan"):
            said |= {"sen": "E", "ehc_plan": True}
        elif "ehc_plan" in said or "sen" in said:
            said |= {"sen": self.chance.choice("NK"), "ehc_plan": False}
        return said

    def with_event(self, promise, life):
        """The life with something that a promise hangs on."""
        kind, of = promise.events
        born, chance = life.facts.pupils[0].born, self.chance
        day = min(born + chance.randint(11 * 366, 18 * 365) * DAY, life.as_of - 400 * DAY)
        said = self.said(promise, kind)
        tests = [*promise.duty.population.event, *getattr(promise.schedule, "where", ())]
        if chance.random() < 0.8:
            said = self.passing(promise, kind, tests, said)
        record = Record(
            kind=kind,
            of=of,
            owner=owners_in(life.facts)[of][0],
            start=day,
            until=chance.choice([None, day, day + chance.randrange(400) * DAY]),
            id="",
            attributes=said,
        )
        return self.plus(life, record)

    def plus(self, life, record):
        """The life with one more record, which has the next id."""
        numbers = [int(one.id[1:]) for one in life.facts.records if one.id[1:].isdecimal()]
        more = attrs.evolve(record, id=record_id(max(numbers, default=0) + 1))
        return life.with_records((*life.facts.records, more), self.kinds)

    def grown(self, life):
        """The life with records that meet all that it must; None where that isn't soon come by."""
        for _ in range(MENDINGS):
            if len(life.facts.records) > MOST:
                return None
            if self.met(life):
                return life
            for promise in self.promises:
                edges = self.edges(life)
                for finding in self.findings(promise, life):
                    if finding.verdict not in NOT_OWED:
                        life = self.mended(promise, finding, life, edges)
        return None

    def mended(self, promise, finding, life, edges):
        """The life with what a finding lacks, or without one of what it has too much of."""
        most, amount = promise.duty.bound.at_most, finding.measured or 0
        if most is not None and amount > most:
            drop = self.chance.choice(finding.evidence)
            return life.with_records((r for r in life.facts.records if r != drop), self.kinds)
        lacking = max(int((promise.duty.bound.at_least or 1) - float(amount)), 1)
        for _ in range(min(lacking, 8)):
            life = self.one_more(promise, finding, life, edges)
        return life

    def one_more(self, promise, finding, life, edges):
        """The life with one record more that counts for a promise, or nearly does."""
        kind, chance = promise.kind(promise.duty.records.kind), self.chance
        first = max(finding.window.start or life.since, life.since - 1500 * DAY)
        last = max(min(finding.window.end or life.as_of, life.as_of), first)
        near = [day for day in edges if first <= day <= last]
        day, until = chance.choice([first, last, *near]), None
        if isinstance(promise.schedule, (Always, Kept)):
            day = chance.choice([first, first, *near])
            until = chance.choice([None, finding.window.end, last])
        elif kind.lasts and chance.random() < 0.7:
            until = chance.choice([last, *(one for one in near if one >= day), day])
        owned = finding.subject.kind in ("school", "trust")
        of = finding.subject.kind if owned else kind.of
        owner = (
            finding.subject.id
            if owned or finding.subject.kind == "pupil"
            else chance.choice(owners_in(life.facts)[of])
        )
        said = self.passing(
            promise, kind.name, promise.duty.records.where, self.said(promise, kind.name)
        )
        if kind.name == self.wanted.duty.records.kind and promise is not self.wanted:
            said = self.spoiled(promise, said)
        alike = [one for one in life.facts.records if one.kind == kind.name]
        if alike and chance.random() < 0.3:
            said = chance.choice(alike).attributes
        about = "" if finding.subject.kind in THINGS else finding.subject.id
        if about and kind.name == finding.subject.kind:
            return life
        record = Record(
            kind=kind.name,
            of=of,
            owner=owner,
            start=day,
            until=until,
            id="",
            about=about,
            attributes=said,
        )
        return self.plus(life, record)

    # ------------------------------------------------------------------ saying

    def value(self, attribute, tests):
        """A value of an attribute: one that tests name, or any other."""
        chance = self.chance
        if attribute.type == "yes or no":
            return chance.random() < 0.5
        mine = [test for test in tests if test.attribute == attribute.name]
        if attribute.type == "number":
            limits = [
                getattr(test, name)
                for test in mine
                for name in ("at_least", "at_most", "above", "below")
            ]
            limits += [
                limit
                for one in self.everyone
                for limit in (one.duty.bound.at_least, one.duty.bound.at_most)
            ]
            near = [limit + step for limit in limits if limit for step in (-0.5, 0, 0.5)]
            return chance.choice([*NUMBERS, *near])
        listed = {
            v
            for test in mine
            for v in chain(test.one_of or (), test.all_of or (), test.none_of or ())
        }
        values = sorted({*listed, *(attribute.values or ("A", "B", "C"))}, key=str)
        if not attribute.many:
            return chance.choice([*sorted(listed, key=str), chance.choice(values)])
        return frozenset(chance.sample(values, min(len(values), chance.randint(1, 3))))

    def said(self, promise, kind):
        """All that a record of a kind can say that matters to anybody, at random."""
        tests = [test for one in self.everyone for of, test in one.conditions if of == kind]
        measured = {getattr(one.duty.measure, "attribute", "") for one in self.everyone}
        named = {test.attribute for test in tests} | measured | {"attended"}
        attributes = promise.kind(kind).attributes
        said = {name: self.value(attributes[name], tests) for name in named & attributes.keys()}
        for one in self.everyone:
            measure = one.duty.measure
            if isinstance(measure, Covers) and one.duty.records.kind == kind:
                many = attributes[measure.attribute].many
                shown = self.chance.sample(
                    measure.values, self.chance.randint(1, len(measure.values))
                )
                if self.chance.random() < 0.5:
                    said[measure.attribute] = frozenset(shown) if many else shown[0]
        return said

    def passing(self, promise, kind, tests, said):
        """What a record says, with what counts instead of what doesn't."""
        taken_up = "attended" in said and not promise.duty.records.offered
        counting = {**said, "attended": True} if taken_up else {**said}
        for test in tests:
            for _ in range(30):
                if test.holds(counting.get(test.attribute)):
                    break
                attribute = promise.kind(kind).attributes[test.attribute]
                if test.all_of is not None:
                    counting[test.attribute] = frozenset(test.all_of)
                else:
                    counting[test.attribute] = self.value(attribute, tests)
        return counting

    def spoiled(self, promise, said):
        """What a record says, such that it may count for its promise and not for what is wanted."""
        attributes = promise.kind(promise.duty.records.kind).attributes
        for test in self.wanted.duty.records.where:
            if test.attribute not in attributes or self.chance.random() < 0.4:
                continue
            for _ in range(10):
                other = {**said, test.attribute: self.value(attributes[test.attribute], [test])}
                own = [
                    t
                    for t in promise.duty.records.where
                    if t.holds(other.get(t.attribute)) is not True
                ]
                if not own and test.holds(other[test.attribute]) is False:
                    return other
        return said

    # ------------------------------------------------------------------ altering

    def pared(self, life):
        """The life without records that the promises can do without, tried in any order."""
        for record in self.chance.sample(life.facts.records, len(life.facts.records)):
            rest = [one for one in life.facts.records if record.id not in (one.id, one.about)]
            less = life.with_records(rest, self.kinds)
            if self.met(less):
                life = less
        return life

    def changed(self, life):
        """The life with one thing altered, if it still meets what it must: else as it was."""
        chance, records = self.chance, life.facts.records
        edges = self.edges(life)
        limited = self.wanted.duty.bound.at_most is not None
        if not records or chance.random() < (0.8 if limited else 0.3):
            findings = self.findings(self.wanted, life)
            more = (
                self.one_more(self.wanted, chance.choice(findings), life, edges)
                if findings
                else life
            )
            return more if self.met(more) else life
        record = chance.choice(records)
        days = [day for day in edges if day <= life.as_of]
        if chance.random() < 0.5:
            step = chance.choice([-1, 1]) * DAY
            day = chance.choice([record.start + step, *days])
            until = record.until and max(day, record.until)
            other = attrs.evolve(record, start=day, until=until)
        elif chance.random() < 0.5:
            after = [day for day in edges if day >= record.start]
            other = attrs.evolve(record, until=chance.choice([None, record.start, *after]))
        else:
            promise = chance.choice(self.everyone)
            if record.kind not in promise.policy.vocabulary.kinds:
                return life
            other = attrs.evolve(record, attributes=self.said(promise, record.kind))
        altered = life.with_records(
            (other if one == record else one for one in records), self.kinds
        )
        return altered if self.met(altered) else life


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
