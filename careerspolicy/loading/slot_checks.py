"""Sense checks on slots: names and predicates, clashes, bounds, subjects that don't fit."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from careerspolicy.calendar.durations import Duration
from careerspolicy.loading.drafts import uncalendared
from careerspolicy.loading.head import place
from careerspolicy.model.duty import EVERY_PUPIL_SLOT, HOW_OFTEN_SLOT, PUPILS_SLOT, WHEN_SLOT, Verb
from careerspolicy.plain.places import Objection
from careerspolicy.plain.yaml_tree import as_number
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.loading.drafts import Draft

#: What in `for` singles pupils out.
_OF_PUPILS: Final = ("years", "ages", "key_stage", "pupils", "any")
_SLOT: Final = re.compile(r"\{[^{}]*\}")
_KNOWN_SLOTS: Final = (PUPILS_SLOT, EVERY_PUPIL_SLOT, WHEN_SLOT, HOW_OFTEN_SLOT)
_SCHEDULES: Final = ("each", "every", "always", "how_often", "before", "after", "for")
_MEASURES: Final = ("distinct", "total", "covers", "contents", "consulting")
#: Slots that say nothing without one of some others.
_NEEDS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("within", ("before", "after")),
    ("notice", ("before", "after")),
    ("event", ("before", "after")),
    ("for", ("after",)),
    ("not_before", ("each",)),
)
_LEAP_YEAR_DAY: Final = date(2028, 1, 3)


def titles(draft: Draft) -> Iterator[Objection]:
    """A promise without a name, and one that says twice what it is."""
    predicates, titled = _predicates(draft), "title" in draft.tree
    if predicates and titled:
        hint = f"leave it out: the promise goes by what `{predicates[0]}` says"
        yield Objection(("title",), "a title says again what is promised", hint)
    elif not predicates and not titled and draft.verb is not Verb.UPHOLD:
        yield Objection((), '"title" is missing', "say in a few words what is promised")


def predicates(draft: Draft) -> Iterator[Objection]:
    """What is upheld said not at all, twice, or with slots that nothing fills."""
    slots = _predicates(draft)
    if len(slots) > 1 or (draft.verb is Verb.UPHOLD and not slots):
        message = '"does" and "that" are both here' if slots else "nothing says what is promised"
        hint = "write does: and what its owner does, or that: and what its owner makes sure of"
        yield Objection((draft.verb.value, *slots[1:]), message, hint)
        return
    if slots == ["that"] and draft.tree.get("strength") == "may":
        message = "a freedom is something that its owner does"
        yield draft.objection("that", message, "write does: and what its owner may do")
    for slot in slots:
        yield from _slots(draft, slot)


def _predicates(draft: Draft) -> list[str]:
    return [slot for slot in ("does", "that") if slot in draft.body]


def _slots(draft: Draft, predicate: str) -> Iterator[Objection]:
    there = _SLOT.findall(draft.body[predicate])
    for name in dict.fromkeys(there):
        if name not in _KNOWN_SLOTS:
            hint = f"write {', '.join(_KNOWN_SLOTS)}"
            yield draft.objection(predicate, f'"{name}" stands for nothing', hint)
        elif there.count(name) > 1:
            yield draft.objection(predicate, f'"{name}" stands here twice', "say it once")
    pupils = [name for name in (PUPILS_SLOT, EVERY_PUPIL_SLOT) if name in there]
    singled_out = any(slot in draft.group for slot in _OF_PUPILS)
    if not pupils and singled_out and draft.subject in THINGS:
        message = f'"for" singles pupils out, and "{PUPILS_SLOT}" does not say where they are meant'
        yield draft.objection(predicate, message, f"write give {PUPILS_SLOT} time")
    if pupils and not singled_out and draft.subject != "pupil":
        message = f'"{pupils[0]}" stands for the pupils that "for" singles out, and it has none'
        yield draft.objection(predicate, message, "say them in for:")
    if HOW_OFTEN_SLOT in there and "how_often" not in draft.body:
        yield draft.objection(predicate, f'"{HOW_OFTEN_SLOT}" has no words', "add how_often:")


def clashes(draft: Draft) -> Iterator[Objection]:
    """Slots that say when, or measure what, in two ways; slots that need another."""
    body = draft.body
    schedules = [s for s in _SCHEDULES if s in body and not (s == "after" and "for" in body)]
    measures = [slot for slot in _MEASURES if slot in body]
    for slots, why in (
        (schedules, "say when in different ways"),
        (measures, "measure different things"),
    ):
        if len(slots) > 1:
            both = " and ".join(f'"{slot}"' for slot in slots)
            yield draft.objection(slots[1], f"{both} {why}", "keep one, or make two obligations")
    for slot, wanted in _NEEDS:
        if slot in body and not body.keys() & {*wanted}:
            either = " or ".join(f'"{other}"' for other in wanted)
            message = f'"{slot}" has nothing to be counted from'
            yield draft.objection(slot, message, f"add {either}")
    if "every" in body and "at_most" in body:
        message = '"every" says how far apart at the most, and "at_most" is a limit on too many'
        hint = f"write each: and a period, or after: {draft.kind_name}, within: {body['every']}"
        yield draft.objection("at_most", message, hint)
    if draft.verb is Verb.KEEP and "after" in body and "for" not in body:
        yield draft.objection("after", '"after" says from when, but not for how long', 'add "for"')
    if "how_many" in body and ("at_least" in body or "at_most" in body):
        message = '"how_many" stands for words where there is no number'
        yield draft.objection("how_many", message)


def bounds(draft: Draft) -> Iterator[Objection]:
    """Bounds that can't be met, or that ask for nothing."""
    body = draft.body
    low, high = (as_number(body[s]) if s in body else None for s in ("at_least", "at_most"))
    if low is not None and low <= 0:
        hint = "leave it out" if high is not None else "write 1 or more, or at_most: for a limit"
        yield draft.objection("at_least", f"at least {low} asks for nothing", hint)
    if low is not None and high is not None and low > high:
        yield draft.objection("at_most", f"at least {low} and at most {high} can't both be met")
    listed = next(iter(body.get("covers", {}).values()), body.get("contents"))
    if low is not None and listed is not None and low > len(listed):
        message = f"at least {low} of {len(listed)} values can't be met"
        yield draft.objection("at_least", message)


def subject(draft: Draft) -> Iterator[Objection]:
    """Groups and records that don't fit the subject."""
    subject, kind, group = draft.subject, draft.kind, draft.group
    if kind is None or subject not in draft.vocabulary.kinds:
        return
    belongs = f'"{kind.name}" belongs to a {kind.of}'
    if subject in THINGS and "with" in group:
        message = '"with" tests a record, and the subject is not a kind of record'
        yield Objection(("for", "with"), message, "use pupils: or school:")
    if subject in ("school", "trust"):
        allowed = _OF_PUPILS if draft.verb is Verb.UPHOLD else ()
        for slot in sorted({*_OF_PUPILS, "roll", "share"}.difference(allowed) & {*group}):
            message = f'"{slot}" tells pupils apart, and the subject is the {subject}'
            yield Objection(("for", slot), message, belongs)
    if subject in THINGS and (subject == "pupil") != (kind.of == "pupil"):
        hint = f"leave out the subject, or say subject: {kind.of}"
        yield Objection((draft.verb.value,), f"{belongs}, and the subject is a {subject}", hint)
    for slot in ("before", "after") if subject not in THINGS and "for" not in draft.body else ():
        if isinstance(draft.body.get(slot), str) and draft.body[slot] != subject:
            yield draft.objection(slot, f'the subject is "{subject}"', f"write {slot}: {subject}")


def attendance(draft: Draft) -> Iterator[Objection]:
    """Attendance of what nobody attends."""
    kind = draft.kind
    if "attendance" in draft.body and kind and "attended" not in kind.attributes:
        adding = f"give attended on: [{kind.name}] under vocabulary: attributes:"
        hint = adding if kind.of == "pupil" else "leave it out"
        yield draft.objection("attendance", f'"{kind.name}" doesn\'t say who attended', hint)


def notice(draft: Draft) -> Iterator[Objection]:
    """Notice that outlasts the time allowed after an event."""
    if not {"notice", "within", "after"} <= draft.body.keys():
        return
    before, within = (Duration.parse(draft.body[slot]) for slot in ("notice", "within"))
    if before.after(_LEAP_YEAR_DAY) > within.after(_LEAP_YEAR_DAY):
        message = f"no sooner than {before} and within {within} leaves no day"
        yield draft.objection("notice", message, "make it the shorter of the two")


def places(draft: Draft) -> Iterator[Objection]:
    """Places in the document that make no sense."""
    for path, source in draft.sources:
        yield from place(path, source)
        if "edition" in source:
            yield from uncalendared((*path, "edition"), source["edition"])
