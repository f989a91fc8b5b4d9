"""The evaluation report seen: what a careers leader does this half term, then all of it.

One report, or several over the same facts.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.english.reasons import missing_alike, missing_fact
from careerspolicy.english.wording import listing
from careerspolicy.evaluation.findings import NotKnown
from careerspolicy.evaluation.record_reasons import KindNotRecorded, Missing
from careerspolicy.views import tree
from careerspolicy.views.account import account_part
from careerspolicy.views.filters import Filters
from careerspolicy.views.report import parts
from careerspolicy.views.report.counts import NO_YEAR, school_names, year_named
from careerspolicy.views.report.data import all_findings, question_sheets, reports_data, warned
from careerspolicy.views.report.groups import (
    ROOM,
    Group,
    HalfTerm,
    Question,
    grouped,
    half_terms,
    last_day,
    subjects_of,
)
from careerspolicy.views.words import counted, time_left

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from careerspolicy.evaluation import Finding, Report
    from careerspolicy.model.facts import Facts
    from careerspolicy.model.policy import Policy


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
_LIMIT: Final = (
    "To keep this page small enough to open, {} counted without names and reasons. Every one stands"
    " in the workbook and in the table of comma-separated values: "
)
_UNLIMITED: Final = (
    tree.Span("--format xlsx -o report.xlsx", literal=True),
    ", ",
    tree.Span("--format csv", literal=True),
    ".",
)
_YEARS: Final = (
    f'Each pupil stands in the year group of {{}}; "{year_named(NO_YEAR)}" holds pupils who have'
    " left, and those whose year group nothing says."
)
_KEEP: Final = (
    "Pupils go by the ids that the facts give them, and by name if that was asked for. Keep this"
    " page as you keep the facts."
)
#: How many things to do of each kind are told; the rest stands below.
_MOST: Final = 6
_FINDING: Final = (
    "a finding is one promise, checked for one pupil (or school, or record) over one period"
)


def report_view(
    reports: Sequence[Report], *, room: int = ROOM, filtered: int = 0, account: bool = False
) -> tree.View:
    """One report or several over the same facts: what to do first, then all of it.

    Names and reasons take up to `room` characters; how many findings are only counted beyond that
    is said. `filtered` is how many findings filters left out; an `account` of the facts that is
    asked for is told in full.
    """
    first = reports[0]
    amount = counted(sum(len(report.findings) for report in reports), "finding")
    return tree.View(
        title=f"Careers report for {whom(first)}, {in_words(first.as_of)}",
        dated=first.as_of,
        opening=[
            tree.Paragraph(f"Held against {policies_named(reports)}. {amount}; {_FINDING}."),
            tree.Paragraph(facts_told(first.facts)),
        ],
        sections=lambda: (
            *_sections(reports, room, filtered),
            account_part(first.facts.account, shown=account),
        ),
        records=lambda: all_findings(reports),
        sheets=lambda: (
            parts.totals_table(reports, by="School"),
            parts.totals_table(reports, by="Strength"),
            parts.not_known_table(reports),
            parts.heat_table(reports),
            *question_sheets(reports, parts.QUESTIONS),
            all_findings(reports),
            about_sheet(reports),
        ),
        data=lambda: reports_data(reports),
        wide=True,
        unit="findings",
        lists_subsections=False,
    )


def _sections(reports: Sequence[Report], room: int, filtered: int) -> Iterator[tree.Block]:
    """What to do, what there is at a glance, each question's answer, and every promise."""
    amount = sum(len(report.findings) for report in reports)
    if not amount:
        yield tree.Paragraph(_nothing(reports[0], filtered))
        return
    groups = grouped(reports, room=room)
    yield to_do(reports, groups)
    yield parts.glance(reports)
    yield Filters(tuple(parts.choices(reports)), f"All {counted(amount, 'finding')} are shown.")
    if unnamed := sum(
        row.amount
        for question, answers in groups.items()
        if question is not Question.REST
        for group in answers
        for row in group.rows
        if not row.whom
    ):
        below = f"{counted(unnamed, 'finding')} below {'is' if unnamed == 1 else 'are'}"
        yield tree.Paragraph((_LIMIT.format(below), *_UNLIMITED), warning=True)
    yield from (parts.answer(question, groups[question], reports) for question in Question)
    yield parts.overview(reports)
    years = tree.Paragraph(_YEARS.format(in_words(reports[0].as_of)))
    blocks = years, tree.Facts(_MEANINGS), tree.Paragraph(_KEEP)
    yield tree.Section(title="About this report", id="about", blocks=blocks, in_full=True)


def _nothing(report: Report, filtered: int) -> str:
    """Why there is nothing to show: filters are to blame only where they left something out."""
    if filtered:
        return (
            f"Nothing to show: these filters leave out {counted(filtered, 'finding')}, all of them."
        )
    day = in_words(report.as_of)
    return f"Nothing to show: nothing is promised, on {day}, to anybody whom these facts tell of."


def whom(report: Report) -> str:
    """Whose report it is: the school's if it is about one, else the trusts'."""
    facts = report.facts
    about = {finding.subject.school for finding in report.findings} & {*facts.school_by_urn}
    (urn, *others) = about or facts.school_by_urn
    return " and ".join(facts.trusts) if others else facts.school_by_urn[urn].name


def policies_named(reports: Iterable[Report]) -> str:
    """The policies that reports are of: whose, their titles, their ids."""
    return listing(
        f"{one.policy.trust}: {one.policy.document.title} ({one.policy.id})" for one in reports
    )


def facts_told(facts: Facts) -> str:
    """What the facts hold, and what their reader doubted or left out."""
    amounts = (
        counted(len(facts.schools), "school"),
        counted(len(facts.pupils), "pupil"),
        counted(len(facts.records), "record"),
        counted(warned(facts), "warning"),
        counted(facts.rejected, "rejected row"),
    )
    return f"Facts: {', '.join(amounts)}."


def about_sheet(reports: Sequence[Report]) -> tree.Table:
    """What a workbook of some reports says of itself."""
    rows: list[tuple[tree.Cell, ...]] = [
        ("Whom", whom(reports[0])),
        ("Judged as on", reports[0].as_of),
        *(("Policy", policies_named([one])) for one in reports),
        *(("Half term", tree.plain(told.words)) for told in half_term_told(reports)),
        ("Facts", facts_told(reports[0].facts)),
    ]
    columns = tree.Column("What"), tree.Column("Answer")
    return tree.Table(name="About", columns=columns, rows=[*map(tree.Row, rows)])


def to_do(reports: Sequence[Report], groups: Mapping[Question, Sequence[Group]]) -> tree.Section:
    """What falls due by the half term's end or comes next, what is late, and what to find out."""
    several = len(reports) > 1
    late = []
    for group in groups[Question.MISSED]:
        if group.late:
            last = max(filter(None, map(last_day, group.late)), default=None)
            late.append(_step(group, group.late, "was due by", last, several=several))
    mend = _listed(late, f"All {len(late)}, among what was missed", "#q-missed")
    none = tree.Paragraph("Nothing that was missed can still be put right.")
    blocks: tuple[tree.Block, ...] = (
        *half_term_told(reports),
        _first(reports, groups),
        tree.Section(title="Put right: late, but it can still be done", blocks=mend or (none,)),
        _to_record(reports),
    )
    return tree.Section(title="What to do this half term", id="to-do", blocks=blocks)


def half_term_told(reports: Sequence[Report]) -> Iterator[tree.Paragraph]:
    """Which half term it is, once for all the schools that share it."""
    names = school_names(reports)
    shared: defaultdict[HalfTerm, list[str]] = defaultdict(list)
    for urn, half in half_terms(reports).items():
        shared[half].append(names[urn])
    for half, schools in shared.items():
        whose = tree.Span(f"{', '.join(schools)}: " if len(shared) > 1 else "", strong=True)
        yield tree.Paragraph((whose, half.told(reports[0].as_of)))


def _first(reports: Sequence[Report], groups: Mapping[Question, Sequence[Group]]) -> tree.Section:
    """What falls due by the end of the half term; where nothing does, what comes next."""
    halves = {*half_terms(reports).values()}
    by = in_words(halves.pop().last) if len(halves) == 1 else "the end of the half term"
    soon, several = groups[Question.SOON], len(reports) > 1
    dated = soon or [group for group in groups[Question.LATER] if group.day]
    steps = []
    for group in dated:
        whose = [one for one in group.findings if soon or last_day(one) == group.day]
        steps.append(_step(group, whose, "by", group.day, several=several))
    if soon:
        blocks = _listed(steps, f"All {len(steps)} that fall due by then", "#q-soon")
    else:
        none = f"Nothing falls due by then.{' What comes next:' if steps else ''}"
        later = _listed(steps, "All that is due later", "#q-later")
        blocks = (tree.Paragraph(none), *later)
    return tree.Section(title=f"Do first: due by {by}", blocks=blocks)


def _to_record(reports: Sequence[Report]) -> tree.Section:
    """The facts whose absence leaves most findings unknown, under every policy.

    Records of days for which nobody kept any are left out: what can be recorded now comes first.
    """
    waiting: defaultdict[tuple[int, str], list[tuple[Finding, Missing]]] = defaultdict(list)
    words: dict[Missing, str] = {}  # promises may ask the same in several ways
    for position, report in enumerate(reports):
        for finding in report.findings:
            facts = finding.missing if finding.not_known is NotKnown.RECORDABLE else ()
            for fact in dict.fromkeys(facts):
                if not isinstance(fact, KindNotRecorded) or fact.before is None:
                    (alike,) = missing_alike([fact])
                    if alike not in words:
                        words[alike] = missing_fact(alike, finding.vocabulary)
                    waiting[position, words[alike]].append((finding, fact))
    steps: list[tree.Words] = []
    most = sorted(waiting.items(), key=lambda item: len(item[1]), reverse=True)[:_MOST]
    for (position, _), lacking in most:
        findings = {id(finding): finding.obligation.id for finding, _ in lacking}
        promises = counted(len({*findings.values()}), "promise")
        settles = f"would settle {counted(len(findings), 'finding')} on {promises}"
        records = {getattr(fact, "record", "") for _, fact in lacking}
        named = missing_fact(lacking[0][1], lacking[0][0].vocabulary, len(records))
        under = _under(reports[position].policy, several=len(reports) > 1)
        steps.append((f"{named}: {settles}", under))
    none = tree.Paragraph("No fact is missing that could be recorded now.")
    title = "Find out and record: until then nobody can say"
    return tree.Section(title=title, blocks=(tree.bullets(steps) if steps else none,))


def _step(
    group: Group, findings: Sequence[Finding], when: str, day: date | None, *, several: bool
) -> tree.Words:
    """One thing to do: what, to whom, by when if there is a day, and under which policy.

    What is no plain must says so.
    """
    strongly = parts.how_strongly(group.obligation)
    said = "" if strongly == "must" else f" ({strongly})"
    as_of = findings[0].as_of
    due = f", {when} {in_words(day)}" if day else ""
    left = f" ({time_left(day, as_of)})" if day and day >= as_of else ""
    title = tree.Span(group.obligation.title, href=f"#{group.anchor}")
    under = _under(group.policy, several=several)
    return title, f"{said}: {subjects_of(findings)}{due}{left}", under


def _under(policy: Policy, *, several: bool) -> tree.Span:
    return tree.Span(f" ({policy.id})" if several else "", aside=True)


def _listed(steps: Sequence[tree.Words], rest: str, href: str) -> tuple[tree.Block, ...]:
    """The first few steps, and where the rest of them stand."""
    more = (tree.Paragraph((tree.Span(rest, href=href), ".")),) if len(steps) > _MOST else ()
    return (tree.bullets(steps[:_MOST]), *more) if steps else ()
