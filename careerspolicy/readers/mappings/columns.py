"""What the cells of each column of a sheet look like, without saying of whom they are."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import attrs

from careerspolicy.privacy.marks import is_upn
from careerspolicy.readers.days import Days, read_day
from careerspolicy.readers.mappings.recognition import text_of
from careerspolicy.readers.mappings.sources import SheetRows, headings_of
from careerspolicy.readers.tables import folded, is_example, is_total
from careerspolicy.readers.ticks import ABSENT, NOT_TICKED, TICKED
from careerspolicy.readers.values import BadValueError, UselessError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from careerspolicy.readers.values import Convert
    from careerspolicy.sheets import Line, Sheet

#: What the cells of a column are, as far as that shows.
Shape: TypeAlias = Literal[
    "nothing", "days", "UPNs", "e-mail addresses", "ticks", "year groups", "numbers", "words"
]
#: How many different values of a column are remembered, and how many may be words of a list.
_REMEMBERED: Final = 300
MOST_WORDS: Final = 25
#: What share of the cells must be of a shape.
_MOSTLY: Final = 0.8
_SHOWN: Final = 3
#: How many words among days are asked about.
_MOST_STRANGE: Final = 5
_LONGEST: Final = 30


@attrs.define
class Cells:
    """The cells under one heading: how often each value stands there, and how many are blank."""

    heading: str
    values: Counter[str] = attrs.field(factory=Counter)
    blanks: int = 0

    def add(self, cell: object) -> None:
        """Count one cell."""
        text = text_of(cell)
        if not text:
            self.blanks += 1
        elif text in self.values or len(self.values) < _REMEMBERED:
            self.values[text] += 1

    def merge(self, other: Cells) -> None:
        """Count the cells of another sheet's column too."""
        self.values.update(other.values)
        self.blanks += other.blanks

    @property
    def shape(self) -> Shape:
        """What they are."""
        if not self.values:
            return "nothing"
        tests: dict[Shape, bool] = {
            "UPNs": self._mostly(is_upn),
            "e-mail addresses": self._mostly(lambda text: "@" in text),
            "ticks": all(map(_is_tick, self.values)) and not all(map(_is_no, self.values)),
            "year groups": self._mostly(_is_year_group),
            "numbers": self._mostly(
                lambda text: text.replace(",", ".").replace(".", "", 1).isdecimal()
            ),
            "days": self._are_days,
        }
        return next((shape for shape, are in tests.items() if are), "words")

    @property
    def _are_days(self) -> bool:
        """Whether most are days, or whether there are more days than there are other words."""
        mostly = 2 * self._count(_is_day) > self.values.total()
        return mostly or 2 * len(self.strange_days) < len(self.values)

    @property
    def few(self) -> bool:
        """Whether they are words of a list rather than each row's own."""
        return len(self.values) <= MOST_WORDS

    @property
    def has_days(self) -> bool:
        """Whether any of them is a day."""
        return any(map(_is_day, self.values))

    @property
    def has_digits(self) -> bool:
        """Whether any of them is more than words."""
        return any(mark.isdigit() for text in self.values for mark in text)

    @property
    def few_strange(self) -> bool:
        """Whether the values that are no days are few enough to be asked about."""
        return len(self.strange_days) <= _MOST_STRANGE

    @property
    def strange_days(self) -> tuple[str, ...]:
        """The values that are no days."""
        return tuple(text for text in self.values if not _is_day(text))

    @property
    def order(self) -> Literal["", "open", "month first"]:
        """Whether the month stands first in their days, or that cannot be told."""
        stops: list[bool] = []
        days = Days(lambda: self.values, "", lambda stop, *_: stops.append(stop))
        return "month first" if days.month_first else "open" if True in stops else ""

    def unread(self, convert: Convert) -> tuple[str, ...]:
        """The values that something cannot read, the most frequent first."""
        return tuple(text for text, _ in self.values.most_common() if not _reads(convert, text))

    def read(self, convert: Convert) -> bool:
        """Whether most of them can be read."""
        unread = sum(self.values[text] for text in self.unread(convert))
        return 2 * unread < self.values.total()

    def samples(self, *, personal: bool) -> tuple[str, ...]:
        """Three values; of what says who somebody is, only how it is written."""
        if personal and not self.values:
            return ()
        if personal:
            return tuple({_outline(text): None for text in [*self.values][:_SHOWN]})
        return tuple(_short(text) for text, _ in self.values.most_common(_SHOWN))

    def _mostly(self, is_so: Callable[[str], bool]) -> bool:
        return self._count(is_so) >= _MOSTLY * self.values.total()

    def _count(self, is_so: Callable[[str], bool]) -> int:
        return sum(count for text, count in self.values.items() if is_so(text))


def columns_of(sheet: Sheet, line: Line) -> tuple[Cells, ...]:
    """The columns under the headings of a line, each heading once."""
    names = headings_of(line)
    cells = [Cells(name) for name in names]
    for raw in SheetRows(sheet, line, names):
        if raw.heading or is_example(raw.cells) or is_total(raw.cells):
            continue
        for column, cell in zip(cells, raw.cells, strict=False):
            column.add(cell)
    once: dict[str, Cells] = {}
    for column in cells:
        once.setdefault(folded(column.heading), column)
    return tuple(column for folds, column in once.items() if folds)


def _reads(convert: Convert, text: str) -> bool:
    with suppress(UselessError):
        try:
            convert(text)
        except BadValueError:
            return False
    return True


def _is_tick(text: str) -> bool:
    return folded(text) in TICKED | ABSENT | NOT_TICKED


def _is_no(text: str) -> bool:
    return folded(text) in NOT_TICKED


def _is_day(text: str) -> bool:
    """Whether a text is a day of the calendar; a bare number may be anything."""
    try:
        return not text.isdecimal() and read_day(text) is not None
    except ValueError:
        return False


def _is_year_group(text: str) -> bool:
    plain = folded(text)
    rest = plain.removeprefix("year").removeprefix("yr").removeprefix("y")
    return rest != plain and rest.isdecimal()


def _short(text: str) -> str:
    whole = " ".join(text.split())
    return whole if len(whole) <= _LONGEST else f"{whole[: _LONGEST - 1]}…"


def _outline(text: str) -> str:
    """How a text is written: A for a letter, 9 for a digit.

    >>> _outline("B801200005001"), _outline("Ada Lovelace")
    ('A999999999999', 'letters')
    """
    if not any(map(str.isdigit, text)):
        return "letters"
    marks = ("9" if mark.isdigit() else "A" if mark.isalpha() else mark for mark in text)
    return _short("".join(marks))


def known_most(lines: Iterable[Line], known: Iterable[str]) -> Line | None:
    """The line on which most known headings stand; without any, the first that is full."""
    names, best, most = {*known}, None, (-1, -1)
    for line in lines:
        there = [text for cell in line.cells if (text := text_of(cell))]
        score = (sum(bare(text) in names for text in there), min(len(there), 2))
        if score > most:
            best, most = line, score
    return best


def plain(heading: str) -> str:
    """A heading in words, without question marks and what stands in brackets."""
    letters = (mark if mark.isalnum() else " " for mark in heading.partition("(")[0])
    return " ".join("".join(letters).split())


def bare_words(heading: str) -> list[str]:
    """The words of a heading, those in brackets too."""
    letters = (mark if mark.isalnum() else " " for mark in heading.casefold())
    return "".join(letters).split()


def bare(heading: str) -> str:
    """A heading by its letters and digits, without what stands in brackets.

    >>> bare("Date of Birth (dd/mm/yyyy)"), bare("(no)")
    ('dateofbirth', 'no')
    """
    before = heading.partition("(")[0]
    letters = "".join(filter(str.isalnum, before.casefold()))
    return letters or "".join(filter(str.isalnum, heading.casefold()))
