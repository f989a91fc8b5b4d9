"""Broken files, each with the message it must earn.

To add a case, add one file to `tests/broken/yaml` (broken as YAML) or `tests/broken/policies`
(broken as a policy). Its first lines say what must be said, one comment for each problem:
`# says: {file}:3:1: ...`, where `{file}` stands for the file's path.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from careerspolicy.errors import UnusableInput
from careerspolicy.plain.yaml_tree import load_plain

if TYPE_CHECKING:
    from collections.abc import Callable

BROKEN = Path(__file__).parent / "broken"
SAYS = "# says: "


def files_in(folder: str) -> list[Path]:
    """The broken files of one folder; none where there is no such folder."""
    return sorted((BROKEN / folder).glob("*.yaml"))


def told_by(load: Callable[[Path], Any], path: Path) -> list[str]:
    """What loading a file says is wrong."""
    with pytest.raises(UnusableInput) as raised:
        load(path)
    return [str(problem) for problem in raised.value.problems]


def expected_of(path: Path) -> list[str]:
    """What a file's own comments say must be said."""
    lines = path.read_text(encoding="utf-8").split("\n")
    says = [line.removeprefix(SAYS) for line in lines if line.startswith(SAYS)]
    return [line.replace("{file}", str(path)) for line in says]


@pytest.mark.parametrize("path", files_in("yaml"), ids=lambda path: path.stem)
def test_broken_yaml_earns_its_message(path):
    """A file that is not plain YAML says exactly where, what and how to mend it."""
    assert told_by(load_plain, path) == expected_of(path)


@pytest.mark.parametrize("path", files_in("policies"), ids=lambda path: path.stem)
def test_broken_policy_earns_its_message(path):
    """A policy that is wrong says exactly where, what and how to mend it."""
    loading = pytest.importorskip("careerspolicy.loading")
    assert told_by(loading.load_policy, path) == expected_of(path)


@pytest.mark.parametrize("path", [*files_in("yaml"), *files_in("policies")], ids=str)
def test_every_broken_file_says_something(path):
    """A broken file without a message to earn would test nothing."""
    assert expected_of(path)
