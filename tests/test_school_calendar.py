"""School years, year groups, terms, ages and windows fall where the law and schools put them."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from budget import budget
from hypothesis import given
from hypothesis import strategies as st

from careerspolicy.calendar.ages import age_on, birthday
from careerspolicy.calendar.durations import Duration
from careerspolicy.calendar.school_calendar import (
    KEY_STAGES,
    MonthDay,
    SchoolCalendar,
    Term,
    Window,
    year_group_in,
)

DAY = timedelta(days=1)
CALENDAR = SchoolCalendar()
SEPTEMBER, AUGUST = date(2025, 9, 1), date(2026, 8, 31)

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
maybe_days = st.none() | days
windows = st.builds(Window, maybe_days, maybe_days)
durations = st.builds(
    Duration, st.integers(1, 40), st.sampled_from(["day", "week", "month", "year"])
)
law = budget(100)

# ---------------------------------------------------------------------------- windows


@law
@given(windows)
def test_a_window_holds_its_own_ends(window):
    """Windows are closed at both ends."""
    assert window.empty or all(window.holds(end) for end in (window.start, window.end) if end)


@law
@given(windows, windows, days)
def test_a_day_is_in_the_meeting_of_two_windows_if_it_is_in_both(one, other, day):
    """`meet` is intersection."""
    assert one.meet(other).holds(day) == (one.holds(day) and other.holds(day))


@law
@given(windows, days)
def test_an_empty_window_holds_no_day(window, day):
    """Empty is what holds nothing."""
    assert not (window.empty and window.holds(day))


def test_a_window_of_one_day_is_not_empty():
    """A window from a day to the same day holds that day."""
    assert not Window(SEPTEMBER, SEPTEMBER).empty


# ---------------------------------------------------------------------------- years


@pytest.mark.parametrize(
    ("day", "year"), [(date(2025, 8, 31), 2024), (SEPTEMBER, 2025), (date(2026, 1, 1), 2025)]
)
def test_a_school_year_begins_on_1_september(day, year):
    """A school year runs from 1 September to 31 August."""
    assert CALENDAR.year_of(day) == year
    assert CALENDAR.school_year(year).holds(day)


@law
@given(days)
def test_every_day_is_in_exactly_one_school_year(day):
    """School years lie end to end, whatever day they start on."""
    for start in (MonthDay(9, 1), MonthDay(8, 15), MonthDay(1, 1)):
        calendar = SchoolCalendar(year_start=start)
        year = calendar.year_of(day)
        held = [y for y in range(year - 1, year + 2) if calendar.school_year(y).holds(day)]
        assert held == [year]


@pytest.mark.parametrize(
    ("born", "group"),
    [
        (date(2013, 9, 1), 7), (date(2014, 8, 31), 7), (date(2013, 8, 31), 8),
        (date(2014, 9, 1), 6), (date(2012, 2, 29), 9),
    ],
)  # fmt: skip
def test_the_year_group_goes_by_1_september(born, group):
    """Year N in Y/Y+1 was born from 1 September Y-N-5 to 31 August Y-N-4."""
    assert year_group_in(born, 2025) == group


@law
@given(st.dates(date(2000, 1, 1), date(2020, 12, 31)), st.integers(2010, 2030))
def test_a_year_group_moves_on_by_one_a_year(born, year):
    """Nobody repeats or skips a year by date of birth."""
    assert year_group_in(born, year + 1) == year_group_in(born, year) + 1


@law
@given(st.dates(date(2000, 1, 1), date(2020, 12, 31)))
def test_by_16_is_year_11_for_everybody(born):
    """Whoever is in Year 11 by date of birth turns 16 in it."""
    year = 11 + 5 + CALENDAR.year_of(born)
    assert year_group_in(born, year) == 11
    assert CALENDAR.school_year(year).holds(birthday(born, 16))


def test_key_stages_share_out_year_groups_1_to_14():
    """Key stages: 1 is Years 1-2, 2 is 3-6, 3 is 7-9, 4 is 10-11, 5 is 12-14."""
    runs = [range(first, last + 1) for first, last in KEY_STAGES.values()]
    assert [group for run in runs for group in run] == list(range(1, 15))
    assert sorted(KEY_STAGES) == [1, 2, 3, 4, 5]


# ---------------------------------------------------------------------------- periods


@pytest.mark.parametrize("period", ["school year", "term", "half term", "month"])
@pytest.mark.parametrize("year", [2023, 2025, 2027])
def test_the_usual_periods_fill_a_school_year(period, year):
    """Without dates of its own a school's periods lie end to end, in leap years too."""
    whole = CALENDAR.school_year(year)
    found = CALENDAR.periods(period, whole)
    assert found[0].start == whole.start and found[-1].end == whole.end
    assert all(a.end + DAY == b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("period", "count"),
    [
        ("school year", 1), ("term", 3), ("half term", 6), ("month", 12), ("calendar year", 2),
        ("week", 53),
    ],
)  # fmt: skip
def test_how_many_periods_touch_a_school_year(period, count):
    """1 September 2025 is a Monday, so 31 August 2026 opens a 53rd week."""
    assert len(CALENDAR.periods(period, Window(SEPTEMBER, AUGUST))) == count


def test_the_usual_terms_end_in_december_march_and_august():
    """For want of published dates, terms end on 31 December, 31 March and 31 August."""
    terms = CALENDAR.terms_of(2027)
    assert [term.name for term in terms] == ["autumn", "spring", "summer"]
    ends = [term.window.end for term in terms]
    assert ends == [date(2027, 12, 31), date(2028, 3, 31), date(2028, 8, 31)]


def test_a_school_s_own_terms_win_in_their_own_year():
    """A school that gives dates for one year has the usual terms in the others."""
    own = Window(date(2025, 9, 3), date(2025, 12, 19))
    calendar = SchoolCalendar(terms=(Term("autumn", own, (own,)),))
    assert calendar.terms_of(2025)[0].window == own
    assert calendar.terms_of(2026) == CALENDAR.terms_of(2026)


def test_periods_across_a_boundary_are_told_once():
    """A week, or a calendar year, that two school years share is one period."""
    around = Window(date(2025, 8, 25), date(2026, 9, 10))
    for period in ("week", "calendar year", "month"):
        found = CALENDAR.periods(period, around)
        assert len(found) == len(set(found)) and list(found) == sorted(found, key=_start)


def _start(window: Window) -> date:
    assert window.start
    return window.start


def test_periods_of_an_open_window_cannot_be_listed():
    """There would be no end of them."""
    with pytest.raises(ValueError, match="both ends"):
        CALENDAR.periods("term", Window(SEPTEMBER, None))


# ---------------------------------------------------------------------------- days and durations


@pytest.mark.parametrize(
    ("text", "year", "day"),
    [
        ("28 February", 2028, date(2028, 2, 28)), ("29 February", 2028, date(2028, 2, 29)),
        ("29 February", 2026, date(2026, 2, 28)), ("31 December", 2026, date(2026, 12, 31)),
    ],
)  # fmt: skip
def test_a_day_that_comes_every_year(text, year, day):
    """28 February is never 29; 29 February is 28 where there is no 29."""
    assert MonthDay.parse(text).on(year) == day
    assert str(MonthDay.parse(text)) == text


@pytest.mark.parametrize("text", ["31 April", "30 February", "february 28", "28 Feb", "", "0 May"])
def test_a_day_that_never_comes_is_refused(text):
    """What no leap year holds is no day of the year."""
    with pytest.raises(ValueError):  # noqa: PT011 - the message is Python's own for 31 April
        MonthDay.parse(text)


@pytest.mark.parametrize("text", ["two years", "0 days", "2 fortnights", "-1 day", "2years", ""])
def test_a_length_that_is_none_is_refused(text):
    """A length of time is a whole number of days, weeks, months or years."""
    with pytest.raises(ValueError, match="not a length of time"):
        Duration.parse(text)


@pytest.mark.parametrize(
    ("length", "day", "after"),
    [
        ("1 month", date(2026, 1, 31), date(2026, 2, 28)),
        ("1 month", date(2028, 1, 31), date(2028, 2, 29)),
        ("1 year", date(2028, 2, 29), date(2029, 2, 28)),
        ("4 years", date(2024, 2, 29), date(2028, 2, 29)),
        ("2 weeks", date(2026, 1, 5), date(2026, 1, 19)),
        ("10 days", date(2026, 2, 20), date(2026, 3, 2)),
    ],
)
def test_a_length_after_a_day(length, day, after):
    """The same day that much later; the last of the month where that month is shorter."""
    assert Duration.parse(length).after(day) == after


@law
@given(durations, days)
def test_a_length_leads_forwards_after_and_backwards_before(length, day):
    """After is later, before is earlier, and writing and reading keep it."""
    assert length.before(day) < day < length.after(day)
    assert Duration.parse(str(length)) == length


# ---------------------------------------------------------------------------- ages


@pytest.mark.parametrize(
    ("born", "age", "day"),
    [
        (date(2010, 3, 10), 16, date(2026, 3, 10)), (date(2012, 2, 29), 16, date(2028, 2, 29)),
        (date(2012, 2, 29), 17, date(2029, 3, 1)), (date(2011, 3, 1), 17, date(2028, 3, 1)),
    ],
)  # fmt: skip
def test_a_birthday(born, age, day):
    """Somebody born on 29 February reaches an age on 1 March in other years."""
    assert birthday(born, age) == day
    assert age_on(born, day) == age and age_on(born, day - DAY) == age - 1


@law
@given(st.dates(date(1990, 1, 1), date(2015, 12, 31)), st.integers(0, 20))
def test_an_age_is_reached_on_the_birthday_and_not_before(born, age):
    """`age_on` and `birthday` agree on every day of birth."""
    assert age_on(born, birthday(born, age)) == age
    assert age == 0 or age_on(born, birthday(born, age) - DAY) == age - 1


# ---------------------------------------------------------------------------- school days

HALVES = (
    Window(date(2026, 9, 1), date(2026, 10, 16)),
    Window(date(2026, 11, 2), date(2026, 12, 18)),
)
AUTUMN = SchoolCalendar(terms=(Term("autumn", Window(HALVES[0].start, HALVES[1].end), HALVES),))
counted = st.builds(Duration, st.integers(1, 30), st.sampled_from(["school day", "working day"]))


@pytest.mark.parametrize(
    ("day", "is_one"),
    [
        (date(2026, 9, 1), True),
        (date(2026, 9, 5), False),  # a Saturday
        (date(2026, 10, 19), False),  # half term
        (date(2026, 12, 21), False),  # after the only term told for 2026/27
        (date(2027, 9, 1), True),  # a year without terms of its own
    ],
)
def test_a_school_day_is_a_weekday_in_term(day, is_one):
    """Half-term breaks and holidays are left out where the school gave its terms."""
    assert AUTUMN.is_school_day(day) is is_one


@law
@given(counted, days)
def test_days_counted_on_and_back_again_do_not_pass_where_they_began(length, day):
    """So many school or working days on and as many back come to the day, or before it."""
    back = length.before(length.after(day, AUTUMN), AUTUMN)
    assert back <= day
    assert length.after(day, AUTUMN) > day > length.before(day, AUTUMN)


@law
@given(st.builds(Duration, st.integers(1, 12), st.sampled_from(["day", "week", "month"])), days)
def test_what_is_done_later_is_never_due_again_sooner(length, day):
    """In open time too, over holidays, short months and bank holidays."""
    for calendar in (CALENDAR, AUTUMN):
        ends = [length.in_term(day + n * DAY, calendar) for n in range(40)]
        assert ends == sorted(ends)
        assert ends[0] >= length.after(day)


@law
@given(counted, days)
def test_one_day_more_is_later(length, day):
    """The tenth school day comes before the eleventh."""
    more = Duration(length.count + 1, length.unit)
    assert length.after(day, AUTUMN) < more.after(day, AUTUMN)
    assert length.before(day, AUTUMN) > more.before(day, AUTUMN)
