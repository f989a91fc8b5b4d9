"""Why something isn't decided, as values: seen of one promise, of several together, or by asking.

What is seen without asking is said before anything is asked of a solver. `english.answers` has
the words of each reason; `docs/stricter-than.md` tells what lies behind them.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import chain
from math import ceil
from typing import TYPE_CHECKING

import attrs

from careerspolicy.model.duty import (
    Always,
    Around,
    Count,
    Each,
    Every,
    Kept,
    Once,
    Roll,
    Side,
    Total,
    Vaguely,
)
from careerspolicy.solver.promises import by_birthday, by_dates, by_terms, conditions
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careerspolicy.solver.promises import Promise


class Code(StrEnum):
    """Every reason, as programs read it."""

    # seen of one promise
    ATTESTED = "attested"
    NO_NUMBER = "no_number"
    HOW_SOON = "how_soon"
    REPEATS_WHILE_A_RECORD_LASTS = "repeats_while_a_record_lasts"
    HANGS_ON_WHAT_IT_COUNTS = "hangs_on_what_it_counts"
    FURTHER_TO_NO_FIXED_WINDOWS = "further_to_no_fixed_windows"
    REPEATS_WITH_A_CEILING = "repeats_with_a_ceiling"
    REPEATS_FURTHER = "repeats_further"
    NOT_MEASURED = "not_measured"
    # seen of several together
    SUM_ALSO_CHOSEN_BY = "sum_also_chosen_by"
    STATE_AGAINST_LIMIT = "state_against_limit"
    REPEATS_SEVERAL = "repeats_several"
    TERM_DATES = "term_dates"
    REPEATS_FOR_LEAVERS = "repeats_for_leavers"
    BIRTHDAY_AGAINST_LENGTH = "birthday_against_length"
    WORDS_DIFFER = "words_differ"
    ENDLESS_RECORDS = "endless_records"
    TOO_MANY_RECORDS = "too_many_records"
    TOO_MANY_LIVES = "too_many_lives"
    # found by asking
    TOO_LONG = "too_long"
    OPEN_DAYS = "open_days"
    SHARE = "share"
    REPLAYED_NOT_MET = "replayed_not_met"
    REPLAYED_NOT_MISSED = "replayed_not_missed"


@attrs.frozen
class Undecided:
    """Why an answer isn't known: the promises that it is about, if any, and a word that they use.

    `words` are a policy's own words, or the name of an attribute.
    """

    code: Code
    promises: tuple[Promise, ...] = ()
    words: str = ""


def undecidable(promise: Promise) -> Undecided | None:
    """Why no records can decide a promise; None if they can."""
    for code, words in chain(_only_words(promise), _unsupported(promise)):
        return Undecided(code, (promise,), words)
    return undecidable(promise.first) if promise.first else None


def _only_words(promise: Promise) -> Iterator[tuple[Code, str]]:
    duty = promise.duty
    if promise.kind(duty.records.kind).silent:
        yield Code.ATTESTED, ""
    if isinstance(duty.schedule, Vaguely):
        yield Code.NO_NUMBER, duty.schedule.words
    if duty.bound.vague:
        yield Code.NO_NUMBER, duty.bound.vague
    if duty.how_soon:
        yield Code.HOW_SOON, duty.how_soon


def _unsupported(promise: Promise) -> Iterator[tuple[Code, str]]:
    duty, schedule, first = promise.duty, promise.duty.schedule, promise.first
    kind, subject, measure = duty.records.kind, promise.subject, duty.measure
    if subject not in THINGS and not isinstance(schedule, (Around, Once)):
        yield Code.REPEATS_WHILE_A_RECORD_LASTS, ""
    if (
        isinstance(schedule, Around)
        and schedule.side is not Side.AT
        and schedule.event == kind != subject
    ):
        yield Code.HANGS_ON_WHAT_IT_COUNTS, ""
    if first and not isinstance(first.duty.schedule, (Once, Each)):
        yield Code.FURTHER_TO_NO_FIXED_WINDOWS, ""
    if isinstance(schedule, Every) and duty.bound.at_most is not None:
        yield Code.REPEATS_WITH_A_CEILING, ""
    if isinstance(schedule, Every) and duty.further_to:
        yield Code.REPEATS_FURTHER, ""
    if not isinstance(measure, Count):
        attribute = promise.kind(kind).attributes.get(measure.attribute)
        numbers = isinstance(measure, Total)
        types = ("number",) if numbers else ("text", "date", "one of", "several of", "set")
        if attribute is None or attribute.type not in types:
            yield Code.NOT_MEASURED, measure.attribute


def unproved(met: Sequence[Promise], missed: Promise) -> Undecided | None:
    """Why the records and lives looked at may not stand for all; None if they do."""
    promises = (*met, missed)
    for code in chain(_records_unproved(met, missed), _lives_unproved(promises)):
        return Undecided(code)
    for word in _words_that_differ(promises):
        return Undecided(Code.WORDS_DIFFER, words=word)
    return None


def _records_unproved(met: Sequence[Promise], missed: Promise) -> Iterator[Code]:
    promises = (*met, missed)
    totals = {
        (one.duty.records.kind, one.duty.measure.attribute)
        for one in promises
        if isinstance(one.duty.measure, Total) and _adds_up(one, missed)
    }
    if totals & {(kind, test.attribute) for one in promises for kind, test in conditions(one)}:
        yield Code.SUM_ALSO_CHOSEN_BY
    stand = any(isinstance(one.duty.schedule, Always) for one in met)
    if stand and any(one.duty.bound.at_most is not None for one in met):
        yield Code.STATE_AGAINST_LIMIT
    for duty in (one.duty for one in met if isinstance(one.duty.schedule, Every)):
        plain = not isinstance(duty.measure, Total) and duty.bound.at_most is None
        if not (plain and ceil(duty.bound.at_least or 0) == 1):
            yield Code.REPEATS_SEVERAL


def _adds_up(promise: Promise, missed: Promise) -> bool:
    """Whether an example has to reach a sum; what it has to stay under needs no records."""
    bound = promise.duty.bound
    return (bound.at_most if promise is missed else bound.at_least) is not None


def _lives_unproved(promises: Sequence[Promise]) -> Iterator[Code]:
    schedules = [one.duty.schedule for one in promises]
    if any(map(by_terms, promises)) and any(map(by_dates, promises)):
        yield Code.TERM_DATES
    leavers = any(one.duty.population.roll is not Roll.ANY for one in promises)
    if leavers and any(isinstance(one, Every) for one in schedules):
        yield Code.REPEATS_FOR_LEAVERS
    kept = any(isinstance(one, Kept) and one.duration.unit != "year" for one in schedules)
    if kept and any(map(by_birthday, promises)):
        yield Code.BIRTHDAY_AGAINST_LENGTH


def _words_that_differ(promises: Sequence[Promise]) -> Iterator[str]:
    """The attributes that promises ask about and their policies understand differently."""
    policies = {id(one.policy): one.policy for one in promises}.values()
    for kind, test in chain.from_iterable(map(conditions, promises)):
        known = (policy.vocabulary.kinds.get(kind) for policy in policies)
        types = {
            one.attributes[test.attribute].type
            for one in known
            if one and test.attribute in one.attributes
        }
        if len(types) > 1:
            yield test.attribute
