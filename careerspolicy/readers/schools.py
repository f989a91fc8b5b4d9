"""Rows of schools, terms and completeness become `School` values."""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from careerspolicy.calendar.school_calendar import FIRST_OF_SEPTEMBER, SchoolCalendar, Term, Window
from careerspolicy.model.facts import School, phases_taught
from careerspolicy.readers.log import Fault
from careerspolicy.readers.values import quoted
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from careerspolicy.readers.log import Source
    from careerspolicy.readers.reading import Reading
    from careerspolicy.readers.rows import Row


def schools_from(reading: Reading) -> dict[str, School]:
    """The schools by URN, each with its calendar and completeness."""
    rows = dict(_school_rows(reading))
    reading.known["school"] = set(rows)
    reading.known["trust"] = {values["trust"] for values in rows.values()}
    terms = _terms(reading)
    complete = _complete(reading)
    everywhere = complete.pop("", {})
    return {
        urn: _school(values, terms.get(urn, ()), {**everywhere, **complete.get(urn, {})})
        for urn, values in rows.items()
    }


def _school_rows(reading: Reading) -> Iterator[tuple[str, dict[str, Any]]]:
    seen: dict[str, str] = {}
    for source, row in reading.rows("schools", key="urn"):
        urn = row.values["urn"]
        if faults := list(_school_faults(row.values, seen)):
            reading.reject(source, row, *faults)
            continue
        seen[urn] = f"{source.file}:{row.raw.line}"
        yield urn, row.values


def _school_faults(values: dict[str, Any], seen: dict[str, str]) -> Iterator[Fault]:
    urn = values["urn"]
    if urn in seen:
        hint = "give each school one row"
        yield Fault("urn", f"the school {quoted(urn)} is here twice, first at {seen[urn]}", hint)
    if values["highest_year"] < values["lowest_year"]:
        low, high = values["lowest_year"], values["highest_year"]
        message = f"the highest year group, {high}, is below the lowest, {low}"
        yield Fault("highest_year", message, "correct one of them")


def _school(
    values: dict[str, Any], terms: tuple[Term, ...] | list[Term], complete: dict[str, date]
) -> School:
    own = {**phases_taught(values["lowest_year"], values["highest_year"]), **values}
    starts = own.pop("school_year_starts", FIRST_OF_SEPTEMBER)
    in_order = tuple(sorted(terms, key=lambda term: str(term.window.start)))
    fixed = ("urn", "name", "trust", "lowest_year", "highest_year", "as_at")
    return School(
        **{name: own.pop(name) for name in fixed},
        calendar=SchoolCalendar(year_start=starts, terms=in_order),
        complete_since=MappingProxyType(complete),
        attributes=MappingProxyType(own),
    )


def _terms(reading: Reading) -> dict[str, list[Term]]:
    terms: defaultdict[str, list[Term]] = defaultdict(list)
    for source, row in reading.rows("terms"):
        if not reading.owner_is_known(source, row, "school"):
            continue
        if faults := list(_term_faults(row.values)):
            reading.reject(source, row, *faults)
        else:
            terms[row.values["school"]].append(_term(row.values))
    return terms


def _term_faults(values: dict[str, Any]) -> Iterator[Fault]:
    first, last = values["first"], values["last"]
    away, back = values.get("half_term_first"), values.get("half_term_last")
    if last < first:
        message = f"the term's last day, {last}, is before its first, {first}"
        yield Fault("last", message, "correct one of them")
    elif (away is None) != (back is None):
        missing = "half_term_first" if away is None else "half_term_last"
        yield Fault(
            missing, "is missing", "give the half term's first day and its last, or neither"
        )
    elif away is not None and back is not None and not first < away <= back < last:
        message = f"the half term, {away} to {back}, does not lie within the term"
        yield Fault("half_term_first", message, f"the term runs from {first} to {last}")


def _term(values: dict[str, Any]) -> Term:
    whole = Window(values["first"], values["last"])
    away, back = values.get("half_term_first"), values.get("half_term_last")
    if away is None or back is None:
        return Term(values["name"], whole, (whole,))
    day = back.resolution
    halves = (Window(whole.start, away - day), Window(back + day, whole.end))
    return Term(values["name"], whole, halves)


def _complete(reading: Reading) -> dict[str, dict[str, date]]:
    """Since when each kind is complete, by school; "" is every school without its own row."""
    complete: defaultdict[str, dict[str, date]] = defaultdict(dict)
    for source, row in reading.rows("complete"):
        kind, school = row.values["kind"], row.values.get("school", "")
        if school and not reading.owner_is_known(source, row, "school"):
            continue
        if kind in complete[school]:
            whose = f"for {quoted(school)}" if school else "for every school"
            message = f"{quoted(kind)} {whose} is here twice"
            reading.reject(source, row, Fault("kind", message, "keep one of the two"))
        elif kind not in reading.vocabulary.record_kinds:
            _say_unknown_kind(reading, source, row)
        else:
            complete[school][kind] = row.values["since"]
    return complete


def _say_unknown_kind(reading: Reading, source: Source, row: Row) -> None:
    kind = row.values["kind"]
    message = f"{quoted(kind)} is not a kind of record known here; it was not read"
    hint = did_you_mean(kind, reading.vocabulary.record_kinds)
    reading.log.doubt(source, row.raw, Fault("kind", message, hint), unread=True)
