"""Old workbooks (XLS) from within: damage on which their library never ends, and errors in cells.

Beside `workbooks`, whose library follows every chain of sectors and shows errors as blank.
"""

from __future__ import annotations

import struct
from itertools import chain
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Where the header says what, and how much of it there is.
_SHIFT: Final = 30
_DIRECTORY: Final = 48
_SMALL: Final = 60
_TABLES: Final = 76
_FIRST_TABLES: Final = 109
_HEADER: Final = 512
_ENTRY: Final = 128
_START: Final = 116
#: The records of a workbook that are looked at.
_SHEET: Final = 0x85
_ERROR: Final = 0x205
_FORMULA: Final = 0x06
_END: Final = 0x0A
_ERRORS: Final = {
    b"\x00": "#NULL!", b"\x07": "#DIV/0!", b"\x0f": "#VALUE!", b"\x17": "#REF!",
    b"\x1d": "#NAME?", b"\x24": "#NUM!", b"\x2a": "#N/A",
}  # fmt: skip


@attrs.frozen
class Compound:
    """A compound file: its bytes, and by sector the one that follows it in its chain."""

    content: bytes
    size: int
    following: Sequence[int]

    @classmethod
    def at(cls, path: Path) -> Compound | None:
        """The file at a path, if it is one and has a whole header."""
        with path.open("rb") as opened:
            content = opened.read(_HEADER)
            if not content.startswith(MAGIC) or len(content) < _HEADER:
                return None
            content += opened.read()
        size = 1 << (struct.unpack_from("<H", content, _SHIFT)[0] & 15)
        own = cls(content, size, ())
        tables = filter(own._is_there, struct.unpack_from(f"<{_FIRST_TABLES}I", content, _TABLES))
        return cls(content, size, tuple(chain.from_iterable(map(own._numbers, tables))))

    @property
    def circular(self) -> bool:
        """Whether a chain of sectors comes back to itself, so that it never ends."""
        small = struct.unpack_from("<I", self.content, _SMALL)[0]
        return _circular(self.following) or _circular(
            [*chain.from_iterable(map(self._numbers, self._chain(small)))]
        )

    def errors(self) -> Iterator[tuple[str, int, int, str]]:
        """The cells that hold an error: sheet, row and column from 0, what its program shows."""
        book = self._stream("Workbook")
        for at, name in _sheets(book):
            for kind, body in _records(book, at):
                own, formula = body[6:7], body[6:7] + body[12:14]
                if kind == _ERROR and body[7:8] == b"\1":
                    error = own
                elif kind == _FORMULA and formula == b"\2\xff\xff":
                    error = body[8:9]
                else:
                    continue
                yield name, *struct.unpack_from("<HH", body), _ERRORS.get(error, "#ERROR")

    @property
    def locked(self) -> bool:
        """Whether it holds a workbook that a password encrypts."""
        return self._start("EncryptedPackage") is not None

    def _stream(self, name: str) -> bytes:
        """The whole of a stream that stands in sectors of its own; empty where there is none."""
        start = self._start(name)
        return b"" if start is None else b"".join(map(self._sector, self._chain(start)))

    def _start(self, name: str) -> int | None:
        """The first sector of a stream."""
        first = struct.unpack_from("<I", self.content, _DIRECTORY)[0]
        entries = b"".join(map(self._sector, self._chain(first)))
        written = f"{name}\0".encode("utf-16-le")
        for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
            if entries[at : at + len(written)] == written:
                start: int = struct.unpack_from("<I", entries, at + _START)[0]
                return start
        return None

    def _chain(self, sector: int) -> Iterator[int]:
        while sector < len(self.following) and self._is_there(sector):
            yield sector
            sector = self.following[sector]

    def _is_there(self, sector: int) -> bool:
        return (sector + 1) * self.size + self.size <= len(self.content)

    def _sector(self, sector: int) -> bytes:
        at = (sector + 1) * self.size
        return self.content[at : at + self.size]

    def _numbers(self, sector: int) -> Sequence[int]:
        return struct.unpack(f"<{self.size // 4}I", self._sector(sector))


def _circular(following: Sequence[int]) -> bool:
    done: set[int] = set()
    for start in range(len(following)):
        met: set[int] = set()
        sector = start
        while sector < len(following) and sector not in done:
            if sector in met:
                return True
            met.add(sector)
            sector = following[sector]
        done |= met
    return False


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records from some place to the end of what begins there."""
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        if kind == _END:
            return
        yield kind, book[at + 4 : at + 4 + length]
        at += 4 + length


def _sheets(book: bytes) -> Iterator[tuple[int, str]]:
    """Where each sheet begins, and its name."""
    for kind, body in _records(book, 0):
        if kind == _SHEET:
            wide = body[7:8] == b"\1"
            name = body[8:].decode("utf-16-le" if wide else "latin-1")
            yield struct.unpack_from("<I", body)[0], name
