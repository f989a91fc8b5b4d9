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

from careerspolicy.evaluation.windows import pupil_windows, school_windows
from careerspolicy.model.duty import Covers, Distinct, Total, exact
from careerspolicy.model.population import Roll
from careerspolicy.model.schedule import Always, Around, Every, Kept, Side
from careerspolicy.solver.codes import Code
from careerspolicy.solver.promises import Undecided
from careerspolicy.vocabulary import THINGS

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
    everyone, most, events = (*met, missed), missed.duty.bound.at_most, missed.events
    fixed = Counter({shelf: 0 for one in everyone for shelf in one.shelves})
    # who has left has a leaving, whatever else is wanted
    left = setting.pupil.left is not None
    fixed.update(
        {one.events: left for one in met if one.events and one.kind(one.events[0]).ends_stay}
    )
    # what misses one: an event if it hangs on one, and one too many if it has a limit
    fixed[missed.counted] += 0 if most is None else floor(most) + 1
    fixed[missed.counted] += isinstance(missed.schedule, Every)
    fixed.update([events] if events else [])
    # what meets those whose windows the calendar sets
    kept = [one for one in met if not one.events]
    for one in kept:
        fixed[one.counted] += _each_window(one, everyone) * _windows_filled(one, missed, setting)
    for one in kept if most is None else (*kept, missed):
        if one.first:
            fixed[one.first.counted] += _least(one.first)
    needed, ends = _with_called_for(fixed, met, everyone)
    why = unproved(met, missed) if ends else Undecided(Code.ENDLESS_RECORDS)
    if needed.total() > MOST:
        few = 0 if needed.total() > _FAR_TOO_MANY else _A_FEW
        needed = Counter({shelf: min(many, few) for shelf, many in needed.items()})
        why = Undecided(Code.TOO_MANY_RECORDS, words=str(MOST))
    return needed, why


def _least(promise: Promise) -> int:
    return ceil(promise.duty.bound.at_least or 0)


def _with_called_for(
    fixed: Counter[Shelf], promises: Sequence[Promise], everyone: Sequence[Promise]
) -> tuple[Counter[Shelf], bool]:
    """What is needed with what is owed for each record, and whether that comes to an end."""
    needed = fixed
    for _ in range(_ROUNDS):
        found = fixed.copy()
        for promise in promises:
            counted, events = promise.counted, promise.events
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
        return max([limits, *_parts(promise, everyone, measure.attribute)])
    if isinstance(measure, Covers):
        return min(_least(promise), _sorts(promise, measure.attribute, everyone))
    return _least(promise)


def _parts(promise: Promise, everyone: Sequence[Promise], attribute: str) -> Iterator[int]:
    """Records that a sum may take if each has to stay under a number that some are chosen by."""
    summed, least = (promise.duty.records.kind, attribute), promise.duty.bound.at_least or 0
    for kind, test in chain(*(one.conditions for one in everyone)):
        for limit in (test.at_least, test.above):
            if limit and (kind, test.attribute) == summed:
                yield min(floor(exact(least) / exact(limit)) + 1, _SHORT_RECORDS)


def _sorts(promise: Promise, attribute: str, everyone: Sequence[Promise]) -> int:
    """How many records may show all that a list asks for, since one can show what several do.

    So it is where each promise that counts such records counts them in the same windows, and none
    chooses or tells them apart by what they show: one of each sort that the others may choose.
    """
    kind, sorts = promise.duty.records.kind, 1
    if not promise.kind(kind).attributes[attribute].many:
        return _least(promise)
    for one in everyone:
        if kind not in {shelf for shelf, _ in one.shelves}:
            continue
        chosen = any((kind, attribute) == (of, test.attribute) for of, test in one.conditions)
        apart = chosen or isinstance(one.duty.measure, Distinct) or one.duty.further_to
        if apart or not _same_windows(promise, one):
            return _least(promise)
        sorts *= 1 if one.duty.records == promise.duty.records else 2
    return sorts


def _same_windows(one: Promise, other: Promise) -> bool:
    """Whether two promises look at the same days; states that stand can be made to last alike."""
    if one.policy.readings != other.policy.readings:
        return False
    if all(isinstance(each.schedule, Always) for each in (one, other)):
        return one.subject == other.subject
    whom = [attrs.evolve(each.duty.population, share=None) for each in (one, other)]
    return one.schedule == other.schedule and whom[0] == whom[1]


def _windows_filled(promise: Promise, missed: Promise, setting: Setting) -> int:
    """In how many windows of a promise that is met there have to be records, at most.

    A limit is kept to with none. Where another limit is overstepped, so it is in one window of
    that, and no more of its own windows matter than touch that one.
    """
    if not promise.duty.bound.only_limits or isinstance(promise.schedule, Every):
        return _windows(promise, setting)
    if missed.duty.bound.at_most is None:
        return 0
    if any(one.subject != "pupil" or not _by_calendar(one) for one in (promise, missed)):
        return _windows(promise, setting)
    ours, theirs = (pupil_windows(one.duty, setting.life(one)) for one in (promise, missed))
    touching = (sum(not window.meet(other).empty for window in ours) for other in theirs)
    return max(touching, default=0)


def _by_calendar(promise: Promise) -> bool:
    """Whether the calendar alone sets its windows."""
    return not promise.events and not isinstance(promise.schedule, Every)


def _windows(promise: Promise, setting: Setting) -> int:
    """How many windows a promise has in a setting, at most."""
    duty, schedule = promise.duty, promise.schedule
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
    return len(school_windows(duty, setting.calendar(promise.owner), since, setting.as_of))


def unproved(met: Sequence[Promise], missed: Promise) -> Undecided | None:
    """Why the records and lives looked at may not stand for all; None if they do."""
    everyone, schedules = (*met, missed), [one.schedule for one in (*met, missed)]
    repeating = [one for one in met if isinstance(one.schedule, Every)]
    of_leavers = any(one.duty.population.roll is not Roll.ANY for one in everyone)
    lengths = [one.duration for one in schedules if isinstance(one, Kept)]
    lengths += [point.duration for one in everyone for point in one.offsets]
    reasons = {
        Code.SUM_ALSO_CHOSEN_BY: _chosen_by_sum(met, missed),
        Code.STATE_AGAINST_LIMIT: any(isinstance(one.schedule, Always) for one in met)
        and any(one.duty.bound.at_most is not None for one in met),
        Code.REPEATS_SEVERAL: any(
            isinstance(one.duty.measure, Total)
            or one.duty.bound.at_most is not None
            or _least(one) != 1
            for one in repeating
        ),
        Code.TERM_DATES: any(one.by_terms for one in everyone) and any(map(_by_dates, everyone)),
        Code.REPEATS_FOR_LEAVERS: of_leavers and any(isinstance(one, Every) for one in schedules),
        Code.BIRTHDAY_AGAINST_LENGTH: any(length.unit != "year" for length in lengths)
        and any(one.by_birthday for one in everyone),
        Code.DONE_UNSEEN: _done_unseen(missed, everyone),
    }
    code = next((code for code, holds in reasons.items() if holds), None)
    return Undecided(code) if code else _words_differ(everyone)


def _done_unseen(missed: Promise, everyone: Sequence[Promise]) -> bool:
    """Whether a school's record may have had what it is owed before such records are seen."""
    kind, schedule = missed.duty.records.kind, missed.schedule
    opened = isinstance(schedule, Around) and (schedule.side is not Side.BEFORE or schedule.within)
    watched = any(one.watched and one.duty.records.kind == kind for one in everyone)
    return (
        watched
        and not opened
        and missed.owner == "school"
        and missed.subject not in (*THINGS, kind)
    )


def _chosen_by_sum(met: Sequence[Promise], missed: Promise) -> bool:
    """Whether records are chosen by a number of which an example has to reach a sum.

    What a sum has to stay under needs no records.
    """
    chosen_by = {(kind, test.attribute) for one in (*met, missed) for kind, test in one.conditions}
    return any(
        isinstance(one.duty.measure, Total)
        and (one.duty.records.kind, one.duty.measure.attribute) in chosen_by
        and (one.duty.bound.at_most if one is missed else one.duty.bound.at_least) is not None
        for one in (*met, missed)
    )


def _by_dates(promise: Promise) -> bool:
    """Whether a promise hangs on days that a school's calendar does not move."""
    months = promise.period in ("month", "week", "calendar year")
    named = promise.dates or promise.month_days or promise.offsets
    return months or bool(named) or promise.by_birthday


def _words_differ(promises: Sequence[Promise]) -> Undecided | None:
    """That promises ask about an attribute which their policies understand differently."""
    vocabularies = [one.policy.vocabulary for one in promises]
    for kind, test in chain(*(one.conditions for one in promises)):
        known = (one.kinds[kind].attributes for one in vocabularies if kind in one.kinds)
        types = {one[test.attribute].type for one in known if test.attribute in one}
        if len(types) > 1:
            return Undecided(Code.WORDS_DIFFER, words=test.attribute)
    return None
