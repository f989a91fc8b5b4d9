"""Text that is safe to print, wherever it was read; light, since every message passes here."""

from __future__ import annotations

import unicodedata


def printable(text: str) -> str:
    r"""Text without the control characters by which a file could talk to the terminal.

    >>> printable("Oak\x1b[31mfield")
    'Oak?[31mfield'
    """
    return "".join(
        "?" if unicodedata.category(one) == "Cc" and one != "\n" else one for one in text
    )
