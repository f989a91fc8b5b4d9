"""Witnesses: made-up facts that meet some promises and miss another, as the evaluator agrees.

A promise is met when, on the last day, nothing of it is missed, unknown or still owed, but for what
has not yet fallen due. A state that should stand does so on every day on which it could change.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from careerspolicy.evaluation import Verdict, evaluate
from careerspolicy.evaluation.lives import Life
from careerspolicy.lives.people import facts_yaml
from careerspolicy.model.facts import Pupil, Record, School, phases_taught
from careerspolicy.model.leavings import with_leavings
from careerspolicy.model.policy import InForce, Strength
from careerspolicy.model.schedule import Always, Each, Every

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from careerspolicy.evaluation import Finding
    from careerspolicy.model.facts import Facts
    from careerspolicy.solver.promises import Promise

_Described = TypeVar("_Described", Pupil, Record, School)

_DAY = timedelta(days=1)
_NOTHING_WRONG = (Verdict.MET, Verdict.NOT_APPLICABLE)


@attrs.frozen(kw_only=True)
class Witness:
    """Facts that meet some promises and miss another.

    On `as_of` the promises of `meets` are met, seen since the day `since`; on `asked` (nearly
    always the same day) `misses` is missed.
    """

    meets: tuple[Promise, ...]
    misses: Promise
    facts: Facts = attrs.field(repr=False)
    as_of: date
    asked: date
    since: date

    @property
    def holds(self) -> bool:
        """Whether the evaluator agrees."""
        return self.meet(self.meets) and misses(self.misses, self.facts, self.asked)

    def meet(self, promises: Iterable[Promise]) -> bool:
        """Whether its facts meet some promises."""
        return all(meets(one, self.facts, self.as_of, self.since) for one in promises)

    def bare(self) -> Witness:
        """The witness without what could be left unsaid and change nothing."""
        bare, school = self, self.facts.schools[0]
        for record in self.facts.records:
            rest = (one for one in bare.facts.records if one != record and one.about != record.id)
            bare = _or_with(bare, records=tuple(rest))
        for record, name in [(one, name) for one in bare.facts.records for name in one.attributes]:
            records = bare.facts.records
            less = (_unsaid(one, name) if one.id == record.id else one for one in records)
            bare = _or_with(bare, records=tuple(less))
        for name in self.facts.pupils[0].attributes:
            bare = _or_with(bare, pupils=tuple(_unsaid(one, name) for one in bare.facts.pupils))
        derived = phases_taught(school.lowest_year, school.highest_year)
        for name in [name for name in school.attributes if name not in derived]:
            bare = _or_with(bare, schools=tuple(_unsaid(one, name) for one in bare.facts.schools))
        return bare

    def as_facts_yaml(self) -> str:
        """The facts as a file that `load_facts` reads."""
        return facts_yaml(self.facts)


def _or_with(witness: Witness, **parts: Any) -> Witness:
    """A witness with other parts of facts, if they still show it; else as it is."""
    facts = attrs.evolve(witness.facts, **parts)
    kinds = witness.misses.policy.vocabulary.kinds
    other = attrs.evolve(witness, facts=with_leavings(facts, kinds))
    return other if other.holds else witness


def _unsaid(owner: _Described, name: str) -> _Described:
    rest = {key: value for key, value in owner.attributes.items() if key != name}
    return attrs.evolve(owner, attributes=rest)


def meets(promise: Promise, facts: Facts, as_of: date, since: date) -> bool:
    """Whether facts meet a promise, seen from one day to another."""
    if not isinstance(promise.schedule, Always):
        return all(map(_met_so_far, _findings(promise, facts, as_of)))
    start = since
    if promise.subject == "pupil":  # a state is asked for from their first day at the school
        lives = (Life(one, facts.schools[0], promise.policy.readings) for one in facts.pupils)
        start = max([since, *(life.stay.start for life in lives if life.stay.start)])
    opened = (one.window.start for one in _findings(promise, facts, as_of))
    turns = (day for day in (*opened, *_turns(facts)) if day and start <= day <= as_of)
    days = {as_of, start, *turns}
    stands = (*_NOTHING_WRONG, Verdict.UPCOMING)
    return all(one.verdict in stands for day in days for one in _findings(promise, facts, day))


def _met_so_far(finding: Finding) -> bool:
    """Whether nothing is owed; of what is owed again and again, only in a window yet to close."""
    again = isinstance(finding.obligation.duty.schedule, (Each, Every))
    open_ = finding.window.end is not None and finding.window.end >= finding.as_of
    not_yet = again and open_ and finding.verdict in (Verdict.DUE, Verdict.UPCOMING)
    return not_yet or finding.verdict in _NOTHING_WRONG


def misses(promise: Promise, facts: Facts, as_of: date) -> bool:
    """Whether facts miss a promise on a day: something is missed, or owed with no end to it."""
    return any(
        one.verdict is Verdict.MISSED
        or (one.verdict is Verdict.DUE and one.due is None and one.window.end is None)
        for one in _findings(promise, facts, as_of)
    )


def _findings(promise: Promise, facts: Facts, as_of: date) -> Sequence[Finding]:
    """What the evaluator finds of one promise, as if it had always been in force and a must."""
    always = tuple(
        attrs.evolve(one.obligation, in_force=InForce(), strength=Strength.MUST)
        for one in promise.line
    )
    report = evaluate(attrs.evolve(promise.policy, obligations=always), facts, as_of=as_of)
    return [one for one in report.findings if one.obligation.id == promise.obligation.id]


def _turns(facts: Facts) -> Iterator[date]:
    """Every day on which a state may have changed."""
    for school in facts.schools:
        years = range(school.as_at.year - 25, school.as_at.year + 1)
        starts = (school.calendar.school_year(year).start for year in years)
        yield from (day for day in starts if day)
    for record in facts.records:
        yield record.start
        if record.until is not None:
            yield record.until + _DAY
