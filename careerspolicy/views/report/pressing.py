"""What can be put right, and what to find out: drawn from findings, judging nothing anew."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from careerspolicy.evaluation import Verdict
from careerspolicy.evaluation.record_reasons import KindNotRecorded
from careerspolicy.model.duty import Always, Every
from careerspolicy.views.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from careerspolicy.evaluation import Finding
    from careerspolicy.evaluation.record_reasons import Missing


def subjects_of(findings: Sequence[Finding]) -> str:
    """Whom or what findings on one obligation are about, counted: "34 pupils"."""
    first = findings[0]
    kind = first.vocabulary.kinds[first.subject.kind]
    return counted(len({one.subject.id for one in findings}), kind.singular, kind.plural)


def last_day(finding: Finding) -> date | None:
    """The day that matters: by when it is due, or by when it was, if it is over."""
    if finding.verdict is Verdict.DUE:
        return finding.due
    if finding.verdict is not Verdict.MISSED:
        return None
    end = finding.window.end
    return end if end is not None and end <= finding.as_of else None


def overdue(findings: Iterable[Finding]) -> Mapping[str, Sequence[Finding]]:
    """What was missed and can still be put right, by obligation.

    These are standing duties, and the latest of a cadence; a window of a pupil's life that has
    closed cannot be opened again.
    """
    latest = {(one.obligation.id, one.subject.id): one for one in findings}
    late: defaultdict[str, list[Finding]] = defaultdict(list)
    for one in latest.values():
        if one.verdict is Verdict.MISSED and _can_be_put_right(one):
            late[one.obligation.id].append(one)
    return late


def not_recorded(findings: Iterable[Finding]) -> Sequence[tuple[Missing, Sequence[Finding]]]:
    """The facts whose absence leaves findings unknown, those that most wait for first.

    Records of earlier days are left out: what can be recorded now comes first.
    """
    waiting: defaultdict[Missing, list[Finding]] = defaultdict(list)
    for one in findings:
        for fact in dict.fromkeys(one.missing if one.verdict is Verdict.UNKNOWN else ()):
            if not _is_bygone(fact):
                waiting[fact].append(one)
    return sorted(waiting.items(), key=lambda told: -len(told[1]))


def _is_bygone(fact: Missing) -> bool:
    """Whether a fact is of days for which nobody kept records."""
    return isinstance(fact, KindNotRecorded) and fact.before is not None


def _can_be_put_right(finding: Finding) -> bool:
    schedule, end = finding.obligation.duty.schedule, finding.window.end
    standing = isinstance(schedule, Always) and (end is None or end >= finding.as_of)
    return standing or isinstance(schedule, Every)
