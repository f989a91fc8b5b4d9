"""What a policy's own tests are: files of cases, and what each case expects.

A case names one obligation, gives facts and a day, and says what verdict it expects. `reading`
builds these values and `running` holds them against the policy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from careerspolicy.english.findings import because
from careerspolicy.evaluation.record_reasons import missing_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from careerspolicy.calendar.school_calendar import Window
    from careerspolicy.evaluation import Finding, Subject, Verdict
    from careerspolicy.model.facts import Facts
    from careerspolicy.model.policy import Policy, Strength


@attrs.frozen(kw_only=True)
class Expectation:
    """What one finding should say; only what is not None is compared.

    `window` and `subject` pick the finding; without a window it is the one that matters on the day
    asked about (see `chosen`), and without a subject every subject's is held to it.
    """

    verdict: Verdict | None = None
    window: Window | None = None
    subject: str | None = None
    measured: float | None = None
    required: float | None = None
    due: date | None = None
    missing: tuple[str, ...] | None = None

    def picked(self, findings: Sequence[Finding], as_of: date) -> tuple[Finding, ...]:
        """The findings that it is about."""
        about = [one for one in findings if self.subject in (None, one.subject.id)]
        if self.window is not None:
            return tuple(one for one in about if one.window == self.window)
        by_subject: dict[Subject, list[Finding]] = {}
        for finding in about:
            by_subject.setdefault(finding.subject, []).append(finding)
        return tuple(chosen(own, as_of) for own in by_subject.values())

    def unmet(self, findings: Sequence[Finding], as_of: date) -> Iterator[str]:
        """What came instead of what is expected, in words; nothing if all is as expected."""
        picked = self.picked(findings, as_of)
        if not picked:
            where = f" for {self.subject}" if self.subject is not None else ""
            asked = f" in the window {window_text(self.window)}" if self.window else ""
            windows = ", ".join(dict.fromkeys(window_text(one.window) for one in findings))
            came = f"the windows are {windows}" if windows else "nothing calls for it"
            yield f"expected a finding{where}{asked}, but there is none; {came}"
        for finding in picked:
            if wrong := list(self._wrong(finding)):
                told = window_text(finding.window)
                yield f"{'; '.join(wrong)} (window {told}): {because(finding)}"

    def _wrong(self, finding: Finding) -> Iterator[str]:
        if self.verdict is not None and finding.verdict is not self.verdict:
            yield f"expected {self.verdict.value}, but it is {finding.verdict.value}"
        missing = tuple(map(missing_name, finding.missing))
        amounts = {name: getattr(finding, name) for name in ("measured", "required", "due")}
        for name, came in (*amounts.items(), ("missing", missing)):
            wanted = getattr(self, name)
            if wanted not in (None, came):
                yield f"expected {name} {_worded(wanted)}, but it is {_worded(came)}"


@attrs.frozen(kw_only=True)
class PolicyCase:
    """One case, with what its group says filled in, and its place in its file."""

    name: str
    as_of: date
    obligation: str
    facts: Facts
    expect: tuple[Expectation, ...]
    because: str | None = None
    strength: Strength | None = None
    file: str = ""
    line: int = 0


@attrs.frozen(kw_only=True)
class PolicyTests:
    """A file of cases, and the policy that they are about."""

    file: str
    policy: Policy
    cases: tuple[PolicyCase, ...]


def chosen(findings: Sequence[Finding], as_of: date) -> Finding:
    """The finding of one subject that matters on a day.

    Of the windows that hold the day, the one that opened last; else the last that has closed; else
    the first that is to open.
    """
    holding = [one for one in findings if one.window.holds(as_of)]
    closed = [one for one in findings if one.window.end is not None and one.window.end < as_of]
    return max(holding or closed or findings[:1], key=_opened)


def window_text(window: Window) -> str:
    """A window as cases write it: "2025-09-01..2026-08-31"; an open end is left empty."""
    return f"{window.start or ''}..{window.end or ''}"


def _opened(finding: Finding) -> tuple[str, str]:
    window = finding.window
    return str(window.start or ""), str(window.end or "9999")


def _worded(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(str, value))}]"
    if isinstance(value, float):
        return f"{value:g}"
    return "nothing" if value is None else str(value)
