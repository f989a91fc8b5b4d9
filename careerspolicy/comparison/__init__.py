"""Policies held against each other: what each promises, where they differ, which asks more.

Stands on the solver, which decides what is stricter; between evaluation and views.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from careerspolicy.comparison.changing import (
    Adoption,
    Change,
    Changed,
    adoption,
    changes,
    versions_of_one,
)
from careerspolicy.comparison.comparing import ComparedRow, ComparedTopic, Comparison, compare

if TYPE_CHECKING:
    from careerspolicy.solver.relations import PolicyRelation

__all__ = [
    "Adoption",
    "Change",
    "Changed",
    "ComparedRow",
    "ComparedTopic",
    "Comparison",
    "Outcome",
    "adoption",
    "changes",
    "compare",
    "versions_of_one",
]


@attrs.frozen(kw_only=True)
class Outcome:
    """All that one comparison comes to: the comparison, and what only some comparisons have.

    `changes` is None but for two versions of one policy, `adoption` None where no facts are given,
    `whole` None where nobody asked about all promises together.
    """

    comparison: Comparison
    changes: tuple[Changed, ...] | None = None
    adoption: Adoption | None = None
    whole: PolicyRelation | None = None
