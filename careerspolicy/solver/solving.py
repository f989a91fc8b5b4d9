"""Whether some promises bring another: read off two of them, searched for, or by shares of pupils.

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

from careerspolicy.model.duty import Bound, Every, Once
from careerspolicy.solver.promises import Code, Promise, Undecided
from careerspolicy.solver.settings import settings
from careerspolicy.solver.slots_needed import slots_needed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.model.duty import Condition, Duty, Matching, Population
    from careerspolicy.model.facts import Facts, Pupil, Record
    from careerspolicy.solver.witnesses import Witness

#: How much work the solver may put into one question: about so many milliseconds, but told by its
#: own steps and not by the clock, so that the answer is the same on a busy machine.
PATIENCE: Final = 4000
#: Records, over all the lives looked at for one question, for which room is made.
_MOST_EFFORT: Final = 600
_EVERYBODY: Final = 100.0
_MOST_PUPILS: Final = 200


@attrs.frozen(kw_only=True)
class Answer:
    """Either an example, or that there is none, or (with `why`) that it isn't known."""

    example: Witness | None = None
    why: Undecided | None = None

    @property
    def none(self) -> bool:
        """Whether it is certain that there is no example."""
        return self.example is None and self.why is None


def search(
    met: Sequence[Promise], missed: Promise, *, patience: int = PATIENCE, rough: bool = False
) -> Answer:
    """A history that meets some promises and misses another, the smallest that is found.

    Every setting is looked at in turn, the plainest first. A `rough` example is whatever is found
    first. Raises MissingExtra without the extra "analysis".
    """
    # z3 is an extra, and takes a while to import.
    from careerspolicy.solver.question import ask  # noqa: PLC0415 - see above

    why, effort = None, 0
    for setting in settings((*met, missed)):
        needed, doubt = slots_needed(met, missed, setting)
        effort += 1 + needed.total()
        if effort > _MOST_EFFORT:
            return Answer(why=why or Undecided(Code.TOO_MANY_LIVES))
        if needed.total() or not (doubt and doubt.code is Code.TOO_MANY_RECORDS):
            answer = ask(met, missed, setting, needed, patience=patience, rough=rough)
            if answer.example or (answer.why and answer.why.code is Code.TOO_LONG):
                return answer
            doubt = answer.why or doubt
        why = why or doubt
    return Answer(why=why)


# ---------------------------------------------------------------------------- one and another


def brings(one: Promise, other: Promise, *, patience: int = PATIENCE) -> Answer:
    """A history that meets one promise and misses another, shares minded; or that there is none."""
    if evident(one, other):
        return Answer()
    if _share(one) == _EVERYBODY:
        return search((one,), other, patience=patience)
    same, alike = _of_the_same(one, other), _for_all(one) == _for_all(other)
    alike = alike and one.policy.readings == other.policy.readings and not one.duty.further_to
    answer = Answer() if alike else search((one,), other, patience=patience)
    if not answer.none or (same and _share(one) >= _share(other)):
        return answer
    example = _at_a_school(one, other, patience, same=same)
    return Answer(example=example, why=None if example else Undecided(Code.SHARE, (one,)))


def _share(promise: Promise) -> float:
    share = promise.duty.population.share
    return _EVERYBODY if share is None else share


def _for_all(promise: Promise) -> Duty:
    """What is owed, as if it were for everybody."""
    population = attrs.evolve(promise.duty.population, share=None)
    return attrs.evolve(promise.duty, population=population)


def _of_the_same(one: Promise, other: Promise) -> bool:
    """Whether two promises are of the same pupils, and each time of the same ones together.

    Those are added up whose time ends in the same school year: by a point of their lives a year
    group, by a date of the calendar the whole school.
    """
    by_lives = all(isinstance(each.duty.schedule, Once) and not each.dates for each in (one, other))
    together = by_lives or one.duty.schedule == other.duty.schedule
    same = _for_all(one).population == _for_all(other).population
    return same and one.policy.readings == other.policy.readings and together


def _at_a_school(one: Promise, other: Promise, patience: int, *, same: bool) -> Witness | None:
    """A school at which enough pupils have what one promise asks, and too few what another asks.

    Of the same pupils so many have it that the other's share is not reached. Else none of those who
    have it are such as the other is for, and one more pupil lacks it: what is at least one and at
    most none is met by those alone whom it isn't for.
    """
    if one.subject != "pupil" or (not same and other.subject != "pupil"):
        return None
    not_for = () if same else (_with_bound(other, Bound(at_least=1, at_most=0)),)
    one_more = _with_bound(one, Bound(at_least=(one.duty.bound.at_least or 0) + 1))
    lacking = search((), other, patience=patience).example
    having = search((one, *not_for), one_more, patience=patience).example
    numbers = _numbers(_share(one), _share(other) if same else None)
    if lacking is None or having is None or numbers is None:
        return None
    facts = _together([having.facts] * numbers[0] + [lacking.facts] * numbers[1])
    example = attrs.evolve(having, meets=(one,), misses=other, facts=facts, asked=having.as_of)
    return example if example.holds else None


def _with_bound(promise: Promise, bound: Bound) -> Promise:
    duty = attrs.evolve(promise.duty, bound=bound)
    return Promise(promise.policy, attrs.evolve(promise.obligation, duty=duty))


def _numbers(share: float, not_reached: float | None) -> tuple[int, int] | None:
    """How many pupils have something and how many lack it, if they reach one share and not another.

    With nothing else to be missed, one pupil who lacks it will do.
    """
    if not_reached is None:
        return next((n, 1) for n in count(1) if share * (n + 1) <= _EVERYBODY * n)
    schools = ((n, of) for of in range(1, _MOST_PUPILS) for n in range(of))
    return next(
        ((n, of - n) for n, of in schools if share * of <= _EVERYBODY * n < not_reached * of), None
    )


def _together(lives: Sequence[Facts]) -> Facts:
    """One school with a pupil like each of some, who have numbers of their own."""
    pupils: list[Pupil] = []
    records: list[Record] = []
    for number, facts in enumerate(lives, start=1):
        pupils.append(attrs.evolve(facts.pupils[0], id=f"P{number}"))
        records += [
            attrs.evolve(one, id=f"{one.id}-{number}", owner=f"P{number}") for one in facts.records
        ]
    return attrs.evolve(lives[0], pupils=tuple(pupils), records=tuple(records))


def evident(one: Promise, other: Promise) -> bool:
    """Whether a promise plainly brings another; that it doesn't tells nothing."""
    ours, theirs = one.duty, other.duty
    if ours.further_to or theirs.further_to or theirs.bound.at_most is not None:
        return False
    if isinstance(ours.schedule, Every) and ours.records != theirs.records:
        return False  # what repeats counts from other records: one more calls for another sooner
    if one.policy.readings != other.policy.readings:
        return False
    kinds, their_kinds = one.policy.vocabulary.kinds, other.policy.vocabulary.kinds
    return (
        all(
            kinds.get(name) == their_kinds.get(name)
            for name in ("pupil", "school", *(kind for kind, _ in one.shelves))
        )
        and (ours.schedule, ours.measure) == (theirs.schedule, theirs.measure)
        and (ours.bound.at_least or 0) >= (theirs.bound.at_least or 0)
        and _for_those(ours.population, theirs.population)
        and _of_those(ours.records, theirs.records)
    )


def _for_those(ours: Population, theirs: Population) -> bool:
    """Whether the one is for all whom the other is for; of a share, for the very same."""
    if ours == theirs:
        return True
    narrowed = attrs.evolve(theirs, where=ours.where, school=ours.school)
    wider = _passes(theirs.where, ours.where) and _passes(theirs.school, ours.school)
    return ours.share is None and ours == narrowed and wider


def _of_those(ours: Matching, theirs: Matching) -> bool:
    """Whether every record that counts for the one counts for the other."""
    had = theirs.offered or not ours.offered
    return ours.kind == theirs.kind and had and _passes(ours.where, theirs.where)


def _passes(tests: Sequence[Condition], wanted: Sequence[Condition]) -> bool:
    """Whether what passes some tests passes all that are wanted."""
    return all(any(_tighter(test, one) for test in tests) for one in wanted)


def _tighter(test: Condition, wanted: Condition) -> bool:
    if test.one_of is None or wanted.one_of is None:
        return test == wanted
    return attrs.evolve(test, one_of=wanted.one_of) == wanted and test.one_of <= wanted.one_of
