"""What lint finds, as values, and what a rule is given to look at.

First in `checks`: rules yield faults, which `checking` turns into issues with their places.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import attrs

from careerspolicy.checks.outcomes import Lives

if TYPE_CHECKING:
    from datetime import date

    from careerspolicy.comparison.law import Gap
    from careerspolicy.model.policy import LintExclusion, LintSettings, Obligation, Policy
    from careerspolicy.plain.places import Path
    from careerspolicy.tracing import Trace

Severity: TypeAlias = Literal["error", "warning", "note"]

#: From the gravest to the least.
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "note")


@attrs.frozen(kw_only=True)
class Issue:
    """One thing that a rule found in one place of one file.

    `obligation` is the id of the one it is about; empty for the document. `excluded` is how the
    file itself lets it stand; None if it doesn't.
    """

    rule: str
    severity: Severity
    file: str
    line: int
    column: int
    message: str
    mend: str
    obligation: str = ""
    excluded: LintExclusion | None = None

    def __str__(self) -> str:
        about = f"{self.obligation}: " if self.obligation else ""
        place = f"{self.file}:{self.line}:{self.column}"
        return f"{place}: {self.rule} ({self.severity}): {about}{self.message}; {self.mend}"


@attrs.frozen
class Fault:
    """An issue before it is placed: the way to the value in the file, what, and how to mend it."""

    path: Path
    message: str
    mend: str
    obligation: str = ""


@attrs.frozen(kw_only=True, slots=False)
class PolicyFile:
    """One policy file as a rule looks at it.

    The model, the plain tree, the day, the law in force on it, the policy's standing to each
    statutory duty (none if it is the law itself), the rule's settings, made-up lives in which its
    promises are put to the test, and the trace to its document where that is at hand.
    """

    policy: Policy
    tree: Any
    as_of: date
    law: Policy
    statutory: tuple[Gap, ...]
    settings: LintSettings
    trace: Trace | None = None
    lives: Lives = attrs.field(
        default=attrs.Factory(lambda file: Lives(file.policy), takes_self=True)
    )

    @cached_property
    def positions(self) -> dict[str, int]:
        """Each obligation's position in the file, by id."""
        return {obligation.id: n for n, obligation in enumerate(self.policy.obligations)}

    def about(self, obligation: Obligation, slot: str, message: str, mend: str) -> Fault:
        """Something found at a slot of an obligation."""
        path: Path = ("obligations", self.positions[obligation.id], slot)
        return Fault(path, message, mend, obligation.id)
