"""The day asked about: `--as-of`, or today. Nothing else in the library reads the clock."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = Callable[..., None]

#: Policies promise nothing beyond these, and they leave room to reckon on either side.
_FIRST: Final = date(1900, 1, 1)
_LAST: Final = date(2200, 12, 31)


def as_of_option(function: Command) -> Command:
    """Give a command `--as-of DATE`, with today for a default."""
    return click.option(
        "--as-of",
        callback=lambda _ctx, _param, value: read_day(value),
        metavar="DATE",
        show_default="today",
        help="The day to judge by, such as 2026-01-31.",
    )(function)


def read_day(text: str | None) -> date:
    """The day written as 2026-01-31, or today where nothing is said; else a usage error.

    >>> read_day("2026-01-31")
    datetime.date(2026, 1, 31)
    """
    if text is None:
        return date.today()  # noqa: DTZ011 - the day where the user sits
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise click.BadParameter(f'"{text}" is not written as a date; write it as in 2026-01-31')
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f'there is no day "{text}"; give year-month-day') from None
    if not _FIRST <= day <= _LAST:
        raise click.BadParameter(f'"{text}" is out of reach; give a day from 1900 to 2200')
    return day
