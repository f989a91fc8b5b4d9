"""How a pupil's time on roll bears on a window.

The readings that decide about joiners and leavers are the policy's own (`docs/readings.md`).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from careerspolicy.calendar.school_calendar import Window
from careerspolicy.evaluation import reasons
from careerspolicy.model.policy import JoinersReading, LeaversReading
from careerspolicy.model.schedule import OffsetPoint, RollPoint

if TYPE_CHECKING:
    from careerspolicy.evaluation.lives import Life
    from careerspolicy.evaluation.reasons import Outside
    from careerspolicy.model.schedule import Point


class Presence(NamedTuple):
    """How a pupil's time on roll bears on one window.

    `opened` is the first day of the window on which the facts have the pupil on a roll, `begins`
    the first on this school's, `joined` the day of joining if that left part of it to a school
    that nobody here knows of, and `closes` the last day on which this school can meet the window.
    """

    opened: date | None = None
    begins: date | None = None
    joined: date | None = None
    closes: date | None = None


#: There from the window's first day to its last.
THROUGHOUT = Presence()


def presence(window: Window, life: Life) -> Presence:
    """How the pupil's time on roll bears on a window."""
    opened = window.start or life.at_school.start
    return Presence(
        opened=life.arrived if _after(life.arrived, opened) else opened,
        begins=life.stay.start,
        joined=_joined_midway(window, life),
        closes=closes(window, life),
    )


def never_had(window: Window, life: Life, as_of: date) -> Outside | None:
    """Why a pupil has nothing to do with a window at this school; None if they do."""
    pupil, school, at_school = life.pupil, life.school, life.at_school
    if _after(window.start, at_school.end):
        return reasons.AboveYearsTaught(school.highest_year)
    if _after(at_school.start, window.end):
        return reasons.BelowYearsTaught(school.lowest_year)
    late = joined_after(window, life, as_of)
    if late is None and pupil.left and _after(window.start, pupil.left):
        return reasons.LeftBeforeWindow(pupil.left)
    return late


def began_elsewhere(window: Window, after: Point, life: Life, as_of: date) -> Outside | None:
    """Why what is kept from a point on is not this school's; None if the pupil was there then.

    What hangs on leaving is the school's own, however long after it; who left in the last term
    before another point was there.
    """
    begun, joined = window.start, life.pupil.joined
    if _hangs_on_leaving(after) or begun == life.leaving:
        return None
    if _after(life.at_school.start, begun):
        return reasons.BelowYearsTaught(life.school.lowest_year)
    if _after(begun, life.at_school.end):
        return reasons.AboveYearsTaught(life.school.highest_year)
    if joined is not None and _after(joined, begun):
        return reasons.BeganBeforeJoining(joined)
    return cut_short(Window(None, begun), life, as_of)


def there_from(life: Life) -> date | None:
    """The day from which a pupil counts as there; None where nothing says when they joined.

    Somebody who joined by the autumn census counts as there from the start of that school year.
    """
    joined, calendar = life.pupil.joined, life.school.calendar
    if joined is None:
        return None
    year = calendar.year_of(joined)
    return calendar.school_year(year).start if joined <= autumn_census(year) else joined


def joined_after(window: Window, life: Life, as_of: date) -> Outside | None:
    """That the pupil joined, or is to join, after a window closed; None if they were there."""
    joined = life.pupil.joined
    if joined is None or not _after(joined, window.end):
        return None
    return (reasons.NotYetOnRoll if joined > as_of else reasons.JoinedAfterWindow)(joined)


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
        and left >= life.school.calendar.last_term(window.end)
        and not life.school.calendar.left_within_a_term(left, window)
    ):
        return None
    return reasons.LeftDuringWindow(left)


def closes(window: Window, life: Life) -> date | None:
    """The last day on which this pupil's school can meet the window."""
    left = life.pupil.left
    if left is None or window.end is None:
        return left or window.end
    return min(left, window.end)


def _hangs_on_leaving(point: Point) -> bool:
    return isinstance(point, OffsetPoint) and point.point is RollPoint.LEAVING


def _joined_midway(window: Window, life: Life) -> date | None:
    """The day a pupil joined, if that leaves part of the window to an earlier school.

    A pupil on roll by the autumn census (the first Thursday in October) of the school year in which
    the window opened counts as there from its start.
    """
    joined = life.arrived
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


def _after(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day > other
