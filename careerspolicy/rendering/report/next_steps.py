"""What a careers leader should do next: what is due first, what can be put right, what to find out.

Drawn from the findings of one school under one policy; nothing is judged that evaluation has not.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.english.reasons import missing_fact
from careerspolicy.evaluation import Verdict
from careerspolicy.evaluation.record_reasons import KindNotRecorded
from careerspolicy.model.duty import Always, Every
from careerspolicy.rendering.report.text import Pressing, due_soonest, missed
from careerspolicy.rendering.templating import text_from
from careerspolicy.rendering.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from careerspolicy.evaluation import Finding, Report
    from careerspolicy.evaluation.record_reasons import Missing
    from careerspolicy.model.facts import School

#: How many of each are worth doing first.
MOST: Final = 5


@attrs.frozen(kw_only=True)
class NotRecorded:
    """A fact that is not known, and the findings that wait for it."""

    fact: Missing
    findings: tuple[Finding, ...]

    @property
    def name(self) -> str:
        """The fact in words."""
        return missing_fact(self.fact, self.findings[0].vocabulary)

    @property
    def verdicts(self) -> str:
        """What it would settle: "12 verdicts on 3 obligations"."""
        obligations = len({finding.obligation.id for finding in self.findings})
        return f"{counted(len(self.findings), 'verdict')} on {counted(obligations, 'promise')}"


def next_steps(report: Report, school: School, *, try_next: Sequence[str], width: int) -> str:
    """What to do next at a school, in text; `try_next` are commands that show more."""
    findings = [one for one in report.findings if one.subject.school == school.urn]
    return text_from(
        "next_steps.txt.j2",
        width=width,
        report=report,
        school=school,
        due=[one for one in due_soonest(findings) if one.day][:MOST],
        overdue=overdue(findings)[:MOST],
        not_recorded=not_recorded(findings)[:MOST],
        whom=_whom,
        try_next=try_next,
    )


def overdue(findings: Iterable[Finding]) -> list[Pressing]:
    """What was missed and can still be put right: standing duties, and the latest of a cadence.

    A window of a pupil's life that has closed cannot be opened again.
    """
    latest = {(one.obligation.id, one.subject.id): one for one in findings}
    return missed(one for one in latest.values() if _can_be_put_right(one))


def not_recorded(findings: Iterable[Finding]) -> list[NotRecorded]:
    """The facts whose absence leaves the most findings unknown, most first.

    Records of earlier days are left out: what can be recorded now comes first.
    """
    unknown = [one for one in findings if one.verdict is Verdict.UNKNOWN]
    facts = (fact for one in unknown for fact in one.missing)
    waiting = Counter(fact for fact in facts if not _is_bygone(fact))
    return [
        NotRecorded(fact=fact, findings=tuple(one for one in unknown if fact in one.missing))
        for fact, _ in waiting.most_common(MOST)
    ]


def _is_bygone(fact: Missing) -> bool:
    """Whether a fact is of days for which nobody kept records."""
    return isinstance(fact, KindNotRecorded) and fact.before is not None


def _can_be_put_right(finding: Finding) -> bool:
    schedule, end = finding.obligation.duty.schedule, finding.window.end
    standing = isinstance(schedule, Always) and (end is None or end >= finding.as_of)
    return standing or isinstance(schedule, Every)


def _whom(one: Pressing) -> str:
    """Whom it is about, if that is not the school itself: "34 pupils, such as A0041"."""
    first = one.findings[0].subject
    if first.kind == "school":
        return ""
    return (
        f"{one.subjects}, such as {first.id}"
        if len(one.findings) > 1
        else f"{first.kind} {first.id}"
    )
