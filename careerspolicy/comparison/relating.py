"""Which of two promises asks more, and which of two policies does on a topic.

What says the same is equal without more ado; what no record measures is left to its readers; of the
rest the solver decides, where it is installed. On a topic one policy asks at least as much as
another if what it promises brings each of the other's promises; where that leaves a doubt, the
answer is undecided and says so.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.comparison.promises import Part, attested, same, shape
from careerspolicy.errors import MissingExtra
from careerspolicy.model.duty import Around
from careerspolicy.solver.doubts import Cause, Doubt, because
from careerspolicy.solver.implications import STANDINGS, Implication, Implied
from careerspolicy.solver.promises import undecidable
from careerspolicy.solver.relations import Standing, relation
from careerspolicy.solver.solving import search
from careerspolicy.solver.witnesses import witness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from careerspolicy.comparison.counterparts import Row
    from careerspolicy.solver.promises import Promise
    from careerspolicy.solver.witnesses import Witness

_TURNED: Final = {Standing.STRICTER: Standing.WEAKER, Standing.WEAKER: Standing.STRICTER}


@attrs.frozen(kw_only=True)
class Related:
    """How what `left` asks stands to what `right` asks, strength apart; both are policies' names.

    `silent` names the policies that promise nothing; `doubt` is why it is undecided. `witnesses`
    hold made-up facts that meet what one asks and miss what the other asks.
    """

    left: str
    right: str
    kind: Standing
    doubt: Doubt | None = None
    silent: tuple[str, ...] = ()
    witnesses: tuple[Witness, ...] = ()

    @property
    def why(self) -> str:
        """Why it is undecided, in words."""
        return because(self.doubt)

    @property
    def turned(self) -> Related:
        """The same relation, told from the other side."""
        kind = _TURNED.get(self.kind, self.kind)
        return attrs.evolve(self, left=self.right, right=self.left, kind=kind)


def relate_row(row: Row) -> tuple[Related, ...]:
    """How every two promises of a row stand to each other."""
    return tuple(
        related((left, row[left]), (right, row[right])) for left, right in combinations(row, 2)
    )


def related(left: tuple[str, Promise], right: tuple[str, Promise]) -> Related:
    """How one policy's promise stands to another's."""
    (name, one), (other_name, other) = left, right
    named = Related(left=name, right=other_name, kind=Standing.EQUAL)
    if same(one, other):
        return named
    if wider := _about_more(one, other):
        return attrs.evolve(named, kind=wider)
    try:
        found = relation(one, other)
    except MissingExtra as error:
        return attrs.evolve(named, kind=Standing.UNDECIDED, doubt=_unsolved(error))
    return attrs.evolve(named, kind=found.kind, doubt=found.doubt, witnesses=found.witnesses)


def relate_topic(
    left: tuple[str, Sequence[Promise]],
    right: tuple[str, Sequence[Promise]],
    known: Mapping[tuple[str, str], Related],
) -> Related:
    """How all that one policy asks on a topic stands to all that another asks, strength apart.

    `known` holds the relations of the two's counterparts by their obligations' ids.
    """
    (name, made), (other_name, other_made) = left, right
    named = Related(left=name, right=other_name, kind=Standing.UNDECIDED)
    if silent := tuple(policy for policy, promises in (left, right) if not promises):
        return attrs.evolve(named, kind=Standing.SILENT, silent=silent)
    turned = {(other, one): found.turned for (one, other), found in known.items()}
    both = _all_brought(made, other_made, known), _all_brought(other_made, made, turned)
    witnesses = tuple(one.witness for one in both if one.witness)
    kind = STANDINGS.get((both[0].kind, both[1].kind), Standing.UNDECIDED)
    doubt = both[0].doubt or both[1].doubt if kind is Standing.UNDECIDED else None
    return attrs.evolve(named, kind=kind, doubt=doubt, witnesses=witnesses)


def _about_more(one: Promise, other: Promise) -> Standing | None:
    """Which of two attested promises asks more, where only the pupils they are about tell.

    None where anything else does, or where neither is about all the other's pupils.
    """
    if not (attested(one.duty) and attested(other.duty)):
        return None
    ours, theirs = shape(one), shape(other)
    differ = [part for part in (Part.WHAT, Part.WHEN, Part.HOW_OFTEN) if ours[part] != theirs[part]]
    left, right = one.duty.population, other.duty.population
    alike = attrs.evolve(left, years=()) == attrs.evolve(right, years=())
    if differ or not alike or set(one.obligation.to) != set(other.obligation.to):
        return None
    if _holds(left.years, right.years):
        return Standing.STRICTER
    return Standing.WEAKER if _holds(right.years, left.years) else None


def _holds(years: Sequence[int], others: Sequence[int]) -> bool:
    """Whether some year groups hold others; none said are all of them."""
    return not years or (bool(others) and set(years) >= set(others))


def _all_brought(
    made: Sequence[Promise], others: Sequence[Promise], known: Mapping[tuple[str, str], Related]
) -> Implication:
    """Whether the promises bring every one of the others: no, if they surely don't bring one."""
    told = []
    for other in others:
        brought = _brought(made, other, known)
        if brought.kind is Implied.NO:
            return brought
        told.append(brought)
    return next((one for one in told if one.kind is Implied.UNDECIDED), told[0])


def _brought(
    made: Sequence[Promise], other: Promise, known: Mapping[tuple[str, str], Related]
) -> Implication:
    yes = Implication(promise=other, kind=Implied.YES)
    if any(same(one, other) for one in made):
        return yes
    found = [known.get((one.obligation.id, other.obligation.id)) for one in made]
    if any(one and one.kind in (Standing.EQUAL, Standing.STRICTER) for one in found):
        return yes
    if doubt := undecidable(other):
        return _doubtful(other, doubt)
    measured = [one for one in made if not undecidable(one)]
    near = [one for one in measured if set(_kinds(one)) & set(_kinds(other))]
    if not near and not other.duty.bound.at_least:
        return _doubtful(other, Doubt(Cause.NO_FLOOR, other))
    if not near:  # whoever has none of its records misses what asks for any
        return attrs.evolve(yes, kind=Implied.NO, witness=_searched(measured, other).witness)
    if len(near) == 1 and (told := known.get((near[0].obligation.id, other.obligation.id))):
        if told.kind is Standing.UNDECIDED:
            return attrs.evolve(yes, kind=Implied.UNDECIDED, doubt=told.doubt)
        shown = (one for one in told.witnesses if one.misses.obligation == other.obligation)
        return attrs.evolve(yes, kind=Implied.NO, witness=next(shown, None))
    return _searched(near, other)


def _kinds(promise: Promise) -> Iterator[str]:
    """The kinds of record that a promise hangs on: no other kind can meet it or miss it."""
    yield promise.duty.records.kind
    if isinstance(promise.duty.schedule, Around):
        yield promise.duty.schedule.event
    if promise.first is not None:
        yield from _kinds(promise.first)


def _searched(made: Sequence[Promise], other: Promise) -> Implication:
    try:
        answer = search(made, other)
    except MissingExtra as error:
        return _doubtful(other, _unsolved(error))
    if answer.example is not None:
        return Implication(promise=other, kind=Implied.NO, witness=witness(answer.example))
    if answer.doubt:
        return _doubtful(other, answer.doubt)
    return Implication(promise=other, kind=Implied.YES)


def _doubtful(promise: Promise, doubt: Doubt) -> Implication:
    return Implication(promise=promise, kind=Implied.UNDECIDED, doubt=doubt)


def _unsolved(error: MissingExtra) -> Doubt:
    return Doubt(Cause.NO_SOLVER, words=str(error))
