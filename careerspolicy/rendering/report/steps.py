"""What a careers leader does this half term, out of some reports: the top of the page.

First what falls due by its end, or, where nothing does, what comes next; then what is late and can
still be done; then what to find out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.rendering.report.groups import Question, anchor_of
from careerspolicy.rendering.report.next_steps import not_recorded
from careerspolicy.rendering.report.text import due_soonest
from careerspolicy.rendering.words import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from careerspolicy.evaluation import Report
    from careerspolicy.rendering.report.groups import Group
    from careerspolicy.rendering.report.next_steps import NotRecorded
    from careerspolicy.rendering.report.text import Pressing

#: How many of each are told at the top; the rest stands below.
MOST: Final = 6


@attrs.frozen(kw_only=True)
class Step:
    """One thing to do: the promise, to whom, by when if there is a day, and where it is told."""

    title: str
    whom: str
    policy: str
    anchor: str = ""
    day: date | None = None


@attrs.frozen(kw_only=True)
class Steps:
    """The lists at the top, each cut to MOST, with how many there are in all.

    `coming` is what falls due next, only where nothing is due this half term.
    """

    soon: tuple[Step, ...]
    soon_in_all: int
    coming: tuple[Step, ...]
    late: tuple[Step, ...]
    late_in_all: int
    unsaid: tuple[Step, ...]


def steps(reports: Sequence[Report], groups: Mapping[Question, Sequence[Group]]) -> Steps:
    """What to do, out of reports and their groups."""
    soon = groups[Question.SOON]
    late = [(group, group.late) for group in groups[Question.MISSED] if group.late]
    return Steps(
        soon=tuple(
            Step(
                title=group.obligation.title,
                whom=group.subjects,
                policy=group.policy.id,
                anchor=group.anchor,
                day=group.day,
            )
            for group in soon[:MOST]
        ),
        soon_in_all=len(soon),
        coming=() if soon else _coming(reports),
        late=tuple(_step(one, group.policy.id, group.anchor) for group, one in late[:MOST]),
        late_in_all=len(late),
        unsaid=_unsaid(reports),
    )


def _step(one: Pressing, policy: str, anchor: str) -> Step:
    return Step(
        title=one.obligation.title, whom=one.subjects, policy=policy, anchor=anchor, day=one.day
    )


def _coming(reports: Sequence[Report]) -> tuple[Step, ...]:
    """What falls due next, under every policy."""
    found = [
        _step(one, report.policy.id, anchor_of(Question.LATER, position, one.obligation.id))
        for position, report in enumerate(reports)
        for one in due_soonest(report.findings)
        if one.day is not None
    ]
    return tuple(sorted(found, key=lambda step: str(step.day))[:MOST])


def _unsaid(reports: Sequence[Report]) -> tuple[Step, ...]:
    """The facts whose absence leaves most unknown, under every policy."""
    found = [(report, one) for report in reports for one in not_recorded(report.findings)]
    found.sort(key=lambda pair: -len(pair[1].findings))
    return tuple(
        Step(title=one.name, whom=_settles(one), policy=report.policy.id)
        for report, one in found[:MOST]
    )


def _settles(one: NotRecorded) -> str:
    promises = len({finding.obligation.id for finding in one.findings})
    return f"{counted(len(one.findings), 'finding')} on {counted(promises, 'promise')}"
