"""What is wrong with the headings of a table of ours: those that are lacking, or stand twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from careerspolicy.readers.tables import OWNERS, folded
from careerspolicy.suggestions import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from careerspolicy.readers.tables import FactsTable


def wrong_headings(names: tuple[str, ...], table: FactsTable) -> Iterator[tuple[int, str, str]]:
    """Each thing wrong: in which column from 1, 0 for none; what it is; how it is mended."""
    first: dict[str, str] = {}
    for column, name in enumerate(names, start=1):
        if not name:
            yield column, "this column has no heading", "give it one, or take the column out"
        elif folded(name) in first:
            same = first[folded(name)]
            yield column, f'the heading "{name}" stands twice (as "{same}")', "keep one of them"
        first.setdefault(folded(name), name)
    known = {folded(column.name) for column in table.columns}
    unknown = [name for name in names if folded(name) not in known]
    for wanted in table.columns:
        if wanted.required and folded(wanted.name) not in first:
            near = nearest(wanted.name, unknown)
            hint = (
                f'rename "{near}" if that is it'
                if near
                else f"the headings it may have: {columns_in(table)}"
            )
            yield 0, f'there is no column "{wanted.name}"', hint
    if table.row_name == "record" and not any(folded(owner) in first for owner in OWNERS):
        near = next(filter(None, (nearest(owner, unknown) for owner in OWNERS)), "")
        hint = (
            f'rename "{near}" if that is it'
            if near
            else f"the headings it may have: {columns_in(table)}"
        )
        column = names.index(near) + 1 if near else 0
        yield column, "no column says whose the records are: pupil, school or trust", hint


def are_foreign(names: Iterable[str], table: FactsTable) -> bool:
    """Whether some headings are somebody's own: hardly any is ours, and none that is needed."""
    there = {folded(name) for name in names if name}
    needed = {folded(column.name) for column in table.columns if column.required}
    own = there & {folded(column.name) for column in table.columns}
    return not there & needed and 2 * len(own) < len(there)


def columns_in(table: FactsTable) -> str:
    """The headings that a table may have, as one row of CSV."""
    return ",".join(column.name for column in table.columns)
