"""Sense checks on names and predicates: a title, or what an attested promise says is done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from careerspolicy.loading.objections import Objection
from careerspolicy.model.duty import EVERY_PUPIL_SLOT, HOW_OFTEN_SLOT, PUPILS_SLOT, WHEN_SLOT, Verb
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.loading.drafts import Draft

#: What in `for` singles pupils out.
OF_PUPILS: Final = ("years", "ages", "key_stage", "pupils", "any")
_SLOT: Final = re.compile(r"\{[^{}]*\}")
_KNOWN_SLOTS: Final = (PUPILS_SLOT, EVERY_PUPIL_SLOT, WHEN_SLOT, HOW_OFTEN_SLOT)


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
    singled_out = any(slot in draft.group for slot in OF_PUPILS)
    if not pupils and singled_out and draft.subject in THINGS:
        message = f'"for" singles pupils out, and "{PUPILS_SLOT}" does not say where they are meant'
        yield draft.objection(predicate, message, f"write give {PUPILS_SLOT} time")
    if pupils and not singled_out and draft.subject != "pupil":
        message = f'"{pupils[0]}" stands for the pupils that "for" singles out, and it has none'
        yield draft.objection(predicate, message, "say them in for:")
    if HOW_OFTEN_SLOT in there and "how_often" not in draft.body:
        yield draft.objection(predicate, f'"{HOW_OFTEN_SLOT}" has no words', "add how_often:")
