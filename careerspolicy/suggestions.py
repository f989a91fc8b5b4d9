"""“Did you mean …?”: the known word that was most likely meant by one that is not known.

Meaning goes before spelling: `synonyms.yaml` says by which other words our own go. A wrong hint
does more harm than none, so that spelling must be really near.
"""

from __future__ import annotations

from collections import defaultdict
from difflib import SequenceMatcher
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: How alike two words must be; names of other numbers of words; and the words of two names each.
_NEAR: Final = 0.75
_NEAR_IN_ALL: Final = 0.85
_NEAR_EACH: Final = 0.5


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was most likely meant; empty where none is near.

    >>> nearest("employer_encounters", ["employer encounter", "review"])
    'employer encounter'
    >>> nearest("DOB", ["born", "joined"]), nearest("born", ["Date of Birth", "Year"])
    ('born', 'Date of Birth')
    >>> nearest("FE college", ["specialist college"])
    ''
    """
    wanted, by_folded = _folded(word), {_folded(name): name for name in known}
    by_bare = {_bare(name): name for name in by_folded.values()}
    if same := by_folded.get(wanted) or by_bare.get(_bare(word)):
        return same
    meant = synonyms().get(_bare(word), frozenset())
    for bare, name in by_bare.items():
        others = synonyms().get(bare, frozenset())
        if meant & {bare, *others} or _bare(word) in others:
            return name
    if meant and not any(_bare(word) in own for own in synonyms().values()):
        return ""
    likeness = {name: _likeness(wanted, folded) for folded, name in by_folded.items()}
    near = max(likeness, key=lambda name: (likeness[name], name), default="")
    return near if likeness.get(near) else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or lists a few, or is empty.

    >>> did_you_mean("employer encounters", ["employer encounter", "review"])
    'did you mean "employer encounter"?'
    """
    names = {_folded(name): name for name in known}.values()
    if near := nearest(word, names):
        return f'did you mean "{near}"?'
    return f"known here: {', '.join(sorted(names))}" if 0 < len(names) <= 12 else ""


def meant(word: str, known: Iterable[str]) -> str:
    """The known word that another says in its own way; empty where none is, or several are.

    >>> meant("FE college", ["further education college", "university"])
    'further education college'
    """
    own = synonyms().get(_bare(word), frozenset())
    names = [name for name in known if _bare(name) in own]
    return names[0] if len(names) == 1 else ""


@lru_cache(maxsize=1)
def synonyms() -> Mapping[str, frozenset[str]]:
    """By each other word, bare, the words of our own that it may stand for, bare too.

    Those that stand for none of ours, though they are spelt like one, have "".
    """
    import yaml  # noqa: PLC0415 - a mistyped command asks for no synonyms, and waits for no parser

    text = files("careerspolicy").joinpath("vocabulary", "synonyms.yaml").read_text("utf-8")
    meanings: defaultdict[str, set[str]] = defaultdict(set)
    for sort in yaml.safe_load(text).values():
        for own, others in sort.items():
            for other in others:
                meanings[_bare(other)].add(_bare(own))
    return {other: frozenset(own) for other, own in meanings.items()}


def _likeness(word: str, name: str) -> float:
    """How alike two folded names are; 0 where it is too little for a hint."""
    alike = SequenceMatcher(None, word, name).ratio()
    if sorted(word) == sorted(name):  # letters that changed places
        return max(alike, _NEAR)
    parts, others = word.split(), name.split()
    if len(parts) != len(others):
        return alike if alike >= _NEAR_IN_ALL else 0
    pairs = zip(parts, others, strict=True)
    each = all(SequenceMatcher(None, *pair).ratio() >= _NEAR_EACH for pair in pairs)
    return alike if each and alike >= _NEAR else 0


def _folded(name: str) -> str:
    return name.casefold().replace("_", " ").replace("-", " ")


def _bare(name: str) -> str:
    """A name without what spelling may vary in; and in the singular, roughly."""
    return "".join(mark for mark in _folded(name) if mark not in " .'\u2019").removesuffix("s")
