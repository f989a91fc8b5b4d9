"""Why a question about two policies isn't decided, as values."""

from __future__ import annotations

from enum import StrEnum, auto


class Code(StrEnum):
    """Why something isn't decided, as programs read it."""

    # seen of one promise
    ATTESTED = auto()
    NO_NUMBER = auto()
    HOW_SOON = auto()
    REPEATS_WHILE_A_RECORD_LASTS = auto()
    HANGS_ON_WHAT_IT_COUNTS = auto()
    FURTHER_TO_NO_FIXED_WINDOWS = auto()
    REPEATS_WITH_A_CEILING = auto()
    REPEATS_FURTHER = auto()
    NOT_MEASURED = auto()
    # seen of several together
    SUM_ALSO_CHOSEN_BY = auto()
    STATE_AGAINST_LIMIT = auto()
    REPEATS_SEVERAL = auto()
    TERM_DATES = auto()
    REPEATS_FOR_LEAVERS = auto()
    BIRTHDAY_AGAINST_LENGTH = auto()
    DONE_UNSEEN = auto()
    WORDS_DIFFER = auto()
    ENDLESS_RECORDS = auto()
    TOO_MANY_RECORDS = auto()
    TOO_MANY_LIVES = auto()
    # found by asking
    TOO_LONG = auto()
    OPEN_DAYS = auto()
    OFFSET = auto()
    JOINING = auto()
    SHARE = auto()
    REPLAYED_NOT_MET = auto()
    REPLAYED_NOT_MISSED = auto()
    # said where promises are held against each other
    LIVES_DIFFER = auto()
    NO_RECORD = auto()
    NO_SOLVER = auto()
