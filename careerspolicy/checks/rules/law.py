"""Rules on what the law lays down, each a view of how the policy stands to the law's duties.

Only what Acts and regulations say must be done counts here; `careerspolicy gaps` tells of the rest,
and proves what is weaker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.comparison.law import covers, firm, in_years, span, sums
from careerspolicy.english.citations import place_cited
from careerspolicy.model.duty import Count, Distinct
from careerspolicy.model.policy import Strength
from careerspolicy.model.schedule import Once, YearPoint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careerspolicy.checks.issues import Fault, PolicyFile
    from careerspolicy.comparison.law import Gap, Span
    from careerspolicy.model.policy import Obligation

#: Of fewer year groups a promise is one of several, and no promise of the whole.
_WHOLE: Final = 3


def hedged(file: PolicyFile) -> Iterator[Fault]:
    """A hedge on a duty of the law."""
    for promise, duty in _soft(file):
        if promise.hedge:
            message = f'"{promise.hedge}" softens a duty of the law ({_place(duty)})'
            mend = "take the softening words out of the policy"
            yield file.about(promise, "hedge", message, mend)


def weak(file: PolicyFile) -> Iterator[Fault]:
    """A strength below "must" on a duty of the law."""
    for promise, duty in _soft(file):
        if promise.strength is not Strength.MUST:
            strength = promise.strength.value
            message = f'the policy says "{strength}" where the law says must ({_place(duty)})'
            yield file.about(promise, "strength", message, 'write "will" or "must" in the policy')


def years_disagree(file: PolicyFile) -> Iterator[Fault]:
    """Two promises of one topic that the law gives one span of years, with spans that differ."""
    for _, promises in _of_whole_spans(file):
        (first, span_of_first), *others = promises
        for promise, years in others:
            if years != span_of_first:
                other = f'"{first.id}" is for {in_years(span_of_first)}'
                message = f"is for {in_years(years)}, and {other}"
                mend = "say in both places which years are meant"
                yield file.about(promise, _slot_of_years(promise), message, mend)


def years_against_law(file: PolicyFile) -> Iterator[Fault]:
    """A span that leaves out some of the law's years, or of a sum goes beyond: that can't count."""
    for duties, promises in _of_whole_spans(file):
        spans = [years for duty in duties if (years := span(duty))]
        law = (min(years[0] for years in spans), max(years[1] for years in spans))
        for promise, years in promises:
            if not covers(years, law) or (len(duties) > 1 and years != law):
                the_laws = f"the law ({_place(duties[0])}) is for {in_years(law)}"
                message = f"is for {in_years(years)}; {the_laws}"
                mend = "give the law's years in the policy"
                yield file.about(promise, _slot_of_years(promise), message, mend)


def sum_of_parts(file: PolicyFile) -> Iterator[Fault]:
    """A stated sum that is not what the promises on its parts add up to."""
    for topic, parts in _sums(file).items():
        asked = (
            [obligation.duty.bound.at_least or 0 for obligation in _alike(gap)] for gap in parts
        )
        amounts = [most for part in asked if (most := max(part, default=0))]
        for promise in _on_sum(topic, parts[0]):
            wanted = promise.duty.bound.at_least
            if amounts and wanted is not None and wanted != sum(amounts):
                added = " + ".join(f"{amount:g}" for amount in amounts)
                message = f"{wanted:g} encounters in all, and the key phases have {added}"
                mend = "mend the total, or add what a phase lacks"
                yield file.about(promise, "title", message, mend)


def last_part_missing(file: PolicyFile) -> Iterator[Fault]:
    """Promises on earlier parts of a sum, and none on the last."""
    for *earlier, last in _sums(file).values():
        made = [promise for gap in earlier for promise in gap.own]
        years = span(last.law)
        if made and not last.own and years:
            lacking = f"Years {years[0]} and {years[1]}, the third key phase"
            message = f"no encounters are promised for {lacking}"
            mend = "say what the sixth form is offered, or exclude this for schools without one"
            latest = max(made, key=lambda obligation: file.positions[obligation.id])
            yield file.about(latest, "topic", message, mend)


def window_end(file: PolicyFile) -> Iterator[Fault]:
    """A window that does not close on the day of a year group on which the law closes it."""
    for gap in file.statutory:
        schedule = gap.law.duty.schedule
        end = schedule.end if isinstance(schedule, Once) else None
        if not isinstance(end, YearPoint) or end.day is None:
            continue
        for promise in _alike(gap):
            own = promise.duty.schedule
            if not isinstance(own, Once) or own.end != end:
                message = f"does not close on {end.day} of Year {end.year}, as the law does"
                mend = "give the day in the policy: what comes later in the year does not count"
                yield file.about(promise, promise.duty.verb.value, message, mend)


def same_providers(file: PolicyFile) -> Iterator[Fault]:
    """Two or more where the law wants them to differ, and no word that they do."""
    for gap in file.statutory:
        duty, promises = gap.law.duty, _alike(gap)
        wanted = isinstance(duty.measure, Distinct) and duty.bound.at_least
        if not wanted or any(isinstance(promise.duty.measure, Distinct) for promise in promises):
            continue
        for promise in promises:
            several = (promise.duty.bound.at_least or 0) >= 2
            if isinstance(promise.duty.measure, Count) and several:
                message = "nothing says that the encounters may not all be with the same provider"
                mend = "add the law's rule to the policy (distinct: providers)"
                yield file.about(promise, promise.duty.verb.value, message, mend)


def _soft(file: PolicyFile) -> Iterator[tuple[Obligation, Obligation]]:
    """Each promise of a duty of the law, or of a sum, that is softer than it; with the duty."""
    seen: set[str] = set()
    singly = [(promise, gap.law) for gap in file.statutory for promise in gap.soft]
    summed = [
        (promise, parts[0].law)
        for topic, parts in _sums(file).items()
        for promise in _on_sum(topic, parts[0])
        if not firm(promise, parts[0].law)
    ]
    for promise, duty in (*singly, *summed):
        if promise.id not in seen:
            seen.add(promise.id)
            yield promise, duty


def _of_whole_spans(
    file: PolicyFile,
) -> Iterator[tuple[tuple[Obligation, ...], list[tuple[Obligation, Span]]]]:
    """The promises of whole spans of years on each duty that has years, or on a sum of several."""
    singly = [((gap.law,), gap.own) for gap in file.statutory if span(gap.law)]
    summed = [
        (tuple(gap.law for gap in parts), _on_sum(topic, parts[0]))
        for topic, parts in _sums(file).items()
    ]
    for duties, promises in (*singly, *summed):
        spans = [(promise, years) for promise in promises if (years := span(promise))]
        whole = [(promise, years) for promise, years in spans if years[1] - years[0] + 1 >= _WHOLE]
        if whole:
            yield duties, whole


def _sums(file: PolicyFile) -> dict[str, tuple[Gap, ...]]:
    """The statutory duties that add up, by the topic of their sum."""
    gaps = {gap.law.id: gap for gap in file.statutory}
    found = {
        topic: tuple(gaps[duty.id] for duty in duties if duty.id in gaps)
        for topic, duties in sums(file.law).items()
    }
    return {topic: parts for topic, parts in found.items() if parts}


def _on_sum(topic: str, part: Gap) -> Sequence[Obligation]:
    """The promises on a sum itself, of the kind of record that its parts count."""
    kind = part.law.duty.records.kind
    return [
        obligation
        for obligation in part.nearby
        if (obligation.topic, obligation.duty.records.kind) == (topic, kind)
    ]


def _alike(gap: Gap) -> Sequence[Obligation]:
    """The promises on a duty's topic that are about its kind of record."""
    kind = gap.law.duty.records.kind
    return [obligation for obligation in gap.own if obligation.duty.records.kind == kind]


def _slot_of_years(promise: Obligation) -> str:
    """The slot in which a promise says its years."""
    return "for" if promise.duty.population.years else promise.duty.verb.value


def _place(duty: Obligation) -> str:
    return place_cited(duty.source[0])
