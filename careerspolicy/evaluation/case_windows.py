"""The windows of one case: those that hang on its own records as well as on the calendar.

Between `windows`, which knows no records, and `reference`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from careerspolicy.calendar.school_calendar import Window
from careerspolicy.evaluation.windows import (
    cadence_windows,
    lasting_window,
    pupil_cadence,
    pupil_windows,
)
from careerspolicy.model.duty import Every

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from careerspolicy.evaluation.case import Case
    from careerspolicy.evaluation.lives import Life


def windows_of_pupil(case: Case, life: Life) -> Sequence[Window]:
    """The windows of a pupil's obligation that hang on no event.

    Raises NotKnownError when a point needs a year group or a date of birth that nothing says.
    """
    duty = case.obligation.duty
    if isinstance(duty.schedule, Every):
        return pupil_cadence(duty, duty.schedule, _dates(case), case.since, life)
    if case.after is not None:
        later = Window(case.after)
        return [window.meet(later) for window in pupil_windows(duty, life)]
    return pupil_windows(duty, life)


def windows_of_cadence(
    case: Case, schedule: Every, start: date | None, end: date | None = None
) -> tuple[Window, ...]:
    """The windows of a school's, trust's or record's cadence."""
    if case.silent:
        return (lasting_window(schedule, _dates(case), start, case.as_of),)
    return cadence_windows(schedule, _dates(case), start, end)


def _dates(case: Case) -> list[date]:
    return [record.start for record in case.sorted.certain]
