"""Text with a separator between its cells (CSV and its kin), as a sheet; read line by line."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import islice, repeat
from typing import TYPE_CHECKING, Final

from careerspolicy.sheets.encodings import LONGEST_LINE, SAVE, encoding_of
from careerspolicy.sheets.sheet import Line, Sheet, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

#: What may stand between cells, the likeliest first, and what it is called.
SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_VOTERS: Final = 200
_DECLARED: Final = re.compile(r'"?sep=([,;\t|])"?\s*', re.IGNORECASE)
#: How many rows are read at once.
_AT_ONCE: Final = 500
_BREAK: Final = re.compile(r"\r\n|\r|\n")


def separated_sheets(path: Path) -> tuple[Sheet, ...]:
    """The one sheet of a text file; raises Unreadable for what is no text."""
    codec, encoding = encoding_of(path)
    try:
        with path.open(encoding=codec, newline="") as opened:
            sample = [*islice(opened, _VOTERS)]
    except UnicodeDecodeError:
        raise _not_text(path, 1) from None
    declared = _DECLARED.fullmatch(sample[0])
    separator = declared[1] if declared else _elected(sample)
    skipped = 1 if declared else 0

    def read() -> Iterator[Line]:
        return _lines(path, codec, separator, skipped)

    taken_as = f"text in {encoding}, parted by {SEPARATORS[separator]}"
    return (Sheet(file=str(path), taken_as=taken_as, read=read),)


def _elected(sample: Sequence[str]) -> str:
    """The separator that parts most of the first lines into as many cells; of several, the most."""
    best, most = ",", (0, 0)
    for separator in SEPARATORS:
        try:
            rows = [len(cells) for cells in csv.reader(sample, delimiter=separator)]
        except csv.Error:
            continue
        counts = Counter(cells for cells in rows if cells > 1)
        votes = max(((lines, cells) for cells, lines in counts.items()), default=(0, 0))
        if votes > most:
            best, most = separator, votes
    return best


def _lines(path: Path, codec: str, separator: str, skipped: int) -> Iterator[Line]:
    """The lines of a file; one of several has the number of its first."""
    line = 1 + skipped
    with path.open(encoding=codec, newline="") as opened:
        for _ in range(skipped):
            opened.readline(LONGEST_LINE)
        reader = csv.reader(opened, delimiter=separator, strict=True)
        more = True
        while more:
            rows: list[list[str]] = []
            stopped, before = None, reader.line_num
            try:
                rows.extend(islice(reader, _AT_ONCE))  # and keeps those before one that is wrong
            except (csv.Error, UnicodeDecodeError) as error:
                stopped = error
            more = len(rows) == _AT_ONCE
            plain = stopped is None and reader.line_num == before + len(rows)
            numbers = [*(range(line, line + len(rows)) if plain else _numbers(line, rows))]
            if plain and all(map(any, rows)):
                yield from map(tuple.__new__, repeat(Line), zip(numbers, rows, strict=True))
            else:
                yield from (Line(n, row) for n, row in zip(numbers, rows, strict=False) if any(row))
            line = numbers[-1] + 1 if plain and rows else (numbers or [line])[-1]
            if isinstance(stopped, UnicodeDecodeError):
                raise _not_text(path, line) from None
            if stopped is not None:
                raise Unreadable.of(path, *_why(stopped), line=line) from None


def _numbers(line: int, rows: Iterable[Sequence[str]]) -> Iterator[int]:
    """The line on which each row begins, and the one after the last: cells may have several."""
    yield line
    for cells in rows:
        line += 1 + sum(len(_BREAK.findall(cell)) for cell in cells)
        yield line


def _not_text(path: Path, line: int) -> Unreadable:
    message = "from about here on this is not the text that its beginning is"
    return Unreadable.of(path, message, SAVE, line=line)


def _why(error: csv.Error | UnicodeDecodeError) -> tuple[str, str]:
    """What csv's own messages mean to somebody who has never read its manual."""
    if isinstance(error, UnicodeDecodeError):
        return "what follows this line is not the text that its beginning is", SAVE
    complaint = str(error)
    if "field larger" in complaint:
        hint = "look for a double quote that is opened and never closed"
        return f"a cell has over {csv.field_size_limit():,} characters", hint
    if "end of data" in complaint:
        return "a double quote is opened and never closed", "close it, or write it twice"
    return "the double quotes of this row do not pair", "write a double quote within a cell twice"
