"""Sense checks on slots: clashes, bounds and dates that can't be, subjects that don't fit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.calendar.school_calendar import KEY_STAGES, MonthDay
from careerspolicy.loading.predicate_checks import OF_PUPILS
from careerspolicy.loading.promise import Found, Path, Promise
from careerspolicy.loading.shape import year_groups
from careerspolicy.model.duty import Verb
from careerspolicy.plain.yaml_tree import as_number
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCHEDULES: Final = ("each", "every", "always", "how_often", "before", "after", "for")
_MEASURES: Final = ("distinct", "total", "covers", "contents", "consulting")
_NEEDS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("within", ("before", "after")),
    ("notice", ("before", "after")),
    ("event", ("before", "after")),
    ("for", ("after",)),
    ("not_before", ("each",)),
)


def clashes(promise: Promise) -> Iterator[Found]:
    """Slots that say when, or measure what, in two ways; slots that need another."""
    verb, body = promise.verb.value, promise.body
    schedules = [s for s in _SCHEDULES if s in body and not (s == "after" and "for" in body)]
    for slots, why in (
        (schedules, "say when in different ways"),
        ([s for s in _MEASURES if s in body], "measure different things"),
    ):
        if len(slots) > 1:
            both = " and ".join(f'"{slot}"' for slot in slots)
            yield Found((verb, slots[1]), f"{both} {why}", "keep one, or make two obligations")
    for slot, wanted in _NEEDS:
        if slot in body and not any(one in body for one in wanted):
            either = " or ".join(f'"{one}"' for one in wanted)
            yield Found((verb, slot), f'"{slot}" has nothing to be counted from', f"add {either}")
    if verb == "keep" and "after" in body and "for" not in body:
        yield Found((verb, "after"), '"after" says from when, but not for how long', 'add "for"')
    if "how_many" in body and ("at_least" in body or "at_most" in body):
        yield Found((verb, "how_many"), '"how_many" stands for words where there is no number')


def bounds(promise: Promise) -> Iterator[Found]:
    """Bounds that can't be met."""
    verb, body = promise.verb.value, promise.body
    low, high = (as_number(body[s]) if s in body else None for s in ("at_least", "at_most"))
    if low is not None and high is not None and low > high:
        yield Found((verb, "at_most"), f"at least {low} and at most {high} can't both be met")
    listed = next(iter(body.get("covers", {}).values()), body.get("contents"))
    if low is not None and listed is not None and low > len(listed):
        message = f"at least {low} of {len(listed)} values can't be met"
        yield Found((verb, "at_least"), message)


def subject(promise: Promise) -> Iterator[Found]:
    """Groups and records that don't fit the subject."""
    subject, kind, group, body = promise.subject, promise.kind, promise.group, promise.body
    if kind is None or subject not in promise.vocabulary.kinds:
        return
    verb = promise.verb.value
    if subject in THINGS and "with" in group:
        message = '"with" tests a record, and the subject is not a kind of record'
        yield Found(("for", "with"), message, "use pupils: or school:")
    if subject in ("school", "trust"):
        allowed = OF_PUPILS if promise.verb is Verb.UPHOLD else ()
        for slot in sorted({*OF_PUPILS, "roll", "share"}.difference(allowed) & {*group}):
            message = f'"{slot}" tells pupils apart, and the subject is the {subject}'
            yield Found(("for", slot), message, f'"{kind.name}" belongs to a {kind.of}')
    if (subject == "pupil" and kind.of != "pupil") or (
        subject in ("school", "trust") and kind.of == "pupil"
    ):
        message = f'"{kind.name}" belongs to a {kind.of}, and the subject is a {subject}'
        yield Found((verb,), message, f"leave out the subject, or say subject: {kind.of}")
    for slot in ("before", "after"):
        event = body.get(slot)
        if (
            subject not in THINGS
            and isinstance(event, str)
            and "for" not in body
            and event != subject
        ):
            yield Found((verb, slot), f'the subject is "{subject}"', f"write {slot}: {subject}")


def attendance(promise: Promise) -> Iterator[Found]:
    """Attendance of what nobody attends."""
    kind = promise.kind
    if "attendance" in promise.body and kind and "attended" not in kind.attributes:
        message = f'"{kind.name}" doesn\'t say who attended'
        mend = f"give attended on: [{kind.name}]" if kind.of == "pupil" else "leave it out"
        hint = f"{mend} under vocabulary: attributes:" if kind.of == "pupil" else mend
        yield Found((promise.verb.value, "attendance"), message, hint)


# ---------------------------------------------------------------------------- time


def points(promise: Promise) -> Iterator[Found]:
    """Points of time that aren't one, or aren't in the calendar."""
    verb, body = promise.verb.value, promise.body
    if "each" not in body and "by" in body and {"until", "every", "always"} & {*body}:
        yield Found((verb, "by"), '"by" is the one deadline of something done once', "drop one")
    if "until" in body and "every" in body:
        yield Found((verb, "until"), '"every" runs on without an end', 'drop "until"')
    for slot in ("from", "until", "by"):
        if slot not in body:
            continue
        if slot == "by" and "each" in body:
            yield from _yearly((verb, slot), body[slot])
        elif slot == "from" and "each" in body and _names_a_day(body[slot]):
            message = f'"{body[slot]["date"]}" comes every year, and a run of periods begins once'
            hint = f"to open every period on it, write not_before: {{date: {body[slot]['date']}}}"
            yield Found((verb, slot), message, hint)
        else:
            yield from _point((verb, slot), body[slot])
    if "not_before" in body:
        yield from _yearly((verb, "not_before"), body["not_before"])
    if "for" in body and "after" in body:
        yield from _point((verb, "after"), body["after"])
    yield from _order(promise)


def _yearly(path: Path, told: Any) -> Iterator[Found]:
    if not _names_a_day(told):
        message = f'beside each, "{path[-1]}" is a day that comes in every period'
        yield Found(path, message, "write {date: 31 December}")


def _names_a_day(told: Any) -> bool:
    """Whether it is {date: 31 December}: a day of every year."""
    return isinstance(told, dict) and {*told} == {"date"} and _is_day(told["date"])


def _point(path: Path, told: Any) -> Iterator[Found]:
    if not isinstance(told, dict):
        return
    main = [key for key in ("year", "age", "key_stage", "earliest_of") if key in told]
    if "date" in told and "year" not in told:
        main.append("date")
    if len(main) != 1:
        both = " and ".join(main) or "a term alone"
        are = "are" if len(main) > 1 else "is"
        message = f"{both} {are} not one point of time"
        yield Found(path, message, "write {year: 9, date: 28 February}")
        return
    if "term" in told and ("year" not in told or "date" in told):
        yield Found(
            (*path, "term"), "a term is one of a year group's", "write {year: 9, term: spring}"
        )
    if "date" in told:
        yield from _date((*path, "date"), told["date"], day="year" in told)
    for n, one in enumerate(told.get("earliest_of", [])):
        yield from _point((*path, "earliest_of", n), one)


def _date(path: Path, told: str, *, day: bool) -> Iterator[Found]:
    if day and not _is_day(told):
        yield Found(
            path, f'"{told}" is not a day of a year group', "write a day such as 28 February"
        )
    elif not day and not _is_date(told):
        hint = "write a whole date such as 2026-02-28, or add the year group"
        yield Found(path, f'"{told}" is not a date in the calendar', hint)


def _is_day(told: str) -> bool:
    try:
        MonthDay.parse(told)
    except ValueError:
        return False
    return True


def _is_date(told: str) -> bool:
    try:
        date.fromisoformat(told)
    except ValueError:
        return False
    return len(told) == len("2026-02-28")


def _order(promise: Promise) -> Iterator[Found]:
    """Windows that close before they open, by year group."""
    verb, body = promise.verb.value, promise.body
    start, end = body.get("from"), body.get("until", body.get("by"))
    first, last = _year_of(start, first=True), _year_of(end, first=False)
    if first is not None and last is not None and first > last:
        slot = "until" if "until" in body else "by"
        message = f"ends in Year {last}, before it begins in Year {first}"
        yield Found((verb, slot), message, "swap them")
    for slot in ("years", "ages"):
        told = promise.group.get(slot)
        for one in told if isinstance(told, list) else [told]:
            low, _, high = str(one).partition("-")
            if high and int(low) > int(high):
                yield Found(("for", slot), f"{one} runs backwards", f"write {high}-{low}")


def _year_of(told: Any, *, first: bool) -> int | None:
    """The year group of a point; of an age, the one that the default reading gives it."""
    if not isinstance(told, dict):
        return None
    if "age" in told:
        return int(told["age"]) - (4 if first else 5)
    if "key_stage" in told:
        return KEY_STAGES[told["key_stage"]][0 if first else 1]
    return year_groups(told["year"])[0] if "year" in told else None
