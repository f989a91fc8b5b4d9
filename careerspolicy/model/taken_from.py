"""Where an obligation of a merged policy was taken from, and how it stands to the others' promises.

Part of the policy model. `careerspolicy merge` writes it (`taken_from`), and loading builds it.
"""

from __future__ import annotations

import attrs


@attrs.frozen
class PromiseOf:
    """A promise of a policy, by the names of both."""

    policy: str
    obligation: str

    def __str__(self) -> str:
        return f"{self.policy}: {self.obligation}"


@attrs.frozen(kw_only=True)
class TakenFrom:
    """The promise that an obligation was taken from, and those that it was held against.

    `equal_to` are others' promises that ask the same; `stricter_than` those that it brings with it;
    `weaker_than` those that bring it; `incomparable_with` those of which neither brings the other,
    so that both stand in the file. `why` says what else there is to know.
    """

    policy: str
    obligation: str
    equal_to: tuple[PromiseOf, ...] = ()
    stricter_than: tuple[PromiseOf, ...] = ()
    weaker_than: tuple[PromiseOf, ...] = ()
    incomparable_with: tuple[PromiseOf, ...] = ()
    why: str = ""

    @property
    def promise(self) -> PromiseOf:
        """The promise that it was taken from."""
        return PromiseOf(self.policy, self.obligation)

    @property
    def held_against(self) -> tuple[PromiseOf, ...]:
        """Every promise that it stands for, or that stands for it: what a proof tries first."""
        return (self.promise, *self.equal_to, *self.stricter_than, *self.weaker_than)
