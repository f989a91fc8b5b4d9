"""Sense checks on names and predicates: a title, or what an attested promise says is done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from careerspolicy.loading.promise import Found, Promise
from careerspolicy.model.duty import EVERY_PUPIL_SLOT, HOW_OFTEN_SLOT, PUPILS_SLOT, WHEN_SLOT, Verb
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What in `for` singles pupils out.
OF_PUPILS: Final = ("years", "ages", "key_stage", "pupils", "any")
_SLOT: Final = re.compile(r"\{[^{}]*\}")
_KNOWN_SLOTS: Final = (PUPILS_SLOT, EVERY_PUPIL_SLOT, WHEN_SLOT, HOW_OFTEN_SLOT)
_EITHER: Final = ", ".join(_KNOWN_SLOTS)


def titles(promise: Promise) -> Iterator[Found]:
    """A promise without a name, and one that says twice what it is."""
    said, titled = bool(_said(promise)), "title" in promise.told
    if said and titled:
        hint = f"leave it out: the promise goes by what `{_said(promise)[0]}` says"
        yield Found(("title",), "a title says again what is promised", hint)
    elif not said and not titled and promise.verb is not Verb.UPHOLD:
        yield Found((), '"title" is missing', "say in a few words what is promised")


def predicates(promise: Promise) -> Iterator[Found]:
    """What is upheld said not at all, twice, or with slots that nothing fills."""
    said, verb = _said(promise), promise.verb.value
    if len(said) > 1 or (promise.verb is Verb.UPHOLD and not said):
        message = '"does" and "that" are both here' if said else "nothing says what is promised"
        hint = "write does: and what its owner does, or that: and what its owner makes sure of"
        yield Found((verb, *said[1:]), message, hint)
        return
    if said == ["that"] and promise.told.get("strength") == "may":
        message = "a freedom is something that its owner does"
        yield Found((verb, "that"), message, "write does: and what its owner may do")
    for slot in said:
        yield from _slots(promise, slot)


def _said(promise: Promise) -> list[str]:
    return [slot for slot in ("does", "that") if slot in promise.body]


def _slots(promise: Promise, slot: str) -> Iterator[Found]:
    words, path = promise.body[slot], (promise.verb.value, slot)
    there = _SLOT.findall(words)
    for name in dict.fromkeys(there):
        if name not in _KNOWN_SLOTS:
            yield Found(path, f'"{name}" stands for nothing', f"write {_EITHER}")
        elif there.count(name) > 1:
            yield Found(path, f'"{name}" stands here twice', "say it once")
    placed = [name for name in (PUPILS_SLOT, EVERY_PUPIL_SLOT) if name in there]
    of_records = promise.subject not in THINGS
    if not placed and not of_records and any(one in promise.group for one in OF_PUPILS):
        message = f'"for" singles pupils out, and "{PUPILS_SLOT}" does not say where they are meant'
        yield Found(path, message, f"write give {PUPILS_SLOT} time")
    if placed and not any(one in promise.group for one in OF_PUPILS) and promise.subject != "pupil":
        message = f'"{placed[0]}" stands for the pupils that "for" singles out, and it has none'
        yield Found(path, message, "say them in for:")
    if HOW_OFTEN_SLOT in there and "how_often" not in promise.body:
        yield Found(path, f'"{HOW_OFTEN_SLOT}" has no words', "add how_often:")
