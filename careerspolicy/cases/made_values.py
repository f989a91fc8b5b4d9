"""Made-up values that pass a condition, or that fail it, as short facts write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from careerspolicy.english.conditions import being

if TYPE_CHECKING:
    from collections.abc import Iterable

    from careerspolicy.model.duty import Condition
    from careerspolicy.vocabulary import Attribute, Kind, Value

#: Attributes of a school that follow from its year groups: the years it must teach to have it, and
#: not to have it.
_BY_YEARS: Final[dict[str, tuple[dict[str, int], dict[str, int]]]] = {
    "sixth_form": ({"highest_year": 13}, {"highest_year": 11}),
    "primary_years": ({"lowest_year": 0, "highest_year": 6}, {"lowest_year": 7}),
    "secondary_years": ({"highest_year": 13}, {"lowest_year": 0, "highest_year": 6}),
}
_PRIMARY: Final = {"lowest_year": 0, "highest_year": 6}


def passing(condition: Condition, attribute: Attribute) -> Any:
    """A value that passes."""
    if condition.all_of is not None:
        return sorted(condition.all_of)
    if condition.none_of is not None:
        return _beside(condition.none_of, attribute)
    if condition.one_of is None:
        return _plain(next(filter(condition.holds, _near_limits(condition)), None))
    value = _first(condition.one_of, attribute)
    return [value] if attribute.many else value


def failing(condition: Condition, attribute: Attribute) -> Any:
    """A value that fails, by as little as may be; None where every value passes."""
    if condition.all_of is not None:
        left = sorted(condition.all_of)[:-1]
        return left or _listed(_other(condition.all_of, attribute))
    if condition.none_of is not None:
        value = _first(condition.none_of, attribute)
        return [value] if attribute.many else value
    if condition.one_of is None:
        return _plain(next((n for n in _near_limits(condition) if not condition.holds(n)), None))
    return _beside(condition.one_of, attribute)


def _near_limits(condition: Condition) -> list[float]:
    """Numbers at and beside a condition's limits, none of them negative."""
    told = (condition.at_least, condition.at_most, condition.above, condition.below)
    limits = [limit for limit in told if limit is not None]
    near = (limit + step for step in (0, -1, 1, -0.5, 0.5) for limit in limits)
    return [*(number for number in near if number >= 0), sum(limits) / len(limits)]


def _beside(values: frozenset[Value], attribute: Attribute) -> Any:
    """A value of the attribute that is none of those."""
    if attribute.type == "yes or no":
        return True not in values
    if attribute.type == "number":
        return _plain(max(float(value) for value in values) + 1)  # type: ignore[arg-type] # numbers, by its type
    other = _other(values, attribute)
    return _listed(other) if attribute.many else other


def failure_named(condition: Condition, kind: Kind) -> str:
    """The value that fails, in a few words: "not meaningful", "with Leeds as its place"."""
    attribute = kind.attributes[condition.attribute]
    value = failing(condition, attribute)
    if isinstance(value, bool):
        said = being(condition, kind)
        return said.removeprefix("not ") if said.startswith("not ") else f"not {said}"
    if isinstance(value, list):
        value = " and ".join(value)
    if condition.attribute == "to":
        return f"to {value} instead"
    return f"with {value} as its {condition.attribute.replace('_', ' ')}"


def school_like(conditions: Iterable[Condition], kind: Kind, *, but: str = "") -> dict[str, Any]:
    """A school that passes the conditions; all but the one on the attribute `but`."""
    school: dict[str, Any] = {}
    for condition in conditions:
        name, attribute = condition.attribute, kind.attributes[condition.attribute]
        value = (failing if name == but else passing)(condition, attribute)
        if name in _BY_YEARS:
            school |= _BY_YEARS[name][not value]
            continue
        school[name] = value
        if name == "phase" and value == "primary":
            school |= _PRIMARY
    return school


def _first(values: Iterable[Any], attribute: Attribute) -> Any:
    """The first in the order of the attribute's own list."""
    listed = [*attribute.values]
    return min(values, key=lambda one: (listed.index(one) if one in listed else -1, str(one)))


def _other(values: Iterable[Any], attribute: Attribute) -> str | None:
    """A word that is none of those: one of the attribute's own where it has a list of them."""
    taken = set(values)
    if attribute.values:
        return next((one for one in attribute.values if one not in taken), None)
    return f"another {attribute.name.replace('_', ' ')}"


def _listed(word: str | None) -> list[str] | None:
    return None if word is None else [word]


def _plain(amount: float | None) -> float | int | None:
    return int(amount) if amount is not None and amount == int(amount) else amount
