"""The report without pupils seen: counts alone, those under the threshold hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.evaluation import Verdict
from careerspolicy.views.report.aggregate import HIDDEN, across_schools, aggregate
from careerspolicy.views.report.counts import year_named
from careerspolicy.views.report.parts import VERDICT_COLUMNS
from careerspolicy.views.report.view import (
    about_sheet,
    facts_told,
    half_term_told,
    policies_named,
    whom,
)
from careerspolicy.views.tree import Column, Fold, Lines, Paragraph, Row, Section, Table, View
from careerspolicy.views.words import VERDICT_WORDS, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from careerspolicy.evaluation import Report
    from careerspolicy.views.report.aggregate import Aggregate, BenchmarkTable
    from careerspolicy.views.tree import Block, Cell

_OPEN: Final = (Verdict.MISSED, Verdict.DUE)
_ADDED: Final = (
    "How many pupils have something missed, due or not known, under each benchmark. A pupil with"
    ' several promises can be in more than one line. "At least" adds up the numbers that are not'
    " hidden."
)
_ONCE: Final = (
    "Publish one report of a day only. Two that differ in which schools, benchmarks or threshold"
    " they show can give away, side by side, what each of them hides."
)


_PLACE: Final = (Column("School"), Column("Year group"))
_OWN: Final = (
    Column("Promise"),
    Column("Benchmark"),
    Column("School"),
    Column("Findings", number=True),
)


def aggregate_view(reports: Sequence[Report], *, threshold: int) -> View:
    """One report or several without pupils; numbers from 1 to just under `threshold` are hidden."""
    first = reports[0]
    told = [aggregate(one, threshold=threshold) for one in reports]
    against = f"Held against {policies_named(reports)}. No pupil is named or described."
    return View(
        title=f"Careers report for {whom(first)}, {in_words(first.as_of)}, without pupils",
        dated=first.as_of,
        opening=[Paragraph(words=f"{against} {_hiding(threshold)}")],
        sections=lambda: tuple(_sections(reports, told)),
        sheets=lambda: (
            _pupils_sheet(told, threshold),
            _own_sheet(told),
            about_sheet(reports),
        ),
        wide=True,
        lists_subsections=False,
    )


def _hiding(threshold: int) -> str:
    if threshold <= 1:
        return "No number is hidden."
    return (
        f"Numbers from 1 to {threshold - 1} are hidden, and others beside them, so that none can be"
        " worked out; 0 is shown."
    )


def _sections(reports: Sequence[Report], told: Sequence[Aggregate]) -> Iterator[Section]:
    """The half term, the glance, pupils by place, and what schools and trust owe themselves."""
    several = len(told) > 1
    yield Section(title="This half term", blocks=tuple(half_term_told(reports)))
    glances = (_glance(one, of=f", under {one.policy}" if several else "") for one in told)
    yield Section(title="At a glance", blocks=(Paragraph(words=_ADDED), *glances))
    for title, part in (
        ("Pupils by school and year group", _pupils),
        ("What schools and the trust owe themselves", _own),
    ):
        for one in told:
            of = f": {one.policy}" if several else ""
            yield Section(title=f"{title}{of}", blocks=tuple(part(one)))
    about = Paragraph(words=facts_told(reports[0].facts)), Paragraph(words=_ONCE)
    yield Section(title="About this report", blocks=about)


def _glance(one: Aggregate, *, of: str) -> Table:
    return Table(
        caption=f"Pupils with something missed, due or not known, by benchmark and year group{of}",
        columns=(Column("Benchmark"), *(Column(year_named(year)) for year in one.years)),
        rows=[
            Row((table.name, *(_pressing(table, year) for year in one.years)))
            for table in one.tables
        ],
        empty="No promise is about pupils.",
    )


def _pupils(one: Aggregate) -> Iterator[Block]:
    for table in one.tables:
        yield Table(
            caption=f"{table.name}: how many pupils have at least one promise of each kind",
            spoken=f"{table.name}, {one.policy}",
            columns=(*_PLACE, *VERDICT_COLUMNS),
            rows=[*_rows(one, table)],
            headed=2,
        )


def _own(one: Aggregate) -> Iterator[Block]:
    yield Paragraph(
        words="Promises that are about no pupil, such as what is published, reviewed or appointed."
    )
    for verdict in VERDICT_WORDS:
        if rows := [*_owed(one, verdict)]:
            label = f"{_state(verdict)}, {one.policy}"
            yield Fold(
                title=_state(verdict),
                about=counted(sum(amount for *_, amount in rows), "finding"),
                begins_open=verdict in _OPEN,
                blocks=(Table(spoken=label, columns=_OWN, rows=[*map(Row, rows)]),),
            )


def _pupils_sheet(told: Sequence[Aggregate], threshold: int) -> Table:
    return Table(
        name="Pupils",
        note=f"How many pupils have at least one promise of each kind. {_hiding(threshold)}",
        columns=(Column("Policy"), Column("Benchmark"), *_PLACE, *VERDICT_COLUMNS),
        rows=[
            Row((one.policy, table.name, *row.cells))
            for one in told
            for table in one.tables
            for row in _rows(one, table)
        ],
    )


def _own_sheet(told: Sequence[Aggregate]) -> Table:
    return Table(
        name="Schools and trust",
        note="Promises that are about no pupil.",
        columns=(Column("Policy"), *_OWN[:3], Column("State"), _OWN[3]),
        rows=[
            Row((one.policy, title, benchmark, school, _state(verdict), amount))
            for one in told
            for verdict in VERDICT_WORDS
            for title, benchmark, school, amount in _owed(one, verdict)
        ],
    )


def _rows(one: Aggregate, table: BenchmarkTable) -> Iterator[Row]:
    """A benchmark's pupils: a row for each school's year group, then one for all."""
    for place, school, year in one.places:
        yield Row((school, year, *_numbers(table.cells[place])))
    yield Row(("In all", "In all", *_numbers(table.totals)))


def _numbers(tally: Mapping[Verdict, int | None]) -> Iterator[Cell]:
    for verdict in VERDICT_WORDS:
        amount = tally[verdict]
        yield HIDDEN if amount is None else amount


def _pressing(table: BenchmarkTable, year: str) -> Cell:
    """What calls for something in a year group of all schools."""
    lines = tuple(f"{amount} {word}" for word, amount in across_schools(table, year))
    return Lines(lines) if lines else "None missed, due or not known"


def _owed(one: Aggregate, verdict: Verdict) -> Iterator[tuple[str, str, str, int]]:
    for each in one.own:
        if each.verdict is verdict:
            yield each.title, each.benchmark, each.school, each.amount


def _state(verdict: Verdict) -> str:
    return VERDICT_WORDS[verdict].capitalize()
