"""Where the cases of a policy stand: in `tests/` beside it, or in a file that ends `.test.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.cases.reading import InvalidPolicyTests
from careerspolicy.errors import Problem
from careerspolicy.loading import shipped_policies

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FOLDER: Final = "tests"
_ENDING: Final = "*.test.yaml"


def files_at(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files of cases that paths name; a folder stands for those in it and below.

    Raises InvalidPolicyTests for a folder without any. A file is taken as it is.
    """
    found: dict[Path, None] = {}
    for path in paths:
        inside = _within(path) if path.is_dir() else [path]
        if not inside:
            hint = f"cases stand in {FOLDER}/<policy>.yaml or in a file that ends .test.yaml"
            problem = Problem(file=str(path), message="there are no policy tests here", hint=hint)
            raise InvalidPolicyTests([problem])
        found.update(dict.fromkeys(inside))
    return tuple(found)


def shipped_tests() -> tuple[Path, ...]:
    """The files of cases that are shipped with the policies."""
    return tuple(file for path in shipped_policies().values() for file in _beside(path))


def tests_of(policy: Path, name: str) -> tuple[Path, ...]:
    """The files of cases beside a policy's file; raises InvalidPolicyTests if there is none."""
    found = _beside(policy)
    if found:
        return tuple(found)
    hint = f"write {FOLDER}/{policy.stem}.yaml beside it; --suggest all makes a first draft"
    problem = Problem(file=name, message="this policy has no tests beside it", hint=hint)
    raise InvalidPolicyTests([problem])


def _beside(policy: Path) -> list[Path]:
    named = policy.parent / FOLDER / f"{policy.stem}.yaml", policy.with_suffix(".test.yaml")
    return [path for path in named if path.is_file()]


def _within(folder: Path) -> list[Path]:
    own = folder.glob("*.yaml") if folder.name == FOLDER else ()
    return sorted({*own, *folder.rglob(_ENDING), *folder.rglob(f"{FOLDER}/*.yaml")})
