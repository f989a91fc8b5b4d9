"""Where each obligation of a merged policy came from, and why it was taken: its `taken_from`.

Between choosing and merging.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from careerspolicy.comparison.merging.choice import Stands
from careerspolicy.comparison.merging.sameness import Mode, lasts
from careerspolicy.english.wording import listing
from careerspolicy.model.policy import PromiseOf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from careerspolicy.comparison.merging.choice import Candidate, Taken
    from careerspolicy.solver.promises import Promise


def told_of(taken: Taken, ids: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    """The `taken_from` of an obligation; `ids` are those of the merged file."""
    one = taken.candidate
    said = {
        "policy": one.policy,
        "obligation": one.promise.obligation.id,
        **{slot: _listed(found) for slot, found in _others(taken).items() if found},
        "why": " ".join(_why(taken, ids)),
    }
    return {slot: told for slot, told in said.items() if told}


def _others(taken: Taken) -> dict[str, list[PromiseOf]]:
    """Other inputs' promises by how this one stands to them; each of them once."""
    by = {
        stands: [_of(c.policy, c.promise) for c, told in taken.against if told.stands is stands]
        for stands in Stands
    }
    held = taken.candidate.held
    same = [_of(one.policy, one.promises[0]) for one in held if one.same]
    more = [_of(one.policy, one.promises[0]) for one in held if not one.same and one.alone]
    equal = [*by[Stands.EQUAL], *same]
    return {
        "equal_to": list(dict.fromkeys(equal)),
        "stricter_than": by[Stands.STRICTER],
        "weaker_than": [
            one for one in dict.fromkeys((*by[Stands.WEAKER], *more)) if one not in equal
        ],
        "incomparable_with": by[Stands.INCOMPARABLE],
    }


def _of(policy: str, promise: Promise) -> PromiseOf:
    return PromiseOf(policy, promise.obligation.id)


def _listed(found: Iterable[PromiseOf]) -> list[dict[str, str]]:
    return [{"policy": one.policy, "obligation": one.obligation} for one in found]


def _why(taken: Taken, ids: Mapping[tuple[str, str], str]) -> Iterator[str]:
    one = taken.candidate
    own = Mode.of(one.promise.obligation)
    if taken.needed_by is not None:
        further = taken.needed_by
        name = ids[further.policy, further.promise.obligation.id]
        yield f"Kept only because {name} is further to it."
    if one.mode != own:
        yield f"Put as {one.mode}, in which every input holds it; {one.policy} says {own}."
    for held in one.held:
        if not held.alone:
            together = listing(promise.obligation.id for promise in held.promises)
            yield f"{held.policy} brings it with {together} together."
    gave_way = {_of(other.policy, other.promise) for other in taken.gave_way}
    for other, told in taken.against:
        yield from _why_against(
            one, other, told.stands, gone=_of(other.policy, other.promise) in gave_way
        )
        if told.why and told.stands is Stands.UNDECIDED:
            yield f"Not decided against {_of(other.policy, other.promise)}: {told.why}."


def _why_against(one: Candidate, other: Candidate, stands: Stands, *, gone: bool) -> Iterator[str]:
    """What else is to be known of another promise, beside how what it asks stands to this one's."""
    name = _of(other.policy, other.promise)
    if stands is Stands.EQUAL and one.promise.obligation.who != other.promise.obligation.who:
        owed = listing(other.promise.obligation.who)
        yield f"{name} is owed by the {owed}."
    if gone and one.mode != other.mode:
        yield f"{name} binds less: {other.mode}."
    if not gone and stands in (Stands.EQUAL, Stands.WEAKER):
        yield from _why_beside(one, other, name)


def _why_beside(one: Candidate, other: Candidate, name: PromiseOf) -> Iterator[str]:
    """Why a promise stays although another that is taken asks as much."""
    if not other.mode.binds_as(one.mode):
        yield f"Kept beside {name}, which asks as much or more and binds otherwise: {other.mode}."
    elif not lasts(other.promise.obligation.in_force, one.promise.obligation.in_force):
        yield f"Kept beside {name}, which asks as much or more and is not in force as long."
