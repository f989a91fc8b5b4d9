"""A source document's text as exports have it: in whatever encoding, with whatever in it."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final

from careerspolicy.errors import Problem, UnusableInput
from careerspolicy.plain.text import bytes_of

if TYPE_CHECKING:
    from pathlib import Path

SOURCE_LIMIT: Final = 8 * 2**20

#: What files begin with that aren't text, and what their owners should do.
_NOT_TEXT: Final = {b"%PDF": "a PDF", b"PK\x03\x04": "a Word document or another archive"}


def load_source(path: Path) -> str:
    """The text of an exported document; raises UnusableInput for what cannot be read as text."""
    data = bytes_of(path, SOURCE_LIMIT)
    for start, what in _NOT_TEXT.items():
        if data.startswith(start):
            raise _unusable(path, f"this is {what}", "export it as plain text (.txt) first")
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.removeprefix(codecs.BOM_UTF8).decode()
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    if not text.strip():
        raise _unusable(path, "this file says nothing", "name another, or export it again")
    return text


def _unusable(path: Path, message: str, hint: str) -> UnusableInput:
    return UnusableInput([Problem(file=str(path), message=message, hint=hint)])
