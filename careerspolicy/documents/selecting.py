"""What a policy document picks out: the promises that concern its readers, and what falls due when.

The audiences stand in `audiences.yaml` beside this module. The days of the calendar come from the
evaluator's own windows, opened for one made-up pupil of each year group.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs
import yaml

from careerspolicy.evaluation.lives import Life, NotKnownError
from careerspolicy.evaluation.membership import of_school
from careerspolicy.evaluation.windows import pupil_windows, school_windows
from careerspolicy.model.facts import Pupil, School
from careerspolicy.model.schedule import Around, Each, Every, Once

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from careerspolicy.calendar.school_calendar import Window
    from careerspolicy.model.duty import Duty
    from careerspolicy.model.policy import Obligation, Policy
    from careerspolicy.model.population import Condition
    from careerspolicy.vocabulary import Kind, Vocabulary


@attrs.frozen(kw_only=True)
class Audience:
    """Readers of a policy document; one with no roles, subjects, kinds or topics is everyone.

    `evidence` says that they are told how it is known that a promise is kept.
    """

    name: str
    title: str
    roles: frozenset[str] = attrs.field(converter=frozenset)
    subjects: frozenset[str] = attrs.field(default=(), converter=frozenset)
    kinds: frozenset[str] = attrs.field(default=(), converter=frozenset)
    topics: tuple[str, ...] = attrs.field(default=(), converter=tuple)
    evidence: bool = False

    @property
    def everyone(self) -> bool:
        """Whether the document is for no readers in particular."""
        return not (self.roles or self.subjects or self.kinds or self.topics)

    def concerned(self, obligation: Obligation, vocabulary: Vocabulary) -> bool:
        """Whether a promise concerns these readers."""
        duty = obligation.duty
        return (
            not self.roles.isdisjoint((*obligation.who, *obligation.to))
            or duty.population.subject in self.subjects
            or duty.records.kind in self.kinds
            or obligation.topic.startswith(self.topics or ("\0",))
            or not self.roles.isdisjoint(_roles_of(duty, vocabulary))
        )


@lru_cache(maxsize=1)
def audiences() -> Mapping[str, Audience]:
    """Every audience by its name."""
    tree = yaml.safe_load(files(__package__).joinpath("audiences.yaml").read_text("utf-8"))
    return MappingProxyType({name: Audience(name=name, **slots) for name, slots in tree.items()})


def _roles_of(duty: Duty, vocabulary: Vocabulary) -> Iterator[str]:
    """The roles that the records tell of, but for who attests: that is how it's known."""
    kind = vocabulary.kinds[duty.records.kind]
    if not kind.silent:
        yield from _named(duty.records.where, kind)
    if isinstance(duty.schedule, Around):
        yield from _named(duty.schedule.where, vocabulary.kinds[duty.schedule.event])


def _named(conditions: Iterable[Condition], kind: Kind) -> Iterator[str]:
    for condition in conditions:
        if kind.attributes[condition.attribute].of_roles:
            yield from map(str, condition.one_of or condition.all_of or ())


#: Periods that come round too often for each of their ends to stand in a calendar.
_OFTEN = ("month", "week")


@attrs.frozen(kw_only=True)
class Deadline:
    """The last day for one promise, and the year groups whose pupils it is for.

    `years` is empty where the school or trust itself owes it.
    """

    day: date
    obligation: Obligation
    years: tuple[int, ...] = ()


def deadlines(policy: Policy, school: School, year: int) -> tuple[Deadline, ...]:
    """What falls due in the school year begun in `year`, by day and then in the policy's order."""
    within = school.calendar.school_year(year)
    due = [one for each in policy.obligations for one in _of(each, policy, school, within)]
    return tuple(sorted(due, key=lambda deadline: deadline.day))


def comes_round(obligation: Obligation, policy: Policy) -> bool:
    """Whether a promise comes round at its own pace, with no day in the calendar for it."""
    duty = obligation.duty
    if policy.vocabulary.kinds[duty.records.kind].silent:
        return False
    often = isinstance(duty.schedule, Each) and duty.schedule.period in _OFTEN
    return often or isinstance(duty.schedule, Every)


def follows_an_event(obligation: Obligation) -> bool:
    """Whether a promise falls due around something that happens."""
    return isinstance(obligation.duty.schedule, Around)


def can_apply(obligation: Obligation, policy: Policy, school: School) -> bool:
    """Whether anything could ever be owed at a school: by what it is, and the years it teaches."""
    population = obligation.duty.population
    if of_school(population, school).belongs is False:
        return False
    taught = range(school.lowest_year, school.highest_year + 1)
    if population.subject != "pupil":
        return not population.years or not set(taught).isdisjoint(population.years)
    if isinstance(obligation.duty.schedule, (Every, Around)):
        return not population.years or not set(taught).isdisjoint(population.years)
    lives = (_life(policy, school, group) for group in taught)
    return any(
        not window.meet(life.at_school).empty
        for life in lives
        for window in _opened(obligation, life)
    )


def _of(
    obligation: Obligation, policy: Policy, school: School, within: Window
) -> Iterator[Deadline]:
    duty = obligation.duty
    if not _ends(obligation) or comes_round(obligation, policy):
        return
    if duty.population.subject != "pupil":
        windows = () if within.end is None else _school(obligation, school, within.end)
        for day in _ending(windows, within):
            yield Deadline(day=day, obligation=obligation)
        return
    years: dict[date, list[int]] = {}
    for group in range(school.lowest_year, school.highest_year + 1):
        for day in _ending(_opened(obligation, _life(policy, school, group)), within):
            years.setdefault(day, []).append(group)
    for day, groups in years.items():
        yield Deadline(day=day, obligation=obligation, years=tuple(groups))


def _ends(obligation: Obligation) -> bool:
    """Whether something in the promise itself ends its windows, and not only a pupil's leaving."""
    duty = obligation.duty
    if isinstance(duty.schedule, Once):
        narrowed = duty.population.years or duty.population.ages
        return duty.schedule.end is not None or bool(narrowed)
    return isinstance(duty.schedule, Each)


def _school(obligation: Obligation, school: School, last: date) -> Iterable[Window]:
    if obligation.duty.population.subject not in ("school", "trust"):
        return ()
    since = school.calendar.school_year(school.calendar.year_of(last)).start
    return school_windows(obligation.duty, school.calendar, since, last)


def _life(policy: Policy, school: School, group: int) -> Life:
    """A made-up pupil who is in a year group in the school's own year (`as_at`).

    They joined on the first day of its lowest year.
    """
    calendar = school.calendar
    began = calendar.year_of(school.as_at) - group + school.lowest_year
    joined = calendar.school_year(began).start
    pupil = Pupil(id="", school=school.urn, year_group=group, joined=joined)
    return Life(pupil, school, policy.readings)


def _opened(obligation: Obligation, life: Life) -> Iterable[Window]:
    """A pupil's windows; without a birthday, those that hang on one fall anywhere in the year."""
    try:
        return pupil_windows(obligation.duty, life)
    except NotKnownError:
        return (life.at_school,)


def _ending(windows: Iterable[Window], within: Window) -> Iterator[date]:
    for day in dict.fromkeys(window.end for window in windows):
        if day is not None and within.holds(day):
            yield day
