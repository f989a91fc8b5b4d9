"""What lint found as JSON: stable, for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.checks.checking import totals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.checks.checking import LintedFile
    from careerspolicy.checks.issues import Issue

#: The version of this output.
FORMAT: Final = 1


def lint_json(linted: Sequence[LintedFile]) -> str:
    """Every issue of every file, excluded ones with their reason, and totals by severity."""
    document = {
        "format": FORMAT,
        "files": [_file(one, file) for one in linted for file in one.files],
        "totals": totals(issue for one in linted for issue in one.issues),
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _file(linted: LintedFile, file: str) -> dict[str, Any]:
    issues = [_told(issue) for issue in linted.issues if issue.file == file]
    return {"file": file, "policy": linted.policy.id, "issues": issues}


def _told(issue: Issue) -> dict[str, Any]:
    return {
        "rule": issue.rule,
        "severity": issue.severity,
        "line": issue.line,
        "column": issue.column,
        "obligation": issue.obligation or None,
        "message": issue.message,
        "mend": issue.mend,
        "excluded": issue.excluded.reason if issue.excluded else None,
    }
