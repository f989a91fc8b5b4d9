"""Where the shipped policies and the example stand: in the package, or in the checkout.

A checkout's example is written by `make`, not kept.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from careerspolicy.errors import UnusableInput

if TYPE_CHECKING:
    from collections.abc import Mapping

_PACKAGE: Final = Path(__file__).parents[1]


@lru_cache(maxsize=1)
def shipped_policies() -> Mapping[str, Path]:
    """The shipped policies' files by name, in alphabetical order."""
    folder = _shipped("policies", "policies")
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def example_facts() -> Path:
    """The folder of the example trust's facts.

    Raises UnusableInput in a checkout in which nobody has written it yet.
    """
    folder = _shipped("example", "examples/trust")
    if folder.exists():
        return folder
    hint = "run `make example`, which writes it"
    raise UnusableInput.of(folder, "the example is not there", hint)


def _shipped(inside: str, beside: str) -> Path:
    packaged = _PACKAGE / "shipped" / inside
    return packaged if packaged.exists() else _PACKAGE.parent / beside
