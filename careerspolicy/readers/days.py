"""Days as people write them, and whether a column gives the day or the month first.

What 03/04/2025 is, no cell can say; the column can, and only where it cannot is it asked about.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.calendar.school_calendar import MONTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from careerspolicy.readers.mappings.mapping import DateOrder

_TIME: Final = r"(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2}| ?[AaPp][Mm])?)?"
_YEAR_FIRST: Final = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}", re.ASCII)
_YEAR_LAST: Final = re.compile(
    rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.ASCII
)
_NAMED: Final = re.compile(
    rf"(?:[a-z]+,? )?(\d{{1,2}})(?:st|nd|rd|th)?[- ]([a-z]{{3,9}})[- ,]+(\d{{4}}|\d{{2}}){_TIME}",
    re.ASCII | re.IGNORECASE,
)
_RUN_TOGETHER: Final = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})", re.ASCII)
_SERIAL: Final = re.compile(r"([2-7]\d{4})(?:\.\d+)?", re.ASCII)
#: The day from which spreadsheets count.
_FIRST_DAY: Final = date(1899, 12, 30)
#: Two digits of a year after these are of the last century.
_LAST_OF_THIS: Final = 69
_MONTHS: Final = {name[:3].casefold(): number for number, name in enumerate(MONTHS, start=1)}
_MOST_MONTHS: Final = 12


@attrs.frozen
class Parts:
    """A day as it is written: two numbers of which either may be the month, and the year."""

    first: int
    second: int
    year: int

    def day(self, *, month_first: bool) -> date:
        """The day; raises ValueError for one that no calendar has."""
        month, day = (self.first, self.second) if month_first else (self.second, self.first)
        return date(self.year, month, day)


def read_day(text: str) -> Parts | date | None:
    """What a text says: a day, or one whose order is open; None for what is no date.

    Raises ValueError for a day that no calendar has.

    >>> read_day("13 April 2012"), read_day("2012-04-13 00:00:00"), read_day("45936")
    (datetime.date(2012, 4, 13), datetime.date(2012, 4, 13), datetime.date(2025, 10, 6))
    """
    if written := _YEAR_FIRST.fullmatch(text) or _RUN_TOGETHER.fullmatch(text):
        return date(*map(int, written.groups()))
    if written := _YEAR_LAST.fullmatch(text):
        return Parts(int(written[1]), int(written[3]), _whole_year(written[4]))
    if written := _NAMED.fullmatch(text):
        month = _MONTHS.get(written[2][:3].casefold())
        if month is None or not MONTHS[month - 1].casefold().startswith(written[2].casefold()):
            return None
        return date(_whole_year(written[3]), month, int(written[1]))
    if written := _SERIAL.fullmatch(text):
        return _FIRST_DAY + timedelta(int(written[1]))
    return None


def _whole_year(text: str) -> int:
    """A year of two digits as people mean it."""
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year <= _LAST_OF_THIS else 1900)


@attrs.define(slots=False)
class Days:
    """How the days of one column are written; its `cells` are gone through once, if need be.

    A cell that proves an order decides for all of them. Else it is as `stated`; where nothing is
    and no cell proves it, or cells prove both, `tell` hears of it: whether that stops the reading,
    what the matter is, and how it is mended.
    """

    cells: Callable[[], Iterable[Any]]
    stated: DateOrder
    tell: Callable[[bool, str, str], None]

    @cached_property
    def month_first(self) -> bool:
        """Whether the month stands first."""
        day_first, month_first, unsure = self._proofs()
        if day_first and month_first:
            message = f'some days are written day first ("{day_first}") and some month first'
            self.tell(True, f'{message} ("{month_first}")', "write all of them as 2025-10-03")
            return False
        if month_first:
            message = f'its days are written month first, as "{month_first}" shows'
            self.tell(False, message, "they are read so; say if they aren't")
            return True
        if not day_first and not self.stated and unsure:
            message = f'"{unsure}" may be day first or month first, and no other cell tells which'
            hint = 'say "dates: day first" or "dates: month first" in the mapping'
            self.tell(True, message, hint)
        return self.stated == "month first" and not day_first

    def of(self, parts: Parts) -> bool:
        """Whether the month stands first in a day of the column."""
        return self.month_first if parts.first != parts.second else False

    def _proofs(self) -> tuple[str, str, str]:
        """A cell that only day first, and one that only month first, can mean; one that is open."""
        proofs = {"day": "", "month": "", "open": ""}
        for cell in self.cells():
            text = str(cell).strip() if isinstance(cell, str) else ""
            written = _YEAR_LAST.fullmatch(text)
            if not written:
                continue
            first, second = int(written[1]), int(written[3])
            if first > _MOST_MONTHS >= second or (written[2] == "." and second <= _MOST_MONTHS):
                proof = "day"
            elif second > _MOST_MONTHS >= first:
                proof = "month"
            else:
                proof = "open"
            proofs[proof] = proofs[proof] or text
            if proofs["day"] and proofs["month"]:
                break
        return proofs["day"], proofs["month"], proofs["open"]
