"""Joiners, leavers and years that a school doesn't teach: when a pupil can be held to a window.

The readings that decide are the policy's own (`docs/readings.md`).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from careerspolicy.evaluation import reasons
from careerspolicy.model.policy import JoinersReading, LeaversReading

if TYPE_CHECKING:
    from careerspolicy.calendar.school_calendar import SchoolCalendar, Window
    from careerspolicy.evaluation.lives import Life
    from careerspolicy.evaluation.reasons import Outside


class Presence(NamedTuple):
    """How a pupil's time on roll bears on one window.

    `opened` is the first day that the window and the roll share, `joined` the day of joining if
    that left part of the window to an earlier school, and `closes` the last day on which this
    school can meet the window.
    """

    opened: date | None = None
    joined: date | None = None
    closes: date | None = None


#: There from the window's first day to its last.
THROUGHOUT = Presence()


def presence(window: Window, life: Life) -> Presence:
    """How the pupil's time on roll bears on a window."""
    joined = life.pupil.joined
    opened = window.start or life.at_school.start
    return Presence(
        opened=joined if _after(joined, opened) else opened,
        joined=_joined_midway(window, life),
        closes=closes(window, life),
    )


def never_had(window: Window, life: Life) -> Outside | None:
    """Why a pupil has nothing to do with a window at this school; None if they do."""
    pupil, school, at_school = life.pupil, life.school, life.at_school
    if _after(window.start, at_school.end):
        return reasons.AboveYearsTaught(school.highest_year)
    if _after(at_school.start, window.end):
        return reasons.BelowYearsTaught(school.lowest_year)
    late = joined_after(window, life)
    if late is None and pupil.left and _after(window.start, pupil.left):
        return reasons.LeftBeforeWindow(pupil.left)
    return late


def there_from(life: Life) -> date | None:
    """The day from which a pupil counts as there; None where nothing says when they joined.

    Somebody who joined by the autumn census counts as there from the start of that school year.
    """
    joined, calendar = life.pupil.joined, life.school.calendar
    if joined is None:
        return None
    year = calendar.year_of(joined)
    return calendar.school_year(year).start if joined <= autumn_census(year) else joined


def joined_after(window: Window, life: Life) -> Outside | None:
    """That the pupil joined after a window closed; None if they didn't."""
    joined = life.pupil.joined
    if joined is None or not _after(joined, window.end):
        return None
    return reasons.JoinedAfterWindow(joined)


def cut_short(window: Window, life: Life, as_of: date) -> Outside | None:
    """Why an unmet window isn't held against the pupil's school; None if it is."""
    if _after(window.end, life.at_school.end):
        return reasons.RunsPastYearsTaught(life.school.highest_year)
    left, reading = life.pupil.left, life.readings.leavers
    if left is None or left >= as_of or not _after(window.end, left):
        return None
    if reading is LeaversReading.ALWAYS:
        return None
    if (
        reading is LeaversReading.LAST_TERM
        and window.end
        and left >= last_term(life.school.calendar, window.end)
    ):
        return None
    return reasons.LeftDuringWindow(left)


def closes(window: Window, life: Life) -> date | None:
    """The last day on which this pupil's school can meet the window."""
    left = life.pupil.left
    if left is None or window.end is None:
        return left or window.end
    return min(left, window.end)


def _joined_midway(window: Window, life: Life) -> date | None:
    """The day a pupil joined, if that leaves part of the window to an earlier school.

    A pupil on roll by the autumn census (the first Thursday in October) of the school year in which
    the window opened counts as there from its start.
    """
    joined = life.pupil.joined
    opened = window.start or life.at_school.start
    if joined is None or opened is None or joined <= opened:
        return None
    if life.readings.joiners is not JoinersReading.EARLIER_RECORDS_UNKNOWN:
        return None
    census = autumn_census(life.school.calendar.year_of(opened))
    return None if opened <= census and joined <= census else joined


def autumn_census(year: int) -> date:
    """The autumn school census day of a school year: the first Thursday in October.

    >>> autumn_census(2025)
    datetime.date(2025, 10, 2)
    """
    first = date(year, 10, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7)


def last_term(calendar: SchoolCalendar, day: date) -> date:
    """The first day of the last term that begins by a day."""
    terms = calendar.terms_of(calendar.year_of(day))
    begun = [term.window.start for term in terms if term.window.start and term.window.start <= day]
    return max(begun, default=day)


def _after(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one > other
