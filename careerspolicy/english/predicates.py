"""Promises in the policy file's own predicate: what their owner does, with its slots filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from careerspolicy.english.doings import Doing
from careerspolicy.english.people import pupils, whom
from careerspolicy.model.duty import EVERY_PUPIL_SLOT, HOW_OFTEN_SLOT, PUPILS_SLOT, WHEN_SLOT
from careerspolicy.model.schedule import Vaguely

if TYPE_CHECKING:
    from careerspolicy.model.duty import Duty, Predicate
    from careerspolicy.vocabulary import Vocabulary


def predicated(predicate: Predicate, duty: Duty, when: str, vocabulary: Vocabulary) -> Doing:
    """What the owner does; `when` stands where the predicate has a place for it."""
    often = duty.schedule.words if isinstance(duty.schedule, Vaguely) else ""
    words = predicate.words.replace(HOW_OFTEN_SLOT, often).replace(WHEN_SLOT, when)
    words = words.replace(PUPILS_SLOT, pupils(duty.population, vocabulary))
    words = words.replace(EVERY_PUPIL_SLOT, whom(duty.population, vocabulary))
    if predicate.clause:
        return Doing("make", f"sure that {words}")
    verb, _, rest = words.partition(" ")
    if verb != "not":
        return Doing(verb, rest)
    verb, _, rest = rest.partition(" ")
    return Doing(verb, rest, negated=True)


def places_time(predicate: Predicate) -> bool:
    """Whether a predicate says itself where its time stands."""
    return WHEN_SLOT in predicate.words or HOW_OFTEN_SLOT in predicate.words
