"""Where each obligation of a merged policy came from, and why it was taken: its `taken_from`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from careerspolicy.comparison.merging.proving import Mode
from careerspolicy.comparison.promises import lasts
from careerspolicy.english.answers import undecided_clause
from careerspolicy.english.wording import listing
from careerspolicy.model.policy import PromiseOf
from careerspolicy.solver.relations import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from careerspolicy.comparison.merging.choosing import Against, Candidate, Held, Taken


def told_of(taken: Taken, ids: Mapping[PromiseOf, str]) -> dict[str, Any]:
    """The `taken_from` of an obligation; `ids` are those of the merged file."""
    of = taken.candidate.of
    slots = {
        "policy": of.policy,
        "obligation": of.obligation,
        **{slot: _listed(promises) for slot, promises in _others(taken).items()},
        "why": " ".join(_why(taken, ids)),
    }
    return {slot: value for slot, value in slots.items() if value}


def _others(taken: Taken) -> dict[str, list[PromiseOf]]:
    """Other inputs' promises by how this one stands to them; each of them once."""

    def standing(wanted: Standing) -> list[PromiseOf]:
        return [against.other.of for against in taken.against if against.standing is wanted]

    held = taken.candidate.held
    same = [_first(bringing) for bringing in held if bringing.same]
    alone = [
        _first(bringing) for bringing in held if not bringing.same and len(bringing.promises) == 1
    ]
    equal = [*dict.fromkeys((*standing(Standing.EQUAL), *same))]
    weaker = dict.fromkeys((*standing(Standing.WEAKER), *alone))
    return {
        "equal_to": equal,
        "stricter_than": standing(Standing.STRICTER),
        "weaker_than": [promise for promise in weaker if promise not in equal],
        "incomparable_with": standing(Standing.INCOMPARABLE),
    }


def _first(held: Held) -> PromiseOf:
    promise = held.promises[0]
    return PromiseOf(promise.policy.id, promise.obligation.id)


def _listed(promises: Iterable[PromiseOf]) -> list[dict[str, str]]:
    return [{"policy": promise.policy, "obligation": promise.obligation} for promise in promises]


def _why(taken: Taken, ids: Mapping[PromiseOf, str]) -> Iterator[str]:
    candidate = taken.candidate
    own = Mode.of(candidate.promise.obligation)
    if taken.needed_by is not None:
        yield f"Kept only because {ids[taken.needed_by.of]} is further to it."
    if candidate.mode != own:
        put = f"Put as {candidate.mode}, in which every input holds it"
        yield f"{put}; {candidate.of.policy} says {own}."
    for held in candidate.held:
        if len(held.promises) > 1:
            together = listing(promise.obligation.id for promise in held.promises)
            yield f"{held.promises[0].policy.id} brings it with {together} together."
    for against in taken.against:
        yield from _why_against(candidate, against, gone=against.other in taken.gave_way)


def _why_against(candidate: Candidate, against: Against, *, gone: bool) -> Iterator[str]:
    """What else is to be known of another promise, beside how what it asks stands to this one's."""
    other, name = against.other, against.other.of
    mine, theirs = candidate.promise.obligation, other.promise.obligation
    if against.standing is Standing.EQUAL and mine.who != theirs.who:
        yield f"{name} is owed by the {listing(theirs.who)}."
    if gone and candidate.mode != other.mode:
        yield f"{name} binds less: {other.mode}."
    elif not gone and against.standing in (Standing.EQUAL, Standing.WEAKER):
        beside = f"Kept beside {name}, which asks as much or more and"
        if not other.mode.binds_as(candidate.mode):
            yield f"{beside} binds otherwise: {other.mode}."
        elif not lasts(theirs.in_force, mine.in_force):
            yield f"{beside} is not in force as long."
    if against.doubt and against.standing is Standing.UNDECIDED:
        yield f"Not decided against {name}: {undecided_clause(against.doubt)}."
