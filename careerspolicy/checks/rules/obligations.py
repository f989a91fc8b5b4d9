"""Rules on obligations: who owes them, which repeat or imply another, when they fall due.

What "implies" means is decided on the closed shape alone, and only where it is certain; whatever
the rule can't compare, it passes over. Windows are looked at in made-up pupils' lives, at a school
with every year group, through the evaluator's own.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.calendar.school_calendar import FIRST_YEAR_GROUP, LAST_YEAR_GROUP, in_words
from careerspolicy.checks.issues import Fault
from careerspolicy.evaluation.lives import Life, calendar_day
from careerspolicy.evaluation.windows import pupil_windows
from careerspolicy.lives.people import usual_pupil, usual_school
from careerspolicy.model.document_dates import own_date
from careerspolicy.model.duty import Count, Covers, Distinct, Verb
from careerspolicy.model.policy import AgesReading
from careerspolicy.model.schedule import (
    AgePoint,
    Always,
    Around,
    DatePoint,
    Each,
    Every,
    Once,
    RollPoint,
    Side,
    points_of,
)
from careerspolicy.solver.promises import Promise
from careerspolicy.solver.solving import evident

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from careerspolicy.checks.issues import PolicyFile
    from careerspolicy.model.duty import Duty
    from careerspolicy.model.policy import Obligation, Policy, Readings
    from careerspolicy.model.schedule import Schedule


#: They stand where a document names nobody who could be asked.
_NOBODY: Final = frozenset({"school", "trust"})


def no_role(file: PolicyFile) -> Iterator[Fault]:
    """How many of the promises only the school or the trust owes."""
    obligations = file.policy.obligations
    nobodys = [obligation for obligation in obligations if set(obligation.who) <= _NOBODY]
    if nobodys:
        all_of_them = f"{len(nobodys)} of {len(obligations)} promises"
        message = f'{all_of_them} name nobody who owes them: only "school" or "trust" does'
        mend = "name the roles that see to them in the policy"
        yield Fault(("obligations", file.positions[nobodys[0].id], "who"), message, mend)


def two_roles(file: PolicyFile) -> Iterator[Fault]:
    """The same duty is owed by one role here and by another there."""
    firsts: dict[Hashable, Obligation] = {}
    for promise in file.policy.obligations:
        if set(promise.who) <= _NOBODY:
            continue
        first = firsts.setdefault(_asked(promise), promise)
        if set(promise.who).isdisjoint(first.who):
            here, there = " and ".join(promise.who), " and ".join(first.who)
            message = f'is the duty of the {here} here, and of the {there} in "{first.id}"'
            yield file.about(promise, "who", message, "say which of them owes it, and who helps")


def repeated(file: PolicyFile) -> Iterator[Fault]:
    """The same duty of the same role a second time."""
    firsts: dict[Hashable, Obligation] = {}
    for promise in file.policy.obligations:
        first = firsts.setdefault((_asked(promise), promise.who), promise)
        if first is not promise:
            message = f'asks for the same as "{first.id}", of the same role'
            mend = "give the first a second source, and drop this"
            yield file.about(promise, "id", message, mend)


def implied(file: PolicyFile) -> Iterator[Fault]:
    """Whatever meets another obligation meets this one too."""
    by_kind: dict[str, list[Obligation]] = {}
    for promise in file.policy.obligations:
        by_kind.setdefault(promise.duty.records.kind, []).append(promise)
    position = file.positions
    for weak in file.policy.obligations:
        for strong in by_kind[weak.duty.records.kind]:
            if strong is weak or not _implies(strong, weak, file.policy):
                continue
            if position[weak.id] < position[strong.id] and _implies(weak, strong, file.policy):
                continue  # the two ask for the same in other words; the later one is told of
            message = f'whatever meets "{strong.id}" meets this too'
            mend = "let it stand if the policy says both, or drop the weaker"
            yield file.about(weak, "id", message, mend)
            break


def _asked(obligation: Obligation) -> Hashable:
    """A value that is equal for obligations of one topic that ask for the very same thing.

    The id that an attestation carries is no part of what is asked.
    """
    duty = obligation.duty
    tests = tuple(test for test in duty.records.where if test.attribute != "promise")
    plain = attrs.evolve(duty, records=attrs.evolve(duty.records, where=tests))
    return (obligation.topic, obligation.to, plain)


def _implies(strong: Obligation, weak: Obligation, policy: Policy) -> bool:
    one, other = strong.duty, weak.duty
    return (
        set(strong.who) == set(weak.who)
        and strong.to == weak.to
        and not strong.hedge
        and strong.strength.weight >= weak.strength.weight
        and one.verb is other.verb is not Verb.UPHOLD
        and not (other.further_to or other.how_soon or one.how_soon)
        and _as_much(one, other)
        and _of_the_same(strong, weak, policy)
        and within(one, other, policy.readings)
        and _asked(strong) != _asked(weak)
    )


def _as_much(one: Duty, other: Duty) -> bool:
    """At least as much of the same; prohibitions and vague amounts are not compared."""
    low, least = one.bound.at_least, other.bound.at_least
    if low is None or least is None or other.bound.at_most is not None:
        return False
    mine, wanted = one.measure, other.measure
    if isinstance(mine, Covers) and isinstance(wanted, Covers):
        whole = low >= len(mine.values) and mine.attribute == wanted.attribute
        return whole and wanted.shown(mine.values) == {*wanted.values}
    alike = mine == wanted or (isinstance(mine, Distinct) and isinstance(wanted, Count))
    return alike and not isinstance(mine, Covers) and low >= least


def _of_the_same(strong: Obligation, weak: Obligation, policy: Policy) -> bool:
    """Whether a promise, when and how much apart, is for as many and of the same records."""
    one, other = strong.duty, weak.duty
    duty = attrs.evolve(
        other,
        records=one.records,
        population=attrs.evolve(one.population, years=other.population.years),
    )
    return evident(Promise(policy, attrs.evolve(strong, duty=duty)), Promise(policy, weak))


_SCHOOL: Final = usual_school(date(2026, 1, 1), (FIRST_YEAR_GROUP, LAST_YEAR_GROUP))
#: The oldest and youngest pupils of one year group, and one in between.
_BORN: Final = (date(2012, 9, 1), date(2013, 3, 1), date(2013, 8, 31))


def impossible_deadline(file: PolicyFile) -> Iterator[Fault]:
    """A window without a day in it, for every pupil or for some; or one that was over at once."""
    for promise in file.policy.obligations:
        for message in impossible(promise.duty, file):
            mend = "mend whichever end of it is wrong"
            yield file.about(promise, promise.duty.verb.value, message, mend)


def within(strong: Duty, weak: Duty, readings: Readings) -> bool:
    """Whether what falls in one duty's windows surely fills another's."""
    mine, wanted = strong.schedule, weak.schedule
    years = strong.population.years, weak.population.years
    if mine == wanted and (not years[0] or (years[1] and {*years[1]} <= {*years[0]})):
        return True
    if isinstance(mine, Every) and isinstance(wanted, Every):
        short, long = mine.duration, wanted.duration
        alike = short.unit == long.unit and short.less_than_a_term == long.less_than_a_term
        same_time = mine.start == wanted.start and years[0] == years[1]
        return alike and short.count <= long.count and same_time
    if not isinstance(mine, (Once, Each)) or not isinstance(wanted, (Once, Each)):
        return False
    if isinstance(mine, Each):
        period = wanted.period if isinstance(wanted, Each) else "school year"
        if mine.period != period:
            return False
    elif isinstance(wanted, Each):
        return False
    if not (_in_any_life(strong, readings) and _in_any_life(weak, readings)):
        return False
    life = _life(_BORN[0], readings)
    own, held = pupil_windows(strong, life), pupil_windows(weak, life)
    return bool(held) and all(
        any(opened.meet(window) == opened for opened in own) for window in held
    )


def impossible(duty: Duty, file: PolicyFile) -> Iterator[str]:
    """Why a duty's time has no day in it, or was over at once."""
    schedule = duty.schedule
    if isinstance(schedule, Around):
        yield from _too_short(schedule)
    elif isinstance(schedule, Always):
        yield from _backwards(schedule)
    elif isinstance(schedule, (Once, Each)):
        if _has(schedule, DatePoint):
            yield from _on_the_calendar(schedule, file)
        elif duty.population.subject == "pupil" and not _has(schedule, RollPoint):
            yield from _in_a_life(duty, file.policy.readings)


def _too_short(schedule: Around) -> Iterator[str]:
    """Notice that is longer than the time within which it may be given."""
    within_, notice = schedule.within, schedule.notice
    if schedule.side is Side.BEFORE and within_ and notice:
        day = _SCHOOL.as_at
        if within_.before(day) > notice.before(day):
            yield f"within {within_} before and with {notice} of notice leaves no day"


def _on_the_calendar(schedule: Once | Each, file: PolicyFile) -> Iterator[str]:
    """Dates out of order, or a deadline that had passed when the policy was written."""
    end, own = calendar_day(schedule.end), own_date(file.policy.document)
    yield from (backwards := [*_backwards(schedule)])
    if not backwards and end and own and end < own.first:
        yield f"was due by {in_words(end)}, before the policy's own date, {own.in_words}"


def _backwards(schedule: Once | Each | Always) -> Iterator[str]:
    """Dates out of order."""
    start, end = calendar_day(schedule.start), calendar_day(schedule.end)
    if start and end and end < start:
        yield f"ends on {in_words(end)}, before it begins on {in_words(start)}"


def _in_a_life(duty: Duty, readings: Readings) -> Iterator[str]:
    """No day of a school life lies in it, for the oldest or the youngest of a year group."""
    lost = [born for born in _BORN if not _days(duty, _life(born, readings))]
    if len(lost) == len(_BORN):
        yield "no day of a pupil's school life lies between its beginning and its end"
    elif lost:
        born = f"{lost[0].day} {in_words(lost[0]).split()[1]}"
        yield f"leaves no day for a pupil born on {born}, ages being read as birthdays"
    else:
        life = _life(_BORN[0], readings)
        due, over = life.end_of(getattr(duty.schedule, "end", None)), life.at_school.end
        if due is not None and over is not None and due > over:
            yield "is due after the last school year, Year 14, is over"


def _life(born: date, readings: Readings) -> Life:
    return Life(usual_pupil(born=born), _SCHOOL, readings)


def _days(duty: Duty, life: Life) -> bool:
    """Whether any day of a pupil's time at school lies in one of the windows."""
    return any(not window.meet(life.at_school).empty for window in pupil_windows(duty, life))


def _in_any_life(duty: Duty, readings: Readings) -> bool:
    """Whether the windows lie alike in the life of every pupil of a year group."""
    by_age = readings.ages is AgesReading.BIRTHDAY and _has(duty.schedule, AgePoint)
    of_pupils = duty.population.subject == "pupil" and duty.population.ages is None
    return of_pupils and not by_age and not _has(duty.schedule, (RollPoint, DatePoint))


def _has(schedule: Schedule, sort: type | tuple[type, ...]) -> bool:
    """Whether a point of some sort is an end of a window."""
    return any(isinstance(point, sort) for point in points_of(schedule))
