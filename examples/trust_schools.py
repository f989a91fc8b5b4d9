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
    FIRST_DAY,
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
        ("careers champion", "", "", date(2023, 9, 1), None),
        ("enterprise adviser", "", "", date(2024, 1, 8), None),
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

#: What some holders of roles have for them; of the others nobody has said.
HAS: Final = {
    (WHARFSIDE, "careers leader"): "skills;knowledge;experience;time;authority;budget",
    (OAKFIELD, "careers leader"): "skills;knowledge",
    (OAKFIELD, "careers adviser"): "knowledge of SEND;knowledge of autism",
}
#: How many of the groups in `FEEDBACK_FROM` each school asks.
HEARD: Final = {WHARFSIDE: 5, MILLBROOK: 1, OAKFIELD: 4}
#: Which promises, by their ids in the policy files, a role states to be kept.
ATTESTED: Final = {
    "headteacher": (
        "impartial-advice", "impartiality", "tailored-activities", "aspirations-raised",
        "careers-programme-management", "careers-leader-links", "careers-budget",
        "careers-leader-liaison", "senior-leaders-advised", "benchmarks-used", "benchmark-aim",
        "stereotypes-gender", "social-mobility", "quality-standard", "adviser-standards",
        "ehc-plan-used-in-guidance", "personal-education-plan-used", "staff-lessons-planned",
        "staff-promote-guidance", "staff-role-models", "learning-environment",
        "destination-data-used", "pupil-records-accurate", "data-handling",
        "independent-guidance",
    ),
    "board of trustees": ("independent-guidance", "programme-backing", "governor-compliance"),
    "designated teacher": ("looked-after-support",),
}  # fmt: skip

#: What the board of trustees states for the trust as a whole.
ATTESTED_FOR_THE_TRUST: Final = (
    "support-after-leaving", "aspirations-raised", "employers-engaged",
    "policy-funding-agreement", "trust-compliance",
)  # fmt: skip


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
            audience=words.AUDIENCE.get(document, ""),
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
                drawn = urn == WHARFSIDE and document == words.CAREERS_PROGRAMME
                contents = listed(words.EVALUATED) if drawn else ""
                said = {"document": document, "consulted": consulted}
                tables.add("review", urn, day, contents=contents, **said)
        evaluate(tables, urn)


def evaluate(tables: Tables, urn: str) -> None:
    """Compass in the last fortnight of each term."""
    for year in YEARS:
        for term in range(3):
            day = pick(school_days(year, 2 * term + 1)[-10:], urn, year, "Compass")
            if (urn, year, term) != FORGOTTEN:
                said = {"document": words.COMPASS_EVALUATION, "contents": words.ALL_BENCHMARKS}
                met = str(min(8, 4 + year - YEARS[0] + 2 * (urn == WHARFSIDE)))
                tables.add("review", urn, day, benchmarks_met=met, **said)


def appointments(tables: Tables) -> None:
    """Who holds which role."""
    tables.add("appointment", TRUST, date(2022, 9, 1), role="trustee", trained="yes")
    tables.add("appointment", TRUST, date(2023, 9, 1), role="trust careers lead", role_level="7")
    for urn, holders in HOLDERS.items():
        for role, level, trained, first, last in holders:
            until = str(last or "")
            has = HAS.get((urn, role), "")
            said = {"role": role, "role_level": level, "trained": trained, "holder_has": has}
            tables.add("appointment", urn, first, until=until, **said)


def feedback(tables: Tables) -> None:
    """Views of the programme each summer; Millbrook asks nobody but its pupils."""
    for urn in URNS:
        for year in YEARS:
            heard = words.FEEDBACK_FROM[: HEARD[urn]]
            day = pick(school_days(year, 5), urn, year, "feedback")
            tables.add("feedback", urn, day, feedback_from=listed(heard), feedback_form="survey")


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


def programmes(tables: Tables) -> None:
    """Each school's careers programme; Oakfield's leaves two benchmarks out."""
    for urn in URNS:
        dealt = words.BENCHMARKS.split(";")[: 6 if urn == OAKFIELD else 8]
        said = {"document": words.CAREERS_PROGRAMME, "consulted": "careers leader"}
        holds = words.PROGRAMME_CONTENTS[: 8 if urn == WHARFSIDE else 3]
        tables.add("plan", urn, FIRST_DAY, contents=listed([*dealt, *holds]), **said)


def attestations(tables: Tables) -> None:
    """What roles state each September; Millbrook had nobody to do so in 2025."""
    for urn in URNS:
        for year in YEARS:
            for role, promises in ATTESTED.items():
                kept = promises[: 5 if urn == OAKFIELD else len(promises)]
                if (urn, year) != (MILLBROOK, 2025):
                    for promise in kept:
                        said = {"promise": promise, "role": role}
                        tables.add("attestation", urn, date(year, 9, 25), **said)
    for year in YEARS:
        for promise in ATTESTED_FOR_THE_TRUST:
            said = {"promise": promise, "role": "board of trustees"}
            tables.add("attestation", TRUST, date(year, 10, 9), **said)


def reports(tables: Tables) -> None:
    """What the trust's board hears every summer, and that it keeps a privacy notice."""
    for year in YEARS:
        said = {"to": "board of trustees", "role": "trust careers lead"}
        contents = listed(words.REPORTED[: 2 if year == YEARS[0] else 3])
        tables.add("report", TRUST, school_days(year, 5)[20], contents=contents, **said)
    notice = {"document": words.PRIVACY_NOTICE, "place": "trust website"}
    contents = listed(words.CONTENTS[words.PRIVACY_NOTICE])
    tables.add("publication", TRUST, FIRST_DAY, contents=contents, **notice)


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
            for role in ("teacher", "staff")[: 1 + (urn == WHARFSIDE)]:
                said = {"role": role, "matter": words.TRAINING_MATTER}
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
    publications, reviews, appointments, feedback, plans, programmes, attestations, reports,
    network_meetings, training, school_events,
)  # fmt: skip
