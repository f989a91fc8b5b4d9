"""Rules on promises that cannot live: nobody can meet them, or miss them, or is held to them.

Decided in made-up lives, each judged by the evaluator. The mend is the nearest change with which
the promise would live.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.cases.mutations import mutants
from careerspolicy.checks.outcomes import measured, missed_by, usual_outcomes
from careerspolicy.checks.rules.obligations import impossible
from careerspolicy.model.policy import Strength
from careerspolicy.model.schedule import AgePoint, Always, Each, YearPoint
from careerspolicy.solver.promises import Promise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from careerspolicy.checks.issues import Fault, PolicyFile
    from careerspolicy.checks.outcomes import Outcomes
    from careerspolicy.model.policy import Obligation

#: The last year group of most schools that have a sixth form.
_LAST_OF_MOST: Final = 13
#: The age at which the first of Year 14 are 18, and reach 19.
_AGE_OF_YEAR_14: Final = 19
_FINER_THAN_A_YEAR: Final = ("term", "half term", "month", "week")


def for_nobody(file: PolicyFile) -> Iterator[Fault]:
    """Nobody is ever asked for it."""
    for promise, found in _lives(file):
        if not found.applies:
            yield _mended(file, promise, "nobody is ever held to it", lambda other: other.applies)


def never_met(file: PolicyFile) -> Iterator[Fault]:
    """Somebody is asked for it, and nobody can do it."""
    for promise, found in _lives(file):
        if found.applies and not found.met and measured(promise, file.policy):
            message = "nobody can ever meet it"
            yield _mended(file, promise, message, lambda other: other.met is not None)


def never_missed(file: PolicyFile) -> Iterator[Fault]:
    """Somebody is asked for it, and nobody can fall short of it."""
    for promise, found in _lives(file):
        binding = measured(promise, file.policy) and promise.strength is not Strength.MAY
        if binding and found.met and not found.missed:
            message = "nobody can ever miss it, whatever is done or left undone"
            yield _mended(file, promise, message, lambda other: other.missed is not None)


def after_year_13(file: PolicyFile) -> Iterator[Fault]:
    """Its time runs on, by an age, after the last year group of most schools."""
    for promise, found in _lives(file):
        if not found.missed or not _names_year_14_by_age(Promise(file.policy, promise)):
            continue
        message = ""
        if not missed_by(promise, file.policy, highest=_LAST_OF_MOST):
            message = "nobody can miss it at a school that ends with Year 13: its time ends later"
        elif isinstance(promise.duty.schedule, Always):
            message = "nobody is held to it after they leave, and its time runs on after Year 13"
        if message:
            mend = "make it earlier, or count it from leaving; let it stand if Year 14 is taught"
            yield file.about(promise, promise.duty.verb.value, message, mend)


def deadline_in_one_period(file: PolicyFile) -> Iterator[Fault]:
    """A day of the year closes periods of which only one in a year holds it."""
    for promise in file.policy.obligations:
        schedule = promise.duty.schedule
        if isinstance(schedule, Each) and schedule.by and schedule.period in _FINER_THAN_A_YEAR:
            period = schedule.period
            message = f"{schedule.by} closes the one {period} that holds it, and no other early"
            mend = "write each: school year, or leave out by:"
            yield file.about(promise, promise.duty.verb.value, message, mend)


def _lives(file: PolicyFile) -> Iterator[tuple[Obligation, Outcomes]]:
    """Every promise of which it isn't already told that its time has no day, and its lives."""
    for promise in file.policy.obligations:
        if not any(impossible(promise.duty, file)):
            yield promise, file.lives.of(promise)


def _mended(
    file: PolicyFile, promise: Obligation, message: str, lives: Callable[[Outcomes], bool]
) -> Fault:
    """What is amiss, with the first change to the promise with which it would live."""
    for change, neighbour in mutants(promise, file.policy.vocabulary):
        if neighbour.duty != promise.duty and lives(usual_outcomes(neighbour, file.policy)):
            whom = neighbour.duty.population != promise.duty.population
            slot = "for" if whom else promise.duty.verb.value
            return file.about(promise, slot, message, f"one change that would do: {change}")
    mend = "mend what it asks for, when, or of whom"
    return file.about(promise, promise.duty.verb.value, message, mend)


def _names_year_14_by_age(promise: Promise) -> bool:
    """Whether its time is told by an age that pupils reach in Year 14, and by no such year."""
    years = {*promise.duty.population.years}
    years |= {point.year for point in promise.points if isinstance(point, YearPoint)}
    ages = [point.age for point in promise.points if isinstance(point, AgePoint)]
    ages += [promise.duty.population.ages[0]] if promise.duty.population.ages else []
    return max(years, default=0) <= _LAST_OF_MOST and max(ages, default=0) >= _AGE_OF_YEAR_14
