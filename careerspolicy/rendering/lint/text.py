"""What lint found as text: one line an issue, and how much there was in all."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from careerspolicy.checks.checking import totals
from careerspolicy.checks.issues import SEVERITIES
from careerspolicy.rendering.printable import printable
from careerspolicy.rendering.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careerspolicy.checks.checking import LintedFile
    from careerspolicy.checks.issues import Issue


_NOTES_TOLD: Final = 3


def lint_text(linted: Sequence[LintedFile]) -> Iterator[str]:
    """The issues that stand, in file order, a count of each rule's, and the totals."""
    standing = [issue for one in linted for issue in one.standing]
    yield from _lines(standing)
    if standing:
        yield "\n"
    by_rule = Counter(issue.rule for issue in standing)
    for rule, amount in by_rule.most_common():
        yield f"{amount:5}  {rule}\n"
    if standing:
        yield "\n"
    found = totals(issue for one in linted for issue in one.issues)
    said = ", ".join(counted(found[severity], severity) for severity in SEVERITIES)
    excluded = f"; {found['excluded']} excluded with a reason" if found["excluded"] else ""
    yield f"{counted(len(linted), 'file')}: {said}{excluded}\n"


def _lines(standing: Sequence[Issue]) -> Iterator[str]:
    """A line an issue; of a rule's notes in one file the first few, so that errors aren't lost."""
    told: Counter[tuple[str, str]] = Counter()
    for issue in standing:
        told[issue.file, issue.rule] += 1
        if issue.severity != "note" or told[issue.file, issue.rule] <= _NOTES_TOLD:
            yield f"{printable(str(issue))}\n"
    for (file, rule), amount in told.items():
        note = next(one for one in standing if (one.file, one.rule) == (file, rule))
        if note.severity == "note" and amount > _NOTES_TOLD:
            more = counted(amount - _NOTES_TOLD, "more note")
            yield f"{printable(file)}: {rule}: {more}; --format json lists every one\n"
