"""A schedule's windows for one subject.

Every schedule but two (Every and Around, whose windows hang on records) is settled by the calendar
and the subject's life alone.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from careerspolicy.calendar.durations import Duration
from careerspolicy.calendar.school_calendar import EVER, KEY_STAGES, SchoolCalendar, Window
from careerspolicy.evaluation.lives import calendar_day
from careerspolicy.model.policy import AgesReading
from careerspolicy.model.population import Roll
from careerspolicy.model.schedule import (
    AgePoint,
    Always,
    Around,
    Each,
    Kept,
    KeyStagePoint,
    Once,
    Side,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.evaluation.lives import Life
    from careerspolicy.model.duty import Duty
    from careerspolicy.model.facts import Record
    from careerspolicy.vocabulary import Kind


_DAY = timedelta(days=1)
_USUAL_CALENDAR = SchoolCalendar()


def pupil_windows(duty: Duty, life: Life) -> list[Window]:
    """The windows of a pupil's duty whose schedule is Once, Each, Always, Kept or Vaguely.

    Raises NotKnownError when a point needs a year group or a date of birth that nothing says.
    """
    population, schedule, allowed = duty.population, duty.schedule, EVER
    taught = True
    if isinstance(schedule, (Once, Always)):
        allowed = life.between(schedule.start, schedule.end)
        taught = schedule.end is None or isinstance(schedule.end, KeyStagePoint)
    spans = life.spans(population.years, population.ages, taught=taught)
    if isinstance(schedule, Kept):
        return [_kept(schedule, life)]
    if isinstance(schedule, Each):
        return [window for span in spans for window in _each(duty, schedule, life, span)]
    if population.roll is Roll.LEAVERS:
        last = life.leaving
    else:
        last = life.last_day
        spans = _while_there(spans, life) if isinstance(schedule, Always) else spans
    return [_closed(window, last) for span in spans if not (window := allowed.meet(span)).empty]


def school_windows(
    duty: Duty, calendar: SchoolCalendar, since: date | None, as_of: date
) -> tuple[Window, ...]:
    """The windows of a school's or trust's duty whose schedule is Once, Each, Always or Vaguely.

    A run of periods with no beginning starts with the first period wholly in the complete records
    (`since`), or else with the latest that has begun by the day asked about; it goes on to then.
    """
    schedule = duty.schedule
    if isinstance(schedule, (Once, Always)):
        window = Window(calendar_day(schedule.start), calendar_day(schedule.end))
        return () if window.empty else (window,)
    if not isinstance(schedule, Each):
        return (EVER,)
    start, end = calendar_day(schedule.start), calendar_day(schedule.end)
    last, first = max(min(end or as_of, as_of), start or date.min), start or since
    period = "school year" if schedule.period == "key stage" else schedule.period
    earliest = _year_before(min(first or last, last))
    begun = [
        window
        for window in calendar.periods(period, Window(earliest, last))
        if window.start is not None and window.start <= last
    ]
    run = [window for window in begun if _from(window, first)] or begun[-1:] if first else begun
    owed = [owed for window in run if (owed := _owed(duty, calendar, window))]
    latest = owed if first else owed[-1:]
    return tuple(_by(schedule, _opened(schedule, window)) for window in latest)


def called_for(schedule: Around, event: Record, kind: Kind) -> date | None:
    """The day from which something is called for before, at or after an event of a kind.

    After what lasts it is the last day, but after what stands the first. None after what goes on.
    """
    if schedule.side is not Side.AFTER or kind.stands:
        return event.start
    return event.until or (None if kind.lasts else event.start)


def event_window(
    schedule: Around, event: Record, day: date, calendar: SchoolCalendar = _USUAL_CALENDAR
) -> Window:
    """The window before, at or after one event, from the day on which it is called for.

    School days are those of the calendar.
    """
    within, notice = schedule.within, schedule.notice
    if schedule.side is Side.AT:
        return Window(day, event.until or day)
    if schedule.side is Side.AFTER:
        first = notice.after(day, calendar) if notice else day
        return Window(first, within.after(day, calendar) if within else None)
    last = notice.before(day, calendar) if notice else day - _DAY
    return Window(within.before(day, calendar) if within else None, last)


def bounds(schedule: Around, life: Life | None) -> Window:
    """What bounds the records that count around events, in a pupil's life or on the calendar."""
    if life is not None:
        return life.between(schedule.start, schedule.end)
    return Window(calendar_day(schedule.start), calendar_day(schedule.end))


def record_windows(
    duty: Duty, event: Record, kind: Kind, calendar: SchoolCalendar, as_of: date
) -> tuple[Window, ...]:
    """The windows of a duty whose subject is a record of a kind.

    Around it, or in each period that it lasts; with no schedule said, any time until its end, which
    is its own day where its kind is of one day.
    """
    schedule = duty.schedule
    if isinstance(schedule, Around):
        day = called_for(schedule, event, kind)
        return (event_window(schedule, event, day, calendar),) if day else ()
    if isinstance(schedule, Each) and schedule.period != "key stage":
        last = max(event.start, min(event.until or as_of, as_of))
        lasting = Window(event.start, event.until)
        periods = calendar.periods(schedule.period, Window(event.start, last))
        owed = (_owed(duty, calendar, period.meet(lasting)) for period in periods)
        return tuple(window for window in owed if window)
    return (Window(None, event.until or (None if kind.lasts else event.start)),)


def _year_before(day: date) -> date:
    """A day safely in the school year before, so that a period begun then is found."""
    return day - timedelta(days=366)


def begun_by(window: Window) -> date | None:
    """The last day on which what is kept for a time may begin: within a year of its beginning."""
    if window.start is None:
        return window.end
    within = Duration(1, "year").after(window.start)
    return within if window.end is None else min(within, window.end)


def _kept(schedule: Kept, life: Life) -> Window:
    start = life.end_of(schedule.after)
    return Window(start, start and schedule.duration.after(start))


def _while_there(spans: Sequence[Window], life: Life) -> tuple[Window, ...]:
    """The spans, without what lies beyond a pupil's last day: a state is asked for till then."""
    there = Window(None, life.last_day)
    return tuple(span if (met := span.meet(there)).empty else met for span in spans)


def _closed(window: Window, last: date | None) -> Window:
    """The window, ending with a pupil's last day at the school if nothing else ends it.

    One that would open only after that stays open: the pupil never had it.
    """
    opens_later = last is not None and window.start is not None and last < window.start
    return window if window.end is not None or opens_later else Window(window.start, last)


def _owed(duty: Duty, calendar: SchoolCalendar, period: Window) -> Window | None:
    """What of a period is owed something: of a week or month, that in which the school is open.

    A limit is one in holidays too, and of whole weeks where something is owed beside it.
    """
    fine = isinstance(duty.schedule, Each) and duty.schedule.finer_than_terms
    if not fine or duty.bound.only_limits:
        return period
    part = calendar.open_part(period)
    return period if part and duty.bound.at_most is not None else part


def _each(duty: Duty, schedule: Each, life: Life, span: Window) -> list[Window]:
    asked = life.between(schedule.start, schedule.end).meet(span)
    run = asked.meet(life.at_school)
    if run.empty:
        return [asked] if asked.start and asked.end and not asked.empty else []
    limited = duty.bound.at_most is not None and schedule.finer_than_terms
    whole = life.at_school if limited else run
    opened = (_opened(schedule, period).meet(whole) for period in _periods(schedule, life, run))
    owed = (_owed(duty, life.school.calendar, period) for period in opened if not period.empty)
    return [window for period in owed if period and not (window := _by(schedule, period)).empty]


def _periods(schedule: Each, life: Life, run: Window) -> Sequence[Window]:
    """The periods of a pupil's run; from a birthday, those that begin on or after it."""
    if schedule.period == "school year":
        periods: Sequence[Window] = life.school_years(run)
    elif schedule.period == "key stage":
        stages = (Window(life.year(a).start, life.year(b).end) for a, b in KEY_STAGES.values())
        periods = [stage for stage in stages if not stage.meet(run).empty]
    else:
        periods = life.school.calendar.periods(schedule.period, run)
    if isinstance(schedule.start, AgePoint) and life.readings.ages is AgesReading.BIRTHDAY:
        return [period for period in periods if _from(period, run.start)]
    return periods


def _from(period: Window, day: date | None) -> bool:
    """Whether a period begins on or after a day."""
    return day is None or period.start is None or period.start >= day


def _opened(schedule: Each, period: Window) -> Window:
    """The whole period, opened late on the schedule's yearly day if it has one."""
    if schedule.not_before is None or period.start is None:
        return period
    day = schedule.not_before.on(period.start.year)
    day = day if day >= period.start else schedule.not_before.on(period.start.year + 1)
    return Window(day, period.end)


def _by(schedule: Each, period: Window) -> Window:
    """The period, closed early on the schedule's yearly day if it has one."""
    if schedule.by is None or period.start is None:
        return period
    day = schedule.by.on(period.start.year)
    day = day if day >= period.start else schedule.by.on(period.start.year + 1)
    return Window(period.start, min(day, period.end) if period.end else day)
