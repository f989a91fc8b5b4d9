"""“Did you mean …?”: the nearest known word to one that is not known."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or lists a few, or is empty.

    >>> did_you_mean("employer encounters", ["employer encounter", "review"])
    'did you mean "employer encounter"?'
    """
    by_folded = {name.casefold().replace("_", " ").replace("-", " "): name for name in known}
    folded = word.casefold().replace("_", " ").replace("-", " ")
    near = difflib.get_close_matches(folded, by_folded, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{by_folded[near[0]]}"?'
    if 0 < len(by_folded) <= 12:
        return "known here: " + ", ".join(sorted(by_folded.values()))
    return ""
