"""A policy as the document that a trust or school would publish, before it is worded.

Every obligation in force stands exactly once in the main listing, with a number that the rest
refers to.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

import attrs

from careerspolicy.documents.deadlines import (
    can_apply,
    comes_round,
    deadlines,
    follows_an_event,
)
from careerspolicy.model.policy import Strength
from careerspolicy.model.schedule import Always, Around, Each, Every, Kept, Once, Vaguely
from careerspolicy.vocabulary import benchmark_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from careerspolicy.documents.audiences import Audience
    from careerspolicy.model.facts import School
    from careerspolicy.model.policy import Obligation, Policy

Grouping: TypeAlias = Literal["benchmark", "role", "deadline"]

#: What the main listing can be arranged by; the first is the usual one.
GROUPINGS: Final[tuple[Grouping, ...]] = get_args(Grouping)


@attrs.frozen(kw_only=True)
class Listed:
    """One promise of the main listing, under its number."""

    number: int
    obligation: Obligation


@attrs.frozen(kw_only=True)
class Section:
    """A heading of the main listing and the promises under it."""

    heading: str
    items: tuple[Listed, ...]


@attrs.frozen(kw_only=True)
class Part:
    """A part of the main listing, section by section; `heading` is empty where one part is all."""

    heading: str
    sections: tuple[Section, ...]


@attrs.frozen(kw_only=True)
class Due:
    """One line of the calendar: a day, the year groups it is for, and the promises due by then."""

    day: date
    years: tuple[int, ...]
    items: tuple[Listed, ...]


@attrs.frozen(kw_only=True)
class PolicyDocument:
    """What the document says, part by part.

    `aims` are the promises that the policy only aims at and that people vouch for; they belong to
    the main listing. `year` is the calendar year in which the school year of the calendar begins.
    """

    policy: Policy
    audience: Audience
    school: School | None
    as_of: date
    year: int
    aims: tuple[Listed, ...]
    parts: tuple[Part, ...]
    roles: Mapping[str, tuple[Listed, ...]]
    calendar: tuple[Due, ...]
    comes_round: tuple[Listed, ...]
    follows_events: tuple[Listed, ...]

    @property
    def main_listing(self) -> Iterator[Listed]:
        """Every promise once, in the order in which the document gives them."""
        yield from self.aims
        for part in self.parts:
            for section in part.sections:
                yield from section.items


def policy_document(
    policy: Policy,
    school: School,
    *,
    audience: Audience,
    by: Grouping = "benchmark",
    as_of: date,
    own: bool = False,
) -> PolicyDocument:
    """The document of a policy, as it stands on the day `as_of`.

    `school` gives the year groups and the calendar; `own` says that the document is that school's
    own, so that promises which can't apply there are told apart.
    """
    policy = policy.in_force(as_of)
    applying, beyond = _applying(policy, school) if own else (policy.obligations, ())
    aims = [one for one in applying if _aimed_at(one, policy)]
    rest = [one for one in applying if not _aimed_at(one, policy)]
    numbers = count(1)
    listed_aims = _listed(aims, numbers)
    parts = [_part(*told, policy, by, numbers) for told in _parted(rest, audience, policy)]
    if beyond:
        heading = f"What does not apply at {school.name}"
        parts.append(Part(heading=heading, sections=(_section(heading, beyond, numbers),)))
    listed = (one for part in parts for section in part.sections for one in section.items)
    by_id = {one.obligation.id: one for one in (*listed_aims, *listed)}
    in_order, year = [by_id[one.id] for one in applying], school.calendar.year_of(as_of)
    return PolicyDocument(
        policy=policy,
        audience=audience,
        school=school if own else None,
        as_of=as_of,
        year=year,
        aims=listed_aims,
        parts=tuple(parts),
        roles=_roles(policy, in_order),
        calendar=_calendar(attrs.evolve(policy, obligations=applying), school, year, by_id),
        comes_round=tuple(one for one in in_order if comes_round(one.obligation, policy)),
        follows_events=tuple(one for one in in_order if follows_an_event(one.obligation)),
    )


def _applying(
    policy: Policy, school: School
) -> tuple[tuple[Obligation, ...], tuple[Obligation, ...]]:
    """The promises that can apply at a school, and those that can't."""
    can = [can_apply(one, policy, school) for one in policy.obligations]
    told = list(zip(policy.obligations, can, strict=True))
    return tuple(one for one, ok in told if ok), tuple(one for one, ok in told if not ok)


def _aimed_at(obligation: Obligation, policy: Policy) -> bool:
    """Whether it is an aim: said with "should" and known only by somebody's word."""
    vouched = policy.vocabulary.kinds[obligation.duty.records.kind].silent
    return obligation.strength is Strength.SHOULD and vouched


def _parted(
    obligations: Sequence[Obligation], audience: Audience, policy: Policy
) -> Iterator[tuple[str, list[Obligation]]]:
    """The main listing in its parts: what concerns the readers comes first."""
    if audience.everyone:
        yield "", list(obligations)
        return
    concern = [audience.concerned(one, policy.vocabulary) for one in obligations]
    for heading, wanted in (
        (f"What concerns {audience.title}", True),
        ("The rest of the policy", False),
    ):
        told = [one for one, does in zip(obligations, concern, strict=True) if does is wanted]
        if told:
            yield heading, told


def _part(
    heading: str,
    obligations: Iterable[Obligation],
    policy: Policy,
    by: Grouping,
    numbers: Iterator[int],
) -> Part:
    sections: dict[str, list[Obligation]] = {title: [] for title in _HEADINGS[by](policy)}
    for one in obligations:
        sections[_HEADING_OF[by](one, policy)].append(one)
    told = (_section(title, grouped, numbers) for title, grouped in sections.items() if grouped)
    return Part(heading=heading, sections=tuple(told))


def _section(heading: str, obligations: Iterable[Obligation], numbers: Iterator[int]) -> Section:
    return Section(heading=heading, items=_listed(obligations, numbers))


def _listed(obligations: Iterable[Obligation], numbers: Iterator[int]) -> tuple[Listed, ...]:
    return tuple(Listed(number=next(numbers), obligation=one) for one in obligations)


# ---------------------------------------------------------------------------- headings

_NO_BENCHMARK: Final = "Promises outside the eight benchmarks"


def _benchmark(obligation: Obligation, _policy: Policy) -> str:
    number = obligation.benchmark
    return f"Benchmark {number}: {benchmark_names()[number]}" if number else _NO_BENCHMARK


def _benchmarks(_policy: Policy) -> Iterator[str]:
    for number, name in benchmark_names().items():
        yield f"Benchmark {number}: {name}"
    yield _NO_BENCHMARK


def _role(obligation: Obligation, policy: Policy) -> str:
    """The first of those who owe it, in the document's own word."""
    return role_named(obligation.who[0], policy)


def _roles_in_order(policy: Policy) -> Iterator[str]:
    return (role_named(role, policy) for role in policy.vocabulary.roles)


def role_named(role: str, policy: Policy) -> str:
    """A role in the document's own word, as a heading: "Principal"."""
    word = policy.words.get(role, role)
    return word[:1].upper() + word[1:]


_PACES: Final = {
    "attested": "Standing promises",
    "once": "By an age, a year or a date",
    "kept": "For as long as it must be kept",
    "week": "Every week",
    "month": "Every month",
    "half term": "Every half term",
    "term": "Every term",
    "school year": "Every school year",
    "calendar year": "Every calendar year",
    "key stage": "Every key stage",
    "every": "Again and again, within a set time",
    "around": "Before, at or after something that happens",
    "always": "At all times",
    "vaguely": "As often as the policy's own words say",
    "open": "With no time set",
}


def _pace(obligation: Obligation, policy: Policy) -> str:
    schedule = obligation.duty.schedule
    if policy.vocabulary.kinds[obligation.duty.records.kind].silent:
        return _PACES["attested"]
    if isinstance(schedule, Each):
        return _PACES[schedule.period]
    if isinstance(schedule, Once):
        return _PACES["open" if schedule.end is None else "once"]
    return _PACES[_NAMES[type(schedule)]]


_NAMES: Final = {
    Every: "every", Around: "around", Always: "always", Kept: "kept", Vaguely: "vaguely",
}  # fmt: skip

_HEADINGS: Final[Mapping[Grouping, Callable[[Policy], Iterable[str]]]] = {
    "benchmark": _benchmarks,
    "role": _roles_in_order,
    "deadline": lambda _policy: _PACES.values(),
}
_HEADING_OF: Final[Mapping[Grouping, Callable[[Obligation, Policy], str]]] = {
    "benchmark": _benchmark,
    "role": _role,
    "deadline": _pace,
}


# ---------------------------------------------------------------------------- roles and calendar


def _roles(policy: Policy, listed: Sequence[Listed]) -> Mapping[str, tuple[Listed, ...]]:
    """Every role that owes something, and what it owes, alone or with others."""
    owed: dict[str, list[Listed]] = {role: [] for role in policy.vocabulary.roles}
    for one in listed:
        for role in one.obligation.who:
            owed[role].append(one)
    return {role_named(role, policy): tuple(told) for role, told in owed.items() if told}


def _calendar(
    policy: Policy, school: School, year: int, by_id: Mapping[str, Listed]
) -> tuple[Due, ...]:
    """A line a day and set of year groups."""
    lines: dict[tuple[date, tuple[int, ...]], list[Listed]] = {}
    for one in sorted(deadlines(policy, school, year), key=lambda one: (one.day, one.years)):
        lines.setdefault((one.day, one.years), []).append(by_id[one.obligation.id])
    return tuple(
        Due(day=day, years=years, items=tuple(items)) for (day, years), items in lines.items()
    )
