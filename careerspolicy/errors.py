"""What can go wrong, as values: a problem says where, what, and how to mend it.

First in the flow: every other module may raise these, and this one imports none of them.
"""

from __future__ import annotations

from contextlib import contextmanager
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
    """

    file: str
    message: str
    line: int = 0
    column: int = 0
    path: tuple[str, ...] = ()
    hint: str = ""
    severity: Severity = "error"
    unread: bool = False
    row: int | None = None
    thing: str = ""

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
        words = ": ".join((*self.path, self.message))
        return f"{words}; {self.hint}" if self.hint else words

    @property
    def place(self) -> tuple[str, int, int]:
        """Where the problem stands, for sorting in file order."""
        return (self.file, self.line, self.column)


def in_file_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems without repeats, sorted by file, line and column."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: problem.place))


def few(problems: Iterable[Problem], most: int) -> list[Problem]:
    """The problems in file order; of those alike in one place of one file the first, and a count.

    Problems are alike that are mended alike.
    """
    alike: dict[tuple[str, tuple[str, ...], str, str], list[Problem]] = {}
    for problem in in_file_order(problems):
        key = problem.file, problem.path, problem.hint, problem.severity
        alike.setdefault(key, []).append(problem)
    kept: list[Problem] = []
    for same in alike.values():
        kept += same[:most]
        if rest := same[most:]:
            message = f"and {len(rest)} more like {'these' if most > 1 else 'this'}"
            kept.append(attrs.evolve(rest[0], message=message, hint="", column=0))
    return [*in_file_order(kept)]


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
