"""What the reader doubted, as signs: the rows in question, and the facts as mended.

A doubt is found once, by the reader; here it is only gathered, by its code.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.checks.doctor_signs import Sign, of_pupils, without
from careerspolicy.evaluation.record_reasons import BirthUnknown, YearGroupUnknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from careerspolicy.errors import Problem
    from careerspolicy.evaluation import Finding
    from careerspolicy.model.facts import Facts

#: Doubts of records, which are mended by a correction or left out: what hangs on them is what
#: changes without them.
_OF_RECORDS: Final = (
    "same-row", "before-birth", "after-export", "after-leaving", "leaving-day", "shut-day",
)  # fmt: skip
#: Doubts of pupils, with the field that is not believed.
_OF_PUPILS: Final = {
    "year-group": "year_group", "joining": "joined", "placeholder": "", "not-taught": "",
}  # fmt: skip
_PLACEHOLDER: Final = "placeholder"
_NAMES: Final = "near-names"
_CONTRADICTION: Final = "contradiction"
_MOVED_ON: Final = "moved-on"
#: Doubts that nothing but the reader's own words tell, and what they are called here.
_ALONE: Final = {
    "overlapping-terms": "overlapping-terms", "second-file": "second-file", "not-read": "not-read",
    "unusable": "read-otherwise",
}  # fmt: skip


def doubted(facts: Facts) -> Iterator[Sign]:
    """The signs of what the reader doubted, one for each sort of doubt."""
    by_code: defaultdict[str, list[Problem]] = defaultdict(list)
    rejected: list[Problem] = []
    for problem in facts.warnings:
        (rejected if problem.severity == "error" else by_code[problem.code]).append(problem)
    if rejected:
        # What the cells say may be a name; the file of rejected rows has it.
        where = tuple((_place(problem), *problem.path) for problem in rejected)
        yield Sign("rejected", facts.rejected, where)
    for code, problems in by_code.items():
        if code in _OF_RECORDS:
            at = {problem.about[0] for problem in problems}
            mended = without(facts, {one.id for one in facts.records if one.place in at})
            named = tuple(problem.about for problem in problems)
            yield Sign(code, len(problems), named, mended=mended, rows=at)
        elif code == _NAMES:
            yield from _names(facts, problems)
        elif code == _CONTRADICTION:
            named = tuple(map(_in_words, problems))
            yield Sign(code, len(problems), named, mended=_neither(facts, problems))
        elif code == _MOVED_ON:
            schools = tuple(attrs.evolve(school, promoted=0) for school in facts.schools)
            named = tuple(problem.about for problem in problems)
            yield Sign(code, len(problems), named, mended=attrs.evolve(facts, schools=schools))
        elif code in _OF_PUPILS:
            ids = {problem.about[0] for problem in problems}
            field = _OF_PUPILS[code]
            pupils = _believing_no(facts, ids, field) if field else None
            named = tuple((name,) for name in sorted(ids))
            rests = _for_want_of_birth(ids) if code == _PLACEHOLDER else of_pupils(ids)
            yield Sign(code, len(ids), named, mended=pupils, rests=rests, rows=ids)
        elif code in _ALONE:
            yield Sign(_ALONE[code], len(problems), tuple(map(_in_words, problems)))


def _for_want_of_birth(ids: set[str]) -> Callable[[Finding], bool]:
    """Whether a finding about some pupils isn't known for want of a date of birth."""
    wanted = BirthUnknown, YearGroupUnknown
    return lambda finding: (
        finding.subject.pupil in ids and any(isinstance(one, wanted) for one in finding.missing)
    )


def _place(problem: Problem) -> str:
    return f"{problem.file}:{problem.line}" if problem.line else problem.file


def _in_words(problem: Problem) -> tuple[str, str]:
    return _place(problem), ": ".join((*problem.path, problem.message))


def _believing_no(facts: Facts, ids: set[str], field: str) -> Facts:
    nothing: dict[str, Any] = {field: None}
    pupils = (
        attrs.evolve(pupil, **nothing) if pupil.id in ids else pupil for pupil in facts.pupils
    )
    return attrs.evolve(facts, pupils=tuple(pupils))


def _neither(facts: Facts, problems: Sequence[Problem]) -> Facts:
    """The facts without the values of which one says that another can't be so."""
    doubted_of: defaultdict[str, set[str]] = defaultdict(set)
    for problem in problems:
        own, *names = problem.about
        doubted_of[own].update(names)

    def mended(one: Any, *known_by: str) -> Any:
        names = next((doubted_of[name] for name in known_by if name in doubted_of), None)
        if names is None:
            return one
        kept = {name: value for name, value in one.attributes.items() if name not in names}
        return attrs.evolve(one, attributes=kept)

    return attrs.evolve(
        facts,
        schools=tuple(mended(one, one.urn) for one in facts.schools),
        pupils=tuple(mended(one, one.id) for one in facts.pupils),
        records=tuple(mended(one, one.id, one.place) for one in facts.records),
    )


def _names(facts: Facts, problems: Sequence[Problem]) -> Iterator[Sign]:
    """Names that are nearly alike, by the column that they stand in."""
    by_column: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for problem in problems:
        column, later, earlier = problem.about
        by_column[column].append((later, earlier))
    for column, pairs in by_column.items():
        first = dict(pairs)
        code = "near-trusts" if column == "trust" else _NAMES
        yield Sign(code, len(pairs), tuple(pairs), mended=_renamed(facts, column, first))


def _renamed(facts: Facts, column: str, first: dict[str, str]) -> Facts:
    """The facts with one name for each pair."""

    def named(value: Any) -> Any:
        if isinstance(value, frozenset):
            return frozenset(first.get(name, name) for name in value)
        return first.get(value, value) if isinstance(value, str) else value

    if column == "trust":
        schools = tuple(attrs.evolve(one, trust=named(one.trust)) for one in facts.schools)
        records = tuple(
            attrs.evolve(one, owner=named(one.owner)) if one.of == "trust" else one
            for one in facts.records
        )
        return attrs.evolve(facts, schools=schools, records=records)
    records = tuple(
        attrs.evolve(one, attributes={**one.attributes, column: named(one.attributes[column])})
        if column in one.attributes
        else one
        for one in facts.records
    )
    return attrs.evolve(facts, records=records)
