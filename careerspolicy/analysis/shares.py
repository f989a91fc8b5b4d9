"""Promises of a percentage of a school's pupils: what follows of them from what each pupil has.

All who meet one promise meet what it brings; so a share is weighed by itself only where the rest
of two promises is the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.analysis import replay
from careerspolicy.analysis.promises import Promise
from careerspolicy.analysis.solving import PATIENCE, Answer, search

if TYPE_CHECKING:
    from careerspolicy.analysis.solving import Example
    from careerspolicy.facts import Facts, Pupil, Record

_EVERYBODY: Final = 100.0
_MOST_PUPILS: Final = 200


def brings(one: Promise, other: Promise, *, patience: int = PATIENCE) -> Answer:
    """A history that meets one promise and misses another, shares minded; or that there is none."""
    if _share(one) == _EVERYBODY:
        return search((one,), other, patience=patience)
    alike = _alike(one, other)
    if alike and _share(one) >= _share(other):
        return Answer()
    answer = Answer() if alike else search((one,), other, patience=patience)
    if not answer.none:
        return answer
    example = _between(one, other, patience) if _share(one) < _share(other) else None
    why = f"{one.name} is of a share of the pupils, and no school shows how it differs"
    return Answer(example=example, why="" if example else why)


def _share(promise: Promise) -> float:
    share = promise.duty.population.share
    return _EVERYBODY if share is None else share


def _alike(one: Promise, other: Promise) -> bool:
    """Whether two promises differ in nothing but their share."""
    readings = one.policy.readings == other.policy.readings
    return readings and not one.duty.further_to and _of_each(one) == _of_each(other)


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
    facts = _together(having.facts, with_it, lacking.facts, of - with_it)
    example = attrs.evolve(having, met=(one,), missed=other, facts=facts, asked=having.as_of)
    agreed = replay.meets(one, facts, example.as_of, example.setting.since)
    return example if agreed and replay.misses(other, facts, example.as_of) else None


def _one_more(promise: Promise) -> Promise:
    """The promise, of one more: what just meets it misses this."""
    bound = promise.duty.bound
    more = attrs.evolve(bound, at_least=(bound.at_least or 0) + 1, at_most=None)
    obligation = attrs.evolve(promise.obligation, duty=attrs.evolve(promise.duty, bound=more))
    return Promise(promise.policy, obligation)


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
