"""Tests for policies: cases in YAML, kept beside a policy and run by `careerspolicy test`.

After evaluation in the flow. `reading` makes cases of files, `cases` holds them against the
policy and says how good they are, and `suggestions` makes new ones from the shape of an obligation.
"""

from careerspolicy.cases.cases import Results, results_of
from careerspolicy.cases.reading import (
    InvalidPolicyTests,
    files_at,
    load_tests,
    shipped_tests,
    tests_of,
)
from careerspolicy.cases.suggestions import suggest

__all__ = [
    "InvalidPolicyTests",
    "Results",
    "files_at",
    "load_tests",
    "results_of",
    "shipped_tests",
    "suggest",
    "tests_of",
]
