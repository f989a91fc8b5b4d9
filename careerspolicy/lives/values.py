"""Values that pass a condition, or fail it by as little as may be, as short facts write them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, islice, product
from math import ceil
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.lives.people import YEARS
from careerspolicy.model.facts import phases_taught

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from careerspolicy.model.population import Condition
    from careerspolicy.vocabulary import Attribute, Kind, Value

#: The year groups that schools teach: the usual ones, and others where a phase is wanted or not.
_RANGES: Final = (YEARS, (7, 11), (0, 6), (0, 13))

#: As many values as anybody could want to tell apart.
_MANY: Final = 100


def passing(condition: Condition, attribute: Attribute) -> Any:
    """A value that passes."""
    if condition.all_of is not None:
        return sorted(condition.all_of)
    if condition.none_of is not None:
        return _beside(condition.listed, attribute)
    if condition.one_of is None:
        return _whole(next(filter(condition.holds, _near_limits(condition)), None))
    return _held(_first(condition.one_of, attribute), attribute)


def failing(condition: Condition, attribute: Attribute) -> Any:
    """A value that fails; None where every value passes."""
    if condition.all_of is not None:
        *fewer, last = sorted(condition.all_of)
        fewer = [word for word in fewer if not [*attribute.words.shown([last], [word])]]
        return fewer or _held(_another(condition.all_of, attribute), attribute)
    if condition.none_of is not None:
        return _held(_first(condition.none_of, attribute), attribute)
    if condition.one_of is None:
        return _whole(next((n for n in _near_limits(condition) if not condition.holds(n)), None))
    return _beside(condition.listed, attribute)


def passing_all(conditions: Iterable[Condition], kind: Kind, *, but: str = "") -> dict[str, Any]:
    """A value of each attribute that passes; one that fails of the attribute `but`.

    Of several that do, those of which none says that another is not so.
    """
    names, choices = [], []
    for one in conditions:
        attribute = kind.attributes[one.attribute]
        names.append(one.attribute)
        fails = one.attribute == but
        choices.append([failing(one, attribute)] if fails else [*_passing_each(one, attribute)])
    made = [dict(zip(names, values, strict=True)) for values in islice(product(*choices), _MANY)]
    return next((values for values in made if agreeing(values, kind)), made[0])


def agreeing(values: Mapping[str, Any], kind: Kind) -> bool:
    """Whether no value says of another attribute what that one denies."""
    return all(
        values.get(other, follows) == follows
        for name, value in values.items()
        if name in kind.attributes
        for held in (value if isinstance(value, (list, frozenset)) else [value])
        for other, follows in kind.attributes[name].implies.get(held, {}).items()
    )


def _passing_each(condition: Condition, attribute: Attribute) -> Iterator[Any]:
    """A value that passes, and then whichever others are listed."""
    yield passing(condition, attribute)
    yield from (_held(word, attribute) for word in attribute.values if condition.holds(word))


def school_like(conditions: Iterable[Condition], kind: Kind, *, but: str = "") -> dict[str, Any]:
    """A school that passes the conditions; all but the one on the attribute `but`."""
    school = passing_all(conditions, kind, but=but)
    phases = {name: school.pop(name) for name in phases_taught(*YEARS) if name in school}
    if school.get("phase") == "primary":
        phases["secondary_years"] = False
    if phases:
        fitting = (years for years in _RANGES if phases.items() <= phases_taught(*years).items())
        school["lowest_year"], school["highest_year"] = next(fitting, YEARS)
    return school


def different(attribute: Attribute, tests: Sequence[Condition]) -> Iterator[Any]:
    """Values that differ and pass the tests, in the order of the attribute's own list."""
    seen = set()
    for value in _several(attribute, tests):
        held = frozenset(value) if isinstance(value, list) else value
        if held not in seen and all(test.holds(held) for test in tests):
            seen.add(held)
            yield value


def _several(attribute: Attribute, tests: Sequence[Condition]) -> Iterator[Any]:
    if attribute.type == "yes or no":
        yield from (True, False)
    elif attribute.type == "number":
        yield from (_whole(limit) for test in tests for limit in _near_limits(test))
        yield from range(1, _MANY)
    elif attribute.type == "date":
        yield from (str(date(2025, 9, 1) + timedelta(days=n)) for n in range(_MANY))
    else:
        words = [*attribute.values]
        named = [value for test in tests for value in sorted(map(str, test.one_of or ()))]
        name = attribute.name.replace("_", " ")
        letters = (*ascii_uppercase, *range(1, _MANY))
        single = words or [*named, *(f"{name} {letter}" for letter in letters)]
        yield from (_held(word, attribute) for word in single)
        if attribute.many:
            yield from map(list, combinations(single, 2))


def parts(total: float, tests: Sequence[Condition]) -> list[Any]:
    """Numbers that pass the tests and come to a total: it alone if it passes them."""
    if all(test.holds(total) for test in tests):
        return [_whole(total)]
    limits = (limit for test in tests for limit in _near_limits(test))
    passed = (limit for limit in limits if limit > 0 and all(test.holds(limit) for test in tests))
    part = max(passed, default=None)
    return [_whole(total)] if part is None else [_whole(part)] * min(ceil(total / part), _MANY)


def _near_limits(condition: Condition) -> list[float]:
    """Numbers at and beside a condition's limits, none of them negative."""
    bounds = (condition.at_least, condition.at_most, condition.above, condition.below)
    limits = [limit for limit in bounds if limit is not None]
    if not limits:
        return []
    near = (limit + step for step in (0, -1, 1, -0.5, 0.5) for limit in limits)
    return [*(number for number in near if number >= 0), sum(limits) / len(limits)]


def _beside(values: frozenset[Value], attribute: Attribute) -> Any:
    """A value of the attribute that is none of those."""
    if attribute.type == "yes or no":
        return True not in values
    if attribute.type == "number":
        return _whole(max(float(value) for value in values) + 1)  # type: ignore[arg-type] # numbers, by its type
    return _held(_another(values, attribute), attribute)


def _first(values: Iterable[Any], attribute: Attribute) -> Any:
    """The first in the order of the attribute's own list."""
    order = [*attribute.values]
    return min(values, key=lambda word: (order.index(word) if word in order else -1, str(word)))


def _another(values: Iterable[Any], attribute: Attribute) -> str | None:
    """A word that is none of those: one of the attribute's own where it has a list of them."""
    taken = set(values)
    if attribute.values:
        return next((word for word in attribute.values if word not in taken), None)
    return f"another {attribute.name.replace('_', ' ')}"


def _held(value: Any, attribute: Attribute) -> Any:
    """A value as its attribute holds it: in a list where it may hold several."""
    return [value] if attribute.many and value is not None else value


def _whole(amount: float | None) -> float | int | None:
    return int(amount) if amount is not None and amount == int(amount) else amount
