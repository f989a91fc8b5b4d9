"""What looks wrong in records that can be read: it is told, and the record is kept."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.readers.log import Fault
from careerspolicy.readers.places import Places
from careerspolicy.readers.reading import CORRECT_ONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from careerspolicy.calendar.school_calendar import SchoolCalendar
    from careerspolicy.model.facts import Pupil, School
    from careerspolicy.readers.raw import ReadRow
    from careerspolicy.vocabulary import Kind

#: What says that somebody took part, and that it was on a day on which the school was open.
_TOOK_PART: Final = "attended"
_SCHOOL_DAY: Final = "school_day"


@attrs.frozen(slots=False)
class Doubts:
    """What the schools and the stays of pupils make of records, and the rows met so far."""

    schools: Mapping[str, School]
    stays: Mapping[str, Sequence[Pupil]]
    met: Places = attrs.field(factory=Places)

    @cached_property
    def spans(self) -> Mapping[str, Mapping[str, tuple[date, date]]]:
        """By what and whose, the days of which a record is in no doubt: born, on roll, exported."""
        pupils = {}
        for pupil, stays in self.stays.items():
            left = [stay.left for stay in stays if stay.left is not None]
            last = self.schools[stays[-1].school].as_at
            until = min(last, max(left)) if len(left) == len(stays) else last
            pupils[pupil] = (stays[-1].born or date.min, until)
        schools = {urn: (date.min, school.as_at) for urn, school in self.schools.items()}
        trusts = {school.trust: (date.min, date.max) for school in self.schools.values()}
        return {"pupil": pupils, "school": schools, "trust": trusts, "": {}}

    def of(self, row: ReadRow, kind: Kind, token: int | None) -> Iterator[Fault]:
        """What looks wrong in the row of one record; `token` is None for one that has an id."""
        start = row.values["date"]
        if token is not None:
            yield from self._again(row, token)
        stays = self.stays.get(row.values.get("pupil", ""), ())
        urn = stays[-1].school if stays else row.values.get("school", "")
        if (school := self.schools.get(urn)) is None:
            return
        if stays:
            took_part = row.values.get(_TOOK_PART) is True and not kind.after_leaving
            yield from _beside(stays, kind, start, school.calendar if took_part else None)
        if start > school.as_at:
            message = f"{start} is after {school.as_at}, the day of the export"
            yield Fault(
                "date", message, "it is taken as planned; correct it if it has been", "after-export"
            )
        if row.values.get(_SCHOOL_DAY) is True and not school.calendar.is_school_day(start):
            message = f"is yes, but {start:%A %-d %B %Y} is no school day of {school.name}"
            yield Fault(_SCHOOL_DAY, message, CORRECT_ONE, "shut-day")

    def _again(self, row: ReadRow, token: int) -> Iterator[Fault]:
        """That a record without an id was told before in the very same words."""
        if token in self.met:
            message = f"this row is the same in every cell as the one at {self.met.of(token)}"
            yield Fault(
                "", message, "leave one out, or give each an id if it happened twice", "same-row"
            )
        else:
            self.met.add_row(token, row)


def _beside(
    stays: Sequence[Pupil], kind: Kind, start: date, calendar: SchoolCalendar | None
) -> Iterator[Fault]:
    """What a pupil's birth and time on roll make of a record's day.

    The `calendar` is given where they took part. What is from before they joined came with them;
    and who leaves in a school year's last term may take part until it ends.
    """
    born = stays[-1].born
    if born is not None and start < born:
        yield Fault(
            "date", f"{start} is before the pupil's birth on {born}", CORRECT_ONE, "before-birth"
        )
    left = [stay.left for stay in stays if stay.left is not None]
    if len(left) < len(stays):
        return
    if kind.ends_stay and start not in left:
        message = (
            f"{start} is not the day on which the pupil left, which the roll says is {left[-1]}"
        )
        yield Fault("date", message, CORRECT_ONE, "leaving-day")
    elif calendar is not None and start > _last_day(max(left), calendar):
        yield Fault(
            "date", f"{start} is after the pupil left, on {max(left)}", CORRECT_ONE, "after-leaving"
        )


def _last_day(left: date, calendar: SchoolCalendar) -> date:
    """The last day on which a pupil who left may have taken part in something."""
    ends = calendar.school_year(calendar.year_of(left)).end
    return ends if ends is not None and left >= calendar.last_term(ends) else left
