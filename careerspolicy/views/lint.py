"""What lint found, seen: a line an issue, as editors read it, and how much there was in all."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.checks.checking import totals
from careerspolicy.checks.issues import SEVERITIES
from careerspolicy.views.tree import Column, Paragraph, Row, Table, Verbatim, View
from careerspolicy.views.words import FORMAT, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careerspolicy.checks.checking import LintedFile
    from careerspolicy.checks.issues import Issue
    from careerspolicy.views.tree import Block

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
    yield Paragraph(words=f"{counted(len(linted), 'file')}: {amounts}{excluded}")


def _lines(standing: Sequence[Issue]) -> Iterator[str]:
    told: Counter[tuple[str, str]] = Counter()
    for issue in standing:
        if issue.severity != "note" or told[issue.file, issue.rule] < _NOTES_TOLD:
            yield str(issue)
        told[issue.file, issue.rule] += issue.severity == "note"
    for (file, rule), amount in told.items():
        if amount > _NOTES_TOLD:
            more = counted(amount - _NOTES_TOLD, "more note")
            yield f"{file}: {rule}: {more}; --format json lists every one"


def _data(linted: Sequence[LintedFile]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "files": [_file_data(one, file) for one in linted for file in one.files],
        "totals": totals(issue for one in linted for issue in one.issues),
    }


def _file_data(linted: LintedFile, file: str) -> dict[str, Any]:
    issues = [_issue_data(issue) for issue in linted.issues if issue.file == file]
    return {"file": file, "policy": linted.policy.id, "issues": issues}


def _issue_data(issue: Issue) -> dict[str, Any]:
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
