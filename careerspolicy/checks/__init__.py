"""Lint: what is amiss in a policy that is otherwise sound, judged by a catalogue of rules.

After loading in the flow, and before the command line. `checking` has the catalogue and runs it
over a file; `views` shows what was found.
"""

from careerspolicy.checks.checking import RULES, LintedFile, Rule, lint_file, lint_together
from careerspolicy.checks.issues import SEVERITIES, Issue, Severity

__all__ = [
    "RULES",
    "SEVERITIES",
    "Issue",
    "LintedFile",
    "Rule",
    "Severity",
    "lint_file",
    "lint_together",
]
