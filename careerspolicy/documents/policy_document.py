"""A policy as the document that a trust or school would publish, before it is worded.

Every obligation in force stands exactly once in the main listing, with a number that the rest
refers to.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

import attrs

from careerspolicy.documents.selecting import can_apply, comes_round, deadlines, follows_an_event
from careerspolicy.model.policy import Obligation, Policy, Strength
from careerspolicy.model.schedule import Each, Once
from careerspolicy.vocabulary import benchmark_names

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from careerspolicy.documents.selecting import Audience, Deadline
    from careerspolicy.model.facts import School

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
class ListingPart:
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
    parts: tuple[ListingPart, ...]
    roles: Mapping[str, tuple[Listed, ...]]
    calendar: tuple[Due, ...]
    comes_round: tuple[Listed, ...]
    follows_events: tuple[Listed, ...]

    @property
    def main_listing(self) -> Iterator[Listed]:
        """Every promise once, in the order in which the document gives them."""
        yield from self.aims
        yield from _listed_in(self.parts)


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
    everything = policy.obligations
    applying, beyond = _parted(everything, lambda each: not own or can_apply(each, policy, school))
    aimed, rest = _parted(applying, lambda each: _aimed_at(each, policy))
    numbers = count(1)
    aims = _listed(aimed, numbers)
    parts = [*_parts(rest, audience, policy, by, numbers)]
    if beyond:
        parts.append(_beyond(school, _listed(beyond, numbers)))
    by_id = {item.obligation.id: item for item in (*aims, *_listed_in(parts))}
    in_order = [by_id[obligation.id] for obligation in applying]
    year = school.calendar.year_of(as_of)
    due = deadlines(attrs.evolve(policy, obligations=tuple(applying)), school, year)
    return PolicyDocument(
        policy=policy,
        audience=audience,
        school=school if own else None,
        as_of=as_of,
        year=year,
        aims=aims,
        parts=tuple(parts),
        roles=_roles(policy, in_order),
        calendar=_calendar(due, by_id),
        comes_round=tuple(item for item in in_order if comes_round(item.obligation, policy)),
        follows_events=tuple(item for item in in_order if follows_an_event(item.obligation)),
    )


def _parted(
    obligations: Iterable[Obligation], holds: Callable[[Obligation], bool]
) -> tuple[list[Obligation], list[Obligation]]:
    """Those of which something holds, and the rest."""
    parted: dict[bool, list[Obligation]] = {True: [], False: []}
    for obligation in obligations:
        parted[holds(obligation)].append(obligation)
    return parted[True], parted[False]


def _listed_in(parts: Iterable[ListingPart]) -> Iterator[Listed]:
    return (item for part in parts for section in part.sections for item in section.items)


def _aimed_at(obligation: Obligation, policy: Policy) -> bool:
    """Whether it is an aim: said with "should" and known only by somebody's word."""
    vouched = policy.vocabulary.kinds[obligation.duty.records.kind].silent
    return obligation.strength is Strength.SHOULD and vouched


def _beyond(school: School, items: tuple[Listed, ...]) -> ListingPart:
    heading = f"What does not apply at {school.name}"
    return ListingPart(heading=heading, sections=(Section(heading=heading, items=items),))


def _parts(
    obligations: Sequence[Obligation],
    audience: Audience,
    policy: Policy,
    by: Grouping,
    numbers: Iterator[int],
) -> Iterator[ListingPart]:
    """The main listing in its parts: what concerns the readers comes first."""
    headings = {True: f"What concerns {audience.title}", False: "The rest of the policy"}
    if audience.everyone:
        headings = {True: ""}
    for wanted, heading in headings.items():
        kept = [
            obligation
            for obligation in obligations
            if audience.everyone or audience.concerned(obligation, policy.vocabulary) is wanted
        ]
        if kept or audience.everyone:
            sections = tuple(_sections(kept, policy, by, numbers))
            yield ListingPart(heading=heading, sections=sections)


def _sections(
    obligations: Iterable[Obligation], policy: Policy, by: Grouping, numbers: Iterator[int]
) -> Iterator[Section]:
    """Promises under their headings, in the order of the headings."""
    headings, key = _headings(by, policy)
    grouped: dict[str, list[Obligation]] = {heading: [] for heading in headings.values()}
    for obligation in obligations:
        grouped[headings[key(obligation)]].append(obligation)
    for heading, kept in grouped.items():
        if kept:
            yield Section(heading=heading, items=_listed(kept, numbers))


def _listed(obligations: Iterable[Obligation], numbers: Iterator[int]) -> tuple[Listed, ...]:
    return tuple(Listed(number=next(numbers), obligation=obligation) for obligation in obligations)


# ---------------------------------------------------------------------------- headings


def _headings(
    by: Grouping, policy: Policy
) -> tuple[Mapping[Any, str], Callable[[Obligation], Hashable]]:
    """The headings of a grouping, in order, by their keys; and the key of a promise's own."""
    match by:
        case "benchmark":
            named = {n: f"Benchmark {n}: {name}" for n, name in benchmark_names().items()}
            outside = {None: "Promises outside the eight benchmarks"}
            return {**named, **outside}, lambda obligation: obligation.benchmark
        case "role":
            roles = {role: role_named(role, policy) for role in policy.vocabulary.roles}
            return roles, lambda obligation: obligation.who[0]
        case "deadline":
            return _PACES, lambda obligation: _pace(obligation, policy)


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
        return "attested"
    if isinstance(schedule, Each):
        return schedule.period
    if isinstance(schedule, Once) and schedule.end is None:
        return "open"
    return type(schedule).__name__.lower()


# ---------------------------------------------------------------------------- roles and calendar


def _roles(policy: Policy, listed: Sequence[Listed]) -> Mapping[str, tuple[Listed, ...]]:
    """Every role that owes something, and what it owes, alone or with others."""
    owed: dict[str, list[Listed]] = {role: [] for role in policy.vocabulary.roles}
    for item in listed:
        for role in item.obligation.who:
            owed[role].append(item)
    return {role_named(role, policy): tuple(items) for role, items in owed.items() if items}


def _calendar(due: Iterable[Deadline], by_id: Mapping[str, Listed]) -> tuple[Due, ...]:
    """A line a day and set of year groups."""
    lines: dict[tuple[date, tuple[int, ...]], list[Listed]] = {}
    for deadline in sorted(due, key=lambda deadline: (deadline.day, deadline.years)):
        lines.setdefault((deadline.day, deadline.years), []).append(by_id[deadline.obligation.id])
    return tuple(
        Due(day=day, years=years, items=tuple(items)) for (day, years), items in lines.items()
    )
