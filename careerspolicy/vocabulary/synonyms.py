"""Other words for our own values, as `synonyms.yaml` lists them."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping


def meanings(text: str) -> tuple[str, ...]:
    """The values, folded, for which a text stands.

    >>> meanings("FE college")
    ('furthereducationcollege',)
    """
    return _meanings().get(_folded(text), ())


@lru_cache(maxsize=1)
def kinds_by_word() -> Mapping[str, str]:
    """The kinds of record by the other words for them."""
    listed = _listed()["kinds"]
    return {other: kind for kind, others in listed.items() for other in others}


@lru_cache(maxsize=1)
def _meanings() -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for value, others in _listed()["values"].items():
        for other in others:
            found[_folded(other)] += (_folded(value),)
    return found


def _listed() -> Mapping[str, Mapping[str, list[str]]]:
    text = files(__package__ or "").joinpath("synonyms.yaml").read_text(encoding="utf-8")
    listed: Mapping[str, Mapping[str, list[str]]] = yaml.safe_load(text)
    return listed


def _folded(text: str) -> str:
    return "".join(mark for mark in text.casefold() if mark.isalnum())
