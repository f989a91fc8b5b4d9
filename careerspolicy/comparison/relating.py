"""Which of two promises asks more.

Between counterparts and comparing. What says the same is equal without more ado; what no record
measures is left to its readers; of the rest the analysis decides, where its solver is installed.
"""

from __future__ import annotations

from enum import Enum
from itertools import combinations
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.comparison.promises import Part, attested, shape
from careerspolicy.english.answers import undecided_clause
from careerspolicy.errors import MissingExtra
from careerspolicy.solver.relations import relation

if TYPE_CHECKING:
    from careerspolicy.comparison.counterparts import Row
    from careerspolicy.solver.promises import Promise
    from careerspolicy.solver.relations import Relation
    from careerspolicy.solver.witnesses import Witness

#: The parts that say what is asked; how strongly, with what hedge and by whom are told apart.
CONTENT: Final = (Part.WHOM, Part.WHAT, Part.WHEN, Part.HOW_OFTEN)


class Kind(Enum):
    """How what one asks stands to what another asks; `stricter` says that the left asks more."""

    EQUAL = "equal"
    STRICTER = "stricter"
    WEAKER = "weaker"
    INCOMPARABLE = "incomparable"
    SILENT = "silent"
    UNDECIDED = "undecided"


@attrs.frozen(kw_only=True)
class Related:
    """How what `left` asks stands to what `right` asks, strength apart; both are policies' names.

    `silent` names the policy that promises nothing; `why` says why it is undecided, or what else to
    know. `witnesses` hold made-up facts that meet what one asks and miss what the other asks.
    """

    left: str
    right: str
    kind: Kind
    why: str = ""
    silent: str = ""
    witnesses: tuple[Witness, ...] = ()


def relate_row(row: Row) -> tuple[Related, ...]:
    """How every two promises of a row stand to each other."""
    return tuple(
        related((left, row[left]), (right, row[right])) for left, right in combinations(row, 2)
    )


def related(left: tuple[str, Promise], right: tuple[str, Promise]) -> Related:
    """How one policy's promise stands to another's."""
    (name, one), (other_name, other) = left, right
    if same(one, other):
        return Related(left=name, right=other_name, kind=Kind.EQUAL)
    try:
        found: Relation = relation(one, other)
    except MissingExtra as error:
        return Related(left=name, right=other_name, kind=Kind.UNDECIDED, why=str(error))
    return Related(
        left=name,
        right=other_name,
        kind=Kind(found.kind.value),
        why=undecided_clause(found.why),
        witnesses=found.witnesses,
    )


def same(left: Promise, right: Promise) -> bool:
    """Whether two promises ask the same, by whomever and however strongly it is owed."""
    one, other = shape(left), shape(right)
    if any(one[part] != other[part] for part in CONTENT):
        return False
    if attested(left) and attested(right):
        return True
    subjects = {promise.duty.population.subject for promise in (left, right)}
    return len(subjects) == 1 and left.policy.readings == right.policy.readings
