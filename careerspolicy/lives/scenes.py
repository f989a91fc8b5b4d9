"""The made-up world in which an obligation is put to the test: a school, a pupil, an event.

One pupil serves all: born on 14 March 2010, in Year 7 from September 2021. So 28 February of Years
9 and 13 has a 29 February after it, where a day too many would show. Their school teaches a year
more than most on either side, where a window that is too wide would show.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle, islice
from math import ceil
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import attrs

from careerspolicy.calendar.ages import age_on, birthday
from careerspolicy.calendar.school_calendar import Window, in_words
from careerspolicy.evaluation import Verdict
from careerspolicy.evaluation.reference import Engine
from careerspolicy.lives.people import OWNERS, filled, merged
from careerspolicy.lives.values import different, parts, passing_all, school_like
from careerspolicy.model.duty import Covers, Distinct, Total
from careerspolicy.model.population import Roll
from careerspolicy.model.schedule import (
    Around,
    Each,
    Every,
    Once,
    RollPoint,
    Side,
    YearPoint,
    points_of,
)
from careerspolicy.readers import facts_from
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.evaluation import Finding
    from careerspolicy.model.duty import Duty
    from careerspolicy.model.facts import Facts
    from careerspolicy.model.policy import Obligation, Policy
    from careerspolicy.vocabulary import Vocabulary

#: A record as short facts have it.
Row: TypeAlias = dict[str, Any]

BORN: Final = date(2010, 3, 14)
#: The calendar year in which the pupil's Year 0 began.
YEAR_NOUGHT: Final = 2014
#: A day in the spring term of Year 11: when events happen, and when standing states are judged.
USUAL_DAY: Final = date(2026, 2, 3)
#: How many pupils there are where a share of them is asked about.
PUPILS: Final = 10
DAY: Final = timedelta(days=1)

_YEARS: Final = {"lowest_year": 6, "highest_year": 14}
#: From when a school's own records are complete.
_SINCE: Final = date(2024, 9, 1)
_EVENT: Final = "E1"
#: A day on which all that a pupil, or anybody else, will ever be judged by has begun.
_END: Final = {True: date(2028, 10, 1), False: date(2027, 10, 1)}


class Outcome(NamedTuple):
    """A made-up life, and what the evaluator finds of an obligation in it."""

    facts: Facts
    findings: tuple[Finding, ...]


@attrs.frozen(kw_only=True)
class Scene:
    """An obligation, and short facts in which it applies and nothing has been done yet.

    `shared` are those facts. `event` is the record that calls for the duty, if one does; `earlier`
    are records from before the time that is looked at.
    """

    obligation: Obligation
    policy: Policy
    shared: dict[str, Any]
    event: Row | None
    earlier: tuple[Row, ...] = ()

    @property
    def duty(self) -> Duty:
        """What is owed."""
        return self.obligation.duty

    @property
    def itself(self) -> bool:
        """Whether the records that count are the very subjects."""
        return self.duty.records.kind == self.duty.population.subject

    @property
    def event_day(self) -> date:
        """The day of the event; the usual day where there is none."""
        return USUAL_DAY if self.event is None else date.fromisoformat(self.event["date"])

    def named(self, day: date) -> str:
        """A day in words; by the year group where it is a pupil's."""
        if self.duty.population.subject in ("school", "trust"):
            return in_words(day)
        return f"{in_words(day).rsplit(' ', 1)[0]} of Year {school_year_of(day)}"

    def own(self, rows: Sequence[Row], *, event: Row | None = None, **whose: Any) -> dict[str, Any]:
        """The short facts of one life, where they are not the shared ones.

        Rows of what counts, perhaps another event; `whose` replaces the school or the pupil.
        """
        event = event or self.event
        kind, records = self.duty.records.kind, self.shared["records"]
        listed: dict[str, list[Row]] = {} if event is None else {event_kind(self.duty): [event]}
        if self.itself and event is not None:
            listed[kind] = [event | row for row in rows] or [event]
        else:
            counted = [self._belonging() | row for row in (*self.earlier, *rows)]
            listed[kind] = [*listed.get(kind, ()), *counted]
        if "pupil" in whose and self.duty.population.share is not None:
            whose["pupils"] = [whose.pop("pupil")] * PUPILS
        changed = {  # a record of which only the date is said is told by its date
            name: [row["date"] if [*row] == ["date"] else row for row in rows]
            for name, rows in listed.items()
            if rows != records.get(name)
        }
        return {**whose, **({"records": changed} if changed else {})}

    def outcome(self, own: dict[str, Any], as_of: date) -> Outcome:
        """One life whole, and what the evaluator says of the obligation in it."""
        vocabulary = self.policy.vocabulary
        short = merged(self.shared, own)
        facts = facts_from(filled(short, as_of=as_of, vocabulary=vocabulary), vocabulary=vocabulary)
        findings = Engine(self.policy, facts, as_of).findings(self.obligation)
        return Outcome(facts, tuple(findings))

    def windows(self) -> tuple[Window, ...]:
        """The windows that can be judged, in order."""
        end = _END[self.duty.population.subject == "pupil"]
        findings = self.outcome(self.own(()), end).findings
        judged = [one.window for one in findings if one.verdict is not Verdict.NOT_APPLICABLE]
        return tuple(judged or [one.window for one in findings] or [Window()])

    def _belonging(self) -> Row:
        """Whose a record is, or which it is about, where its kind doesn't say that."""
        subject, kind = self.duty.population.subject, self.duty.records.kind
        if subject not in THINGS:
            return {"about": _EVENT}
        own = self.policy.vocabulary.kinds[kind].of == subject
        return {} if own else {subject: OWNERS[subject]}  # type: ignore[index] # a thing


def scene_of(obligation: Obligation, policy: Policy) -> Scene:
    """A scene in which the obligation applies."""
    duty = obligation.duty
    kind, name = duty.records.kind, event_kind(duty)
    event = event_row(duty, policy, _event_day(duty)) if name else None
    records: dict[str, list[Row]] = {kind: []} | ({name: [event]} if event else {})
    shared = _school(duty, policy.vocabulary) | _pupils(duty, policy.vocabulary)
    shared["records"] = records
    scene = Scene(obligation=obligation, policy=policy, shared=shared, event=event)
    return attrs.evolve(scene, earlier=_earlier(scene))


def _earlier(scene: Scene) -> tuple[Row, ...]:
    """What counted for the obligation that this one is further to, or for the last time round."""
    counted, policy = scene.duty, scene.policy
    if first := policy.obligation(counted.further_to) if counted.further_to else None:
        day = attrs.evolve(scene, obligation=first).windows()[0].end or USUAL_DAY
        counted = first.duty
    elif isinstance(counted.schedule, Every):
        day = _SINCE if counted.population.subject in ("school", "trust") else USUAL_DAY
    else:
        return ()
    return tuple(row | {"date": str(day)} for row in enough(counted, policy.vocabulary))


def enough(duty: Duty, vocabulary: Vocabulary) -> list[Row]:
    """Just as many rows, without dates, as keep the duty; under a ban one more than it allows."""
    kind, measure = vocabulary.kinds[duty.records.kind], duty.measure
    low, high = duty.bound.at_least, duty.bound.at_most
    amount = low if low is not None else (high or 0) + 1
    name = getattr(measure, "attribute", "")
    tests = [test for test in duty.records.where if test.attribute == name]
    measured: list[Row] = [{} for _ in range(ceil(amount))]
    if isinstance(measure, Total):
        measured = [{name: part} for part in parts(amount, tests)]
    elif isinstance(measure, Distinct):
        apart = cycle([*islice(different(kind.attributes[name], tests), ceil(amount))] or [None])
        measured = [{name: next(apart)} for _ in measured]
    elif isinstance(measure, Covers):
        values: list[Any] = _needed(measure, measure.values[: ceil(amount)])
        many = kind.attributes[name].many  # then one record holds them all
        measured = [{name: value} for value in ([values] if many else values)]
    return [passing_all(duty.records.where, kind) | row for row in measured]


def _needed(measure: Covers, values: Sequence[str]) -> list[str]:
    """Those of some words that are needed to show them all."""
    needed = [*values]
    for word in values:
        rest = [other for other in needed if other != word]
        if word in measure.shown(rest):
            needed = rest
    return needed


def event_kind(duty: Duty) -> str:
    """The kind of the record that sets the windows, or that the duty is for; "" if none does."""
    if duty.population.subject not in THINGS:
        return duty.population.subject
    return duty.schedule.event if isinstance(duty.schedule, Around) else ""


def event_row(duty: Duty, policy: Policy, day: date, *, but: str = "", brief: bool = False) -> Row:
    """An event that calls for the duty on a day; all but its condition on `but` passes.

    One whose periods count lasts over several, unless it is to be brief.
    """
    tests = duty.population.event
    if isinstance(duty.schedule, Around) and duty.population.subject in THINGS:
        tests = duty.schedule.where
    row: Row = {"id": _EVENT, "date": str(day)}
    if isinstance(duty.schedule, Each):
        row["until"] = str(day + timedelta(days=0 if brief else 500))
    elif isinstance(duty.schedule, Once):
        row["until"] = str(day + timedelta(days=100))
    return row | passing_all(tests, policy.vocabulary.kinds[event_kind(duty)], but=but)


def school_year_of(day: date) -> int:
    """The pupil's year group on a day."""
    return day.year - (day.month < 9) - YEAR_NOUGHT


def _school(duty: Duty, vocabulary: Vocabulary) -> dict[str, Any]:
    population = duty.population
    school = school_like(population.school, vocabulary.kinds["school"])
    if population.subject == "pupil" and not _YEARS.keys() & school.keys():
        lowest = min([_YEARS["lowest_year"], *population.years])
        school |= {**_YEARS, "lowest_year": lowest}
    if population.subject in ("school", "trust") and isinstance(duty.schedule, Each):
        school["complete_since"] = {duty.records.kind: str(_SINCE)}
    return {"school": school} if school else {}


def _pupils(duty: Duty, vocabulary: Vocabulary) -> dict[str, Any]:
    population = duty.population
    if population.subject in ("school", "trust"):
        return {}
    first_group = population.any_of[0] if population.any_of else ()
    tests = (*population.where, *first_group)
    pupil = {"born": str(BORN), **passing_all(tests, vocabulary.kinds["pupil"])}
    if RollPoint.JOINING in points_of(duty.schedule):
        pupil["joined"] = str(date(YEAR_NOUGHT + 7, 9, 1))
    if population.roll is Roll.LEAVERS:
        pupil["left"] = str(_left(duty))
    return {"pupil": pupil} if population.share is None else {"pupils": [pupil] * PUPILS}


def _left(duty: Duty) -> date:
    year = duty.population.years[0] if duty.population.years else 11
    return date(YEAR_NOUGHT + year + 1, 7, 17)


def _event_day(duty: Duty) -> date:
    """The usual day, moved into the year groups and ages that the duty is for."""
    population, schedule = duty.population, duty.schedule
    if population.roll is Roll.LEAVERS:
        return _left(duty)
    day = USUAL_DAY
    if isinstance(schedule, Around) and schedule.side is Side.AFTER:
        bounds = [point.year for point in points_of(schedule) if isinstance(point, YearPoint)]
        day = date(YEAR_NOUGHT + min(bounds), 9, 1) if bounds else day
    if population.years and school_year_of(day) not in population.years:
        day = date(YEAR_NOUGHT + population.years[0] + 1, 2, 3)
    if population.ages and not population.ages[0] <= age_on(BORN, day) <= population.ages[1]:
        day = birthday(BORN, population.ages[0]) + 100 * DAY
    return day
