"""What a careers leader does this half term: the top of a report, and the end of the demonstration.

First what falls due by its end, or, where nothing does, what comes next; then what is late and can
still be done; then what to find out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.views.report.groups import Question, anchor_of
from careerspolicy.views.report.half_term import half_terms
from careerspolicy.views.report.places import school_names
from careerspolicy.views.report.pressing import due_soonest, not_recorded
from careerspolicy.views.tree import Paragraph, Section, Span, bullets
from careerspolicy.views.words import time_left

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from careerspolicy.evaluation import Report
    from careerspolicy.views.report.groups import Group
    from careerspolicy.views.report.half_term import HalfTerm
    from careerspolicy.views.tree import Block, Words

#: How many of each are told; the rest stands below.
MOST: Final = 6


class Step(NamedTuple):
    """One thing to do: what, to whom, by when if there is a day, under which policy, and where."""

    title: str
    whom: str
    day: date | None
    policy: str
    anchor: str = ""


def to_do(reports: Sequence[Report], groups: Mapping[Question, Sequence[Group]]) -> Section:
    """What to do, out of reports and their groups."""
    blocks: tuple[Block, ...] = (
        *half_term_told(reports),
        _first(reports, groups),
        _late(reports, groups),
        _find(reports),
    )
    return Section(title="What to do this half term", id="to-do", blocks=blocks)


def half_term_told(reports: Sequence[Report]) -> Iterator[Paragraph]:
    """Which half term it is, once for all the schools that share it."""
    as_of, alike = reports[0].as_of, _half_terms(reports)
    for half, schools in alike.items():
        whose = Span(f"{', '.join(schools)}: " if len(alike) > 1 else "", strong=True)
        yield Paragraph(words=(whose, f"{half.told(as_of)} {half.doubt}".rstrip()))


def _half_terms(reports: Sequence[Report]) -> Mapping[HalfTerm, list[str]]:
    names = {urn: name for report in reports for urn, name in school_names(report).items()}
    alike: dict[HalfTerm, list[str]] = {}
    for urn, half in half_terms(reports).items():
        alike.setdefault(half, []).append(names[urn])
    return alike


def _first(reports: Sequence[Report], groups: Mapping[Question, Sequence[Group]]) -> Section:
    soon, halves = groups[Question.SOON], [*_half_terms(reports)]
    by = in_words(halves[0].last) if len(halves) == 1 else "the end of the half term"
    steps = [_of_group(group, group.subjects, group.day) for group in soon]
    blocks: list[Block] = []
    if steps:
        blocks += _listed(
            steps, reports, "by", (f"All {len(steps)} that fall due by then", "#q-soon")
        )
    else:
        coming = sorted(_coming(reports), key=lambda step: (step.day is None, step.day))
        more = " What comes next:" if coming else ""
        blocks.append(Paragraph(words=f"Nothing falls due by then.{more}"))
        blocks += _listed(coming, reports, "by", ("All that is due later", "#q-later"))
    return Section(title=f"Do first: due by {by}", blocks=tuple(blocks))


def _late(reports: Sequence[Report], groups: Mapping[Question, Sequence[Group]]) -> Section:
    steps = [
        _of_group(group, group.late.subjects, group.late.day)
        for group in groups[Question.MISSED]
        if group.late
    ]
    told = _listed(
        steps, reports, "was due by", (f"All {len(steps)}, among what was missed", "#q-missed")
    )
    none = Paragraph(words="Nothing that was missed can still be put right.")
    return Section(title="Put right: late, but it can still be done", blocks=told or (none,))


def _find(reports: Sequence[Report]) -> Section:
    """The facts whose absence leaves most unknown, under every policy."""
    found = [(report, one) for report in reports for one in not_recorded(report.findings)]
    found.sort(key=lambda pair: -len(pair[1].findings))
    steps = [
        Step(one.name, f"would settle {one.verdicts}", None, report.policy.id)
        for report, one in found
    ]
    told = _listed(steps[:MOST], reports, "")
    none = Paragraph(words="No fact is missing that could be recorded now.")
    return Section(title="Find out and record: until then nobody can say", blocks=told or (none,))


def _of_group(group: Group, whom: str, day: date | None) -> Step:
    return Step(group.obligation.title, whom, day, group.policy.id, group.anchor)


def _coming(reports: Sequence[Report]) -> Iterator[Step]:
    """What falls due next, under every policy."""
    for position, report in enumerate(reports):
        for one in due_soonest(report.findings):
            anchor = anchor_of(Question.LATER, position, one.obligation.id)
            yield Step(one.obligation.title, one.subjects, one.day, report.policy.id, anchor)


def _listed(
    steps: Sequence[Step], reports: Sequence[Report], when: str, rest: tuple[str, str] | None = None
) -> tuple[Block, ...]:
    """The first few steps, and where the rest of them stand."""
    if not steps:
        return ()
    told = bullets(_step(step, reports, when) for step in steps[:MOST])
    if rest is None or len(steps) <= MOST:
        return (told,)
    words, href = rest
    return told, Paragraph(words=(Span(words, href=href), "."))


def _step(step: Step, reports: Sequence[Report], when: str) -> Words:
    as_of = reports[0].as_of
    day = f", {when} {in_words(step.day)}" if step.day else ""
    left = f" ({time_left(step.day, as_of)})" if step.day and step.day >= as_of else ""
    whose = Span(f" ({step.policy})" if len(reports) > 1 else "", aside=True)
    return (
        Span(step.title, href=f"#{step.anchor}" if step.anchor else ""),
        f": {step.whom}{day}{left}",
        whose,
    )
