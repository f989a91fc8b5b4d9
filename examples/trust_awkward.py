"""The awkward pupils of the example trust, whose records are written out by hand.

Beside `make_trust.py`. `README.md` lists these pupils and what each of them shows.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import trust_tables as words
from trust_tables import FIRST_DAY, listed, said_of_providers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from trust_tables import Tables

_PROVIDER, _GUIDANCE, _WORK = "provider encounter", "guidance meeting", "workplace experience"
_CHECK, _REVIEW, _WHERE = "placement check", "annual review", "destination"

_YEARS_8_AND_9 = (date(2022, 9, 1), date(2024, 8, 31))
_LAST_YEAR = (date(2024, 9, 1), date(2025, 8, 31))
_ALWAYS = (FIRST_DAY, words.AS_AT)

#: Between which days the made-up records of a kind give way to those written here.
BY_HAND: Final[Mapping[tuple[str, str], tuple[date, date]]] = {
    **{(f"A00{n}", _PROVIDER): _YEARS_8_AND_9 for n in range(81, 86)},
    ("A0061", _PROVIDER): (date(2023, 9, 1), date(2025, 8, 31)),
    ("A0119", _PROVIDER): (date(2025, 4, 22), date(2026, 1, 31)),
    **{
        (f"A00{n}", kind): _LAST_YEAR
        for n in range(86, 90)
        for kind in (_WORK, _CHECK, "preparation session")
    },
    **{
        (pupil, kind): _ALWAYS
        for pupil in ("A0090", "A0092", "A0121")
        for kind in (_GUIDANCE, "follow up")
    },
    **{(pupil, kind): _ALWAYS for pupil in ("B0074", "B0075") for kind in (_WORK, _CHECK)},
    ("A0192", "notification"): _ALWAYS,
    ("A0193", "notification"): _ALWAYS,
    ("A0159", _WHERE): _ALWAYS,
    ("C0030", "employer encounter"): (date(2025, 9, 1), words.AS_AT),
    ("B0050", "employer encounter"): _LAST_YEAR,
    ("C0032", _REVIEW): _LAST_YEAR,
    ("C0033", _REVIEW): _ALWAYS,
}

_TIDEMILL, _HARBOUR = ("Tidemill College",), ("Harbour Skills Training",)
#: Pupil, day, providers, whether the pupil took part.
OCCASIONS: Final = (
    ("A0081", date(2023, 6, 14), _TIDEMILL, "yes"),
    ("A0081", date(2024, 3, 1), _HARBOUR, "yes"),  # a day too late
    ("A0082", date(2023, 6, 14), _TIDEMILL, "yes"),
    ("A0082", date(2024, 2, 28), _HARBOUR, "yes"),  # on the last day
    ("A0083", date(2023, 6, 14), _TIDEMILL, "yes"),
    ("A0083", date(2024, 2, 29), _HARBOUR, "yes"),  # a leap day is too late as well
    ("A0084", date(2023, 6, 14), _TIDEMILL, "yes"),
    ("A0084", date(2023, 11, 22), _TIDEMILL, "yes"),  # the same provider twice
    ("A0085", date(2023, 6, 14), _TIDEMILL, "yes"),
    ("A0085", date(2023, 11, 22), _HARBOUR, "no"),  # offered, not attended
    ("A0061", date(2024, 6, 12), _TIDEMILL, "yes"),
    ("A0061", date(2024, 11, 20), (*_HARBOUR, *_TIDEMILL), "yes"),  # another set of providers
    ("A0119", date(2025, 9, 24), _HARBOUR, "yes"),
)
#: Pupil, day, whether the pupil took part, alone or in a group.
MEETINGS: Final = (
    ("A0090", date(2025, 11, 12), "no", "one-to-one"),
    ("A0092", date(2025, 10, 8), "yes", "group"),
    ("A0121", date(2022, 11, 16), "yes", "one-to-one"),
    ("A0121", date(2023, 3, 8), "yes", "one-to-one"),
)
_PLACED = date(2025, 7, 7)
#: Pupil, the day of the check (None: never made), and what it checked.
CHECKED: Final[tuple[tuple[str, date | None, tuple[str, ...]], ...]] = (
    ("A0086", None, ()),
    ("A0087", date(2025, 7, 9), (words.RISK_ASSESSMENT, words.INSURANCE)),
    ("A0088", _PLACED, (words.RISK_ASSESSMENT, words.INSURANCE)),
    ("A0089", date(2025, 6, 16), (words.INSURANCE, words.SAFEGUARDING)),
)
#: Pupil and hours in Years 8, 9 and 10.
HOURS: Final = (("B0074", ("10", "15", "25")), ("B0075", ("10", "15", "24")))


def occasions(tables: Tables) -> None:
    """Provider encounters at the edges of a key phase."""
    contents = "the provider and its offer;careers it leads to;what learning there is like"
    said = {"meaningful": "yes", "visit": "no", "met": "staff", "mode": "in person"}
    said |= {"encounter_contents": f"{contents};answers to questions", "school_day": "yes"}
    for pupil, day, providers, attended in OCCASIONS:
        told = said | said_of_providers(providers) | {"attended": attended}
        tables.write(_PROVIDER, pupil, day, **told)
    visits = ((date(2025, 6, 18), "Northgate University", "yes"),)
    missed = ((date(2025, 10, 1), "Eastferry University", "no"),)
    for day, university, attended in visits + missed:
        told = said | said_of_providers([university]) | {"visit": "yes", "met": "staff;learners"}
        tables.write(_PROVIDER, "A0119", day, **told | {"attended": attended})


def meetings(tables: Tables) -> None:
    """Guidance not taken up, given to a group only, and given twice before 16."""
    said = {"qualified": "yes", "adviser_level": "6", "mode": "in person"}
    for pupil, day, attended, form in MEETINGS:
        tables.write(_GUIDANCE, pupil, day, attended=attended, meeting_form=form, **said)


def placements(tables: Tables) -> None:
    """Placements that nobody checked in time, or checked for everything."""
    for pupil, day, checks in CHECKED:
        about = work(tables, pupil, _PLACED, "25")
        if day:
            tables.write(_CHECK, pupil, day, about=about, checks=listed(checks))


def work(tables: Tables, pupil: str, monday: date, hours: str) -> str:
    """One week at Gantry Engineering; its id."""
    said = {"attended": "yes", "meaningful": "yes", "first_hand": "yes", "stem": "yes"}
    said |= {"workplace_form": "work experience", "work_setting": "staffed workplace"}
    said |= {"part_time_job": "no", "employer": "Gantry Engineering", "mode": "in person"}
    last = str(monday.replace(day=monday.day + 4))
    return tables.write(_WORK, pupil, monday, until=last, nature="placement", hours=hours, **said)


def hours(tables: Tables) -> None:
    """Fifty hours at workplaces in three years, and one hour fewer."""
    said = {"attended": "yes", "meaningful": "yes", "first_hand": "yes", "stem": "no"}
    said |= {"nature": "activity", "workplace_form": "workplace visit", "mode": "in person"}
    days = (date(2023, 6, 21), date(2024, 6, 19))
    for pupil, lengths in HOURS:
        for day, length in zip(days, lengths, strict=False):
            tables.write(_WORK, pupil, day, hours=length, employer="Beacon Housing", **said)
        about = work(tables, pupil, _PLACED, lengths[2])
        checks = listed((words.RISK_ASSESSMENT, words.INSURANCE, words.SAFEGUARDING))
        tables.write(_CHECK, pupil, date(2025, 6, 16), about=about, checks=checks)


def late_notice(tables: Tables) -> None:
    """The local authority was told of one early leaver two months on, of another never."""
    about = next(row["id"] for row in tables.rows["leaving"] if row["pupil"] == "A0192")
    said = {"to": "local authority", "matter": words.EARLY_LEAVER}
    tables.write("notification", "A0192", date(2026, 1, 12), about=about, **said)


def deleted_early(tables: Tables) -> None:
    """Where one leaver went was deleted within a year."""
    said = {"destination_stage": "immediate", "destination_form": "university"}
    tables.write(_WHERE, "A0159", date(2023, 10, 10), until="2024-08-31", **said)


def narrow_review(tables: Tables) -> None:
    """Reviews that never come to employment."""
    for year in (2022, 2023, 2024, 2025):
        said = {"review_focus": "independent living", "present": "pupil;parents"}
        tables.write(_REVIEW, "C0033", date(year, 11, 14), **said)


AWKWARD: Final[tuple[Callable[[Tables], None], ...]] = (
    occasions, meetings, placements, hours, late_notice, deleted_early, narrow_review,
)  # fmt: skip
