"""Sense checks: what a schema can't see. Each problem is placed in the file.

Second step of loading, on trees that conform to the schema. Each check is a small function of one
obligation that yields what it finds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from careerspolicy.errors import Problem
from careerspolicy.loading import slot_checks, word_checks
from careerspolicy.loading.document import document_sense, lint_sense
from careerspolicy.loading.promise import Found, Path, Promise
from careerspolicy.plain_yaml import place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from careerspolicy.vocabulary import Vocabulary

_FIRST: Final = (word_checks.ids, word_checks.words, word_checks.kinds)
_CHECKS: Final[tuple[Callable[[Promise], Iterator[Found]], ...]] = (
    *_FIRST,
    word_checks.verb_slots,
    word_checks.tests,
    word_checks.measured,
    slot_checks.clashes,
    slot_checks.bounds,
    slot_checks.subject,
    slot_checks.points,
)


def check_consistency(
    tree: Any, obligations: Iterable[int], vocabulary: Vocabulary, file: str
) -> list[Problem]:
    """Every problem of sense in the obligations of those positions (those that conform)."""
    problems: list[Problem] = []
    earlier: dict[str, Mapping[str, Any]] = {}
    for position in obligations:
        told = tree["obligations"][position]
        promise = Promise(told, vocabulary, dict(earlier))
        checks = _CHECKS if promise.kind else _FIRST
        found = dict.fromkeys(one for check in checks for one in check(promise))
        problems.extend(
            _placed(one, tree, ("obligations", position), (told["id"],), file) for one in found
        )
        earlier[told["id"]] = told
    return problems


def check_head(tree: Any, vocabulary: Vocabulary, file: str) -> list[Problem]:
    """Every problem of sense under `document:` and `lint:` (which conform)."""
    obligations = tree.get("obligations")
    listed = obligations if isinstance(obligations, list) else []
    ids = [str(one["id"]) for one in listed if isinstance(one, dict) and "id" in one]
    of_document = document_sense(tree["document"], vocabulary.roles)
    of_lint = lint_sense(tree.get("lint", {}), ids)
    return [
        *(_placed(one, tree, ("document",), ("document",), file) for one in of_document),
        *(_placed(one, tree, ("lint",), ("lint",), file) for one in of_lint),
    ]


def check_vocabulary(tree: Any, shared: Vocabulary, file: str) -> list[Problem]:
    """Every problem of sense in a file's own `vocabulary:` (which conforms)."""
    added = tree.get("vocabulary", {})
    found = (
        *word_checks.own_attributes(added, shared),
        *word_checks.own_kinds(added, shared),
    )
    return [_placed(one, tree, ("vocabulary",), ("vocabulary",), file) for one in found]


def _placed(found: Found, tree: Any, place: Path, name: tuple[str, ...], file: str) -> Problem:
    line, column = place_of(tree, (*place, *found.path))
    return Problem(
        file=file,
        line=line,
        column=column,
        path=(*name, *(f"item {p + 1}" if isinstance(p, int) else p for p in found.path)),
        message=found.message,
        hint=found.hint,
    )
