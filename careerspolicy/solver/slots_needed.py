"""How many records of each kind are enough to show that one promise does not bring another.

Every amount grows with the records. So of any history that meets some promises and misses another
it is enough to keep, for each window of those met, as many records as the window asks for; for the
one missed, none, or one more than it allows. `docs/stricter-than.md` goes through the cases.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from math import ceil, floor
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.calendar.school_calendar import SchoolCalendar
from careerspolicy.evaluation.windows import pupil_windows, school_windows
from careerspolicy.model.duty import (
    Always,
    Covers,
    DatePoint,
    Distinct,
    Each,
    Every,
    Kept,
    Roll,
    Total,
)
from careerspolicy.solver.promises import (
    Code,
    Undecided,
    by_birthday,
    by_terms,
    conditions,
    month_days,
    points,
    shelf_counted,
    shelf_of_events,
    shelves,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careerspolicy.solver.promises import Promise, Shelf
    from careerspolicy.solver.settings import Setting

#: More records than this would take a solver too long.
MOST: Final = 40
_FAR_TOO_MANY: Final = 3 * MOST
#: Records with which an example is looked for where it can't be shown that there is none.
_A_FEW: Final = 6
_ROUNDS: Final = 4
#: Records, each too short to be chosen, with which a sum is looked for.
_SHORT_RECORDS: Final = 12


def slots_needed(
    met: Sequence[Promise], missed: Promise, setting: Setting
) -> tuple[Counter[Shelf], Undecided | None]:
    """The slots of a smallest history that meets some promises and misses another.

    That is, how many records of each kind; and why they may not be enough, None if they are.
    """
    everyone = (*met, missed)
    fixed = Counter({shelf: 0 for one in everyone for shelf in shelves(one)})
    fixed.update(_missing(missed))
    for promise in met:
        if not shelf_of_events(promise):
            fixed.update(_meeting(promise, setting, everyone))
    needed, ends = _with_called_for(fixed, met, everyone)
    why = unproved(met, missed) if ends else Undecided(Code.ENDLESS_RECORDS)
    if needed.total() > MOST:
        few = 0 if needed.total() > _FAR_TOO_MANY else _A_FEW
        needed = Counter({shelf: min(many, few) for shelf, many in needed.items()})
        why = Undecided(Code.TOO_MANY_RECORDS, words=str(MOST))
    return needed, why


def _missing(promise: Promise) -> Counter[Shelf]:
    """What misses a promise: an event if it hangs on one, and one too many if it has a limit."""
    duty, counted, events = promise.duty, shelf_counted(promise), shelf_of_events(promise)
    many = 0 if duty.bound.at_most is None else floor(duty.bound.at_most) + 1
    needed = Counter({counted: many + isinstance(duty.schedule, Every)})
    if events:
        needed[events] += 1
    if promise.first is not None and many:
        needed[shelf_counted(promise.first)] += _least(promise.first)
    return needed


def _least(promise: Promise) -> int:
    return ceil(promise.duty.bound.at_least or 0)


def _meeting(promise: Promise, setting: Setting, everyone: Sequence[Promise]) -> Counter[Shelf]:
    """What meets a promise whose windows the calendar sets."""
    many = _each_window(promise, everyone) * _windows(promise, setting)
    needed = Counter({shelf_counted(promise): many})
    if promise.first is not None:
        needed[shelf_counted(promise.first)] += _least(promise.first)
    return needed


def _with_called_for(
    fixed: Counter[Shelf], promises: Sequence[Promise], everyone: Sequence[Promise]
) -> tuple[Counter[Shelf], bool]:
    """What is needed with what is owed for each record, and whether that comes to an end."""
    needed = fixed
    for _ in range(_ROUNDS):
        found = fixed.copy()
        for promise in promises:
            counted, events = shelf_counted(promise), shelf_of_events(promise)
            if events and events != counted:
                found[counted] += _each_window(promise, everyone) * needed[events]
        if found == needed:
            return needed, True
        needed = found
    return needed, False


def _each_window(promise: Promise, everyone: Sequence[Promise]) -> int:
    """Records that one window may need: for a sum of a number, one for each limit that it sets."""
    bound, measure = promise.duty.bound, promise.duty.measure
    if isinstance(measure, Total):
        limits = (bound.at_least is not None) + (bound.at_most is not None) + 1
        return max(limits, *_parts(promise, everyone, measure.attribute))
    if isinstance(measure, Covers):
        return min(_least(promise), _sorts(promise, measure.attribute, everyone))
    return _least(promise)


def _parts(promise: Promise, everyone: Sequence[Promise], attribute: str) -> list[int]:
    """Records that a sum may take if each has to stay under a number that some are chosen by."""
    summed, least = (promise.duty.records.kind, attribute), promise.duty.bound.at_least or 0
    tests = [
        test
        for one in everyone
        for kind, test in conditions(one)
        if (kind, test.attribute) == summed
    ]
    limits = [limit for test in tests for limit in (test.at_least, test.above) if limit]
    return [0, *(min(floor(least / limit) + 1, _SHORT_RECORDS) for limit in limits)]


def _sorts(promise: Promise, attribute: str, everyone: Sequence[Promise]) -> int:
    """How many records may show all that a list asks for, since one can show what several do.

    So it is where each promise that counts such records counts them in the same windows, and none
    chooses or tells them apart by what they show: one of each sort that the others may choose.
    """
    kind, sorts = promise.duty.records.kind, 1
    if not promise.kind(kind).attributes[attribute].many:
        return _least(promise)
    for one in everyone:
        if kind not in {shelf for shelf, _ in shelves(one)}:
            continue
        chosen = any((kind, attribute) == (of, test.attribute) for of, test in conditions(one))
        apart = chosen or isinstance(one.duty.measure, Distinct) or one.duty.further_to
        if apart or not _same_windows(promise, one):
            return _least(promise)
        sorts *= 1 if one.duty.records == promise.duty.records else 2
    return sorts


def _same_windows(one: Promise, other: Promise) -> bool:
    """Whether two promises look at the same days; states that stand can be made to last alike."""
    if one.policy.readings != other.policy.readings:
        return False
    if isinstance(one.duty.schedule, Always) and isinstance(other.duty.schedule, Always):
        return one.subject == other.subject
    whom = [attrs.evolve(each.duty.population, share=None) for each in (one, other)]
    return one.duty.schedule == other.duty.schedule and whom[0] == whom[1]


def _windows(promise: Promise, setting: Setting) -> int:
    """How many windows a promise has in a setting, at most."""
    duty, schedule = promise.duty, promise.duty.schedule
    if isinstance(schedule, Every):
        start, end = setting.since, setting.as_of
        if promise.subject == "pupil":  # what is owed later is owed by another school
            at_school = setting.life(promise).at_school
            start, end = at_school.start or start, at_school.end or end
        length = (schedule.duration.after(start) - start).days
        return 2 * ((end - start).days // max(length, 1) + 1) + 1
    if promise.subject == "pupil":
        return len(pupil_windows(duty, setting.life(promise)))
    if isinstance(schedule, (Always, Kept)):
        return 1
    since = setting.school.complete_since.get(duty.records.kind)
    calendar = setting.school.calendar if promise.subject == "school" else SchoolCalendar()
    return len(school_windows(duty, calendar, since, setting.as_of))


def unproved(met: Sequence[Promise], missed: Promise) -> Undecided | None:
    """Why the records and lives looked at may not stand for all; None if they do."""
    promises = (*met, missed)
    for code in chain(_records_unproved(met, missed), _lives_unproved(promises)):
        return Undecided(code)
    for word in _words_that_differ(promises):
        return Undecided(Code.WORDS_DIFFER, words=word)
    return None


def _records_unproved(met: Sequence[Promise], missed: Promise) -> Iterator[Code]:
    promises = (*met, missed)
    totals = {
        (one.duty.records.kind, one.duty.measure.attribute)
        for one in promises
        if isinstance(one.duty.measure, Total) and _adds_up(one, missed)
    }
    if totals & {(kind, test.attribute) for one in promises for kind, test in conditions(one)}:
        yield Code.SUM_ALSO_CHOSEN_BY
    stand = any(isinstance(one.duty.schedule, Always) for one in met)
    if stand and any(one.duty.bound.at_most is not None for one in met):
        yield Code.STATE_AGAINST_LIMIT
    for duty in (one.duty for one in met if isinstance(one.duty.schedule, Every)):
        plain = not isinstance(duty.measure, Total) and duty.bound.at_most is None
        if not (plain and ceil(duty.bound.at_least or 0) == 1):
            yield Code.REPEATS_SEVERAL


def _adds_up(promise: Promise, missed: Promise) -> bool:
    """Whether an example has to reach a sum; what it has to stay under needs no records."""
    bound = promise.duty.bound
    return (bound.at_most if promise is missed else bound.at_least) is not None


def _lives_unproved(promises: Sequence[Promise]) -> Iterator[Code]:
    schedules = [one.duty.schedule for one in promises]
    if any(map(by_terms, promises)) and any(map(_by_dates, promises)):
        yield Code.TERM_DATES
    leavers = any(one.duty.population.roll is not Roll.ANY for one in promises)
    if leavers and any(isinstance(one, Every) for one in schedules):
        yield Code.REPEATS_FOR_LEAVERS
    kept = any(isinstance(one, Kept) and one.duration.unit != "year" for one in schedules)
    if kept and any(map(by_birthday, promises)):
        yield Code.BIRTHDAY_AGAINST_LENGTH


def _by_dates(promise: Promise) -> bool:
    """Whether a promise hangs on days that a school's calendar does not move."""
    schedule = promise.duty.schedule
    months = isinstance(schedule, Each) and schedule.period in ("month", "week", "calendar year")
    dates = any(isinstance(point, DatePoint) for point in points(promise))
    return months or dates or any(True for _ in month_days(promise)) or by_birthday(promise)


def _words_that_differ(promises: Sequence[Promise]) -> Iterator[str]:
    """The attributes that promises ask about and their policies understand differently."""
    policies = {id(one.policy): one.policy for one in promises}.values()
    for kind, test in chain.from_iterable(map(conditions, promises)):
        known = (policy.vocabulary.kinds.get(kind) for policy in policies)
        types = {
            one.attributes[test.attribute].type
            for one in known
            if one and test.attribute in one.attributes
        }
        if len(types) > 1:
            yield test.attribute
