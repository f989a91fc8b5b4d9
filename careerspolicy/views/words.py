"""The words that every view shares: verdicts, benchmarks, counts, and time left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.evaluation import Verdict
from careerspolicy.vocabulary import benchmark_names

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

#: The version of the data that views give to programs; a change that breaks a reader raises it.
FORMAT: Final = 1

#: What people read for each verdict, in the order in which tables show them.
VERDICT_WORDS: Final[Mapping[Verdict, str]] = {
    Verdict.MET: "met",
    Verdict.DUE: "due",
    Verdict.MISSED: "missed",
    Verdict.UNKNOWN: "not known",
    Verdict.UPCOMING: "upcoming",
    Verdict.WAIVED: "waived",
    Verdict.NOT_APPLICABLE: "does not apply",
}


def benchmark_heading(number: int | None) -> str:
    """A benchmark by its number and name; None is what belongs to none of them.

    >>> benchmark_heading(8), benchmark_heading(None)
    ('Benchmark 8: Personal guidance', 'Across benchmarks')
    """
    return f"Benchmark {number}: {benchmark_names()[number]}" if number else "Across benchmarks"


def counted(amount: int, singular: str, plural: str = "") -> str:
    """An amount of things.

    >>> counted(1, "pupil"), counted(1200, "pupil")
    ('1 pupil', '1,200 pupils')
    """
    return f"{amount:,} {singular if amount == 1 else plural or f'{singular}s'}"


def time_left(until: date, as_of: date) -> str:
    """How long there is from one day to another, in the words that suit its length.

    >>> from datetime import date
    >>> time_left(date(2026, 2, 28), date(2026, 1, 31))
    '4 weeks left'
    """
    days = (until - as_of).days
    if days < 0:
        return "time is up"
    if days == 0:
        return "today"
    if days <= 21:
        return f"{counted(days, 'day')} left"
    if days <= 120:
        return f"{counted(days // 7, 'week')} left"
    if days <= 730:
        return f"{counted(days // 30, 'month')} left"
    return f"{counted(days // 365, 'year')} left"


def iso(day: date | None) -> str | None:
    """A day as programs write it.

    >>> from datetime import date
    >>> iso(date(2026, 2, 28))
    '2026-02-28'
    """
    return None if day is None else day.isoformat()
