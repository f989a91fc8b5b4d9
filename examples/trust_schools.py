"""What the example trust and its schools publish, review, plan and put on.

Beside `make_trust.py`, which calls every function in `SCHOOL_RECORDS`. What each school leaves
undone is said where it is left out.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import trust_tables as words
from trust_pupils import pick
from trust_tables import (
    MILLBROOK,
    OAKFIELD,
    SCHOOLS,
    TRUST,
    WHARFSIDE,
    YEARS,
    listed,
    said_of_event,
    school_days,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from trust_tables import Tables

URNS: Final = tuple(school[0] for school in SCHOOLS)
#: Documents on each school's website, and what Oakfield and Millbrook have left undone.
PUBLISHED: Final = tuple(words.CONTENTS)
NOT_PUBLISHED: Final = {(OAKFIELD, words.DESTINATION_DATA)}
#: Millbrook's careers information does not say how impact is measured.
LEFT_OUT: Final = {(MILLBROOK, words.CAREERS_INFORMATION): words.IMPACT}
#: The last year in which a school reviewed a document, where it has stopped.
LAST_REVIEWED: Final = {
    (MILLBROOK, words.PROVIDER_ACCESS_STATEMENT): 2023,
    (OAKFIELD, words.CAREERS_PROGRAMME): 2024,
}
#: The term in which Millbrook forgot its Compass evaluation: spring 2025.
FORGOTTEN: Final = (MILLBROOK, 2024, 1)
#: Role, level of qualification, whether trained, first and last day: Millbrook was without a
#: careers leader for two months, and its link governor is yet to be trained.
HOLDERS: Final = {
    WHARFSIDE: (
        ("careers leader", "6", "yes", date(2021, 9, 1), None),
        ("senior leader for careers", "", "", date(2022, 9, 1), None),
        ("link governor", "", "yes", date(2022, 10, 12), None),
        ("careers adviser", "6", "yes", date(2022, 9, 1), None),
    ),
    MILLBROOK: (
        ("careers leader", "", "no", date(2022, 9, 1), date(2025, 8, 31)),
        ("careers leader", "6", "yes", date(2025, 11, 3), None),
        ("link governor", "", "no", date(2023, 1, 18), None),
        ("careers adviser", "4", "no", date(2022, 9, 1), date(2024, 8, 31)),
        ("careers adviser", "6", "yes", date(2024, 9, 1), None),
    ),
    OAKFIELD: (
        ("careers leader", "6", "yes", date(2022, 9, 1), None),
        ("link governor", "", "yes", date(2024, 11, 20), None),
        ("careers adviser", "6", "yes", date(2022, 9, 1), None),
    ),
}


def publications(tables: Tables) -> None:
    """What stands on each website, renewed every September; the last of each is still there."""
    for urn in URNS:
        for document in PUBLISHED:
            if (urn, document) not in NOT_PUBLISHED:
                publish(tables, urn, document)


def publish(tables: Tables, urn: str, document: str) -> None:
    """Publish one document, each edition withdrawn the day before the next."""
    left_out = LEFT_OUT.get((urn, document))
    contents = listed(item for item in words.CONTENTS[document] if item != left_out)
    last = min(LAST_REVIEWED.get((urn, document), 2025), 2025)
    for year in range(YEARS[0], last + 1):
        until = "" if year == last else str(date(year + 1, 9, 14))
        tables.add(
            "publication",
            urn,
            date(year, 9, 15),
            until=until,
            document=document,
            contents=contents,
            place="school website",
        )


def reviews(tables: Tables) -> None:
    """The trust's policy every other year, each school's documents yearly, Compass each term."""
    for year in (2022, 2024):
        said = {"document": words.CAREERS_POLICY, "consulted": "pupil;parents;staff"}
        tables.add("review", TRUST, date(year, 9, 7), **said)
    yearly = (words.CAREERS_POLICY, words.CAREERS_PROGRAMME, words.PROVIDER_ACCESS_STATEMENT)
    for urn in URNS:
        for document in yearly:
            for year in range(YEARS[0], LAST_REVIEWED.get((urn, document), 2025) + 1):
                day = pick(school_days(year, 0), urn, year, document)
                consulted = listed(words.CONSULTED[: 3 if urn == WHARFSIDE else 1])
                tables.add("review", urn, day, document=document, consulted=consulted)
        evaluate(tables, urn)


def evaluate(tables: Tables, urn: str) -> None:
    """Compass in the last fortnight of each term."""
    for year in YEARS:
        for term in range(3):
            day = pick(school_days(year, 2 * term + 1)[-10:], urn, year, "Compass")
            if (urn, year, term) != FORGOTTEN:
                tables.add("review", urn, day, document=words.COMPASS_EVALUATION)


def appointments(tables: Tables) -> None:
    """Who holds which role."""
    tables.add("appointment", TRUST, date(2022, 9, 1), role="trustee", trained="yes")
    tables.add("appointment", TRUST, date(2023, 9, 1), role="trust careers lead", role_level="7")
    for urn, holders in HOLDERS.items():
        for role, level, trained, first, last in holders:
            until = str(last or "")
            said = {"role": role, "role_level": level, "trained": trained}
            tables.add("appointment", urn, first, until=until, **said)


def feedback(tables: Tables) -> None:
    """Views of the programme each summer; Millbrook asks nobody but its pupils."""
    for urn in URNS:
        for year in YEARS:
            heard = words.FEEDBACK_FROM[: 1 if urn == MILLBROOK else 4]
            day = pick(school_days(year, 5), urn, year, "feedback")
            tables.add("feedback", urn, day, feedback_from=listed(heard))


def plans(tables: Tables) -> None:
    """A careers plan and an agreement with the careers service for each school year."""
    for urn in URNS:
        for year in YEARS:
            last = str(date(year + 1, 8, 31))
            for document, month in ((words.CAREERS_PLAN, 9), (words.SERVICE_AGREEMENT, 10)):
                if (urn, document, year) != (OAKFIELD, words.SERVICE_AGREEMENT, 2025):
                    day = date(year, month, 20)
                    said = {"document": document, "consulted": "careers service"}
                    tables.add("plan", urn, day, until=last, **said)


def network_meetings(tables: Tables) -> None:
    """The trust's careers leaders meet each half term; nobody came for Millbrook in its gap."""
    for year in YEARS:
        for half in range(6):
            day = school_days(year, half)[9]
            for urn in URNS:
                gap = urn == MILLBROOK and date(2025, 8, 31) < day < date(2025, 11, 3)
                if not gap:
                    tables.add("network meeting", urn, day, role="careers leader")


def training(tables: Tables) -> None:
    """Careers in the curriculum, on each school's first day of the spring term."""
    for year in YEARS:
        for urn in URNS:
            said = {"role": "teacher", "matter": words.TRAINING_MATTER}
            tables.add("training", urn, school_days(year, 2)[0], **said)


def school_events(tables: Tables) -> None:
    """A careers fair each autumn, assemblies, evenings; `provider_encounters` adds the visits."""
    fair = ("Tidemill College", "Ropewalk Apprenticeships", "Saltmarsh College")
    for urn in URNS:
        for year in YEARS:
            day = pick(school_days(year, 1)[5:10], urn, year, words.CAREERS_FAIR)
            said = {"school_day": "yes", "year_groups": "Years 9 to 13"}
            said |= {"event_form": words.CAREERS_FAIR, **said_of_event(fair)}
            tables.add("school event", urn, day, **said)
            for form, half, years, in_school in words.EVENTS:
                told = {"event_form": form, "school_day": in_school, "year_groups": years}
                tables.add("school event", urn, school_days(year, half)[12], **told)


SCHOOL_RECORDS: Final[tuple[Callable[[Tables], None], ...]] = (
    publications,
    reviews,
    appointments,
    feedback,
    plans,
    network_meetings,
    training,
    school_events,
)
