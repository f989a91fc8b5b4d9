"""The parts of a report: the glance, the heat maps, a question's promises, and their overview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.english.sentences import sentence
from careerspolicy.english.wording import listing
from careerspolicy.evaluation.findings import NotKnown, Verdict
from careerspolicy.views.filters import Choice, Filter
from careerspolicy.views.report import counts
from careerspolicy.views.report.groups import Group, GroupRow, Question, subjects_of
from careerspolicy.views.tree import Cell, Column, Fold, Paragraph, Row, Section, Table
from careerspolicy.views.words import VERDICT_WORDS, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from careerspolicy.evaluation import Report
    from careerspolicy.model.policy import Obligation

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
#: What findings that are not known wait for.
_NOT_KNOWN: Final[Mapping[NotKnown, str]] = {
    NotKnown.RECORDABLE: "A fact that somebody can record",
    NotKnown.NO_NUMBER: "A number that the policy does not give",
    NotKnown.LEFT: "Nothing: the pupil has left, and nobody will record it any more",
}
_SHARE_NOTE: Final = (
    "The share known to be met is out of what is owed by now: met, missed, due and not known. What"
    " is upcoming, waived, does not apply or only may be done is in no share. An empty cell has no"
    " promise, or"
    " nothing owed by now."
)

#: A column of counts for each verdict.
VERDICT_COLUMNS: Final = tuple(
    Column(word.capitalize(), number=True, key=verdict.value)
    for verdict, word in VERDICT_WORDS.items()
)


def glance(reports: Sequence[Report]) -> Section:
    """How many findings of each kind: by school, by benchmark, and benchmark by year group."""
    note = Paragraph(_SHARE_NOTE, aside=True)
    heats = (
        Section(
            title=f"Benchmarks by year group{f': {report.policy.id}' if len(reports) > 1 else ''}",
            blocks=(note, heat_table([report])),
        )
        for report in reports
    )
    tables = [totals_table(reports, by=by) for by in ("School", "Strength", "Benchmark")]
    if any(report.summary.overall[Verdict.UNKNOWN] for report in reports):
        tables.append(not_known_table(reports))
    return Section(title="At a glance", id="glance", blocks=(*tables, *heats))


def totals_table(reports: Sequence[Report], *, by: str) -> Table:
    """How many findings of each kind, by school, by benchmark or by strength."""
    skipped = 0 if len(reports) > 1 else 1
    rows: list[tuple[Cell, ...]] = [
        (report.policy.id, name, *map(tally.__getitem__, VERDICT_WORDS))
        for report in reports
        for name, tally in counts.totals(report, by=by)
    ]
    return Table(
        name="At a glance" if by == "School" else f"By {by.lower()}",
        caption=f"How many findings there are of each kind, by {by.lower()}",
        columns=(Column("Policy"), Column(by), *VERDICT_COLUMNS)[skipped:],
        rows=[Row(cells[skipped:]) for cells in rows],
        headed=2 - skipped,
    )


def not_known_table(reports: Sequence[Report]) -> Table:
    """How many findings are not known, by what they wait for."""
    skipped = 0 if len(reports) > 1 else 1
    rows = [
        Row((report.policy.id, meaning, report.summary.not_known[kind])[skipped:])
        for report in reports
        for kind, meaning in _NOT_KNOWN.items()
    ]
    return Table(
        name="Waiting for",
        caption="What is not known, by what it waits for",
        columns=(Column("Policy"), Column("What it waits for"), Column("Findings", number=True))[
            skipped:
        ],
        rows=rows,
        headed=2 - skipped,
    )


def heat_table(reports: Sequence[Report]) -> Table:
    """Benchmarks against year groups: the share met in each cell, with its counts."""
    skipped = 0 if len(reports) > 1 else 1
    heats = [(report.policy.id, counts.heat(report)) for report in reports]
    years = sorted({year for _, cells in heats for _, year in cells}, key=counts.year_order)
    rows = []
    for policy, heat_map in heats:
        for benchmark in (
            one for one in counts.BENCHMARKS if one in {served for served, _ in heat_map}
        ):
            tallies = (heat_map.get((benchmark, year)) for year in years)
            shares = (counts.share_met(tally) if tally else None for tally in tallies)
            cells: tuple[Cell, ...] = (policy, counts.benchmark_named(benchmark), *shares)
            rows.append(Row(cells[skipped:]))
    names = (Column("Policy"), Column("Benchmark"))[skipped:]
    return Table(
        name="Heat map",
        spoken="Share of what is owed that is met, by benchmark and year group",
        note=_SHARE_NOTE,
        columns=(*names, *(Column(counts.year_named(year), blank="No promise") for year in years)),
        rows=rows,
        headed=2 - skipped,
    )


def answer(question: Question, groups: Sequence[Group], reports: Sequence[Report]) -> Section:
    """The promises whose findings answer a question."""
    heading, meaning = QUESTIONS[question]
    names = counts.school_names(reports)
    folds = [_promise(group, names, several=len(reports) > 1) for group in groups]
    in_full = question is Question.REST or not folds
    none = () if folds else (Paragraph("There is nothing here."),)
    blocks = (Paragraph(meaning), *folds, *none)
    return Section(title=heading, id=f"q-{question.value}", blocks=blocks, in_full=in_full)


def how_strongly(obligation: Obligation) -> str:
    """A promise's strength, and the words that hedge it."""
    hedge = f', "{obligation.hedge}"' if obligation.hedge else ""
    return f"{obligation.strength.value}{hedge}"


def _promise(group: Group, names: Mapping[str, str], *, several: bool) -> Fold:
    """A promise, what it asks, and the rows of its findings."""
    obligation, policy = group.obligation, group.policy
    days = [row.alike.day for row in group.rows if row.alike.day]
    dated = []
    if group.question in (Question.SOON, Question.LATER):
        dated = [f"first due by {in_words(group.day)}" if group.day else "no last day"]
    elif days and not obligation.duty.bound.only_limits:
        dated = [f"last due by {in_words(max(days))}"]
    about = subjects_of(group.findings), *dated, counted(len(group.findings), "finding")
    owed = f"Owed by {listing(obligation.who)}: {how_strongly(obligation)}."
    whose = f" Policy: {policy.trust} ({policy.id})." if several else ""
    asked = f"{counts.benchmark_named(obligation.benchmark)}. {owed}{whose}"
    late = f"{subjects_of(group.late)}: this can still be put right." if group.late else None
    return Fold(
        title=obligation.title,
        about=f"{', '.join(about)} ({obligation.id})",
        id=group.anchor,
        keys={
            "policy": policy.id,
            "benchmark": str(obligation.benchmark or counts.NO_BENCHMARK),
            "promise": group.anchor.partition("-")[2],
        },
        blocks=(
            Paragraph(sentence(obligation, policy)),
            Paragraph(asked, aside=True),
            *([Paragraph(late)] if late else []),
            _rows_table(group, names),
        ),
    )


def _rows_table(group: Group, names: Mapping[str, str]) -> Table:
    """What was found, whom alike; of what calls for nobody, only how much."""
    question = group.question
    columns: dict[Column, Callable[[GroupRow], Cell]] = {
        Column("Year group"): lambda row: counts.year_named(row.alike.year)
    }
    if len(names) > 1:
        columns[Column("School")] = lambda row: names.get(row.alike.school, counts.TRUST_NAMED)
    if question is Question.REST:
        columns[Column("State")] = lambda row: VERDICT_WORDS[row.alike.verdict].capitalize()
    else:
        columns[Column("Whom")] = lambda row: ", ".join(row.whom) or "Counted, not named here"
    columns[Column("Findings", number=True)] = lambda row: row.amount
    if question not in (Question.REST, Question.UNKNOWN):
        columns[Column("Last day", blank="No set day")] = lambda row: row.alike.day
    if question is not Question.REST:
        columns[Column("What was found")] = lambda row: row.alike.reason
    rows = []
    for row in group.rows:
        alike = row.alike
        keys = {
            "state": alike.verdict.value,
            "year": alike.year,
            "school": alike.school or counts.TRUST,
        }
        cells = tuple(cell(row) for cell in columns.values())
        rows.append(Row(cells, keys=keys, amount=row.amount))
    return Table(
        spoken=f"{QUESTIONS[question][0]}: {group.obligation.title}",
        columns=tuple(columns),
        rows=rows,
        headed=0,
        sortable=True,
    )


def overview(reports: Sequence[Report]) -> Section:
    """How many findings each promise has of each kind."""
    policy = [Column("Policy")] if len(reports) > 1 else []
    rows = []
    for position, report in enumerate(reports):
        tallies = counts.tallied(report.findings, lambda finding: finding.obligation.id)
        for one in (one for one in report.policy.obligations if one.id in tallies):
            named = one.title, *([report.policy.id] if policy else []), one.benchmark
            figures = map(tallies[one.id].__getitem__, VERDICT_WORDS)
            rows.append(Row((*named, *figures), keys={"promise": f"{position + 1}-{one.id}"}))
    table = Table(
        caption="Findings of each kind, by promise",
        columns=(Column("Promise"), *policy, Column("Benchmark", blank="None"), *VERDICT_COLUMNS),
        rows=rows,
        sortable=True,
        recounts=("promise", "state"),
    )
    above = Paragraph("A promise's own list stands above, under each kind.")
    title = "All findings, promise by promise"
    return Section(title=title, id="all", blocks=(above, table), in_full=True)


def choices(reports: Sequence[Report]) -> Iterator[Filter]:
    """What filters offer: only what some finding has."""
    findings = [finding for report in reports for finding in report.findings]
    years = sorted({counts.year_of(finding.subject) for finding in findings}, key=counts.year_order)
    benchmarks = {finding.obligation.benchmark for finding in findings}
    schools = {finding.subject.school for finding in findings}
    names = {**counts.school_names(reports), "": counts.TRUST_NAMED}
    offered = {
        ("year", "Year group"): [(year, counts.year_named(year)) for year in years],
        ("benchmark", "Benchmark"): [
            (str(number or counts.NO_BENCHMARK), counts.benchmark_named(number))
            for number in counts.BENCHMARKS
            if number in benchmarks
        ],
        ("state", "State"): [(one.value, word.capitalize()) for one, word in VERDICT_WORDS.items()],
        ("school", "School"): [
            (urn or counts.TRUST, names[urn]) for urn in names if urn in schools
        ],
        ("policy", "Policy"): [(report.policy.id, report.policy.trust) for report in reports],
    }
    for (name, label), options in offered.items():
        if len(options) > 1:
            yield Filter(Choice.ONE, name, label, tuple(options))
    yield Filter(Choice.WORDS, "words", "Words, or a pupil's id")
