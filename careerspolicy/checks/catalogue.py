"""The catalogue of rules: each an id, a severity, and the function that looks.

To add a rule: a function in `rules/`, a line here, a page in `pages/` that begins with a summary,
a pair of files in `tests/lint/`, and its id in the schema's `lint_rule`. Tests hold the five
together.
"""

from __future__ import annotations

from functools import cached_property
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
        return self.check is not _nothing

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
    Rule("impossible-deadline", "error", windows.impossible_deadline),
    Rule("implied-obligation", "note", obligations.implied),
    Rule("repeated-obligation", "warning", obligations.repeated),
    Rule("hedged-law", "warning", law.hedged),
    Rule("weak-law", "warning", law.weak),
    Rule("person-named", "error", wording.person_named),
    Rule("school-address", "warning", wording.school_address),
    Rule("useless-exclusion", "warning", _nothing),
)

#: Every rule by its id, in the order of the pages.
RULES: Final[Mapping[str, Rule]] = {rule.id: rule for rule in _ALL}


def every_page() -> str:
    """All rules in a table, and then each one's page, in Markdown."""
    table = "| rule | severity | finds |\n| --- | --- | --- |\n" + "".join(
        f"| {rule.id} | {rule.severity} | {rule.summary} |\n" for rule in RULES.values()
    )
    return "\n".join((table, *(rule.explanation for rule in RULES.values())))
