"""Sense checks: what a schema can't see. Each problem is placed in the file.

Second step of loading, on trees that conform to the schema. Each check is a small function of one
obligation that yields what it finds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.errors import Problem
from careerspolicy.loading import life_checks, predicate_checks, slot_checks, word_checks
from careerspolicy.loading.document import document_sense, lint_sense
from careerspolicy.loading.instruments import law_sense
from careerspolicy.loading.parameters import parameters_sense, variants
from careerspolicy.loading.places import places_sense
from careerspolicy.loading.promise import Found, Path, Promise
from careerspolicy.plain.conformity import check_conformity, validator_for
from careerspolicy.plain.places import path_in_words, place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    from careerspolicy.vocabulary import Vocabulary

_FIRST: Final = (word_checks.ids, word_checks.words, word_checks.kinds)
_CHECKS: Final[tuple[Callable[[Promise], Iterator[Found]], ...]] = (
    *_FIRST,
    word_checks.verb_slots,
    word_checks.tests,
    word_checks.measured,
    predicate_checks.titles,
    predicate_checks.predicates,
    slot_checks.clashes,
    slot_checks.bounds,
    slot_checks.subject,
    slot_checks.points,
    slot_checks.attendance,
    life_checks.points_of_school,
    life_checks.points_of_record,
    life_checks.idle_points,
    life_checks.seasons,
    life_checks.around,
    life_checks.years_met,
)


def check_consistency(
    tree: Any, conforming: Container[int], vocabulary: Vocabulary, file: str
) -> list[Problem]:
    """Every problem of sense in the obligations.

    `conforming` are the positions of those that conform to the schema; of the others only topic and
    roles are looked at.
    """
    problems: list[Problem] = []
    earlier: dict[str, Mapping[str, Any]] = {}
    listed = tree.get("obligations")
    for position, told in enumerate(listed if isinstance(listed, list) else ()):
        if not isinstance(told, dict):
            continue
        sound = position in conforming
        found = (
            _sense(told, vocabulary, earlier) if sound else word_checks.heading(told, vocabulary)
        )
        name = str(told.get("id", f"item {position + 1}"))
        problems.extend(
            _placed(one, tree, ("obligations", position), (name,), file)
            for one in dict.fromkeys(found)
        )
        if sound:
            earlier[name] = told
    return problems


def _sense(
    told: Mapping[str, Any], vocabulary: Vocabulary, earlier: Mapping[str, Mapping[str, Any]]
) -> Iterator[Found]:
    promise = Promise(told, vocabulary, earlier)
    for check in _CHECKS if promise.kind else _FIRST:
        yield from check(promise)


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


def check_places(tree: Any, file: str) -> list[Problem]:
    """Every problem of sense in the places of the document that `source` and `clauses` name."""
    return _placed_from_root(places_sense(tree), tree, file)


def check_law(tree: Any, vocabulary: Vocabulary, file: str) -> list[Problem]:
    """Every problem of sense in a conforming file's instruments, times in force and open points."""
    found = (*law_sense(tree, vocabulary), *parameters_sense(tree))
    return _placed_from_root(found, tree, file)


def check_answers(tree: Any, vocabulary: Vocabulary, file: str) -> list[Problem]:
    """What each answer to an open point would break in the obligations of a file that is sound."""
    problems = []
    for place, read in variants(tree):
        changed = [
            n for n, one in enumerate(read["obligations"]) if place[1] in one.get("turns_on", ())
        ]
        small = {**read, "obligations": [read["obligations"][n] for n in changed]}
        found = check_conformity(small, validator_for("policy"), file=file)
        if not found:
            everything = range(len(read["obligations"]))
            found = check_consistency(read, everything, vocabulary, file)
        line, column = place_of(tree, place)
        problems += [
            attrs.evolve(one, line=line, column=column, path=(*map(str, place), *one.path))
            for one in found
        ]
    return problems


def _placed_from_root(found: Iterable[Found], tree: Any, file: str) -> list[Problem]:
    problems = []
    for one in found:
        line, column = place_of(tree, one.path)
        words = path_in_words(tree, one.path)
        problem = Problem(
            file=file, line=line, column=column, path=words, message=one.message, hint=one.hint
        )
        problems.append(problem)
    return problems


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
