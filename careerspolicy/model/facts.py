"""The facts model: schools, pupils, and dated records of what happened.

Readers build these values; evaluation asks them. All are frozen. A value that is not known is None
(or missing from `attributes`), which is not the same as "no".
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

import attrs

from careerspolicy.calendar.school_calendar import SchoolCalendar, Window, year_group_in
from careerspolicy.vocabulary.names import identity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sized

    from careerspolicy.errors import Problem
    from careerspolicy.model.account import SheetAccount
    from careerspolicy.vocabulary import Value

_Key = TypeVar("_Key")
_Grouped = TypeVar("_Grouped")
Thing: TypeAlias = Literal["pupil", "school", "trust"]

#: The last year group of the primary phase and the first of the two above it.
_LAST_PRIMARY, _FIRST_SECONDARY, _FIRST_OF_SIXTH_FORM = 6, 7, 12

#: A pupil who joins within so long of leaving another school has missed no term.
_LONGEST_HOLIDAY = timedelta(weeks=9)

_NOTHING: Mapping[str, Value] = MappingProxyType({})


def _how_many(values: Sized) -> str:
    """How many there are, where writing them all out would fill a screen."""
    return f"<{len(values)}>"


def phases_taught(lowest_year: int, highest_year: int) -> dict[str, bool]:
    """What follows of a school, unless it says otherwise, from the year groups that it teaches.

    >>> phases_taught(7, 11)
    {'primary_years': False, 'secondary_years': True, 'sixth_form': False}
    """
    return {
        "primary_years": lowest_year <= _LAST_PRIMARY,
        "secondary_years": highest_year >= _FIRST_SECONDARY,
        "sixth_form": highest_year >= _FIRST_OF_SIXTH_FORM,
    }


@attrs.frozen(kw_only=True)
class School:
    """A school: its register entry, its calendar, and for which days each kind of record is known.

    `as_at` is the day its facts were exported: nothing is known of later days, and recorded year
    groups are those of that school year, unless `promoted` says that they were moved on already (1)
    or not yet (-1). A kind that `complete_since` doesn't name is complete from
    the start if facts list it at all; one that `complete_until` names is complete until that day
    rather than until `as_at`.
    """

    urn: str
    name: str
    trust: str
    lowest_year: int
    highest_year: int
    as_at: date
    calendar: SchoolCalendar = attrs.field(factory=SchoolCalendar)
    promoted: int = 0
    complete_since: Mapping[str, date] = attrs.field(factory=dict)
    complete_until: Mapping[str, date] = attrs.field(factory=dict)
    attributes: Mapping[str, Value] = _NOTHING

    def complete(self, kind: str) -> Window:
        """The days of which every record of a kind that the school has is known, if any is."""
        until = self.complete_until.get(kind, self.as_at)
        return Window(self.complete_since.get(kind), until)


@attrs.frozen(kw_only=True)
class Pupil:
    """A pupil's stay on a school's roll, from `joined` to `left`, known by an opaque id only.

    Who moves from one school of the facts to another has a stay at each, under one id.

    `year_group` is the recorded year group in the school year of the school's `as_at`, or in the
    one in which the pupil left if that is earlier; it wins over the one that the date of birth
    gives, since some pupils are taught out of cohort.
    """

    id: str
    school: str
    born: date | None = None
    year_group: int | None = None
    joined: date | None = None
    left: date | None = None
    attributes: Mapping[str, Value] = _NOTHING

    def year_group_in(self, year: int, school: School) -> int | None:
        """The year group in the school year begun in `year`; None when nothing says.

        Recorded year groups move on by one each school year.
        """
        if self.year_group is not None:
            return self.year_group + year - self.recorded_in(school)
        return None if self.born is None else year_group_in(self.born, year)

    def recorded_in(self, school: School) -> int:
        """The school year, by the calendar year it begins in, of which a year group is recorded."""
        recorded = school.calendar.year_of(school.as_at) + school.promoted
        if self.left is None:
            return recorded
        return min(school.calendar.year_of(self.left), recorded)


@attrs.frozen(weakref_slot=False)
class Record:
    """Something that happened on the day `start`, or was in force from it until `until`.

    It belongs to the pupil, school or trust whose id is `owner`. `about` is the id of another
    record that this one is about. `place` is where it was read from. `numbered` says that its id
    was made up, so that people know it by its day.
    """

    kind: str
    of: Thing
    owner: str
    start: date
    id: str
    until: date | None = None
    about: str = ""
    attributes: Mapping[str, Value] = _NOTHING
    place: str = attrs.field(default="", eq=False)
    numbered: bool = False

    def in_force(self, day: date) -> bool:
        """Whether it was in force on a day."""
        return self.start <= day and (self.until is None or day <= self.until)


@attrs.frozen(kw_only=True)
class Waiver:
    """A named role's decision that an obligation does not bind a subject for a while.

    `place` is where it was read from.
    """

    obligation: str
    subject: str
    by: str
    reason: str
    start: date
    until: date
    place: str = attrs.field(default="", eq=False)

    def holds(self, obligation: str, subject: str, day: date) -> bool:
        """Whether it waives that obligation for that subject on a day; an expired one does not."""
        return (
            self.obligation == obligation
            and self.subject == subject
            and self.start <= day <= self.until
        )


@attrs.frozen(kw_only=True)
class Facts:
    """All that is known, ready to be evaluated.

    `known_kinds` are the kinds that facts list at all: an empty list says none happened, a missing
    one that it isn't known. `aliases` have, by the identity of another name, the name that records
    give. `warnings` are what the reader saw and kept; `rejected` counts the rows
    that it could not use. The `account` has every sheet that was given, and what became of it.
    """

    schools: tuple[School, ...]
    pupils: tuple[Pupil, ...] = attrs.field(default=(), repr=_how_many)
    records: tuple[Record, ...] = attrs.field(default=(), repr=_how_many)
    waivers: tuple[Waiver, ...] = ()
    known_kinds: frozenset[str] = attrs.field(default=frozenset(), repr=_how_many)
    aliases: Mapping[str, str] = attrs.field(factory=dict, repr=_how_many)
    warnings: tuple[Problem, ...] = attrs.field(default=(), repr=_how_many)
    rejected: int = 0
    account: tuple[SheetAccount, ...] = attrs.field(default=(), repr=_how_many, eq=False)

    @cached_property
    def school_by_urn(self) -> Mapping[str, School]:
        """Schools by their URN."""
        return MappingProxyType({school.urn: school for school in self.schools})

    @cached_property
    def trusts(self) -> tuple[str, ...]:
        """The names of the trusts that the schools belong to, in order of first mention."""
        first = {identity(school.trust): school.trust for school in reversed(self.schools)}
        return tuple(dict.fromkeys(first[identity(school.trust)] for school in self.schools))

    def in_trust(self, trust: str) -> tuple[School, ...]:
        """The schools of a trust, however its name is spelt."""
        return tuple(one for one in self.schools if identity(one.trust) == identity(trust))

    @cached_property
    def stays(self) -> Mapping[str, tuple[Pupil, ...]]:
        """Each pupil's stays by the pupil's id, in the order in which they began."""
        in_order = sorted(self.pupils, key=lambda pupil: str(pupil.joined or ""))
        return _grouped(in_order, lambda pupil: pupil.id)

    @cached_property
    def pupil_by_id(self) -> Mapping[str, Pupil]:
        """Pupils by their id, where they are now: the last stay of several."""
        return MappingProxyType({name: stays[-1] for name, stays in self.stays.items()})

    def stay_on(self, pupil: str, day: date) -> Pupil | None:
        """The stay in which a day of a pupil's falls: of several, the last begun by then."""
        stays = self.stays.get(pupil, ())
        begun = [stay for stay in stays if stay.joined is None or stay.joined <= day]
        return next(reversed(begun or stays), None)

    def stay_before(self, pupil: Pupil) -> Pupil | None:
        """The stay from which a pupil came straight over to another, with a holiday between."""
        stays = self.stays[pupil.id]
        place = stays.index(pupil)
        before = stays[place - 1] if place else None
        if before is None or before.left is None or pupil.joined is None:
            return None
        return before if pupil.joined - before.left <= _LONGEST_HOLIDAY else None

    @cached_property
    def by_owner(self) -> Mapping[tuple[str, str], Mapping[str, tuple[Record, ...]]]:
        """Records by (thing, owner's id), then by kind, each in date order.

        A trust's go by what is the same for every spelling of its name.
        """
        owned = _grouped(self._in_date_order, _owner)
        return {
            owner: _grouped(records, lambda record: record.kind) for owner, records in owned.items()
        }

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[Record, ...]]:
        """Records by kind, in date order."""
        return _grouped(self._in_date_order, lambda record: record.kind)

    @cached_property
    def by_about(self) -> Mapping[str, tuple[Record, ...]]:
        """Records by the id of the record that they are about, in date order."""
        about = (record for record in self._in_date_order if record.about)
        return _grouped(about, lambda record: record.about)

    @cached_property
    def _in_date_order(self) -> list[Record]:
        return sorted(self.records, key=lambda record: (record.start, record.id))


def _owner(record: Record) -> tuple[str, str]:
    return record.of, identity(record.owner) if record.of == "trust" else record.owner


def _grouped(
    values: Iterable[_Grouped], key: Callable[[_Grouped], _Key]
) -> dict[_Key, tuple[_Grouped, ...]]:
    groups: defaultdict[_Key, list[_Grouped]] = defaultdict(list)
    for value in values:
        groups[key(value)].append(value)
    return {name: tuple(group) for name, group in groups.items()}
