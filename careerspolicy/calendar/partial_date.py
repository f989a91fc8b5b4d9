"""Dates as documents write them: a day, a month or only a year, and no more than was written.

Pure, beside `school_calendar`; the policy model holds them, lint and views read them.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

import attrs
from dateutil.relativedelta import relativedelta

from careerspolicy.calendar.school_calendar import MONTHS

Precision: TypeAlias = Literal["day", "month", "year"]

_WRITTEN: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@attrs.frozen
class PartialDate:
    """A date of the precision it was written with; `None` is what was not written.

    >>> approved = PartialDate.parse("2025-10")
    >>> approved.precision, approved.last.isoformat(), str(approved), approved.in_words
    ('month', '2025-10-31', '2025-10', 'October 2025')
    """

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str | int) -> PartialDate:
        """Read `2025`, `2025-10` or `2025-10-31`; raise ValueError for any other text or day."""
        match = _WRITTEN.fullmatch(str(text))
        if not match:
            raise ValueError(f"{text!r} is not a date, a month or a year, such as 2025-10")
        year, month, day = (None if part is None else int(part) for part in match.groups())
        assert year is not None  # noqa: S101 - the pattern wants it
        date(year, month or 1, day or 1)  # raises for month 13 and 30 February
        return cls(year, month, day)

    @property
    def precision(self) -> Precision:
        """What was written: a day, a month or a year."""
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    @property
    def first(self) -> date:
        """The first day that it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that it can be.

        >>> PartialDate(2024, 2).last
        datetime.date(2024, 2, 29)
        """
        if self.day is not None:
            return self.first
        length = relativedelta(years=1) if self.month is None else relativedelta(months=1)
        return self.first + length - timedelta(days=1)

    @property
    def in_words(self) -> str:
        """As people write it.

        >>> PartialDate(2026, 2, 28).in_words
        '28 February 2026'
        """
        day = "" if self.day is None else f"{self.day} "
        month = "" if self.month is None else f"{MONTHS[self.month - 1]} "
        return f"{day}{month}{self.year}"

    def __str__(self) -> str:
        month = "" if self.month is None else f"-{self.month:02}"
        return f"{self.year}{month}" + ("" if self.day is None else f"-{self.day:02}")
