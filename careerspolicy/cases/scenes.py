"""The made-up world in which an obligation is put to the test: a school, a pupil, an event.

One pupil serves all cases: born on 14 March 2010, in Year 7 from September 2021. So 28 February of
Years 9 and 13 has a 29 February after it, where a day too many would show.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.calendar.school_calendar import KEY_STAGES, Window, age_on, birthday
from careerspolicy.cases.made_records import enough
from careerspolicy.cases.made_values import failing, passing, school_like
from careerspolicy.cases.short_facts import TRUST, URN, filled
from careerspolicy.evaluation import Verdict
from careerspolicy.evaluation.reference import Engine
from careerspolicy.model.duty import (
    AgePoint,
    Around,
    Each,
    EarliestOf,
    Every,
    KeyStagePoint,
    Once,
    Roll,
    RollPoint,
    YearPoint,
)
from careerspolicy.readers import facts_from
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from careerspolicy.cases.made_records import Row
    from careerspolicy.evaluation import Finding
    from careerspolicy.model.duty import Duty, Point
    from careerspolicy.model.policy import Obligation, Policy

BORN: Final = date(2010, 3, 14)
#: The calendar year in which the pupil's Year 0 began.
YEAR_NOUGHT: Final = 2014
#: A day in the spring term of Year 11: when events happen, and when standing states are judged.
USUAL_DAY: Final = date(2026, 2, 3)
#: From when a school's own records are complete.
SINCE: Final = date(2024, 9, 1)
PUPILS: Final = 10
EVENT: Final = "E1"
DAY: Final = timedelta(days=1)
#: The year group that begins, and the one that ends, with an age is the age less this.
_OF_START: Final = 4
_OF_END: Final = 5


@attrs.frozen(kw_only=True)
class Scene:
    """The facts that all cases of an obligation share, and how more are added to them."""

    obligation: Obligation
    policy: Policy
    school: dict[str, Any]
    pupil: dict[str, Any]
    events: dict[str, list[Row]]
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
        rows = [row for rows in self.events.values() for row in rows]
        return date.fromisoformat(rows[0]["date"]) if rows else USUAL_DAY

    def facts(self, rows: list[Row], **changed: Any) -> dict[str, Any]:
        """Short facts with these rows; `changed` replaces the school, the pupil or the events."""
        school, pupil = changed.get("school", self.school), changed.get("pupil", self.pupil)
        events: dict[str, list[Row]] = changed.get("events", self.events)
        kind, own = self.duty.records.kind, [*self.earlier, *rows]
        records = {name: [*listed] for name, listed in events.items()}
        if self.itself:
            records[kind] = [records[kind][0] | row for row in own] or records[kind]
        else:
            about = self.duty.population.subject not in THINGS
            more = [self._owner() | row | ({"about": EVENT} if about else {}) for row in own]
            records[kind] = [*records.get(kind, []), *more]
        whose = self._pupils(pupil) if self.duty.population.subject == "pupil" else {}
        if self.duty.population.subject not in (*THINGS[1:],) and not whose:
            whose = {"pupil": pupil}
        return {**({"school": school} if school else {}), **whose, "records": records}

    def findings(self, facts: dict[str, Any], as_of: date) -> tuple[Finding, ...]:
        """What the evaluator says of the obligation, given short facts."""
        vocabulary = self.policy.vocabulary
        whole = facts_from(filled(facts, as_of=as_of, vocabulary=vocabulary), vocabulary=vocabulary)
        return tuple(Engine(self.policy, whole, as_of).findings(self.obligation))

    def windows(self) -> tuple[Window, ...]:
        """The windows that can be judged, in order."""
        as_of = date(2028, 10, 1) if self.duty.population.subject == "pupil" else date(2027, 10, 1)
        found = self.findings(self.facts([]), as_of)
        judged = [one.window for one in found if one.verdict is not Verdict.NOT_APPLICABLE]
        return tuple(judged or [one.window for one in found] or [Window()])

    def _owner(self) -> Row:
        """Whose a record is, where the kind's usual owner isn't the subject."""
        subject, of = self.duty.population.subject, self.policy.vocabulary.kinds
        if subject not in THINGS or of[self.duty.records.kind].of == subject:
            return {}
        return {subject: {"pupil": "P1", "school": URN, "trust": TRUST}[subject]}

    def _pupils(self, pupil: dict[str, Any]) -> dict[str, Any]:
        if self.duty.population.share is None:
            return {"pupil": pupil}
        return {"pupils": [pupil for _ in range(PUPILS)]}


def scene_of(obligation: Obligation, policy: Policy) -> Scene:
    """A scene in which the obligation applies."""
    duty, vocabulary = obligation.duty, policy.vocabulary
    population = duty.population
    school = _school(obligation, policy)
    event = event_kind(duty)
    day = _event_day(duty)
    events = {event: [event_row(duty, policy, day)]} if event else {}
    scene = Scene(
        obligation=obligation,
        policy=policy,
        school=school,
        pupil=_pupil(duty, policy),
        events=events,
    )
    if duty.further_to and (first := policy.obligation(duty.further_to)):
        held = [
            one.window.end
            for one in attrs.evolve(scene, obligation=first).findings(
                scene.facts([]), date(2028, 10, 1)
            )
        ]
        day = held[0] or USUAL_DAY
        rows = enough(first.duty, vocabulary)
        return attrs.evolve(scene, earlier=tuple(row | {"date": str(day)} for row in rows))
    if isinstance(duty.schedule, Every):
        day = SINCE if population.subject in ("school", "trust") else USUAL_DAY
        rows = enough(duty, vocabulary)
        return attrs.evolve(scene, earlier=tuple(row | {"date": str(day)} for row in rows))
    return scene


def event_kind(duty: Duty) -> str:
    """The kind of the record that sets the windows, or that the duty is for; "" if none does."""
    if duty.population.subject not in THINGS:
        return duty.population.subject
    return duty.schedule.event if isinstance(duty.schedule, Around) else ""


def event_row(duty: Duty, policy: Policy, day: date, *, but: str = "", brief: bool = False) -> Row:
    """An event that calls for the duty on a day; all but its condition on `but` passes.

    One whose periods count lasts over several, unless it is to be brief.
    """
    name = event_kind(duty)
    kind = policy.vocabulary.kinds[name]
    tests = duty.population.event
    if isinstance(duty.schedule, Around) and duty.population.subject in THINGS:
        tests = duty.schedule.where
    row: Row = {"id": EVENT, "date": str(day)}
    if isinstance(duty.schedule, Each):
        row["until"] = str(day + (timedelta() if brief else timedelta(days=500)))
    elif isinstance(duty.schedule, Once):
        row["until"] = str(day + timedelta(days=100))
    for one in tests:
        attribute = kind.attributes[one.attribute]
        row[one.attribute] = (failing if one.attribute == but else passing)(one, attribute)
    return row


def school_year_of(day: date) -> int:
    """The pupil's year group on a day."""
    return day.year - (day.month < 9) - YEAR_NOUGHT


def edges(duty: Duty) -> tuple[int | None, int | None]:
    """The year groups in which the duty's time begins and ends, where it says."""
    schedule, years = duty.schedule, duty.population.years
    start = _year(getattr(schedule, "start", None), by_age=_OF_START)
    end = _year(getattr(schedule, "end", None), by_age=_OF_END)
    low = start if start is not None else years[0] if years else None
    return low, end if end is not None else years[-1] if years else None


def _year(point: Point | None, *, by_age: int) -> int | None:
    if isinstance(point, YearPoint):
        return point.year
    if isinstance(point, AgePoint):
        return point.age - by_age
    if isinstance(point, KeyStagePoint):
        return KEY_STAGES[point.key_stage][by_age == _OF_END]
    if isinstance(point, EarliestOf):
        years = [year for one in point.points if (year := _year(one, by_age=by_age)) is not None]
        return min(years, default=None)
    return None


def _school(obligation: Obligation, policy: Policy) -> dict[str, Any]:
    duty = obligation.duty
    school = school_like(duty.population.school, policy.vocabulary.kinds["school"])
    if duty.population.subject == "pupil" and not {"lowest_year", "highest_year"} & {*school}:
        # A year more on either side, where a window that is too wide would show.
        low, high = edges(duty)
        if low is not None and low <= 7:
            school["lowest_year"] = max(low - 1, 0)
        if high is not None and high >= 13:
            school["highest_year"] = min(high + 1, 14)
    if duty.population.subject in ("school", "trust") and isinstance(duty.schedule, Each):
        school["complete_since"] = {duty.records.kind: str(SINCE)}
    return school


def _pupil(duty: Duty, policy: Policy) -> dict[str, Any]:
    population, kind = duty.population, policy.vocabulary.kinds["pupil"]
    pupil: dict[str, Any] = {"born": str(BORN)}
    groups = (*population.where, *(population.any_of[0] if population.any_of else ()))
    for one in groups:
        pupil[one.attribute] = passing(one, kind.attributes[one.attribute])
    if getattr(duty.schedule, "start", None) is RollPoint.JOINING:
        pupil["joined"] = str(date(YEAR_NOUGHT + 7, 9, 1))
    if population.roll is Roll.LEAVERS:
        pupil["left"] = str(_left(duty))
    return pupil


def _left(duty: Duty) -> date:
    year = duty.population.years[0] if duty.population.years else 11
    return date(YEAR_NOUGHT + year + 1, 7, 17)


def _event_day(duty: Duty) -> date:
    """The usual day, moved into the year groups and ages that the duty is for."""
    population = duty.population
    if population.roll is Roll.LEAVERS:
        return _left(duty)
    day = USUAL_DAY
    if population.years and school_year_of(day) not in population.years:
        day = date(YEAR_NOUGHT + population.years[0] + 1, 2, 3)
    if population.ages is not None and not (
        population.ages[0] <= age_on(BORN, day) <= population.ages[1]
    ):
        day = birthday(BORN, population.ages[0]) + 100 * DAY
    return day
