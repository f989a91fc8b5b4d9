"""The evaluation report as a workbook: a sheet for each question that a careers leader asks.

It holds every finding, however many, where the page of `page.py` has to stop naming them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.english.findings import because
from careerspolicy.rendering.report.aggregate import HIDDEN, aggregate
from careerspolicy.rendering.report.glance import heat_map, school_names, totals
from careerspolicy.rendering.report.groups import (
    Question,
    last_day,
    named,
    question_of,
    year_of,
    year_order,
    year_words,
)
from careerspolicy.rendering.report.half_term import half_terms
from careerspolicy.rendering.report.page import QUESTIONS, about
from careerspolicy.rendering.words import VERDICT_WORDS
from careerspolicy.rendering.workbooks import Sheet, workbook
from careerspolicy.suppression import USUAL_THRESHOLD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from careerspolicy.evaluation import Finding, Report
    from careerspolicy.rendering.report.aggregate import Aggregate, BenchmarkTable
    from careerspolicy.rendering.report.glance import HeatMap, HeatRow
    from careerspolicy.rendering.workbooks import Cell

#: The columns of every sheet of findings.
FINDING_HEADINGS: Final = (
    "Promise", "Whom", "Year group", "School", "State", "Last day", "What was found", "Benchmark",
    "Found", "Owed", "From", "Until", "Owed by", "Policy", "Obligation",
)  # fmt: skip

#: The questions that have a sheet of their own, as the page orders and names them.
_ASKED: Final = (Question.SOON, Question.MISSED, Question.LATER, Question.UNKNOWN)
_STATES: Final = tuple(word.capitalize() for word in VERDICT_WORDS.values())


def report_workbook(reports: Sequence[Report]) -> bytes:
    """The workbook of one report or several over the same facts.

    Raises MissingExtra without XlsxWriter.
    """
    found = _findings(reports)
    sheets = [_glance(reports), _heat(reports)]
    sheets += [_questioned(question, found) for question in _ASKED]
    rows = [cells for _, _, cells in found]
    sheets.append(Sheet(name="All findings", headings=FINDING_HEADINGS, rows=rows))
    return _written(reports, [*sheets, _about(reports)])


def aggregate_workbook(reports: Sequence[Report], *, threshold: int = USUAL_THRESHOLD) -> bytes:
    """The workbook without pupils: counts alone, those under the threshold hidden.

    Raises MissingExtra without XlsxWriter.
    """
    told = [aggregate(report, threshold=threshold) for report in reports]
    pupils = Sheet(
        name="Pupils",
        headings=("Policy", "Benchmark", "School", "Year group", *_STATES),
        rows=[cells for one in told for table in one.tables for cells in _counts(one, table)],
        note=f"How many pupils have at least one promise of each kind.{_hiding(threshold)}",
    )
    own = Sheet(
        name="Schools and trust",
        headings=("Policy", "Promise", "Benchmark", "School", "State", "Findings"),
        rows=[cells for one in told for cells in _own(one)],
        note="Promises that are about no pupil.",
    )
    return _written(reports, [pupils, own, _about(reports)])


def _hiding(threshold: int) -> str:
    if threshold <= 1:
        return ""
    return (
        f" Numbers from 1 to {threshold - 1} are hidden, and others beside them, so that none can"
        " be worked out."
    )


def _counts(one: Aggregate, table: BenchmarkTable) -> Iterator[Sequence[Cell]]:
    """A benchmark's pupils: a row for each school's year group, then one for all."""
    rows = [(school, year, table.cells[place]) for place, school, year in one.places]
    for school, year, tally in (*rows, ("In all", "In all", table.totals)):
        numbers = (HIDDEN if tally[v] is None else tally[v] for v in VERDICT_WORDS)
        yield one.policy, table.name, school, year, *numbers


def _own(one: Aggregate) -> Iterator[Sequence[Cell]]:
    for each in one.own:
        state = VERDICT_WORDS[each.verdict].capitalize()
        yield one.policy, each.title, each.benchmark, each.school, state, each.amount


def _written(reports: Sequence[Report], sheets: Sequence[Sheet]) -> bytes:
    said = about(reports)
    title = f"Careers report for {said['whom']}, {in_words(said['as_of'])}"
    return workbook(sheets, title=title, on=said["as_of"])


def _findings(reports: Sequence[Report]) -> list[tuple[Question, date | None, Sequence[Cell]]]:
    """Every finding: the question it answers, its last day, and its cells."""
    terms = half_terms(reports)
    return [
        (question_of(finding, terms), last_day(finding), _cells(finding, report, names))
        for report in reports
        for names in [school_names(report)]
        for finding in report.findings
    ]


def _cells(finding: Finding, report: Report, names: Mapping[str, str]) -> Sequence[Cell]:
    obligation, subject = finding.obligation, finding.subject
    return (
        obligation.title,
        named(subject, finding.vocabulary),
        _year(year_of(subject)),
        names.get(subject.school, "The trust itself"),
        VERDICT_WORDS[finding.verdict].capitalize(),
        last_day(finding),
        because(finding),
        obligation.benchmark,
        finding.measured,
        finding.required,
        finding.window.start,
        finding.window.end,
        " and ".join(obligation.who),
        report.policy.id,
        obligation.id,
    )


def _year(year: str) -> Cell:
    return int(year) if year.isdigit() else year_words(year)


def _questioned(
    question: Question, found: Sequence[tuple[Question, date | None, Sequence[Cell]]]
) -> Sheet:
    """The sheet of one question: what is due by its last day, what was missed latest first."""
    heading, said = QUESTIONS[question]
    own = [(day, cells) for asked, day, cells in found if asked is question]
    latest_first = question is Question.MISSED
    own.sort(key=lambda one: (one[0] is None, str(one[0])), reverse=latest_first)
    rows = [cells for _, cells in own]
    return Sheet(name=heading, headings=FINDING_HEADINGS, rows=rows, note=said)


def _glance(reports: Sequence[Report]) -> Sheet:
    rows: list[Sequence[Cell]] = [
        (row.policy, row.school, *(row.tally[verdict] for verdict in VERDICT_WORDS))
        for report in reports
        for row in totals(report)
    ]
    note = "How many findings of each kind; a finding is one promise, checked once for one subject."
    return Sheet(name="At a glance", headings=("Policy", "School", *_STATES), rows=rows, note=note)


def _heat(reports: Sequence[Report]) -> Sheet:
    maps = [heat_map(report) for report in reports]
    columns = sorted({year for one in maps for year in one.columns}, key=year_order)
    return Sheet(
        name="Heat map",
        headings=("Policy", "Benchmark", "Measure", *map(year_words, columns)),
        rows=[cells for one in maps for row in one.rows for cells in _heat_rows(one, row, columns)],
        note=(
            "The share known to be met is out of what is owed by now: met, missed, due and not"
            " known. An empty cell has no promise, or nothing owed by now."
        ),
    )


def _heat_rows(heat: HeatMap, row: HeatRow, columns: Sequence[str]) -> Iterator[Sequence[Cell]]:
    """A benchmark's share met, then its counts of each verdict, a row each."""
    cells = dict(zip(heat.columns, row.cells, strict=True))
    found = [cells.get(column) for column in columns]
    yield heat.policy, row.name, "Share met, %", *(one.share if one else None for one in found)
    for verdict, word in VERDICT_WORDS.items():
        counts = (one.tally[verdict] if one else None for one in found)
        yield heat.policy, row.name, word.capitalize(), *counts


def _about(reports: Sequence[Report]) -> Sheet:
    said = about(reports)
    rows: list[Sequence[Cell]] = [("Whom", said["whom"]), ("Judged as on", said["as_of"])]
    rows += [
        ("Policy", f"{one.trust}: {one.document.title} ({one.id})") for one in said["policies"]
    ]
    rows += [("Half term", _half_term(half)) for half in said["half_terms"]]
    rows.append(("Facts", said["facts_told"]))
    return Sheet(name="About", headings=("What", "Answer"), rows=rows)


def _half_term(half: Mapping[str, Any]) -> str:
    schools = f"{', '.join(half['schools'])}: " if half["schools"] else ""
    return f"{schools}{half['told']} {half['doubt']}".rstrip()
