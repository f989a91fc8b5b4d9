"""The one function that decides a verdict from what was measured.

Population, waivers and windows that a subject can't have are settled before; see `reference.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from careerspolicy.evaluation.findings import Verdict

if TYPE_CHECKING:
    from careerspolicy.duty import Bound


class Evidence(NamedTuple):
    """What can be said of a window's records.

    `amount` is what certainly counts and `possible` what counts if every record that doesn't say
    enough turns out to count; `gap` tells that records of part of the window may be absent because
    nobody kept them, and `known` that records of this kind are kept at all.
    """

    amount: float
    possible: float
    gap: bool
    known: bool


def decide(bound: Bound, evidence: Evidence, *, opened: bool, closed: bool) -> Verdict:
    """The verdict on a bound, in a window that has opened or closed by the day asked about.

    More than at most is missed at once. At least is met as soon as it is reached, due while the
    window is open, and missed once it has closed, unless what isn't known could have met it.
    """
    low, high = bound.at_least, bound.at_most
    if not opened:
        return Verdict.UPCOMING
    if not evidence.known or bound.vague:
        return Verdict.UNKNOWN
    if high is not None and evidence.amount > high:
        return Verdict.MISSED
    if low is None or evidence.amount >= low:
        could_exceed = high is not None and (evidence.possible > high or evidence.gap)
        return Verdict.UNKNOWN if could_exceed else Verdict.MET
    if not closed:
        return Verdict.DUE
    if evidence.possible >= low or evidence.gap:
        return Verdict.UNKNOWN
    return Verdict.MISSED
