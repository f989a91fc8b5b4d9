"""The usual school, its usual pupil and their records: what made-up facts are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from careerspolicy.model.facts import Pupil, Record, School, phases_taught

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from careerspolicy.model.facts import Thing
    from careerspolicy.vocabulary import Value

URN: Final = "1"
SCHOOL: Final = "Example School"
TRUST: Final = "Example Trust"
PUPIL: Final = "P1"
#: The year groups that a school teaches unless something else is said.
YEARS: Final = (7, 13)
#: The id of the usual thing of each sort: whose records are, unless something else is said.
OWNERS: Final[Mapping[Thing, str]] = {"pupil": PUPIL, "school": URN, "trust": TRUST}


def usual_school(
    as_at: date,
    years: tuple[int, int] = YEARS,
    attributes: Mapping[str, Value] | None = None,
    **parts: Any,
) -> School:
    """The one school, whose facts were exported on a day; its phases follow from its years."""
    low, high = years
    return School(
        urn=URN,
        name=SCHOOL,
        trust=TRUST,
        lowest_year=low,
        highest_year=high,
        as_at=as_at,
        attributes={**phases_taught(low, high), **(attributes or {})},
        **parts,
    )


def usual_pupil(number: int = 1, **parts: Any) -> Pupil:
    """The first pupil of the one school, or another."""
    return Pupil(id=f"P{number}", school=URN, **parts)


def made_record(
    kind: str, start: date, number: int, *, of: Thing = "pupil", **parts: Any
) -> Record:
    """A record of the usual pupil, school or trust, unless it has another owner."""
    owner = parts.pop("owner", OWNERS[of])
    return Record(kind=kind, of=of, owner=owner, start=start, id=record_id(number), **parts)


def record_id(number: int) -> str:
    """The id of a record by its number: ids stand in the order of the numbers."""
    return f"R{number:02}"
