"""The catalogue of rules: each an id, a severity, a summary, and the function that looks.

To add a rule: a function in `rules/`, a line here, a page in `pages/`, a pair of files in
`tests/lint/`, and its id in the schema's `lint_rule`. Tests hold the five together.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.checks.rules import dates, law, obligations, windows, wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from careerspolicy.checks.issues import Fault, PolicyFile, Severity


_LET_STAND: Final = """\
## How to let it stand

Say why, at the end of the policy file; without `obligation`, the whole file is meant.

```yaml
lint:
  exclude:
    - {{rule: {rule}, reason: Agreed by the board in May 2026.}}
```
"""


def _nothing(_file: PolicyFile) -> Iterable[Fault]:
    """Nothing: `checking` itself finds exclusions that are of no use, once all else is found."""
    return ()


@attrs.frozen
class Rule:
    """One rule of lint."""

    id: str
    severity: Severity
    summary: str
    check: Callable[[PolicyFile], Iterable[Fault]]
    excludable: bool = True

    @property
    def page(self) -> str:
        """The page that explains the rule, in Markdown, without its heading."""
        page = files("careerspolicy.checks").joinpath("pages", f"{self.id}.md")
        return page.read_text(encoding="utf-8")

    @property
    def explanation(self) -> str:
        """The whole page: what it finds, why it matters, an example, how to mend and exclude."""
        head = f"# {self.id} ({self.severity})\n\n{self.summary}\n\n{self.page.strip()}\n"
        return f"{head}\n{_LET_STAND.format(rule=self.id)}" if self.excludable else head


_ALL: Final = (
    Rule("review-overdue", "error", "The next review is overdue.", dates.review_overdue),
    Rule(
        "review-against-cadence",
        "warning",
        "The dates of reviews are at odds with how often the policy says it is reviewed.",
        dates.review_against_cadence,
    ),
    Rule(
        "implementation-after-review",
        "error",
        "The policy is due for review before, or when, it takes effect.",
        dates.implementation_after_review,
    ),
    Rule(
        "guidance-superseded-then",
        "error",
        "An edition of the statutory guidance was out of date when the policy was written.",
        dates.superseded_then,
    ),
    Rule(
        "guidance-superseded-now",
        "warning",
        "An edition of the statutory guidance has been replaced since the policy was written.",
        dates.superseded_now,
    ),
    Rule(
        "years-disagree",
        "warning",
        "The same duty is for different year groups in two places.",
        law.years_disagree,
    ),
    Rule(
        "years-against-law",
        "error",
        "The year groups are not those of the law.",
        law.years_against_law,
    ),
    Rule(
        "provider-total",
        "error",
        "The provider encounters of the key phases do not add up to the stated total.",
        law.sum_of_parts,
    ),
    Rule(
        "third-phase-missing",
        "error",
        "Provider encounters have a first or second key phase and no third.",
        law.last_part_missing,
    ),
    Rule(
        "provider-window-end",
        "warning",
        "A key phase of provider encounters does not close on the day that the law sets.",
        law.window_end,
    ),
    Rule(
        "same-providers",
        "warning",
        "Two provider encounters may be with the very same provider.",
        law.same_providers,
    ),
    Rule("no-role", "note", "Duties name nobody who owes them.", obligations.no_role),
    Rule("two-roles", "warning", "Two different roles owe the same duty.", obligations.two_roles),
    Rule(
        "impossible-deadline",
        "error",
        "No day lies between a duty's beginning and its deadline.",
        windows.impossible_deadline,
    ),
    Rule(
        "implied-obligation",
        "note",
        "Another obligation already asks for all of this one.",
        obligations.implied,
    ),
    Rule(
        "repeated-obligation",
        "warning",
        "The same obligation stands in the file twice.",
        obligations.repeated,
    ),
    Rule("hedged-law", "warning", "A hedge softens what the law requires.", law.hedged),
    Rule(
        "weak-law",
        "warning",
        'What the law requires is put as "should" or "may".',
        law.weak,
    ),
    Rule(
        "person-named",
        "error",
        "The file names a person, or gives a telephone number or e-mail address.",
        wording.person_named,
    ),
    Rule(
        "school-address",
        "warning",
        "A policy for a whole trust points at one school's web address.",
        wording.school_address,
    ),
    Rule(
        "useless-exclusion",
        "warning",
        "An exclusion leaves nothing out.",
        _nothing,
        excludable=False,
    ),
)

#: Every rule by its id, in the order of the pages.
RULES: Final[Mapping[str, Rule]] = {rule.id: rule for rule in _ALL}


def every_page() -> str:
    """All rules in a table, and then each one's page, in Markdown."""
    table = "| rule | severity | finds |\n| --- | --- | --- |\n" + "".join(
        f"| {rule.id} | {rule.severity} | {rule.summary} |\n" for rule in RULES.values()
    )
    return "\n".join((table, *(rule.explanation for rule in RULES.values())))
