"""Which of two promises asks more, and which of two policies does on a topic.

What says the same is equal without more ado; what no record measures is left to its readers; of the
rest the solver decides, where it is installed. On a topic one policy asks at least as much as
another if what it promises brings each of the other's promises; where that leaves a doubt, the
answer is undecided and says so.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import attrs

from careerspolicy.comparison.promises import Part, attested, same, shape
from careerspolicy.english.answers import undecided_clause
from careerspolicy.errors import MissingExtra
from careerspolicy.solver.promises import Code, Undecided, undecidable
from careerspolicy.solver.relations import (
    STANDINGS,
    Implication,
    Implied,
    Standing,
    implied_by,
    relation,
)
from careerspolicy.solver.solving import search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.comparison.counterparts import Row
    from careerspolicy.solver.promises import Promise
    from careerspolicy.solver.witnesses import Witness


@attrs.frozen(kw_only=True)
class Related:
    """How what `left` asks stands to what `right` asks, strength apart; both are policies' names.

    `silent` names the policies that promise nothing; `doubt` is why it is undecided. `witnesses`
    hold made-up facts that meet what one asks and miss what the other asks.
    """

    left: str
    right: str
    kind: Standing
    doubt: Undecided | None = None
    silent: tuple[str, ...] = ()
    witnesses: tuple[Witness, ...] = ()

    @property
    def why(self) -> str:
        """Why it is undecided, in words."""
        return undecided_clause(self.doubt)


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
        answer = relation(one, other)
    except MissingExtra as error:
        return attrs.evolve(named, kind=Standing.UNDECIDED, doubt=_unsolved(error))
    return attrs.evolve(named, kind=answer.kind, doubt=answer.why, witnesses=answer.witnesses)


def relate_topic(
    left: tuple[str, Sequence[Promise]], right: tuple[str, Sequence[Promise]]
) -> Related:
    """How all that one policy asks on a topic stands to all that another asks, strength apart."""
    (name, made), (other_name, other_made) = left, right
    named = Related(left=name, right=other_name, kind=Standing.UNDECIDED)
    if silent := tuple(policy for policy, promises in (left, right) if not promises):
        return attrs.evolve(named, kind=Standing.SILENT, silent=silent)
    try:
        both = _all_brought(made, other_made), _all_brought(other_made, made)
    except MissingExtra as error:
        return attrs.evolve(named, doubt=_unsolved(error))
    witnesses = tuple(implied.witness for implied in both if implied.witness)
    kind = STANDINGS.get((both[0].holds, both[1].holds), Standing.UNDECIDED)
    doubts = [each.why for each in both if each.why is not None]
    doubt = doubts[0] if doubts and kind is Standing.UNDECIDED else None
    return attrs.evolve(named, kind=kind, doubt=doubt, witnesses=witnesses)


def _all_brought(made: Sequence[Promise], others: Sequence[Promise]) -> Implication:
    """Whether promises bring every one of others: no, if they surely don't bring one."""
    brought = [Implication(promise=others[0], kind=Implied.YES)]
    for other in others:
        if not any(_brings_in_words(promise, other) for promise in made):
            brought.append(implied_by(made, other))
        if brought[-1].kind is Implied.NO:
            return attrs.evolve(brought[-1], witness=_shown(made, brought[-1]))
    return next((implied for implied in brought if implied.kind is Implied.UNDECIDED), brought[0])


def _shown(made: Sequence[Promise], refused: Implication) -> Witness | None:
    """A witness that something isn't brought, which meets what is about other records too."""
    if refused.by:
        return refused.witness
    measured = [promise for promise in made if not undecidable(promise)]
    answer = search(measured, refused.promise)
    return answer.example.bare() if answer.example else refused.witness


def _brings_in_words(one: Promise, other: Promise) -> bool:
    """Whether it can be read off two promises, of any policies, that one brings the other."""
    return same(one, other) or _about_more(one, other) is Standing.STRICTER


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


def _unsolved(error: MissingExtra) -> Undecided:
    return Undecided(Code.NO_SOLVER, words=str(error))
