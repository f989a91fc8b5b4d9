"""What lint found, seen: a line an issue, as editors read it; and as SARIF 2.1.0 for code hosts."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from careerspolicy.checks.catalogue import RULES, Rule
from careerspolicy.checks.checking import LintedFile, totals
from careerspolicy.checks.issues import SEVERITIES, Issue
from careerspolicy.views.tree import Block, Column, Paragraph, Row, Table, Verbatim, View
from careerspolicy.views.words import FORMAT, counted, fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


#: Of a rule's notes in one file so many are told, so that errors aren't lost among them.
_NOTES_TOLD: Final = 3


def lint_view(linted: Sequence[LintedFile]) -> View:
    """The issues of some files that stand; in the data the excluded ones too, with their reason.

    It has no title: what editors read begins with the first issue.
    """
    return View(title="", sections=lambda: tuple(_sections(linted)), data=lambda: _data(linted))


def _sections(linted: Sequence[LintedFile]) -> Iterator[Block]:
    """The issues that stand, in file order; a count of each rule's; the totals."""
    standing = [issue for one in linted for issue in one.standing]
    if standing:
        by_rule = Counter(issue.rule for issue in standing).most_common()
        yield Verbatim((*_lines(standing), ""))
        yield Table(
            columns=(Column("Rule"), Column("Issues", number=True)),
            rows=[Row((rule, amount)) for rule, amount in by_rule],
        )
        yield Verbatim(("",))
    found = totals(issue for one in linted for issue in one.issues)
    amounts = ", ".join(counted(found[severity], severity) for severity in SEVERITIES)
    excluded = f"; {found['excluded']} excluded with a reason" if found["excluded"] else ""
    yield Paragraph(f"{counted(len(linted), 'file')}: {amounts}{excluded}")


def _lines(standing: Sequence[Issue]) -> Iterator[str]:
    notes: Counter[tuple[str, str]] = Counter()
    for issue in standing:
        if issue.severity != "note" or notes[issue.file, issue.rule] < _NOTES_TOLD:
            yield str(issue)
        notes[issue.file, issue.rule] += issue.severity == "note"
    for (file, rule), amount in notes.items():
        if amount > _NOTES_TOLD:
            more = counted(amount - _NOTES_TOLD, "more note")
            yield f"{file}: {rule}: {more}; --format json lists every one"


def _data(linted: Sequence[LintedFile]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "files": [
            {
                "file": file,
                "policy": one.policy.id,
                "issues": [_issue_data(issue) for issue in one.issues if issue.file == file],
            }
            for one in linted
            for file in one.files
        ],
        "totals": totals(issue for one in linted for issue in one.issues),
    }


def _issue_data(issue: Issue) -> dict[str, Any]:
    return {
        **fields(issue, "rule", "severity", "line", "column"),
        "obligation": issue.obligation or None,
        **fields(issue, "message", "mend"),
        "excluded": issue.excluded.reason if issue.excluded else None,
    }


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
        "results": [_result(issue) for one in linted for issue in one.issues],
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    page = rule.explanation
    # What it finds: the first paragraph under the first heading of its page.
    blocks = (block for block in rule.page.strip().split("\n\n") if not block.startswith("#"))
    return {
        "id": rule.id,
        "name": rule.id.replace("-", " ").title().replace(" ", ""),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": " ".join(next(blocks).split())},
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
