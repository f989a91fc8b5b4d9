"""Why an answer is not known: values that tell programs the cause, and readers a sentence.

Used by all of the solver and by what stands on it; nothing reads the sentence back.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from careerspolicy.solver.promises import Promise


class Cause(Enum):
    """What keeps an answer from being known, and how that is told."""

    ONLY_ATTESTED = "{promise} is known only by {words}, which measure nothing"
    NO_NUMBER = '{promise} says "{words}", which is no number'
    NOT_JUDGED = '{promise} says "{words}", which is not for a computer to judge'
    LASTS = "{promise} repeats for as long as a record lasts, which is not decided here"
    HANGS_ON_ITSELF = "{promise} hangs on records of the very kind that it counts"
    FURTHER_TO_NO_WINDOW = "{promise} is further to a promise that is not kept in fixed windows"
    REPEATS_WITH_CEILING = "{promise} repeats and has a ceiling, which is not decided here"
    REPEATS_FURTHER = "{promise} repeats and is further to another, which is not decided here"
    UNMEASURABLE = "{promise} measures {words}, which cannot be measured"
    OF_A_SHARE = "{promise} is of a share of the pupils, and no school shows how it differs"
    NOT_MET = "the evaluator would not say that {words} is met where the solver does"
    NOT_MISSED = "the evaluator would not say that {words} is missed where the solver does"
    TOO_LONG = "the solver took too long"
    TOO_MANY_RECORDS = "it would take more than {words} records"
    TOO_MANY_DATES = "it hangs on too many dates and birthdays at once"
    OPEN_DAYS = "it hangs on the days on which a school is open"
    TERM_DAYS = "it hangs on the days on which a school's terms begin and end"
    ENDLESS = "each record calls for another"
    SUM_CHOSEN_BY = "the number added up is also one that records are chosen by"
    STATE_LIMITED = "a state that stands is weighed against a limit"
    REPEATS_SEVERAL = "what repeats is more than a single record"
    REPEATS_FOR_LEAVERS = "what repeats is weighed for pupils who left"
    BIRTHDAY_AND_LENGTH = "a birthday is weighed against a length of time"
    WORDS_DIFFER = 'the policies mean different things by "{words}"'
    LIVES_DIFFER = "joiners or leavers are read otherwise there"
    NO_RECORD = "no record measures it"
    NO_SOLVER = "{words}"


@attrs.frozen
class Doubt:
    """Why an answer is not known: the cause, and the promise and words that it is about."""

    cause: Cause
    promise: Promise | None = None
    words: str = ""

    def __str__(self) -> str:
        return self.told(self.promise.name if self.promise else "")

    def told(self, name: str) -> str:
        """The sentence, without its full stop, with the promise under a name of the reader's."""
        return self.cause.value.format(promise=name, words=self.words)


def because(doubt: Doubt | None) -> str:
    """A doubt told, for output; empty where there is none."""
    return "" if doubt is None else str(doubt)
