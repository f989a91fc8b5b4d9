"""“Did you mean …?”: the nearest known word to one that is not known."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was most likely meant; empty where none is near.

    >>> nearest("employer_encounters", ["employer encounter", "review"])
    'employer encounter'
    """
    by_folded = {_folded(name): name for name in known}
    near = difflib.get_close_matches(_folded(word), by_folded, n=1, cutoff=0.6)
    return by_folded[near[0]] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or lists a few, or is empty.

    >>> did_you_mean("employer encounters", ["employer encounter", "review"])
    'did you mean "employer encounter"?'
    """
    names = {_folded(name): name for name in known}.values()
    if near := nearest(word, names):
        return f'did you mean "{near}"?'
    return f"known here: {', '.join(sorted(names))}" if 0 < len(names) <= 12 else ""


def _folded(name: str) -> str:
    return name.casefold().replace("_", " ").replace("-", " ")
