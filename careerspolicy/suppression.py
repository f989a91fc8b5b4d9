"""Small counts hidden, and enough beside them that no hidden count can be worked out.

Pure, and early in the flow: tables of destinations and of the report's `--aggregate` pass here
before anybody writes them. A count from 1 to just under the threshold could point at a pupil, so
it is hidden, and so is a total that small; nought is shown, as Ofqual's rounding policy has it.
Then other counts are hidden until each hidden one could have had another value. Whoever reads the
table is taken to know that counts are whole numbers and that nought is never hidden.
"""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Counts below this, other than nought, are hidden unless somebody says otherwise.
USUAL_THRESHOLD: Final = 5

#: A total is worth more to a reader than a cell, so totals are hidden last.
_TOTAL_COSTS: Final = 10**9


@attrs.frozen(kw_only=True)
class Protected:
    """A table of counts that may be shown; None stands for a hidden count.

    `row_totals` has one for each row, `column_totals` one for each column.
    """

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None


def protected(rows: Sequence[Sequence[int]], *, threshold: int = USUAL_THRESHOLD) -> Protected:
    """The table with every count from 1 to `threshold - 1` hidden, and what would give one away.

    A threshold of 1 or less hides nothing. Raises ValueError for rows of different lengths or a
    negative count.

    >>> protected([[3, 20, 30], [10, 20, 40]]).cells
    ((None, None, 30), (None, None, 40))
    >>> protected([[0, 20], [10, 20]]).cells
    ((0, 20), (10, 20))
    """
    table = _Table.of(rows)
    hidden = {at for at, count in table.counts.items() if 0 < count < threshold}
    for at in sorted(hidden):
        hidden |= table.cover_of(at, hidden)
    return table.without(hidden)


class _At(NamedTuple):
    """A place in a table; the totals stand in one more row and one more column."""

    row: int
    column: int


#: A row ("row", 2) or a column of the table, as a knot in the net of its counts.
_Knot = tuple[str, int]


@attrs.frozen
class _Table:
    """A table with its totals, as a net: rows and columns are knots, and counts the strings.

    Adding 1 to a count and keeping every shown count means taking from, or adding to, others in
    its row and column, and so on round a ring. A hidden count can be worked out unless such a ring
    of hidden counts passes through it in which none falls below 1 (Gusfield 1988 shows that rings
    are all there is to it).
    """

    height: int
    width: int
    counts: dict[_At, int]

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> _Table:
        width = len(rows[0]) if rows else 0
        if any(len(row) != width for row in rows):
            raise ValueError("every row of a table needs the same number of counts")
        if any(count < 0 for row in rows for count in row):
            raise ValueError("a count can't be negative")
        summed = [[*row, sum(row)] for row in rows]
        summed.append([sum(column) for column in zip(*summed, strict=True)] or [0])
        counts = {_At(r, c): n for r, row in enumerate(summed) for c, n in enumerate(row)}
        return cls(len(rows), width, counts)

    def cover_of(self, at: _At, hidden: set[_At]) -> set[_At]:
        """What has to be hidden besides, so that the count at a place can't be worked out."""
        rings = [ring for up in (True, False) if (ring := self._ring(at, hidden, up=up))]
        # There always is one: the count, its two totals and the whole total can all be 1 more.
        return min(rings, key=lambda ring: (ring[0], sorted(ring[1])))[1]

    def without(self, hidden: set[_At]) -> Protected:
        shown = {at: None if at in hidden else count for at, count in self.counts.items()}
        rows, columns = range(self.height), range(self.width)
        return Protected(
            cells=tuple(tuple(shown[_At(r, c)] for c in columns) for r in rows),
            row_totals=tuple(shown[_At(r, self.width)] for r in rows),
            column_totals=tuple(shown[_At(self.height, c)] for c in columns),
            total=shown[_At(self.height, self.width)],
        )

    def _ring(self, at: _At, hidden: set[_At], *, up: bool) -> tuple[int, set[_At]] | None:
        """The cheapest ring in which the count at a place goes up, or down; None without one."""
        if not self._can_change(at, forwards=up):
            return None
        ends = ("column", at.column), ("row", at.row)
        start, goal = ends if up else ends[::-1]
        waiting: list[tuple[int, _Knot, tuple[_At, ...]]] = [(0, start, ())]
        seen: set[_Knot] = set()
        while waiting:
            cost, knot, way = heappop(waiting)
            if knot == goal:
                return cost, set(way)
            if knot not in seen:
                seen.add(knot)
                for string, onward in self._strings(knot):
                    if string != at and onward not in seen:
                        price = 0 if string in hidden else self._cost(string)
                        heappush(waiting, (cost + price, onward, (*way, string)))
        return None

    def _strings(self, knot: _Knot) -> Iterator[tuple[_At, _Knot]]:
        """The counts of a row that can take more, of a column that can give, and whither."""
        kind, n = knot
        from_row = kind == "row"
        places = (
            product([n], range(self.width + 1))
            if from_row
            else (product(range(self.height + 1), [n]))
        )
        for at in (_At(*place) for place in places):
            if self._can_change(at, forwards=from_row):
                yield at, ("column", at.column) if from_row else ("row", at.row)

    def _can_change(self, at: _At, *, forwards: bool) -> bool:
        """Whether a count may be 1 higher (lower, for a total of rows or of columns) forwards."""
        count = self.counts[at]
        return count > 0 and (forwards is not self._is_edge(at) or count > 1)

    def _is_edge(self, at: _At) -> bool:
        """Whether it is the total of one row or of one column, which its parts pull down."""
        return (at.row == self.height) is not (at.column == self.width)

    def _cost(self, at: _At) -> int:
        is_total = at.row == self.height or at.column == self.width
        return self.counts[at] + (_TOTAL_COSTS if is_total else 0)
