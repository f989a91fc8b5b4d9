"""Suppression: small counts are hidden, and no hidden count can be worked out from the rest."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerspolicy.suppression import Protected, protected

COUNTS = st.integers(0, 9) | st.integers(0, 60)


@st.composite
def tables(draw):
    """A table of up to three rows and three columns."""
    width = draw(st.integers(1, 3))
    return draw(st.lists(st.lists(COUNTS, min_size=width, max_size=width), min_size=1, max_size=3))


def whole(rows):
    """A table with its totals, by place."""
    summed = [[*row, sum(row)] for row in rows]
    summed.append([sum(column) for column in zip(*summed, strict=True)])
    return {(r, c): n for r, row in enumerate(summed) for c, n in enumerate(row)}


def shown_of(table: Protected):
    """What is shown, by place, as in `whole`."""
    rows = [[*row, total] for row, total in zip(table.cells, table.row_totals, strict=True)]
    rows.append([*table.column_totals, table.total])
    return {(r, c): n for r, row in enumerate(rows) for c, n in enumerate(row)}


def other_readings(rows, shown):
    """Other tables that agree with everything shown, each at most 1 away in every cell."""
    cells = [(r, c) for r, row in enumerate(rows) for c, _ in enumerate(row)]
    moves = [(-1, 0, 1) if shown[at] is None else (0,) for at in cells]
    for steps in product(*moves):
        by_place = dict(zip(cells, steps, strict=True))
        other = whole(
            [[n + by_place[r, c] for c, n in enumerate(row)] for r, row in enumerate(rows)]
        )
        if all(n == other[at] if n is not None else other[at] >= 1 for at, n in shown.items()):
            yield other


@given(tables())
def test_no_hidden_count_can_be_worked_out(rows):
    """For each hidden cell or total some other table, just as possible, has another number."""
    true, shown = whole(rows), shown_of(protected(rows))
    hidden = {at for at, n in shown.items() if n is None}
    doubtful = {
        at for other in other_readings(rows, shown) for at in hidden if other[at] != true[at]
    }
    assert doubtful == hidden


@given(tables(), st.integers(0, 12))
def test_every_small_count_is_hidden(rows, threshold):
    """No cell and no total from 1 to just under the threshold is shown."""
    shown = shown_of(protected(rows, threshold=threshold))
    assert [n for n in shown.values() if n is not None and 0 < n < threshold] == []


@given(tables())
def test_what_is_shown_is_true(rows):
    """A count that is shown is the count, nought included."""
    true, shown = whole(rows), shown_of(protected(rows))
    assert all(n in {None, true[at]} for at, n in shown.items())
    assert all(shown[at] == 0 for at, n in true.items() if n == 0)


@given(tables())
def test_nothing_small_hides_nothing(rows):
    """Where no count is below the threshold, all of them are shown."""
    assert shown_of(protected(rows, threshold=1)) == whole(rows)


@pytest.mark.parametrize(
    ("rows", "cells", "totals"),
    [
        ([[3, 20, 40]], ((None, None, 40),), (63,)),  # the smallest other count hides the 3
        ([[1, 1, 40]], ((None, None, None),), (42,)),  # two that make 2 can only be 1 and 1
        ([[1, 2, 40]], ((None, None, 40),), (43,)),
        ([[3, 0, 0]], ((None, 0, 0),), (None,)),  # alone in its row, so the total would say it
        ([[0, 0]], ((0, 0),), (0,)),
        ([[4]], ((None,),), (None,)),
        ([[5]], ((5,),), (5,)),
    ],
)
def test_one_row(rows, cells, totals):
    """The hand-worked cases of a table with one row."""
    table = protected(rows)
    assert (table.cells, table.row_totals) == (cells, totals)


def test_totals_are_hidden_last():
    """Other cells are hidden before any total is."""
    table = protected([[2, 50, 60], [70, 80, 90], [30, 40, 20]])
    assert table.row_totals == (112, 240, 90)
    assert table.column_totals == (102, 170, 170)
    assert table.cells == ((None, 50, None), (70, 80, 90), (None, 40, None))


def test_a_table_of_nothing():
    """No rows make a table with a total of nought."""
    assert protected([]) == Protected(cells=(), row_totals=(), column_totals=(), total=0)


@pytest.mark.parametrize(
    ("rows", "said"), [([[1], [1, 2]], "the same number"), ([[-1]], "can't be negative")]
)
def test_what_is_no_table_of_counts(rows, said):
    """Rows of different lengths and negative counts are refused."""
    with pytest.raises(ValueError, match=said):
        protected(rows)
