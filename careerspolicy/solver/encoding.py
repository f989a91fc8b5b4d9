"""A promise over a history not yet known: when it is met and when missed, as terms of the solver.

Says what `evaluation.reference` says, subject by subject; whatever a model claims is replayed
there before it is believed.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from careerspolicy.calendar.school_calendar import EVER, Window, birthday
from careerspolicy.evaluation import membership as roll
from careerspolicy.evaluation.windows import pupil_windows, school_windows
from careerspolicy.model.duty import Always, Around, Every, Kept, Roll, Side
from careerspolicy.model.policy import FurtherReading
from careerspolicy.solver.counting import (
    Counting,
    Judged,
    ends,
    how_many,
    nothing_owed,
    together,
    within,
)
from careerspolicy.solver.histories import shifted
from careerspolicy.solver.logic import And, BoolVal, If, IntVal, Not, Or
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careerspolicy.evaluation.lives import Life
    from careerspolicy.solver.histories import History, Slot
    from careerspolicy.solver.logic import Term
    from careerspolicy.solver.promises import Promise

_DAY = timedelta(days=1)
#: Days that no two days of a life are apart.
_LONG = 200_000


@attrs.frozen
class Encoding:
    """One promise over one history."""

    promise: Promise
    history: History

    @cached_property
    def life(self) -> Life:
        """The pupil's life as the promise's policy reads it."""
        return self.history.setting.life(self.promise)

    def judged(self) -> Judged:
        """When a history meets the promise, for every subject and window, and when it misses it."""
        subject, school = self.promise.subject, self.promise.duty.population.school
        if subject not in THINGS:
            return together(self._records())
        if subject == "trust":
            return together(self._own(subject))
        if subject == "school":
            member = self.history.person_is("school", school)
            return together(one.where(member) for one in self._own(subject))
        if not self._of_roll():
            return together(())
        return together(one.where(self._member()) for one in self._pupil())

    def _of_roll(self) -> bool:
        """Whether the pupil is on the roll, or has left it, as the promise asks."""
        left = self.life.pupil.left
        match self.promise.duty.population.roll:
            case Roll.ON_ROLL:  # a state is asked for on each day on the roll
                return left is None or isinstance(self.promise.duty.schedule, Always)
            case Roll.LEAVERS:
                return left is not None and any(one.holds(left) for one in self._groups())
        return True

    def _member(self) -> Term:
        """Whether the pupil and the school pass all tests of them."""
        population, is_ = self.promise.duty.population, self.history.person_is
        groups = [is_("pupil", group) for group in population.any_of]
        tests = [is_("school", population.school), is_("pupil", population.where)]
        return And(*tests, *([Or(*groups)] if groups else []))

    def _groups(self) -> Sequence[Window]:
        """The days on which the pupil is in the year groups and of the ages it is for."""
        population, born = self.promise.duty.population, self.life.pupil.born
        runs = [self.life.year(group) for group in population.years] or [EVER]
        if population.ages is None:
            return runs
        assert born is not None  # noqa: S101 - a made-up pupil has a date of birth
        first, past = (birthday(born, age) for age in (population.ages[0], population.ages[1] + 1))
        return [run.meet(Window(first, past - _DAY)) for run in runs]

    def _pupil(self) -> Iterator[Judged]:
        duty, life, counting = self.promise.duty, self.life, self._counting("pupil")
        schedule, spans = duty.schedule, life.spans(duty.population.years, duty.population.ages)
        if isinstance(schedule, Around):
            of = self.promise.kind(schedule.event).of
            if of != "pupil":
                spans = tuple(span.meet(life.stay) for span in spans)
            yield from self._around(counting, schedule, of, spans)
        elif isinstance(schedule, Every):
            for span in spans:
                owed = Window(life.start_of(schedule.start)).meet(span)
                if not owed.empty:
                    yield together(_cadence(counting, owed, life.at_school))
        else:
            for window in self._windows():
                yield self._on_roll(counting, window)

    def _windows(self) -> Sequence[Window]:
        """The pupil's windows; of what is further to another, later than those of the first."""
        windows, first = pupil_windows(self.promise.duty, self.life), self.promise.first
        if first is None or self.life.readings.further is not FurtherReading.LATER:
            return windows
        closed = [one.end for one in pupil_windows(first.duty, self.life) if one.end]
        later = Window(max(closed) + _DAY) if closed else EVER
        return [window.meet(later) for window in windows]

    def _own(self, thing: str) -> Iterator[Judged]:
        """What a school or trust owes of its own."""
        duty, counting = self.promise.duty, self._counting(thing)
        schedule = duty.schedule
        since = self.history.setting.school.complete_since.get(duty.records.kind)
        if isinstance(schedule, Around):
            yield from self._around(counting, schedule, thing, (EVER,), since)
        elif isinstance(schedule, Every):
            start = getattr(schedule.start, "day", None) or since
            yield together(_cadence(counting, Window(start), since=since))
        else:
            for window in school_windows(
                duty, self.history.calendar(thing), since, self.history.setting.as_of
            ):
                if isinstance(schedule, Always):
                    seen = window.meet(Window(self.history.setting.since))
                    yield counting.stands(seen)
                else:
                    begun = window.start is None or (since is not None and window.start < since)
                    yield counting.in_window(window, gap=since is not None and begun)

    def _records(self) -> Iterator[Judged]:
        """What is owed for each record of a kind."""
        of = self.promise.owner
        for event in self.history.of(self.promise.subject, of):
            counting, schedule = self._counting(of, event), self.promise.duty.schedule
            if isinstance(schedule, Around):
                start, end = self._window_around(schedule, event)
            else:
                start, end = ends(EVER)
                end = If(event.lasting, event.until, end)
            verdict = counting.verdict(counting.between(start, end))
            yield verdict.where(self._record_member(event, of))

    def _window_around(self, schedule: Around, event: Slot) -> tuple[Term, Term]:
        """The first and last day of the window before, at or after one event."""
        if schedule.side is Side.AT:
            return event.day, If(event.lasting, event.until, event.day)
        back, away = schedule.side is Side.BEFORE, self.history.away
        near = event.day - 1 if back else event.day
        far = event.day - _LONG if back else event.day + _LONG
        if schedule.notice:
            near = away(event, schedule.notice, self.promise.owner, back=back)
        if schedule.within:
            far = away(event, schedule.within, self.promise.owner, back=back)
        return (far, near) if back else (near, far)

    def _record_member(self, event: Slot, of: str) -> Term:
        population = self.promise.duty.population
        tests = [
            event.present,
            *(event.said[test.attribute].holds(test) for test in population.event),
        ]
        if of != "trust":
            tests.append(self.history.person_is("school", population.school))
        if of == "pupil":
            groups = [within(group, event.day) for group in self._groups()]
            tests += [self._member(), BoolVal(self._of_roll()), Or(*groups)]
        return And(*tests)

    def _around(
        self,
        counting: Counting,
        schedule: Around,
        of: str,
        spans: Sequence[Window],
        since: date | None = None,
    ) -> Iterator[Judged]:
        for event in self.history.of(schedule.event, of):
            tests = [event.said[test.attribute].holds(test) for test in schedule.where]
            spanned = Or(*(within(span, event.day) for span in spans))
            start, end = self._window_around(schedule, event)
            verdict = counting.seen(start, end, since)
            yield verdict.where(And(event.present, spanned, *tests))

    def _on_roll(self, counting: Counting, window: Window) -> Judged:
        """A window of a pupil's time on roll, as `Engine.on_roll` judges it."""
        duty, life, as_of = self.promise.duty, self.life, self.history.setting.as_of
        if isinstance(duty.schedule, Kept):
            return counting.verdict(counting.kept(window.end))
        throughout = life.throughout(window)
        if not throughout and roll.never_had(window, life):
            return nothing_owed()
        if isinstance(duty.schedule, Always):
            if duty.population.roll is Roll.LEAVERS:  # asked once they have left
                last = min(window.end or as_of, as_of)
                return counting.verdict(counting.in_force(last.toordinal()))
            return counting.stands(window.meet(life.stay))
        joined = roll.presence(window, life).joined is not None
        gap = joined and duty.bound.at_least is not None and not throughout
        verdict = counting.in_window(window, gap=gap)
        if throughout or not roll.cut_short(window, life, as_of):
            return verdict
        return counting.let_off(window, verdict)

    def _counting(self, of: str, event: Slot | None = None) -> Counting:
        return Counting(self.history, self.promise, of, event, self._used(self.promise.first))

    def _used(self, first: Promise | None) -> dict[int, Term]:
        """Whether each slot's record counts for the promise that this one is further to."""
        if first is None:
            return {}
        earlier = self._used(first.first)
        if self.life.readings.further is FurtherReading.LATER:
            return {}
        counting = Counting(self.history, first, "pupil", None, earlier)
        windows = pupil_windows(first.duty, self.life)
        wanted, used = int(first.duty.bound.at_least or 0), dict(earlier)
        before: list[Term] = []
        for slot, counts in counting.all:
            inside = And(counts, Or(*(within(window, slot.day) for window in windows)))
            taken = And(inside, how_many(before) < wanted)
            used[slot.place] = Or(used[slot.place], taken) if slot.place in used else taken
            before.append(inside)
        return used


def _cadence(
    counting: Counting, span: Window, at_school: Window = EVER, since: date | None = None
) -> Iterator[Judged]:
    """Every window of what repeats in a span, if it closes by the last day, and at school."""
    schedule, history, done = counting.promise.duty.schedule, counting.history, counting.all
    assert isinstance(schedule, Every)  # noqa: S101 - as the caller has seen
    opened, closed = ends(at_school.meet(Window(None, history.setting.as_of - _DAY)))
    last = None if span.end is None else span.end.toordinal()

    def after(day: Term) -> Term:
        within = history.first - 1, history.last + 1
        return shifted(day, schedule.duration, back=False, within=within)

    def due(owed: Term, first: Term, end: Term) -> Judged:
        passed = BoolVal(True)
        if last is not None:
            passed = Or(end <= last, after(first) - 1 <= last)
            end = If(end < last, end, last)
        owed = And(owed, passed, opened <= end, end <= closed)
        return counting.seen(first, end, since).where(owed)

    if span.start is None:
        yield from (due(counts, slot.day + 1, after(slot.day)) for slot, counts in done)
        if span.end is None:
            yield counting.seen(1, 0, since).where(Not(Or(*(counts for _, counts in done))))
        return
    start = span.start.toordinal()
    # done before the start, and not yet out of date then
    fresh = [And(counts, slot.day < start, start <= after(slot.day)) for slot, counts in done]
    for place, (slot, counts) in enumerate(done):
        newest = Not(Or(*fresh[place + 1 :]))
        counted = And(counts, Or(slot.day >= start, And(fresh[place], newest)))
        yield due(counted, slot.day + 1, after(slot.day))
    end = schedule.duration.after(span.start).toordinal()
    yield due(Not(Or(*fresh)), IntVal(start), IntVal(end))
