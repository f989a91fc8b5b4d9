"""Rules on the year groups that a duty is for: within the document, and against the law."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from careerspolicy.calendar.school_calendar import KEY_STAGES
from careerspolicy.checks.rules.law import LegalDuty, legal_duties
from careerspolicy.model.schedule import Always, Each, KeyStagePoint, Once, YearPoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.checks.issues import Case, Found
    from careerspolicy.model.policy import Obligation
    from careerspolicy.model.schedule import Point

Span: TypeAlias = tuple[int, int]


def span_of(one: Obligation) -> Span | None:
    """The first and last year group that an obligation is for, where it has both.

    They are its population's, or else its window's.
    """
    years = one.duty.population.years
    if years:
        return (years[0], years[-1])
    schedule = one.duty.schedule
    if isinstance(schedule, (Once, Each, Always)):
        first, last = _year(schedule.start, 0), _year(schedule.end, -1)
        if first is not None and last is not None:
            return (first, last)
    return None


def _slot(one: Obligation) -> str:
    """Where an obligation says the years that it is for."""
    return "for" if one.duty.population.years else one.duty.verb.value


def disagree(case: Case) -> Iterator[Found]:
    """Two duties of one topic that the law gives one span of years, with spans that differ."""
    firsts: dict[str, list[tuple[Obligation, Span]]] = {}
    for one in case.policy.obligations:
        legal, span = legal_duties().get(one.topic), span_of(one)
        if legal is None or legal.years is None or span is None or span[1] - span[0] < 2:
            continue
        earlier = firsts.setdefault(one.topic, [])
        for other, others in earlier[:1]:
            if others != span:
                message = f'is for {_words(span)}, and "{other.id}" is for {_words(others)}'
                yield case.about(
                    one, _slot(one), message, "say in both places which years are meant"
                )
        earlier.append((one, span))


def against_law(case: Case) -> Iterator[Found]:
    """A span of years that leaves out some of the law's, or goes beyond where that can't count."""
    for one in case.policy.obligations:
        legal, span = legal_duties().get(one.topic), span_of(one)
        if legal is None or legal.years is None or span is None or span[1] - span[0] < 2:
            continue
        if not _lawful(span, legal):
            message = f"is for {_words(span)}; the {legal.law} is for {_words(legal.years)}"
            yield case.about(one, _slot(one), message, "give the law's years in the policy")


def _lawful(span: Span, legal: LegalDuty) -> bool:
    if legal.years is None or legal.exactly:
        return span == legal.years
    return span[0] <= legal.years[0] and span[1] >= legal.years[1]


def _year(point: Point | None, end: int) -> int | None:
    if isinstance(point, YearPoint):
        return point.year
    return KEY_STAGES[point.key_stage][end] if isinstance(point, KeyStagePoint) else None


def _words(span: Span) -> str:
    return f"Years {span[0]} to {span[1]}"
