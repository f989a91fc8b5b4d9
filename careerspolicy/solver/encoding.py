"""A promise over a history not yet known: when it is met and when missed, as terms of the solver.

Says what `evaluation.reference` says, subject by subject; whatever a model claims is replayed
there before it is believed.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING

import attrs

from careerspolicy.calendar.school_calendar import EVER, Window
from careerspolicy.evaluation import time_on_roll
from careerspolicy.evaluation.cadences import cadence_spans
from careerspolicy.evaluation.lives import calendar_day
from careerspolicy.evaluation.windows import bounds, pupil_windows, school_windows
from careerspolicy.model.policy import FurtherReading
from careerspolicy.model.population import Roll
from careerspolicy.model.schedule import Always, Around, Every, Kept, Side
from careerspolicy.solver.counting import Counting, Judged, ends, how_many, together, within
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
        roll, left = self.promise.duty.population.roll, self.life.pupil.left
        if roll is Roll.ON_ROLL:  # a state is asked for on each day on the roll
            return left is None or isinstance(self.promise.schedule, Always)
        return roll is Roll.ANY or bool(left and any(one.holds(left) for one in self._groups()))

    def _member(self) -> Term:
        """Whether the pupil and the school pass all tests of them."""
        population, is_ = self.promise.duty.population, self.history.person_is
        groups = [is_("pupil", group) for group in population.any_of]
        tests = [is_("school", population.school), is_("pupil", population.where)]
        return And(*tests, *([Or(*groups)] if groups else []))

    def _groups(self) -> Sequence[Window]:
        """The days on which the pupil is in the year groups and of the ages it is for."""
        population = self.promise.duty.population
        return self.life.spans(population.years, population.ages, taught=False)

    def _pupil(self) -> Iterator[Judged]:
        """What is owed to or by the pupil, window by window."""
        duty, life, counting = self.promise.duty, self.life, self._counting("pupil")
        schedule, spans = duty.schedule, life.spans(duty.population.years, duty.population.ages)
        if isinstance(schedule, Around):
            of = self.promise.kind(schedule.event).of
            if of != "pupil":
                spans = tuple(span.meet(life.stay) for span in spans)
            yield from self._around(counting, of, spans)
            return
        if isinstance(schedule, Every):
            for span in cadence_spans(duty, schedule, life):
                yield together(_cadence(counting, span, life.at_school))
            return
        first, later = self.promise.first, EVER
        if first and life.readings.further is FurtherReading.LATER:
            closed = [one.end for one in pupil_windows(first.duty, life) if one.end]
            later = Window(max(closed) + _DAY) if closed else EVER
        for window in pupil_windows(duty, life):
            yield self._on_roll(counting, window.meet(later))

    def _own(self, thing: str) -> Iterator[Judged]:
        """What a school or trust owes of its own."""
        setting, duty, counting = self.history.setting, self.promise.duty, self._counting(thing)
        schedule, since = duty.schedule, counting.since
        if isinstance(schedule, Around):
            yield from self._around(counting, thing, (EVER,))
            return
        if isinstance(schedule, Every):
            yield together(_cadence(counting, Window(calendar_day(schedule.start))))
            return
        for window in school_windows(duty, setting.calendar(thing), since, setting.as_of):
            if isinstance(schedule, Always):
                yield counting.stands(window.meet(Window(setting.since)))
            else:
                gap = since is not None and (window.start is None or window.start < since)
                yield counting.in_window(window, gap=gap)

    def _records(self) -> Iterator[Judged]:
        """What is owed for each record of a kind."""
        of, population = self.promise.owner, self.promise.duty.population
        for event in self.history.of(self.promise.subject, of):
            counting = self._counting(of, event)
            verdict = counting.seen(*self._window(event))
            tests = [event.present, *event.passes(population.event), self._calls(event)]
            if of != "trust":
                tests.append(self.history.person_is("school", population.school))
            if of == "pupil":
                groups = [within(group, event.day) for group in self._groups()]
                tests += [self._member(), BoolVal(self._of_roll()), Or(*groups)]
            yield verdict.where(And(*tests))

    def _around(self, counting: Counting, of: str, spans: Sequence[Window]) -> Iterator[Judged]:
        """What is owed around each event that falls in some spans."""
        schedule = self.promise.schedule
        assert isinstance(schedule, Around)  # noqa: S101 - as every caller has seen
        opened, closed = ends(
            bounds(schedule, self.life if self.promise.subject == "pupil" else None)
        )
        for event in self.history.of(schedule.event, of):
            tests = event.passes(schedule.where)
            spanned = Or(*(within(span, event.day) for span in spans))
            first, last = self._window(event)
            first, last = If(first < opened, opened, first), If(closed < last, closed, last)
            verdict = counting.seen(first, last)
            tests = [*tests, self._calls(event)]
            yield verdict.where(And(event.present, spanned, first <= last, *tests))

    def _window(self, event: Slot) -> tuple[Term, Term]:
        """The first and last day of the window around an event, or else any time until its end."""
        schedule, away, owner = self.promise.schedule, self.history.away, self.promise.owner
        never, endless = map(IntVal, ends(EVER))
        if not isinstance(schedule, Around):
            last = endless if self.promise.kind(event.kind).lasts else event.day
            return never, If(event.lasting, event.until, last)
        if schedule.side is Side.AT:
            return event.day, If(event.lasting, event.until, event.day)
        back, stands = schedule.side is Side.BEFORE, self.promise.kind(event.kind).stands
        day = event.day if back or stands else If(event.lasting, event.until, event.day)
        near = day - 1 if back else day
        far = never if back else endless
        if schedule.notice:
            near = away(event, day, schedule.notice, owner, back=back)
        if schedule.within:
            far = away(event, day, schedule.within, owner, back=back)
        return (far, near) if back else (near, far)

    def _calls(self, event: Slot) -> Term:
        """Whether an event calls for anything: what comes after what goes on isn't owed yet."""
        schedule, kind = self.promise.schedule, self.promise.kind(event.kind)
        after = isinstance(schedule, Around) and schedule.side is Side.AFTER
        return event.lasting if after and kind.lasts and not kind.stands else BoolVal(True)

    def _on_roll(self, counting: Counting, window: Window) -> Judged:
        """A window of a pupil's time on roll, as `Engine.on_roll` judges it."""
        duty, life, as_of = self.promise.duty, self.life, self.history.setting.as_of
        if isinstance(duty.schedule, Kept):
            if time_on_roll.began_elsewhere(window, duty.schedule.after, life, as_of):
                return together(())
            return counting.verdict(counting.kept(window))
        if duty.outlasts_stay:
            return counting.in_window(window, gap=False)
        throughout = life.throughout(window)
        if not throughout and time_on_roll.never_had(window, life, as_of):
            return together(())
        if isinstance(duty.schedule, Always):
            if duty.population.roll is Roll.LEAVERS:  # asked once they have left
                last = min(window.end or as_of, as_of)
                return counting.verdict(counting.in_force(last.toordinal()))
            return counting.stands(window.meet(life.stay))
        joined = time_on_roll.presence(window, life).joined is not None
        gap = joined and duty.bound.at_least is not None and not throughout
        verdict = counting.in_window(window, gap=gap)
        if throughout or not time_on_roll.cut_short(window, life, as_of):
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


def _cadence(counting: Counting, span: Window, at_school: Window = EVER) -> Iterator[Judged]:
    """Every window of what repeats in a span, if it closes by the last day, and at school.

    A span that nothing is said to begin begins when records are seen, and what was done before
    carries its window into it.
    """
    history, done, after = counting.history, counting.all, partial(_after, counting)
    said, span = span.start is not None, Window(span.start or counting.since, span.end)
    opened, closed = ends(at_school.meet(Window(None, history.setting.as_of - _DAY)))
    last = None if span.end is None else span.end.toordinal()

    def due(owed: Term, first: Term, end: Term) -> Judged:
        passed = BoolVal(True)
        if last is not None:
            passed = Or(end <= last, after(first) - 1 <= last)
            end = If(end < last, end, last)
        owed = And(owed, passed, opened <= end, end <= closed)
        return counting.seen(first, end).where(owed)

    if span.start is None:
        yield from (due(counts, slot.day + 1, after(slot.day)) for slot, counts in done)
        if span.end is None:
            yield counting.seen(1, 0).where(Not(Or(*(counts for _, counts in done))))
        return
    start = span.start.toordinal()
    # done before the start, and not yet out of date then
    fresh = [
        BoolVal(False) if said else And(counts, slot.day < start, start <= after(slot.day))
        for slot, counts in done
    ]
    for place, (slot, counts) in enumerate(done):
        newest = Not(Or(*fresh[place + 1 :]))
        counted = And(counts, Or(slot.day >= start, And(fresh[place], newest)))
        yield due(counted, slot.day + 1, after(slot.day))
    yield due(Not(Or(*fresh)), IntVal(start), after(IntVal(start)))


def _after(counting: Counting, day: Term) -> Term:
    """The last day on which what was done on a day is in time again."""
    schedule, history = counting.promise.schedule, counting.history
    assert isinstance(schedule, Every)  # noqa: S101 - as the caller has seen
    days = (history.first - 1, history.last + 1)
    calendar = history.setting.calendar(counting.of)
    return shifted(day, schedule.duration, days, calendar, back=False)
