"""What lint finds, as values, and what a rule is given to look at.

First in `linting`: rules yield `Found`, which `checking` turns into issues with their places.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import attrs

if TYPE_CHECKING:
    from datetime import date

    from careerspolicy.model.policy import LintSettings, Obligation, Policy

Severity: TypeAlias = Literal["error", "warning", "note"]
Path: TypeAlias = tuple[str | int, ...]

#: From the gravest to the least.
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "note")


@attrs.frozen(kw_only=True)
class Issue:
    """One thing that a rule found in one place of one file.

    `obligation` is the id of the one it is about; empty for the document. `excluded` is the file's
    own reason for letting it stand; empty if it gives none.
    """

    rule: str
    severity: Severity
    file: str
    line: int
    column: int
    message: str
    mend: str
    obligation: str = ""
    excluded: str = ""

    def __str__(self) -> str:
        about = f"{self.obligation}: " if self.obligation else ""
        place = f"{self.file}:{self.line}:{self.column}"
        return f"{place}: {self.rule} ({self.severity}): {about}{self.message}; {self.mend}"


@attrs.frozen
class Found:
    """An issue before it is placed: the way to the value in the file, what, and how to mend it."""

    path: Path
    message: str
    mend: str
    obligation: str = ""


@attrs.frozen(kw_only=True)
class Case:
    """One policy as a rule looks at it: the model, the plain tree, the day, the rule's settings."""

    policy: Policy
    tree: Any
    as_of: date
    settings: LintSettings

    @cached_property
    def positions(self) -> dict[str, int]:
        """Each obligation's position in the file, by id."""
        return {one.id: n for n, one in enumerate(self.policy.obligations)}

    def about(self, obligation: Obligation, slot: str, message: str, mend: str) -> Found:
        """Something found at a slot of an obligation."""
        path: Path = ("obligations", self.positions[obligation.id], slot)
        return Found(path, message, mend, obligation.id)
