"""What a careers leader does this half term: the top of a report, and the end of the demonstration.

First what falls due by its end, or, where nothing does, what comes next; then what is late and can
still be done; then what to find out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.english.reasons import missing_fact
from careerspolicy.views.report.groups import Question
from careerspolicy.views.report.half_term import half_terms
from careerspolicy.views.report.places import school_names
from careerspolicy.views.report.pressing import not_recorded
from careerspolicy.views.tree import Paragraph, Section, Span, bullets
from careerspolicy.views.words import counted, time_left

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from careerspolicy.evaluation import Finding, Report
    from careerspolicy.evaluation.record_reasons import Missing
    from careerspolicy.views.report.groups import Group
    from careerspolicy.views.report.half_term import HalfTerm
    from careerspolicy.views.tree import Block, Words

#: How many of each are told; the rest stands below.
MOST: Final = 6


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
    names = school_names(reports)
    alike: dict[HalfTerm, list[str]] = {}
    for urn, half in half_terms(reports).items():
        alike.setdefault(half, []).append(names[urn])
    return alike


def _first(reports: Sequence[Report], groups: Mapping[Question, Sequence[Group]]) -> Section:
    soon, halves = groups[Question.SOON], [*_half_terms(reports)]
    by = in_words(halves[0].last) if len(halves) == 1 else "the end of the half term"
    blocks: tuple[Block, ...]
    if soon:
        steps = [_step(one, reports, one.subjects, "by", one.day) for one in soon]
        blocks = _listed(steps, f"All {len(steps)} that fall due by then", "#q-soon")
    else:
        later = [one for one in groups[Question.LATER] if one.day]
        steps = [_step(one, reports, one.soonest, "by", one.day) for one in later]
        more = " What comes next:" if steps else ""
        blocks = (
            Paragraph(words=f"Nothing falls due by then.{more}"),
            *_listed(steps, "All that is due later", "#q-later"),
        )
    return Section(title=f"Do first: due by {by}", blocks=blocks)


def _late(reports: Sequence[Report], groups: Mapping[Question, Sequence[Group]]) -> Section:
    late = [one for one in groups[Question.MISSED] if one.late]
    steps = [_step(one, reports, one.late, "was due by", one.late_day) for one in late]
    told = _listed(steps, f"All {len(steps)}, among what was missed", "#q-missed")
    none = Paragraph(words="Nothing that was missed can still be put right.")
    return Section(title="Put right: late, but it can still be done", blocks=told or (none,))


def _find(reports: Sequence[Report]) -> Section:
    """The facts whose absence leaves most unknown, under every policy."""
    found = [(report, *told) for report in reports for told in not_recorded(report.findings)]
    found.sort(key=lambda told: -len(told[2]))
    steps = [_settling(*told, several=len(reports) > 1) for told in found[:MOST]]
    none = Paragraph(words="No fact is missing that could be recorded now.")
    return Section(
        title="Find out and record: until then nobody can say",
        blocks=(bullets(steps) if steps else none,),
    )


def _settling(
    report: Report, fact: Missing, findings: Sequence[Finding], *, several: bool
) -> Words:
    promises = counted(len({one.obligation.id for one in findings}), "promise")
    settles = f": would settle {counted(len(findings), 'finding')} on {promises}"
    named = missing_fact(fact, findings[0].vocabulary)
    return f"{named}{settles}", _under(report.policy.id, several=several)


def _step(group: Group, reports: Sequence[Report], whom: str, when: str, day: date | None) -> Words:
    """One thing to do: what, to whom, by when if there is a day, and under which policy."""
    as_of = reports[0].as_of
    said = f", {when} {in_words(day)}" if day else ""
    left = f" ({time_left(day, as_of)})" if day and day >= as_of else ""
    title = Span(group.obligation.title, href=f"#{group.anchor}")
    return title, f": {whom}{said}{left}", _under(group.policy.id, several=len(reports) > 1)


def _under(policy: str, *, several: bool) -> Span:
    return Span(f" ({policy})" if several else "", aside=True)


def _listed(steps: Sequence[Words], rest: str, href: str) -> tuple[Block, ...]:
    """The first few steps, and where the rest of them stand."""
    more = (Paragraph(words=(Span(rest, href=href), ".")),) if len(steps) > MOST else ()
    return (bullets(steps[:MOST]), *more) if steps else ()
