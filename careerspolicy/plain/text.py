"""From a file to text that is safe to parse: of bounded size, UTF-8, with nothing invisible in it.

Before `plain_yaml`, which reads what these let through. Every refusal is an `UnusableInput`.
"""

from __future__ import annotations

import codecs
import re
import stat
from itertools import islice
from typing import TYPE_CHECKING, Final

from careerspolicy.errors import Problem, UnusableInput

if TYPE_CHECKING:
    from pathlib import Path

#: Characters nobody types and no reader sees; U+2028 and U+2029 would also upset line numbers.
INVISIBLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
#: More would help nobody, and a hostile file could otherwise ask for millions.
_MOST_PROBLEMS: Final = 20

_SAVE: Final = 'save it as "UTF-8"'


def bytes_of(path: Path, limit: int) -> bytes:
    """The bytes of a file, at most one more than the limit.

    Raises UnusableInput for a file that is missing, forbidden, larger, or not a file; nothing of
    such a file is read.
    """
    try:
        status = path.stat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= limit:
            with path.open("rb") as opened:
                return opened.read(limit + 1)  # it may have grown since
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise UnusableInput.of(path, *_why_unread(error)) from None
    if stat.S_ISREG(status.st_mode):
        raise _too_large(path, limit)
    what = "a folder" if stat.S_ISDIR(status.st_mode) else "not a regular file"
    raise UnusableInput.of(path, f"this is {what}", "name a file")


def text_of(data: bytes, file: str, limit: int) -> str:
    """The text of a file's bytes, without its byte order mark; `file` names it in messages.

    Raises UnusableInput for more bytes than the limit, for bytes that are not UTF-8 and for
    control characters.
    """
    if len(data) > limit:
        raise _too_large(file, limit)
    # A first character of plain text is never NUL, so a NUL there is half a UTF-16 character.
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or data[:2].count(0) == 1:
        raise UnusableInput.of(file, "this is UTF-16 text", _SAVE)
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        data, at = error.object, error.start
        line, start = data.count(b"\n", 0, at) + 1, data.rfind(b"\n", 0, at) + 1
        column = len(data[start:at].decode()) + 1
        message = f"a byte that is not UTF-8 text (0x{data[at]:02X}) stands here"
        raise UnusableInput.of(file, message, _SAVE, line=line, column=column) from None
    if invisible := _invisible(text, file):
        raise UnusableInput(invisible)
    return text


def _invisible(text: str, file: str) -> list[Problem]:
    problems, line, at = [], 1, 0
    for character in islice(INVISIBLE.finditer(text), _MOST_PROBLEMS):
        line += text.count("\n", at, character.start())
        at = character.start()
        message = f"an invisible character (U+{ord(character[0]):04X}) stands here"
        column = at - text.rfind("\n", 0, at)
        problem = Problem(file=file, line=line, column=column, message=message, hint="delete it")
        problems.append(problem)
    return problems


def _why_unread(error: Exception) -> tuple[str, str]:
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return ("there is no such file", "look at the spelling of its path")
    if isinstance(error, PermissionError):
        return ("this file may not be read", "give yourself permission to read it")
    return ("this file cannot be read", "look at its path, and at the disk it is on")


def _too_large(file: str | Path, limit: int) -> UnusableInput:
    most = f"{limit // 2**20} MB" if limit >= 2**20 else f"{limit} bytes"
    return UnusableInput.of(file, f"this file is larger than {most}", "split it into several")
