"""A promise over a history not yet known: when it is met and when missed, as terms of the solver.

Says what `evaluation.reference` says, subject by subject; whatever a model claims is replayed
there before it is believed.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import attrs

from careerspolicy.calendar.school_calendar import EVER, SchoolCalendar, Window, birthday
from careerspolicy.evaluation import membership as roll
from careerspolicy.evaluation.windows import pupil_windows, school_windows
from careerspolicy.model.duty import Always, Around, Every, Kept, Roll
from careerspolicy.model.policy import FurtherReading
from careerspolicy.solver.counting import Counting
from careerspolicy.solver.judging import NO_LIMIT, Judged, Judging, ends
from careerspolicy.solver.logic import And, BoolVal, If, IntVal, Or, Sum
from careerspolicy.solver.windows import Events, cadence
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careerspolicy.evaluation.lives import Life
    from careerspolicy.solver.histories import History, Slot
    from careerspolicy.solver.logic import Term
    from careerspolicy.solver.promises import Promise
    from careerspolicy.solver.settings import Setting

_DAY = timedelta(days=1)


@attrs.frozen
class Encoding:
    """The promises of one setting over one history.

    `asked` is the day on which a state that should stand may be found wanting. With `any_calendar`
    the school's open days may fall anyhow. `laws` gathers what is so besides.
    """

    history: History
    setting: Setting
    asked: Term
    any_calendar: bool = False
    laws: list[Term] = attrs.field(factory=list)

    @property
    def judge(self) -> Judging:
        """What judges the windows of this setting."""
        return Judging(self.setting, self.asked)

    def judged(self, promise: Promise) -> Judged:
        """When a history meets a promise, for every subject and window, and when it misses it."""
        parts = list(self._parts(promise))
        met = And(*(one.met for one in parts))
        return Judged(met, Or(*(one.missed for one in parts)))

    def _parts(self, promise: Promise) -> Iterator[Judged]:
        population = promise.duty.population
        if population.subject == "pupil":
            if self._of_roll(promise):
                yield from (
                    self.judge.where(self._member(promise), one) for one in self._pupil(promise)
                )
        elif population.subject in THINGS:
            member = self.history.person_is("school", population.school)
            own = self._own(promise, population.subject)
            if population.subject == "school":
                own = (self.judge.where(member, one) for one in own)
            yield from own
        else:
            yield from self._records(promise)

    # ------------------------------------------------------------------ subjects

    def _of_roll(self, promise: Promise) -> bool:
        """Whether the pupil is on the roll, or has left it, as the promise asks."""
        population, life = promise.duty.population, self.setting.life(promise)
        left = life.pupil.left
        if population.roll is Roll.ON_ROLL:  # a state is asked for on each day on the roll
            return left is None or isinstance(promise.duty.schedule, Always)
        if population.roll is Roll.LEAVERS:
            return left is not None and any(one.holds(left) for one in _groups(promise, life))
        return True

    def _member(self, promise: Promise) -> Term:
        population, is_ = promise.duty.population, self.history.person_is
        groups = [is_("pupil", group) for group in population.any_of]
        tests = [is_("school", population.school), is_("pupil", population.where)]
        return And(*tests, *([Or(*groups)] if groups else []))

    def _pupil(self, promise: Promise) -> Iterator[Judged]:
        duty, life = promise.duty, self.setting.life(promise)
        schedule = duty.schedule
        counting = self._counting(promise, "pupil")
        if isinstance(schedule, Around):
            of = promise.kind(schedule.event).of
            spans = life.spans(duty.population.years, duty.population.ages)
            if of != "pupil":
                spans = tuple(one.meet(life.stay) for one in spans)
            yield from self._around(promise, counting, self.history.of(schedule.event, of), spans)
        elif isinstance(schedule, Every):
            for span in life.spans(duty.population.years, duty.population.ages):
                owed = Window(life.start_of(schedule.start)).meet(span)
                if not owed.empty:
                    yield self._cadence(promise, counting, owed, life.at_school)
        else:
            for window in self._windows(promise, life):
                yield self._on_roll(promise, counting, window, life)

    def _windows(self, promise: Promise, life: Life) -> Sequence[Window]:
        windows = pupil_windows(promise.duty, life)
        if promise.first is None or life.readings.further is not FurtherReading.LATER:
            return windows
        ends = [one.end for one in pupil_windows(promise.first.duty, life) if one.end]
        later = Window(max(ends) + _DAY) if ends else EVER
        return [one.meet(later) for one in windows]

    def _own(self, promise: Promise, thing: str) -> Iterator[Judged]:
        """What a school or trust owes of its own."""
        duty, schedule = promise.duty, promise.duty.schedule
        counting = self._counting(promise, thing)
        since = self.setting.school.complete_since.get(duty.records.kind)
        calendar = self._calendar(thing)
        if isinstance(schedule, Around):
            events = self.history.of(schedule.event, thing)
            yield from self._around(promise, counting, events, (EVER,), since)
        elif isinstance(schedule, Every):
            start = getattr(schedule.start, "day", None) or since
            yield self._cadence(promise, counting, Window(start), since=since)
        else:
            for one in school_windows(duty, calendar, since, self.setting.as_of):
                if isinstance(schedule, Always):
                    yield self.judge.stands(promise, counting, one.meet(Window(self.setting.since)))
                else:
                    opened = one.start is None or (since is not None and one.start < since)
                    gap = since is not None and opened
                    yield self.judge.in_window(promise, counting, one, gap=gap)

    def _calendar(self, thing: str) -> SchoolCalendar:
        """The calendar that a pupil's, school's or trust's promises go by."""
        return SchoolCalendar() if thing == "trust" else self.setting.school.calendar

    def _events(self, thing: str) -> Events:
        """How days are counted around the events of a pupil, school or trust."""
        calendar = self._calendar(thing)
        return Events(self.history, calendar, self.any_calendar, self.laws)

    def _records(self, promise: Promise) -> Iterator[Judged]:
        """What is owed for each record of a kind."""
        duty, of = promise.duty, promise.kind(promise.duty.population.subject).of
        for event in self.history.of(duty.population.subject, of):
            counting = self._counting(promise, of, event)
            window = self._record_window(promise, event, of)
            verdict = self.judge.plain(promise, counting.between(*window))
            yield self.judge.where(self._record_member(promise, event, of), verdict)

    def _record_window(self, promise: Promise, event: Slot, of: str) -> tuple[Term, Term]:
        schedule = promise.duty.schedule
        if isinstance(schedule, Around):
            return self._events(of).window(schedule, event)
        ends = If(event.lasting, event.until, NO_LIMIT[1])
        return NO_LIMIT[0], ends

    def _record_member(self, promise: Promise, event: Slot, of: str) -> Term:
        population = promise.duty.population
        tests = [event.present, *(event.said[one.attribute].holds(one) for one in population.event)]
        if of != "trust":
            tests.append(self.history.person_is("school", population.school))
        if of == "pupil":
            life = self.setting.life(promise)
            within = [_holds(one, event.day) for one in _groups(promise, life)]
            in_roll = BoolVal(val=self._of_roll(promise))
            tests += [self._member(promise), in_roll, Or(*within)]
        return And(*tests)

    # ------------------------------------------------------------------ windows

    def _around(
        self,
        promise: Promise,
        counting: Counting,
        events: Sequence[Slot],
        spans: Sequence[Window],
        since: date | None = None,
    ) -> Iterator[Judged]:
        schedule = promise.duty.schedule
        assert isinstance(schedule, Around)  # noqa: S101 - as every caller has seen
        for event in events:
            tests = [event.said[one.attribute].holds(one) for one in schedule.where]
            spanned = Or(*(_holds(one, event.day) for one in spans))
            start, end = self._events(promise.duty.population.subject).window(schedule, event)
            verdict = self.judge.seen(promise, counting, start, end, since)
            yield self.judge.where(And(event.present, spanned, *tests), verdict)

    def _cadence(
        self,
        promise: Promise,
        counting: Counting,
        owed: Window,
        at_school: Window = EVER,
        since: date | None = None,
    ) -> Judged:
        """A run of windows, those that close while the pupil is at school if it is one's."""
        closed = ends(at_school.meet(Window(None, self.setting.as_of - _DAY)))
        windows = cadence(promise.duty, counting, owed, self.history, closed)
        verdicts = [
            self.judge.where(
                one.owed, self.judge.seen(promise, counting, one.start, one.end, since)
            )
            for one in windows
        ]
        met = And(*(one.met for one in verdicts))
        return Judged(met, Or(*(one.missed for one in verdicts)))

    def _on_roll(self, promise: Promise, counting: Counting, window: Window, life: Life) -> Judged:
        """A window of a pupil's time on roll, as `Engine.on_roll` judges it."""
        schedule = promise.duty.schedule
        if isinstance(schedule, Kept):
            return self.judge.plain(promise, counting.kept(window.end))
        throughout = life.throughout(window)
        if not throughout and roll.never_had(window, life):
            return self.judge.nothing()
        if isinstance(schedule, Always):
            if promise.duty.population.roll is Roll.LEAVERS:  # asked once they have left
                last = min(window.end or self.setting.as_of, self.setting.as_of)
                return self.judge.plain(promise, counting.in_force(last.toordinal()))
            return self.judge.stands(promise, counting, window.meet(life.stay))
        presence = roll.presence(window, life)
        gap = presence.joined is not None and promise.duty.bound.at_least is not None
        short = not throughout and bool(roll.cut_short(window, life, self.setting.as_of))
        verdict = self.judge.in_window(promise, counting, window, gap=gap and not throughout)
        return self.judge.let_off(promise, counting, window, verdict) if short else verdict

    def _counting(self, promise: Promise, of: str, event: Slot | None = None) -> Counting:
        return Counting(self.history, promise, of, event, self._used(promise))

    def _used(self, promise: Promise) -> dict[int, Term]:
        """Whether each slot's record counts for the promise that this one is further to."""
        first = promise.first
        if first is None:
            return {}
        life = self.setting.life(promise)
        earlier = self._used(first)
        if life.readings.further is FurtherReading.LATER:
            return {}
        counting = Counting(self.history, first, "pupil", None, earlier)
        windows = pupil_windows(first.duty, life)
        wanted, used = int(first.duty.bound.at_least or 0), dict(earlier)
        before: list[Term] = []
        for slot, counts in counting.all:
            inside = And(counts, Or(*(_holds(one, slot.day) for one in windows)))
            rank = Sum(*(If(one, 1, 0) for one in before)) if before else IntVal(0)
            taken = And(inside, rank < wanted)
            used[slot.place] = Or(used[slot.place], taken) if slot.place in used else taken
            before.append(inside)
        return used


def _groups(promise: Promise, life: Life) -> Sequence[Window]:
    """The days on which a pupil is in the year groups and of the ages that a promise is for."""
    population = promise.duty.population
    runs = [life.year(group) for group in population.years] or [EVER]
    if population.ages is None:
        return runs
    born = life.pupil.born
    assert born is not None  # noqa: S101 - a made-up pupil has a date of birth
    first, past = (birthday(born, age) for age in (population.ages[0], population.ages[1] + 1))
    return [run.meet(Window(first, past - _DAY)) for run in runs]


def _holds(window: Window, day: Term) -> Term:
    start, end = ends(window)
    return And(start <= day, day <= end)
