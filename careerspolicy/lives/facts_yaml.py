"""Made-up facts as a file of facts: what `readers.load_facts` reads back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from careerspolicy.calendar.school_calendar import Term
    from careerspolicy.model.facts import Facts, Pupil, Record, School

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
