"""Reads the numbers that a text gives, whether in figures, in words or as how often.

The other way round from `wording`: what a document says is held against what a policy file holds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from careerspolicy.calendar.school_calendar import KEY_STAGES
from careerspolicy.english.wording import number_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNITS: Final = {number_in_words(amount): amount for amount in range(2, 10)}
_TEENS: Final = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip
_WORDS: Final = {
    "at least one": 1,  # by itself it is as often no number
    "twice": 2,
    **{f"{ten}-{unit}": _TENS[ten] + _UNITS[unit] for ten in _TENS for unit in _UNITS},
    **_UNITS,
    **_TEENS,
    **_TENS,
}
#: What has numbers and counts nothing: addresses, codes, paragraphs, a meeting of two people.
_NO_NUMBER: Final = re.compile(
    r"https?://\S+|\b[\w-]*\b0\d+\b|\bpara(?:graph)?s? \d+(?: ?[-\u2013] ?\d+)?|\b1 ?: ?1\b",
    re.IGNORECASE,
)
_KEY_STAGE: Final = re.compile(
    r"\b(?:key stages?|KS) ?(\d)(?:(?: and | to | or | ?[-\u2013/&] ?)(?:KS ?)?(\d)\b)?",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    rf"(?<![\w.])(?:y|yr)?(?P<figures>\d+)(?:st|nd|rd|th)?(?![\w]|\.\d)|\b(?P<word>{'|'.join(_WORDS)})\b",
    re.IGNORECASE,
)
_EACH: Final = r"(?:each|every|per|(?:once|twice|times) an?)(?: 1)?"
#: How often, as the periods of a policy file are called.
_OFTEN: Final = {
    "school year": (
        rf"annual(?:ly)?|yearly|year on year|{_EACH} (?:school |academic )?year(?! group)"
    ),
    "half term": rf"half[- ]termly|{_EACH} half[- ]term",
    "term": rf"(?<!half[- ])termly|{_EACH} term",
    "month": rf"monthly|{_EACH} month",
    "week": rf"weekly|{_EACH} week",
}
_HOW_OFTEN: Final = {
    period: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for period, words in _OFTEN.items()
}


def numbers_in(text: str) -> frozenset[str]:
    """The numbers that a text gives, each as it would be written in figures.

    >>> sorted(numbers_in("Two visits a term for Years 7 to 9, and a fair every year"))
    ['2', '7', '9', 'each school year']
    >>> sorted(numbers_in("1:1 meetings in KS4 and 5"))
    ['key stage 4', 'key stage 5']
    """
    return frozenset(_numbers(_NO_NUMBER.sub(" ", text)))


def _numbers(text: str) -> Iterator[str]:
    for match in _KEY_STAGE.finditer(text):
        yield from (key_stage(figure) for figure in match.groups() if figure)
    for match in _NUMBER.finditer(_KEY_STAGE.sub(" ", text)):
        yield str(_WORDS[match["word"].lower()] if match["word"] else int(match["figures"]))
    for period, pattern in _HOW_OFTEN.items():
        if pattern.search(text):
            yield each(period)


def each(period: str) -> str:
    """How often something is done that is done in each period."""
    return f"each {period}"


def key_stage(number: int | str) -> str:
    """A key stage by its number."""
    return f"key stage {number}"


def ends(stage: int) -> tuple[str, ...]:
    """The year groups with which a key stage begins and ends; none of one that there isn't.

    >>> ends(4)
    ('10', '11')
    """
    return tuple(map(str, KEY_STAGES.get(stage, ())))
