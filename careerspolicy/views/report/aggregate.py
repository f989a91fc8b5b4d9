"""A report without pupils: how many have what, small numbers hidden so that none can be told.

Whatever names or describes a pupil is dropped, reasons with it. What is counted is pupils: of one
school's year group under one benchmark, how many have at least one promise met, missed, due and so
on. Those counts, a table a benchmark, go through `suppression.protected`, and everything else on
the page is reckoned from what that lets through and from nothing else: so no other number can give
a hidden one away. What schools and trusts themselves owe tells of no pupil and is listed as it is.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby, product
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

import attrs

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.evaluation import Finding, Report, Verdict
from careerspolicy.suppression import USUAL_THRESHOLD, Protected, protected
from careerspolicy.views.report import counts, view
from careerspolicy.views.report.parts import VERDICT_COLUMNS
from careerspolicy.views.tree import Column, Fold, Lines, Paragraph, Row, Section, Table, View
from careerspolicy.views.words import VERDICT_WORDS, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from careerspolicy.views.tree import Block, Cell


#: What stands for a hidden number.
HIDDEN: Final = "hidden"

_HIDING: Final = (
    "Numbers from 1 to {} are hidden, and others beside them, so that none can be worked out; 0 is"
    " shown."
)
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
_OWN: Final = *map(Column, ("Promise", "Benchmark", "School")), Column("Findings", number=True)
_EACH: Final = "how many pupils have at least one promise of each kind"


class Place(NamedTuple):
    """A row of the tables: a school's URN and a year group, as `counts.year_of` has it."""

    school: str
    year: str


@attrs.frozen(kw_only=True)
class BenchmarkTable:
    """Pupils under one benchmark, by school and year group; None is a hidden number.

    A pupil with promises of several kinds is in several columns.
    """

    benchmark: int | None
    name: str
    cells: Mapping[Place, Mapping[Verdict, int | None]]
    totals: Mapping[Verdict, int | None]


class OwnPromise(NamedTuple):
    """How many findings of a verdict a school or trust has on one promise that is of no pupil."""

    title: str
    benchmark: str
    school: str
    amount: int
    verdict: Verdict


@attrs.frozen(kw_only=True)
class Aggregate:
    """One policy's report without pupils; each place with its school's name and its year's."""

    policy: str
    places: tuple[tuple[Place, str, str], ...]
    tables: tuple[BenchmarkTable, ...]
    own: tuple[OwnPromise, ...]


def aggregate(report: Report, *, threshold: int = USUAL_THRESHOLD) -> Aggregate:
    """A report without pupils.

    Counts from 1 to just under the threshold are hidden, and those that would give one away.
    """
    pupils = [finding for finding in report.findings if finding.subject.pupil]
    # By what is said of the pupil rather than of a record, where anything is.
    subjects = sorted((one.subject for one in pupils), key=lambda one: one.kind == "pupil")
    place_of = {one.pupil: Place(one.school, counts.year_of(one)) for one in subjects}
    names = counts.school_names([report])
    places = sorted(set(place_of.values()), key=lambda at: (at.school, counts.year_order(at.year)))
    return Aggregate(
        policy=report.policy.id,
        places=tuple(
            (at, names.get(at.school, at.school), counts.year_named(at.year)) for at in places
        ),
        tables=tuple(_tables(pupils, place_of, places, threshold)),
        own=tuple(_own(report, names)),
    )


def aggregate_view(reports: Sequence[Report], *, threshold: int) -> View:
    """One report or several without pupils; numbers from 1 to just under `threshold` are hidden."""
    first = reports[0]
    aggregates = [aggregate(report, threshold=threshold) for report in reports]
    hiding = _HIDING.format(threshold - 1) if threshold > 1 else "No number is hidden."
    against = f"Held against {view.policies_named(reports)}."
    return View(
        title=f"Careers report for {view.whom(first)}, {in_words(first.as_of)}, without pupils",
        dated=first.as_of,
        opening=[Paragraph(f"{against} No pupil is named or described. {hiding}")],
        sections=lambda: tuple(_sections(reports, aggregates)),
        sheets=lambda: (*_sheets(aggregates, hiding), view.about_sheet(reports)),
        wide=True,
        lists_subsections=False,
    )


def together(numbers: Iterable[int | None]) -> str:
    """Some shown and hidden numbers added up, as far as the shown ones allow.

    >>> together([7, 5]), together([7, None]), together([0, None])
    ('12', 'at least 7', 'hidden')
    """
    known = [*numbers]
    shown = sum(filter(None, known))
    if None not in known:
        return f"{shown:,}"
    return f"at least {shown:,}" if shown else HIDDEN


def _tables(
    findings: Sequence[Finding],
    place_of: Mapping[str, Place],
    places: Sequence[Place],
    threshold: int,
) -> Iterator[BenchmarkTable]:
    # A pupil once, of however many findings.
    having = {(one.obligation.benchmark, one.verdict, one.subject.pupil) for one in findings}
    amounts = Counter((benchmark, verdict, place_of[pupil]) for benchmark, verdict, pupil in having)
    present = {benchmark for benchmark, _, _ in having}
    for benchmark in (one for one in counts.BENCHMARKS if one in present):
        rows = [[amounts[benchmark, verdict, at] for verdict in VERDICT_WORDS] for at in places]
        safe = protected(rows, threshold=threshold)
        cells = (dict(zip(VERDICT_WORDS, row, strict=True)) for row in safe.cells)
        yield BenchmarkTable(
            benchmark=benchmark,
            name=counts.benchmark_named(benchmark),
            cells=dict(zip(places, cells, strict=True)),
            totals=dict(zip(VERDICT_WORDS, _totals(rows, safe, threshold), strict=True)),
        )


def _totals(
    rows: Sequence[Sequence[int]], safe: Protected, threshold: int
) -> tuple[int | None, ...]:
    """The totals of all places that may be shown.

    How many pupils a year group has is often known: another benchmark's table may say so, and the
    census does. So where a table leans on a year group's size to hide a number, the totals of the
    columns that hide one are hidden too.
    """
    leans = any(
        total is None and sum(row) >= threshold
        for row, total in zip(rows, safe.row_totals, strict=True)
    )
    columns = zip(*safe.cells, strict=True)
    return tuple(
        None if leans and None in column else total
        for column, total in zip(columns, safe.column_totals, strict=True)
    )


def _own(report: Report, names: Mapping[str, str]) -> Iterator[OwnPromise]:
    """What schools and trusts themselves owe, by verdict, in the order of the policy."""
    amounts = Counter(
        (finding.obligation.id, finding.subject.school, finding.verdict)
        for finding in report.findings
        if not finding.subject.pupil
    )
    for verdict, obligation in product(VERDICT_WORDS, report.policy.obligations):
        named = obligation.title, counts.benchmark_named(obligation.benchmark)
        for school in (*names, ""):
            if amount := amounts[obligation.id, school, verdict]:
                yield OwnPromise(*named, names.get(school, counts.TRUST_NAMED), amount, verdict)


def _sections(reports: Sequence[Report], aggregates: Sequence[Aggregate]) -> Iterator[Section]:
    """The half term, the glance, pupils by place, and what schools and trust owe themselves."""
    several = len(aggregates) > 1
    yield Section(title="This half term", blocks=tuple(view.half_term_told(reports)))
    glances = (_glance(one, several=several) for one in aggregates)
    yield Section(title="At a glance", blocks=(Paragraph(_ADDED), *glances))
    for title, part in (
        ("Pupils by school and year group", _pupils),
        ("What schools and the trust owe themselves", _owed),
    ):
        for one in aggregates:
            of = f": {one.policy}" if several else ""
            yield Section(title=f"{title}{of}", blocks=tuple(part(one)))
    about = Paragraph(view.facts_told(reports[0].facts)), Paragraph(_ONCE)
    yield Section(title="About this report", blocks=about)


def _glance(one: Aggregate, *, several: bool) -> Table:
    of = f", under {one.policy}" if several else ""
    years = sorted({at.year for at, _, _ in one.places}, key=counts.year_order)
    return Table(
        caption=f"Pupils with something missed, due or not known, by benchmark and year group{of}",
        columns=(Column("Benchmark"), *(Column(counts.year_named(year)) for year in years)),
        rows=[Row((each.name, *(_pressing(each, year) for year in years))) for each in one.tables],
        empty="No promise is about pupils.",
    )


def _pressing(table: BenchmarkTable, year: str) -> Cell:
    """What calls for something in a year group of all schools, from the table's shown numbers."""
    tallies = [tally for place, tally in table.cells.items() if place.year == year]
    amounts = {
        verdict: together(tally[verdict] for tally in tallies) for verdict in counts.PRESSING
    }
    lines = tuple(f"{n} {VERDICT_WORDS[verdict]}" for verdict, n in amounts.items() if n != "0")
    return Lines(lines) if lines else "None missed, due or not known"


def _pupils(one: Aggregate) -> Iterator[Block]:
    for table in one.tables:
        yield Table(
            caption=f"{table.name}: {_EACH}",
            spoken=f"{table.name}, {one.policy}",
            columns=(*_PLACE, *VERDICT_COLUMNS),
            rows=[*map(Row, _rows(one, table))],
            headed=2,
        )


def _rows(one: Aggregate, table: BenchmarkTable) -> Iterator[tuple[Cell, ...]]:
    """A benchmark's pupils: a row for each school's year group, then one for all."""
    tallies = [((school, year), table.cells[at]) for at, school, year in one.places]
    for named, tally in (*tallies, (("In all", "In all"), table.totals)):
        numbers = (tally[verdict] for verdict in VERDICT_WORDS)
        yield (*named, *(HIDDEN if number is None else number for number in numbers))


def _owed(one: Aggregate) -> Iterator[Block]:
    such = "such as what is published, reviewed or appointed."
    yield Paragraph(f"Promises that are about no pupil, {such}")
    for verdict, promises in groupby(one.own, key=attrgetter("verdict")):
        own, state = [*promises], VERDICT_WORDS[verdict].capitalize()
        rows = [Row(promise[:4]) for promise in own]
        yield Fold(
            title=state,
            about=counted(sum(promise.amount for promise in own), "finding"),
            begins_open=verdict in (Verdict.MISSED, Verdict.DUE),
            blocks=(Table(spoken=f"{state}, {one.policy}", columns=_OWN, rows=rows),),
        )


def _sheets(aggregates: Sequence[Aggregate], hiding: str) -> Iterator[Table]:
    """Pupils by place and benchmark, and what schools and trust owe themselves."""
    pupils = [
        Row((one.policy, table.name, *cells))
        for one in aggregates
        for table in one.tables
        for cells in _rows(one, table)
    ]
    owed = [
        Row((one.policy, *own[:3], VERDICT_WORDS[own.verdict].capitalize(), own.amount))
        for one in aggregates
        for own in one.own
    ]
    columns = Column("Policy"), Column("Benchmark"), *_PLACE, *VERDICT_COLUMNS
    note = f"{_EACH.capitalize()}. {hiding}"
    yield Table(name="Pupils", note=note, columns=columns, rows=pupils)
    columns = Column("Policy"), *_OWN[:3], Column("State"), _OWN[3]
    note = "Promises that are about no pupil."
    yield Table(name="Schools and trust", note=note, columns=columns, rows=owed)
