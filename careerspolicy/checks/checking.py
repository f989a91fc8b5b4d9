"""The catalogue of rules, and every rule over one policy file: issues in file order.

To add a rule: a function in `rules/`, a line in the catalogue, a page in `pages/` that begins with
a summary, a pair of files in `tests/lint/`, and its id in the schema's `lint_rule`. Tests hold the
five together.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.checks.issues import Fault, Issue, PolicyFile
from careerspolicy.checks.rules import dates, law, living, numbers, obligations
from careerspolicy.checks.rules.sentences import left_out, same_sentence
from careerspolicy.checks.rules.wording import addresses_in, lines_of, looking, persons_in
from careerspolicy.comparison.against_law import lined_up
from careerspolicy.comparison.law import english_law
from careerspolicy.loading import load_policy
from careerspolicy.model.policy import LintSettings, Of
from careerspolicy.plain.places import place_of
from careerspolicy.plain.yaml_tree import load_plain
from careerspolicy.tracing import load_document, trace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from careerspolicy.checks.issues import Severity
    from careerspolicy.model.policy import LintExclusion, Policy
    from careerspolicy.tracing.document import Document


_LET_STAND: Final = """\
## How to let it stand

Say why, at the end of the policy file; without `obligation`, the whole file is meant.

```yaml
lint:
  exclude:
    - {{rule: {rule}, reason: Agreed by the board in May 2026.}}
```
"""


def _useless(_file: PolicyFile) -> Iterable[Fault]:
    """Nothing: `lint_file` itself finds exclusions that are of no use, once all else is found."""
    return ()


def _together(_file: PolicyFile) -> Iterable[Fault]:
    """Nothing in one file: `lint_together` looks at every two."""
    return ()


@attrs.frozen(slots=False)
class Rule:
    """One rule of lint."""

    id: str
    severity: Severity
    check: Callable[[PolicyFile], Iterable[Fault]]

    @cached_property
    def _text(self) -> tuple[str, str]:
        page = files("careerspolicy.checks").joinpath("pages", f"{self.id}.md")
        summary, _, rest = page.read_text(encoding="utf-8").partition("\n\n")
        return summary, rest

    @property
    def summary(self) -> str:
        """What the rule finds, in a sentence: the first of its page."""
        return self._text[0]

    @property
    def page(self) -> str:
        """The page that explains the rule, in Markdown, without its heading and summary."""
        return self._text[1]

    @property
    def excludable(self) -> bool:
        """Whether a file can let what it finds stand."""
        return self.check is not _useless

    @property
    def explanation(self) -> str:
        """The whole page: what it finds, why it matters, an example, how to mend and exclude."""
        head = f"# {self.id} ({self.severity})\n\n{self.summary}\n\n{self.page.strip()}\n"
        return f"{head}\n{_LET_STAND.format(rule=self.id)}" if self.excludable else head


_ALL: Final = (
    Rule("review-overdue", "error", dates.review_overdue),
    Rule("review-against-cadence", "warning", dates.review_against_cadence),
    Rule("implementation-after-review", "error", dates.implementation_after_review),
    Rule("guidance-superseded-then", "error", dates.superseded_then),
    Rule("guidance-superseded-now", "warning", dates.superseded_now),
    Rule("years-disagree", "warning", law.years_disagree),
    Rule("years-against-law", "error", law.years_against_law),
    Rule("provider-total", "error", law.sum_of_parts),
    Rule("third-phase-missing", "error", law.last_part_missing),
    Rule("provider-window-end", "warning", law.window_end),
    Rule("same-providers", "warning", law.same_providers),
    Rule("no-role", "note", obligations.no_role),
    Rule("two-roles", "warning", obligations.two_roles),
    Rule("impossible-deadline", "error", obligations.impossible_deadline),
    Rule("for-nobody", "error", living.for_nobody),
    Rule("never-met", "error", living.never_met),
    Rule("never-missed", "warning", living.never_missed),
    Rule("after-year-13", "warning", living.after_year_13),
    Rule("deadline-in-one-period", "warning", living.deadline_in_one_period),
    Rule("implied-obligation", "note", obligations.implied),
    Rule("repeated-obligation", "warning", obligations.repeated),
    Rule("hedged-law", "warning", law.hedged),
    Rule("weak-law", "warning", law.weak),
    Rule("person-named", "error", looking(persons_in)),
    Rule("school-address", "warning", looking(addresses_in)),
    Rule("numbers-lost", "warning", numbers.numbers_lost),
    Rule("same-sentence", "warning", _together),
    Rule("useless-exclusion", "warning", _useless),
)

#: Every rule by its id, in the order of the pages.
RULES: Final[Mapping[str, Rule]] = {rule.id: rule for rule in _ALL}


def every_page() -> str:
    """All rules in a table, and then each one's page, in Markdown."""
    table = "| rule | severity | finds |\n| --- | --- | --- |\n" + "".join(
        f"| {rule.id} | {rule.severity} | {rule.summary} |\n" for rule in RULES.values()
    )
    return "\n".join((table, *(rule.explanation for rule in RULES.values())))


#: The rules that can look at a document's own text.
_ON_TEXT: Final = {"person-named": persons_in, "school-address": addresses_in}
#: The rules that find nothing unless they are given more than one policy file: its document,
#: another policy. An exclusion of theirs can't be called useless.
_NOT_ALONE: Final = frozenset({"numbers-lost", "same-sentence"})
#: A line of a document's text is a paragraph or a row; names stand in cells and after a label.
_CELLS: Final = re.compile(r"\t|: ")


@attrs.frozen(kw_only=True)
class LintedFile:
    """One policy file and what lint found in it, excluded findings included, in file order."""

    looked_at: PolicyFile
    issues: tuple[Issue, ...]

    @property
    def policy(self) -> Policy:
        """The policy."""
        return self.looked_at.policy

    @property
    def file(self) -> str:
        """The file that it stands in."""
        return self.policy.file

    @property
    def standing(self) -> tuple[Issue, ...]:
        """The issues that the file does not let stand with a reason."""
        return tuple(issue for issue in self.issues if issue.excluded is None)

    @property
    def files(self) -> tuple[str, ...]:
        """The policy file, and its source document if that was looked at and has issues."""
        return tuple(dict.fromkeys((self.file, *(issue.file for issue in self.issues))))


def lint_file(
    name_or_path: str | Path, *, as_of: date, law: Policy | None = None, source: Path | None = None
) -> LintedFile:
    """What every rule finds in a shipped policy ("batley") or a policy file, on a day.

    `law` is that of England unless another is given; `source` is the document that the policy
    encodes, in which names and addresses are looked for, and numbers that the policy has lost.
    Raises InvalidPolicy if the file is no policy (lint is for what loads and yet is amiss), and
    UnusableInput for a source that can't be read.
    """
    policy = load_policy(name_or_path)
    tree, law = load_plain(Path(policy.file)), (law or english_law()).in_force(as_of)
    gaps = () if policy.of is Of.LAW else lined_up(policy, law)
    document = load_document(source) if source else None
    whole = PolicyFile(
        policy=policy,
        tree=tree,
        as_of=as_of,
        law=law,
        statutory=tuple(gap for gap in gaps if gap.statutory),
        settings=LintSettings(),
        trace=trace(policy, document, str(source)) if document else None,
    )
    issues = [
        _issue(policy, rule.id, fault, policy.file, *place_of(tree, fault.path))
        for rule in RULES.values()
        for fault in rule.check(attrs.evolve(whole, settings=_settings(policy, rule.id)))
    ]
    issues += _useless_exclusions(whole, issues)
    issues.sort(key=_place)
    if source and document:
        issues += _in_document(policy, source, document)
    return LintedFile(looked_at=whole, issues=tuple(issues))


def lint_together(linted: Sequence[LintedFile]) -> tuple[LintedFile, ...]:
    """The files, and what shows only where two of them are looked at together.

    Of two policies that encode one sentence in two ways the later is told, or the one that makes
    something of the sentence where the other makes nothing.
    """
    files = [one.looked_at for one in linted]
    found: list[list[Issue]] = [[] for _ in files]
    for later, file in enumerate(files):
        for earlier, other in enumerate(files[:later]):
            found[later] += _issues("same-sentence", file, same_sentence(file, other))
            found[later] += _issues("same-sentence", file, left_out(file, other))
            found[earlier] += _issues("same-sentence", other, left_out(other, file))
    return tuple(
        attrs.evolve(one, issues=(*sorted((*one.issues, *more), key=_place),))
        for one, more in zip(linted, found, strict=True)
    )


def _issues(rule: str, file: PolicyFile, faults: Iterable[Fault]) -> Iterator[Issue]:
    """Faults of a policy file in their places."""
    for fault in faults:
        place = place_of(file.tree, fault.path)
        yield _issue(file.policy, rule, fault, file.policy.file, *place)


def _useless_exclusions(file: PolicyFile, issues: Iterable[Issue]) -> Iterator[Issue]:
    """The exclusions that leave nothing out; they can't be excluded themselves."""
    caught = [(issue.rule, issue.obligation) for issue in issues]
    for number, exclusion in enumerate(file.policy.lint.exclude):
        if exclusion.rule in _NOT_ALONE or any(_covers(exclusion, *one) for one in caught):
            continue
        about = f' for "{exclusion.obligation}"' if exclusion.obligation else ""
        message = f'"{exclusion.rule}" finds nothing here to leave out{about}'
        fault = Fault(("lint", "exclude", number), message, "take the exclusion out")
        for useless in _issues("useless-exclusion", file, [fault]):
            yield attrs.evolve(useless, excluded=None)


def _in_document(policy: Policy, source: Path, document: Document) -> list[Issue]:
    """What the rules on wording find in the document: a policy file keeps names out, it may not."""
    issues = [
        _issue(policy, rule, Fault((), message, mend), str(source), number, 1)
        for rule, look in _ON_TEXT.items()
        for number, line in lines_of(source, document)
        for part in _CELLS.split(line)
        for message, mend in look(part.strip(), _settings(policy, rule).known)
    ]
    issues.sort(key=lambda issue: (issue.line, issue.rule))
    return [*dict.fromkeys(issues)]


def _place(issue: Issue) -> tuple[str, int, int, str]:
    """Where an issue stands, for sorting."""
    return (issue.file, issue.line, issue.column, issue.rule)


def totals(issues: Iterable[Issue]) -> dict[str, int]:
    """How many issues stand, by severity, and how many are excluded."""
    counted = Counter("excluded" if issue.excluded else issue.severity for issue in issues)
    return {word: counted[word] for word in ("error", "warning", "note", "excluded")}


def _settings(policy: Policy, rule: str) -> LintSettings:
    return policy.lint.configure.get(rule, LintSettings())


def _covers(exclusion: LintExclusion, rule: str, obligation: str) -> bool:
    return exclusion.rule == rule and exclusion.obligation in ("", obligation)


def _issue(policy: Policy, rule: str, fault: Fault, file: str, line: int, column: int) -> Issue:
    """A fault in its place, as grave as the policy says, with the exclusion that covers it."""
    listed = policy.lint.exclude
    covering = (exclusion for exclusion in listed if _covers(exclusion, rule, fault.obligation))
    return Issue(
        rule=rule,
        severity=_settings(policy, rule).severity or RULES[rule].severity,
        file=file,
        line=line,
        column=column,
        obligation=fault.obligation,
        message=fault.message,
        mend=fault.mend,
        excluded=next(covering, None),
    )
