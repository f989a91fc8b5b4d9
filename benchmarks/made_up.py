"""Facts made up for the benchmarks: any number of pupils, thirty records each, the same each time.

Nothing is drawn at random: a pupil's place in the list decides everything about them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from careerspolicy.model.facts import Facts, Pupil, Record, School

if TYPE_CHECKING:
    from careerspolicy.vocabulary import Value, Vocabulary

AS_OF: Final = date(2026, 1, 31)
RECORDS_EACH: Final = 30

_FIRST_DAY: Final = date(2021, 9, 6)
_SCHOOL: Final = School(
    urn="900001",
    name="Example School",
    trust="Example Trust",
    lowest_year=7,
    highest_year=13,
    as_at=AS_OF,
    attributes={"phase": "secondary"},
)

#: What the records of a pupil are, in turn, and what each says of itself.
_KINDS: Final[tuple[tuple[str, dict[str, Value]], ...]] = (
    ("employer encounter", {"meaningful": True, "stem": False}),
    ("provider encounter", {"attended": True, "provider_set": frozenset({"Example College"})}),
    ("guidance meeting", {"attended": True, "qualified_adviser": True}),
    ("careers lesson", {"contents": frozenset({"labour market information"})}),
    ("information given", {"matter": "routes"}),
    ("workplace experience", {"days": 5, "attended": True}),
)


def made_up_facts(pupils: int, vocabulary: Vocabulary) -> Facts:
    """One school's pupils, with thirty records each."""
    return Facts(
        schools=(_SCHOOL,),
        pupils=tuple(_pupil(place) for place in range(pupils)),
        records=tuple(
            _record(place, number) for place in range(pupils) for number in range(RECORDS_EACH)
        ),
        known_kinds=frozenset(vocabulary.kinds),
    )


def _pupil(place: int) -> Pupil:
    group = 7 + place % 7
    return Pupil(
        id=f"P{place}",
        school=_SCHOOL.urn,
        born=date(2025 - group - 5, 10, 1) + timedelta(days=place % 300),
        year_group=group,
        attributes={"sen_provision": "NKE"[place % 3], "ehc_plan": place % 3 == 2},
    )


def _record(place: int, number: int) -> Record:
    kind, attributes = _KINDS[(place + number) % len(_KINDS)]
    return Record(
        kind=kind,
        of="pupil",
        owner=f"P{place}",
        start=_FIRST_DAY + timedelta(days=51 * number + place % 50),
        id=f"R{place}-{number}",
        attributes=attributes,
    )
