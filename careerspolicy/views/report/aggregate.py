"""A report without pupils: how many have what, small numbers hidden so that none can be told.

Whatever names or describes a pupil is dropped, reasons with it. What is counted is pupils: of one
school's year group under one benchmark, how many have at least one promise met, missed, due and so
on. Those counts, a table a benchmark, go through `suppression.protected`, and everything else on
the page is reckoned from what that lets through and from nothing else: so no other number can give
a hidden one away. What schools and trusts themselves owe tells of no pupil and is listed as it is.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

import attrs

from careerspolicy.suppression import USUAL_THRESHOLD, Protected, protected
from careerspolicy.views.report.counts import (
    BENCHMARKS,
    PRESSING,
    TRUST_NAMED,
    benchmark_named,
    school_names,
    year_named,
    year_of,
    year_order,
)
from careerspolicy.views.words import VERDICT_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from careerspolicy.evaluation import Finding, Report, Verdict

#: What stands for a hidden number.
HIDDEN: Final = "hidden"


class Place(NamedTuple):
    """A row of the tables: a school's URN and a year group, as `places.year_of` has it."""

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


@attrs.frozen(kw_only=True)
class OwnPromise:
    """How a school or trust stands with one promise that is about no pupil."""

    title: str
    benchmark: str
    school: str
    verdict: Verdict
    amount: int


@attrs.frozen(kw_only=True)
class Aggregate:
    """One policy's report without pupils."""

    policy: str
    trust: str
    places: tuple[tuple[Place, str, str], ...]
    years: tuple[str, ...]
    tables: tuple[BenchmarkTable, ...]
    own: tuple[OwnPromise, ...]


def aggregate(report: Report, *, threshold: int = USUAL_THRESHOLD) -> Aggregate:
    """A report without pupils.

    Counts from 1 to just under the threshold are hidden, and those that would give one away.
    """
    pupils = [one for one in report.findings if one.subject.pupil]
    place_of = _places(pupils)
    names = school_names([report])
    places = sorted(set(place_of.values()), key=lambda one: (one.school, year_order(one.year)))
    return Aggregate(
        policy=report.policy.id,
        trust=report.policy.trust,
        places=tuple(
            (one, names.get(one.school, one.school), year_named(one.year)) for one in places
        ),
        years=tuple(sorted({one.year for one in places}, key=year_order)),
        tables=tuple(_tables(pupils, place_of, places, threshold)),
        own=_own(report, names),
    )


def together(numbers: Iterable[int | None]) -> str:
    """Some shown and hidden numbers added up, as far as the shown ones allow.

    >>> together([7, 5]), together([7, None]), together([0, None])
    ('12', 'at least 7', 'hidden')
    """
    known = [*numbers]
    shown = sum(one for one in known if one is not None)
    if None not in known:
        return number(shown)
    return f"at least {number(shown)}" if shown else HIDDEN


def number(amount: int | None) -> str:
    """A number as people read it; HIDDEN for one that is.

    >>> number(1200), number(None)
    ('1,200', 'hidden')
    """
    return HIDDEN if amount is None else f"{amount:,}"


def across_schools(table: BenchmarkTable, year: str) -> tuple[tuple[str, str], ...]:
    """What calls for something in a year group of all schools: its word, and how many pupils.

    Reckoned from the table's shown numbers alone.
    """
    cells = [tally for place, tally in table.cells.items() if place.year == year]
    told = ((one, together(tally[one] for tally in cells)) for one in PRESSING)
    return tuple((VERDICT_WORDS[one], amount) for one, amount in told if amount != "0")


def _places(findings: Sequence[Finding]) -> Mapping[str, Place]:
    """Where each pupil is counted: once, by what is said of the pupil rather than of a record."""
    by_record = {
        one.subject.pupil: Place(one.subject.school, year_of(one.subject)) for one in findings
    }
    own = (one.subject for one in findings if one.subject.kind == "pupil")
    return by_record | {one.pupil: Place(one.school, year_of(one)) for one in own}


def _tables(
    findings: Sequence[Finding],
    place_of: Mapping[str, Place],
    places: Sequence[Place],
    threshold: int,
) -> Iterable[BenchmarkTable]:
    having = {
        (one.obligation.benchmark, one.verdict, one.subject.pupil) for one in findings
    }  # a pupil once
    counts = Counter((benchmark, verdict, place_of[pupil]) for benchmark, verdict, pupil in having)
    present = {benchmark for benchmark, _, _ in having}
    verdicts = tuple(VERDICT_WORDS)
    for benchmark in (one for one in BENCHMARKS if one in present):
        rows = [[counts[benchmark, verdict, place] for verdict in verdicts] for place in places]
        safe = protected(rows, threshold=threshold)
        yield BenchmarkTable(
            benchmark=benchmark,
            name=benchmark_named(benchmark),
            cells={
                place: dict(zip(verdicts, row, strict=True))
                for place, row in zip(places, safe.cells, strict=True)
            },
            totals=dict(zip(verdicts, _totals(rows, safe, threshold), strict=True)),
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


def _own(report: Report, names: Mapping[str, str]) -> tuple[OwnPromise, ...]:
    """What schools and trusts themselves owe, in the order of the policy."""
    kept = [one for one in report.findings if not one.subject.pupil]
    found = Counter((one.obligation.id, one.subject.school, one.verdict) for one in kept)
    return tuple(
        OwnPromise(
            title=obligation.title,
            benchmark=benchmark_named(obligation.benchmark),
            school=names.get(school, TRUST_NAMED),
            verdict=verdict,
            amount=found[obligation.id, school, verdict],
        )
        for obligation in report.policy.obligations
        for school in (*names, "")
        for verdict in VERDICT_WORDS
        if found[obligation.id, school, verdict]
    )
