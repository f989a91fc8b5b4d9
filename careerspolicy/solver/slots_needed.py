"""How many records of each kind are enough to show that one promise does not bring another.

Every amount grows with the records. So of any history that meets some promises and misses another
it is enough to keep, for each window of those met, as many records as the window asks for; for the
one missed, none, or one more than it allows. `docs/stricter-than.md` goes through the cases.
"""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.calendar.school_calendar import SchoolCalendar
from careerspolicy.evaluation.windows import pupil_windows, school_windows
from careerspolicy.model.duty import (
    Always,
    Around,
    Covers,
    DatePoint,
    Distinct,
    Each,
    Every,
    Kept,
    Roll,
    Total,
)
from careerspolicy.solver.doubts import Cause, Doubt
from careerspolicy.solver.promises import conditions, points
from careerspolicy.solver.settings import by_birthday, by_terms, month_days
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.model.policy import Policy
    from careerspolicy.solver.histories import Shelf
    from careerspolicy.solver.promises import Promise
    from careerspolicy.solver.settings import Setting

#: More records than this would take a solver too long.
MOST: Final = 40
TOO_MANY: Final = Doubt(Cause.TOO_MANY_RECORDS, words=str(MOST))
_FAR_TOO_MANY: Final = 3 * MOST
#: Records with which an example is looked for where it can't be shown that there is none.
_A_FEW: Final = 6
_ROUNDS: Final = 4
#: Records, each too short to be chosen, with which a sum is looked for.
_SHORT_RECORDS: Final = 12


@attrs.frozen(kw_only=True)
class SlotsNeeded:
    """How many records of each kind; `doubt` is why that may not be enough."""

    slots: dict[Shelf, int]
    doubt: Doubt | None = None


def slots_needed(met: Sequence[Promise], missed: Promise, setting: Setting) -> SlotsNeeded:
    """The slots of a smallest history that meets some promises and misses another."""
    needed: dict[Shelf, int] = {}
    for shelf in (one for promise in (*met, missed) for one in shelves(promise)):
        needed.setdefault(shelf, 0)
    _add(needed, _missing(missed))
    fixed = [one for one in met if not hangs_on_records(one)]
    everyone = (*met, missed)
    for promise in fixed:
        _add(needed, _meeting(promise, setting, everyone))
    doubt = _per_record(needed, [one for one in met if hangs_on_records(one)], everyone)
    doubt = doubt or unproved(met, missed)
    if sum(needed.values()) > MOST:
        few = 0 if sum(needed.values()) > _FAR_TOO_MANY else _A_FEW
        return SlotsNeeded(
            slots={shelf: min(many, few) for shelf, many in needed.items()}, doubt=TOO_MANY
        )
    return SlotsNeeded(slots={shelf: max(many, 0) for shelf, many in needed.items()}, doubt=doubt)


def shelves(promise: Promise) -> list[Shelf]:
    """The kinds of record that a promise counts or hangs on, each with whose they are."""
    duty = promise.duty
    subject, schedule = duty.population.subject, duty.schedule
    if subject in THINGS:
        found = [(duty.records.kind, subject)]
    else:
        of = promise.kind(subject).of
        found = [(subject, of), (duty.records.kind, _of(promise, subject, of))]
    if isinstance(schedule, Around) and subject in THINGS:
        of = promise.kind(schedule.event).of if subject == "pupil" else subject
        found.append((schedule.event, of))
    return [*found, *(shelves(promise.first) if promise.first else ())]


def _of(promise: Promise, subject: str, of: str) -> str:
    kind = promise.duty.records.kind
    return of if kind == subject else promise.kind(kind).of


def hangs_on_records(promise: Promise) -> bool:
    """Whether a promise asks something for each of some records."""
    schedule = promise.duty.schedule
    return isinstance(schedule, Around) or promise.duty.population.subject not in THINGS


def _add(needed: dict[Shelf, int], more: dict[Shelf, int]) -> None:
    for shelf, many in more.items():
        needed[shelf] = needed.get(shelf, 0) + many


def _missing(promise: Promise) -> dict[Shelf, int]:
    """What misses a promise: an event if it hangs on one, and one too many if it has a limit."""
    duty = promise.duty
    counted, *events = _roles(promise)
    many = 0 if duty.bound.at_most is None else floor(duty.bound.at_most) + 1
    needed = {counted: many}
    if hangs_on_records(promise):
        event = events[0] if events else counted
        needed[event] = needed.get(event, 0) + 1
    if isinstance(duty.schedule, Every):
        needed[counted] += 1
    if promise.first is not None and many:
        _add(needed, {_roles(promise.first)[0]: _least(promise.first)})
    return needed


def _roles(promise: Promise) -> list[Shelf]:
    """The kind that is counted, and the one that it hangs on if that is another."""
    found = shelves(promise)
    if promise.duty.population.subject not in THINGS:
        return [found[1]] if found[0] == found[1] else [found[1], found[0]]
    event = isinstance(promise.duty.schedule, Around) and found[1] != found[0]
    return found[:2] if event else found[:1]


def _least(promise: Promise) -> int:
    return ceil(promise.duty.bound.at_least or 0)


def _meeting(promise: Promise, setting: Setting, everyone: Sequence[Promise]) -> dict[Shelf, int]:
    """What meets a promise whose windows the calendar sets."""
    counted = _roles(promise)[0]
    needed = {counted: _each_window(promise, everyone) * _windows(promise, setting)}
    if promise.first is not None:
        _add(needed, {_roles(promise.first)[0]: _least(promise.first)})
    return needed


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
    kind, least = promise.duty.records.kind, promise.duty.bound.at_least or 0
    tests = [
        test
        for one in everyone
        for of, test in conditions(one)
        if (of, test.attribute) == (kind, attribute)
    ]
    limits = [one for test in tests for one in (test.at_least, test.above) if one]
    return [0, *(min(floor(least / limit) + 1, _SHORT_RECORDS) for limit in limits)]


def _sorts(promise: Promise, attribute: str, everyone: Sequence[Promise]) -> int:
    """How many records may show all that a list asks for, since one can show what several do.

    So it is where each promise that counts such records counts them in the same windows, and none
    chooses or tells them apart by what they show: one of each sort that the others may choose.
    """
    duty, kind, sorts = promise.duty, promise.duty.records.kind, 1
    apart = not promise.kind(kind).attributes[attribute].many
    for one in everyone:
        if kind not in {shelf for shelf, _ in shelves(one)}:
            continue
        told = any((kind, attribute) == (of, test.attribute) for of, test in conditions(one))
        apart = apart or told or isinstance(one.duty.measure, Distinct)
        apart = apart or bool(one.duty.further_to) or not _same_windows(promise, one)
        sorts *= 1 if one.duty.records == duty.records else 2
    return _least(promise) if apart else sorts


def _same_windows(one: Promise, other: Promise) -> bool:
    """Whether two promises look at the same days; states that stand can be made to last alike."""
    if one.policy.readings != other.policy.readings:
        return False
    if isinstance(one.duty.schedule, Always) and isinstance(other.duty.schedule, Always):
        return one.duty.population.subject == other.duty.population.subject
    whom = [attrs.evolve(each.duty.population, share=None) for each in (one, other)]
    return one.duty.schedule == other.duty.schedule and whom[0] == whom[1]


def _windows(promise: Promise, setting: Setting) -> int:
    duty, schedule = promise.duty, promise.duty.schedule
    if isinstance(schedule, Every):
        start, end = setting.since, setting.as_of
        if duty.population.subject == "pupil":  # what is owed later is owed by another school
            at_school = setting.life(promise).at_school
            start, end = at_school.start or start, at_school.end or end
        one = (schedule.duration.after(start) - start).days
        return 2 * ((end - start).days // max(one, 1) + 1) + 1
    if duty.population.subject == "pupil":
        return len(pupil_windows(duty, setting.life(promise)))
    if isinstance(schedule, (Always, Kept)):
        return 1
    since = setting.school.complete_since.get(duty.records.kind)
    own = duty.population.subject == "school"
    calendar = setting.school.calendar if own else SchoolCalendar()
    return len(school_windows(duty, calendar, since, setting.as_of))


def _per_record(
    needed: dict[Shelf, int], promises: Sequence[Promise], everyone: Sequence[Promise]
) -> Doubt | None:
    """Add what is owed for each record; says why that never ends, if it doesn't."""
    own = dict(needed)
    for _ in range(_ROUNDS):
        found = dict(own)
        for promise in promises:
            counted, *events = _roles(promise)
            if events:
                _add(found, {counted: _each_window(promise, everyone) * needed.get(events[0], 0)})
        if found == needed:
            return None
        needed.update(found)
    return Doubt(Cause.ENDLESS)


def unproved(met: Sequence[Promise], missed: Promise) -> Doubt | None:
    """Why the records and lives looked at may not stand for all; None if they do."""
    promises = (*met, missed)
    totals = {
        (one.duty.records.kind, one.duty.measure.attribute)
        for one in promises
        if isinstance(one.duty.measure, Total) and _adds_up(one, missed)
    }
    if totals & {(kind, test.attribute) for one in promises for kind, test in conditions(one)}:
        return Doubt(Cause.SUM_CHOSEN_BY)
    stand = any(isinstance(one.duty.schedule, Always) for one in met)
    if stand and any(one.duty.bound.at_most is not None for one in met):
        return Doubt(Cause.STATE_LIMITED)
    for one in met:
        duty = one.duty
        plain = not isinstance(duty.measure, Total) and duty.bound.at_most is None
        if isinstance(duty.schedule, Every) and not (plain and _least(one) == 1):
            return Doubt(Cause.REPEATS_SEVERAL)
    return _lives_unproved(promises) or _words_differ(promises)


def _adds_up(promise: Promise, missed: Promise) -> bool:
    """Whether an example has to reach a sum; what it has to stay under needs no records."""
    bound = promise.duty.bound
    return (bound.at_most if promise is missed else bound.at_least) is not None


def _lives_unproved(promises: Sequence[Promise]) -> Doubt | None:
    terms = any(by_terms(one) for one in promises)
    if terms and any(_by_dates(one) for one in promises):
        return Doubt(Cause.TERM_DAYS)
    leavers = any(one.duty.population.roll is not Roll.ANY for one in promises)
    if leavers and any(isinstance(one.duty.schedule, Every) for one in promises):
        return Doubt(Cause.REPEATS_FOR_LEAVERS)
    kept = [one.duty.schedule for one in promises if isinstance(one.duty.schedule, Kept)]
    if any(by_birthday(one) for one in promises) and any(
        one.duration.unit != "year" for one in kept
    ):
        return Doubt(Cause.BIRTHDAY_AND_LENGTH)
    return None


def _by_dates(promise: Promise) -> bool:
    """Whether a promise hangs on days that a school's calendar does not move."""
    schedule = promise.duty.schedule
    months = isinstance(schedule, Each) and schedule.period in ("month", "week", "calendar year")
    dates = any(isinstance(point, DatePoint) for point in points(promise))
    return months or dates or any(True for _ in month_days(promise)) or by_birthday(promise)


def _words_differ(promises: Sequence[Promise]) -> Doubt | None:
    """That two policies understand one word differently."""
    policies: dict[int, Policy] = {id(one.policy): one.policy for one in promises}
    types: dict[tuple[str, str], set[str]] = {}
    for promise in promises:
        for kind, test in conditions(promise):
            for policy in policies.values():
                known = policy.vocabulary.kinds.get(kind)
                if known and test.attribute in known.attributes:
                    types.setdefault((kind, test.attribute), set()).add(
                        known.attributes[test.attribute].type
                    )
    differ = [name for (_, name), told in types.items() if len(told) > 1]
    return Doubt(Cause.WORDS_DIFFER, words=differ[0]) if differ else None
