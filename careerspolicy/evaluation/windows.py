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
from careerspolicy.evaluation.membership import there_from
from careerspolicy.model.policy import AgesReading
from careerspolicy.model.population import Roll
from careerspolicy.model.schedule import (
    AgePoint,
    Always,
    Around,
    Each,
    Every,
    Kept,
    KeyStagePoint,
    Once,
    Side,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
        return [window for span in spans for window in _each(schedule, life, span)]
    last = life.leaving if population.roll is Roll.LEAVERS else life.last_day
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
        return (Window(calendar_day(schedule.start), calendar_day(schedule.end)),)
    if not isinstance(schedule, Each):
        return (EVER,)
    start, end = calendar_day(schedule.start), calendar_day(schedule.end)
    last = max(min(end or as_of, as_of), start or date.min)
    first = min(start or since or last, last)
    period = "school year" if schedule.period == "key stage" else schedule.period
    begun = [
        window
        for window in calendar.periods(period, Window(_year_before(first), last))
        if window.start is not None and window.start <= last
    ]
    run = [window for window in begun if _from(window, start or since)] if start or since else []
    return tuple(_by(schedule, _opened(schedule, window)) for window in run or begun[-1:])


def event_window(
    schedule: Around, event: Record, calendar: SchoolCalendar = _USUAL_CALENDAR
) -> Window:
    """The window before, at or after one event; school days are those of the calendar."""
    day, within, notice = event.start, schedule.within, schedule.notice
    if schedule.side is Side.AT:
        return Window(day, event.until or day)
    if schedule.side is Side.AFTER:
        first = notice.after(day, calendar) if notice else day
        return Window(first, within.after(day, calendar) if within else None)
    last = notice.before(day, calendar) if notice else day - _DAY
    return Window(within.before(day, calendar) if within else None, last)


def cadence_windows(
    schedule: Every,
    dates: Sequence[date],
    start: date | None,
    end: date | None = None,
    since: date | None = None,
) -> tuple[Window, ...]:
    """The windows of "never longer apart than": one after each time that it was done.

    `dates` are when it was done, in order. The first window runs from `start`: what was done before
    brings no deadline forward. Where nothing is said to begin it, the first runs from `since`, when
    records are complete, or from a time before it that is not yet out of date then; with nothing at
    all to count from there is one window without ends. Where it runs only until `end`, a window is
    owed if the whole duration has passed by then.
    """
    after = schedule.duration.after
    before: list[date] = []
    if start is None and since is not None:
        start, before = since, [day for day in dates if day < since <= after(day)]
    counted = [*before[-1:], *(day for day in dates if start is None or day >= start)]
    windows = [Window(day + _DAY, after(day)) for day in dict.fromkeys(counted)]
    if start is not None and not before:
        windows.insert(0, Window(start, after(start)))
    if end is not None:
        return tuple(_passed_by(end, schedule, windows))
    return tuple(windows) or (EVER,)


def _passed_by(end: date, schedule: Every, windows: Sequence[Window]) -> Iterator[Window]:
    """The windows for which a whole duration has passed by an end, closing no later than it."""
    for window in windows:
        assert window.start and window.end  # noqa: S101 - a cadence's windows have both ends
        if min(window.end, schedule.duration.after(window.start) - _DAY) <= end:
            yield Window(window.start, min(window.end, end))


def lasting_window(
    schedule: Every, dates: Sequence[date], start: date | None, as_of: date
) -> Window:
    """The one window of a cadence of records whose absence says nothing (attestations).

    The time for which the latest holds; once that is over, or has not begun, all the time since.
    """
    if not dates:
        return Window(start)
    until = schedule.duration.after(dates[-1])
    return Window(dates[-1], until) if as_of <= until else Window(until + _DAY)


def pupil_cadence(
    duty: Duty, schedule: Every, dates: Sequence[date], since: date | None, life: Life
) -> tuple[Window, ...]:
    """The windows of a pupil's cadence, while in the year groups and of the ages it is for.

    It begins with the pupil's time at the school.
    """
    windows: list[Window] = []
    there = there_from(life)
    for owed in cadence_spans(duty, schedule, life):
        start = max(filter(None, (owed.start, there)), default=None)
        first = start or since
        if first and owed.end and first > owed.end:
            windows.append(owed)
        else:
            windows += cadence_windows(schedule, dates, start, owed.end, since)
    return tuple(windows)


def cadence_spans(duty: Duty, schedule: Every, life: Life) -> Iterator[Window]:
    """The days on which a pupil's cadence runs: from its beginning, while it is for the pupil.

    What is said to begin it before the school's lowest year group begins it with that.
    """
    allowed = Window(life.start_of(schedule.start))
    for span in life.spans(duty.population.years, duty.population.ages):
        owed = allowed.meet(span)
        taught = owed.meet(Window(owed.start and life.at_school.start))
        if not owed.empty:
            yield owed if taught.empty else taught


def record_windows(
    duty: Duty, event: Record, kind: Kind, calendar: SchoolCalendar, as_of: date
) -> tuple[Window, ...]:
    """The windows of a duty whose subject is a record of a kind.

    Around it, or in each period that it lasts; with no schedule said, any time until its end, which
    is its own day where its kind is of one day.
    """
    schedule = duty.schedule
    if isinstance(schedule, Around):
        return (event_window(schedule, event, calendar),)
    if isinstance(schedule, Each) and schedule.period != "key stage":
        last = max(event.start, min(event.until or as_of, as_of))
        lasting = Window(event.start, last)
        return tuple(
            period.meet(Window(event.start, event.until))
            for period in calendar.periods(schedule.period, lasting)
        )
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


def _closed(window: Window, last: date | None) -> Window:
    """The window, ending with a pupil's last day at the school if nothing else ends it.

    One that would open only after that stays open: the pupil never had it.
    """
    opens_later = last is not None and window.start is not None and last < window.start
    return window if window.end is not None or opens_later else Window(window.start, last)


def _each(schedule: Each, life: Life, span: Window) -> list[Window]:
    asked = life.between(schedule.start, schedule.end).meet(span)
    run = asked.meet(life.at_school)
    if run.empty:
        return [asked] if asked.start and asked.end and not asked.empty else []
    periods = _periods(schedule, life, run)
    opened = (_opened(schedule, period).meet(run) for period in periods)
    return [window for period in opened if not (window := _by(schedule, period)).empty]


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
