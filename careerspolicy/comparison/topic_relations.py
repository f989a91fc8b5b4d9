"""Which of two policies asks more on a topic: all that one promises against all the other does.

After relating, whose answers on counterparts it starts from. One policy asks at least as much as
another if what it promises brings each of the other's promises. What no record measures is brought
only by what says the same; where that leaves a doubt, the answer is undecided and says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.comparison.relating import Kind, Related, same
from careerspolicy.english.answers import undecided_clause
from careerspolicy.errors import MissingExtra
from careerspolicy.model.schedule import Around
from careerspolicy.solver.promises import undecidable
from careerspolicy.solver.solving import search

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from careerspolicy.solver.promises import Promise
    from careerspolicy.solver.witnesses import Witness

_KINDS: Final = {
    (True, True): Kind.EQUAL,
    (True, False): Kind.STRICTER,
    (False, True): Kind.WEAKER,
    (False, False): Kind.INCOMPARABLE,
}
_TURNED: Final = {Kind.STRICTER: Kind.WEAKER, Kind.WEAKER: Kind.STRICTER}


@attrs.frozen(kw_only=True)
class _Brought:
    """Whether some promises bring another: yes; no, with a witness if one was found; or why not."""

    brought: bool | None
    witness: Witness | None = None
    why: str = ""


def relate_topic(
    left: tuple[str, Sequence[Promise]],
    right: tuple[str, Sequence[Promise]],
    known: Mapping[tuple[str, str], Related],
) -> Related:
    """How all that one policy asks on a topic stands to all that another asks, strength apart.

    `known` holds the relations of the two's counterparts by their obligations' ids.
    """
    (name, made), (other_name, other_made) = left, right
    silent = [told for told, promises in (left, right) if not promises]
    if silent:
        told = " and ".join(silent)
        return Related(left=name, right=other_name, kind=Kind.SILENT, silent=told)
    turned = {(one, other): _turned(found) for (other, one), found in known.items()}
    forth = _all_brought(made, other_made, known)
    back = _all_brought(other_made, made, turned)
    decided = forth.brought is not None and back.brought is not None
    return Related(
        left=name,
        right=other_name,
        kind=_KINDS[bool(forth.brought), bool(back.brought)] if decided else Kind.UNDECIDED,
        why="" if decided else forth.why or back.why,
        witnesses=tuple(one.witness for one in (forth, back) if one.witness),
    )


def _turned(related: Related) -> Related:
    """The same relation, told from the other side."""
    return attrs.evolve(
        related,
        left=related.right,
        right=related.left,
        kind=_TURNED.get(related.kind, related.kind),
    )


def _all_brought(
    made: Sequence[Promise], others: Sequence[Promise], known: Mapping[tuple[str, str], Related]
) -> _Brought:
    """Whether the promises bring every one of the others: no, if they surely don't bring one."""
    told = []
    for other in others:
        one = _brought(made, other, known)
        if one.brought is False:
            return one
        told.append(one)
    return next((one for one in told if one.brought is None), _Brought(brought=True))


def _brought(
    made: Sequence[Promise], other: Promise, known: Mapping[tuple[str, str], Related]
) -> _Brought:
    if any(same(one, other) for one in made):
        return _Brought(brought=True)
    found = [known.get((one.obligation.id, other.obligation.id)) for one in made]
    if any(one and one.kind in (Kind.EQUAL, Kind.STRICTER) for one in found):
        return _Brought(brought=True)
    if why := undecidable(other):
        return _Brought(brought=None, why=undecided_clause(why))
    near = [one for one in made if not undecidable(one) and _kinds(one) & _kinds(other)]
    if not near:
        return _unanswered([one for one in made if not undecidable(one)], other)
    if len(near) == 1 and (related := known.get((near[0].obligation.id, other.obligation.id))):
        return _by_counterpart(related, other)
    return _searched(near, other)


def _unanswered(made: Sequence[Promise], other: Promise) -> _Brought:
    """Nothing made is about the same records: whoever has none of them misses what asks for any."""
    if not other.duty.bound.at_least:
        return _Brought(brought=None, why=f"{other.name} asks for no number of records at least")
    return _Brought(brought=False, witness=_searched(made, other).witness)


def _kinds(promise: Promise) -> set[str]:
    """The kinds of record that a promise hangs on: no other kind can meet it or miss it."""
    return set(_kinds_named(promise))


def _kinds_named(promise: Promise) -> Iterator[str]:
    yield promise.duty.records.kind
    if isinstance(promise.duty.schedule, Around):
        yield promise.duty.schedule.event
    if promise.first is not None:
        yield from _kinds_named(promise.first)


def _by_counterpart(related: Related, other: Promise) -> _Brought:
    """What is known already of the one promise that could bring another."""
    if related.kind is Kind.UNDECIDED:
        return _Brought(brought=None, why=related.why)
    shown = (one for one in related.witnesses if one.misses.obligation == other.obligation)
    return _Brought(brought=False, witness=next(shown, None))


def _searched(made: Sequence[Promise], other: Promise) -> _Brought:
    try:
        answer = search(made, other)
    except MissingExtra as error:
        return _Brought(brought=None, why=str(error))
    if answer.example is not None:
        return _Brought(brought=False, witness=answer.example.bare())
    return _Brought(brought=True if answer.none else None, why=undecided_clause(answer.why))
