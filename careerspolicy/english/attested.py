"""Promises that no record measures: what their owner does, as the policy file says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from careerspolicy.english.doings import Doing
from careerspolicy.english.people import pupils
from careerspolicy.model.duty import HOW_OFTEN_SLOT, PUPILS_SLOT, Vaguely

if TYPE_CHECKING:
    from careerspolicy.model.duty import Duty, Predicate
    from careerspolicy.vocabulary import Vocabulary


def attested_doing(predicate: Predicate, duty: Duty, vocabulary: Vocabulary) -> Doing:
    """What the owner does, with the policy's words for how often where they have a place."""
    often = duty.schedule.words if isinstance(duty.schedule, Vaguely) else ""
    words = predicate.words.replace(HOW_OFTEN_SLOT, often)
    words = words.replace(PUPILS_SLOT, pupils(duty.population, vocabulary))
    if predicate.clause:
        return Doing("make", f"sure that {words}")
    verb, _, rest = words.partition(" ")
    if verb != "not":
        return Doing(verb, rest)
    verb, _, rest = rest.partition(" ")
    return Doing(verb, rest, negated=True)


def places_how_often(duty: Duty) -> bool:
    """Whether a predicate says itself where the words for how often stand."""
    return duty.predicate is not None and HOW_OFTEN_SLOT in duty.predicate.words
