"""What the example trust is made of: words, schools, days, and the CSV tables it is written to.

Beside `make_trust.py`, which tells what happened. Nothing here is random and nothing reads a clock.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from trust_kinds import FILES, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

TRUST = "Wharfside Learning Trust"
WHARFSIDE, MILLBROOK, OAKFIELD = "900001", "900002", "900003"
FIRST_DAY, AS_AT = date(2022, 9, 1), date(2026, 1, 31)
YEARS = range(2022, 2026)  # the school years, each by the calendar year in which it began

# ---------------------------------------------------------------------------------------------
# WORDS: values that `careerspolicy/vocabulary/kinds.yaml` lists. Adjust them here.
# ---------------------------------------------------------------------------------------------
CAREERS_POLICY = "careers policy"
CAREERS_PROGRAMME = "careers programme"
CAREERS_INFORMATION = "careers information"
LEADER_DETAILS = "careers leader details"
PROVIDER_ACCESS_STATEMENT = "provider access statement"
GUIDANCE_INFORMATION = "personal guidance information"
DESTINATION_DATA = "destination data"
COMPASS_EVALUATION = "Compass evaluation"
CAREERS_PLAN = "careers plan"
SERVICE_AGREEMENT = "service delivery agreement"
IMPACT = "how impact is measured"
PRIVACY_NOTICE = "privacy notice"
ENROLMENT_DETAILS = "pupil's name;pupil's address;pupil's date of birth"
_LEADER = (
    "careers leader's name", "careers leader's contact details", "careers leader's email address",
    "careers leader's telephone number",
)  # fmt: skip
#: What each published document holds, as `contents`.
CONTENTS: Mapping[str, tuple[str, ...]] = {
    CAREERS_POLICY: (),
    CAREERS_PROGRAMME: ("aims for each year group", "activities for each year group"),
    CAREERS_INFORMATION: (
        *_LEADER, "programme summary", "how to get programme information", IMPACT,
        "next review date", "progress on every benchmark", "aims for each year group",
        "objectives for each year group", "activities for each year group", "future pathways",
        "study options", "labour market opportunities",
    ),
    LEADER_DETAILS: _LEADER,
    PROVIDER_ACCESS_STATEMENT: (
        "request procedure", "grounds for granting and refusing", "premises and facilities",
        "times of access", "how the encounters are provided", "complaints procedure",
    ),
    GUIDANCE_INFORMATION: (),
    DESTINATION_DATA: ("destinations of pupils",),
    PRIVACY_NOTICE: ("how to opt out of sharing",),
}  # fmt: skip
#: For whom a document is written, where that is said.
AUDIENCE = {
    CAREERS_PROGRAMME: "pupil;parents;staff;employer",
    CAREERS_INFORMATION: "pupil;parents;teacher;staff;employer",
    GUIDANCE_INFORMATION: "pupil;parents",
}
BENCHMARKS = ";".join(f"benchmark {number}" for number in range(1, 9))
ALL_BENCHMARKS = "progress on every benchmark"
LABOUR_MARKET = "labour market"
PATHWAYS = "career paths"
LESSON_MATTERS = ("employability", PATHWAYS, LABOUR_MARKET)
#: What pupils of each year group are told.
MATTERS = {
    7: ("where to get help",),
    8: ("where to get help", "labour market", "salaries and promotion"),
    9: ("study options",),
    10: ("options after 16", "technical qualifications and apprenticeships", "career paths"),
    11: (
        "participation to 18", "ways to participate", "financial support",
        "English and mathematics after 16",
    ),
    12: ("financial support",),
    13: ("financial support",),
    14: ("where to get help after 19",),
}  # fmt: skip
TRAINING_MATTER = "careers guidance"
EARLY_LEAVER = "early leaving"
RISK_ASSESSMENT = "risk assessment"
INSURANCE = "insurance"
SAFEGUARDING = "safeguarding arrangements"
VIABLE = "viability check"
CAREERS_WEEK = "careers week"
CAREERS_FAIR = "careers fair"
PROVIDER_VISIT = "provider visit"
#: What schools put on besides, the half term, for whom, and whether within the school day.
EVENTS = (
    ("careers assembly", 0, "Years 7 to 14", "yes"),
    ("options evening", 2, "Year 9", "no"),
    ("parents' evening appointment", 2, "Year 11", "no"),
    ("apprenticeship week", 3, "Years 10 to 14", "yes"),
)
RECORD_CONTENTS = ("participation", "advice given", "decisions agreed")
PROGRAMME_CONTENTS = (
    "fit with pupils' needs", "sequence", "learning outcomes",
    "link to the school development plan", "how parents are engaged", "aims for each year group",
    "objectives for each year group", "activities for each year group",
)  # fmt: skip
EVALUATED = ("stakeholder feedback", "destinations of pupils", "sustained destinations")
PLAN_CONTENTS = (
    "aspirations", "intended destination", "options after 16", "options after 19",
    "services in the planning", "actions needed", "who takes each action", "time for each action",
)  # fmt: skip
REVIEW_CONTENTS = ("wishes of the pupil", "wishes of parents", "transition plan", "action points")
REVIEW_FOCUS = ("preparing for adulthood", "employment", "careers guidance")
REVIEW_PRESENT = ("pupil", "parents", "SENDCO", "careers adviser", "local authority")
REPORTED = ("progress", "impact", "areas for development")
FEEDBACK_FROM = ("pupil", "parents", "teacher", "employer", "governing body")
CONSULTED = ("pupil", "parents", "staff")
# ---------------------------------------------------------------------------------------------

SCHOOLS = (
    # urn, name, phase, type, lowest year, highest year, sixth form
    (WHARFSIDE, "Wharfside Academy", "secondary", "academy", 7, 13, "yes"),
    (MILLBROOK, "Millbrook School", "secondary", "academy", 7, 11, "no"),
    (OAKFIELD, "Oakfield School", "not applicable", "special", 7, 14, "yes"),
)
#: Employers, and whether each is in science, technology, engineering or mathematics.
EMPLOYERS = (
    ("Anchor Boatyard", "yes"),
    ("Beacon Housing", "no"),
    ("Cobble Bakery", "no"),
    ("Driftwood Software", "yes"),
    ("Estuary Health Centre", "yes"),
    ("Foxglove Nurseries", "no"),
    ("Gantry Engineering", "yes"),
    ("Hightide Theatre", "no"),
)
#: Providers: what each is, whether it tells of technical routes, whether it is accredited.
PROVIDERS = {
    "Tidemill College": ("further education college", "yes", "yes"),
    "Harbour Skills Training": ("independent training provider", "yes", "yes"),
    "Ropewalk Apprenticeships": ("apprenticeship provider", "yes", "yes"),
    "Lockgate UTC": ("university technical college", "yes", "yes"),
    "Kingfisher College": ("specialist college", "yes", "yes"),
    "Quayside Bootcamps": ("independent training provider", "yes", "no"),
    "Saltmarsh College": ("sixth form college", "no", "yes"),
    "Northgate University": ("university", "no", "yes"),
    "Eastferry University": ("university", "no", "yes"),
}
#: First and last day of each term, then of the half-term holiday within it.
TERMS = {
    2022: (
        ("autumn", date(2022, 9, 5), date(2022, 12, 16), date(2022, 10, 24), date(2022, 10, 28)),
        ("spring", date(2023, 1, 3), date(2023, 3, 31), date(2023, 2, 13), date(2023, 2, 17)),
        ("summer", date(2023, 4, 17), date(2023, 7, 21), date(2023, 5, 29), date(2023, 6, 2)),
    ),
    2023: (
        ("autumn", date(2023, 9, 4), date(2023, 12, 21), date(2023, 10, 23), date(2023, 10, 27)),
        ("spring", date(2024, 1, 8), date(2024, 3, 28), date(2024, 2, 12), date(2024, 2, 16)),
        ("summer", date(2024, 4, 15), date(2024, 7, 23), date(2024, 5, 27), date(2024, 5, 31)),
    ),
    2024: (
        ("autumn", date(2024, 9, 3), date(2024, 12, 20), date(2024, 10, 28), date(2024, 11, 1)),
        ("spring", date(2025, 1, 6), date(2025, 4, 4), date(2025, 2, 17), date(2025, 2, 21)),
        ("summer", date(2025, 4, 22), date(2025, 7, 22), date(2025, 5, 26), date(2025, 5, 30)),
    ),
    2025: (
        ("autumn", date(2025, 9, 2), date(2025, 12, 19), date(2025, 10, 27), date(2025, 10, 31)),
        ("spring", date(2026, 1, 5), date(2026, 3, 27), date(2026, 2, 16), date(2026, 2, 20)),
        ("summer", date(2026, 4, 13), date(2026, 7, 21), date(2026, 5, 25), date(2026, 5, 29)),
    ),
}
BANK_HOLIDAYS = {date(2023, 5, 1), date(2023, 5, 8), date(2024, 5, 6), date(2025, 5, 5)}


def listed(names: Iterable[str]) -> str:
    """A set of names as one CSV cell."""
    return ";".join(names)


def half_terms(year: int) -> tuple[tuple[date, date], ...]:
    """First and last day of each of the six half terms of a school year."""
    day = timedelta(days=1)
    halves: list[tuple[date, date]] = []
    for _, first, last, holiday_first, holiday_last in TERMS[year]:
        halves += [(first, holiday_first - day), (holiday_last + day, last)]
    return tuple(halves)


def school_days(year: int, half: int) -> tuple[date, ...]:
    """Every school day of one half term, the first half term of the year being 0."""
    first, last = half_terms(year)[half]
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(d for d in days if d.weekday() < 5 and d not in BANK_HOLIDAYS)


def said_of_event(names: Sequence[str]) -> dict[str, str]:
    """What a school's event says of the providers that were there, worked out from their names."""
    told = [PROVIDERS[name] for name in names]
    return {
        "providers": listed(names),
        "provider_type": listed(sorted({form for form, _, _ in told})),
        "technical": "yes" if any(technical == "yes" for _, technical, _ in told) else "no",
    }


def said_of_providers(names: Sequence[str]) -> dict[str, str]:
    """What a pupil's encounter says of those providers: the same, and that all are accredited."""
    accredited = all(PROVIDERS[name][2] == "yes" for name in names)
    return {**said_of_event(names), "accredited": "yes" if accredited else "no"}


@dataclass
class Tables:
    """The rows of each kind of record so far; `by_hand` keeps made-up rows out of a pupil's way.

    `by_hand` has, by pupil and kind, the first and last day between which only rows from
    `write` are kept, so that an awkward pupil's story is exactly the one told of them.
    """

    by_hand: Mapping[tuple[str, str], tuple[date, date]]
    rows: dict[str, list[dict[str, str]]] = field(
        default_factory=lambda: {kind: [] for kind in KINDS}
    )

    def add(self, kind: str, owner: str, day: date, **said: str) -> str:
        """Add a row that happened by the export day; its id, or "" if it is left out."""
        first, last = self.by_hand.get((owner, kind), (date.max, date.min))
        if day > AS_AT or first <= day <= last:
            return ""
        return self.write(kind, owner, day, **said)

    def write(self, kind: str, owner: str, day: date, **said: str) -> str:
        """Add a row whatever its date; its id."""
        prefix, columns = KINDS[kind]
        rows, owned_by = self.rows[kind], columns.split()[0]
        if owner == TRUST:
            owned_by = "trust"
        row = {"id": f"{prefix}{len(rows) + 1:04}", owned_by: owner, "date": f"{day}", **said}
        if said.get("attended") == "no" and "meaningful" in said:
            row["meaningful"] = ""  # nobody can say that of what a pupil was not at
        rows.append(row)
        return row["id"]

    def save(self, folder: Path) -> None:
        """Write one CSV file a kind."""
        for kind, (_, columns) in KINDS.items():
            name = FILES.get(kind, f"{kind}s".replace(" ", "-"))
            write_csv(folder / f"{name}.csv", ["id", *columns.split()], self.rows[kind])


def write_csv(path: Path, headings: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write one table; the line ends are the same on every system."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, headings, restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
