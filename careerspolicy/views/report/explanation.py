"""Findings about one pupil, or one school, told in full: what, why, and what is still owed."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.english.findings import label, why
from careerspolicy.english.reasons import near_miss_clause
from careerspolicy.english.things import counted_noun
from careerspolicy.evaluation import Verdict
from careerspolicy.views.report.data import reports_data
from careerspolicy.views.report.view import policies_named
from careerspolicy.views.tree import Paragraph, Section, View, bullets
from careerspolicy.views.words import VERDICT_WORDS, time_left

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from careerspolicy.evaluation import Finding, Report
    from careerspolicy.model.facts import Record
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
