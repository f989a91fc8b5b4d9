"""Any duty of the closed shape, any facts, any day: what the laws of `test_laws.py` are proved on.

The duties are made as values, not as YAML, so that no part of the shape is left out.
"""

from __future__ import annotations

from datetime import date, timedelta

import attrs
from hypothesis import strategies as st

from careerspolicy.calendar.durations import Duration
from careerspolicy.calendar.school_calendar import MonthDay
from careerspolicy.lives.people import PUPIL, TRUST, made_record, usual_pupil, usual_school
from careerspolicy.model.document import Document, Source
from careerspolicy.model.duty import Bound, Count, Covers, Distinct, Duty, Matching, Total, Verb
from careerspolicy.model.facts import Facts, Waiver
from careerspolicy.model.policy import (
    AgesReading,
    FurtherReading,
    JoinersReading,
    LeaversReading,
    Obligation,
    Policy,
    Readings,
    Strength,
)
from careerspolicy.model.population import Condition, Population, Roll
from careerspolicy.model.schedule import (
    AgePoint,
    Always,
    Around,
    DatePoint,
    Each,
    EarliestOf,
    Every,
    Kept,
    KeyStagePoint,
    OffsetPoint,
    Once,
    RollPoint,
    Side,
    Vaguely,
    YearPoint,
)
from careerspolicy.vocabulary import shared_vocabulary

WORDS = shared_vocabulary()
AS_AT = date(2026, 1, 31)
OWED, EVENT, OTHER = "provider encounter", "workplace experience", "guidance meeting"
DAY = timedelta(days=1)

# ---------------------------------------------------------------------------- any duty

days = st.dates(date(2020, 9, 1), date(2029, 8, 31))
durations = st.builds(Duration, st.integers(1, 30), st.sampled_from(["day", "week", "month"]))
durations |= st.builds(Duration, st.integers(1, 3), st.just("year"))
#: Days counted one by one are asked of what lies around an event, or so long after a point.
lengths = durations | st.builds(
    Duration, st.integers(1, 30), st.sampled_from(["school day", "working day"])
)
month_days = st.sampled_from([MonthDay(2, 28), MonthDay(2, 29), MonthDay(12, 31), MonthDay(9, 1)])
plain_points = (
    st.builds(YearPoint, year=st.integers(6, 14), day=st.none() | month_days)
    | st.builds(
        YearPoint, year=st.integers(7, 13), term=st.sampled_from(["autumn", "spring", "summer"])
    )
    | st.builds(AgePoint, age=st.integers(11, 19))
    | st.builds(KeyStagePoint, key_stage=st.integers(3, 5))
    | st.builds(DatePoint, day=days)
)
points = plain_points | st.sampled_from(RollPoint)
points |= st.builds(EarliestOf, points=st.tuples(plain_points, plain_points))
points |= st.builds(OffsetPoint, point=points, duration=lengths, before=st.booleans())
maybe_points = st.none() | points
periods = st.sampled_from(["school year", "calendar year", "key stage", "term", "half term"])
periods |= st.sampled_from(["month", "week"])
tests_of_events = st.sampled_from(
    [(), (Condition(attribute="nature", one_of=frozenset(["placement"])),)]
)
once = st.builds(Once, start=maybe_points, end=maybe_points)
each = st.builds(
    Each, period=periods, start=maybe_points, end=maybe_points, by=st.none() | month_days
) | st.builds(Each, period=st.just("school year"), start=maybe_points, not_before=month_days)
every = st.builds(Every, duration=durations, start=maybe_points)
around = st.builds(
    Around,
    event=st.just(EVENT),
    side=st.sampled_from([Side.BEFORE, Side.AFTER]),
    where=tests_of_events,
    within=st.none() | lengths,
    notice=st.none() | st.none() | lengths,
    start=maybe_points,
    end=maybe_points,
)
always = st.builds(Always, start=maybe_points, end=maybe_points)
kept = st.builds(Kept, duration=durations, after=points)
vaguely = st.builds(Vaguely, words=st.just("regularly"))
schedules = once | each | every | around | always | kept | vaguely

measures = st.sampled_from(
    [
        Count(),
        Distinct(attribute="providers"),
        Covers(attribute="provider_type", values=("university", "sixth form")),
        Total(attribute="hours"),
    ]
)
at_least = st.builds(Bound, at_least=st.integers(0, 3))
at_most = st.builds(Bound, at_most=st.integers(0, 2))
both = st.builds(Bound, at_least=st.integers(0, 1), at_most=st.integers(1, 2))
both |= st.sampled_from([Bound(at_least=number, at_most=number) for number in (1, 2)])
bounds = at_least | at_most | both | st.just(Bound(vague="sufficient"))
matchings = st.builds(
    Matching,
    kind=st.just(OWED),
    where=st.sampled_from([(), (Condition(attribute="technical", one_of=frozenset([True])),)]),
    offered=st.booleans(),
)
groups = st.sampled_from([(), (Condition(attribute="ehc_plan", one_of=frozenset([True])),)])
populations = st.builds(
    Population,
    subject=st.just("pupil"),
    years=st.sampled_from([(), (9,), (10, 11), (8, 10), (12, 13)]),
    ages=st.none() | st.just((16, 17)),
    roll=st.sampled_from(Roll),
    where=groups,
)
readings = st.builds(
    Readings,
    ages=st.sampled_from(AgesReading),
    further=st.sampled_from(FurtherReading),
    joiners=st.sampled_from(JoinersReading),
    leavers=st.sampled_from(LeaversReading),
)


def duties(schedules=schedules, bounds=bounds, populations=populations, measures=measures):
    """Duties of the closed shape, as it is or narrowed in some parts."""
    return st.builds(
        Duty,
        verb=st.just(Verb.PROVIDE),
        population=populations,
        schedule=schedules,
        records=matchings,
        measure=measures,
        bound=bounds,
    )


def policy_of(*owed, readings=None):
    """A policy of some duties."""
    obligations = tuple(
        Obligation(
            id=f"duty-{number}", topic="careers-events", title="A duty", who=("school",),
            duty=duty, strength=Strength.MUST, source=(Source(section="1"),),
        )
        for number, duty in enumerate(owed, start=1)
    )  # fmt: skip
    return Policy(
        id="law", trust=TRUST, document=Document(title="A policy"),
        obligations=obligations, vocabulary=WORDS, readings=readings or Readings(),
    )  # fmt: skip


@attrs.frozen
class Owed:
    """One duty and how its policy is read: a failing example is told by these alone."""

    duty: Duty
    readings: Readings

    @property
    def policy(self):
        """A policy of the one duty."""
        return policy_of(self.duty, readings=self.readings)


def one_duty(**narrowed):
    """One duty of the closed shape, with the readings of its policy."""
    return st.builds(Owed, duties(**narrowed), readings)


# ---------------------------------------------------------------------------- any facts

truths = st.none() | st.booleans()
said = st.fixed_dictionaries(
    {},
    optional={
        "technical": st.booleans(),
        "attended": st.booleans(),
        "providers": st.sampled_from([frozenset("A"), frozenset("B"), frozenset("AB")]),
        "provider_type": st.sampled_from([frozenset(["university"]), frozenset(["sixth form"])]),
        "hours": st.integers(0, 5),
        "nature": st.sampled_from(["placement", "activity"]),
    },
)
record_parts = st.tuples(
    st.sampled_from([OWED, OWED, OWED, EVENT, OTHER]),
    st.sampled_from(["P1", "P2"]),
    days,
    st.none() | st.integers(0, 900),
    said,
)
pupil_parts = st.tuples(
    st.none() | st.dates(date(2006, 9, 1), date(2015, 8, 31)),
    st.none() | st.integers(7, 13),
    st.none() | days,
    st.none() | st.integers(0, 1500),
    truths,
)


def record_of(number, parts):
    """A record of drawn parts."""
    kind, owner, start, lasts, attributes = parts
    until = None if lasts is None else start + lasts * DAY
    return made_record(kind, start, number, owner=owner, until=until, attributes=attributes)


def pupil_of(number, parts):
    """A pupil of drawn parts."""
    born, group, joined, stayed, ehc_plan = parts
    left = None if stayed is None else (joined or date(2021, 9, 1)) + stayed * DAY
    attributes = {} if ehc_plan is None else {"ehc_plan": ehc_plan}
    return usual_pupil(
        number, born=born, year_group=group, joined=joined, left=left, attributes=attributes
    )


@st.composite
def schools(draw):
    """One school of some range of year groups, with or without complete records."""
    years = draw(st.sampled_from([(7, 13), (7, 11), (10, 13), (5, 8), (7, 14)]))
    since = draw(st.none() | days)
    return usual_school(AS_AT, years, complete_since={OWED: since} if since else {})


@st.composite
def facts(draw, *, pupils=2, waived=True):
    """Facts of one school, one or two pupils and some records."""
    told = draw(st.lists(pupil_parts, min_size=1, max_size=pupils))
    people = tuple(pupil_of(number, parts) for number, parts in enumerate(told, start=1))
    ids = {one.id for one in people}
    rows = draw(st.lists(record_parts, max_size=6))
    records = tuple(record_of(n, parts) for n, parts in enumerate(rows) if parts[1] in ids)
    unkept = draw(st.sampled_from([frozenset(), frozenset(), frozenset(), frozenset([OWED])]))
    waivers = draw(st.lists(st.tuples(days, st.integers(0, 400)), max_size=1)) if waived else []
    return Facts(
        schools=(draw(schools()),),
        pupils=people,
        records=tuple(one for one in records if one.kind not in unkept),
        waivers=tuple(
            Waiver(
                obligation="duty-1",
                subject=PUPIL,
                by="headteacher",
                reason="agreed",
                start=start,
                until=start + lasts * DAY,
            )
            for start, lasts in waivers
        ),
        known_kinds=frozenset([OWED, EVENT, OTHER]) - unkept,
    )
