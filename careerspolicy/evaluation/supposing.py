"""What isn't known of a pupil, supposed every way it could be: where all agree, it is decided.

A missing year group is any that the school teaches. A missing date of birth is any day on which the
pupil would be in their year group by age, or a year ahead of it or behind. What else is missing is
supposed together, as far as what one fact says of another admits.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from math import prod
from typing import TYPE_CHECKING

import attrs

from careerspolicy.calendar.school_calendar import EVER
from careerspolicy.evaluation.record_reasons import BirthUnknown, YearGroupUnknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from careerspolicy.evaluation.findings import Finding
    from careerspolicy.evaluation.record_reasons import Missing
    from careerspolicy.model.facts import Pupil, School
    from careerspolicy.model.population import Condition
    from careerspolicy.vocabulary import Attribute, Kind, Value

_DAY = timedelta(days=1)
#: Every so many days a birth is tried before every day is: most that differ do so at once.
_STRIDE = 31
#: Whoever is in Year 0 turns 5 in that school year.
_TURNS = 5
#: Of more ways than this none is tried.
_MOST_WAYS = 1000
#: Stands for every name that no test names.
_NO_NAME = ""


def possible_pupils(fact: Missing, pupil: Pupil, school: School) -> Iterator[Pupil]:
    """The pupil with each value that a missing fact could have; none of another sort of fact."""
    if isinstance(fact, YearGroupUnknown):
        for group in range(school.lowest_year, school.highest_year + 1):
            yield attrs.evolve(pupil, year_group=group)
    elif isinstance(fact, BirthUnknown) and pupil.year_group is not None:
        year = school.calendar.year_of(school.as_at) - pupil.year_group - _TURNS
        first, last = date(year - 1, 9, 1), date(year + 2, 8, 31)
        days = [first + number * _DAY for number in range((last - first).days + 1)]
        for born in (*days[::_STRIDE], *days):
            yield attrs.evolve(pupil, born=born)


def possible_attributes(
    tests: Iterable[Condition], said: Mapping[str, Value], kind: Kind
) -> Iterator[Mapping[str, Value]]:
    """What may be so of somebody, in every way that the blanks which some tests ask about can be.

    None where there are too many ways, or no end of them, as of a number.
    """
    blank: dict[str, set[Value]] = {}
    for test in tests:
        if test.attribute not in said:
            blank.setdefault(test.attribute, set()).update(test.one_of or test.none_of or ())
    values = [_values(kind.attributes[name], named) for name, named in sorted(blank.items())]
    if not 1 <= prod(map(len, values)) <= _MOST_WAYS:
        return
    for way in product(*values):
        supposed = dict(zip(sorted(blank), way, strict=True))
        whole = {**said, **supposed}
        said_of_others = (
            (other, follows)
            for one in kind.attributes.values()
            for other, follows in one.implies.get(whole.get(one.name, _NO_NAME), {}).items()
            if one.name in supposed or other in supposed
        )
        if all(whole.get(other, follows) == follows for other, follows in said_of_others):
            yield whole


def _values(attribute: Attribute, named: set[Value]) -> tuple[Value, ...]:
    """The values that an attribute can have; none where they cannot be listed."""
    if attribute.type == "yes or no":
        return True, False
    if attribute.many or attribute.type == "number":
        return ()
    return tuple(attribute.values) or (*sorted(map(str, named)), _NO_NAME)


def agreed(supposed: Iterable[Iterable[Finding]]) -> Finding | None:
    """The one verdict of all the findings of every way; None as soon as two differ.

    Its window and last day are those that every way has, if any.
    """
    first: Finding | None = None
    window, due = EVER, None
    for findings in supposed:
        for finding in findings:
            if first is None:
                first, window, due = finding, finding.window, finding.due
            elif finding.verdict is not first.verdict:
                return None
            else:
                window = window if finding.window == window else EVER
                due = due if finding.due == due else None
    return first and attrs.evolve(first, window=window, due=due)
