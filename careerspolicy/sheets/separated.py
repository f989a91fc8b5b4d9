"""Text with a separator between its cells (CSV and its kin), as a sheet; read line by line."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from careerspolicy.sheets.encodings import LONGEST_LINE, SAVE, encoding_of
from careerspolicy.sheets.sheet import Line, Sheet, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

#: What may stand between cells, the likeliest first, and what it is called.
SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_VOTERS: Final = 200
_DECLARED: Final = re.compile(r'"?sep=([,;\t|])"?\s*', re.IGNORECASE)


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
    line, new = 1 + skipped, tuple.__new__  # as Line(…), at half the cost
    with path.open(encoding=codec, newline="") as opened:
        for _ in range(skipped):
            opened.readline(LONGEST_LINE)
        reader = csv.reader(opened, delimiter=separator, strict=True)
        try:
            for cells in reader:
                start, line = line, reader.line_num + 1 + skipped
                if any(cells):
                    yield new(Line, (start, cells))
        except csv.Error as error:
            raise Unreadable.of(path, *_why(error), line=line) from None
        except UnicodeDecodeError:
            raise _not_text(path, line) from None


def _not_text(path: Path, line: int) -> Unreadable:
    message = "from about here on this is not the text that its beginning is"
    return Unreadable.of(path, message, SAVE, line=line)


def _why(error: csv.Error) -> tuple[str, str]:
    """What csv's own messages mean to somebody who has never read its manual."""
    complaint = str(error)
    if "field larger" in complaint:
        hint = "look for a double quote that is opened and never closed"
        return f"a cell has over {csv.field_size_limit():,} characters", hint
    if "end of data" in complaint:
        return "a double quote is opened and never closed", "close it, or write it twice"
    return "the double quotes of this row do not pair", "write a double quote within a cell twice"
