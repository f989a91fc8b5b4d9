"""What a careers leader does next: what is due first, what can be put right, what to find out.

Drawn from findings; nothing is judged that evaluation has not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import attrs

from careerspolicy.english.reasons import missing_fact
from careerspolicy.evaluation import Verdict
from careerspolicy.evaluation.record_reasons import KindNotRecorded
from careerspolicy.model.duty import Always, Every
from careerspolicy.views.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from careerspolicy.evaluation import Finding
    from careerspolicy.evaluation.record_reasons import Missing
    from careerspolicy.model.policy import Obligation


@attrs.frozen(kw_only=True)
class Pressing:
    """The missed, or the due, findings of one obligation, and the last day that matters.

    For what is due, only those whose last day comes first; for what is missed, all.
    """

    obligation: Obligation
    findings: tuple[Finding, ...]
    day: date | None

    @property
    def subjects(self) -> str:
        """Whom or what they are about, counted: "34 pupils"."""
        return subjects_of(self.findings)


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
        """What it would settle: "12 findings on 3 promises"."""
        promises = len({finding.obligation.id for finding in self.findings})
        return f"{counted(len(self.findings), 'finding')} on {counted(promises, 'promise')}"


def subjects_of(findings: Sequence[Finding]) -> str:
    """Whom or what findings on one obligation are about, counted: "34 pupils"."""
    first = findings[0]
    kind = first.vocabulary.kinds[first.subject.kind]
    return counted(len({one.subject.id for one in findings}), kind.singular, kind.plural)


def due_soonest(findings: Iterable[Finding]) -> list[Pressing]:
    """What is due by a day, by obligation: the soonest last day first."""
    pressing = []
    for each in _by_obligation(one for one in findings if one.verdict is Verdict.DUE and one.due):
        day = min(one.due for one in each if one.due)
        soonest = tuple(one for one in each if one.due == day)
        pressing.append(Pressing(obligation=each[0].obligation, findings=soonest, day=day))
    return sorted(pressing, key=lambda one: (one.day, -len(one.findings)))


def overdue(findings: Iterable[Finding]) -> list[Pressing]:
    """What was missed and can still be put right: standing duties, and the latest of a cadence.

    The most findings first. A window of a pupil's life that has closed cannot be opened again.
    """
    latest = {(one.obligation.id, one.subject.id): one for one in findings}
    late = [
        one for one in latest.values() if one.verdict is Verdict.MISSED and _can_be_put_right(one)
    ]
    pressing = [
        Pressing(obligation=each[0].obligation, findings=tuple(each), day=_last_end(each))
        for each in _by_obligation(late)
    ]
    return sorted(pressing, key=lambda one: -len(one.findings))


def not_recorded(findings: Iterable[Finding]) -> list[NotRecorded]:
    """The facts whose absence leaves findings unknown, those that most wait for first.

    Records of earlier days are left out: what can be recorded now comes first.
    """
    waiting: defaultdict[Missing, list[Finding]] = defaultdict(list)
    for one in findings:
        for fact in dict.fromkeys(one.missing if one.verdict is Verdict.UNKNOWN else ()):
            if not _is_bygone(fact):
                waiting[fact].append(one)
    often = Counter({fact: len(found) for fact, found in waiting.items()})
    return [
        NotRecorded(fact=fact, findings=tuple(waiting[fact])) for fact, _ in often.most_common()
    ]


def _is_bygone(fact: Missing) -> bool:
    """Whether a fact is of days for which nobody kept records."""
    return isinstance(fact, KindNotRecorded) and fact.before is not None


def _by_obligation(findings: Iterable[Finding]) -> list[list[Finding]]:
    grouped: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        grouped[finding.obligation.id].append(finding)
    return list(grouped.values())


def _last_end(findings: Iterable[Finding]) -> date | None:
    """The latest day by which one of them was to be done; None for standing duties."""
    ends = (one.window.end for one in findings if one.window.end and one.window.end <= one.as_of)
    return max(ends, default=None)


def _can_be_put_right(finding: Finding) -> bool:
    schedule, end = finding.obligation.duty.schedule, finding.window.end
    standing = isinstance(schedule, Always) and (end is None or end >= finding.as_of)
    return standing or isinstance(schedule, Every)
