"""How counterparts stand to each other: where they differ, part by part, and which asks more.

Differences are found in the shape and told in English. Two promises that ask the same in other
words do not differ. Where the phrases for two that do would read alike, what they leave to their
reader ("every school", "at no set time") is added.

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
from careerspolicy.english.answers import undecided_clause
from careerspolicy.english.conditions import being
from careerspolicy.english.sentences import parts
from careerspolicy.english.wording import listing
from careerspolicy.errors import MissingExtra
from careerspolicy.model.duty import Covers, Distinct, Total
from careerspolicy.model.schedule import Always, Around
from careerspolicy.solver.codes import Code
from careerspolicy.solver.promises import Promise, Undecided, undecidable
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
    from collections.abc import Hashable, Sequence

    from careerspolicy.comparison.counterparts import Row
    from careerspolicy.model.population import Population
    from careerspolicy.solver.witnesses import Witness


@attrs.frozen(kw_only=True)
class Saying:
    """What some policies say alike, in the words of the first; `says` is empty for nothing."""

    says: str
    policies: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Difference:
    """One part in which counterparts differ, and who says what there."""

    part: Part
    said: tuple[Saying, ...]


def differences(row: Row) -> tuple[Difference, ...]:
    """In which parts the promises of a row differ, in the order of the parts."""
    shapes = {name: shape(promise) for name, promise in row.items()}
    differing = []
    for part in Part:
        groups: dict[Hashable, list[str]] = {}
        for name, parts_of in shapes.items():
            groups.setdefault(parts_of[part], []).append(name)
        if len(groups) > 1:
            differing.append(Difference(part=part, said=_said(part, row, [*groups.values()])))
    return tuple(differing)


def _said(part: Part, row: Row, groups: Sequence[Sequence[str]]) -> tuple[Saying, ...]:
    """What each group says in a part; more exactly where two would seem to say the same."""
    firsts = [row[names[0]] for names in groups]
    phrases: list[str] = [
        getattr(parts(promise.obligation, promise.policy), part.value) for promise in firsts
    ]
    said = []
    for words, promise, names in zip(phrases, firsts, groups, strict=True):
        vague = phrases.count(words) > 1 or (part is Part.WHOM and not words)
        more = _EXACTLY[part](promise) if vague and part in _EXACTLY else ""
        exact = f"{words} ({more})" if words and more else words or more
        said.append(Saying(says=exact, policies=tuple(names)))
    return tuple(said)


def _whom(promise: Promise) -> str:
    """Of which subject it is asked, and which of them are meant."""
    population = promise.duty.population
    tests = [being(condition, promise.kind("school")) for condition in population.school]
    asked = f"asked of each {population.subject}"
    return f"{asked} ({listing(tests)})" if tests else asked


def _what(promise: Promise) -> str:
    if attested(promise.duty):
        return "known only by attestation"
    measure = promise.duty.measure
    counted = promise.kind(promise.duty.records.kind).plural
    offered = " offered" if promise.duty.records.offered else ""
    if isinstance(measure, Covers):
        return f"all of {listing(measure.values)} among the {counted}{offered}"
    if isinstance(measure, (Distinct, Total)):
        return f"by the {measure.attribute.replace('_', ' ')} of the {counted}{offered}"
    return f"by the number of {counted}{offered}"


def _when(promise: Promise) -> str:
    schedule = promise.duty.schedule
    if isinstance(schedule, Around) and not attested(promise.duty):
        return f"{schedule.side.value} each {schedule.event}"
    if isinstance(schedule, Always) and not attested(promise.duty):
        return "at all times"
    if attested(promise.duty) or not promise.points:
        return "at no set time"
    return f"ages read by the {promise.policy.readings.ages.value}"


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


#: What phrases leave out of some parts of a promise.
_EXACTLY: Final = {Part.WHOM: _whom, Part.WHAT: _what, Part.WHEN: _when}


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
    witnesses = tuple(one.witness for one in both if one.witness)
    kind = STANDINGS.get((both[0].holds, both[1].holds), Standing.UNDECIDED)
    doubt = both[0].doubt or both[1].doubt if kind is Standing.UNDECIDED else None
    return attrs.evolve(named, kind=kind, doubt=doubt, witnesses=witnesses)


def _all_brought(made: Sequence[Promise], others: Sequence[Promise]) -> Implication:
    """Whether promises bring every one of others: no, if they surely don't bring one."""
    brought = [Implication(promise=others[0], kind=Implied.YES)]
    for other in others:
        if not any(_brings_in_words(one, other) for one in made):
            brought.append(implied_by(made, other))
        if brought[-1].kind is Implied.NO:
            return attrs.evolve(brought[-1], witness=_shown(made, brought[-1]))
    return next((one for one in brought if one.kind is Implied.UNDECIDED), brought[0])


def _shown(made: Sequence[Promise], refused: Implication) -> Witness | None:
    """A witness that something isn't brought, which meets what is about other records too."""
    if refused.by:
        return refused.witness
    measured = [one for one in made if not undecidable(one)]
    answer = search(measured, refused.promise)
    return answer.example.bare() if answer.example else refused.witness


def _brings_in_words(one: Promise, other: Promise) -> bool:
    """Whether it can be read off two promises, of any policies, that one brings the other."""
    return same(one, other) or _about_more(one, other) is Standing.STRICTER


def _about_more(one: Promise, other: Promise) -> Standing | None:
    """Which of two attested promises asks more, where only whom they are about tells.

    None where anything else does, or where neither is about all whom the other is about.
    """
    if not (attested(one.duty) and attested(other.duty)):
        return None
    ours, theirs = shape(one), shape(other)
    differ = [part for part in (Part.WHAT, Part.WHEN, Part.HOW_OFTEN) if ours[part] != theirs[part]]
    left, right = one.duty.population, other.duty.population
    plain = [attrs.evolve(each, years=(), where=(), school=(), event=()) for each in (left, right)]
    if differ or plain[0] != plain[1] or set(one.obligation.to) != set(other.obligation.to):
        return None
    if _wider(left, right):
        return Standing.STRICTER
    return Standing.WEAKER if _wider(right, left) else None


def _wider(one: Population, other: Population) -> bool:
    """Whether all whom one population holds are in another's: fewer tests, more year groups."""
    tests = ((one.where, other.where), (one.school, other.school), (one.event, other.event))
    fewer = all({*few} <= {*many} for few, many in tests)
    return fewer and _holds(one.years, other.years)


def _holds(years: Sequence[int], others: Sequence[int]) -> bool:
    """Whether some year groups hold others; none said are all of them."""
    return not years or (bool(others) and set(years) >= set(others))


def _unsolved(error: MissingExtra) -> Undecided:
    return Undecided(Code.NO_SOLVER, words=str(error))
