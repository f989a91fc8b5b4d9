"""A digest of a text's letters and digits, by which a clause is known without storing its words."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Final

_BYTES: Final = 6


def letters(text: str) -> str:
    r"""The letters and digits alone, in lower case: what wrapping, bullets and quotes leave alone.

    >>> letters("“Work-\nplace” visits: 2")
    'workplacevisits2'
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(one for one in folded if one.isalnum())


def fingerprint(text: str) -> str:
    r"""Twelve hexadecimal digits that stand for a text.

    >>> fingerprint("- Keep records.") == fingerprint("Keep\n  records")
    True
    """
    return hashlib.blake2b(letters(text).encode(), digest_size=_BYTES).hexdigest()
