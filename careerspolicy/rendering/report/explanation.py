"""Findings about one pupil, or one school, told in full: what, why, and what is still owed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.english.findings import label, why
from careerspolicy.english.reasons import near_miss_clause
from careerspolicy.evaluation import Verdict
from careerspolicy.rendering.templating import text_from
from careerspolicy.rendering.words import VERDICT_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from careerspolicy.evaluation import Finding, Report
    from careerspolicy.model.facts import Record

#: The order in which verdicts are told: what needs somebody first.
ORDER: Final = (
    Verdict.MISSED,
    Verdict.DUE,
    Verdict.UNKNOWN,
    Verdict.UPCOMING,
    Verdict.MET,
    Verdict.WAIVED,
    Verdict.NOT_APPLICABLE,
)

#: Told as a count alone, unless one obligation was asked for.
_COUNTED: Final = (Verdict.UPCOMING, Verdict.NOT_APPLICABLE)

#: How many records of one finding are listed before the rest are counted: in passing, in full.
_FEW, _MANY = 3, 50

_HEADINGS: Final = {
    Verdict.MISSED: "Missed",
    Verdict.DUE: "Due: still to be done",
    Verdict.UNKNOWN: "Not known: something is not recorded, or the policy gives no number",
    Verdict.UPCOMING: "Upcoming: not owed yet",
    Verdict.MET: "Met",
    Verdict.WAIVED: "Waived",
    Verdict.NOT_APPLICABLE: "Does not apply",
}


@attrs.frozen(kw_only=True)
class Group:
    """The findings of one verdict, in the order in which they are told."""

    heading: str
    findings: tuple[Finding, ...]


def in_telling_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Missed first, then what is due, soonest first; each otherwise in the policy's order."""
    return tuple(sorted(findings, key=lambda one: (ORDER.index(one.verdict), one.due or date.max)))


def explanation(report: Report, about: str, *, everything: bool, width: int) -> str:
    """The findings of a report, told at a width.

    `about` names whom they are about. Unless `everything`, what is upcoming or does not apply is
    only counted, and few records are listed.
    """
    findings = in_telling_order(report.findings)
    told = [verdict for verdict in ORDER if everything or verdict not in _COUNTED]
    return text_from(
        "explanation.txt.j2",
        width=width,
        about=about,
        report=report,
        tally=_tally(findings),
        groups=_groups(findings, told),
        untold=_tally(one for one in findings if one.verdict not in told),
        record=_record_told,
        sentence=_sentence,
        near_miss=near_miss_clause,
        most=_MANY if everything else _FEW,
    )


def _groups(findings: Sequence[Finding], verdicts: Iterable[Verdict]) -> list[Group]:
    groups = [
        Group(
            heading=_HEADINGS[verdict],
            findings=tuple(one for one in findings if one.verdict is verdict),
        )
        for verdict in verdicts
    ]
    return [group for group in groups if group.findings]


def _tally(findings: Iterable[Finding]) -> str:
    verdicts = [finding.verdict for finding in findings]
    words = {**VERDICT_WORDS, Verdict.NOT_APPLICABLE: "not applicable"}
    return ", ".join(
        f"{verdicts.count(verdict)} {words[verdict]}" for verdict in ORDER if verdict in verdicts
    )


def _record_told(record: Record, finding: Finding) -> str:
    """A record in a list: its day, what it is, its id; an id made of the kind says what it is."""
    kind = finding.vocabulary.kinds[record.kind]
    named = "" if record.numbered else f"{kind.singular} "
    return f"{in_words(record.start)}: {named}{record.id}"


def _sentence(finding: Finding) -> str:
    """The reason, without what the heading and the list of near misses tell already."""
    if finding.subject.kind in ("pupil", "school"):
        return why(finding)
    subject = label(finding.subject, finding.vocabulary)
    return f"{subject}: {why(finding)}"
