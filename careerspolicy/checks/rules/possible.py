"""The rule on deadlines that nobody could meet, whatever they did."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from careerspolicy.calendar.school_calendar import FIRST_YEAR_GROUP, LAST_YEAR_GROUP, in_words
from careerspolicy.checks.rules.document_dates import own_date
from careerspolicy.evaluation.lives import Life, calendar_day
from careerspolicy.evaluation.windows import pupil_windows
from careerspolicy.model.facts import Pupil, School
from careerspolicy.model.schedule import Around, DatePoint, Each, EarliestOf, Once, RollPoint, Side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.checks.issues import Case, Found
    from careerspolicy.model.duty import Duty
    from careerspolicy.model.policy import Obligation, Readings
    from careerspolicy.model.schedule import Point, Schedule

_MEND: Final = "mend whichever end of it is wrong"
#: A school with every year group, and the oldest and youngest pupils of one of its year groups.
_SCHOOL: Final = School(
    urn="000000",
    name="",
    trust="",
    lowest_year=FIRST_YEAR_GROUP,
    highest_year=LAST_YEAR_GROUP,
    as_at=date(2026, 1, 1),
)
_BORN: Final = (date(2012, 9, 1), date(2013, 3, 1), date(2013, 8, 31))


def impossible_deadline(case: Case) -> Iterator[Found]:
    """A window without a day in it, for every pupil or for some; or one that was over at once."""
    for one in case.policy.obligations:
        message = _impossible(case, one)
        if message:
            yield case.about(one, one.duty.verb.value, message, _MEND)


def _impossible(case: Case, one: Obligation) -> str:
    duty = one.duty
    schedule = duty.schedule
    if isinstance(schedule, Around):
        return _too_short(schedule)
    if not isinstance(schedule, (Once, Each)):
        return ""
    if any(isinstance(point, DatePoint) for point in (schedule.start, schedule.end)):
        return _on_the_calendar(case, schedule)
    if duty.population.subject != "pupil" or _personal(schedule):
        return ""
    return _in_a_life(duty, case.policy.readings)


def _too_short(schedule: Around) -> str:
    """Notice that is longer than the time within which it may be given."""
    within, notice = schedule.within, schedule.notice
    if schedule.side is not Side.BEFORE or within is None or notice is None:
        return ""
    day = _SCHOOL.as_at
    if within.before(day) <= notice.before(day):
        return ""
    return f"within {within} before and with {notice} of notice leaves no day"


def _on_the_calendar(case: Case, schedule: Once | Each) -> str:
    """Dates out of order, or a deadline that had passed when the policy was written."""
    start, end = calendar_day(schedule.start), calendar_day(schedule.end)
    own = own_date(case.policy.document)
    if start and end and end < start:
        return f"ends on {in_words(end)}, before it begins on {in_words(start)}"
    if end and own and end < own.first:
        return f"was due by {in_words(end)}, before the policy's own date, {own.in_words}"
    return ""


def _in_a_life(duty: Duty, readings: Readings) -> str:
    """No day of a school life lies in it, for the oldest or the youngest of a year group."""
    lost = [born for born in _BORN if not _days(duty, readings, born)]
    if len(lost) == len(_BORN):
        return "no day of a pupil's school life lies between its beginning and its end"
    if lost:
        born = f"{lost[0].day} {in_words(lost[0]).split()[1]}"
        return f"leaves no day for a pupil born on {born}, ages being read as birthdays"
    if _after_school(duty.schedule, readings):
        return "is due after the last school year, Year 14, is over"
    return ""


def _days(duty: Duty, readings: Readings, born: date) -> bool:
    """Whether any day of a pupil's time at school lies in one of the windows."""
    life = Life(Pupil(id="", school="", born=born), _SCHOOL, readings)
    return any(not one.meet(life.at_school).empty for one in pupil_windows(duty, life))


def _after_school(schedule: Schedule, readings: Readings) -> bool:
    """Whether the deadline falls after Year 14, when nobody is left to keep it."""
    end = schedule.end if isinstance(schedule, (Once, Each)) else None
    life = Life(Pupil(id="", school="", born=_BORN[0]), _SCHOOL, readings)
    due, over = life.end_of(end), life.at_school.end
    return due is not None and over is not None and due > over


def _personal(schedule: Once | Each) -> bool:
    """Whether it hangs on when a pupil joined or left, which differs from one to the next."""
    points: list[Point | None] = [schedule.start, schedule.end]
    points += [p for one in points if isinstance(one, EarliestOf) for p in one.points]
    return any(isinstance(point, (RollPoint, DatePoint)) for point in points)
