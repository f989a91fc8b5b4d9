"""Keeps the two pages of `docs/` on lint in step with the rules and with the shipped policies.

`docs/lint.md` is every rule's page; `docs/lint-findings.md` is what the rules find in the shipped
policies, each with the remark of whoever reviewed it, from `docs/lint-review.yaml`.
`python -m careerspolicy.checks.record` rewrites both, from a checkout.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.checks.catalogue import RULES
from careerspolicy.checks.checking import lint_file, totals
from careerspolicy.loading import shipped_policies
from careerspolicy.model.policy import Of
from careerspolicy.plain.yaml_tree import load_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from careerspolicy.checks.issues import Issue

DOCS: Final = Path(__file__).parents[2] / "docs"
#: The day that the findings are recorded for: dates decide some of them.
AS_OF: Final = date(2026, 11, 1)
#: More findings of one rule than this in one policy stand in one row.
_MOST_ROWS: Final = 6
_UNREVIEWED: Final = "not yet reviewed"

_RULES_HEAD: Final = """\
# Lint

`careerspolicy lint [FILES]` looks for what is amiss in policies that load without a problem.
It judges the document that a file encodes as much as the file.

- `--format text|json|sarif` says what to write; `--as-of DATE` is the day to judge by.
- `--fail-on error|warning|note` says how grave a finding makes it exit with 1; errors, unless said.
- `--explain RULE` prints one rule's page.
- `--source FILE` looks in the document's text too, for people's names and schools' addresses.

A finding that is looked at and let stand is excluded in the policy file, with a reason:

```yaml
lint:
  exclude:
    - {rule: third-phase-missing, reason: None of the trust's schools has a sixth form.}
    - {rule: no-role, obligation: careers-fair, reason: The trust's calendar names the organiser.}
  configure:
    no-role: {severity: warning}
```

An exclusion that leaves nothing out is itself a finding.
`configure` sets a rule's `severity` for the file.

An `error` breaks the law or can't be right; a `warning` is very likely wrong;
a `note` is worth a look.

This page is written by `python -m careerspolicy.checks.record`.
"""
_FINDINGS_HEAD: Final = """\
# What lint finds in the shipped policies

The findings on {day}, with the remark of whoever looked at each.
They are about the trusts' documents, which the files encode as written.
Written by `python -m careerspolicy.checks.record`, from `docs/lint-review.yaml` and the files.
"""


def rules_page() -> str:
    """`docs/lint.md`."""
    listed = "\n".join(
        f"| [{rule.id}](#{rule.id}) | {rule.severity} | {rule.summary} |" for rule in RULES.values()
    )
    table = f"| rule | severity | finds |\n| --- | --- | --- |\n{listed}\n"
    sections = (_as_section(rule.explanation) for rule in RULES.values())
    return "\n".join((_RULES_HEAD, table, *sections))


def findings_page() -> str:
    """`docs/lint-findings.md`."""
    review = load_plain(DOCS / "lint-review.yaml")
    parts = [_FINDINGS_HEAD.format(day=in_words(AS_OF))]
    for name in shipped_policies():
        linted = lint_file(name, as_of=AS_OF)
        if linted.policy.of is Of.LAW:
            continue  # the page is about what trusts wrote
        parts.append("\n".join(_section(name, linted.issues, review.get(name, {}))))
    return "\n".join(parts)


def main() -> None:
    """Rewrite both pages."""
    (DOCS / "lint.md").write_text(rules_page(), encoding="utf-8")
    (DOCS / "lint-findings.md").write_text(findings_page(), encoding="utf-8")


def _as_section(page: str) -> str:
    """A page one level of headings down; its severity stands in the table."""
    heading, _, rest = page.partition("\n")
    return f"#{heading.rpartition(' (')[0]}\n{rest.replace('## ', '### ')}"


def _section(name: str, issues: Sequence[Issue], review: Mapping[str, Any]) -> Iterator[str]:
    found = totals(issues)
    said = ", ".join(f"{word} {amount}" for word, amount in found.items())
    yield f"## {name}\n\nIn all: {said}.\n"
    yield "| rule | where | finding | review |\n| --- | --- | --- | --- |"
    by_rule: dict[str, list[Issue]] = defaultdict(list)
    for issue in issues:
        by_rule[issue.rule].append(issue)
    for rule in RULES:
        yield from _rows(by_rule.get(rule, []), review.get(rule, {}))
    yield ""


def _rows(issues: Sequence[Issue], remarks: Mapping[str, str]) -> Iterator[str]:
    if len(issues) > _MOST_ROWS:
        where = ", ".join(f"`{issue.obligation}`" for issue in issues)
        summary = f"{len(issues)} findings: {RULES[issues[0].rule].summary}"
        yield _row(issues[0], where, summary, remarks.get("all", _UNREVIEWED))
        return
    for issue in issues:
        where = f"`{issue.obligation}`" if issue.obligation else "document"
        remark = remarks.get(issue.obligation or "document", remarks.get("all", _UNREVIEWED))
        excluded = f" (excluded: {issue.excluded})" if issue.excluded else ""
        yield _row(issue, where, f"{issue.message}{excluded}", remark)


def _row(issue: Issue, where: str, finding: str, remark: str) -> str:
    cells = (f"{issue.rule} ({issue.severity})", where, finding, remark)
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


if __name__ == "__main__":
    main()
