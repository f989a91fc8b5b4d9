"""The parts of a report: the glance, the heat maps, a question's promises, and their overview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.english.sentences import sentence
from careerspolicy.english.wording import listing
from careerspolicy.views.filters import Choice, Filter
from careerspolicy.views.report import counts
from careerspolicy.views.report.counts import (
    BENCHMARKS,
    NO_BENCHMARK,
    TRUST,
    TRUST_NAMED,
    benchmark_named,
    school_names,
    year_named,
    year_of,
    year_order,
)
from careerspolicy.views.report.groups import Question
from careerspolicy.views.tree import Column, Fold, Paragraph, Row, Section, Table
from careerspolicy.views.words import VERDICT_WORDS, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from careerspolicy.evaluation import Report
    from careerspolicy.evaluation.report import Tally
    from careerspolicy.views.report.groups import Group, GroupRow
    from careerspolicy.views.tree import Block, Cell

#: Each question's heading, and what it holds.
QUESTIONS: Final[Mapping[Question, tuple[str, str]]] = {
    Question.SOON: (
        "Due this half term",
        "Not done yet; the last day for it is in this half term.",
    ),
    Question.MISSED: (
        "Missed",
        "The last day is past, or something that should be in place is not.",
    ),
    Question.LATER: ("Due later", "Not done yet; there is time after this half term."),
    Question.UNKNOWN: (
        "Not known",
        "The records do not say whether it was done. That is neither done nor missed.",
    ),
    Question.REST: (
        "Everything else, counted",
        "Met, upcoming, waived, or does not apply: how many, by year group.",
    ),
}
_SHARE_NOTE: Final = (
    "The share known to be met is out of what is owed by now: met, missed, due and not known. What"
    " is upcoming, waived or does not apply is in no share. An empty cell has no promise, or"
    " nothing owed by now."
)

#: A column of counts for each verdict.
VERDICT_COLUMNS: Final = tuple(
    Column(word.capitalize(), number=True, key=verdict.value)
    for verdict, word in VERDICT_WORDS.items()
)


def tally_cells(tally: Tally) -> tuple[int, ...]:
    """A tally's cells, under `VERDICT_COLUMNS`."""
    return tuple(tally[verdict] for verdict in VERDICT_WORDS)


def glance(reports: Sequence[Report]) -> Section:
    """How many findings of each kind: by school, by benchmark, and benchmark by year group."""
    heats = [_heat(report, several=len(reports) > 1) for report in reports]
    blocks: tuple[Block, ...] = (
        totals(reports, by="School"),
        totals(reports, by="Benchmark"),
        *heats,
    )
    return Section(title="At a glance", id="glance", blocks=blocks)


def totals(reports: Sequence[Report], *, by: str) -> Table:
    """How many findings of each kind, by school or by benchmark."""
    several = len(reports) > 1
    count = counts.by_school if by == "School" else counts.by_benchmark
    rows = [
        Row((*([report.policy.id] if several else []), name, *tally_cells(tally)))
        for report in reports
        for name, tally in count(report)
    ]
    policy = [Column("Policy")] if several else []
    return Table(
        name="At a glance",
        caption=f"How many findings there are of each kind, by {by.lower()}",
        columns=(*policy, Column(by), *VERDICT_COLUMNS),
        rows=rows,
        headed=1 + several,
    )


def _heat(report: Report, *, several: bool) -> Section:
    of = f": {report.policy.id}" if several else ""
    note = Paragraph(words=_SHARE_NOTE, aside=True)
    blocks = note, heat_table([report])
    return Section(title=f"Benchmarks by year group{of}", blocks=blocks)


def heat_table(reports: Sequence[Report]) -> Table:
    """Benchmarks against year groups: the share met in each cell, with its counts."""
    policy = len(reports) > 1
    heats = [(report.policy.id, counts.heat(report)) for report in reports]
    years = sorted({year for _, heat in heats for year in heat.years}, key=year_order)
    rows = [
        Row(
            (
                *([name] if policy else []),
                benchmark_named(benchmark),
                *(_share(heat, benchmark, year) for year in years),
            )
        )
        for name, heat in heats
        for benchmark in heat.benchmarks
    ]
    columns = *([Column("Policy")] if policy else []), Column("Benchmark")
    return Table(
        name="Heat map",
        spoken="Share of what is owed that is met, by benchmark and year group",
        note=_SHARE_NOTE,
        columns=(*columns, *(Column(year_named(one), blank="No promise") for one in years)),
        rows=rows,
        headed=1 + policy,
    )


def _share(heat: counts.Heat, benchmark: int | None, year: str) -> Cell:
    tally = heat.cells.get((benchmark, year))
    return counts.share_met(tally) if tally else None


def question_told(
    question: Question, groups: Sequence[Group], reports: Sequence[Report]
) -> Section:
    """The promises whose findings answer a question."""
    heading, said = QUESTIONS[question]
    names = school_names(reports)
    folds = [_card(group, names, several=len(reports) > 1) for group in groups]
    none = [] if folds else [Paragraph(words="There is nothing here.")]
    return Section(
        title=heading,
        id=f"q-{question.value}",
        blocks=(Paragraph(words=said), *folds, *none),
        in_full=question is Question.REST or not folds,
    )


def _card(group: Group, names: Mapping[str, str], *, several: bool) -> Fold:
    """A promise, what it asks, and the rows of its findings."""
    obligation = group.obligation
    about = (group.subjects, *_dated(group), counted(group.amount, "finding"))
    late = [Paragraph(words=f"{group.late}: this can still be put right.")] if group.late else []
    return Fold(
        title=obligation.title,
        about=f"{', '.join(about)} ({obligation.id})",
        id=group.anchor,
        keys={
            "policy": group.policy.id,
            "benchmark": str(obligation.benchmark or NO_BENCHMARK),
            "promise": group.anchor.partition("-")[2],
        },
        blocks=(
            Paragraph(words=sentence(obligation, group.policy)),
            Paragraph(words=_owed_by(group, several=several), aside=True),
            *late,
            _rows_table(group, names),
        ),
    )


def _dated(group: Group) -> Iterator[str]:
    """By when the first of it is due, or by when the last of it was."""
    if group.question in (Question.SOON, Question.LATER):
        yield f"first due by {in_words(group.day)}" if group.day else "no last day"
    elif days := [row.alike.day for row in group.rows if row.alike.day]:
        yield f"last due by {in_words(max(days))}"


def _owed_by(group: Group, *, several: bool) -> str:
    obligation = group.obligation
    hedge = f', "{obligation.hedge}"' if obligation.hedge else ""
    whose = f" Policy: {group.policy.trust} ({group.policy.id})." if several else ""
    owed = f"Owed by {listing(obligation.who)}: {obligation.strength.value}{hedge}."
    return f"{benchmark_named(obligation.benchmark)}. {owed}{whose}"


def _rows_table(group: Group, names: Mapping[str, str]) -> Table:
    """What was found, whom alike; of what calls for nobody, only how much."""
    question, schools = group.question, len(names) > 1
    columns = [Column("Year group")]
    columns += [Column("School")] if schools else []
    if question is Question.REST:
        columns += [Column("State"), Column("Findings", number=True)]
    else:
        columns += [Column("Whom"), Column("Findings", number=True)]
        dated = question is not Question.UNKNOWN
        columns += [Column("Last day", blank="No set day")] if dated else []
        columns.append(Column("What was found"))
    return Table(
        spoken=f"{QUESTIONS[question][0]}: {group.obligation.title}",
        columns=tuple(columns),
        rows=[_row(row, question, names) for row in group.rows],
        headed=0,
        sortable=True,
    )


def _row(row: GroupRow, question: Question, names: Mapping[str, str]) -> Row:
    alike = row.alike
    cells: list[Cell] = [year_named(alike.year)]
    cells += [names.get(alike.school, TRUST_NAMED)] if len(names) > 1 else []
    if question is Question.REST:
        cells += [VERDICT_WORDS[alike.verdict].capitalize(), row.amount]
    else:
        cells += [", ".join(row.whom) if alike.named else "Counted, not named here", row.amount]
        cells += [alike.day] if question is not Question.UNKNOWN else []
        cells.append(alike.reason)
    keys = {"state": alike.verdict.value, "year": alike.year, "school": alike.school or TRUST}
    return Row(tuple(cells), keys=keys, amount=row.amount)


def overview(reports: Sequence[Report]) -> Section:
    """How many findings each promise has of each kind."""
    several = len(reports) > 1
    rows = [
        Row(
            (
                one.title,
                *([report.policy.id] if several else []),
                one.benchmark,
                *tally_cells(tally),
            ),
            keys={"promise": f"{position + 1}-{one.id}"},
        )
        for position, report in enumerate(reports)
        for one, tally in counts.by_promise(report)
    ]
    policy = [Column("Policy")] if several else []
    table = Table(
        caption="Findings of each kind, by promise",
        columns=(Column("Promise"), *policy, Column("Benchmark", blank="None"), *VERDICT_COLUMNS),
        rows=rows,
        sortable=True,
        recounts=("promise", "state"),
    )
    said = Paragraph(words="A promise's own list stands above, under each kind.")
    return Section(
        title="All findings, promise by promise", id="all", blocks=(said, table), in_full=True
    )


def choices(reports: Sequence[Report]) -> Iterator[Filter]:
    """What filters offer: only what some finding has."""
    findings = [one for report in reports for one in report.findings]
    years = sorted({year_of(one.subject) for one in findings}, key=year_order)
    benchmarks = {one.obligation.benchmark for one in findings}
    names = school_names(reports)
    schools = {one.subject.school for one in findings}
    offered = {
        ("year", "Year group"): [(one, year_named(one)) for one in years],
        ("benchmark", "Benchmark"): [
            (str(one or NO_BENCHMARK), benchmark_named(one))
            for one in BENCHMARKS
            if one in benchmarks
        ],
        ("state", "State"): [(one.value, word.capitalize()) for one, word in VERDICT_WORDS.items()],
        ("school", "School"): [
            *((urn, name) for urn, name in names.items() if urn in schools),
            *([(TRUST, TRUST_NAMED)] if "" in schools else []),
        ],
        ("policy", "Policy"): [(one.policy.id, one.policy.trust) for one in reports],
    }
    for (name, label), options in offered.items():
        if len(options) > 1:
            yield Filter(Choice.ONE, name, label, tuple(options))
    yield Filter(Choice.WORDS, "words", "Words, or a pupil's id")
