"""The ids of very many records, in little room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Iterable


class Ids(set[Any]):
    """The ids of very many records, as numbers: which there are, and not where."""

    def __contains__(self, own_id: object) -> bool:
        return super().__contains__(hash(own_id))

    def __getitem__(self, own_id: str) -> str:
        return "an earlier row"

    def __setitem__(self, own_id: str, _place: str) -> None:
        self.add(hash(own_id))

    def keys(self) -> Ids:
        """Itself, to be asked whether some are among them."""
        return self

    def isdisjoint(self, ids: Iterable[Any]) -> bool:
        """Whether none of some ids is among them."""
        return super().isdisjoint(map(hash, ids))

    def update(self, *ids: Any) -> None:
        """Add ids, alone or with places."""
        for each in ids:
            super().update(hash(one[0] if isinstance(one, tuple) else one) for one in each)

    def __isub__(self, ids: Any) -> Self:  # type: ignore[misc] # others are hashed, too
        self.difference_update({hash(one) for one in ids})
        return self
