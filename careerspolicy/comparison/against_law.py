"""A policy held against the law, obligation by obligation of the law.

The promises that may answer a duty are those on its topic, and those on topics that the law's file
puts near it; together they are held against it. What no record measures is left to a reader, but
for its years and its strength.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.comparison.law import (
    AgainstLaw,
    Compliance,
    Gap,
    Ground,
    Note,
    binding,
    covers,
    firm,
    span,
)
from careerspolicy.comparison.promises import apart, attested
from careerspolicy.english.answers import undecided_clause
from careerspolicy.errors import MissingExtra
from careerspolicy.extras import load
from careerspolicy.model.document import CitedKind
from careerspolicy.solver.codes import Code
from careerspolicy.solver.promises import Promise, Undecided, undecidable
from careerspolicy.solver.relations import Standing, relation
from careerspolicy.solver.solving import search

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from careerspolicy.model.duty import Duty
    from careerspolicy.model.policy import Obligation, Policy

_ENOUGH: Final = (Compliance.KEPT, Compliance.BEYOND)


def against_law(
    policy: Policy, law: Policy, days: Sequence[date], *, begin: Callable[[str], None] | None = None
) -> tuple[AgainstLaw, ...]:
    """Hold a policy against the law as it stood on each of some days.

    `begin` is called with the id of each duty before it is looked at, for showing progress.
    Without the solver of the extra "analysis", what it would have decided is left undecided.
    """
    law, unsolved = binding(law, policy), None
    try:
        load("z3")
    except MissingExtra as error:
        unsolved = Undecided(Code.NO_SOLVER, words=str(error))
    judge = _Judge(policy, law, unsolved)
    gaps: dict[str, Gap] = {}
    for duty in law.obligations:
        if any(duty.in_force.holds(day) for day in days):
            if begin:
                begin(duty.id)
            gaps[duty.id] = judge.gap(duty)
    answers = []
    for day in days:
        standing = law.in_force(day)
        met = {topic for one in standing.obligations for topic in (one.topic, *one.near)}
        answers.append(
            AgainstLaw(
                policy=policy,
                law=standing,
                on=day,
                gaps=tuple(gaps[one.id] for one in standing.obligations),
                apart=tuple(one for one in policy.obligations if one.topic not in met),
                unsolved=undecided_clause(unsolved),
            )
        )
    return tuple(answers)


def lined_up(policy: Policy, law: Policy) -> tuple[Gap, ...]:
    """A gap for each duty of a law, as far as it can be read off the promises without a solver."""
    law = binding(law, policy)
    judge = _Judge(policy, law, Undecided(Code.NO_SOLVER))
    return tuple(map(judge.gap, law.obligations))


@attrs.frozen
class _Judge:
    """Says how the policy stands to each duty of the law."""

    policy: Policy
    law: Policy
    unsolved: Undecided | None

    def gap(self, duty: Obligation) -> Gap:
        """How the policy stands to one duty."""
        asked, own, nearby = Promise(self.law, duty), self._on(duty.topic), self._on(*duty.near)
        if not own and not nearby:
            gap = self._unanswered(duty)
        elif doubt := undecidable(_without_haste(asked)):
            gap = self._unmeasured(asked, doubt, own, nearby)
        else:
            gap = self._measured(asked, own or nearby)
            if own and nearby and gap.standing not in _ENOUGH:
                gap = self._measured(asked, [*own, *nearby])
        return attrs.evolve(
            gap,
            own=tuple(one.obligation for one in own),
            nearby=tuple(one.obligation for one in nearby),
        )

    def _on(self, *topics: str) -> list[Promise]:
        return [Promise(self.policy, one) for one in self.policy.obligations if one.topic in topics]

    def _unanswered(self, duty: Obligation) -> Gap:
        """Silent; but a document that cites guidance may have the regard for it that is asked."""
        cited = {
            one.name
            for one in self.policy.document.cites
            if one.kind is CitedKind.STATUTORY_GUIDANCE
        }
        guidance = [one.instrument for one in duty.source if one.instrument in cited]
        if not guidance or not attested(duty.duty):
            return Gap(law=duty, standing=Compliance.SILENT)
        return _undecided(duty, Note(Ground.GUIDANCE_CITED, (guidance[0],)))

    def _unmeasured(
        self, asked: Promise, doubt: Undecided, own: list[Promise], nearby: list[Promise]
    ) -> Gap:
        """How promises stand to a duty that no record measures: by terms, years and strength."""
        duty = asked.obligation
        if not attested(duty.duty) and _alike(asked, [*own, *nearby]):
            return Gap(law=duty, standing=Compliance.KEPT)
        law, spans = span(duty), [span(one.obligation) for one in own]
        had = [one for one in spans if one]
        if law and own and len(had) == len(spans) and not any(covers(one, law) for one in had):
            note = Note(Ground.YEARS_LEFT_OUT, tuple(dict.fromkeys(had)), law)
            return Gap(law=duty, standing=Compliance.WEAKER, notes=(note,))
        if attested(duty.duty) and own and not any(firm(one.obligation, duty) for one in own):
            return _softer(duty, own)
        notes = [Note(Ground.NOT_MEASURED if attested(duty.duty) else Ground.DOUBT, (doubt,))]
        if law and any(covers(one, law) for one in had):
            notes.insert(0, Note(Ground.YEARS_KEPT, law=law))
        return _undecided(duty, *notes)

    def _measured(self, asked: Promise, answers: list[Promise]) -> Gap:
        """How what the policy firmly promises stands to a duty, or else all that it promises."""
        duty = asked.obligation
        soft = [one for one in answers if not firm(one.obligation, duty)]
        gap = self._held(asked, [one for one in answers if one not in soft])
        if not soft or gap.standing in _ENOUGH:
            return gap
        softly = self._held(asked, answers)
        if softly.standing not in _ENOUGH:
            return gap if len(soft) < len(answers) else softly
        return _softer(duty, soft)

    def _held(self, asked: Promise, answers: list[Promise]) -> Gap:
        """How some promises together stand to a duty that records measure."""
        if _alike(asked, answers):
            return Gap(law=asked.obligation, standing=Compliance.KEPT)
        plain = _without_haste(asked)
        promised = [_among(_without_haste(one), plain) for one in answers]
        if self.unsolved:
            return _undecided(asked.obligation, Note(Ground.DOUBT, (self.unsolved,)))
        doubts = [undecidable(one) for one in promised]
        if doubts and doubts[0] and all(doubts):
            return _undecided(asked.obligation, Note(Ground.DOUBT, (doubts[0],)))
        gap = _decided(plain, promised)
        soon = asked.duty.how_soon
        notes = (*gap.notes, *([Note(Ground.HOW_SOON, law=soon)] if soon else []))
        return attrs.evolve(gap, law=asked.obligation, notes=notes)


def _decided(asked: Promise, answers: Sequence[Promise]) -> Gap:
    """How promises stand to a duty, by those that records measure."""
    duty = asked.obligation
    measured = [one for one in answers if not undecidable(one)]
    alike = [one for one in measured if not apart(one.duty, asked.duty)]
    together = search(alike or measured, asked)
    if together.doubt:
        return _undecided(duty, Note(Ground.DOUBT, (together.doubt,)))
    if together.example is not None:
        vague = [one for one in answers if one.measured and one.shelves & asked.shelves]
        if doubt := next(filter(None, map(undecidable, vague)), None):  # it may bring the duty
            return _undecided(duty, Note(Ground.DOUBT, (doubt,)))
        left = tuple(one.obligation.id for one in answers if one not in measured)
        notes = (Note(Ground.LEFT_OUT, left),) if left else ()
        shown = (together.example.bare(),)
        return Gap(law=duty, standing=Compliance.WEAKER, notes=notes, witnesses=shown)
    relations = [relation(one, asked) for one in alike]
    more = [one for one in relations if one.kind is Standing.STRICTER]
    if more and not any(one.kind is Standing.EQUAL for one in relations):
        return Gap(law=duty, standing=Compliance.BEYOND, witnesses=more[0].witnesses)
    return Gap(law=duty, standing=Compliance.KEPT)


def _undecided(duty: Obligation, *notes: Note) -> Gap:
    return Gap(law=duty, standing=Compliance.UNDECIDED, notes=notes)


def _softer(duty: Obligation, soft: Sequence[Promise]) -> Gap:
    """That only the strength falls short."""
    ids = tuple(one.obligation.id for one in soft)
    note = Note(Ground.SOFTLY, ids, duty.strength.value)
    return Gap(law=duty, standing=Compliance.WEAKER, notes=(note,))


def _without_haste(promise: Promise) -> Promise:
    """A promise but for how soon it is to be done, which stands in words and is not judged."""
    return _with_duty(promise, attrs.evolve(promise.duty, how_soon=""))


def _alike(asked: Promise, answers: list[Promise]) -> bool:
    """Whether a promise has the very shape of a duty, among the schools that it is for."""
    return any(
        _among(one, asked).asked == asked.asked for one in answers if _read_alike(one, asked)
    )


def _read_alike(one: Promise, other: Promise) -> bool:
    """Whether two promises are read alike: how pupils are read is nothing to a school's duty."""
    subjects = {promise.duty.population.subject for promise in (one, other)}
    return subjects <= {"school", "trust"} or one.policy.readings == other.policy.readings


def _among(promise: Promise, asked: Promise) -> Promise:
    """A promise asked only of the schools that the duty is for: beyond them it is no matter."""
    population = promise.duty.population
    if population.subject == "trust":
        return promise
    tests = tuple(dict.fromkeys((*population.school, *asked.duty.population.school)))
    asked_of = attrs.evolve(population, school=tests)
    return _with_duty(promise, attrs.evolve(promise.duty, population=asked_of))


def _with_duty(promise: Promise, duty: Duty) -> Promise:
    return Promise(promise.policy, attrs.evolve(promise.obligation, duty=duty))
