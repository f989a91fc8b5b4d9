"""The example trust's pupils: who was on which roll and when, the awkward ones included.

Beside `make_trust.py`. `README.md` says what to look for in each pupil that is named here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, TypeVar

from trust_tables import AS_AT, FIRST_DAY, MILLBROOK, OAKFIELD, TERMS, WHARFSIDE, school_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

T = TypeVar("T")

JULY = {year: TERMS[year][2][2] for year in TERMS}  # the last day of each school year
LETTERS = {WHARFSIDE: "A", MILLBROOK: "B", OAKFIELD: "C"}
#: Each school's rolls in the order of pupils' ids: the year in which they began, or would have
#: begun, Year 7; how many; when they joined (None: in Year 7); when they left.
ROLLS: dict[str, tuple[tuple[int, int, date | None, date | None], ...]] = {
    WHARFSIDE: (
        (2025, 20, None, None),  # A0001 to A0020, now Year 7
        (2024, 20, None, None),
        (2023, 20, None, None),  # A0041 to A0060, now Year 9
        (2022, 20, None, None),
        (2021, 20, None, None),  # A0081 to A0100, now Year 11
        (2020, 11, None, None),  # A0101 to A0111, now Year 12
        (2020, 5, date(2025, 9, 2), None),  # joined the sixth form
        (2019, 11, None, None),  # A0117 to A0127, now Year 13
        (2019, 5, date(2024, 9, 3), None),
        (2020, 6, None, JULY[2024]),  # A0133: left after Year 11
        (2019, 6, None, JULY[2023]),
        (2018, 14, None, JULY[2024]),  # A0145: left after Year 13
        (2018, 6, None, JULY[2022]),
        (2017, 14, None, JULY[2023]),
        (2016, 12, None, JULY[2022]),
        (2020, 3, None, date(2025, 11, 14)),  # A0191: left in Year 12
        (2019, 2, None, date(2024, 12, 6)),
        (2022, 2, None, date(2025, 2, 14)),  # A0196: moved away
        (2023, 1, None, date(2024, 10, 25)),
    ),
    MILLBROOK: (
        (2025, 18, None, None),
        (2024, 18, None, None),
        (2023, 18, None, None),  # B0037 to B0054, now Year 9
        (2022, 18, None, None),
        (2021, 18, None, None),  # B0073 to B0090, now Year 11
        (2020, 17, None, JULY[2024]),
        (2019, 17, None, JULY[2023]),
        (2018, 16, None, JULY[2022]),
        (2021, 2, None, date(2025, 3, 7)),
        (2022, 1, None, date(2024, 5, 24)),
    ),
    OAKFIELD: (
        *((cohort, 6, None, None) for cohort in range(2025, 2017, -1)),  # C0043: now Year 14
        (2017, 5, None, JULY[2024]),
        (2016, 5, None, JULY[2023]),
        (2015, 4, None, JULY[2022]),
        (2019, 1, None, date(2024, 2, 9)),
    ),
}
#: Dates of birth that differ from what the year group would say; None where nobody knows.
BORN: dict[str, date | None] = {
    "A0045": date(2012, 2, 29),
    "A0117": date(2008, 2, 29),
    "A0062": date(2010, 6, 3),  # taught a year below
    "B0037": date(2011, 5, 17),  # taught a year below
    "C0020": date(2010, 8, 30),  # taught a year below
    "B0019": None,
    "A0190": date(1901, 1, 1),
    "B0140": date(1901, 1, 1),
    "C0062": date(1901, 1, 1),
}
JOINED = {
    "A0022": date(2024, 11, 11),
    "A0041": date(2025, 10, 13),
    "A0063": date(2025, 1, 6),
    "A0098": date(2025, 2, 24),
    "B0039": date(2025, 10, 6),
    "B0056": date(2024, 4, 15),
    "C0013": date(2025, 2, 24),
}
#: What is said of a pupil instead of what chance would have said; "" leaves it unknown.
SAID = {
    "A0003": {"sen": "", "ehc_plan": "", "disabled": ""},
    "A0046": {"looked_after": "yes", "disadvantaged": "yes"},
    "B0010": {"looked_after": "yes", "disadvantaged": "yes"},
    "B0077": {"previously_looked_after": "yes", "disadvantaged": "yes"},
    "A0118": {"care_leaver": "yes", "disadvantaged": "yes"},
    "C0045": {"care_leaver": "yes", "disadvantaged": "yes"},
    "A0091": {"sen": "E", "ehc_plan": "yes"},
    "B0080": {"sen": "K", "ehc_plan": "no"},
    "A0119": {"considering_higher_education": "yes"},
    "A0120": {"considering_higher_education": ""},
    "A0121": {"considering_higher_education": "no"},
}


@dataclass
class Pupil:
    """Somebody on a roll. `cohort` is the year in which they began Year 7, or would have."""

    id: str
    school: str
    cohort: int
    born: date | None
    joined: date
    left: date | None
    said: dict[str, str] = field(default_factory=dict)

    def year_group(self, year: int) -> int:
        """The year group taught in, in a school year."""
        return 7 + year - self.cohort

    def on_roll(self, day: date) -> bool:
        """Whether on the roll on a day."""
        return self.joined <= day and (self.left is None or day <= self.left)

    def row(self) -> dict[str, str]:
        """The pupil's row of `pupils.csv`; leavers have no recorded year group."""
        return {
            "id": self.id,
            "school": self.school,
            "born": str(self.born or ""),
            "year_group": "" if self.left else str(self.year_group(2025)),
            "joined": str(self.joined),
            "left": str(self.left or ""),
            **self.said,
        }


def luck(*about: object) -> Random:
    """Chance for one thing only, so that a change elsewhere in the script moves nothing here."""
    return Random("/".join(str(one) for one in about))


def likely(share: float, *about: object) -> bool:
    """Whether something happens that happens this often."""
    return luck(*about).random() < share


def pick(among: Sequence[T], *about: object) -> T:
    """One of several; Python promises that `random()` stays the same, but not `choice()`."""
    return among[int(luck(*about).random() * len(among))]


def came(pupil: Pupil, day: date, kind: str) -> str:
    """Whether a pupil took part: most nearly always do, one in eight often doesn't."""
    usual = 0.7 if likely(0.125, pupil.id, "often away") else 0.97
    return "yes" if likely(usual, pupil.id, day, kind) else "no"


def made_pupils() -> tuple[Pupil, ...]:
    """Every pupil of the trust, by school and id."""
    return tuple(pupil for school in ROLLS for pupil in _roll(school))


def _roll(school: str) -> Iterator[Pupil]:
    number = 0
    for cohort, how_many, joined, left in ROLLS[school]:
        for _ in range(how_many):
            number += 1
            pupil_id = f"{LETTERS[school]}{number:04}"
            yield Pupil(
                id=pupil_id,
                school=school,
                cohort=cohort,
                born=BORN[pupil_id] if pupil_id in BORN else _born(pupil_id, cohort),
                joined=JOINED.get(pupil_id, joined or date(cohort, 9, 1)),
                left=left,
                said=_said(pupil_id, school, cohort, left or AS_AT) | SAID.get(pupil_id, {}),
            )


def _born(pupil_id: str, cohort: int) -> date:
    return date(cohort - 12, 9, 1) + timedelta(days=int(luck(pupil_id, "born").random() * 365))


def _said(pupil_id: str, school: str, cohort: int, last: date) -> dict[str, str]:
    sen = "E" if school == OAKFIELD else pick("NNNNNNNNNNNNNNNNNNNNNNKKKKE", pupil_id, "sen")
    disadvantaged = likely(0.28, pupil_id, "disadvantaged")
    meals = disadvantaged and likely(0.8, pupil_id, "meals")
    last_year_group = 7 + last.year - (last.month < 9) - cohort
    intends = ("yes", "yes", "yes", "no", "no", "") if school != OAKFIELD else ("no", "no", "")
    return {
        "sen": sen,
        "ehc_plan": "yes" if sen == "E" else "no",
        "looked_after": "no",
        "previously_looked_after": "no",
        "care_leaver": "no",
        "child_in_need": "yes" if likely(0.03, pupil_id, "in need") else "no",
        "disabled": "yes" if sen == "E" else "no",
        "changed_school": "yes" if pupil_id in JOINED else "no",
        "disadvantaged": "yes" if disadvantaged else "no",
        "free_school_meals": "yes" if meals else "no",
        "considering_higher_education": pick(intends, pupil_id, "intends")
        if last_year_group >= 12
        else "",
    }


@dataclass(frozen=True)
class Group:
    """The pupils of a school's year group in one school year, leavers of that year included."""

    school: str
    year: int
    stage: int
    pupils: tuple[Pupil, ...]

    def present(self, day: date) -> Iterator[Pupil]:
        """The pupils on the roll on a day."""
        return (pupil for pupil in self.pupils if pupil.on_roll(day))


def made_groups(pupils: Sequence[Pupil]) -> Iterator[Group]:
    """Every year group of every school in every school year since records began."""
    for school in ROLLS:
        for year in TERMS:
            ours = [p for p in pupils if p.school == school and _taught(p, year)]
            for stage in range(7, 15):
                members = tuple(p for p in ours if p.year_group(year) == stage)
                if members:
                    yield Group(school, year, stage, members)


def _taught(pupil: Pupil, year: int) -> bool:
    begins = max(date(year, 9, 1), FIRST_DAY)
    return pupil.joined < date(year + 1, 9, 1) and (pupil.left is None or pupil.left >= begins)


def event_day(group: Group, half: int, *about: object) -> date:
    """The school day of a half term on which a year group did something."""
    return pick(school_days(group.year, half), group.school, group.year, group.stage, half, *about)
