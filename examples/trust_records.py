"""What else the example trust's schools do for and note of pupils: one function a kind of record.

Beside `make_trust.py`, which calls every function in `OTHER_RECORDS` for every year group of every
school year. Dates are school days of a half term, the first of the year being 0.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import trust_tables as words
from trust_kinds import LATER
from trust_pupils import JULY, Group, came, event_day, likely, pick
from trust_tables import EMPLOYERS, MILLBROOK, OAKFIELD, listed, school_days

if TYPE_CHECKING:
    from collections.abc import Callable

    from trust_pupils import Pupil
    from trust_tables import Tables

SUBJECTS: Final = (
    ("English", "no"),
    ("mathematics", "yes"),
    ("science", "yes"),
    ("geography", "no"),
    ("art", "no"),
    ("computing", "yes"),
)
#: Weeks whose careers lessons Wharfside lost when a register was overwritten.
LOST: Final = (date(2024, 11, 4), date(2024, 11, 22))
#: How many of each year group meet a careers adviser: elsewhere, and at Oakfield.
GUIDED: Final = {9: 0.1, 10: 0.35, 11: 0.9, 12: 0.55, 13: 0.8, 14: 0.9}
GUIDED_AT_OAKFIELD: Final = 0.85

#: Where pupils go: after Year 11, after the sixth form, and from Oakfield; as often as it stands.
WENT: Final[dict[int | str, tuple[str, ...]]] = {
    11: (
        *("sixth form college",) * 4,
        *("further education college",) * 4,
        *("apprenticeship",) * 2,
        "independent training provider",
    ),
    12: (
        *("university",) * 6,
        *("apprenticeship",) * 3,
        *("employment",) * 2,
        "not in education or work",
    ),
    OAKFIELD: ("specialist college", "further education college", "supported internship"),
}


def guidance_meetings(tables: Tables, group: Group) -> None:
    """A careers adviser sees pupils through the year, some of them twice."""
    for pupil in group.pupils:
        day = event_day(group, pick(range(1, 5), pupil.id, group.year), pupil.id)
        share = GUIDED.get(group.stage, 0.0)
        if group.school == OAKFIELD and share:
            share = GUIDED_AT_OAKFIELD
        if pupil.on_roll(day) and likely(share, pupil.id, group.year, "guided"):
            about = meet(tables, pupil, day)
            if about and likely(0.25, pupil.id, group.year, "followed up"):
                later = day + timedelta(days=21)
                tables.add("follow up", pupil.id, later, about=about, role="careers adviser")


def meet(tables: Tables, pupil: Pupil, day: date) -> str:
    """One meeting with the careers adviser, who at Millbrook was still studying until 2024."""
    studying = pupil.school == MILLBROOK and day < date(2024, 9, 1)
    return tables.add(
        "guidance meeting",
        pupil.id,
        day,
        attended=came(pupil, day, "guidance"),
        qualified="no" if studying else "yes",
        adviser_level="4" if studying else "6",
        meeting_form="one-to-one",
        mode="in person" if likely(0.85, pupil.id, day) else "live online",
    )


def lessons_and_links(tables: Tables, group: Group) -> None:
    """Careers lessons each term, and subjects that show where they lead."""
    for half, matter in zip((1, 3, 5), words.LESSON_MATTERS, strict=True):
        day = event_day(group, half, "lesson")
        if group.school == words.WHARFSIDE and LOST[0] <= day <= LOST[1]:
            continue
        for pupil in group.present(day):
            there = came(pupil, day, "lesson")
            tables.add("careers lesson", pupil.id, day, attended=there, matter=matter, hours="1")
    for half in (0, 3):
        day = event_day(group, half, "subject")
        subject, stem = pick(SUBJECTS, group.school, group.year, group.stage, half)
        for pupil in group.present(day):
            there = came(pupil, day, subject)
            tables.add(
                "curriculum link",
                pupil.id,
                day,
                attended=there,
                curriculum_subject=subject,
                stem=stem,
            )


def courses(tables: Tables, group: Group) -> None:
    """Since 2024 schools note what Year 10 takes up, and which of its courses lead to careers."""
    if group.stage != 10 or group.year < LATER["course of study"].year:
        return
    first, last = date(group.year, 9, 8), str(date(group.year + 2, 7, 10))
    for subject, stem in SUBJECTS[:3]:
        day = event_day(group, 1, "course", subject)
        for pupil in group.present(first):
            about = tables.add(
                "course of study", pupil.id, first, until=last, curriculum_subject=subject
            )
            linked = likely(0.5, group.school, group.year, subject, "linked")
            if linked and pupil.on_roll(day):
                said = {"attended": came(pupil, day, subject), "curriculum_subject": subject}
                tables.add("curriculum link", pupil.id, day, about=about, stem=stem, **said)


def information(tables: Tables, group: Group) -> None:
    """Pupils look things up, and are told things."""
    used, given = event_day(group, 2, "looked up"), event_day(group, 1, "told")
    for pupil in group.present(used):
        if likely(0.8, pupil.id, used):
            matter = pick((words.LABOUR_MARKET, words.PATHWAYS), pupil.id, used, "matter")
            tables.add("careers information use", pupil.id, used, matter=matter)
    for pupil in group.present(given):
        there = came(pupil, given, "told")
        to = "pupil;parents" if group.stage in (9, 11) else "pupil"
        for matter in words.MATTERS[group.stage]:
            tables.add("information given", pupil.id, given, matter=matter, to=to, attended=there)


def careers_weeks(tables: Tables, group: Group) -> None:
    """National Careers Week in March, and the fair in autumn for those who are choosing."""
    events = [(words.CAREERS_WEEK, 3), (words.CAREERS_FAIR, 1)][: 1 + (group.stage >= 9)]
    for form, half in events:
        day = pick(school_days(group.year, half)[5:10], group.school, group.year, form)
        for pupil in group.present(day):
            there = came(pupil, day, form)
            tables.add(
                "careers event", pupil.id, day, attended=there, event_form=form, mode="in person"
            )


def mentoring(tables: Tables, group: Group) -> None:
    """A few disadvantaged pupils of Year 10 have a mentor for half a year."""
    day = event_day(group, 2, "mentor")
    for pupil in group.present(day):
        chosen = group.stage == 10 and pupil.said["disadvantaged"] == "yes"
        if chosen and likely(0.5, pupil.id, "mentor"):
            employer, _ = pick(EMPLOYERS, pupil.id, "mentor")
            last = str(day + timedelta(days=140))
            tables.add("mentoring", pupil.id, day, until=last, hours="10", employer=employer)


def records_kept(tables: Tables, group: Group) -> None:
    """The school's record of each pupil's year, and where each hopes or means to go."""
    stages = {9: "aspiration", 11: "intended", 13: "intended", 14: "intended"}
    day, asked = event_day(group, 5, "record"), event_day(group, 2, "destination")
    for pupil in group.present(day):
        kept = words.RECORD_CONTENTS[: 3 if likely(0.85, pupil.id, day) else 2]
        tables.add("participation record", pupil.id, day, contents=listed(kept))
    for pupil in group.present(asked):
        if group.stage in stages and likely(0.93, pupil.id, asked):
            tables.add("destination", pupil.id, asked, destination_stage=stages[group.stage])


def plans_for_adult_life(tables: Tables, group: Group) -> None:
    """Reviews of education, health and care plans from Year 9, and transition plans after them."""
    for pupil in group.pupils:
        day = event_day(group, pick(range(1, 5), pupil.id, "review"), pupil.id, "review")
        planned = pupil.said["ehc_plan"] == "yes" and group.stage >= 9
        if not planned or not pupil.on_roll(day) or likely(0.04, pupil.id, day, "overlooked"):
            continue
        review_plan(tables, pupil, day)
        if group.stage in (9, 11, 13):
            last = str(day + timedelta(days=729)) if day.year < 2024 else ""
            contents = listed(words.PLAN_CONTENTS)
            written = day + timedelta(days=14)
            tables.add("transition plan", pupil.id, written, until=last, contents=contents)


def review_plan(tables: Tables, pupil: Pupil, day: date) -> None:
    """One annual review; three in ten look no further than adulthood in general."""
    focus = words.REVIEW_FOCUS[: 3 if likely(0.7, pupil.id, day) else 1]
    present = words.REVIEW_PRESENT[: pick((3, 3, 4, 5), pupil.id, day, "present")]
    said = {"review_focus": listed(focus), "present": listed(present)}
    holds = listed(words.REVIEW_CONTENTS[: pick((2, 4), pupil.id, day, "holds")])
    tables.add("annual review", pupil.id, day, contents=holds, **said)


def offers(tables: Tables, group: Group) -> None:
    """Offers of places after Year 11 and after Year 13."""
    forms = ("further education college", "sixth form", "apprenticeship provider")
    day = event_day(group, 3, "offer")
    for pupil in group.present(day):
        if group.stage in (11, 13) and likely(0.93, pupil.id, day):
            form = pick(forms, pupil.id, "offer")
            tables.add("offer of a place", pupil.id, day, provider_type=form)


def enrolments(tables: Tables, group: Group) -> None:
    """What the local authority is told of every pupil each October, by Millbrook without plans."""
    day = date(group.year, 10, 14)
    contents = words.ENROLMENT_DETAILS
    if group.school != MILLBROOK:
        contents += ";information to support participation"
    for pupil in group.pupils:
        if group.stage in (7, 12) and pupil.on_roll(day):
            tables.add("notification", pupil.id, day, to="local authority", contents=contents)


def leavings(tables: Tables, group: Group) -> None:
    """Who leaves, whether early, who was told, and where they went."""
    for pupil in group.pupils:
        if pupil.left is None or not date(group.year, 9, 1) <= pupil.left <= JULY[group.year]:
            continue
        early = pupil.left != JULY[group.year]
        said = "yes" if early and group.stage >= 12 else "no"
        about = tables.add("leaving", pupil.id, pupil.left, early=said)
        if said == "yes":
            notify(tables, pupil, about, days=7)
        if likely(0.85, pupil.id, "exit"):
            day = pupil.left - timedelta(days=10)
            there = came(pupil, day, "exit")
            tables.add("exit interview", pupil.id, day, attended=there)
        if not early:
            went(tables, pupil, group)


def notify(tables: Tables, pupil: Pupil, about: str, *, days: int) -> None:
    """Tell the local authority of an early leaver."""
    assert pupil.left  # noqa: S101 - only leavers come here
    day = pupil.left + timedelta(days=days)
    said = {"to": "local authority", "matter": words.EARLY_LEAVER}
    tables.add("notification", pupil.id, day, about=about, **said)


def went(tables: Tables, pupil: Pupil, group: Group) -> None:
    """Where a leaver was that autumn, and still was two terms on."""
    year = group.year + 1
    forms = WENT[OAKFIELD if pupil.school == OAKFIELD else min(group.stage, 12)]
    form = pick(forms, pupil.id, "to")
    for stage, day in (("immediate", date(year, 10, 10)), ("sustained", date(year + 1, 4, 20))):
        if likely(0.9, pupil.id, stage):
            said = {"destination_stage": stage, "destination_form": form}
            tables.add("destination", pupil.id, day, **said)


OTHER_RECORDS: Final[tuple[Callable[[Tables, Group], None], ...]] = (
    guidance_meetings, lessons_and_links, courses, information, careers_weeks, mentoring,
    records_kept, plans_for_adult_life, offers, enrolments, leavings,
)  # fmt: skip
