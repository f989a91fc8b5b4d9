"""From a tree to everything that is wrong with it: shape first, then sense.

Second step of loading. A sense check is a small function that yields its objections to one
obligation, or to one part of the file; it is asked only of what has its shape.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from careerspolicy.loading import head, slot_checks, time_checks, word_checks
from careerspolicy.loading.drafts import drafts_in
from careerspolicy.plain.conformity import check_conformity, validator_for
from careerspolicy.plain.places import place_of
from careerspolicy.vocabulary import shared_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from careerspolicy.errors import Problem
    from careerspolicy.loading.drafts import Draft
    from careerspolicy.plain.places import Objection
    from careerspolicy.vocabulary import Vocabulary

_Check: TypeAlias = "Callable[[Draft], Iterator[Objection]]"
#: Asked even of an obligation whose kind of record isn't known.
_FIRST: Final[tuple[_Check, ...]] = (
    word_checks.ids, word_checks.heading, word_checks.roles, word_checks.kinds,
)  # fmt: skip
_CHECKS: Final[tuple[_Check, ...]] = (
    *_FIRST, word_checks.verb_slots, word_checks.tests, word_checks.measured,
    word_checks.instruments, slot_checks.titles, slot_checks.predicates, slot_checks.clashes,
    slot_checks.bounds, slot_checks.subject, slot_checks.attendance, slot_checks.notice,
    slot_checks.places, time_checks.points, time_checks.order, time_checks.points_of_school,
    time_checks.points_of_record, time_checks.idle_points, time_checks.seasons,
    time_checks.years_met, time_checks.in_force,
)  # fmt: skip


def problems_in(tree: Any, file: str) -> list[Problem]:
    """Every problem of a policy file; those of its own words hide what they are used in."""
    shape = check_conformity(tree, validator_for("policy"), file=file)
    broken = {problem.path[0] for problem in shape if problem.path}
    if not isinstance(tree, dict) or "vocabulary" in broken:
        return shape
    shared = shared_vocabulary()
    if own := [*head.vocabulary(tree, shared)]:
        return [*shape, *(objection.problem(tree, file) for objection in own)]
    vocabulary = shared.extended(tree.get("vocabulary", {}))
    documented = "document" in tree and "document" not in broken
    objections = [
        *_on_obligations(tree, vocabulary, _conforming(tree, shape), cites=documented),
        *(head.document(tree["document"], vocabulary) if documented else ()),
        *(head.words(tree, vocabulary) if "words" not in broken else ()),
        *(head.lint(tree) if "lint" not in broken else ()),
        *head.clauses(tree),
        *(head.parameters(tree) if not shape else ()),
    ]
    problems = [*shape, *(objection.problem(tree, file) for objection in objections)]
    return problems or [*_in_variants(tree, vocabulary, file)]


def _conforming(tree: Any, problems: Sequence[Problem]) -> set[int]:
    """The positions of the obligations that no problem of shape stands in."""
    obligations = tree.get("obligations")
    if not isinstance(obligations, list):
        return set()
    starts = obligations.value_places  # type: ignore[attr-defined]
    ends = [*starts[1:], (math.inf, 0)]
    places = [(problem.line, problem.column) for problem in problems]
    return {
        n
        for n, (start, end) in enumerate(zip(starts, ends, strict=False))
        if not any(start <= place < end for place in places)
    }


def _on_obligations(
    tree: Any, vocabulary: Vocabulary, sound: Collection[int], *, cites: bool = True
) -> Iterator[Objection]:
    """What makes no sense in the obligations; of those that aren't sound, in topic and roles."""
    for draft in drafts_in(tree, vocabulary, sound, cites=cites):
        for check in _CHECKS if draft.kind else _FIRST:
            for objection in check(draft):
                yield objection.within("obligations", draft.position)
    listed = tree.get("obligations")
    for n, broken in enumerate(listed if isinstance(listed, list) else ()):
        if n not in sound and isinstance(broken, dict):
            for objection in word_checks.words_of_heading(broken, vocabulary):
                yield objection.within("obligations", n)


def _in_variants(tree: Any, vocabulary: Vocabulary, file: str) -> Iterator[Problem]:
    """What each answer to an open point would break in the obligations of a file that is sound."""
    for place, variant in head.variants(tree):
        obligations = variant["obligations"]
        changed = [duty for duty in obligations if place[1] in duty.get("turns_on", ())]
        validator = validator_for("policy")
        problems = check_conformity({**variant, "obligations": changed}, validator, file=file)
        if not problems:
            objections = _on_obligations(variant, vocabulary, range(len(obligations)))
            problems = [objection.problem(variant, file) for objection in objections]
        line, column = place_of(tree, place)
        for problem in problems:
            path = (*map(str, place), *problem.path)
            yield attrs.evolve(problem, line=line, column=column, path=path)
