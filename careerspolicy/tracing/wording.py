"""Sets of words, for the modules that look at how lines begin and end."""

from __future__ import annotations


def words(listed: str) -> frozenset[str]:
    """The set of words written in one text."""
    return frozenset(listed.split())
