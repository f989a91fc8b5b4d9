"""Sense checks on names and predicates: a title, or what an attested promise says is done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from careerspolicy.loading.promise import Found, Promise
from careerspolicy.model.duty import HOW_OFTEN_SLOT, PUPILS_SLOT, Verb

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What in `for` singles pupils out.
OF_PUPILS: Final = ("years", "ages", "key_stage", "pupils", "any")
_SLOT: Final = re.compile(r"\{[^{}]*\}")
_KNOWN_SLOTS: Final = (PUPILS_SLOT, HOW_OFTEN_SLOT)


def titles(promise: Promise) -> Iterator[Found]:
    """A measured promise without a title, and an attested one that says twice what it is."""
    upheld, titled = promise.verb is Verb.UPHOLD, "title" in promise.told
    if upheld and titled:
        hint = "leave it out: what is upheld goes by what `does` or `that` says"
        yield Found(("title",), "a title says again what is promised", hint)
    elif not upheld and not titled:
        yield Found((), '"title" is missing', "say in a few words what is promised")


def predicates(promise: Promise) -> Iterator[Found]:
    """What is upheld said not at all, twice, or with slots that nothing fills."""
    if promise.verb is not Verb.UPHOLD:
        return
    body, verb = promise.body, promise.verb.value
    said = [slot for slot in ("does", "that") if slot in body]
    if len(said) != 1:
        message = '"does" and "that" are both here' if said else "nothing says what is promised"
        hint = "write does: and what its owner does, or that: and what its owner makes sure of"
        yield Found((verb, *said[1:]), message, hint)
        return
    if said == ["that"] and promise.told.get("strength") == "may":
        message = "a freedom is something that its owner does"
        yield Found((verb, "that"), message, "write does: and what its owner may do")
    yield from _slots(promise, said[0])


def _slots(promise: Promise, slot: str) -> Iterator[Found]:
    words, path = promise.body[slot], (promise.verb.value, slot)
    there = _SLOT.findall(words)
    for name in dict.fromkeys(there):
        if name not in _KNOWN_SLOTS:
            yield Found(path, f'"{name}" stands for nothing', f"write {' or '.join(_KNOWN_SLOTS)}")
        elif there.count(name) > 1:
            yield Found(path, f'"{name}" stands here twice', "say it once")
    if any(slot in promise.group for slot in OF_PUPILS) != (PUPILS_SLOT in there):
        message = (
            f'"{PUPILS_SLOT}" stands for the pupils that "for" singles out, and it has none'
            if PUPILS_SLOT in there
            else f'"for" singles pupils out, and "{PUPILS_SLOT}" does not say where they are meant'
        )
        hint = "say them in for:" if PUPILS_SLOT in there else f"write give {PUPILS_SLOT} time"
        yield Found(path, message, hint)
    if HOW_OFTEN_SLOT in there and "how_often" not in promise.body:
        yield Found(path, f'"{HOW_OFTEN_SLOT}" has no words', "add how_often:")
