"""Rows of records that just don't keep a duty, each with what it probes in a few words."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from careerspolicy.lives.scenes import enough
from careerspolicy.lives.values import failing
from careerspolicy.model.duty import Covers, Distinct, Total

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.lives.scenes import Row
    from careerspolicy.model.duty import Condition, Duty
    from careerspolicy.vocabulary import Kind, Vocabulary


class Amount(Enum):
    """What rows come to: enough, too few, or nobody can say."""

    ENOUGH = "enough"
    TOO_FEW = "too few"
    OPEN = "open"


class Shortfall(NamedTuple):
    """Rows without dates, what they probe, and what they come to."""

    probes: str
    rows: list[Row]
    amount: Amount = Amount.TOO_FEW


def shortfalls(duty: Duty, vocabulary: Vocabulary) -> Iterator[Shortfall]:
    """Every way in which rows could fall just short, whenever they happened."""
    rows, kind = enough(duty, vocabulary), vocabulary.kinds[duty.records.kind]
    yield from _fewer(duty, rows)
    tests = [one for one in duty.records.where if one.attribute != "promise"]  # its own id
    for test in tests:
        value = failing(test, kind.attributes[test.attribute])
        if value is not None:
            yield Shortfall(_capital(failure_named(test, kind)), _last(rows, test, value))
        for word in sorted(test.all_of or ())[:-1]:  # the last is what `value` lacks
            probes = f"Without {word} among its {_spaced(test.attribute)}"
            rest = sorted((test.all_of or frozenset()) - {word})
            yield Shortfall(probes, _last(rows, test, rest))
    if "attended" in kind.attributes:
        offered = [*rows[:-1], rows[-1] | {"attended": False}]
        if duty.records.offered:
            yield Shortfall("Offered is enough", offered, Amount.ENOUGH)
        else:
            yield Shortfall("Offered but not taken up", offered)
    questions = (one for one in tests if kind.attributes[one.attribute].type == "yes or no")
    for test in [one for one in questions if kind.attributes[one.attribute].default is None][:1]:
        probes = f"Nobody wrote down whether it was {_spaced(test.attribute)}"
        yield Shortfall(probes, _last(rows, test, None), Amount.OPEN)


def failure_named(condition: Condition, kind: Kind, *, whose: str = "its") -> str:
    """The value that fails, in a few words: "not meaningful", "with Leeds as its place"."""
    attribute = kind.attributes[condition.attribute]
    value = failing(condition, attribute)
    if isinstance(value, bool):
        says = attribute.says or _spaced(attribute.name)
        return says if value else f"not {says}"
    named = " and ".join(value) if isinstance(value, list) else value
    if condition.attribute == "to":
        return f"to {named} instead"
    return f"with {named} as {whose} {_spaced(condition.attribute)}"


def _fewer(duty: Duty, rows: list[Row]) -> Iterator[Shortfall]:
    """One fewer of what is measured, or the same twice."""
    measure = duty.measure
    if isinstance(measure, Covers):
        *others, last = rows
        value = last[measure.attribute]
        less = [last | {measure.attribute: value[:-1]}] if isinstance(value, list) else []
        word = value[-1] if isinstance(value, list) else value
        yield Shortfall(f"Without {word}", [*others, *less])
    elif isinstance(measure, Total):
        total = rows[0][measure.attribute]
        probes = f"One short of {total} {_spaced(measure.attribute)}"
        yield Shortfall(probes, [rows[0] | {measure.attribute: total - 1}])
    elif isinstance(measure, Distinct) and len(rows) > 1:
        yield Shortfall(f"The same {_spaced(measure.attribute)} twice", [*rows[:-1], rows[-2]])
    elif len(rows) > 1:
        some = f"Only {len(rows) - 1} of {len(rows)}"
        yield Shortfall(some if duty.bound.at_most is None else "As many as are allowed", rows[:-1])


def _last(rows: list[Row], test: Condition, value: Any) -> list[Row]:
    return [*rows[:-1], rows[-1] | {test.attribute: value}]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _spaced(attribute: str) -> str:
    return attribute.replace("_", " ")
