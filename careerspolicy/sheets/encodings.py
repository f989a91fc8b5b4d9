"""In which encoding a text file is: a ladder of strict decodings, never statistics.

UTF-8 and UTF-16 prove themselves. Of the old one-byte encodings that English schools meet,
Windows's is taken unless what it makes of the file's words is odd and another's is not.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from careerspolicy.sheets.sheet import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONGEST_LINE: Final = 1_000_000
SAVE: Final = 'save it as "CSV UTF-8"'
#: A line that is too long has one such piece without an end of a line at least.
_PIECE: Final = LONGEST_LINE // 4
_MOST_WORDS: Final = 5_000
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
#: The one-byte encodings, the likeliest first.
_OLD: Final = (("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman"), ("cp850", "MS-DOS (850)"))
#: A word with bytes beyond ASCII in it.
_WORD: Final = re.compile(rb"[A-Za-z']{0,20}[\x80-\xff][A-Za-z'\x80-\xff]*")
#: What no name has: an accented capital after a small letter, certain symbols after a letter,
#: others between two, or what UTF-8 looks like when it is taken for something else.
_ODD: Final = re.compile(
    r"[a-zß-öø-ÿ][À-ÖØ-ÞŒŠŽŸ]"
    r"|[^\W\d_][\u201a\u201e\u02c6\u2030\u2039¡¢¤¿]"
    r"|[^\W\d_][†‡§¬¦©«»¶][^\W\d_]"
    r"|[ÂÃ][^\w\s']"
)


class Encoding(NamedTuple):
    """What Python calls an encoding, and what people do."""

    codec: str
    name: str


def encoding_of(path: Path) -> Encoding:
    """The encoding of a file that is text; raises Unreadable, with the line, for one that is not.

    No line of it is over long and none has a NUL byte.
    """
    with path.open("rb") as opened:
        start = opened.read(_PIECE)
        known = next((Encoding(*rest) for mark, *rest in _MARKS if start.startswith(mark)), None)
        known = known or _of_nuls(start)
        if known and known.codec != "utf-8-sig":
            return known
        opened.seek(0)
        words = _words(opened, path)
    utf_8 = Encoding("utf-8-sig", "UTF-8")
    bad = next((word for word in words if not _decoded(word, "utf-8")), None)
    if bad is None:
        return utf_8
    if known or any(_decoded(word, "utf-8") and _is_odd(word, "cp1252") for word in words):
        raise _mixed(path)
    return _old(words, path)


def _of_nuls(start: bytes) -> Encoding | None:
    """UTF-16 without its mark: every other byte of plain text is NUL."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) <= len(start) // 5 or min(even, odd) > len(start) // 50:
        return None
    return Encoding("utf-16-le" if odd > even else "utf-16-be", "UTF-16")


def _words(opened: BinaryIO, path: Path) -> set[bytes]:
    """The words with bytes beyond ASCII in them: all different ones, up to a few thousand."""
    words: set[bytes] = set()
    rest = b""
    while piece := opened.read(_PIECE):
        if b"\0" in piece or not (b"\n" in piece or b"\r" in piece or len(piece) < _PIECE):
            _check_lines(path)
        piece = rest + piece
        rest = b""
        if not piece.isascii():
            # A word may go on in the next piece.
            cut = max(piece.rfind(b"\n"), piece.rfind(b"\r")) + 1 or len(piece)
            piece, rest = piece[:cut], piece[cut:]
            if len(words) < _MOST_WORDS:
                words.update(_WORD.findall(piece))
    words.update(_WORD.findall(rest))
    return words


def _check_lines(path: Path) -> None:
    """Raise Unreadable for the first line that is too long or has a NUL byte in it."""
    for number, line in _lines(path):
        if b"\0" in line:
            raise Unreadable.of(path, "this line has a NUL byte in it", SAVE, line=number)
        if len(line) > LONGEST_LINE:
            hint = "look for a double quote or a line end that is missing"
            message = f"this line is over {LONGEST_LINE:,} bytes long"
            raise Unreadable.of(path, message, hint, line=number)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines as bytes, however they end; of one that is too long the beginning."""
    with path.open(encoding="latin-1", newline="") as opened:  # a character for each byte
        pieces = iter(lambda: opened.readline(LONGEST_LINE + 1), "")
        yield from enumerate((piece.encode("latin-1") for piece in pieces), start=1)


def _decoded(word: bytes, codec: str) -> str:
    """The word in an encoding; "" if it is none of it."""
    try:
        return word.decode(codec)
    except UnicodeDecodeError:
        return ""


def _mixed(path: Path) -> Unreadable:
    """Why a file that is UTF-8 in part cannot be read."""
    for number, line in _lines(path):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            bad = f"byte {error.start + 1} of this line (0x{line[error.start]:02X})"
            message = f"{bad} is not UTF-8 text, as the rest of the file is"
            return Unreadable.of(path, message, SAVE, line=number)
    return Unreadable.of(path, "this is not UTF-8 text to its end", SAVE)


def _is_odd(word: bytes, codec: str) -> bool:
    """Whether a word in an encoding is none that anybody writes."""
    return bool(_ODD.search(_decoded(word, codec)))


def _old(words: set[bytes], path: Path) -> Encoding:
    """The first one-byte encoding in which nothing is odd; Windows's if each has oddities."""
    possible = [
        Encoding(*known) for known in _OLD if all(_decoded(word, known[0]) for word in words)
    ]
    sound = [each for each in possible if not any(_is_odd(word, each.codec) for word in words)]
    if not sound and possible[0].codec != "cp1252":
        raise _mixed(path)
    return (sound or possible)[0]
