"""Sense checks on time: points that aren't one, and windows that nothing and nobody meets.

A school has no year groups, ages or key stages; a record has no school years but those it lasts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from careerspolicy.calendar.partial_date import PartialDate
from careerspolicy.calendar.school_calendar import FIRST_OF_SEPTEMBER, KEY_STAGES, MonthDay
from careerspolicy.loading.drafts import (
    NEXT_REVIEW,
    parsed,
    several,
    structured,
    uncalendared,
    year_groups,
)
from careerspolicy.model.document import Run
from careerspolicy.model.policy import InForce
from careerspolicy.plain.places import Objection, Path
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.loading.drafts import Draft

_POINTS: Final = ("from", "until", "by")
_SORTS: Final = ("year", "age", "key_stage", "earliest_of", "joining", "leaving")
_YEARLY: Final = ("school year", "calendar year")


def points(draft: Draft) -> Iterator[Objection]:
    """Points of time that aren't one, or aren't in the calendar."""
    body, verb = draft.body, draft.verb.value
    if "each" not in body and "by" in body and {"until", "every", "always"} & {*body}:
        yield draft.objection("by", '"by" is the one deadline of something done once', "drop one")
    if "until" in body and "every" in body:
        yield draft.objection("until", '"every" runs on without an end', 'drop "until"')
    if draft.tree[verb].get("by") == NEXT_REVIEW and "by" not in body:
        message = "the document does not say when its next review is"
        yield draft.objection("by", message, "write next_review: 2027-01 under document:")
    for slot in (*_POINTS, "not_before"):
        if slot not in body:
            continue
        day = _day(body[slot])
        if slot == "not_before" or (slot == "by" and "each" in body):
            if day is None:
                message = f'beside each, "{slot}" is a day that comes in every period'
                yield draft.objection(slot, message, "write {date: 31 December}")
        elif slot == "from" and "each" in body and day:
            message = f'"{day}" comes every year, and a run of periods begins once'
            hint = f"to open every period on it, write not_before: {{date: {day}}}"
            yield draft.objection(slot, message, hint)
        else:
            yield from _point((verb, slot), body[slot])
    if "for" in body and "after" in body:
        yield from _point((verb, "after"), body["after"])


def _day(point: Any) -> MonthDay | None:
    """The day of every year that {date: 31 December} is; None for any other point."""
    alone = isinstance(point, dict) and {*point} == {"date"}
    return parsed(MonthDay.parse, point["date"]) if alone else None


def _point(path: Path, point: Any) -> Iterator[Objection]:
    if not isinstance(point, dict):
        return
    main = [key for key in _SORTS if key in point]
    if "date" in point and "year" not in point:
        main.append("date")
    if len(main) != 1:
        alone = "a term" if "term" in point else "an offset"
        both = f"{' and '.join(main)} are" if main else f"{alone} alone is"
        yield Objection(path, f"{both} not one point of time", "write {year: 9, date: 28 February}")
        return
    if "term" in point and ("year" not in point or "date" in point):
        hint = "write {year: 9, term: spring}"
        yield Objection((*path, "term"), "a term is one of a year group's", hint)
    if "offset" in point and main[0] in ("joining", "leaving"):
        hint = f"write one length, such as {{{main[0]}: {point[main[0]]}}}"
        yield Objection((*path, "offset"), f'"{main[0]}" is an offset itself', hint)
    if "date" in point:
        yield from _date((*path, "date"), point["date"], of_year="year" in point)
    for n, inner in enumerate(point.get("earliest_of", [])):
        yield from _point((*path, "earliest_of", n), inner)


def _date(path: Path, written: str, *, of_year: bool) -> Iterator[Objection]:
    if of_year and not parsed(MonthDay.parse, written):
        message = f'"{written}" is not a day of a year group'
        yield Objection(path, message, "write a day such as 28 February")
    date = None if of_year else parsed(PartialDate.parse, written)
    if not of_year and (date is None or date.day is None):
        hint = "write a whole date such as 2026-02-28, or add the year group"
        yield Objection(path, f'"{written}" is not a date in the calendar', hint)


def order(draft: Draft) -> Iterator[Objection]:
    """Windows that close before they open, by year group; runs that go backwards."""
    body = draft.body
    slot = "until" if "until" in body else "by"
    # Of an age, the year groups that the default reading gives it.
    first, last = _year_of(body.get("from"), 0, birth=4), _year_of(body.get(slot), 1)
    if first is not None and last is not None and first > last:
        message = f"ends in Year {last}, before it begins in Year {first}"
        same = body["from"] == body[slot]  # an age, from which a later year begins
        hint = f"write {slot}: {{age: {body[slot]['age'] + 1}}}" if same else "swap them"
        yield draft.objection(slot, message, hint)
    for group in ("years", "ages"):
        for written in several(draft.group.get(group, [])):
            run = Run.parse(written)
            if run.first > run.last:
                hint = f"write {run.last}-{run.first}"
                yield Objection(("for", group), f"{written} runs backwards", hint)


def years_met(draft: Draft) -> Iterator[Objection]:
    """Year groups that the window never comes to.

    Of an age, its year is the earliest that a window from it can open in and the latest that one
    until it can close in, whichever way ages are read: the year in which that age is reached.
    Around an event, the year groups are of its day: what is owed after it may begin in later ones,
    and what is owed before it end in earlier ones.
    """
    body, years = draft.body, year_groups(draft.group.get("years", []))
    if not years and "key_stage" in draft.group:
        years = KEY_STAGES[draft.group["key_stage"]]
    if not years or draft.subject != "pupil":
        return
    ending = "until" if "until" in body or "each" in body else "by"
    first, last = _year_of(body.get("from"), 0), _year_of(body.get(ending), 1)
    if last is not None and min(years) > last and "before" not in body:
        message = f"ends in Year {last}, before Year {min(years)}, the first it is for"
        yield draft.objection(ending, message, "make the two meet")
    if first is not None and max(years) < first and "after" not in body:
        message = f"begins in Year {first}, after Year {max(years)}, the last it is for"
        yield draft.objection("from", message, "make the two meet")


def _year_of(point: Any, end: int, birth: int = 5) -> int | None:
    """The year group of a point, for a key stage its first (0) or last (1).

    Year N is that in which those who are in their year reach age N + `birth`.
    """
    if not isinstance(point, dict) or "offset" in point:
        return None
    if "age" in point:
        return int(point["age"]) - birth
    if "key_stage" in point:
        return KEY_STAGES[point["key_stage"]][end]
    return int(point["year"]) if "year" in point else None


def points_of_school(draft: Draft) -> Iterator[Objection]:
    """Points of a pupil's life in the duty of a school or trust, which has none."""
    body, subject = draft.body, draft.subject
    if subject not in ("school", "trust"):
        return
    for slot in _POINTS:
        point = "" if slot == "by" and "each" in body else _of_a_life(body.get(slot))
        if point:
            message = f'"{point}" is a point of a pupil\'s life, and the subject is the {subject}'
            yield draft.objection(slot, message, "write {date: 2026-01-31}, or leave it out")
    if body.get("each") == "key stage":
        message = f"key stages are a pupil's, and the subject is the {subject}"
        yield draft.objection("each", message, "write each: school year")


def _of_a_life(point: Any) -> str:
    """The point of a pupil's life in a slot, as written; empty where there is none."""
    if not isinstance(point, dict):
        return str(point or "")
    own = (f"{key}: {point[key]}" for key in _SORTS if key in point and key != "earliest_of")
    inner = map(_of_a_life, point.get("earliest_of", ()))
    return next(filter(None, (*own, *inner)), "")


def points_of_record(draft: Draft) -> Iterator[Objection]:
    """Points and periods in a duty about a record that its own time doesn't have."""
    body, subject = draft.body, draft.subject
    if not subject or subject in THINGS:
        return
    for slot in (*_POINTS, "not_before"):
        if slot in body:
            message = f'"{slot}" bounds a life, and each {subject} is asked about by itself'
            yield draft.objection(slot, message, "use before, after, each or every")
    if body.get("each") == "key stage":
        message = f"key stages are a pupil's, and the subject is each {subject}"
        yield draft.objection("each", message, "write a period such as school year or half term")


def idle_points(draft: Draft) -> Iterator[Objection]:
    """Points beside a slot that already says when, so that they would say nothing."""
    body = draft.body
    leading = next((slot for slot in ("for", "how_often") if slot in body), "")
    for slot in _POINTS if leading and draft.subject in THINGS else ():
        if slot in body:
            message = f'"{slot}" says nothing beside "{leading}"'
            years = "; year groups go to for: {years: 7-13}" if leading == "how_often" else ""
            yield draft.objection(slot, message, f"leave it out{years}")


def seasons(draft: Draft) -> Iterator[Objection]:
    """Seasons of a year: of a period that has none, or that end before they begin."""
    body = draft.body
    if "not_before" not in body or "each" not in body:
        return
    period, opens, closes = body["each"], _day(body["not_before"]), _day(body.get("by"))
    if period not in _YEARLY:
        message = f'"not_before" is a day of a year, and the period is a {period}'
        yield draft.objection("not_before", message, "write each: school year")
        return
    first = FIRST_OF_SEPTEMBER if period == "school year" else MonthDay(1, 1)
    if opens and closes and _place(closes, first) < _place(opens, first):
        message = f"{closes} comes before {opens} in a {period}"
        yield draft.objection("by", message, "swap them")


def _place(day: MonthDay, first: MonthDay) -> tuple[bool, int, int]:
    """Where a day comes in a year that begins on the first of them."""
    at = (day.month, day.day)
    return (at < (first.month, first.day), *at)


def in_force(draft: Draft) -> Iterator[Objection]:
    """A time in force that ends before it begins, or isn't all in that of what it is further to."""
    for slot, day in draft.tree.get("in_force", {}).items():
        yield from uncalendared(("in_force", slot), day)
    own = _time_in_force(draft)
    if own and own.start and own.until and own.start.first > own.until.last:
        message = f"ends in {own.until.in_words}, before it begins in {own.start.in_words}"
        yield Objection(("in_force",), message, "put the earlier date under from:")
    first = draft.earlier.get(draft.body.get("further_to", ""))
    whole = _time_in_force(first) if first else None
    if own and first and whole and not whole.contains(own):
        message = f'is further to "{first.tree["id"]}", which is not in force for all of its time'
        yield draft.objection("further_to", message, "mend in_force: of one of the two")


def _time_in_force(draft: Draft) -> InForce | None:
    return parsed(lambda tree: structured(tree, InForce), draft.tree.get("in_force", {}))
