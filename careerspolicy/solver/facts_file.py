"""Made-up facts as a file of facts: what `readers.load_facts` reads back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from datetime import date

    from careerspolicy.calendar.school_calendar import Term
    from careerspolicy.model.facts import Facts, Pupil, Record, School
    from careerspolicy.vocabulary import Value


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
    told: dict[str, Any] = {
        "urn": school.urn,
        "name": school.name,
        "trust": school.trust,
        "lowest_year": school.lowest_year,
        "highest_year": school.highest_year,
        "as_at": _day(school.as_at),
    }
    if school.calendar.terms:
        told["terms"] = [_term(term) for term in school.calendar.terms]
    if school.complete_since:
        since = {kind: _day(day) for kind, day in sorted(school.complete_since.items())}
        told["complete_since"] = since
    return {**told, **_said(school.attributes)}


def _term(term: Term) -> dict[str, Any]:
    assert term.window.start and term.window.end  # noqa: S101 - a term has both ends
    told: dict[str, Any] = {
        "name": term.name,
        "first": _day(term.window.start),
        "last": _day(term.window.end),
    }
    if len(term.halves) > 1:
        before, after = term.halves[0].end, term.halves[1].start
        assert before and after  # noqa: S101 - a half of a term has both ends
        away = before.fromordinal(before.toordinal() + 1)
        back = after.fromordinal(after.toordinal() - 1)
        told["half_term"] = {"first": _day(away), "last": _day(back)}
    return told


def _pupil(pupil: Pupil) -> dict[str, Any]:
    dates = {"born": pupil.born, "joined": pupil.joined, "left": pupil.left}
    said = {name: _day(day) for name, day in dates.items() if day is not None}
    return {"id": pupil.id, "school": pupil.school, **said, **_said(pupil.attributes)}


def _record(record: Record) -> dict[str, Any]:
    told: dict[str, Any] = {"id": record.id, record.of: record.owner, "date": _day(record.start)}
    if record.until is not None:
        told["until"] = _day(record.until)
    if record.about:
        told["about"] = record.about
    return {**told, **_said(record.attributes)}


def _said(attributes: Any) -> dict[str, Any]:
    return {name: _plain(value) for name, value in attributes.items()}


def _plain(value: Value) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def _day(day: date) -> str:
    return day.isoformat()
