"""The cells of a column, read many at once: what a text means is worked out once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from careerspolicy.readers.values import OF_NUMBER, BadValueError, UselessError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.readers.values import Convert

#: How many texts of one column are remembered at most.
_MOST: Final = 1 << 16


class ColumnReader(dict[Any, Any]):
    """What the texts of a column mean; one that means nothing that can be used has its error.

    `spoilt` tells that the column had such a text. Of `free` text each is remembered for nothing.
    """

    def __init__(self, convert: Convert, *, free: bool) -> None:
        super().__init__()
        self.convert, self.free, self.spoilt = convert, free, False

    def __missing__(self, cell: Any) -> Any:
        try:
            meaning: Any = self.convert(cell)
        except (BadValueError, UselessError) as error:
            meaning, self.spoilt = error.with_traceback(None), True
        if cell.__class__ is str and not self.free:  # True, 1 and 1.0 are one key
            if len(self) >= _MOST:
                self.clear()
            self[cell] = meaning
        return meaning

    def of(self, cells: Sequence[Any]) -> list[Any]:
        """What each of some cells means."""
        if self.free:
            return self._of_free(cells)
        try:
            return [*map(self.__getitem__, cells)]
        except TypeError:  # lists are no keys
            return [*map(self.__missing__, cells)]

    def _of_free(self, cells: Sequence[Any]) -> list[Any]:
        try:
            together = "".join(cells)
        except TypeError:  # not all are text
            together = OF_NUMBER
        if OF_NUMBER in together or not together.isascii():
            return [*map(self.__missing__, cells)]
        texts: list[Any] = [*map(str.strip, cells)]
        return [text or None for text in texts] if "" in texts else texts
