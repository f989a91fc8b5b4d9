"""The law, duty by duty, and how a policy stands to each: the values, and what lint reads off them.

`against_law` works out the standings. Statements read the law here too. `policies/england.yaml` is
the one place in which the law stands.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from careerspolicy.calendar.school_calendar import KEY_STAGES
from careerspolicy.comparison.promises import apart, attested
from careerspolicy.english.answers import undecided_clause
from careerspolicy.loading import load_policy
from careerspolicy.model.document import CitedKind
from careerspolicy.model.document_dates import own_date
from careerspolicy.model.duty import Covers, Duty
from careerspolicy.model.policy import Obligation, Of, Policy, Strength
from careerspolicy.model.schedule import Always, Each, KeyStagePoint, Once, Point, YearPoint
from careerspolicy.solver.promises import Undecided

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from careerspolicy.solver.witnesses import Witness

#: The first and the last year group.
Span: TypeAlias = tuple[int, int]

#: What binds by itself; guidance and frameworks are to be regarded.
_BINDING: Final = (CitedKind.ACT, CitedKind.REGULATIONS)


class Compliance(Enum):
    """How a policy stands to one duty of the law."""

    SILENT = "silent"
    WEAKER = "weaker"
    UNDECIDED = "undecided"
    KEPT = "kept"
    BEYOND = "beyond"


class Ground(Enum):
    """What a standing rests on where no witness shows it, and how that is told."""

    GUIDANCE_CITED = "Nothing is promised, but the document cites the guidance ({said})."
    YEARS_LEFT_OUT = "The policy is for {said}, the law for {law}."
    YEARS_KEPT = "It has the law's years, {law}."
    SOFTLY = "The law says {law}, and the policy only says it softly: {said}."
    NOT_MEASURED = "No record measures it: whoever reads both has to judge."
    LEFT_OUT = "Left out, since no record measures it: {said}."
    HOW_SOON = 'How soon is for a reader to judge: the law says "{law}".'
    DOUBT = "{said}."


@attrs.frozen
class Note:
    """A ground, and what is said: by the policy (ids, years, a doubt about it), and by the law."""

    ground: Ground
    said: tuple[str | Span | Undecided, ...] = ()
    law: str | Span = ""

    def __str__(self) -> str:
        joint = " and " if self.ground is Ground.YEARS_LEFT_OUT else ", "
        facts = joint.join(map(_told, self.said))
        sentence = self.ground.value.format(said=facts, law=_told(self.law))
        return f"{sentence[0].upper()}{sentence[1:]}"


@attrs.frozen(kw_only=True)
class Gap:
    """How a policy stands to one duty of the law.

    `own` are what the policy promises on its topic, `nearby` what it promises near it. `notes` say
    what the standing rests on, and `witnesses` are made-up histories that meet the policy and break
    the law (of `beyond`, that meet the law and break the policy).
    """

    law: Obligation
    own: tuple[Obligation, ...] = ()
    nearby: tuple[Obligation, ...] = ()
    standing: Compliance
    notes: tuple[Note, ...] = ()
    witnesses: tuple[Witness, ...] = ()

    @property
    def promises(self) -> tuple[Obligation, ...]:
        """What the policy has on the matter: a promise on its topic goes before one nearby."""
        return self.own or self.nearby

    @property
    def why(self) -> str:
        """What the standing rests on, in sentences."""
        return " ".join(map(str, self.notes))

    @property
    def statutory(self) -> bool:
        """Whether an Act or regulations lay the duty down, as a must."""
        return statutory(self.law)

    @property
    def short(self) -> bool:
        """Whether the policy promises less than the law asks, or nothing."""
        return self.standing in (Compliance.SILENT, Compliance.WEAKER)

    @property
    def soft(self) -> tuple[Obligation, ...]:
        """The promises of the very duty that are softer than it.

        Of what no record measures those that are for a span of years as it is, or every promise on
        its topic if none of them is firm: else which of them is the duty itself can't be told.
        """
        law, soft = self.law, [one for one in self.own if not firm(one, self.law)]
        if not attested(law.duty):
            return tuple(one for one in soft if _of_one_matter(one.duty, law.duty))
        alone = len(soft) == len(self.own)
        return tuple(one for one in soft if alone or (span(one) and span(law)))


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
        return any(gap.statutory and gap.short for gap in self.gaps)


@lru_cache(maxsize=1)
def english_law() -> Policy:
    """The law of England as it is shipped: what a policy or a statement is held to, unless told."""
    return load_policy("england")


def statutory(duty: Obligation) -> bool:
    """Whether an Act or regulations lay a duty down, as a must."""
    return duty.strength is Strength.MUST and duty.authority in _BINDING


def binding(law: Policy, policy: Policy) -> Policy:
    """The duties of a law that can bind the schools of a policy: those of a trust are academies."""
    if policy.of is Of.LAW:
        return law
    duties = tuple(duty for duty in law.obligations if _binds_academies(duty))
    return attrs.evolve(law, obligations=duties)


def _binds_academies(duty: Obligation) -> bool:
    """Whether no test of the sort of school leaves academies out."""
    tests = duty.duty.population.school
    return all(test.attribute != "type" or test.holds("academy") for test in tests)


def date_of(policy: Policy) -> date | None:
    """The day that a policy's document bears: the first that it can be, or None."""
    own = own_date(policy.document)
    return own.first if own else None


def span(obligation: Obligation) -> Span | None:
    """The first and last year group that an obligation is for, where it has both.

    They are its population's, or else its window's.
    """
    years = obligation.duty.population.years
    if years:
        return (years[0], years[-1])
    schedule = obligation.duty.schedule
    if isinstance(schedule, (Once, Each, Always)):
        first, last = _year(schedule.start, 0), _year(schedule.end, -1)
        if first is not None and last is not None:
            return (first, last)
    return None


def in_years(years: Span) -> str:
    """A span in words.

    >>> in_years((7, 13))
    'Years 7 to 13'
    """
    return f"Years {years[0]} to {years[1]}"


def sums(law: Policy) -> Mapping[str, tuple[Obligation, ...]]:
    """The duties that add up, by the topic of their sum: one near which the law has several.

    Each asks for a number of records of one kind in year groups of its own, in their order, and the
    law has no duty on the sum itself.
    """
    parts_of: dict[str, list[Obligation]] = {}
    for obligation in law.obligations:
        for topic in obligation.near if obligation.duty.bound.at_least and span(obligation) else ():
            parts_of.setdefault(topic, []).append(obligation)
    for obligation in law.obligations:
        parts_of.pop(obligation.topic, None)
    return {
        topic: tuple(parts)
        for topic, parts in parts_of.items()
        if len(parts) > 1 and len({part.duty.records.kind for part in parts}) == 1
    }


def covers(years: Span, wanted: Span) -> bool:
    """Whether some years hold all of others."""
    return years[0] <= wanted[0] and years[1] >= wanted[1]


def firm(promise: Obligation, duty: Obligation) -> bool:
    """Whether a promise is as strong as the duty it answers; no hedge will do for a must."""
    hedged = bool(promise.hedge) and duty.strength is Strength.MUST
    return promise.strength.weight >= duty.strength.weight and not hedged


def _of_one_matter(one: Duty, other: Duty) -> bool:
    """Whether two are of the same records, and, if both list values, share some of them."""
    mine, wanted = one.measure, other.measure
    if isinstance(mine, Covers) and isinstance(wanted, Covers):
        shared = wanted.shown(mine.values) or mine.shown(wanted.values)
        return bool(shared) and not apart(one, other)
    return not apart(one, other)


def _told(said: str | Span | Undecided) -> str:
    """What a note holds, in words."""
    if isinstance(said, Undecided):
        if not said.promises:
            return undecided_clause(said)
        policy = said.promises[0].policy
        whose = "law" if policy.of is Of.LAW else "policy"
        return f"in the {whose}, {undecided_clause(said, within=policy)}"
    return said if isinstance(said, str) else in_years(said)


def _year(point: Point | None, end: int) -> int | None:
    if isinstance(point, YearPoint):
        return point.year
    return KEY_STAGES[point.key_stage][end] if isinstance(point, KeyStagePoint) else None
