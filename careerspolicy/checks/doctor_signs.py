"""Signs in facts as they stand that no single row shows: twins, cohorts, days, what nobody has.

Values only: `views/doctor` has the words, and `doctor` what hangs on each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.calendar.school_calendar import year_group_in
from careerspolicy.evaluation.findings import UNMET
from careerspolicy.readers.spellings import nearly_alike
from careerspolicy.vocabulary.names import identity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from careerspolicy.evaluation import Finding
    from careerspolicy.model.facts import Facts, Pupil, Record, School
    from careerspolicy.vocabulary import Vocabulary

#: How far from the export a record's day may lie, in years before and days after.
_YEARS_BEFORE: Final = 20
_DAYS_AFTER: Final = timedelta(days=731)
#: A year group with fewer dates of birth says nothing of itself.
_COHORT: Final = 5
#: How near to the turn of a school year an export may have its year groups moved on, or not yet.
_AT_THE_TURN: Final = timedelta(days=45)
#: What ages of compulsory and sixth-form schooling come to in year groups.
_YOUNGEST_AGE, _OLDEST_AGE = 4, 5
#: What says that a record is of something that was not in school that day.
_ELSEWHERE: Final = {"attended": False, "visit": True, "school_day": False}


@attrs.frozen
class Sign:
    """One sort of thing that looks wrong: how many there are, and where or who they are.

    `mended` is the facts as they would be; or, where they can't be worked out, `rests` says which
    findings rest on what is doubtful. `rows` are the places or ids in question, by which one sign
    explains another.
    """

    code: str
    count: int
    examples: tuple[tuple[str, ...], ...] = attrs.field(default=(), repr=False)
    mended: Facts | None = attrs.field(default=None, repr=False, kw_only=True)
    rests: Callable[[Finding], bool] | None = attrs.field(default=None, repr=False, kw_only=True)
    rows: Iterable[str] = attrs.field(default=(), repr=False, kw_only=True)


def without(facts: Facts, ids: Iterable[str]) -> Facts:
    """The facts without some records."""
    gone = {*ids}
    return attrs.evolve(facts, records=tuple(one for one in facts.records if one.id not in gone))


def of_pupils(ids: Iterable[str]) -> Callable[[Finding], bool]:
    """Whether a finding about some pupils could be another if they were."""
    known = {*ids}
    return lambda finding: finding.subject.pupil in known and finding.verdict in UNMET


@attrs.frozen
class Signs:
    """Some facts, looked at for signs."""

    facts: Facts
    vocabulary: Vocabulary

    def all(self) -> Iterator[Sign]:
        """Every sign."""
        yield from self._twice()
        yield from self._pupils_twice()
        yield from self._days()
        for school in self.facts.schools:
            pupils = [one for one in self.facts.pupils if one.school == school.urn]
            if not pupils:
                rests = _of_school(school)
                yield Sign("school-without-pupils", 1, ((school.name,),), rests=rests)
                continue
            yield from self._year_groups(school, pupils)
            yield from self._silent(school, pupils)

    def _twice(self) -> Iterator[Sign]:
        """Records that are likely one: of one owner, kind and day, and alike in what they say."""
        told = {one.about[0] for one in self.facts.warnings if one.code == "same-row"}
        alike: defaultdict[tuple[Any, ...], list[Record]] = defaultdict(list)
        for record in self.facts.records:
            if record.place not in told:
                key = record.kind, record.of, record.owner, record.start, record.until, record.about
                alike[key].append(record)
        twins = {
            later.id: (earlier, later)
            for same in alike.values()
            for earlier, later in combinations(same, 2)
            if self._may_be_one(earlier, later)
        }
        if twins:
            places = tuple((later.place, earlier.place) for earlier, later in twins.values())
            yield Sign("likely-twice", len(twins), places, mended=without(self.facts, twins))

    def _may_be_one(self, one: Record, other: Record) -> bool:
        if one.attributes == other.attributes:
            return one.numbered or other.numbered
        kind, both = self.vocabulary.kinds[one.kind], one.attributes.keys() & other.attributes
        names = {
            name
            for name in both - {kind.identity}
            if name in kind.attributes and kind.attributes[name].words.by_name
        }
        return bool(names) and all(
            _alike(_as_names(one.attributes[name]), _as_names(other.attributes[name]))
            if name in names
            else one.attributes[name] == other.attributes[name]
            for name in both
        )

    def _pupils_twice(self) -> Iterator[Sign]:
        """Pupils alike in all but the id, if that is nearly one, or one of them has no records."""
        alike: defaultdict[tuple[Any, ...], list[Pupil]] = defaultdict(list)
        for pupil in self.facts.pupils:
            if pupil.born is not None:
                said = frozenset((name, value) for name, value in pupil.attributes.items())
                key = pupil.school, pupil.born, pupil.year_group, pupil.joined, pupil.left, said
                alike[key].append(pupil)
        silent = {
            one.id for one in self.facts.pupils if ("pupil", one.id) not in self.facts.by_owner
        }
        pairs = {
            later.id: earlier.id
            for same in alike.values()
            for earlier, later in combinations(same, 2)
            if earlier.id != later.id
            and (_bare(earlier.id) == _bare(later.id) or len({earlier.id, later.id} & silent) == 1)
        }
        if pairs:
            pupils = tuple(one for one in self.facts.pupils if one.id not in pairs)
            records = tuple(
                attrs.evolve(one, owner=pairs[one.owner])
                if one.of == "pupil" and one.owner in pairs
                else one
                for one in self.facts.records
            )
            mended = attrs.evolve(self.facts, pupils=pupils, records=records)
            yield Sign("pupil-twice", len(pairs), tuple(pairs.items()), mended=mended)

    def _days(self) -> Iterator[Sign]:
        """Days that are far out, or on which the school was shut."""
        far, shut = [], []
        told = {one.about[0] for one in self.facts.warnings if one.code == "shut-day"}
        for record in self.facts.records:
            school = self._school_of(record)
            if school is None:
                continue
            before, after = school.as_at.year - _YEARS_BEFORE, school.as_at + _DAYS_AFTER
            if record.start.year < before or record.start > after:
                far.append(record)
            elif (
                self.vocabulary.kinds[record.kind].in_school
                and record.place not in told
                and not any(record.attributes.get(k) is v for k, v in _ELSEWHERE.items())
                and not school.calendar.is_school_day(record.start)
            ):
                shut.append(record)
        for code, records in (("far-date", far), ("school-shut", shut)):
            if records:
                places = tuple((one.place, str(one.start)) for one in records)
                mended = without(self.facts, (one.id for one in records))
                rows = [one.place for one in records]
                yield Sign(code, len(records), places, mended=mended, rows=rows)

    def _school_of(self, record: Record) -> School | None:
        if record.of == "pupil":
            stay = self.facts.stay_on(record.owner, record.start)
            return self.facts.school_by_urn.get(stay.school) if stay else None
        return self.facts.school_by_urn.get(record.owner)

    def _year_groups(self, school: School, pupils: Sequence[Pupil]) -> Iterator[Sign]:
        """Year groups that are ages, one year out, or those of another year than they are read."""
        here = [one for one in pupils if one.left is None and one.year_group is not None]
        taught = range(school.lowest_year, school.highest_year + 1)
        outside = [one for one in here if one.year_group not in taught]
        lowest, highest = school.lowest_year - _YOUNGEST_AGE, school.highest_year - _OLDEST_AGE
        as_ages = range(lowest, highest + 1)
        if outside and 2 * len(outside) >= len(here) and all(p.year_group in as_ages for p in here):
            own = attrs.evolve(school, lowest_year=max(lowest, 0), highest_year=highest)
            rows, mended = [one.id for one in outside], self._with_school(own)
            yield Sign("ages", len(outside), ((school.name,),), mended=mended, rows=rows)
        yield from self._cohorts(school, here)
        yield from self._leavers(school, [one for one in pupils if one.left is not None])
        if here and all(one.born is None for one in here) and not school.promoted:
            year = school.calendar.school_year(school.calendar.year_of(school.as_at))
            ending = year.end is not None and year.end - school.as_at < _AT_THE_TURN
            begun = year.start is not None and school.as_at - year.start < _AT_THE_TURN / 3
            if ending or begun:
                own = attrs.evolve(school, promoted=1 if ending else -1)
                code = "rolled-over" if ending else "not-rolled-over"
                example = ((school.name, str(school.as_at)),)
                yield Sign(code, len(here), example, mended=self._with_school(own))

    def _cohorts(self, school: School, pupils: Iterable[Pupil]) -> Iterator[Sign]:
        groups: defaultdict[int, list[Pupil]] = defaultdict(list)
        for pupil in pupils:
            if pupil.born is not None and pupil.year_group is not None:
                groups[pupil.year_group].append(pupil)
        out: defaultdict[int, list[int]] = defaultdict(list)
        for group, own in sorted(groups.items()):
            offs = Counter(group - _by_birth(pupil, school) for pupil in own)
            off, most = offs.most_common(1)[0]
            if off and most >= _COHORT and 2 * most > len(own):
                out[off].append(group)
        for cohorts in out.values():
            ids = {pupil.id for group in cohorts for pupil in groups[group]}
            examples = tuple((school.name, str(group)) for group in cohorts)
            yield Sign("cohort", len(ids), examples, mended=self._by_birth(ids), rows=ids)

    def _leavers(self, school: School, pupils: Iterable[Pupil]) -> Iterator[Sign]:
        """Leavers whose year group was counted on to the day of the export."""
        on = [
            pupil
            for pupil in pupils
            if pupil.born is not None and pupil.year_group is not None and pupil.left is not None
            and pupil.year_group != _by_birth(pupil, school)
            and pupil.year_group
            == year_group_in(pupil.born, school.calendar.year_of(school.as_at))
        ]  # fmt: skip
        if on:
            ids = {pupil.id for pupil in on}
            named = tuple((name,) for name in sorted(ids))
            yield Sign("leavers-year", len(ids), named, mended=self._by_birth(ids), rows=ids)

    def _by_birth(self, ids: set[str]) -> Facts:
        pupils = (
            attrs.evolve(one, year_group=None) if one.id in ids else one
            for one in self.facts.pupils
        )
        return attrs.evolve(self.facts, pupils=tuple(pupils))

    def _silent(self, school: School, pupils: Iterable[Pupil]) -> Iterator[Sign]:
        """Year groups of whom nothing at all is recorded, where something is of others."""
        year = school.calendar.year_of(school.as_at)
        groups: defaultdict[int, list[str]] = defaultdict(list)
        for pupil in pupils:
            group = pupil.year_group_in(year, school)
            if pupil.left is None and group is not None:
                groups[group].append(pupil.id)
        silent = {
            group: ids
            for group, ids in groups.items()
            if not any(("pupil", name) in self.facts.by_owner for name in ids)
        }
        if len(silent) < len(groups):
            for group, ids in sorted(silent.items()):
                example = ((school.name, str(group)),)
                yield Sign("year-without-records", len(ids), example, rests=of_pupils(ids))

    def _with_school(self, own: School) -> Facts:
        schools = tuple(own if one.urn == own.urn else one for one in self.facts.schools)
        return attrs.evolve(self.facts, schools=schools)


def _of_school(school: School) -> Callable[[Finding], bool]:
    return lambda finding: finding.subject.school == school.urn and finding.verdict in UNMET


def _by_birth(pupil: Pupil, school: School) -> int:
    """The year group that the date of birth gives in the year of which one is recorded."""
    born: date | None = pupil.born
    assert born is not None  # noqa: S101 - asked only of those whose birth is known
    return year_group_in(born, pupil.recorded_in(school))


def _as_names(value: Any) -> list[str]:
    return sorted(value) if isinstance(value, frozenset) else [str(value)]


def _alike(names: Sequence[str], others: Sequence[str]) -> bool:
    """Whether each name of one list is nearly one of the other."""
    return len(names) == len(others) and all(
        identity(name) == identity(other) or nearly_alike(name, other)
        for name, other in zip(names, others, strict=True)
    )


def _bare(name: str) -> str:
    """An id without the zeros, spaces and capitals that spreadsheets take off it."""
    return "".join(name.split()).lstrip("0").casefold()
