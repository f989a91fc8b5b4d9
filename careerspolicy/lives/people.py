"""The usual school, its usual pupil and their records, and such made-up facts as a file.

What is written is what `readers.load_facts` reads back.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import yaml

from careerspolicy.model.facts import Pupil, Record, School, phases_taught

if TYPE_CHECKING:
    from collections.abc import Mapping

    from careerspolicy.calendar.school_calendar import Term
    from careerspolicy.model.facts import Facts, Thing
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


_DAY: Final = timedelta(days=1)


def facts_yaml(facts: Facts) -> str:
    """Facts as YAML in the format of `docs/data-dictionary.md`."""
    records: dict[str, list[dict[str, Any]]] = {kind: [] for kind in sorted(facts.known_kinds)}
    for record in facts.records:
        records[record.kind].append(_record(record))
    data = {
        "format": 1,
        "schools": [_school(school) for school in facts.schools],
        "pupils": [_pupil(pupil) for pupil in facts.pupils],
        "records": records,
    }
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)


def _school(school: School) -> dict[str, Any]:
    names = ("urn", "name", "trust", "lowest_year", "highest_year", "as_at")
    return _written(
        {
            **{name: getattr(school, name) for name in names},
            "terms": [_term(term) for term in school.calendar.terms],
            "complete_since": _written(dict(sorted(school.complete_since.items()))),
        },
        school.attributes,
    )


def _term(term: Term) -> dict[str, Any]:
    told: dict[str, Any] = {"first": term.window.start, "last": term.window.end}
    if len(term.halves) > 1:
        before, after = term.halves[0].end, term.halves[1].start
        assert before and after  # noqa: S101 - a half of a term has both ends
        told["half_term"] = _written({"first": before + _DAY, "last": after - _DAY})
    return {"name": term.name, **_written(told)}


def _pupil(pupil: Pupil) -> dict[str, Any]:
    names = ("id", "school", "born", "year_group", "joined", "left")
    return _written({name: getattr(pupil, name) for name in names}, pupil.attributes)


def _record(record: Record) -> dict[str, Any]:
    told = {"date": record.start, "until": record.until, "about": record.about}
    return _written({"id": record.id, record.of: record.owner, **told}, record.attributes)


def _written(
    told: Mapping[str, Any], attributes: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What is said, without what is not, and then every attribute."""
    said = {name: value for name, value in told.items() if value not in (None, "", [], {})}
    return {name: _plain(value) for name, value in {**said, **(attributes or {})}.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else value
