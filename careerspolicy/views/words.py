"""The words that every view shares: verdicts, benchmarks, counts, and time left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.english.wording import listing
from careerspolicy.evaluation import Verdict
from careerspolicy.vocabulary import benchmark_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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


def years_named(years: Sequence[int]) -> str:
    """Year groups as people say them; nothing for none.

    >>> years_named((8,)), years_named((8, 9)), years_named((7, 8, 9)), years_named((9, 11, 13))
    ('Year 8', 'Years 8 and 9', 'Years 7 to 9', 'Years 9, 11 and 13')
    """
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:
        return f"Years {years[0]} to {years[-1]}"
    return f"Year{'' if len(years) == 1 else 's'} {listing(map(str, years))}" if years else ""


def time_left(until: date, as_of: date) -> str:
    """How long there is from one day to another, in the words that suit its length.

    >>> from datetime import date
    >>> time_left(date(2026, 2, 28), date(2026, 1, 31))
    '4 weeks left'
    """
    days = (until - as_of).days
    if days < 1:
        return "today" if days == 0 else "time is up"
    units = (730, 365, "year"), (120, 30, "month"), (21, 7, "week"), (0, 1, "day")
    length, unit = next((length, unit) for above, length, unit in units if days > above)
    return f"{counted(days // length, unit)} left"


def iso(day: date | None) -> str | None:
    """A day as programs write it.

    >>> from datetime import date
    >>> iso(date(2026, 2, 28))
    '2026-02-28'
    """
    return None if day is None else day.isoformat()
