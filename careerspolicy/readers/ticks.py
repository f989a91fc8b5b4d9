"""A column with a tick for everybody who took part: how people tick, and say who was absent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from careerspolicy.readers.tables import folded
from careerspolicy.readers.values import BadValueError, UselessError, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from careerspolicy.readers.values import Convert

#: The attribute that says that a pupil took part.
ATTENDED: Final = "attended"
#: What a cell says, folded, that isn't ticked: nobody was to come.
NOT_TICKED: Final = frozenset(["", "n", "no", "f", "false", "0", "✗", "✘", "n/a", ".", "\u2013"])
#: A mark for who was to come and didn't.
ABSENT: Final = frozenset(["a", "abs", "absent", "dna", "didnotattend", "noshow"])
#: A tick; as some fonts draw it, it is another letter.
TICKED: Final = frozenset(
    ["✓", "✔", "☑", "√", "ü", "x", "y", "yes", "t", "true", "1", "1.0", "/", "\\", "p", "present",
     "attended", "done", "completed", "l", "late"]
)  # fmt: skip
#: What people write, folded, of who came and of who did not, in a column that says nothing else.
CAME: Final = frozenset(["attended", "present", "completed", "seen"])
DID_NOT_COME: Final = ABSENT - {"a"} | frozenset(
    ["refused", "declined", "notattended", "didnotshow", "cancelled", "missed"]
)


def ticked(values: Mapping[str, str], attends: bool) -> Convert:  # noqa: FBT001 - as it says
    """What reads a column of ticks; `values` has ticks and marks by other words, folded.

    Of kinds of record that say who took part (`attends`), who was absent makes one too.
    """

    def convert(cell: Any) -> bool | None:
        written = folded(str(cell).strip())
        mark = folded(values.get(written, written))
        if mark in TICKED:
            return True if attends else None
        if mark in NOT_TICKED:
            raise UselessError("not ticked")
        if mark not in ABSENT:
            message = f"{quoted(cell)} is neither a tick nor blank"
            raise BadValueError(message, "say what it means under `values`: yes, no or absent")
        if not attends:
            raise UselessError("absent")
        return False

    return convert
