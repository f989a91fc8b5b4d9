"""Where one promise brings another for a reason that can be read off the two: no solver is asked.

With the same windows for the same people or fewer, as much or less of the same records or more:
whatever meets the one meets the other, since every floor is only the sooner reached. It is not so
of what repeats: a record that counts for the other alone sets the time going for it alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from careerspolicy.model.duty import Every

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.model.duty import Condition
    from careerspolicy.solver.promises import Promise


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
