"""From records to a verdict: how much the matching ones come to, and what that decides.

Population, waivers and windows that a subject can't have are settled before; see `reference.py`.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from careerspolicy.evaluation.findings import Verdict
from careerspolicy.model.duty import Count, Covers, Distinct, Measure, Total, exact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from careerspolicy.model.duty import Amount, Bound
    from careerspolicy.model.facts import Record
    from careerspolicy.vocabulary import Value


def measure(
    what: Measure, certain: Sequence[Record], doubtful: Sequence[Record]
) -> tuple[Amount, Amount | float]:
    """What the certain records come to, and the most that they could with the doubtful ones.

    A record that lacks the attribute measured adds nothing to a total or a list for certain, and
    perhaps anything; whatever its value is, it is one value.
    """
    if isinstance(what, Count):
        return len(certain), len(certain) + len(doubtful)
    if isinstance(what, Distinct):
        together = (*certain, *doubtful)
        silent = sum(1 for record in together if not says(what, record))
        sure, any_ = _values(what, certain), _values(what, together)
        return len(sure) or min(len(certain), 1), len(any_) + silent
    if isinstance(what, Total):
        return _total(what.attribute, certain, doubtful)
    return _covered(what, certain, doubtful)


def says(what: Measure, record: Record) -> bool:
    """Whether a record says all that is measured of it.

    No and nought are answers; a list that names nobody tells no record from another.
    """
    if isinstance(what, Count):
        return True
    value = record.attributes.get(what.attribute)
    if isinstance(what, Total):
        return _number(value) is not None
    return value is not None and (isinstance(what, Covers) or value != frozenset())


def uncovered(what: Measure, records: Sequence[Record]) -> tuple[str, ...]:
    """The listed values that no record shows; empty unless the measure covers a list."""
    if not isinstance(what, Covers):
        return ()
    shown = what.shown(_shown(what.attribute, records))
    return tuple(value for value in what.values if value not in shown)


def _values(what: Distinct, records: Sequence[Record]) -> set[Value]:
    said = (record.attributes[what.attribute] for record in records if says(what, record))
    return {what.compared(value) for value in said}


def _total(
    attribute: str, certain: Sequence[Record], doubtful: Sequence[Record]
) -> tuple[Amount, Amount | float]:
    numbers = [_number(record.attributes.get(attribute)) for record in certain]
    sure = exact(sum(number for number in numbers if number is not None))
    if None in numbers:
        return sure, inf
    maybe = [_number(record.attributes.get(attribute)) for record in doubtful]
    return sure, inf if None in maybe else sure + sum(n for n in maybe if n is not None)


def _number(value: Value | None) -> Amount | None:
    return None if value is None or isinstance(value, (str, frozenset)) else exact(value)


def _covered(
    what: Covers, certain: Sequence[Record], doubtful: Sequence[Record]
) -> tuple[int, int]:
    sure = _shown_of(what, certain)
    if sure == len(what.values):
        return sure, sure
    together = (*certain, *doubtful)
    if not all(says(what, record) for record in together):
        return sure, len(what.values)
    return sure, _shown_of(what, together) if doubtful else sure


def _shown_of(what: Covers, records: Sequence[Record]) -> int:
    """How many of the listed values the records show."""
    return len(what.shown(_shown(what.attribute, records)))


def _shown(attribute: str, records: Sequence[Record]) -> set[str]:
    shown: set[str] = set()
    for record in records:
        value = record.attributes.get(attribute)
        if isinstance(value, frozenset):
            shown |= value
        elif value is not None:
            shown.add(str(value))
    return shown


def decide(
    bound: Bound,
    amount: Amount,
    possible: Amount | float,
    *,
    known: bool,
    opened: bool,
    closed: bool,
    silent: bool = False,
) -> Verdict:
    """The verdict on a bound, in a window that has opened or closed by the day asked about.

    `amount` is what certainly counts and `possible` what may count in all: without limit, where
    records may be absent because nobody kept them. `known` tells that they are kept at all, and
    `silent` that their absence says nothing.

    More than at most is missed at once. At least is met as soon as it is reached, due while the
    window is open, and missed once it has closed, unless what isn't known could have met it.
    """
    low, high = bound.least, bound.most
    if not opened:
        return Verdict.UPCOMING
    if not known or bound.vague:
        return Verdict.UNKNOWN
    if high is not None and amount > high:
        return Verdict.MISSED
    if low is None or amount >= low:
        return Verdict.UNKNOWN if high is not None and possible > high else Verdict.MET
    if silent:
        return Verdict.UNKNOWN
    if not closed:
        return Verdict.DUE
    return Verdict.UNKNOWN if possible >= low else Verdict.MISSED
