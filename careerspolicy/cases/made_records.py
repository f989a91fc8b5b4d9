"""Made-up records that keep a duty, and records that just don't: the rows of suggested cases.

Rows have no dates yet; `suggestions` places them in windows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from careerspolicy.cases.made_values import failing, failure_named, passing
from careerspolicy.english.wording import listing, number
from careerspolicy.model.duty import Condition, Covers, Distinct, Total

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.model.duty import Duty
    from careerspolicy.vocabulary import Attribute, Vocabulary

Row: TypeAlias = dict[str, Any]

#: What the rows come to: they keep the duty, fall short of it, or leave it open.
KEPT: Final = "kept"
SHORT: Final = "short"
OPEN: Final = "open"


class Attempt(NamedTuple):
    """Rows, what they probe in a few words, and what they come to."""

    probes: str
    rows: list[Row]
    comes_to: str


def enough(duty: Duty, vocabulary: Vocabulary) -> list[Row]:
    """Just as many rows as keep the duty; under a ban one more than it allows."""
    kind = vocabulary.kinds[duty.records.kind]
    plain = {
        one.attribute: passing(one, kind.attributes[one.attribute]) for one in duty.records.where
    }
    low, high = duty.bound.at_least, duty.bound.at_most
    amount = int(low if low is not None else (high or 0) + 1)
    measure = duty.measure
    if isinstance(measure, Covers):
        return _covering(plain, kind.attributes[measure.attribute], measure.values[:amount])
    if isinstance(measure, Total):
        return [plain | {measure.attribute: amount}]
    if isinstance(measure, Distinct):
        attribute = kind.attributes[measure.attribute]
        return [plain | {attribute.name: _different(attribute, n)} for n in range(amount)]
    return [dict(plain) for _ in range(amount)]


def attempts(duty: Duty, vocabulary: Vocabulary) -> Iterator[Attempt]:
    """Every way in which the rows could fall just short, whenever they happened."""
    rows = enough(duty, vocabulary)
    yield from _amounts(duty, rows)
    kind = vocabulary.kinds[duty.records.kind]
    for condition in duty.records.where:
        worse = failing(condition, kind.attributes[condition.attribute])
        if worse is None or condition.attribute == "promise":  # that one is the obligation's own id
            continue
        changed = _last(rows, {condition.attribute: worse})
        yield Attempt(_capital(failure_named(condition, kind)), changed, SHORT)
        for value in sorted(condition.all_of or ())[:-1]:  # the last is what `worse` lacks
            left = sorted((condition.all_of or frozenset()) - {value})
            told = f"Without {value} among its {_name(condition.attribute)}"
            yield Attempt(told, _last(rows, {condition.attribute: left}), SHORT)
    if "attended" in kind.attributes:
        offered = duty.records.offered
        told = "Offered is enough" if offered else "Offered but not taken up"
        yield Attempt(told, _last(rows, {"attended": False}), KEPT if offered else SHORT)
    yield from _unsaid(duty.records.where, kind.attributes, rows)


def _unsaid(where: tuple[Condition, ...], attributes: Any, rows: list[Row]) -> Iterator[Attempt]:
    """The first yes-or-no condition left unanswered: what isn't said can't count for certain."""
    for condition in where:
        if attributes[condition.attribute].type == "yes or no":
            silent = {k: v for k, v in rows[-1].items() if k != condition.attribute}
            told = f"Nobody wrote down whether it was {_name(condition.attribute)}"
            yield Attempt(told, [*rows[:-1], silent], OPEN)
            return


def _amounts(duty: Duty, rows: list[Row]) -> Iterator[Attempt]:
    measure = duty.measure
    if isinstance(measure, Covers):
        yield _one_value_short(measure, rows)
    elif isinstance(measure, Total):
        less = {measure.attribute: rows[0][measure.attribute] - 1}
        told = f"One short of {number(rows[0][measure.attribute])} {_name(measure.attribute)}"
        yield Attempt(told, _last(rows, less), SHORT)
    elif isinstance(measure, Distinct) and len(rows) > 1:
        same = {measure.attribute: rows[-2][measure.attribute]}
        yield Attempt(f"The same {_name(measure.attribute)} twice", _last(rows, same), SHORT)
    elif len(rows) > 1 and duty.bound.at_most is None:
        yield Attempt(f"Only {len(rows) - 1} of {len(rows)}", rows[:-1], SHORT)


def _one_value_short(measure: Covers, rows: list[Row]) -> Attempt:
    last = rows[-1][measure.attribute]
    told = f"Without {last[-1] if isinstance(last, list) else last}"
    if not isinstance(last, list):
        return Attempt(told, rows[:-1], SHORT)
    if len(last) > 1:
        return Attempt(told, _last(rows, {measure.attribute: last[:-1]}), SHORT)
    return Attempt(told, _last(rows, {measure.attribute: []}), SHORT)


def _covering(plain: Row, attribute: Attribute, values: tuple[str, ...]) -> list[Row]:
    """One row with every value where the attribute holds several; else a row for each."""
    if attribute.many:
        return [plain | {attribute.name: [*values]}]
    return [plain | {attribute.name: value} for value in values]


def _different(attribute: Attribute, position: int) -> Any:
    words = [*attribute.values] or [f"{_capital(_name(attribute.name))} {n}" for n in "ABCDEFGHIJ"]
    word = words[position % len(words)]
    return [word] if attribute.many else word


def _last(rows: list[Row], changed: Row) -> list[Row]:
    return [*rows[:-1], rows[-1] | changed]


def all_values_named(duty: Duty) -> str:
    """What the whole of a list comes to, for the name of a case; "" where there is none."""
    measure = duty.measure
    if not isinstance(measure, Covers) or len(measure.values) < 2:
        return ""
    return f"all {len(measure.values)}" if len(measure.values) > 3 else listing(measure.values)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _name(attribute: str) -> str:
    return attribute.replace("_", " ")
