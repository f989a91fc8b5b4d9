"""Sense checks on time: what the subject's own time doesn't hold, and windows that meet nobody.

A school has no year groups, ages or key stages; a record has no school years but those it lasts.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.calendar.durations import Duration
from careerspolicy.calendar.school_calendar import FIRST_OF_SEPTEMBER, KEY_STAGES, MonthDay
from careerspolicy.loading.promise import Found, Promise
from careerspolicy.loading.shape import year_groups
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

_POINTS: Final = ("from", "until", "by")
_YEARLY: Final = ("school year", "calendar year")
_LEAP_YEAR_DAY: Final = date(2028, 1, 3)


def points_of_school(promise: Promise) -> Iterator[Found]:
    """Points of a pupil's life in the duty of a school or trust, which has none."""
    verb, body, subject = promise.verb.value, promise.body, promise.subject
    if subject not in ("school", "trust"):
        return
    for slot in _POINTS:
        said = "" if slot == "by" and "each" in body else _of_a_life(body.get(slot))
        if said:
            message = f'"{said}" is a point of a pupil\'s life, and the subject is the {subject}'
            yield Found((verb, slot), message, "write {date: 2026-01-31}, or leave it out")
    if body.get("each") == "key stage":
        message = f"key stages are a pupil's, and the subject is the {subject}"
        yield Found((verb, "each"), message, "write each: school year")


def _of_a_life(told: Any) -> str:
    """The point of a pupil's life in a slot, as written; empty where there is none."""
    if not isinstance(told, dict):
        return str(told or "")
    said = (f"{key}: {told[key]}" for key in ("year", "age", "key_stage") if key in told)
    inner = (_of_a_life(one) for one in told.get("earliest_of", ()))
    return next(filter(None, (*said, *inner)), "")


def points_of_record(promise: Promise) -> Iterator[Found]:
    """Points and periods in a duty about a record that its own time doesn't have."""
    verb, body, subject = promise.verb.value, promise.body, promise.subject
    if not subject or subject in THINGS:
        return
    for slot in (*_POINTS, "not_before"):
        if slot in body:
            message = f'"{slot}" bounds a life, and each {subject} is asked about by itself'
            yield Found((verb, slot), message, "use before, after, each or every")
    if body.get("each") == "key stage":
        message = f"key stages are a pupil's, and the subject is each {subject}"
        yield Found((verb, "each"), message, "write a period such as school year or half term")


def idle_points(promise: Promise) -> Iterator[Found]:
    """Points beside a slot that already says when, so that they would say nothing."""
    verb, body = promise.verb.value, promise.body
    if promise.subject not in THINGS:
        return
    leading = [one for one in ("for", "before", "after", "how_often") if one in body][:1]
    for slot in _POINTS if leading else ():
        if slot in body:
            message = f'"{slot}" says nothing beside "{leading[0]}"'
            yield Found((verb, slot), message, "leave it out; year groups go to for: {years: 7-13}")


def seasons(promise: Promise) -> Iterator[Found]:
    """Seasons of a year: of a period that has none, or that end before they begin."""
    verb, body = promise.verb.value, promise.body
    if "not_before" not in body or "each" not in body:
        return
    if body["each"] not in _YEARLY:
        message = f'"not_before" is a day of a year, and the period is a {body["each"]}'
        yield Found((verb, "not_before"), message, "write each: school year")
        return
    opens, closes = _day(body["not_before"]), _day(body.get("by"))
    first = FIRST_OF_SEPTEMBER if body["each"] == "school year" else MonthDay(1, 1)
    if opens and closes and _place(closes, first) < _place(opens, first):
        message = f"{closes} comes before {opens} in a {body['each']}"
        yield Found((verb, "by"), message, "swap them")


def _day(told: Any) -> MonthDay | None:
    try:
        return MonthDay.parse(told["date"])
    except (TypeError, KeyError, ValueError):
        return None  # left out, or told by `points`


def _place(day: MonthDay, first: MonthDay) -> tuple[bool, int, int]:
    """Where a day comes in a year that begins on the first of them."""
    at = (day.month, day.day)
    return (at < (first.month, first.day), *at)


def around(promise: Promise) -> Iterator[Found]:
    """Notice that outlasts the time allowed after an event."""
    verb, body = promise.verb.value, promise.body
    if "notice" not in body or "within" not in body or "after" not in body:
        return
    notice, within = Duration.parse(body["notice"]), Duration.parse(body["within"])
    if notice.after(_LEAP_YEAR_DAY) > within.after(_LEAP_YEAR_DAY):
        message = f"no sooner than {notice} and within {within} leaves no day"
        yield Found((verb, "notice"), message, "make it the shorter of the two")


def years_met(promise: Promise) -> Iterator[Found]:
    """Year groups that the window never comes to."""
    verb, body, group = promise.verb.value, promise.body, promise.group
    slot = "years" if "years" in group else "key_stage"
    if slot not in group or promise.subject != "pupil":
        return
    low, high = KEY_STAGES.get(group.get("key_stage", 0), (0, 0))
    years = year_groups(group["years"]) if slot == "years" else tuple(range(low, high + 1))
    ending = "until" if "until" in body or "each" in body else "by"
    first, last = _year(body.get("from"), 0), _year(body.get(ending), 1)
    if years and last is not None and min(years) > last:
        message = f"ends in Year {last}, before Year {min(years)}, the first it is for"
        yield Found((verb, ending), message, "make the two meet")
    if years and first is not None and max(years) < first:
        message = f"begins in Year {first}, after Year {max(years)}, the last it is for"
        yield Found((verb, "from"), message, "make the two meet")


def _year(told: Any, end: int) -> int | None:
    """The year group of a point, for a key stage its first or last.

    Of an age, the earliest that a window from it can open in and the latest that one until it can
    close in, whichever way ages are read: both are the year in which that age is reached.
    """
    if not isinstance(told, dict):
        return None
    if "age" in told:
        return int(told["age"]) - 5
    if "key_stage" in told:
        return KEY_STAGES[told["key_stage"]][end]
    return int(told["year"]) if "year" in told else None
