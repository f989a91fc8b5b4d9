"""The differences between counterparts, part by part: found in the shape, told in English.

Between counterparts and comparing. Two promises that ask the same in other words do not differ.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import attrs

from careerspolicy.comparison.promises import Part, shape
from careerspolicy.comparison.sharper import sharper
from careerspolicy.english.parts import parts

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from careerspolicy.comparison.counterparts import Row
    from careerspolicy.solver.promises import Promise


@attrs.frozen(kw_only=True)
class Said:
    """What some policies say alike, in the words of the first; `says` is empty for nothing."""

    says: str
    policies: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Difference:
    """One part in which counterparts differ, and who says what there."""

    part: Part
    said: tuple[Said, ...]


def differences(row: Row) -> tuple[Difference, ...]:
    """In which parts the promises of a row differ, in the order of the parts."""
    shapes = {name: shape(promise) for name, promise in row.items()}
    return tuple(
        Difference(part=part, said=_said(part, row, groups))
        for part in Part
        if len(groups := _grouped({name: told[part] for name, told in shapes.items()})) > 1
    )


def _grouped(values: Mapping[str, Hashable]) -> list[tuple[str, ...]]:
    """The policies that have the same value, together; in the order in which they come."""
    groups: dict[Hashable, list[str]] = {}
    for name, value in values.items():
        groups.setdefault(value, []).append(name)
    return [tuple(names) for names in groups.values()]


def _said(part: Part, row: Row, groups: Iterable[tuple[str, ...]]) -> tuple[Said, ...]:
    """What each group says in a part; more exactly where two would seem to say the same."""
    said = [(_words(part, row[names[0]]), names) for names in groups]
    heard = Counter(words for words, _ in said)
    return tuple(
        Said(
            says=words if heard[words] == 1 else _exact(words, sharper(part, row[names[0]])),
            policies=names,
        )
        for words, names in said
    )


def _words(part: Part, promise: Promise) -> str:
    told: str = getattr(parts(promise.obligation, promise.policy), part.value)
    return told


def _exact(words: str, more: str) -> str:
    return f"{words} ({more})" if words and more else words or more


def reworded(row: Row) -> bool:
    """Whether the promises of a row ask the same, in different titles."""
    titles = {promise.obligation.title for promise in row.values()}
    return len(row) > 1 and len(titles) > 1 and not differences(row)
