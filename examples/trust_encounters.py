"""Whom the example trust's pupils meet and where they work: one function a kind of record.

Beside `make_trust.py`, which calls every function in `ENCOUNTERS` for every year group of every
school year. Dates are school days of a half term, the first of the year being 0.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import trust_tables as words
from trust_pupils import Group, came, event_day, likely, pick
from trust_tables import EMPLOYERS, MILLBROOK, listed, said_of_event, said_of_providers, school_days

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from trust_pupils import Pupil
    from trust_tables import Tables

#: Employers met by each year group: what sort of encounter, and in which half term.
EMPLOYER_EVENTS: Final = {
    7: (("careers talk", 1),),
    8: (("enterprise competition", 4),),
    9: (("skills workshop", 2), ("careers talk", 4)),
    10: (("mock interview", 3), ("alumni activity", 1)),
    11: (("careers talk", 0),),
    12: (("employability workshop", 1), ("careers talk", 4)),
    13: (("mock interview", 1),),
    14: (("workplace practice", 1),),
}
#: Providers met by each year group, together on one occasion, and in which half term.
PROVIDER_VISITS: Final = {
    8: ((("Tidemill College",), 4),),
    9: ((("Harbour Skills Training",), 1),),
    10: ((("Saltmarsh College", "Northgate University"), 3), (("Tidemill College",), 4)),
    11: ((("Harbour Skills Training", "Ropewalk Apprenticeships", "Tidemill College"), 1),),
    12: ((("Ropewalk Apprenticeships",), 3), (("Tidemill College",), 5)),
    13: ((("Harbour Skills Training",), 0),),
    14: ((("Kingfisher College",), 1),),
}
#: Millbrook has its visits in the first week of a half term; Year 9's is the week
#: that ends before 28 February, so that this year's is still to come on the export day.
MILLBROOK_VISITS: Final = {
    **PROVIDER_VISITS,
    9: ((("Lockgate UTC",), 3),),
    10: ((("Tidemill College",), 5),),
    11: ((("Quayside Bootcamps",), 1), (("Tidemill College",), 2)),
}
UNIVERSITY_VISITS: Final = {12: ("Northgate University", 4), 13: ("Eastferry University", 0)}
#: Hours that each year group spends on activities in workplaces.
ACTIVITY_HOURS: Final = {7: 5, 8: 10, 9: 15}
PLACED: Final = {10: 25, 12: 30, 13: 30, 14: 30}  # hours of each placement
FIRST_COMPLETE: Final = {("employer encounter", MILLBROOK): 2023}


def employer_encounters(tables: Tables, group: Group) -> None:
    """An employer comes in; Millbrook's old system kept no trace of it."""
    if group.year < FIRST_COMPLETE.get(("employer encounter", group.school), 0):
        return
    for form, half in EMPLOYER_EVENTS[group.stage]:
        day = event_day(group, half, form)
        employer, stem = pick(EMPLOYERS, group.school, day, form)
        for pupil in group.present(day):
            tables.add(
                "employer encounter",
                pupil.id,
                day,
                attended=came(pupil, day, form),
                meaningful=pick(("yes",) * 9 + ("no", ""), group.school, day, pupil.id),
                stem=stem,
                mode=pick(("in person", "in person", "live online"), group.school, day),
                employer=employer,
                employer_form=form,
            )


def provider_encounters(tables: Tables, group: Group) -> None:
    """Providers come in, and the school notes the visit as an event of its own."""
    visits = MILLBROOK_VISITS if group.school == MILLBROOK else PROVIDER_VISITS
    for providers, half in visits.get(group.stage, ()):
        day = visit_day(group, half, providers)
        said = said_of_providers(providers)
        tables.add(
            "school event",
            group.school,
            day,
            event_form=words.PROVIDER_VISIT,
            school_day="yes",
            year_groups=f"Year {group.stage}",
            **said_of_event(providers),
        )
        for pupil in group.present(day):
            tables.add("provider encounter", pupil.id, day, **told(pupil, day), **said)


def visit_day(group: Group, half: int, providers: tuple[str, ...]) -> date:
    """The day on which providers come: any of the half term, or at Millbrook of its first week."""
    if group.school == MILLBROOK:
        return pick(school_days(group.year, half)[:5], group.year, group.stage, *providers)
    return event_day(group, half, *providers)


def told(pupil: Pupil, day: date) -> dict[str, str]:
    """What a provider's visit amounted to for one pupil."""
    contents = (
        "the provider and its offer",
        "careers it leads to",
        "what learning there is like",
        "answers to questions",
    )
    short = likely(0.1, pupil.school, day, "no time for questions")
    return {
        "attended": came(pupil, day, "provider"),
        "meaningful": pick(("yes",) * 8 + ("no", ""), pupil.id, day, "provider"),
        "visit": "no",
        "met": "staff",
        "encounter_contents": listed(contents[:3] if short else contents),
        "mode": "in person",
        "school_day": "yes",
        "whole_year_group": "" if likely(0.05, pupil.school, day, "not said") else "yes",
    }


def university_visits(tables: Tables, group: Group) -> None:
    """Sixth formers who may go to university spend a day at one."""
    if group.stage not in UNIVERSITY_VISITS:
        return
    university, half = UNIVERSITY_VISITS[group.stage]
    day = event_day(group, half, university)
    for pupil in group.present(day):
        if pupil.said["considering_higher_education"] == "yes":
            said = told(pupil, day) | {"visit": "yes", "met": "staff;learners"}
            tables.add(
                "provider encounter", pupil.id, day, **said, **said_of_providers([university])
            )


def workplace_activities(tables: Tables, group: Group) -> None:
    """Key Stage 3 goes to see workplaces, or hears from one over a live link."""
    if group.stage not in ACTIVITY_HOURS:
        return
    day = event_day(group, 5, "workplace")
    online = likely(0.2, group.school, group.year, group.stage, "online")
    for pupil in group.present(day):
        employer, stem = pick(EMPLOYERS, group.school, day, "workplace")
        tables.add(
            "workplace experience",
            pupil.id,
            day,
            attended=came(pupil, day, "workplace"),
            meaningful=pick(("yes",) * 5 + ("no", ""), pupil.id, day, "workplace"),
            first_hand="no" if online else "yes",
            stem=stem,
            nature="activity",
            workplace_form="virtual experience" if online else "workplace visit",
            hours=str(ACTIVITY_HOURS[group.stage]),
            employer=employer,
            mode="live online" if online else "in person",
        )


def placements(tables: Tables, group: Group) -> None:
    """A week's placement each in the summer, prepared for and checked beforehand."""
    if group.stage not in PLACED:
        return
    mondays = [d for d in school_days(group.year, 5) if d.weekday() == 0][2:5]
    monday = pick(mondays, group.school, group.year, group.stage, "placements")
    for pupil in group.present(monday):
        if likely(0.85, pupil.id, monday, "placed"):
            about = place(tables, pupil, monday, hours=PLACED[group.stage])
            check(tables, pupil, monday, about)


def place(tables: Tables, pupil: Pupil, monday: date, *, hours: int) -> str:
    """One pupil's placement from a Monday to its Friday; its id."""
    employer, stem = pick(EMPLOYERS, pupil.id, monday, "placement")
    prepared = monday - timedelta(days=6)
    tables.add(
        "preparation session",
        pupil.id,
        prepared,
        attended=came(pupil, prepared, "preparation"),
    )
    return tables.add(
        "workplace experience",
        pupil.id,
        monday,
        until=str(monday + timedelta(days=4)),
        attended=came(pupil, monday, "placement"),
        meaningful=pick(("yes",) * 8 + ("no", ""), pupil.id, monday, "placement"),
        first_hand="yes",
        stem=stem,
        nature="placement",
        workplace_form="work experience",
        work_setting=pick(("staffed workplace",) * 6 + ("sole trader",), pupil.id, monday),
        part_time_job="no",
        hours=str(hours),
        employer=employer,
        mode="in person",
    )


def check(tables: Tables, pupil: Pupil, monday: date, placement: str) -> None:
    """What was checked of a placement, and a week on whether it can go ahead at all.

    One in twenty has a check that leaves out the risks.
    """
    if not placement:
        return
    checks = (words.RISK_ASSESSMENT, words.INSURANCE, words.SAFEGUARDING)
    lacking = likely(0.05, pupil.id, monday, "risks left out")
    earlier = timedelta(days=pick((14, 21, 28), pupil.id, monday, "check"))
    tables.add(
        "placement check",
        pupil.id,
        monday - earlier,
        about=placement,
        checks=listed(checks[1:] if lacking else checks),
    )
    later = monday - earlier + timedelta(days=7)
    tables.add("placement check", pupil.id, later, about=placement, checks=words.VIABLE)


def part_time_jobs(tables: Tables, group: Group) -> None:
    """Some sixth formers have a job of their own, which is not a school's doing."""
    day = event_day(group, 0, "job")
    for pupil in group.present(day):
        if group.stage in (12, 13) and likely(0.15, pupil.id, group.year, "job"):
            tables.add(
                "workplace experience",
                pupil.id,
                day,
                attended="yes",
                first_hand="yes",
                workplace_form="part-time job",
                part_time_job="yes",
                hours="60",
            )


ENCOUNTERS: Final[tuple[Callable[[Tables, Group], None], ...]] = (
    employer_encounters, provider_encounters, university_visits, workplace_activities, placements,
    part_time_jobs,
)  # fmt: skip
