"""From a policy file to a `Policy`: plain YAML, conformity, consistency, construction.

The only way in for policies. Every problem of a file is reported at once, in file order. What is
shipped (policies, and an example) stands in the package, or in the checkout.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.errors import InvalidPolicy, UnusableInput, raised_as
from careerspolicy.loading.consistency import problems_in
from careerspolicy.loading.construction import build_policy
from careerspolicy.plain.yaml_tree import load_plain, read_plain
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from careerspolicy.model.policy import Policy

__all__ = ["example_facts", "load_policy", "read_policy", "shipped_policies"]

_FILE_ENDINGS: Final = (".yaml", ".yml")
_PACKAGE: Final = Path(__file__).parents[1]


def load_policy(name_or_path: str | Path, *, answers: Mapping[str, str] | None = None) -> Policy:
    """The policy of a shipped name ("batley") or of a YAML file.

    `answers` are other answers to the points that it leaves open (`Policy.parameters`), by name.

    Raises InvalidPolicy with every problem of the file, in file order, or that there is no such
    policy; UnknownName for an answer that can't be given.
    """
    shipped = shipped_policies()
    path = shipped.get(str(name_or_path)) or Path(name_or_path)
    if not path.exists() and path.suffix not in _FILE_ENDINGS:
        name, hint = str(name_or_path), did_you_mean(str(name_or_path), shipped)
        message = "there is no such file, and no policy of that name is shipped"
        raise InvalidPolicy.of(name, message, hint)
    with raised_as(InvalidPolicy):
        tree = load_plain(path)
    return _policy(tree, str(path), answers or {})


def read_policy(
    text: str | bytes, file: str = "policy", *, answers: Mapping[str, str] | None = None
) -> Policy:
    """The policy that a YAML text describes; `file` is what problems call it.

    Takes `answers`, and raises, as `load_policy` does.
    """
    data = text.encode() if isinstance(text, str) else text
    with raised_as(InvalidPolicy):
        tree = read_plain(data, file)
    return _policy(tree, file, answers or {})


def _policy(tree: Any, file: str, answers: Mapping[str, str]) -> Policy:
    if problems := problems_in(tree, file):
        raise InvalidPolicy(problems)
    return build_policy(tree, file, answers)


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
