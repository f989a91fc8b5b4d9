"""The words that every view shares: verdicts, benchmarks, counts, and time left."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.calendar.partial_date import PartialDate
from careerspolicy.english.wording import listing
from careerspolicy.evaluation import Verdict
from careerspolicy.model.policy import Obligation
from careerspolicy.vocabulary import benchmark_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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

    >>> time_left(date(2026, 2, 28), date(2026, 1, 31))
    '4 weeks left'
    """
    days = (until - as_of).days
    if days < 1:
        return "today" if days == 0 else "time is up"
    units = (730, 365, "year"), (120, 30, "month"), (21, 7, "week"), (0, 1, "day")
    length, unit = next((length, unit) for above, length, unit in units if days > above)
    return f"{counted(days // length, unit)} left"


def coded(value: Any) -> Any:
    """A value as programs read it: a state's code, a day as it is written, a promise's id.

    >>> coded((Verdict.MET, date(2026, 2, 28), None))
    ['met', '2026-02-28', None]
    """
    match value:
        case Enum():
            return value.value
        case date() | PartialDate():
            return str(value)
        case Obligation():
            return value.id
        case tuple():
            return [*map(coded, value)]
        case _:
            return value


def fields(value: object, *names: str) -> dict[str, Any]:
    """Some fields of a value under their own names, as programs read them."""
    return {name: coded(getattr(value, name)) for name in names}
