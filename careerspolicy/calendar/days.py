"""A day, however a program has it."""

from __future__ import annotations

from datetime import date, datetime


def day_of(given: date | str) -> date:
    """The day of a date, of one with a time, or of text.

    Raises ValueError for text that is no day, TypeError for what is neither.

    >>> day_of("2026-01-31"), day_of(datetime(2026, 1, 31, 12))
    (datetime.date(2026, 1, 31), datetime.date(2026, 1, 31))
    """
    if isinstance(given, str):
        try:
            return date.fromisoformat(given)
        except ValueError:
            message = f'"{given}" is no day; write it as 2026-01-31'
            raise ValueError(message) from None
    if isinstance(given, datetime):
        return given.date()
    if not isinstance(given, date):
        message = f"a day is a date, or text such as 2026-01-31, and no {type(given).__name__}"
        raise TypeError(message)
    return given
