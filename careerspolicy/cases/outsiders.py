"""Cases about somebody just outside each limit on whom an obligation is for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from careerspolicy.calendar.school_calendar import birthday
from careerspolicy.cases.case_making import CaseMaker
from careerspolicy.cases.made_values import failing, failure_named, passing, school_like
from careerspolicy.cases.scenes import BORN, DAY, YEAR_NOUGHT, event_kind, event_row
from careerspolicy.evaluation import Verdict
from careerspolicy.model.duty import Around, Roll, Side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.cases.case_making import Suggested
    from careerspolicy.model.duty import Condition

_YEAR = 365 * DAY


class OutsiderMaker(CaseMaker):
    """Makes the cases of those to whom it just does, or just doesn't, apply."""

    def outsiders(self) -> Iterator[Suggested]:
        """Somebody just outside each limit on whom it is for."""
        scene = self.scene
        population, vocabulary = scene.duty.population, scene.policy.vocabulary
        day = self.as_of(self.window())
        outside = Verdict.NOT_APPLICABLE
        school, pupil = vocabulary.kinds["school"], vocabulary.kinds["pupil"]
        for one in population.school:
            other = school_like(population.school, school, but=one.attribute)
            told = f"A school {failure_named(one, school)}"
            yield self.case(told, [], day, outside, school=other)
        # Of an attested promise, tests of pupils say whom it is about: it is owed all the same.
        if scene.duty.predicate is None:
            for one in population.where:
                changed = {one.attribute: failing(one, pupil.attributes[one.attribute])}
                told = f"A pupil {failure_named(one, pupil)}".replace(" as its ", " as their ")
                yield self.case(told, [], day, outside, pupil=scene.pupil | changed)
            yield from self.choices(day)
        if population.roll is not Roll.ANY:
            yield self.by_roll(day)
        if population.roll is Roll.LEAVERS and population.years and not event_kind(scene.duty):
            yield from self.leavers_of_other_years()
        for one in (*population.event, *getattr(scene.duty.schedule, "where", ())):
            yield self.other_event(one, day)
        if event_kind(scene.duty):
            yield from self.other_times()

    def choices(self, day: date) -> Iterator[Suggested]:
        """Somebody of each group of several, and somebody of none."""
        scene = self.scene
        kind, groups = scene.policy.vocabulary.kinds["pupil"], scene.duty.population.any_of
        none = {
            one.attribute: failing(one, kind.attributes[one.attribute])
            for group in groups
            for one in group
        }
        if not none:
            return
        yield self.case(
            "Somebody of none of the groups",
            [],
            day,
            Verdict.NOT_APPLICABLE,
            pupil=scene.pupil | none,
        )
        for group in groups:
            own = {one.attribute: passing(one, kind.attributes[one.attribute]) for one in group}
            told = f"Somebody with {' and '.join(name.replace('_', ' ') for name in own)}"
            yield self.case(told, [], day, self.failed, pupil=scene.pupil | none | own)

    def by_roll(self, day: date) -> Suggested:
        """Somebody still there where it is for leavers, or gone where it is for those on roll."""
        scene = self.scene
        pupil = dict(scene.pupil)
        if scene.duty.population.roll is Roll.LEAVERS:
            del pupil["left"]
            return self.case("Somebody still on roll", [], day, Verdict.NOT_APPLICABLE, pupil=pupil)
        pupil["left"] = str(day - DAY)
        return self.case("Somebody who has left", [], day, Verdict.NOT_APPLICABLE, pupil=pupil)

    def leavers_of_other_years(self) -> Iterator[Suggested]:
        """Those who left in the last of its year groups, and just before the first."""
        years = self.scene.duty.population.years
        for year in dict.fromkeys((years[0] - 1, years[-1])):
            left = date(YEAR_NOUGHT + year + 1, 7, 17)
            pupil = self.scene.pupil | {"left": str(left)}
            rows = [row | {"date": str(left)} for row in self.rows()]
            meant = Verdict.MET if year in years else Verdict.NOT_APPLICABLE
            told = f"Somebody who left in Year {year}"
            yield self.case(told, rows, left + DAY, meant, pupil=pupil)

    def other_event(self, condition: Condition, day: date) -> Suggested:
        """An event that fails a condition, and so calls for nothing."""
        scene = self.scene
        kind = scene.policy.vocabulary.kinds[event_kind(scene.duty)]
        row = event_row(scene.duty, scene.policy, scene.event_day, but=condition.attribute)
        told = f"{_capital(kind.singular)} {failure_named(condition, kind)}"
        events = {kind.name: [row]}
        return self.case(told, [], day, Verdict.NOT_APPLICABLE, events=events)

    def other_times(self) -> Iterator[Suggested]:
        """Events on the edges of the year groups and ages that it is for."""
        scene = self.scene
        years, ages = scene.duty.population.years, scene.duty.population.ages
        spans: list[tuple[date, date]] = []
        if years:
            first, last = years[0] + YEAR_NOUGHT, years[-1] + YEAR_NOUGHT + 1
            spans.append((date(first, 9, 1), date(last, 8, 31)))
        if ages:
            spans.append((birthday(BORN, ages[0]), birthday(BORN, ages[1] + 1) - DAY))
        for first_day, last_day in spans:
            for day in (first_day, last_day):
                yield self.event_on(day, inside=True)
            for day in (first_day - DAY, last_day + DAY):
                yield self.event_on(day, inside=False)

    def event_on(self, day: date, *, inside: bool) -> Suggested:
        """An event on a day on which the duty is for the pupil, or just isn't."""
        scene = self.scene
        kind = scene.policy.vocabulary.kinds[event_kind(scene.duty)]
        events = {kind.name: [event_row(scene.duty, scene.policy, day, brief=True)]}
        told = f"{_capital(kind.singular)} on {self.day(day)}"
        schedule = scene.duty.schedule
        before = isinstance(schedule, Around) and schedule.side is Side.BEFORE
        at = day - 30 * DAY if before else day
        rows = [row if scene.itself else row | {"date": str(at)} for row in self.rows()]
        meant = Verdict.MET if inside else Verdict.NOT_APPLICABLE
        return self.case(told, rows, day + _YEAR, meant, events=events)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
