"""The bank holidays that ship are those that a kept library works out for itself."""

from __future__ import annotations

from datetime import date

import holidays
import pytest

from careerspolicy.calendar.holidays import bank_holidays, in_usual_holiday, is_working_day

YEARS = range(2012, 2031)
SATURDAY = 5


def test_the_list_is_that_of_england_as_a_library_has_it():
    """Days in lieu stand for what falls on a weekend; proclaimed days are in it."""
    worked_out = holidays.country_holidays("GB", subdiv="ENG", years=YEARS)
    assert bank_holidays() == {day for day in worked_out if day.weekday() < SATURDAY}


def test_every_year_has_its_eight_and_three_years_have_more():
    """The Diamond and Platinum Jubilees, the Queen's funeral and the Coronation were proclaimed."""
    many = {year: sum(day.year == year for day in bank_holidays()) for year in YEARS}
    assert {year: count for year, count in many.items() if count != 8} == {
        2012: 9,
        2022: 10,
        2023: 9,
    }


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 5, 4), False),
        (date(2026, 12, 28), False),  # in lieu of Saturday 26 December
        (date(2023, 5, 8), False),  # the Coronation
        (date(2026, 5, 5), True),
        (date(2026, 5, 9), False),
    ],
)
def test_a_bank_holiday_is_no_working_day(day, works):
    """Monday to Friday, but for bank holidays."""
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2025, 10, 25), date(2025, 11, 2)),
        (date(2025, 12, 20), date(2026, 1, 4)),
        (date(2026, 2, 14), date(2026, 2, 22)),
        (date(2026, 3, 28), date(2026, 4, 12)),
        (date(2026, 5, 23), date(2026, 5, 31)),
        (date(2026, 7, 18), date(2026, 9, 3)),
    ],
)
def test_the_usual_holidays_of_a_school_year(first, last):
    """Shut from the first day to the last; open the day before and the day after."""
    between = (date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1))
    assert all(map(in_usual_holiday, between))
    beside = (first.toordinal() - 1, last.toordinal() + 1)
    assert not any(in_usual_holiday(date.fromordinal(day)) for day in beside)
