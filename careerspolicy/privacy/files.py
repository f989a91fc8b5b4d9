"""The key and what stands beside it: private files, written whole or not at all."""

from __future__ import annotations

import csv
import os
import secrets
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from careerspolicy.errors import UnusableInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TextIO

_LENGTH: Final = 32
#: Where the key is, if not where it usually is.
_VARIABLE: Final = "CAREERSPOLICY_KEY"


def place_of_key(key: Path | None = None) -> Path:
    """Where the key is: as given, or as CAREERSPOLICY_KEY says, or in the user's configuration."""
    if given := key or os.environ.get(_VARIABLE):
        return Path(given).expanduser()
    configured = Path(os.environ.get("XDG_CONFIG_HOME", ""))
    base = configured if configured.is_absolute() else Path.home() / ".config"
    return base / "careerspolicy" / "key"


def key_at(path: Path) -> bytes:
    """The key in a file, which is made, once, where there is none.

    Of several that make it at the same time one wins. Raises UnusableInput for a file that holds no
    key or that others may read; it is never written over.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _private(path) as (made, temporary):
            made.write(f"{secrets.token_hex(_LENGTH)}\n")
            made.close()
            if not path.exists():
                _link(temporary, path)
    return _read_key(path)


def _link(temporary: Path, path: Path) -> None:
    """Give a whole file its name, unless another has it by now."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        return
    except OSError:  # a file system without links: whoever comes first writes it
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            return
        with os.fdopen(handle, "w", encoding="ascii") as made:
            made.write(temporary.read_text("ascii"))


def _read_key(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text("ascii"))
    except (OSError, ValueError):
        key = b""
    if len(key) != _LENGTH:
        hint = "put the true key back from a copy, or name another file with CAREERSPOLICY_KEY"
        message = f"this is not a key, which is {2 * _LENGTH} hexadecimal digits"
        # Nothing of what the file holds is shown, not even by the error that this one replaces.
        raise UnusableInput.of(path, message, hint) from None
    if os.name == "posix" and path.stat().st_mode & 0o077:
        hint = f"chmod 600 {path}"
        raise UnusableInput.of(path, "this key may be read by others than its owner", hint)
    return key


def read_rows(path: Path, headings: Sequence[str]) -> Iterator[list[str]]:
    """The rows of a file beside the key; none where there is no such file."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as opened:
        for number, row in enumerate(csv.reader(opened), 1):
            if len(row) != len(headings) or (number == 1 and row != [*headings]):
                message = f"this line is not {', '.join(headings)}"
                hint = "this file is not written by hand; delete it, and the next import makes it"
                raise UnusableInput.of(path, message, hint, line=number)
            if number > 1:
                yield row


def write_rows(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a file beside the key: mode 600, whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _private(path) as (made, temporary):
        csv.writer(made, lineterminator="\n").writerows((headings, *rows))
        made.flush()
        os.fsync(made.fileno())
        made.close()
        temporary.replace(path)


@contextmanager
def _private(path: Path) -> Iterator[tuple[TextIO, Path]]:
    """A temporary file in the same folder, which only its owner may read; gone in the end."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:50]}.", dir=path.parent)  # mode 600
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as made:
            yield made, temporary
    finally:
        temporary.unlink(missing_ok=True)
