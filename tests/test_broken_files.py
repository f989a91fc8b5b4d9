"""Broken files, each with the message it must earn.

To add a case, add one file to `tests/broken/yaml` (broken as YAML) or `tests/broken/policies`
(broken as a policy). Its first lines say what must be said, one comment for each problem:
`# says: {file}:3:1: ...`, where `{file}` stands for the file's path. A policy need hold no more
than what is broken: the rest is added at its end, unless it has a `format` and its obligation an
`id` of their own.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from careerspolicy.errors import UnusableInput
from careerspolicy.plain.yaml_tree import load_plain

if TYPE_CHECKING:
    from collections.abc import Callable

BROKEN = Path(__file__).parent / "broken"
SAYS = "# says: "
HEAD = {
    "format": "1",
    "policy": "broken",
    "trust": "Broken Trust",
    "document": "{title: A broken policy, cites: [{title: Education Act, kind: act, year: 1997}]}",
}
OBLIGATION = {
    "id": "employer-encounters",
    "topic": "employer-encounters",
    "title": "What is owed",
    "who": "school",
    "source": "{section: 42A, instrument: Education Act 1997}",
}


def files_in(folder: str) -> list[Path]:
    """The broken files of one folder; none where there is no such folder."""
    return sorted((BROKEN / folder).glob("*.yaml"))


def told_by(load: Callable[[Path], Any], path: Path) -> list[str]:
    """What loading a file says is wrong."""
    with pytest.raises(UnusableInput) as raised:
        load(path)
    return [str(problem) for problem in raised.value.problems]


def expected_of(path: Path, place: Path | None = None) -> list[str]:
    """What a file's own comments say must be said, perhaps of a copy at another place."""
    lines = path.read_text(encoding="utf-8").split("\n")
    says = [line.removeprefix(SAYS) for line in lines if line.startswith(SAYS)]
    return [line.replace("{file}", str(place or path)) for line in says]


def completed(text: str) -> str:
    """A policy with all that it leaves out of its last obligation and of its head."""
    obligation = re.split(r"(?m)^  - ", text)[-1]
    for own, usual, indent in ((obligation, OBLIGATION, "    "), (text, HEAD, "")):
        said = {*re.findall(rf"(?m)^(?:{indent})?(\w+):", own)}
        if next(iter(usual)) not in said:
            text += "".join(f"{indent}{key}: {usual[key]}\n" for key in usual if key not in said)
    return text


@pytest.mark.parametrize("path", files_in("yaml"), ids=lambda path: path.stem)
def test_broken_yaml_earns_its_message(path):
    """A file that is not plain YAML says exactly where, what and how to mend it."""
    assert told_by(load_plain, path) == expected_of(path)


@pytest.mark.parametrize("path", files_in("policies"), ids=lambda path: path.stem)
def test_broken_policy_earns_its_message(path, tmp_path):
    """A policy that is wrong says exactly where, what and how to mend it."""
    loading = pytest.importorskip("careerspolicy.loading")
    whole = tmp_path / path.name
    whole.write_text(completed(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert told_by(loading.load_policy, whole) == expected_of(path, whole)


@pytest.mark.parametrize("path", [*files_in("yaml"), *files_in("policies")], ids=str)
def test_every_broken_file_says_something(path):
    """A broken file without a message to earn would test nothing."""
    assert expected_of(path)
