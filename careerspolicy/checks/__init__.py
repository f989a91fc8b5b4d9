"""Lint: what is amiss in a policy that is otherwise sound, judged by a catalogue of rules.

After loading in the flow, and before the command line. `checking` runs the rules of `catalogue`
over a file; `views` shows what was found.
"""

from careerspolicy.checks.catalogue import RULES, Rule
from careerspolicy.checks.checking import LintedFile, lint_file, lint_source
from careerspolicy.checks.issues import SEVERITIES, Issue, Severity

__all__ = [
    "RULES",
    "SEVERITIES",
    "Issue",
    "LintedFile",
    "Rule",
    "Severity",
    "lint_file",
    "lint_source",
]
