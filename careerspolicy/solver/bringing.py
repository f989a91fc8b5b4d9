"""Whether one promise brings another: read off the two, searched for, or by shares of pupils.

With the same windows for the same people or fewer, as much or less of the same records or more:
whatever meets the one meets the other, since every floor is only the sooner reached. It is not so
of what repeats: a record that counts for the other alone sets the time going for it alone.

All who meet one promise meet what it brings; so a promise of a percentage of a school's pupils is
weighed by itself only where the rest of two promises is the same.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.model.duty import Bound, DatePoint, Every, Once
from careerspolicy.solver import replay
from careerspolicy.solver.doubts import Cause, Doubt
from careerspolicy.solver.promises import Promise, points
from careerspolicy.solver.solving import PATIENCE, Answer, search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.model.duty import Condition
    from careerspolicy.model.facts import Facts, Pupil, Record
    from careerspolicy.solver.solving import Example

_EVERYBODY: Final = 100.0
_MOST_PUPILS: Final = 200


def brings(one: Promise, other: Promise, *, patience: int = PATIENCE) -> Answer:
    """A history that meets one promise and misses another, shares minded; or that there is none."""
    if evident(one, other):
        return Answer()
    if _share(one) == _EVERYBODY:
        return search((one,), other, patience=patience)
    answer = Answer() if _alike(one, other) else search((one,), other, patience=patience)
    same = _of_the_same(one, other)
    if not answer.none or (same and _share(one) >= _share(other)):
        return answer
    example = _between(one, other, patience) if same else _beside(one, other, patience)
    return Answer(example=example, doubt=None if example else Doubt(Cause.OF_A_SHARE, one))


def _share(promise: Promise) -> float:
    share = promise.duty.population.share
    return _EVERYBODY if share is None else share


def _alike(one: Promise, other: Promise) -> bool:
    """Whether two promises differ in nothing but their share."""
    readings = one.policy.readings == other.policy.readings
    return readings and not one.duty.further_to and _of_each(one) == _of_each(other)


def _of_the_same(one: Promise, other: Promise) -> bool:
    """Whether two promises are of the same pupils, and each time of the same ones together.

    Those are added up whose time ends in the same school year: by a point of their lives a year
    group, by a date of the calendar the whole school.
    """
    ours, theirs = (attrs.evolve(each.duty.population, share=None) for each in (one, other))
    by_lives = all(
        isinstance(each.duty.schedule, Once)
        and not any(isinstance(point, DatePoint) for point in points(each))
        for each in (one, other)
    )
    together = by_lives or one.duty.schedule == other.duty.schedule
    return ours == theirs and one.policy.readings == other.policy.readings and together


def _of_each(promise: Promise) -> object:
    population = attrs.evolve(promise.duty.population, share=None)
    return attrs.evolve(promise.duty, population=population)


def _between(one: Promise, other: Promise, patience: int) -> Example | None:
    """A school at which enough have it for one share, and too few for the other."""
    lacking = search((), other, patience=patience).example
    having = search((one,), _one_more(one), patience=patience).example
    if lacking is None or having is None or one.duty.population.subject != "pupil":
        return None
    with_it, of = next(
        (some, all_)
        for all_ in range(1, _MOST_PUPILS)
        for some in range(all_)
        if _share(one) * all_ <= _EVERYBODY * some < _share(other) * all_
    )
    return _of_a_school(one, other, (having, with_it), (lacking, of - with_it))


def _beside(one: Promise, other: Promise, patience: int) -> Example | None:
    """A school at which enough have the one, none of whom the other is for, and somebody lacks it.

    What is at least one and at most none is met by those alone whom it isn't for.
    """
    if one.duty.population.subject != "pupil" or other.duty.population.subject != "pupil":
        return None
    lacking = search((), other, patience=patience).example
    not_for = _with_bound(other, Bound(at_least=1, at_most=0))
    having = search((one, not_for), _one_more(one), patience=patience).example
    if lacking is None or having is None:
        return None
    many = next(some for some in count(1) if _share(one) * (some + 1) <= _EVERYBODY * some)
    return _of_a_school(one, other, (having, many), (lacking, 1))


def _of_a_school(
    one: Promise, other: Promise, having: tuple[Example, int], lacking: tuple[Example, int]
) -> Example | None:
    """Pupils like one and like another at a school, if they meet one share and miss the other."""
    facts = _together(having[0].facts, having[1], lacking[0].facts, lacking[1])
    example = attrs.evolve(having[0], met=(one,), missed=other, facts=facts, asked=having[0].as_of)
    agreed = replay.meets(one, facts, example.as_of, example.setting.since)
    return example if agreed and replay.misses(other, facts, example.as_of) else None


def _one_more(promise: Promise) -> Promise:
    """The promise, of one more: what just meets it misses this."""
    return _with_bound(promise, Bound(at_least=(promise.duty.bound.at_least or 0) + 1))


def _with_bound(promise: Promise, bound: Bound) -> Promise:
    duty = attrs.evolve(promise.duty, bound=bound)
    return Promise(promise.policy, attrs.evolve(promise.obligation, duty=duty))


def _together(having: Facts, some: int, lacking: Facts, others: int) -> Facts:
    """One school with so many pupils like one, and so many like another."""
    told = [*[having] * some, *[lacking] * others]
    pupils: list[Pupil] = []
    records: list[Record] = []
    for number, facts in enumerate(told, start=1):
        pupils.append(attrs.evolve(facts.pupils[0], id=f"P{number}"))
        records += [
            attrs.evolve(one, id=f"{one.id}-{number}", owner=f"P{number}") for one in facts.records
        ]
    return attrs.evolve(having, pupils=tuple(pupils), records=tuple(records))


def evident(one: Promise, other: Promise) -> bool:
    """Whether a promise plainly brings another; that it doesn't tells nothing."""
    ours, theirs = one.duty, other.duty
    told = ours.further_to or theirs.further_to or theirs.bound.at_most is not None
    if (
        told
        or _hangs_on_others(one, other)
        or one.policy.readings != other.policy.readings
        or not _same_things(one, other)
    ):
        return False
    alike = (ours.schedule, ours.measure) == (theirs.schedule, theirs.measure)
    enough = (ours.bound.at_least or 0) >= (theirs.bound.at_least or 0)
    return alike and enough and _for_those(one, other) and _of_those(one, other)


def _hangs_on_others(one: Promise, other: Promise) -> bool:
    """Whether what repeats counts from other records: one more calls for another sooner."""
    return isinstance(one.duty.schedule, Every) and one.duty.records != other.duty.records


def _same_things(one: Promise, other: Promise) -> bool:
    """Whether both policies mean the same by what is counted and by whom it is for."""
    duty = one.duty
    names = {duty.records.kind, "pupil", "school", duty.population.subject}
    kinds = one.policy.vocabulary.kinds, other.policy.vocabulary.kinds
    return all(kinds[0].get(name) == kinds[1].get(name) for name in names)


def _for_those(one: Promise, other: Promise) -> bool:
    """Whether the one is for all whom the other is for; of a share, for the very same."""
    ours, theirs = one.duty.population, other.duty.population
    if ours == theirs:
        return True
    both_all = ours.share is None and theirs.share is None
    narrowed = attrs.evolve(theirs, where=ours.where, school=ours.school)
    wider = _passes(theirs.where, ours.where) and _passes(theirs.school, ours.school)
    return both_all and ours == narrowed and wider


def _of_those(one: Promise, other: Promise) -> bool:
    """Whether every record that counts for the one counts for the other."""
    ours, theirs = one.duty.records, other.duty.records
    had = theirs.offered or not ours.offered
    return ours.kind == theirs.kind and had and _passes(ours.where, theirs.where)


def _passes(tests: Sequence[Condition], wanted: Sequence[Condition]) -> bool:
    """Whether what passes some tests passes all that are wanted."""
    return all(any(_tighter(test, one) for test in tests) for one in wanted)


def _tighter(test: Condition, wanted: Condition) -> bool:
    if test == wanted:
        return True
    if test.one_of is None or wanted.one_of is None:
        return False
    return attrs.evolve(test, one_of=wanted.one_of) == wanted and test.one_of <= wanted.one_of
