"""What a school's records say for its statement: providers met, and destinations of earlier pupils.

Providers are read off every record that names some, whatever its kind. A cohort is the pupils who
left a school in one school year from Year 11, or from Years 12 to 14, and, for Year 11, those who
stayed on for its own sixth form; where each went is the last record of an immediate destination
that says so. Counts give no pupil away.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.suppression import protected
from careerspolicy.vocabulary.names import identity

if TYPE_CHECKING:
    from datetime import date

    from careerspolicy.model.facts import Facts, Pupil, School

#: How many school years are shown, the latest first: of providers that of the day and those before
#: it, of destinations those that are over.
SHOWN_YEARS: Final = 3

STAYED_ON: Final = "stayed on here"
NOT_RECORDED: Final = "not recorded"

#: The two ends of secondary education: the year groups that pupils leave from.
_ENDS: Final = ((11,), (12, 13, 14))
#: The attributes by which a record of any kind names providers, and tells where a pupil went.
_PROVIDERS: Final = "providers"
_FORM: Final = "destination_form"
_STAGE, _IMMEDIATE = "destination_stage", "immediate"


@attrs.frozen(kw_only=True)
class ProvidersOfYear:
    """The providers of one school year, by name; `so_far` where that year is not over."""

    year: int
    names: tuple[str, ...]
    so_far: bool


@attrs.frozen
class Share:
    """How many pupils went to one sort of place; None is hidden. `percent` is of the cohort.

    The percentage is of the exact count, in whole per cent, and hidden with it or with the whole.
    """

    form: str
    count: int | None
    percent: int | None


@attrs.frozen(kw_only=True)
class Cohort:
    """The leavers of one school year; `total` is how many, None where that is hidden.

    A cohort is withheld, and nothing told of it, where it is smaller than the threshold, or where
    one sort of place holds all of it: whoever knows that a pupil belonged to it would know where
    that pupil went, hidden numbers or not.
    """

    year: int
    shares: tuple[Share, ...]
    total: int | None
    withheld: bool = False

    @property
    def hides(self) -> bool:
        """Whether anything in it is hidden."""
        return self.total is None or any(share.count is None for share in self.shares)


@attrs.frozen(kw_only=True)
class DestinationsAfter:
    """Where pupils went after Year 11, or after the sixth form, the latest school year first."""

    after: int
    cohorts: tuple[Cohort, ...]


@attrs.frozen(kw_only=True)
class Recorded:
    """What a school's records say, ready to be shown."""

    providers: tuple[ProvidersOfYear, ...] = ()
    destinations: tuple[DestinationsAfter, ...] = ()


def recorded(facts: Facts, urn: str, as_of: date, *, threshold: int) -> Recorded:
    """What the records of a school say up to a day; counts under the threshold are hidden.

    Raises KeyError for a school that the facts do not hold.
    """
    return Recorded(
        providers=recorded_providers(facts, urn, as_of),
        destinations=recorded_destinations(facts, urn, as_of, threshold=threshold),
    )


def recorded_providers(facts: Facts, urn: str, as_of: date) -> tuple[ProvidersOfYear, ...]:
    """The providers of recent school years up to a day, the latest year first.

    One provider is named once a year, however it is spelt; a year in which none
    is recorded is left out. Raises KeyError for a school that the facts do not hold.
    """
    calendar = facts.school_by_urn[urn].calendar
    now = calendar.year_of(as_of)
    pupils = {pupil.id for pupil in facts.pupils if pupil.school == urn}
    by_year: dict[int, dict[str, str]] = {}
    # Sorted, so that the spelling kept does not turn on the order of the rows.
    for record in sorted(facts.records, key=lambda record: (record.start, record.id)):
        own = record.owner in pupils if record.of == "pupil" else record.owner == urn
        year, names = calendar.year_of(record.start), record.attributes.get(_PROVIDERS)
        recent = record.start <= as_of and now - SHOWN_YEARS < year
        if own and recent and record.of != "trust" and isinstance(names, frozenset):
            for name in sorted(" ".join(str(provider).split()) for provider in names):
                by_year.setdefault(year, {}).setdefault(identity(name), name)
    return tuple(
        ProvidersOfYear(
            year=year, names=tuple(names[key] for key in sorted(names)), so_far=year == now
        )
        for year, names in sorted(by_year.items(), reverse=True)
    )


def recorded_destinations(
    facts: Facts, urn: str, as_of: date, *, threshold: int
) -> tuple[DestinationsAfter, ...]:
    """Destinations of the cohorts of whole school years before a day; small counts are hidden.

    A school year in which nothing is recorded of anybody is left out, and so is an end of
    secondary education without one. Raises KeyError for a school that the facts do not hold.
    """
    school = facts.school_by_urn[urn]
    latest = school.calendar.year_of(as_of) - 1
    years = range(latest, latest - SHOWN_YEARS, -1)
    ends = []
    for groups in _ENDS:
        counted = {year: _counts(facts, school, groups, year, as_of) for year in years}
        cohorts = tuple(
            _cohort(year, counts, threshold)
            for year, counts in counted.items()
            if counts.keys() - {NOT_RECORDED, STAYED_ON}
        )
        if cohorts:
            ends.append(DestinationsAfter(after=groups[0], cohorts=cohorts))
    return tuple(ends)


def _counts(
    facts: Facts, school: School, groups: tuple[int, ...], year: int, as_of: date
) -> Counter[str]:
    """How many of a cohort went where."""
    within = school.calendar.school_year(year)
    counts: Counter[str] = Counter()
    for pupil in facts.pupils:
        if pupil.school != school.urn or pupil.year_group_in(year, school) not in groups:
            continue
        if pupil.left is not None and within.holds(pupil.left):
            counts[_went(facts, pupil, as_of)] += 1
        elif groups == _ENDS[0] and _stayed(pupil, school, year):
            counts[STAYED_ON] += 1
    return counts


def _cohort(year: int, counts: Counter[str], threshold: int) -> Cohort:
    # The noughts alone would say where pupils went; never where nothing is suppressed.
    if threshold > 1 and (counts.total() < threshold or len(counts) == 1):
        return Cohort(year=year, shares=(), total=None, withheld=True)
    forms = sorted(counts)
    table = protected([[counts[form] for form in forms]], threshold=threshold)
    total = table.row_totals[0]
    shares = (
        Share(form, shown, None if shown is None or not total else round(100 * shown / total))
        for form, shown in zip(forms, table.cells[0], strict=True)
    )
    return Cohort(year=year, shares=tuple(sorted(shares, key=_rank)), total=total)


def _stayed(pupil: Pupil, school: School, year: int) -> bool:
    """Whether a pupil of Year 11 was still on the roll a school year later."""
    ended, next_year = school.calendar.school_year(year).end, school.calendar.school_year(year + 1)
    joined = pupil.joined is None or (ended is not None and pupil.joined <= ended)
    return joined and (
        pupil.left is None or next_year.start is None or pupil.left > next_year.start
    )


def _went(facts: Facts, pupil: Pupil, as_of: date) -> str:
    """The last immediate destination that is recorded, and not deleted, by the day."""
    kinds = facts.by_owner.get(("pupil", pupil.id), {}).values()
    telling = [
        record
        for records in kinds
        for record in records
        if record.start <= as_of
        and (record.until is None or record.until >= as_of)
        and _FORM in record.attributes
        and record.attributes.get(_STAGE) == _IMMEDIATE
    ]
    if not telling:
        return NOT_RECORDED
    return str(max(telling, key=lambda record: (record.start, record.id)).attributes[_FORM])


def _rank(share: Share) -> tuple[bool, bool, int, str]:
    """Shown ones by size, hidden ones by name: a hidden one's rank would tell of it."""
    last = share.form == NOT_RECORDED
    return last, share.count is None, -(share.count or 0), share.form
