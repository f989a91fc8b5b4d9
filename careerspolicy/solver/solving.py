"""Whether some promises bring another: read off two of them, searched for, or by shares of pupils.

With the same windows for the same people or fewer, as much or less of the same records or more:
whatever meets the one meets the other, since every floor is only the sooner reached. It is not so
of what repeats from its first record on: one that counts for the other alone begins that alone.

All who meet one promise meet what it brings; so a promise of a percentage of a school's pupils is
weighed by itself only where the rest of two promises is the same.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.model.duty import Bound, exact
from careerspolicy.model.schedule import Every, Once
from careerspolicy.solver.codes import Code
from careerspolicy.solver.promises import EVERYBODY, Promise, Undecided
from careerspolicy.solver.settings import settings
from careerspolicy.solver.slots_needed import slots_needed
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.model.duty import Duty, Matching
    from careerspolicy.model.facts import Facts, Pupil, Record
    from careerspolicy.model.population import Condition
    from careerspolicy.solver.witnesses import Witness

#: How much work the solver may put into one question: about so many milliseconds, but told by its
#: own steps and not by the clock, so that the answer is the same on a busy machine.
PATIENCE: Final = 4000
#: Records, over all the lives looked at for one question, for which room is made.
_MOST_EFFORT: Final = 600
_MOST_PUPILS: Final = 200


@attrs.frozen(kw_only=True)
class Answer:
    """Either an example, or that there is none, or (with `doubt`) that it isn't known."""

    example: Witness | None = None
    doubt: Undecided | None = None

    @property
    def none(self) -> bool:
        """Whether it is certain that there is no example."""
        return self.example is None and self.doubt is None


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
            return Answer(doubt=why or Undecided(Code.TOO_MANY_LIVES))
        if needed.total() or not (doubt and doubt.code is Code.TOO_MANY_RECORDS):
            answer = ask(met, missed, setting, needed, patience=patience, rough=rough)
            if answer.example or (answer.doubt and answer.doubt.code is Code.TOO_LONG):
                return answer
            doubt = answer.doubt or doubt
        why = why or doubt
    return Answer(doubt=why)


def brings(one: Promise, other: Promise, *, patience: int = PATIENCE) -> Answer:
    """A history that meets one promise and misses another, shares minded; or that there is none."""
    if evident(one, other):
        return Answer()
    if one.share == EVERYBODY:
        return search((one,), other, patience=patience)
    ours, theirs = _for_all(one), _for_all(other)
    readings = one.policy.readings == other.policy.readings
    alike = readings and ours == theirs and not ours.further_to
    answer = Answer() if alike else search((one,), other, patience=patience)
    # Those are added up whose time ends in the same school year: by a point of their lives a year
    # group, by a date of the calendar the whole school.
    by_lives = all(isinstance(each.schedule, Once) and not each.dates for each in (one, other))
    together = by_lives or ours.schedule == theirs.schedule
    same = readings and together and ours.population == theirs.population
    if not answer.none or (same and one.share >= other.share):
        return answer
    example = _at_a_school(one, other, patience, same=same)
    return Answer(example=example, doubt=None if example else Undecided(Code.SHARE, (one,)))


def _for_all(promise: Promise) -> Duty:
    """What is owed, as if it were for everybody."""
    population = attrs.evolve(promise.duty.population, share=None)
    return attrs.evolve(promise.duty, population=population)


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
    share, unreached = exact(one.share), exact(other.share) if same else inf
    numbers = (
        (many, of - many)
        for of in range(1, _MOST_PUPILS)
        for many in range(of)
        if share * of <= EVERYBODY * many < unreached * of
    )
    enough, few = next(numbers, (0, 0))
    if lacking is None or having is None or not few:
        return None
    facts = _together([having.facts] * enough + [lacking.facts] * few)
    example = attrs.evolve(having, meets=(one,), misses=other, facts=facts, asked=having.as_of)
    return example if example.holds else None


def _with_bound(promise: Promise, bound: Bound) -> Promise:
    duty = attrs.evolve(promise.duty, bound=bound)
    return Promise(promise.policy, attrs.evolve(promise.obligation, duty=duty))


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
    """Whether a promise plainly brings another; that it doesn't tells nothing.

    It does with as much of the same or less, in the same windows, for all whom the other is for; of
    a share, for the very same.
    """
    ours, theirs = one.duty, other.duty
    if ours.further_to or theirs.further_to:
        return False
    if isinstance(ours.schedule, Every) and theirs.bound.at_most is not None:
        return False
    if isinstance(ours.schedule, Every) and ours.records != theirs.records:
        begun = ours.schedule.start or ours.population.years or ours.population.ages
        if not begun and one.subject in THINGS:
            return False  # where records begin it, one more may call for another sooner
    kinds = [each.policy.vocabulary.kinds for each in (one, other)]
    names = {"pupil", "school", *(kind for kind, _ in one.shelves)}
    whom, whose = ours.population, theirs.population
    narrowed = attrs.evolve(whose, where=whom.where, school=whom.school)
    wider = _passes(whose.where, whom.where) and _passes(whose.school, whom.school)
    return (
        one.policy.readings == other.policy.readings
        and all(kinds[0].get(name) == kinds[1].get(name) for name in names)
        and (ours.schedule, ours.measure) == (theirs.schedule, theirs.measure)
        and (whom == whose or (whom.share is None and whom == narrowed and wider))
        and _as_much(ours, theirs)
    )


def _as_much(ours: Duty, theirs: Duty) -> bool:
    """Whether whatever keeps to one duty's bound in a window keeps to another's.

    A floor is reached by records that all count for the other too; a limit is kept to where all
    that count for the other count here.
    """
    (low, high), (least, most) = (
        (duty.bound.at_least or 0, duty.bound.at_most) for duty in (ours, theirs)
    )
    reached = not least or (low >= least and _among(ours.records, theirs.records))
    kept = most is None or (
        high is not None and high <= most and _among(theirs.records, ours.records)
    )
    return ours.records.kind == theirs.records.kind and reached and kept


def _among(records: Matching, others: Matching) -> bool:
    """Whether the records that count for one count for another."""
    return _passes(records.where, others.where) and (others.offered or not records.offered)


def _passes(tests: Sequence[Condition], wanted: Sequence[Condition]) -> bool:
    """Whether what passes some tests passes all that are wanted."""
    return all(any(_tighter(test, one) for test in tests) for one in wanted)


def _tighter(test: Condition, wanted: Condition) -> bool:
    if test.one_of is None or wanted.one_of is None:
        return test == wanted
    return attrs.evolve(test, one_of=wanted.one_of) == wanted and test.listed <= wanted.listed
