"""The one function that decides a verdict from what was measured.

Population, waivers and windows that a subject can't have are settled before; see `reference.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from careerspolicy.evaluation.findings import Verdict

if TYPE_CHECKING:
    from careerspolicy.model.duty import Bound


def decide(
    bound: Bound,
    amount: float,
    possible: float,
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
    low, high = bound.at_least, bound.at_most
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
