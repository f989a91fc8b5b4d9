"""The windows of "never longer apart than": they hang on when it was last done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from careerspolicy.calendar.school_calendar import EVER, SchoolCalendar, Window
from careerspolicy.evaluation.time_on_roll import there_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careerspolicy.evaluation.lives import Life
    from careerspolicy.model.duty import Duty
    from careerspolicy.model.schedule import Every

_DAY = timedelta(days=1)


def cadence_windows(
    schedule: Every,
    calendar: SchoolCalendar,
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

    def after(day: date) -> date:
        return schedule.duration.in_term(day, calendar)

    before: list[date] = []
    if start is None and since is not None:
        start, before = since, [day for day in dates if day < since <= after(day)]
    counted = [*before[-1:], *(day for day in dates if start is None or day >= start)]
    windows = [Window(day + _DAY, after(day)) for day in dict.fromkeys(counted)]
    if start is not None and not before:
        windows.insert(0, Window(start, after(start)))
    if end is not None:
        return tuple(
            Window(first, min(last, end))
            for first, last in windows
            if first and last and min(last, after(first) - _DAY) <= end
        )
    return tuple(windows) or (EVER,)


def lasting_window(
    schedule: Every,
    calendar: SchoolCalendar,
    dates: Sequence[date],
    start: date | None,
    as_of: date,
) -> Window:
    """The one window of a cadence of records whose absence says nothing (attestations).

    The time for which the latest holds; once that is over, or has not begun, all the time since.
    """
    if not dates:
        return Window(start)
    until = schedule.duration.in_term(dates[-1], calendar)
    return Window(dates[-1], until) if as_of <= until else Window(until + _DAY)


def pupil_cadence(
    duty: Duty, schedule: Every, dates: Sequence[date], since: date | None, life: Life
) -> tuple[Window, ...]:
    """The windows of a pupil's cadence, while in the year groups and of the ages it is for.

    It begins with the pupil's time at the school: where nothing else does, with what was done
    before that and is not yet out of date then.
    """
    windows: list[Window] = []
    there, taught = there_from(life), life.at_school.start
    for owed in cadence_spans(duty, schedule, life):
        start = max(filter(None, (owed.start, there)), default=None)
        first = start or since
        if first and owed.end and first > owed.end:
            windows.append(owed)
        else:
            calendar, seen, live = life.school.calendar, since, dates
            if start is None and taught is not None:
                live = [day for day in dates if schedule.duration.in_term(day, calendar) >= taught]
                if since or len(live) < len(dates):
                    seen = max(since or taught, taught)
            windows += cadence_windows(schedule, calendar, live, start, owed.end, seen)
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
