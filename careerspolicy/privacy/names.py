"""The names file: which pupil has which name, for those who look at their own pages and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.errors import UnusableInput
from careerspolicy.privacy.files import place_of_key, read_rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HEADINGS: Final = ("id", "name")


def names_beside(key: Path) -> Path:
    """Where the names file of a key is."""
    return key.with_name("names.csv")


@attrs.frozen(repr=False)
class Names:
    """The names of pupils, to look up only."""

    _by_id: Mapping[str, str]

    @classmethod
    def at(cls, key: Path | None = None) -> Names:
        """The names beside a key. Raises UnusableInput where there are none."""
        path = names_beside(place_of_key(key))
        if not path.exists():
            hint = "it is made by importing lists that have names"
            raise UnusableInput.of(path, "there is no names file here", hint)
        return cls(dict(read_rows(path, HEADINGS)))

    def shown(self, pupil: str) -> str:
        """A pupil's name and id, or the id alone where no name is known."""
        name = self._by_id.get(pupil)
        return f"{name} ({pupil})" if name else pupil
