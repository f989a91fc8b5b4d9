"""Every rule over one policy file: issues in file order, each with its place and any exclusion."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.checks.catalogue import RULES
from careerspolicy.checks.issues import Case, Found, Issue
from careerspolicy.checks.rules.wording import addresses_in, persons_in
from careerspolicy.loading import load_policy
from careerspolicy.model.policy import LintSettings
from careerspolicy.plain.places import place_of
from careerspolicy.plain.text import bytes_of, text_of
from careerspolicy.plain.yaml_tree import POLICY_LIMIT, load_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from typing import Any

    from careerspolicy.checks.catalogue import Rule
    from careerspolicy.model.policy import LintExclusion, Policy

#: The rules that can look at a document's own text.
_ON_TEXT: Final = {"person-named": persons_in, "school-address": addresses_in}
#: A line of a document's text is a paragraph or a row; names stand in cells and after a label.
_CELLS: Final = re.compile(r"\t|: ")
_USELESS: Final = "useless-exclusion"


@attrs.frozen(kw_only=True)
class LintedFile:
    """One policy file and what lint found in it, excluded findings included, in file order."""

    file: str
    policy: Policy
    issues: tuple[Issue, ...]

    @property
    def standing(self) -> tuple[Issue, ...]:
        """The issues that the file does not let stand with a reason."""
        return tuple(one for one in self.issues if not one.excluded)

    @property
    def files(self) -> tuple[str, ...]:
        """The policy file, and its source document if that was looked at and has issues."""
        return tuple(dict.fromkeys((self.file, *(one.file for one in self.issues))))


def lint_file(name_or_path: str | Path, *, as_of: date) -> LintedFile:
    """What every rule finds in a shipped policy ("batley") or a policy file, on a day.

    Raises InvalidPolicy if the file is no policy: lint is for what loads and yet is amiss.
    """
    policy = load_policy(name_or_path)
    tree = load_plain(Path(policy.file))
    cases = {rule: _case(rule, policy, tree, as_of) for rule in RULES}
    found = [one for rule in RULES.values() for one in _issues(rule, cases[rule.id])]
    issues = [*found, *_useless(cases[_USELESS], found)]
    return LintedFile(
        file=policy.file,
        policy=policy,
        issues=tuple(sorted(issues, key=lambda one: (one.line, one.column, one.rule))),
    )


def lint_source(linted: LintedFile, source: Path) -> LintedFile:
    """The file's issues, and what the rules on wording find in the document that it encodes.

    A policy file keeps names and addresses out; this says where the document itself has them.
    Raises UnusableInput for a source that can't be read as text.
    """
    text = text_of(bytes_of(source, POLICY_LIMIT), str(source), POLICY_LIMIT)
    found = [
        _issue_in_source(rule, message, mend, linted.policy, (str(source), n))
        for rule, look in _ON_TEXT.items()
        for n, line in enumerate(text.splitlines(), start=1)
        for part in _CELLS.split(line)
        for message, mend in look(part.strip(), _settings(linted.policy, rule).known)
    ]
    found.sort(key=lambda issue: (issue.line, issue.rule))
    return attrs.evolve(linted, issues=(*linted.issues, *dict.fromkeys(found)))


def totals(issues: Iterable[Issue]) -> dict[str, int]:
    """How many issues stand, by severity, and how many are excluded."""
    counted = Counter("excluded" if one.excluded else one.severity for one in issues)
    return {word: counted[word] for word in ("error", "warning", "note", "excluded")}


def _issue_in_source(
    rule: str, message: str, mend: str, policy: Policy, place: tuple[str, int]
) -> Issue:
    file, line = place
    return Issue(
        rule=rule,
        severity=_settings(policy, rule).severity or RULES[rule].severity,
        file=file,
        line=line,
        column=1,
        message=message,
        mend=mend,
        excluded=_excluded(rule, "", policy.lint.exclude),
    )


def _settings(policy: Policy, rule: str) -> LintSettings:
    return policy.lint.configure.get(rule, LintSettings())


def _case(rule: str, policy: Policy, tree: Any, as_of: date) -> Case:
    return Case(policy=policy, tree=tree, as_of=as_of, settings=_settings(policy, rule))


def _issues(rule: Rule, case: Case) -> Iterator[Issue]:
    for found in rule.check(case):
        yield _issue(
            rule, found, case, _excluded(rule.id, found.obligation, case.policy.lint.exclude)
        )


def _issue(rule: Rule, found: Found, case: Case, excluded: str) -> Issue:
    line, column = place_of(case.tree, found.path)
    return Issue(
        rule=rule.id,
        severity=case.settings.severity or rule.severity,
        file=case.policy.file,
        line=line,
        column=column,
        obligation=found.obligation,
        message=found.message,
        mend=found.mend,
        excluded=excluded,
    )


def _excluded(rule: str, obligation: str, exclusions: Iterable[LintExclusion]) -> str:
    """The reason of the exclusion that covers a finding; empty if there is none."""
    for one in exclusions:
        if one.rule == rule and one.obligation in ("", obligation):
            return one.reason
    return ""


def _useless(case: Case, issues: Iterable[Issue]) -> Iterator[Issue]:
    """The exclusions that leave nothing out: what they were for was mended, or never was."""
    listed = list(issues)
    for n, one in enumerate(case.policy.lint.exclude):
        if not any(one.rule == i.rule and one.obligation in ("", i.obligation) for i in listed):
            about = f' for "{one.obligation}"' if one.obligation else ""
            message = f'"{one.rule}" finds nothing here to leave out{about}'
            found = Found(("lint", "exclude", n), message, "take the exclusion out")
            yield _issue(RULES[_USELESS], found, case, "")
