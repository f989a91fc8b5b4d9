"""From a policy file to a `Policy`: plain YAML, conformity, consistency, construction.

The only way in for policies. Every problem of a file is reported at once, in file order.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.errors import InvalidPolicy, Problem, UnusableInput
from careerspolicy.loading.consistency import (
    check_answers,
    check_consistency,
    check_head,
    check_law,
    check_places,
    check_vocabulary,
)
from careerspolicy.loading.construction import build_policy
from careerspolicy.loading.shipped import shipped_policies
from careerspolicy.plain.conformity import check_conformity, validator_for
from careerspolicy.plain.yaml_tree import load_plain, read_plain
from careerspolicy.suggestions import did_you_mean
from careerspolicy.vocabulary import shared_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from careerspolicy.model.policy import Policy

__all__ = ["load_policy", "read_policy", "shipped_policies"]

_FILE_ENDINGS: Final = (".yaml", ".yml")


def load_policy(name_or_path: str | Path, *, answers: Mapping[str, str] | None = None) -> Policy:
    """The policy of a shipped name ("batley") or of a YAML file.

    `answers` are other answers to the points that it leaves open (`Policy.parameters`), by name.

    Raises InvalidPolicy with every problem of the file, in file order, or that there is no such
    policy; UnknownName for an answer that can't be given.
    """
    shipped = shipped_policies()
    path = shipped.get(str(name_or_path)) or Path(name_or_path)
    if not path.exists() and path.suffix not in _FILE_ENDINGS:
        raise InvalidPolicy([_no_such_policy(str(name_or_path), shipped)])
    try:
        tree = load_plain(path)
    except UnusableInput as error:
        raise InvalidPolicy(error.problems) from None
    return _policy(tree, str(path), answers or {})


def read_policy(
    text: str | bytes, file: str = "policy", *, answers: Mapping[str, str] | None = None
) -> Policy:
    """The policy that a YAML text describes; `file` is what problems call it.

    Takes `answers`, and raises, as `load_policy` does.
    """
    data = text.encode() if isinstance(text, str) else text
    try:
        tree = read_plain(data, file)
    except UnusableInput as error:
        raise InvalidPolicy(error.problems) from None
    return _policy(tree, file, answers or {})


def _policy(tree: Any, file: str, answers: Mapping[str, str]) -> Policy:
    shared = shared_vocabulary()
    problems = check_conformity(tree, validator_for("policy"), file=file)
    if not isinstance(tree, dict) or any(_in_vocabulary(one) for one in problems):
        raise InvalidPolicy(problems)
    problems += check_vocabulary(tree, shared, file)
    if any(_in_vocabulary(one) for one in problems):
        raise InvalidPolicy(problems)
    vocabulary = shared.extended(tree.get("vocabulary", {}))
    of_law = [] if problems else check_law(tree, vocabulary, file)
    sound = _conforming(tree, problems)
    if "document" in tree and not any(_in_head(one) for one in problems):
        problems += check_head(tree, vocabulary, file)
    problems += check_consistency(tree, sound, vocabulary, file)
    problems += [*check_places(tree, file), *of_law]
    if problems := problems or check_answers(tree, vocabulary, file):
        raise InvalidPolicy(problems)
    return build_policy(tree, vocabulary, file, answers)


def _in_vocabulary(problem: Problem) -> bool:
    return problem.path[:1] == ("vocabulary",)


def _in_head(problem: Problem) -> bool:
    return problem.path[:1] in (("document",), ("lint",))


def _conforming(tree: Any, problems: Iterable[Problem]) -> set[int]:
    """The positions of the obligations that no problem of shape stands in."""
    obligations = tree.get("obligations")
    if not isinstance(obligations, list):
        return set()
    starts = obligations.value_places  # type: ignore[attr-defined]
    ends = [*starts[1:], (math.inf, 0)]
    places = [(one.line, one.column) for one in problems]
    return {
        n
        for n, (start, end) in enumerate(zip(starts, ends, strict=False))
        if not any(start <= place < end for place in places)
    }


def _no_such_policy(name: str, shipped: Iterable[str]) -> Problem:
    return Problem(
        file=name,
        message="there is no such file, and no policy of that name is shipped",
        hint=did_you_mean(name, shipped),
    )
