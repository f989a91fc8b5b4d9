"""What lint found as SARIF 2.1.0, the form in which code hosts and editors show findings."""

from __future__ import annotations

import json
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from careerspolicy.checks.catalogue import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from careerspolicy.checks.catalogue import Rule
    from careerspolicy.checks.checking import LintedFile
    from careerspolicy.checks.issues import Issue

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_POSITIONS: Final = {rule: n for n, rule in enumerate(RULES)}


def lint_sarif(linted: Sequence[LintedFile], version: str) -> str:
    """The findings as one run of the tool, which is at `version`; excluded ones are suppressed."""
    driver = {
        "name": "careerspolicy",
        "version": version,
        "informationUri": "https://careerspolicy.example/",
        "rules": [*map(_rule, RULES.values())],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [*map(_result, _issues(linted))],
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _issues(linted: Iterable[LintedFile]) -> list[Issue]:
    return [issue for one in linted for issue in one.issues]


def _rule(rule: Rule) -> dict[str, Any]:
    page = rule.explanation
    return {
        "id": rule.id,
        "name": rule.id.replace("-", " ").title().replace(" ", ""),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": _first_paragraph(rule.page)},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(issue: Issue) -> dict[str, Any]:
    about = f"{issue.obligation}: " if issue.obligation else ""
    region = {"startLine": max(issue.line, 1), "startColumn": max(issue.column, 1)}
    place = {"artifactLocation": {"uri": _uri(issue.file)}, "region": region}
    result: dict[str, Any] = {
        "ruleId": issue.rule,
        "ruleIndex": _POSITIONS[issue.rule],
        "level": issue.severity,
        "message": {"text": f"{about}{issue.message}; {issue.mend}"},
        "locations": [{"physicalLocation": place}],
    }
    if issue.excluded:
        result["suppressions"] = [{"kind": "inSource", "justification": issue.excluded.reason}]
    return result


def _uri(file: str) -> str:
    """A relative reference where the file lies below the working folder, as hosts want it."""
    path = Path(file)
    if not path.is_absolute():
        return quote(PurePath(file).as_posix())
    here = Path.cwd()
    return quote(path.relative_to(here).as_posix()) if path.is_relative_to(here) else path.as_uri()


def _first_paragraph(page: str) -> str:
    """What the rule finds: the first paragraph under the first heading of its page."""
    blocks = [block for block in page.strip().split("\n\n") if not block.startswith("#")]
    return " ".join(blocks[0].split())
