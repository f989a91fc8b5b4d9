"""Rejected rows, of which there may be very many: they wait in a private file to be written."""

from __future__ import annotations

import csv
import io
import weakref
from collections import defaultdict
from pathlib import Path
from tempfile import NamedTemporaryFile, SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Final

import attrs

from careerspolicy.errors import InvalidFacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from careerspolicy.errors import Problem

REJECT_HEADINGS: Final = ("file", "line", "column", "value", "problem", "row")
#: More bytes than these wait in a file, which has no name and goes when it is closed.
_IN_MEMORY: Final = 1 << 20


@attrs.define
class Rejects:
    """Rows that were left out: how many, and the text of each, with where it stands in its file."""

    count: int = 0
    _waiting: IO[bytes] = attrs.field(init=False)
    _places: defaultdict[str, list[tuple[int, int, int, int]]] = attrs.field(
        factory=lambda: defaultdict(list)
    )

    def __attrs_post_init__(self) -> None:
        self._waiting = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - it goes with this
        weakref.finalize(self, self._waiting.close)

    def add(self, problems: Sequence[Problem], value: str, row: str) -> None:
        """Leave a row out for these problems; the `value` is that of the first one's cell."""
        first = problems[0]
        why = "; and ".join(problem.words for problem in problems)
        cells = (first.file, first.line or "", first.column or "", value, why, row)
        text = _as_csv([cells]).encode(errors="surrogatepass")
        begins = self._waiting.tell()
        self._waiting.write(text)
        self._places[first.file].append((first.line, first.column, begins, len(text)))
        self.count += 1

    def write(self, path: Path) -> None:
        """Write the rows as CSV in file order, all or nothing; the headings alone without any.

        Raises InvalidFacts if the file cannot be written.
        """
        made = None
        try:
            with NamedTemporaryFile("wb", dir=path.parent, delete=False) as file:
                made = Path(file.name)
                file.writelines(self._texts())
            made.replace(path)
        except (OSError, ValueError) as error:
            if made:
                made.unlink(missing_ok=True)
            reason = getattr(error, "strerror", None) or str(error)
            message = f"the rejected rows cannot be written here ({reason})"
            hint = "name a file in a folder that exists and may be written to"
            raise InvalidFacts.of(path, message, hint) from None

    def _texts(self) -> Iterator[bytes]:
        yield _as_csv([REJECT_HEADINGS]).encode()
        for file in sorted(self._places):
            for _, _, begins, length in sorted(self._places[file]):
                self._waiting.seek(begins)
                yield self._waiting.read(length)


def _as_csv(rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()
