"""What can go wrong, as values: a problem says where, what, and how to mend it.

First in the flow: every other module may raise these, and this one imports none of them.
"""

from __future__ import annotations

from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal, Self

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Severity = Literal["error", "warning"]


@attrs.frozen(kw_only=True, order=False)
class Problem:
    """One thing that is wrong in one place of one file.

    `line` and `column` count from 1; 0 means that the place has none (a whole file, a made value).
    `path` is the way to the value in the author's own words, outermost first. What is `unread` is
    known to nobody and was passed over. A `row` in memory, which has no line, counts from 0, as
    lists and frames do; `thing` is its id.

    Of facts, the `code` is what sort of problem it is (the data dictionary lists them), `value` the
    cell as it was written, and `about` the ids or names in question, or
    the place of the row. One that is told for many that are alike says how many it `stands_for`.
    """

    file: str
    message: str
    line: int = 0
    column: int = 0
    path: tuple[str, ...] = ()
    hint: str = ""
    severity: Severity = "error"
    unread: bool = False
    code: str = ""
    value: str = ""
    about: tuple[str, ...] = ()
    row: int | None = None
    thing: str = ""
    stands_for: int = 1

    def __str__(self) -> str:
        place = [self.file]
        if self.line:
            place += [str(self.line), str(self.column)] if self.column else [str(self.line)]
        if self.row is not None:
            place.append(f" row {self.row} ({self.thing})" if self.thing else f" row {self.row}")
        return f"{':'.join(place)}: {self.words}"

    @property
    def words(self) -> str:
        """What is wrong and how to mend it, without the place."""
        alike = (f"{self.stands_for:,} rows such as this",) if self.stands_for > 1 else ()
        words = ": ".join((*self.path, *alike, self.message))
        return f"{words}; {self.hint}" if self.hint else words

    @property
    def place(self) -> tuple[str, int, int]:
        """Where the problem stands, for sorting in file order."""
        return (self.file, self.line, self.column)


def in_file_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems without repeats, sorted by file, line and column."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: problem.place))


def by_pattern(problems: Iterable[Problem], most: int | None = None) -> list[Problem]:
    """One problem for each cause, in file order: the first of those alike, saying how many.

    Alike are those of one column of one file that are of one sort, mended alike, and whose values
    have one shape; rows in memory stay apart, for programs. Of more than `most` causes those with
    the fewest rows are only counted, unless all are wanted.
    """
    alike: dict[tuple[object, ...], list[Problem]] = {}
    for problem in in_file_order(problems):
        shape = shape_of(problem.value) if problem.code == "bad-value" else ""
        place = problem.file, problem.path, problem.row
        key = *place, problem.code, problem.hint, problem.severity, shape
        alike.setdefault(key, []).append(problem)
    # What stops a file stands on no row that could be left out, and so comes first.
    causes = sorted(alike.values(), key=lambda same: (same[0].code != "unreadable", -_in_all(same)))
    kept = causes if most is None or len(causes) <= most else causes[: most - 1]
    told = [*in_file_order(map(_as_one, kept))]
    if rest := causes[len(kept) :]:
        message = f"and {sum(map(_in_all, rest)):,} problems of {len(rest):,} more sorts"
        told.append(Problem(file=rest[0][0].file, message=message, severity=rest[0][0].severity))
    return told


def _as_one(same: list[Problem]) -> Problem:
    """The first of some problems that are alike, saying how many they are."""
    return attrs.evolve(same[0], stands_for=_in_all(same))


def _in_all(problems: Iterable[Problem]) -> int:
    return sum(problem.stands_for for problem in problems)


def shape_of(text: str) -> str:
    """A value's shape: runs of letters and of digits as one of each, whatever stands between.

    >>> shape_of("13 April 2012"), shape_of("01/09/2012")
    ('9 a 9', '9/9/9')
    """
    marks = ("9" if mark.isdigit() else "a" if mark.isalpha() else mark for mark in text)
    return "".join(mark for mark, _ in groupby(marks))


class CareersPolicyError(Exception):
    """Anything that this library raises on purpose."""


class UnusableInput(CareersPolicyError):
    """A file that could not be used as asked; `problems` holds every reason, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_file_order(problems)
        super().__init__("\n".join(map(str, self.problems)))

    @classmethod
    def of(cls, file: str | Path, message: str, hint: str, **more: Any) -> Self:
        """The error for one problem of a file; `more` are the problem's other fields."""
        return cls([Problem(file=str(file), message=message, hint=hint, **more)])


class InvalidPolicy(UnusableInput):
    """A policy file that breaks the schema or makes no sense."""


class InvalidFacts(UnusableInput):
    """Facts with rows or values that cannot be used."""


@contextmanager
def raised_as(kind: type[UnusableInput]) -> Iterator[None]:
    """Raises what makes input unusable as a nearer kind of it."""
    try:
        yield
    except UnusableInput as error:
        raise kind(error.problems) from None


class UnknownName(CareersPolicyError):
    """A name (of a policy, a pupil, an obligation) that nothing here goes by."""


class MissingExtra(CareersPolicyError):
    """A library that only some users need is not installed; the message names the extra."""


class BrokenTemplate(CareersPolicyError):
    """A template that cannot be used; the message names its file and line."""


class WontOverwrite(CareersPolicyError):
    """A file that is there already, and nobody said that it may be replaced."""
