"""Policies held against each other: what each promises, where they differ, which asks more.

Stands on the solver, which decides what is stricter; between evaluation and rendering.
"""

from careerspolicy.comparison.adoption import Adoption, adoption
from careerspolicy.comparison.comparing import (
    ComparedRow,
    ComparedTopic,
    Comparison,
    Outcome,
    compare,
)
from careerspolicy.comparison.versions import Change, Changed, changes, versions_of_one

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
