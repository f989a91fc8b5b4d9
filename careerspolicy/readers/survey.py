"""What of some files nobody can read yet, and what would have to be known to read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from careerspolicy.readers.log import Log
from careerspolicy.readers.mappings.guesses import Guesser
from careerspolicy.readers.mappings.loading import SAVED
from careerspolicy.readers.tables import folded
from careerspolicy.readers.tabular import taken

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from careerspolicy.readers.beside import Beside
    from careerspolicy.readers.mappings.columns import Cells
    from careerspolicy.readers.mappings.sheet_guess import SheetGuess
    from careerspolicy.sheets import Sheet
    from careerspolicy.vocabulary import Vocabulary


@attrs.frozen(kw_only=True)
class Survey:
    """Guesses for the sheets that nothing knows, and whether something tells of the school."""

    guesses: tuple[SheetGuess, ...]
    school_known: bool


def survey(paths: Sequence[Path], beside: Beside, vocabulary: Vocabulary) -> Survey:
    """What is not known of the sheets of files and folders; a mapping that isn't there is none.

    Raises InvalidFacts for a mapping that is no good.
    """
    if beside.mapping is not None and not beside.mapping.exists():
        beside = attrs.evolve(beside, mapping=None)
    taking = taken(paths, beside, vocabulary, Log(keeping=True))
    partly = {(sheet.file, sheet.name) for sheet in taking.partly}
    lists = {(each.file, "".join(each.path)) for each in taking.sources.get("pupils", ())}
    guesser = Guesser(vocabulary, taking.systems, elsewhere=bool(lists - partly))
    alike: dict[frozenset[str], tuple[Sheet, tuple[Cells, ...]]] = {}
    for sheet in (*taking.unknown, *taking.partly):
        columns = guesser.columns(sheet)
        # Sheets with the same headings are read alike, and stand under the first of them.
        headings = frozenset(folded(column.heading) for column in columns)
        _, before = alike.setdefault(headings, (sheet, columns))
        own = {folded(column.heading): column for column in columns if before is not columns}
        for column in before if own else ():
            column.merge(own[folded(column.heading)])
    guesses = _guesses(guesser, [given for given in alike.values() if given[1]])
    schools = any(system.schools for system in taking.systems)
    mapped = [column for guess in guesses for column in guess.mapping.columns]
    named = any(column.to == "school" for column in mapped)
    return Survey(
        guesses=tuple(guesses),
        school_known=schools or (named and not beside.school) or "schools" in taking.sources,
    )


def _guesses(
    guesser: Guesser, given: Sequence[tuple[Sheet, tuple[Cells, ...]]]
) -> list[SheetGuess]:
    """What sheets likely are; of several that tell of the same pupils, one lists them."""
    guesses = [guesser.guess(sheet, columns) for sheet, columns in given]
    lists = [guess for guess in guesses if guess.lists_pupils and not guess.makes_records]
    events = attrs.evolve(guesser, elsewhere=True)
    for place, guess in enumerate(guesses):
        if not (guess.lists_pupils and guess.makes_records):
            continue
        if any(guess.shares_pupils(other) for other in lists):
            guesses[place] = events.guess(*given[place])
        else:
            lists.append(guess)
    return guesses


def place_of_mapping(paths: Sequence[Path]) -> Path:
    """Where the mapping of some files is kept, so that it is met with them."""
    first = paths[0]
    return (first if first.is_dir() else first.parent) / SAVED
