"""What changed between two provider access statements, seen part by part, in plain lines.

Both are looked at as views, so that last year's may be a file that was published as well as one
made anew from last year's school file. A line that only moved on with the school year is no change.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher, get_close_matches
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.errors import CareersPolicyError
from careerspolicy.views import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


#: What a cell with nothing in it shows.
NOTHING: Final = "\u2013"
#: What stands before the first heading of the second level.
OPENING: Final = "Opening"

_YEAR: Final = re.compile(r"\b(20\d\d)(?:(/)(\d\d))?\b")
_SCHOOL_YEAR: Final = re.compile(r"School year (20\d\d)/\d\d")
#: Lines less alike than this are not one line reworded, but one gone and another new.
_ALIKE: Final = 0.5
#: Comparing takes time by the square of the lines, and of their lengths. The longest statements
#: published have some 400 lines, and paragraphs of some 1,500 characters.
MOST_LINES: Final = 2_000
_MOST_COMPARED: Final = 4_000
#: Of more lines in one place than this, none is looked for reworded: they are gone, and others new.
_MOST_REWORDED: Final = 200


class TooLong(CareersPolicyError):
    """A statement of more lines than anybody would compare."""


@attrs.frozen(kw_only=True)
class LineChange:
    """A line that is new (no `before`), gone (no `after`) or reworded (both)."""

    before: str = ""
    after: str = ""


@attrs.frozen(kw_only=True)
class PartChange:
    """One part of a statement, and its lines that changed; none if it is as it was."""

    heading: str
    lines: tuple[LineChange, ...] = ()
    new: bool = False
    gone: bool = False


def statement_changes_view(before: tree.View, after: tree.View, *, earlier: str) -> tree.View:
    """What changed since an earlier statement, which `earlier` names. Raises TooLong."""
    parts = changed_parts(before, after, earlier)
    moved_on = "Dates that only moved on with the school year are not listed."
    same = tree.bullets(part.heading for part in parts if not part.lines)
    changed = tuple(_section(part) for part in parts if part.lines)
    return tree.View(
        title=f"What changed: {after.title}",
        dated=after.dated,
        opening=[tree.Paragraph(f"Compared with {earlier}."), tree.Paragraph(moved_on)],
        sections=lambda: (
            *(changed or (tree.Paragraph("Nothing else changed."),)),
            *([tree.Section(title="As before", blocks=(same,))] if same.items else []),
        ),
    )


def changed_parts(
    before: tree.View, after: tree.View, earlier: str = "the earlier statement"
) -> tuple[PartChange, ...]:
    """Every part of two statements, in the later one's order, then those that are gone.

    Years in the earlier one are read as moved on by as many as lie between the two statements.
    Raises TooLong.
    """
    old, new = _parts(before), _parts(after)
    for name, parts in ((earlier, old), ("this statement", new)):
        if (lines := sum(map(len, parts.values()))) > MOST_LINES:
            most = f"at most {MOST_LINES:,} are compared; is it a provider access statement?"
            raise TooLong(f"{name}: it has {lines:,} lines and cells, and {most}")
    began, begins = _school_year(old), _school_year(new)
    on = begins - began if began and begins else 0
    changed = [_part(heading, old.get(heading), lines, on) for heading, lines in new.items()]
    gone = [
        PartChange(heading=heading, lines=tuple(LineChange(before=one) for one in lines), gone=True)
        for heading, lines in old.items()
        if heading not in new
    ]
    return (*changed, *gone)


def _section(part: PartChange) -> tree.Section:
    state = " (new)" if part.new else " (gone)" if part.gone else ""
    items = []
    for line in part.lines:
        was, now = tree.Span("Was:", strong=True), tree.Span("Now:", strong=True)
        if line.before and line.after:
            reworded = tree.Paragraph((now, f" {line.after}"))
            items.append(tree.Item((was, f" {line.before}"), (reworded,)))
        else:
            word = tree.Span("New:" if line.after else "Gone:", strong=True)
            items.append(tree.Item((word, f" {line.after or line.before}")))
    return tree.Section(title=f"{part.heading}{state}", blocks=(tree.List(tuple(items)),))


def _part(heading: str, old: Sequence[str] | None, new: Sequence[str], on: int) -> PartChange:
    if old is None:
        lines = tuple(LineChange(after=line) for line in new)
        return PartChange(heading=heading, lines=lines, new=True)
    moved = [line if line in new else _moved_on(line, on) for line in old]
    by_moved = dict(zip(moved, old, strict=True))
    shown = (
        attrs.evolve(change, before=by_moved.get(change.before, ""))
        for change in _differences(moved, new)
    )
    return PartChange(heading=heading, lines=tuple(shown))


def _differences(old: Sequence[str], new: Sequence[str]) -> Iterator[LineChange]:
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for _, low, high, from_, to in matcher.get_opcodes():
        gone, come = [*old[low:high]], [*new[from_:to]]
        if gone == come:
            continue
        for line in gone:
            alike: list[str] = []
            if len(gone) <= _MOST_REWORDED and len(line) <= _MOST_COMPARED:
                short = [one for one in come[:_MOST_REWORDED] if len(one) <= _MOST_COMPARED]
                alike = get_close_matches(line, short, n=1, cutoff=_ALIKE)
            if alike:
                come.remove(alike[0])
            yield LineChange(before=line, after="".join(alike))
        yield from (LineChange(after=line) for line in come)


def _moved_on(line: str, on: int) -> str:
    def later(found: re.Match[str]) -> str:
        year = int(found[1]) + on
        return f"{year}/{(year + 1) % 100:02}" if found[2] else str(year)

    return _YEAR.sub(later, line)


def _school_year(parts: Mapping[str, Sequence[str]]) -> int:
    """The year in which a statement's school year began; 0 if it does not say."""
    found = (_SCHOOL_YEAR.search(line) for line in parts.get(OPENING, ()))
    return next((int(one[1]) for one in found if one), 0)


def _parts(view: tree.View) -> dict[str, list[str]]:
    """The plain lines of each part by its heading."""
    parts = {OPENING: [*_lines(view.opening)]}
    for block in view.sections():
        if isinstance(block, tree.Section):
            lines = parts.setdefault(tree.plain(block.title).split("\n")[0], [])
            lines += _lines(block.blocks)
    parts[OPENING] += _lines(view.closing)
    return parts


def _lines(blocks: Iterable[tree.Block]) -> Iterator[str]:
    """The text of blocks without its markup, line by line."""
    for block in blocks:
        match block:
            case tree.Section():
                yield tree.plain(block.title)
                yield from _lines(block.blocks)
            case tree.Paragraph():
                yield from tree.plain(block.words).split("\n")
            case tree.Quotation(quoted):
                yield from _lines(quoted)
            case tree.List():
                for item in block.items:
                    yield from tree.plain(item.words).split("\n")
                    yield from _lines(item.blocks)
            case tree.Table():
                yield from _cells(block)


def _cells(table: tree.Table) -> Iterator[str]:
    """Its caption, and each cell that says something: "Year 9, Summer term: STEM day"."""
    if table.caption:
        yield tree.plain(table.caption)
    columns = [column.heading for column in table.columns[1:]]
    for row in table.rows:
        name, *cells = (
            tree.plain(cell) if isinstance(cell, str | tuple | tree.Span) else ""
            for cell in row.cells
        )
        for column, cell in zip(columns, cells, strict=False):
            if cell not in ("", NOTHING):
                yield f"{name}, {column}: {cell}"
