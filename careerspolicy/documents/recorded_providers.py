"""Which providers a school's records say have met its pupils, school year by school year.

Read off every record that names providers, whatever its kind: an encounter of a pupil of the
school, or an event that the school put on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from careerspolicy.model.facts import Facts, Record

#: The school year of the day asked about, and those before it.
RECENT_YEARS: Final = 3
#: The attribute by which a record of any kind names providers.
_NAMES: Final = "providers"


@attrs.frozen(kw_only=True)
class ProvidersOfYear:
    """The providers of one school year, by name; `so_far` where that year is not over."""

    year: int
    names: tuple[str, ...]
    so_far: bool


def recorded_providers(facts: Facts, urn: str, as_of: date) -> tuple[ProvidersOfYear, ...]:
    """The providers of recent school years up to a day, the latest year first.

    One provider is named once a year, however its capitals and spaces vary; a year in which none
    is recorded is left out. Raises KeyError for a school that the facts do not hold.
    """
    school = facts.school_by_urn[urn]
    now = school.calendar.year_of(as_of)
    by_year: dict[int, dict[str, str]] = {}
    for record in _records(facts, urn):
        year = school.calendar.year_of(record.start)
        if record.start <= as_of and now - RECENT_YEARS < year:
            for name in _named(record):
                by_year.setdefault(year, {}).setdefault(name.casefold(), name)
    return tuple(
        ProvidersOfYear(
            year=year, names=tuple(names[key] for key in sorted(names)), so_far=year == now
        )
        for year, names in sorted(by_year.items(), reverse=True)
    )


def _records(facts: Facts, urn: str) -> Iterator[Record]:
    pupils = {pupil.id for pupil in facts.pupils if pupil.school == urn}
    own = (
        record
        for record in facts.records
        if (record.of == "pupil" and record.owner in pupils)
        or (record.of == "school" and record.owner == urn)
    )
    # Sorted, so that the spelling kept does not turn on the order of the rows.
    yield from sorted(own, key=lambda record: (record.start, record.id))


def _named(record: Record) -> list[str]:
    told = record.attributes.get(_NAMES)
    names = told if isinstance(told, frozenset) else frozenset()
    return sorted(" ".join(str(name).split()) for name in names)
