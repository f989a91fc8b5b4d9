"""A policy held against the law, obligation by obligation of the law.

Stands on the analysis, which decides what records can measure. The promises that may answer a duty
of the law are those on its topic, and on the topics that the law's file puts near it; together
they are held against the duty. What records cannot measure is left to a reader, but for its years.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.checks.rules.document_dates import own_date
from careerspolicy.checks.rules.years import span_of
from careerspolicy.comparison.merging.sameness import apart
from careerspolicy.english.answers import undecided_clause
from careerspolicy.errors import MissingExtra
from careerspolicy.extras import load
from careerspolicy.model.document import CitedKind
from careerspolicy.model.policy import Of, Strength
from careerspolicy.solver.promises import Promise, undecidable
from careerspolicy.solver.relations import relation
from careerspolicy.solver.solving import search

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from careerspolicy.model.policy import Obligation, Policy

#: What binds by itself; guidance and frameworks are to be regarded.
_BINDING: Final = (CitedKind.ACT, CitedKind.REGULATIONS)


class Standing(Enum):
    """How a policy stands to one duty of the law."""

    SILENT = "silent"
    WEAKER = "weaker"
    UNDECIDED = "undecided"
    KEPT = "kept"
    BEYOND = "beyond"


_UNMEASURED: Final = "No record measures it: whoever reads both has to judge."
_ENOUGH: Final = (Standing.KEPT, Standing.BEYOND)


@attrs.frozen(kw_only=True)
class Gap:
    """How a policy stands to one duty of the law.

    `promises` are what the policy has on the matter, `why` says in a sentence what the standing
    rests on where a witness does not, and `witnesses` are made-up histories that meet the policy
    and break the law (of `beyond`, that meet the law and break the policy).
    """

    law: Obligation
    standing: Standing
    promises: tuple[Obligation, ...] = ()
    why: str = ""
    witnesses: tuple[Any, ...] = ()

    @property
    def statutory(self) -> bool:
        """Whether an Act or regulations lay the duty down, as a must."""
        return self.law.strength is Strength.MUST and self.law.authority in _BINDING

    @property
    def short(self) -> bool:
        """Whether the policy promises less than the law asks, or nothing."""
        return self.standing in (Standing.SILENT, Standing.WEAKER)


@attrs.frozen(kw_only=True)
class AgainstLaw:
    """A policy held against the law as it stood on a day: a gap for each duty then in force.

    `apart` are the policy's promises on topics where the law asks nothing; `unsolved` says why no
    solver decided anything, if none did.
    """

    policy: Policy
    law: Policy
    on: date
    gaps: tuple[Gap, ...]
    apart: tuple[Obligation, ...]
    unsolved: str = ""

    @property
    def own_date(self) -> bool:
        """Whether the day is the policy's own date."""
        return self.on == date_of(self.policy)

    @property
    def falls_short(self) -> bool:
        """Whether the policy is weaker than, or silent on, a statutory duty."""
        return any(one.statutory and one.short for one in self.gaps)


def against_law(
    policy: Policy, law: Policy, days: Sequence[date], *, begin: Callable[[str], None] | None = None
) -> tuple[AgainstLaw, ...]:
    """Hold a policy against the law as it stood on each of some days.

    `begin` is called with the id of each duty before it is looked at, for showing progress.
    Without the solver of the extra "analysis", what it would have decided is left undecided.
    """
    unsolved = _unsolved()
    judge = _Judge(policy, law, unsolved)
    gaps: dict[str, Gap] = {}
    for duty in law.obligations:
        if any(duty.in_force.holds(day) for day in days):
            if begin:
                begin(duty.id)
            gaps[duty.id] = judge.gap(duty)
    return tuple(_on(day, policy, law.in_force(day), gaps, unsolved) for day in days)


def _on(
    day: date, policy: Policy, law: Policy, gaps: Mapping[str, Gap], unsolved: str
) -> AgainstLaw:
    met = {topic for one in law.obligations for topic in (one.topic, *one.near)}
    return AgainstLaw(
        policy=policy,
        law=law,
        on=day,
        gaps=tuple(gaps[one.id] for one in law.obligations),
        apart=tuple(one for one in policy.obligations if one.topic not in met),
        unsolved=unsolved,
    )


def date_of(policy: Policy) -> date | None:
    """The day that a policy's document bears: the first that it can be, or None."""
    own = own_date(policy.document)
    return own.first if own else None


@attrs.frozen
class _Judge:
    """Says how the policy stands to each duty of the law."""

    policy: Policy
    law: Policy
    unsolved: str

    def gap(self, duty: Obligation) -> Gap:
        """How the policy stands to one duty: a promise on its topic goes before one nearby."""
        asked = Promise(self.law, duty)
        own, nearby = self._on(duty.topic), self._on(*duty.near)
        if not own and not nearby:
            return self._unanswered(asked)
        if undecidable(_without_haste(asked)):
            gap = self._unmeasured(asked, own, nearby)
        else:
            gap = self._measured(asked, own or nearby)
            if own and nearby and gap.standing not in _ENOUGH:
                gap = self._measured(asked, [*own, *nearby])
        return attrs.evolve(gap, promises=tuple(one.obligation for one in own or nearby))

    def _on(self, *topics: str) -> list[Promise]:
        return [Promise(self.policy, one) for one in self.policy.obligations if one.topic in topics]

    def _unanswered(self, asked: Promise) -> Gap:
        """Silent; but a document that cites guidance may have the regard for it that is asked."""
        guidance = {
            one.name
            for one in self.policy.document.cites
            if one.kind is CitedKind.STATUTORY_GUIDANCE
        }
        duty = asked.obligation
        cited = [one.instrument for one in duty.source if one.instrument in guidance]
        if not cited or not _attested(asked):
            return Gap(law=duty, standing=Standing.SILENT)
        why = f"Nothing is promised, but the document cites the guidance ({cited[0]})."
        return Gap(law=duty, standing=Standing.UNDECIDED, why=why)

    def _unmeasured(self, asked: Promise, own: list[Promise], nearby: list[Promise]) -> Gap:
        """How promises stand to a duty that no record measures: by its terms, or its years."""
        duty, why = asked.obligation, _UNMEASURED if _attested(asked) else _told(asked)
        if not _attested(asked) and _alike(asked, [*own, *nearby]):
            return Gap(law=duty, standing=Standing.KEPT)
        law, spans = span_of(duty), [span_of(one.obligation) for one in own]
        if law and spans and all(one and not _covers(one, law) for one in spans):
            told = " and ".join(dict.fromkeys(_years(one) for one in spans if one))
            short = f"The policy is for {told}, the law for {_years(law)}."
            return Gap(law=duty, standing=Standing.WEAKER, why=short)
        if law and any(one and _covers(one, law) for one in spans):
            why = f"It has the law's years, {_years(law)}. {why}"
        return Gap(law=duty, standing=Standing.UNDECIDED, why=why)

    def _measured(self, asked: Promise, answers: list[Promise]) -> Gap:
        """How what the policy firmly promises stands to a duty, or else all that it promises."""
        firm = [one for one in answers if _firm(one.obligation, asked.obligation)]
        gap = self._held(asked, firm)
        if len(firm) == len(answers) or gap.standing in _ENOUGH:
            return gap
        softly = self._held(asked, answers)
        if softly.standing not in _ENOUGH:
            return gap if firm else softly
        soft = ", ".join(one.obligation.id for one in answers if one not in firm)
        strong = asked.obligation.strength.value
        why = f"The law says {strong}, and the policy only says it softly: {soft}."
        return Gap(law=asked.obligation, standing=Standing.WEAKER, why=why)

    def _held(self, asked: Promise, answers: list[Promise]) -> Gap:
        """How some promises together stand to a duty that records measure."""
        if _alike(asked, answers):
            return Gap(law=asked.obligation, standing=Standing.KEPT)
        plain = _without_haste(asked)
        promised = [_among(_without_haste(one), plain) for one in answers]
        why = self.unsolved or ""
        if promised and all(map(undecidable, promised)):
            why = _told(promised[0])
        if why:
            return Gap(law=asked.obligation, standing=Standing.UNDECIDED, why=_sentence(why))
        gap = _decided(plain, promised)
        why = " ".join(one for one in (gap.why, _haste(asked)) if one)
        return attrs.evolve(gap, law=asked.obligation, why=why)


def _decided(asked: Promise, answers: Sequence[Promise]) -> Gap:
    """How promises stand to a duty, by those that records measure."""
    duty = asked.obligation
    measured = [one for one in answers if not undecidable(one)]
    alike = [one for one in measured if not apart(one, asked)]
    together = search(alike or measured, asked)
    if together.why:
        return Gap(
            law=duty, standing=Standing.UNDECIDED, why=_sentence(undecided_clause(together.why))
        )
    if together.example is not None:
        left = [one.obligation.id for one in answers if one not in measured]
        why = f"Left out, since no record measures it: {', '.join(left)}." if left else ""
        example = (together.example.bare(),)
        return Gap(law=duty, standing=Standing.WEAKER, why=why, witnesses=example)
    return _enough(asked, alike)


def _enough(asked: Promise, measured: Sequence[Promise]) -> Gap:
    """Of promises that together bring all that a duty asks: whether one by itself asks more."""
    relations = [relation(one, asked) for one in measured]
    more = [one for one in relations if one.kind.value == "stricter"]
    if more and not any(one.kind.value == "equal" for one in relations):
        shown = more[0].witnesses
        return Gap(law=asked.obligation, standing=Standing.BEYOND, witnesses=shown)
    return Gap(law=asked.obligation, standing=Standing.KEPT)


def _unsolved() -> str:
    try:
        load("z3")
    except MissingExtra as error:
        return str(error)
    return ""


def _firm(one: Obligation, duty: Obligation) -> bool:
    """Whether a promise is as strong as the duty it answers.

    No should and no hedge will do for a must, and no may for a should.
    """
    if duty.strength is Strength.MUST:
        return one.strength is Strength.MUST and not one.hedge
    return one.strength is not Strength.MAY or duty.strength is Strength.MAY


def _without_haste(promise: Promise) -> Promise:
    """A promise but for how soon it is to be done, which stands in words and is not judged."""
    duty = attrs.evolve(promise.duty, how_soon="")
    return Promise(promise.policy, attrs.evolve(promise.obligation, duty=duty))


def _haste(asked: Promise) -> str:
    soon = asked.duty.how_soon
    return f'How soon is for a reader to judge: the law says "{soon}".' if soon else ""


def _attested(promise: Promise) -> bool:
    return promise.kind(promise.duty.records.kind).silent


def _told(promise: Promise) -> str:
    """Why no record decides a promise, as a sentence."""
    whose = "law" if promise.policy.of is Of.LAW else "policy"
    why = undecided_clause(undecidable(promise), within=promise.policy)
    return _sentence(f"in the {whose}, {why}")


def _alike(asked: Promise, answers: list[Promise]) -> bool:
    """Whether a promise has the very shape of a duty, among the schools that it is for."""
    return any(_among(one, asked).duty == asked.duty for one in answers if _read_alike(one, asked))


def _read_alike(one: Promise, other: Promise) -> bool:
    """Whether two promises are read alike: how pupils are read is nothing to a school's duty."""
    subjects = {promise.duty.population.subject for promise in (one, other)}
    return subjects <= {"school", "trust"} or one.policy.readings == other.policy.readings


def _among(promise: Promise, asked: Promise) -> Promise:
    """A promise asked only of the schools that the duty is for: beyond them it is no matter."""
    wanted = asked.duty.population.school
    population = promise.duty.population
    if population.subject == "trust":
        return promise
    tests = tuple(dict.fromkeys((*population.school, *wanted)))
    duty = attrs.evolve(promise.duty, population=attrs.evolve(population, school=tests))
    return Promise(promise.policy, attrs.evolve(promise.obligation, duty=duty))


def _covers(span: tuple[int, int], law: tuple[int, int]) -> bool:
    return span[0] <= law[0] and span[1] >= law[1]


def _years(span: tuple[int, int]) -> str:
    return f"Years {span[0]} to {span[1]}"


def _sentence(told: str) -> str:
    """Words as a sentence of their own."""
    return f"{told[0].upper()}{told[1:].rstrip('.')}." if told else ""
