"""The evaluation report seen: what a careers leader does this half term, then all of it.

One report, or several over the same facts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.english.reasons import missing_fact
from careerspolicy.english.wording import listing
from careerspolicy.views.filters import Filters
from careerspolicy.views.report.counts import NO_YEAR, school_names, year_named
from careerspolicy.views.report.data import all_findings, question_sheets, reports_data, warned
from careerspolicy.views.report.groups import ROOM, Question, grouped
from careerspolicy.views.report.half_term import half_terms, not_recorded
from careerspolicy.views.report.parts import (
    QUESTIONS,
    choices,
    glance,
    heat_table,
    overview,
    question_told,
    totals,
)
from careerspolicy.views.tree import (
    Column,
    Facts,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    View,
    bullets,
    plain,
)
from careerspolicy.views.words import counted, time_left

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from careerspolicy.evaluation import Finding, Report
    from careerspolicy.evaluation.record_reasons import Missing
    from careerspolicy.model.facts import Facts as KnownFacts
    from careerspolicy.views.report.groups import Group
    from careerspolicy.views.report.half_term import HalfTerm
    from careerspolicy.views.tree import Block, Cell, Words


_MEANINGS: Final = (
    ("Met", "What is owed was done, as far as the records say."),
    ("Due", "Not done yet, and there is still time."),
    ("Missed", "The last day is past, or something that should be in place is not."),
    (
        "Not known",
        "The records do not say. It is neither met nor missed, and never counted as either.",
    ),
    ("Upcoming", "Nothing is owed yet."),
    ("Waived", "Somebody with the right to do so decided that it need not be done, for now."),
    ("Does not apply", "The promise is not for this pupil or school."),
)
_FINDING: Final = (
    "a finding is one promise, checked for one pupil (or school, or record) over one period"
)


def report_view(reports: Sequence[Report], *, room: int = ROOM) -> View:
    """One report or several over the same facts: what to do first, then all of it.

    Names and reasons take up to `room` characters; how many findings are only counted beyond that
    is said.
    """
    first = reports[0]
    amount = counted(sum(len(report.findings) for report in reports), "finding")
    return View(
        title=f"Careers report for {whom(first)}, {in_words(first.as_of)}",
        dated=first.as_of,
        opening=[
            Paragraph(words=f"Held against {policies_named(reports)}. {amount}; {_FINDING}."),
            Paragraph(words=facts_told(first.facts)),
        ],
        sections=lambda: tuple(_sections(reports, room)),
        records=lambda: all_findings(reports),
        sheets=lambda: (
            totals(reports, by="School"),
            heat_table(reports),
            *question_sheets(reports, QUESTIONS),
            all_findings(reports),
            about_sheet(reports),
        ),
        data=lambda: reports_data(reports),
        wide=True,
        unit="findings",
        lists_subsections=False,
    )


def _sections(reports: Sequence[Report], room: int) -> Iterator[Block]:
    """What to do, what there is at a glance, each question's answer, and every promise."""
    amount = sum(len(report.findings) for report in reports)
    if not amount:
        yield Paragraph(words="Nothing to show: no finding passes these filters.")
        return
    groups = grouped(reports, room=room)
    yield to_do(reports, groups)
    yield glance(reports)
    yield Filters(tuple(choices(reports)), f"All {counted(amount, 'finding')} are shown.")
    yield from _limits(groups)
    yield from (question_told(question, groups[question], reports) for question in Question)
    yield overview(reports)
    yield _about(reports[0].as_of)


def _limits(groups: Mapping[Question, Sequence[Group]]) -> Iterator[Paragraph]:
    """How much that calls for something is counted without a name, for want of room."""
    asked = (found for question, found in groups.items() if question is not Question.REST)
    if unnamed := sum(group.unnamed for found in asked for group in found):
        told = (
            f"To keep this page small enough to open, {counted(unnamed, 'finding')} below"
            f" {'is' if unnamed == 1 else 'are'} counted without names and reasons. Every one"
            " stands in the workbook and in the table of comma-separated values: "
        )
        formats = (
            Span("--format xlsx -o report.xlsx", literal=True),
            ", ",
            Span("--format csv", literal=True),
        )
        yield Paragraph(words=(told, *formats, "."), warning=True)


def whom(report: Report) -> str:
    """Whose report it is: the school's if there is one, else the trusts'."""
    facts = report.facts
    return facts.schools[0].name if len(facts.schools) == 1 else " and ".join(facts.trusts)


def policies_named(reports: Iterable[Report]) -> str:
    """The policies that reports are of: whose, their titles, their ids."""
    return listing(
        f"{one.policy.trust}: {one.policy.document.title} ({one.policy.id})" for one in reports
    )


def facts_told(facts: KnownFacts) -> str:
    """What the facts hold, and what their reader doubted or left out."""
    amounts = (
        counted(len(facts.schools), "school"),
        counted(len(facts.pupils), "pupil"),
        counted(len(facts.records), "record"),
        counted(warned(facts), "warning"),
        counted(facts.rejected, "rejected row"),
    )
    return f"Facts: {', '.join(amounts)}."


def about_sheet(reports: Sequence[Report]) -> Table:
    """What a workbook of some reports says of itself."""
    rows: list[tuple[Cell, ...]] = [
        ("Whom", whom(reports[0])),
        ("Judged as on", reports[0].as_of),
        *(("Policy", policies_named([one])) for one in reports),
        *(("Half term", plain(told.words)) for told in half_term_told(reports)),
        ("Facts", facts_told(reports[0].facts)),
    ]
    columns = Column("What"), Column("Answer")
    return Table(name="About", columns=columns, rows=[*map(Row, rows)])


def _about(on: date) -> Section:
    """What the words of a report mean."""
    years = (
        f'Each pupil stands in the year group of {in_words(on)}; "{year_named(NO_YEAR)}" holds'
        " pupils who have left, and those whose year group nothing says."
    )
    keep = (
        "Whom a promise is kept for is told by pupil ids, as the facts give them. Keep this page as"
        " you keep the facts."
    )
    blocks = Paragraph(words=years), Facts(_MEANINGS), Paragraph(words=keep)
    return Section(title="About this report", id="about", blocks=blocks, in_full=True)


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
