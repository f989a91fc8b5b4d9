"""Any policy, with every verb, held against any facts: what the laws of whole reports are tried on.

The parts of the shape are those of `any_duty`. Here each verb has the records that it is about, and
schools are of every kind, with pupils who come, move and go, and much that is not known.
"""

from __future__ import annotations

from datetime import date

import attrs
from any_duty import (
    DAY,
    WORDS,
    always,
    around,
    at_most,
    both,
    days,
    durations,
    each,
    every,
    kept,
    lengths,
    month_days,
    once,
    periods,
    plain_points,
    readings,
    vaguely,
)
from hypothesis import strategies as st

from careerspolicy.calendar.partial_date import PartialDate
from careerspolicy.calendar.school_calendar import MonthDay, SchoolCalendar, Term, Window
from careerspolicy.evaluation import evaluate
from careerspolicy.lives.people import record_id
from careerspolicy.model.document import Document, Source
from careerspolicy.model.duty import Bound, Count, Covers, Distinct, Duty, Matching, Total, Verb
from careerspolicy.model.facts import Facts, Pupil, Record, School, Waiver, phases_taught
from careerspolicy.model.policy import InForce, Obligation, Policy, Strength
from careerspolicy.model.population import Condition, Population, Roll
from careerspolicy.model.schedule import (
    Always,
    Around,
    DatePoint,
    Each,
    Every,
    Kept,
    Once,
    RollPoint,
    Side,
    YearPoint,
)

ENCOUNTER, PLACEMENT, MEETING = "provider encounter", "workplace experience", "guidance meeting"
KEPT, NOTIFICATION, CHECK = "participation record", "notification", "placement check"
PUBLICATION, REVIEW, EVENT = "publication", "review", "school event"
APPOINTMENT, ATTESTATION = "appointment", "attestation"
#: The lowest and highest year group of every kind of school.
RANGES = ((7, 13), (7, 11), (9, 13), (7, 14), (0, 13), (5, 8), (12, 13), (0, 6))
TRUSTS = ("Example Trust", "Other Trust")
#: Whoever is in Year 0 turns 5 in that school year.
TURNS = 5


def among(attribute, *values):
    """A test that an attribute is one of some values."""
    return Condition(attribute=attribute, one_of=frozenset(values))


# ---------------------------------------------------------------------------- any policy

TESTS = {
    ENCOUNTER: (
        (),
        (among("technical", True),),
        (Condition(attribute="provider_type", all_of=frozenset(["university", "sixth form"])),),
    ),
    PLACEMENT: (
        (),
        (among("nature", "placement"),),
        (Condition(attribute="hours", at_least=1.5),),
        (Condition(attribute="hours", above=0.5, below=3),),
        (Condition(attribute="hours", at_most=2),),
    ),
    MEETING: ((), (Condition(attribute="mode", none_of=frozenset(["recorded"])),)),
    KEPT: ((),),
    NOTIFICATION: ((among("to", "parents"),),),
    CHECK: ((),),
    PUBLICATION: ((among("document", "careers policy"),),),
    REVIEW: ((among("document", "careers policy"),), (among("document", "careers programme"),)),
    APPOINTMENT: (
        (among("role", "careers leader"),),
        (among("role", "careers leader"), among("trained", True)),
    ),
    ATTESTATION: ((among("promise", "duty-1"),),),
    EVENT: ((),),
}
MEASURES = {
    ENCOUNTER: (
        Distinct(attribute="providers"),
        Covers(attribute="provider_type", values=("university", "sixth form")),
    ),
    PLACEMENT: (Total(attribute="hours"), Distinct(attribute="employer")),
    MEETING: (Distinct(attribute="mode"),),
    PUBLICATION: (Covers(attribute="contents", values=("impact", "progress")),),
    KEPT: (Covers(attribute="contents", values=("impact", "progress")),),
    EVENT: (Covers(attribute="audience", values=("parents", "staff")),),
}
YEARS = st.sampled_from([(), (), (), (9,), (10, 11), (8, 10), (12, 13), (7, 8, 9), (5, 6)])
WHERE = st.sampled_from(
    [(), (), (among("ehc_plan", True),), (Condition(attribute="sen", none_of=frozenset("N")),)]
)
ANY_OF = st.sampled_from(
    [(), (), (), ((among("ehc_plan", True),), (among("disadvantaged", True),))]
)
OF_SCHOOL = st.sampled_from(
    [(), (), (), (), (), (among("sixth_form", True),), (among("type", "free school"),)]
)
PUPILS = st.builds(
    Population,
    subject=st.just("pupil"),
    years=YEARS,
    ages=st.sampled_from([None, None, (16, 17)]),
    roll=st.sampled_from([Roll.ANY, Roll.ANY, Roll.ANY, *Roll]),
    where=WHERE,
    any_of=ANY_OF,
    school=OF_SCHOOL,
    share=st.sampled_from([None, None, None, 50, 58, 90, 100]),
)
OWNERS = st.just(Population(subject="trust")) | st.builds(
    Population, subject=st.just("school"), school=OF_SCHOOL
)
PLACEMENTS = st.builds(
    Population,
    subject=st.just(PLACEMENT),
    years=YEARS,
    where=WHERE,
    event=st.sampled_from(TESTS[PLACEMENT][:2]),
    share=st.sampled_from([None, None, 90]),
)
DATES = st.none() | st.none() | st.builds(DatePoint, day=days)
#: When what is no pupil's is owed: it has no year groups or ages.
LIMITED = st.builds(Once, start=DATES, end=DATES) | st.builds(
    Each, period=periods, start=DATES, end=DATES, by=st.none() | month_days
)
STANDING = st.builds(Always, start=DATES, end=DATES)
OF_THE_CALENDAR = LIMITED | st.builds(Every, duration=durations, start=DATES) | STANDING | vaguely
AROUND_A_PLACEMENT = st.builds(
    Around,
    event=st.just(PLACEMENT),
    side=st.sampled_from([Side.BEFORE, Side.AFTER]),
    within=st.none() | lengths,
    notice=st.none() | st.none() | lengths,
)
AFTER_AN_EVENT = st.builds(
    Around, event=st.just(EVENT), side=st.just(Side.AFTER), within=st.none() | lengths
)
OF_A_PLACEMENT = st.just(Around(event=PLACEMENT, side=Side.AT))
FLOORS = st.builds(Bound, at_least=st.integers(1, 3))
ANY_BOUND = FLOORS | at_most | both | st.just(Bound(vague="sufficient"))
ONE = st.just(Bound(at_least=1))
TWO = st.just(Bound(at_least=2))
NONE = st.just(Bound(at_most=0))


@st.composite
def counting(draw, verb, kinds, population, schedule, bound):
    """A duty of a verb, in which records of some kinds are counted."""
    kind = draw(st.sampled_from(kinds))
    taking_part = "attended" in WORDS.kinds[kind].attributes
    return Duty(
        verb=verb,
        population=draw(population),
        schedule=draw(schedule),
        records=Matching(
            kind=kind,
            where=draw(st.sampled_from(TESTS[kind])),
            offered=taking_part and draw(st.booleans()),
        ),
        measure=draw(st.sampled_from([Count(), *MEASURES.get(kind, ())])),
        bound=draw(bound),
    )


HAD, OF_SCHOOLS = (ENCOUNTER, PLACEMENT, MEETING), (PUBLICATION, REVIEW, EVENT)
BY_VERB = {
    Verb.PROVIDE: counting(
        Verb.PROVIDE,
        HAD,
        PUPILS,
        once | once | each | around | around | always | vaguely,
        ANY_BOUND,
    )
    | counting(Verb.PROVIDE, HAD, PUPILS, every, ONE)
    | counting(Verb.PROVIDE, (PLACEMENT,), PLACEMENTS, OF_A_PLACEMENT, FLOORS)
    | counting(Verb.PROVIDE, (CHECK,), PLACEMENTS, st.builds(Every, duration=durations), ONE),
    Verb.PUBLISH: counting(Verb.PUBLISH, (PUBLICATION,), OWNERS, OF_THE_CALENDAR, ONE),
    Verb.REVIEW: counting(Verb.REVIEW, (REVIEW,), OWNERS, OF_THE_CALENDAR, ONE),
    Verb.KEEP: counting(Verb.KEEP, (KEPT,), PUPILS, always | kept | kept, ONE),
    Verb.NOTIFY: counting(
        Verb.NOTIFY, (NOTIFICATION,), PUPILS, AROUND_A_PLACEMENT | AFTER_AN_EVENT, ONE
    )
    | counting(Verb.NOTIFY, (NOTIFICATION, CHECK), PLACEMENTS, AROUND_A_PLACEMENT, ONE),
    Verb.APPOINT: counting(Verb.APPOINT, (APPOINTMENT,), OWNERS, STANDING, ONE),
    Verb.FORBID: counting(Verb.FORBID, HAD, PUPILS, once | each, NONE)
    | counting(Verb.FORBID, (EVENT,), OWNERS, LIMITED, NONE),
    Verb.UPHOLD: counting(
        Verb.UPHOLD, (ATTESTATION,), OWNERS, st.builds(Every, duration=durations), ONE
    ),
}


EVERYBODY = st.just(Population(subject="pupil"))
OF_AN_AGE = st.just(Population(subject="pupil", ages=(15, 17)))
EVERY_SCHOOL = st.just(Population(subject="school"))
REPEATED = st.builds(Each, period=periods) | st.builds(Every, duration=durations)
STANDING_NOW = st.just(Always())
ENDS = st.sampled_from([None, DatePoint(day=date(2025, 8, 31))])
ENDED = st.just(Around(event=PLACEMENT, side=Side.AFTER, end=DatePoint(day=date(2024, 8, 31))))
KEPT_SINCE = st.builds(
    Kept,
    duration=durations,
    after=st.sampled_from([DatePoint(day=date(2024, 9, 1)), YearPoint(year=9), RollPoint.JOINING]),
)
#: What everybody is owed by now, so that something of nearly every report is due, met or missed.
OWED = (
    counting(Verb.REVIEW, (REVIEW,), EVERY_SCHOOL, REPEATED, ONE)
    | counting(Verb.APPOINT, (APPOINTMENT,), EVERY_SCHOOL, STANDING_NOW, ONE)
    | counting(Verb.KEEP, (KEPT,), EVERYBODY, STANDING_NOW, ONE | TWO)
    | counting(Verb.KEEP, (KEPT,), EVERYBODY, KEPT_SINCE, ONE | TWO)
    | counting(Verb.PROVIDE, HAD, EVERYBODY, st.builds(Once, end=plain_points | ENDS), FLOORS)
    | counting(Verb.PROVIDE, HAD, EVERYBODY, st.builds(Once, end=ENDS), TWO)
    | counting(Verb.PROVIDE, HAD, OF_AN_AGE, AROUND_A_PLACEMENT | st.builds(Once), FLOORS)
    | counting(Verb.PROVIDE, HAD, EVERYBODY, ENDED, FLOORS)
    | counting(Verb.PROVIDE, HAD, EVERYBODY, REPEATED, ONE)
)


BEGUN = st.builds(PartialDate, year=st.integers(2021, 2028), month=st.sampled_from([None, 9]))
IN_FORCE = st.just(InForce()) | st.builds(InForce, start=BEGUN)


@st.composite
def policies(draw):
    """A policy of a few promises, some owed to all, the last perhaps further to it."""
    others = st.lists(st.one_of(*BY_VERB.values()), min_size=2, max_size=3)
    duties = [draw(OWED), draw(OWED), draw(OWED), *draw(others)]
    if duties[0].verb is Verb.PROVIDE and isinstance(duties[0].schedule, (Once, Each)):
        duties.append(attrs.evolve(duties[0], schedule=draw(once | each), further_to="duty-1"))
    strengths = st.sampled_from([Strength.MUST] * 3 + [Strength.SHOULD, Strength.MAY])
    obligations = tuple(
        Obligation(
            id=f"duty-{number}", topic="careers-events", title="A duty", who=("school",),
            duty=duty, source=(Source(section="1"),),
            strength=Strength.MUST if number == 1 else draw(strengths),
            in_force=InForce() if number == 1 else draw(IN_FORCE),
        )
        for number, duty in enumerate(duties, start=1)
    )  # fmt: skip
    return Policy(
        id="law", trust=TRUSTS[0], document=Document(title="A policy"),
        obligations=obligations, vocabulary=WORDS, readings=draw(readings),
    )  # fmt: skip


# ---------------------------------------------------------------------------- any facts

SAID = {
    "technical": st.booleans(),
    "providers": st.sampled_from([frozenset("A"), frozenset("B"), frozenset("AB"), frozenset()]),
    "provider_type": st.sampled_from([frozenset(["university"]), frozenset(["sixth form"])])
    | st.just(frozenset(["university", "sixth form"])),
    "hours": st.sampled_from([0, 0.1, 0.5, 1, 1.5, 2, 3]),
    "nature": st.sampled_from(["placement", "activity"]),
    "employer": st.sampled_from(["A", "B"]),
    "mode": st.sampled_from(["in person", "recorded"]),
    "contents": st.frozensets(st.sampled_from(["impact", "progress"]), min_size=1),
    "audience": st.frozensets(st.sampled_from(["parents", "staff"]), min_size=1),
    "document": st.sampled_from(["careers policy", "careers programme"]),
    "role": st.sampled_from(["careers leader", "careers adviser"]),
    "trained": st.booleans(),
    "to": st.just(frozenset(["parents"])),
    "promise": st.sampled_from(["duty-1", "duty-2"]),
}
#: How many days after one record another like it comes.
A_WHILE = st.sampled_from([0, 1, 7, 30, 365])
#: What a record need not say: the rest names the thing that it is of, or stands for "yes".
BLANKS = ("technical", "providers", "provider_type", "hours", "nature", "employer", "mode")
BLANKS += ("trained", "contents", "audience")
SAID_OF_PUPILS = {
    "ehc_plan": st.sampled_from([True, True, False]),
    "disadvantaged": st.booleans(),
}


#: Some schools give their terms, of some years, and begin their years on another day.
GIVEN = SchoolCalendar(
    terms=tuple(
        Term(name, Window(first, last), (Window(first, before), Window(after, last)))
        for year in range(2022, 2026)
        for name, first, before, after, last in (
            (
                "Autumn",
                date(year, 9, 3),
                date(year, 10, 20),
                date(year, 10, 31),
                date(year, 12, 17),
            ),
            (
                "Spring",
                date(year + 1, 1, 6),
                date(year + 1, 2, 10),
                date(year + 1, 2, 20),
                date(year + 1, 3, 28),
            ),
            (
                "Summer",
                date(year + 1, 4, 14),
                date(year + 1, 5, 24),
                date(year + 1, 6, 3),
                date(year + 1, 7, 19),
            ),
        )
    )
)
CALENDARS = (SchoolCalendar(), SchoolCalendar(), GIVEN, SchoolCalendar(year_start=MonthDay(8, 25)))


@st.composite
def schools(draw, number=1, trust=TRUSTS[0]):
    """A school of one kind or another, of which everything is known up to the last day."""
    low, high = draw(st.sampled_from(RANGES))
    told = {"type": draw(st.sampled_from(["free school", "academy"]))}
    return School(
        urn=str(number),
        name=f"School {number}",
        trust=trust,
        lowest_year=low,
        highest_year=high,
        as_at=draw(st.dates(date(2025, 9, 1), date(2029, 8, 31))),
        calendar=draw(st.sampled_from(CALENDARS)),
        attributes={**phases_taught(low, high), **told},
    )


def born_for(group, school, late):
    """A birthday of somebody in a year group when a school's facts were exported."""
    return date(school.calendar.year_of(school.as_at) - group - TURNS, 9, 1) + late * DAY


@st.composite
def stays(draw, places, number):
    """A pupil's stays: at one school, or at one and then another."""
    name = f"P{number}"
    said = {attribute: draw(values) for attribute, values in SAID_OF_PUPILS.items()}
    said["sen"] = "E" if said["ehc_plan"] else draw(st.sampled_from("KN"))
    school = places[0] if len(places) == 1 else draw(st.sampled_from(places))
    group = school.highest_year - draw(st.integers(0, school.highest_year - school.lowest_year))
    born = born_for(group, school, draw(st.integers(0, 364)))
    joined = draw(st.none() | st.none() | st.dates(date(2019, 9, 1), school.as_at))
    stayed = draw(st.none() | st.none() | st.integers(0, 1500))
    left = None if stayed is None else (joined or date(2021, 9, 1)) + stayed * DAY
    stay = Pupil(
        id=name, school=school.urn, born=born, year_group=None, joined=joined, left=left,
        attributes=said,
    )  # fmt: skip
    told = (stay,)
    others = [one for one in places if one.urn != school.urn]
    if left and others and draw(st.booleans()):
        after = left + draw(st.integers(1, 100)) * DAY
        told += (attrs.evolve(stay, school=others[0].urn, joined=after, left=None),)
    if draw(st.booleans()):  # beside the date of birth, the recorded year group says the same
        by_urn = {one.urn: one for one in places}
        told = tuple(attrs.evolve(one, year_group=_recorded(one, by_urn)) for one in told)
    return told


def _recorded(stay, by_urn):
    school = by_urn[stay.school]
    return stay.year_group_in(stay.recorded_in(school), school)


@st.composite
def record_of(draw, kinds, owners, number, day=days):
    """A record of one of some kinds: whose it is, and all that its kind can say."""
    kind = WORDS.kinds[draw(st.sampled_from(kinds))]
    start = draw(day)
    lasts = draw(st.none() | st.integers(0, 900))
    of = draw(st.sampled_from(["school", "trust"])) if kind.of == "school" else kind.of
    said = {name: draw(SAID[name]) for name in kind.attributes if name in SAID}
    if "attended" in kind.attributes and draw(st.integers(0, 5)) == 0:
        said["attended"] = False
    return Record(
        kind=kind.name,
        of=of,
        owner=draw(st.sampled_from(owners[of])),
        start=start,
        id=record_id(number),
        until=None if lasts is None else start + lasts * DAY,
        about=draw(st.sampled_from(["R00", "R01", ""]))
        if kind.name in (NOTIFICATION, CHECK)
        else "",
        attributes=said,
    )


def passing(matching, said):
    """What a record says, with what counts instead of what doesn't."""
    counting = {**said, "attended": True} if "attended" in said else {**said}
    for test in matching.where:
        if test.holds(counting.get(test.attribute)):
            continue
        if test.none_of is not None:
            counting["mode"] = "in person"
            continue
        values = test.all_of or test.one_of or {test.at_least or 1}
        many = WORDS.kinds[matching.kind].attributes[test.attribute].many
        counting[test.attribute] = frozenset(values) if many else next(iter(values))
    return counting


def kinds_in(policy):
    """The kinds of record that a policy is about, in order."""
    named = [one.duty.records.kind for one in policy.obligations]
    for one in policy.obligations:
        named.append(one.duty.population.subject)
        named += [one.duty.schedule.event] if isinstance(one.duty.schedule, Around) else []
    return [kind for kind in dict.fromkeys(named) if kind in WORDS.record_kinds]


def owners_in(facts):
    """The ids of those whose records can be, by what they are."""
    return {
        "pupil": sorted({one.id for one in facts.pupils}),
        "school": [one.urn for one in facts.schools],
        "trust": list(facts.trusts),
    }


@st.composite
def whole_facts(draw, policy, most):
    """Facts in which everything that a policy asks about is known, up to the last day."""
    places = [draw(schools(number)) for number in range(1, draw(st.integers(1, 2)) + 1)]
    pupils = [
        stay for number in range(1, draw(st.integers(1, 2)) + 1)
        for stay in draw(stays(places, number))
    ]  # fmt: skip
    facts = Facts(
        schools=tuple(places), pupils=tuple(pupils), known_kinds=frozenset(kinds_in(policy))
    )
    records: list[Record] = []
    for number in range(draw(st.sampled_from(range(most, -1, -1)))):
        record = draw(some_record(policy, facts, records, number))
        known = record.about in {one.id for one in records}
        records.append(record if known else attrs.evolve(record, about=""))
    owners = owners_in(facts)
    owned = [name for names in owners.values() for name in names]
    waivers = draw(st.lists(waiver_of(policy, owned), max_size=2))
    return attrs.evolve(facts, records=tuple(records), waivers=tuple(waivers))


@st.composite
def some_record(draw, policy, facts, before, number):
    """One record more: of any kind that a policy is about, of one that counts, or one again."""
    lately = st.integers(0, 900).map(lambda ago: facts.schools[0].as_at - ago * DAY)
    owners, how = owners_in(facts), draw(st.sampled_from(["any", "counts", "again", "again"]))
    if how == "again" and before:
        again = draw(st.sampled_from(before))
        later = draw(A_WHILE) * DAY
        until = again.until and again.until + later
        return attrs.evolve(again, id=record_id(number), start=again.start + later, until=until)
    matching = draw(st.sampled_from(policy.obligations)).duty.records
    kinds = kinds_in(policy) if how == "any" else [matching.kind]
    record = draw(record_of(kinds, owners, number, days | lately | lately))
    if how == "any":
        return record
    return attrs.evolve(record, attributes=passing(matching, record.attributes))


@st.composite
def waiver_of(draw, policy, owned):
    """A waiver of one of a policy's promises for somebody, for a year or two."""
    start = draw(days)
    return Waiver(
        obligation=draw(st.sampled_from(policy.obligations)).id,
        subject=draw(st.sampled_from(owned)),
        by="headteacher",
        reason="agreed",
        start=start,
        until=start + draw(st.integers(0, 900)) * DAY,
    )


@st.composite
def less_known(draw, whole):
    """Facts of which some is not known: blanks, beginnings and ends of records, whole kinds."""
    schools = tuple([draw(_narrowed(one, whole.known_kinds)) for one in whole.schools])
    pupils = [draw(_blanked(one, whole.school_by_urn[one.school])) for one in whole.pupils]
    lost = draw(st.sampled_from(["", "", "", *sorted(whole.known_kinds)]))
    left = [one for one in whole.records if one.kind != lost]
    left = [one for one in left if _sure(one, schools) or draw(st.booleans())]
    return attrs.evolve(
        whole,
        schools=schools,
        pupils=tuple(pupils),
        records=tuple([draw(_silent(one)) for one in left]),
        known_kinds=whole.known_kinds - {lost},
    )


@st.composite
def _narrowed(draw, school, kinds):
    """The school, its records of some kinds complete from a later day, or until an earlier one."""
    some = st.sampled_from([(), (), *[(kind,) for kind in sorted(kinds)]])
    told = {name: school.attributes[name] for name in school.attributes}
    if draw(st.integers(0, 3)) == 0:
        del told["type"]
    return attrs.evolve(
        school,
        complete_since={kind: draw(days) for kind in draw(some)},
        complete_until={kind: min(draw(days), school.as_at) for kind in draw(some)},
        attributes=told,
    )


@st.composite
def _blanked(draw, stay, school):
    """The stay without some of what is said; a year group is any that the school teaches."""
    told = {name: value for name, value in stay.attributes.items() if draw(st.integers(0, 2))}
    less = attrs.evolve(stay, attributes=told)
    if stay.year_group is None or not draw(st.booleans()):
        return less
    taught = school.lowest_year <= stay.year_group <= school.highest_year
    group = None if taught and draw(st.booleans()) else stay.year_group
    return attrs.evolve(less, born=None, year_group=group)


@st.composite
def _silent(draw, record):
    """The record without some of what it says."""
    told = record.attributes.items()
    kept = {name: value for name, value in told if name not in BLANKS or draw(st.integers(0, 2))}
    return attrs.evolve(record, attributes=kept)


def _sure(record, schools):
    """Whether some school's complete records hold a day on which a record stood."""
    lasting = record.until is None and WORDS.kinds[record.kind].lasts
    stood = Window(record.start, None if lasting else record.until or record.start)
    return any(not one.complete(record.kind).meet(stood).empty for one in schools)


@attrs.frozen
class Asked:
    """A policy held against facts on a day."""

    policy: Policy
    facts: Facts
    day: date

    def _repr_pretty_(self, printer, _cycle):
        """Tell Hypothesis all that a failing example hangs on, and nothing that is as usual."""
        promises = [(one.strength.value, one.duty) for one in self.policy.obligations]
        facts = self.facts
        parts = (
            self.policy.readings,
            *promises,
            *facts.schools,
            *facts.pupils,
            *facts.records,
            *facts.waivers,
        )
        known = ", ".join(sorted(facts.known_kinds))
        lines = ["", f"on {self.day}, known: {known}", *map(unusual, parts), ""]
        printer.text("\n".join(lines))

    def verdicts(self, **other):
        """Its findings, by obligation and by whom they are about, at each school that had them."""
        asked = attrs.evolve(self, **other)
        found = evaluate(asked.policy, asked.facts, as_of=asked.day).findings
        told = {}
        for one in found:
            whom = one.obligation.id, one.subject.kind, one.subject.id, one.subject.school
            told.setdefault(whom, []).append(one)
        return told


def unusual(value):
    """A value as it would be written: without the parts that are as usual."""
    if isinstance(value, tuple):
        return f"({', '.join(map(unusual, value))})"
    if isinstance(value, date):
        return str(value)
    if not attrs.has(type(value)):
        return repr(value)
    said = (
        f"{part.name}={unusual(mine)}"
        for part in attrs.fields(type(value))
        if part.repr and part.init and not _usual(part.default, mine := getattr(value, part.name))
    )
    return f"{type(value).__name__}({', '.join(said)})"


def _usual(default, value):
    return value == (default.factory() if isinstance(default, attrs.Factory) else default)


@st.composite
def asked(draw, most=6):
    """A policy, facts of all that it is about, and a day up to which they are known."""
    policy = draw(policies())
    facts = draw(whole_facts(policy, most))
    last = min(one.as_at for one in facts.schools)
    return Asked(policy, facts, last - draw(st.integers(0, 400)) * DAY)


@st.composite
def asked_with_less(draw):
    """A report, and the same of facts of which less is known."""
    whole = draw(asked())
    return whole, attrs.evolve(whole, facts=draw(less_known(whole.facts)))
