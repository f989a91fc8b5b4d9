"""Findings about one pupil, or one school, told in full: what, why, and what is still owed.

And the example: several policies over the same facts, and what one school does next.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.english.findings import label, why
from careerspolicy.english.reasons import near_miss_clause
from careerspolicy.english.things import counted_noun
from careerspolicy.evaluation import Finding, Report, Verdict
from careerspolicy.views.report.data import reports_data
from careerspolicy.views.report.groups import grouped
from careerspolicy.views.report.parts import VERDICT_COLUMNS
from careerspolicy.views.report.view import facts_told, policies_named, to_do
from careerspolicy.views.tree import Column, Paragraph, Row, Section, Table, Verbatim, View, bullets
from careerspolicy.views.words import VERDICT_WORDS, time_left

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from careerspolicy.model.facts import Record, School
    from careerspolicy.views.tree import Block, Words


#: The verdicts in the order in which they are told, what needs somebody first; and under what.
_HEADINGS: Final = {
    Verdict.MISSED: "Missed",
    Verdict.DUE: "Due: still to be done",
    Verdict.UNKNOWN: "Not known: something is not recorded, or the policy gives no number",
    Verdict.UPCOMING: "Upcoming: not owed yet",
    Verdict.MET: "Met",
    Verdict.WAIVED: "Waived",
    Verdict.NOT_APPLICABLE: "Does not apply",
}
_ORDER: Final = tuple(_HEADINGS)

#: Told as a count alone, unless one obligation was asked for.
_COUNTED: Final = (Verdict.UPCOMING, Verdict.NOT_APPLICABLE)

#: How many records of one finding are listed before the rest are counted: in passing, in full.
_FEW, _MANY = 3, 50


def explanation_view(report: Report, about: str, *, everything: bool) -> View:
    """The findings of a report, about whom `about` names.

    Unless `everything`, what is upcoming or does not apply is only counted, and few records are
    listed.
    """
    hidden = () if everything else _COUNTED
    tally = _tally(report.findings)
    untold = _tally(finding for finding in report.findings if finding.verdict in hidden)
    more = f"Not told here: {untold}. To read one of them, add --obligation and its id."
    short = f"In short: {tally}." if tally else "Nothing in this policy is about them."
    policy = f"Policy: {policies_named([report])}, on {in_words(report.as_of)}"
    return View(
        title=about,
        opening=[Paragraph(policy), Paragraph(short)],
        sections=lambda: tuple(_sections(report, hidden, _MANY if everything else _FEW)),
        closing=[Paragraph(more)] if untold else [],
        data=lambda: reports_data([report]),
    )


def _sections(report: Report, hidden: Container[Verdict], most: int) -> Iterator[Section]:
    """A section for each verdict, in it one for each promise."""
    shown = (one for one in in_telling_order(report.findings) if one.verdict not in hidden)
    for verdict, findings in groupby(shown, key=lambda one: one.verdict):
        promises = groupby(findings, key=lambda finding: finding.obligation)
        sections = (
            Section(
                title=f"{obligation.title} ({obligation.id})",
                blocks=tuple(block for finding in own for block in _finding(finding, most)),
            )
            for obligation, own in promises
        )
        yield Section(title=_HEADINGS[verdict], blocks=tuple(sections))


def _finding(finding: Finding, most: int) -> Iterator[Block]:
    """Why it is so, without what its heading tells already; by when; and its records."""
    own = finding.subject.kind in ("pupil", "school")
    whose = "" if own else f"{label(finding.subject, finding.vocabulary)}: "
    yield Paragraph(f"{whose}{why(finding)}")
    if finding.due and finding.verdict is Verdict.DUE:
        left = time_left(finding.due, finding.as_of)
        yield Paragraph(f"Last day: {in_words(finding.due)}, {left}.")
    if records := [*_records(finding, most)]:
        yield bullets(records)


def _records(finding: Finding, most: int) -> Iterator[Words]:
    """The records that counted, then those that nearly did; the first few of each.

    Records that have none of what is owed were looked at, not counted.
    """
    word = "counted" if finding.measured else "on record"
    yield from (f"{word}: {_listed(record, finding)}" for record in finding.evidence[:most])
    if len(finding.evidence) > most:
        yield f"and {len(finding.evidence) - most} more {word}"
    for miss in finding.near_misses[:most]:
        clause = near_miss_clause(miss, finding.vocabulary)
        yield f"not counted: {_listed(miss.record, finding)}, which {clause}"
    if len(finding.near_misses) > most:
        yield f"and {len(finding.near_misses) - most} more not counted"


def _listed(record: Record, finding: Finding) -> str:
    """A record's day, what it is by the noun of its promise, and the id that its file gives it."""
    named = counted_noun(record.kind, (), finding.vocabulary, 1)
    return f"{in_words(record.start)}: {named}{'' if record.numbered else f' ({record.id})'}"


def in_telling_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Missed first, then what is due, soonest first; each otherwise in the policy's order."""
    return tuple(sorted(findings, key=lambda one: (_ORDER.index(one.verdict), one.due or date.max)))


def _tally(findings: Iterable[Finding]) -> str:
    verdicts = [finding.verdict for finding in findings]
    words = {**VERDICT_WORDS, Verdict.NOT_APPLICABLE: "not applicable"}
    return ", ".join(
        f"{verdicts.count(verdict)} {words[verdict]}" for verdict in _ORDER if verdict in verdicts
    )


#: What the table of schools shows of each tally, so that it fits 80 columns.
_COMPACT: Final = (Verdict.MET, Verdict.DUE, Verdict.MISSED, Verdict.UNKNOWN)


def demonstration_view(
    reports: Sequence[Report], chosen: Report, school: School, try_next: Sequence[str]
) -> View:
    """Every policy's report, and what to do next at a school under one of them.

    `try_next` are commands that show more.
    """
    facts = chosen.facts
    own = tuple(finding for finding in chosen.findings if finding.subject.school == school.urn)
    report = attrs.evolve(chosen, findings=own)
    next_steps = to_do([report], grouped([report], room=0))
    rows = [
        Row((one.policy.id, *map(one.summary.overall.__getitem__, VERDICT_WORDS)))
        for one in reports
    ]
    policies = Table(columns=(Column("Policy"), *VERDICT_COLUMNS), rows=rows)
    where = f"At {school.name}, under the policy {report.policy.id}."
    return View(
        title=f"{facts.trusts[0]}, an example, on {in_words(chosen.as_of)}",
        dated=chosen.as_of,
        opening=[Paragraph(facts_told(facts))],
        sections=lambda: (
            Section(title="Every policy, every finding", blocks=(policies,)),
            Section(title="School by school", blocks=(_schools(reports),)),
            attrs.evolve(
                next_steps,
                title="What a careers leader should do next",
                blocks=(Paragraph(where), *next_steps.blocks),
            ),
            Section(title="Try next", blocks=(Verbatim(tuple(try_next)),)),
        ),
    )


def _schools(reports: Sequence[Report]) -> Table:
    """A row a school and policy."""
    rows = [
        Row(("" if n else school.name, report.policy.id, *(tally.get(v, 0) for v in _COMPACT)))
        for school in reports[0].facts.schools
        for n, report in enumerate(reports)
        for tally in [report.summary.by_school.get(school.urn, {})]
    ]
    figures = (Column(VERDICT_WORDS[one].capitalize(), number=True) for one in _COMPACT)
    return Table(columns=(Column("School"), Column("Policy"), *figures), rows=rows)
